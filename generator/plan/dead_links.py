"""Links from the site's root that lead to nothing that the build writes."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator
from difflib import get_close_matches
from itertools import chain
from posixpath import normpath
from typing import NamedTuple
from urllib.parse import unquote

from generator.config import Config
from generator.images.unshown import HINT, WHY, is_unshown
from generator.markdown.links import REFERENCE
from generator.plan.findings import Finding, severity_of_images
from generator.plan.library import Content, Selection
from generator.references import path_of
from generator.routes import output_path
from generator.views import Copy, Page

_FROM_ROOT = REFERENCE + "/"
_INDEX = "index.html"
# Looking for a near address takes a while: with more dead links than these, something else is wrong.
_HINTS = 50


class _Link(NamedTuple):
    """A link from the root in the file `source`, "" for the settings; whether it shows an image."""

    source: str
    path: str
    is_shown: bool


def dead_links(
    content: Content,
    selection: Selection,
    config: Config,
    pages: Iterable[Page],
    copies: Iterable[Copy],
) -> tuple[Finding, ...]:
    """A finding for each such link of what is published, with the nearest address that there is.

    An image that is not there is an error, as is one beside the text.
    """
    wanted = list(_links(content, selection, config))
    if not wanted:
        return ()
    there = {page.path for page in pages} | {copy.path for copy in copies}
    dead = [each for each in wanted if _file(each.path) not in there]
    return tuple(
        Finding(
            severity_of_images(config) if link.is_shown else "warning",
            link.source,
            *_told(link, there if number < _HINTS else frozenset()),
            word=unquote(link.path),
        )
        for number, link in enumerate(dead)
    )


def _told(link: _Link, there: Collection[str]) -> tuple[str, str]:
    """The message and the hint of one dead link; near addresses are looked for in `there`."""
    path = unquote(link.path)
    if link.is_shown and is_unshown(path):
        return f"the image {path!r} cannot be shown: {WHY}", HINT
    hint = _nearest(_file(link.path), there) if there else ""
    if link.is_shown:
        return f"there is no image {path!r}", hint
    return f"link to {link.path!r}: nothing is published there", hint


def _links(content: Content, selection: Selection, config: Config) -> Iterator[_Link]:
    """Every link from the root."""
    for article in selection.articles:
        references = chain(article.references, article.body_references)
        yield from _paths(article.source, references, (*article.images, *article.body_images))
    for page in selection.pages:
        yield from _paths(page.source, page.references, page.images)
    for notes in content.digests:
        yield from _paths(notes.source, notes.references, notes.images)
    yield from _paths("", (REFERENCE + link.url for link in config.nav), ())


def _paths(source: str, references: Iterable[str], images: Collection[str]) -> Iterator[_Link]:
    for reference in references:
        if reference.startswith(_FROM_ROOT):
            path = path_of(reference)
            if not path.startswith("//"):
                yield _Link(source, path, reference in images)


def _file(path: str) -> str:
    """The file in `output/` that a server gives for the path."""
    bare = unquote(path)
    if "/." in bare or "//" in bare:
        slash = "/" if bare.endswith("/") else ""
        bare = "/" + normpath(bare).lstrip("/.") + slash
        bare = "/" if bare == "//" else bare
    return output_path(bare)


def _nearest(file: str, there: Iterable[str]) -> str:
    """A hint with the address whose last part is the same, or else nearly so in the same folder."""
    folder, _, name = file.removesuffix("/" + _INDEX).rpartition("/")
    ending = "/" + _INDEX if file.endswith(_INDEX) else ""
    known = sorted(each.removesuffix(ending) for each in there if each.endswith(ending))
    found = [each for each in known if each.rpartition("/")[2] == name]
    found = found or [each for each in known if each.lower() == f"{folder}/{name}".lower()]
    if not found:
        beside = {n: each for each in known for f, _, n in (each.rpartition("/"),) if f == folder}
        found = [beside[each] for each in get_close_matches(name, beside, n=1)]
    if not found:
        return "write the whole address of what something else than this site serves"
    return f"did you mean '/{found[0]}{'/' if ending else ''}'?"
