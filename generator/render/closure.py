"""Everything that a template includes, extends or imports, found by Jinja's own analysis."""

from __future__ import annotations

from functools import lru_cache
from pathlib import Path
from typing import Any

from jinja2 import Environment, TemplateSyntaxError, meta, nodes

from generator.diagnostics import Diagnostic, Position, error
from generator.fingerprint import fingerprint, fingerprint_bytes
from generator.render.templates import find, shown

# What a feed's content is made with, beside the code that makes the feed.
FEED_TEMPLATES = ("feed/article.html", "feed/digest.html", "feed/prediction.html")


class Closures:
    """The fingerprints of templates with all that they use, of one set of template folders."""

    def __init__(self, folders: tuple[Path, ...], root: Path) -> None:
        self._folders = folders
        self._root = root
        self._uses: dict[str, tuple[str, frozenset[str]]] = {}
        self.problems: list[Diagnostic] = []

    def fingerprint(self, template: str) -> str:
        """The hash of a template's text and of all texts that it uses, however deep.

        `feed:…` stands for the templates of feeds' contents. A template that is missing has its
        absence in the hash; one that is broken, its text.
        """
        names = FEED_TEMPLATES if template.startswith("feed:") else (template,)
        seen: dict[str, str] = {}
        waiting = list(names)
        while waiting:
            name = waiting.pop()
            if name not in seen:
                seen[name], used = self._read(name)
                waiting += used
        return fingerprint(sorted(seen.items()))

    def used(self) -> set[str]:
        """Every template that another one names, among those looked at so far."""
        return {name for _, names in self._uses.values() for name in names}

    def _read(self, name: str) -> tuple[str, frozenset[str]]:
        known = self._uses.get(name)
        if known is None:
            known = self._uses[name] = self._parse(name)
        return known

    def _parse(self, name: str) -> tuple[str, frozenset[str]]:
        path = find(self._folders, name)
        if path is None:
            return "", frozenset()
        data = path.read_bytes()
        # The place counts too: an override with the same text is another file in messages.
        text = fingerprint_bytes(data) + str(path)
        names, dynamic = _named(data)
        if dynamic:
            self.problems.append(_dynamic(dynamic, shown(path, self._root)))
        return text, names


@lru_cache(maxsize=1024)
def _named(data: bytes) -> tuple[frozenset[str], int]:
    """The templates that a template's text names; the line where it computes a name, else 0."""
    try:
        # It only parses, and renders nothing.
        tree = Environment().parse(data.decode("utf-8-sig"))  # noqa: S701
    except (TemplateSyntaxError, UnicodeDecodeError):
        # Told with its line when it is rendered.
        return frozenset(), 0
    names = set(meta.find_referenced_templates(tree))
    line = _line_of_computed(tree) if None in names else 0
    return frozenset(each for each in names if each is not None), line


def _line_of_computed(tree: nodes.Template) -> int:
    kinds = (nodes.Include, nodes.Extends, nodes.Import, nodes.FromImport)
    uses: list[Any] = list(tree.find_all(kinds))
    return next((each.lineno for each in uses if not _constant(each.template)), 1)


def _dynamic(line: int, path: str) -> Diagnostic:
    return error(
        path,
        "the name of a template must stand there as text, so that it is known what a page uses",
        Position(line),
        'write {% include "name.html" %} in each branch of an if',
    )


def _constant(node: nodes.Expr) -> bool:
    if isinstance(node, nodes.Const):
        return True
    return isinstance(node, nodes.List | nodes.Tuple) and all(map(_constant, node.items))
