"""Files beside articles and pages that are not published: they wait with them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import chain
from posixpath import dirname
from urllib.parse import unquote

from generator.model import Article, TextPage
from generator.plan.library import Content, Selection
from generator.references import path_of


def waiting_files(content: Content, selection: Selection) -> frozenset[str]:
    """The paths of assets that are held back.

    Those are the assets in the folder of something that is not published and refers to them, as
    far as nothing that is published refers to them, too.
    """
    held = {each.source for each in selection.held}
    if not held:
        return frozenset()
    texts: list[Article | TextPage] = [*content.articles, *content.pages]
    own = {
        path
        for each in texts
        if each.source in held
        for path in _files(_references(each))
        if dirname(path) == dirname(each.source)
    }
    others = chain(
        (path for each in texts if each.source not in held for path in _files(_references(each))),
        (path for notes in content.digests for path in _files(notes.references)),
    )
    return frozenset(own.difference(others)) if own else frozenset()


def _references(text: Article | TextPage) -> Iterable[str]:
    if isinstance(text, Article):
        return chain(text.references, text.body_references)
    return text.references


def _files(references: Iterable[str]) -> Iterator[str]:
    """The paths below the content folder that references name."""
    for reference in references:
        yield unquote(path_of(reference)).lstrip("/")
