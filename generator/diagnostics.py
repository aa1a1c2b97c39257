"""A user's mistake as a value: which file, which line and column, what is wrong, how to mend it."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Literal

import msgspec

Severity = Literal["error", "warning", "notice"]

_ORDER = {"error": 0, "warning": 1, "notice": 2}


class Position(msgspec.Struct, frozen=True, order=True):
    """A place in a text file: line and column, both counted from 1."""

    line: int
    column: int = 1


class Diagnostic(msgspec.Struct, frozen=True):
    """One mistake (or notice) and where it is.

    `path` is relative to the site's folder and written with `/`; `position` is None for what
    concerns a whole file.
    """

    severity: Severity
    path: str
    message: str
    position: Position | None = None
    hint: str = ""

    def text(self) -> str:
        """The diagnostic on one line: `path:line:column: severity: message (hint)`."""
        place = self.path
        if self.position is not None:
            place += f":{self.position.line}:{self.position.column}"
        hint = f" ({self.hint})" if self.hint else ""
        return f"{place}: {self.severity}: {self.message}{hint}"


def error(path: str, message: str, position: Position | None = None, hint: str = "") -> Diagnostic:
    """A mistake that keeps the site from being published."""
    return Diagnostic("error", path, message, position, hint)


def warning(
    path: str, message: str, position: Position | None = None, hint: str = ""
) -> Diagnostic:
    """A mistake despite which the rest can be published."""
    return Diagnostic("warning", path, message, position, hint)


def in_order(diagnostics: Iterable[Diagnostic]) -> tuple[Diagnostic, ...]:
    """The diagnostics without repeats: by file, then line, then severity.

    One that differs from another in its hint alone is a repeat: a mistake in a template is met on
    every page that uses it.
    """
    first: dict[tuple[str, Position, int, str], Diagnostic] = {}
    for each in diagnostics:
        key = (each.path, each.position or Position(0, 0), _ORDER[each.severity], each.message)
        known = first.get(key)
        if known is None or each.hint < known.hint:
            first[key] = each
    return tuple(first[key] for key in sorted(first))


def has_errors(diagnostics: Iterable[Diagnostic]) -> bool:
    """Whether any of them is an error."""
    return any(each.severity == "error" for each in diagnostics)


def did_you_mean(word: str, known: Sequence[str]) -> str:
    """A hint with the nearest known word, or with all of them when there are few, or nothing."""
    from difflib import get_close_matches

    near = get_close_matches(word, known, n=1, cutoff=0.6)
    if near:
        return f"did you mean {near[0]!r}?"
    if known and len(known) <= 12:
        return "known here: " + ", ".join(sorted(known))
    return ""
