"""The first half of every load: a file's bytes to checked front matter values and a body."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from generator.config import LoadSettings
from generator.diagnostics import Diagnostic, Position, Severity
from generator.frontmatter.document import Document
from generator.frontmatter.parse import parse
from generator.frontmatter.split import Form
from generator.markdown.tokens import Note
from generator.schema.problems import Path, Problem, Problems
from generator.schema.record import Record
from generator.text import decode

# Pelican's own names for what its headers hold (docs.getpelican.com, "File metadata").
_PELICAN = {
    "modified": "updated",
    "author": "authors",
    "keywords": "tags",
    "category": "tags",
    "status": "draft",
}

# Pelican's statuses. One that is hidden is listed nowhere, which here is a draft too.
_STATUSES = {"published": False, "draft": True, "hidden": True, "skip": True}


class Reading:
    """One file while it is loaded: its values, its body, and every diagnostic about it."""

    def __init__(self, source: str, data: bytes) -> None:
        self.source = source
        self.diagnostics: list[Diagnostic] = []
        # The keys whose values have errors.
        self.wrong: set[str | int] = set()
        decoded = decode(data)
        for each in decoded.problems:
            self._say("warning", place(decoded.text, each.offset), each.message, each.hint)
        self._document, parts = parse(decoded.text)
        self.body = parts.body
        self.form: Form = parts.form
        self._body_line = parts.body_line
        self._front_line = max(1, parts.line - (parts.form != "header"))
        self.unreadable = False
        for mistake in self._document.mistakes:
            self.unreadable = self.unreadable or mistake.fatal
            severity: Severity = "error" if mistake.fatal else "warning"
            self._say(severity, mistake.position, mistake.message, mistake.hint)
        self._origins: dict[Path, Path] = {}

    def values(self, record: Record, settings: LoadSettings) -> dict[str, Any]:
        """The values of the front matter's known keys; what is wrong becomes a diagnostic."""
        key_map = {**(_PELICAN if self.form == "header" else {}), **settings.key_map}
        data, self._origins = _mapped(self._document, key_map, settings.taxonomies, record)
        if self.form == "header" and isinstance(data.get("draft"), str):
            data["draft"] = _STATUSES.get(data["draft"].lower(), data["draft"])
        for key, value in settings.defaults.items():
            if key in record.fields:
                data.setdefault(key, value)
        problems = Problems()
        values = record.read(data, (), problems) or {}
        for each in problems.found:
            self.problem(each)
        return values

    def problem(self, problem: Problem) -> None:
        """Adds a diagnostic about a value of the front matter."""
        if problem.path:
            self.wrong.add(problem.path[0])
        self._say(problem.severity, self._locate(problem), problem.message, problem.hint)

    def note(self, note: Note, path: Path | None = None) -> None:
        """Adds a diagnostic about the body, or about the front matter's value at `path`."""
        if path is not None:
            self.problem(Problem(path, note.message, note.hint, note.severity))
            return
        line = self.body.split("\n")[note.line : note.line + 1]
        column = line[0].find(note.word) + 1 if note.word and line else 1
        position = Position(self._body_line + note.line, max(1, column))
        self._say(note.severity, position, note.message, note.hint)

    def missing(self, message: str, hint: str, severity: Severity = "error") -> None:
        """Adds a diagnostic about what the front matter has not."""
        self._say(severity, Position(self._front_line), message, hint)

    def value_of(self, key: str) -> Any:
        """A key's value as it stands in the file, unread."""
        return self._document.data.get(key)

    def cut_body(self, rest: str) -> None:
        """Leaves out what stands before `rest` in the body; its lines keep their numbers."""
        self._body_line += self.body.count("\n") - rest.count("\n")
        self.body = rest

    def _locate(self, problem: Problem) -> Position:
        for length in range(len(problem.path), 0, -1):
            origin = self._origins.get(problem.path[:length])
            if origin is not None:
                path = origin + problem.path[length:]
                return self._document.position(Problem(path, "", on_key=problem.on_key))
        return self._document.position(problem)

    def _say(self, severity: Severity, position: Position, message: str, hint: str = "") -> None:
        self.diagnostics.append(Diagnostic(severity, self.source, message, position, hint))


def place(text: str, offset: int) -> Position:
    """Line and column of an offset in a text."""
    before = text[:offset]
    return Position(before.count("\n") + 1, offset - before.rfind("\n"))


def _mapped(
    document: Document,
    key_map: Mapping[str, str | None],
    taxonomies: tuple[str, ...],
    record: Record,
) -> tuple[dict[str, Any], dict[Path, Path]]:
    """The data with the site's key names, and for each renamed key where it came from.

    A key that the map renames to a taxonomy adds to that taxonomy's terms; else a key that has
    the name already keeps it.
    """
    data = dict(document.data)
    origins: dict[Path, Path] = {}
    for old, new in key_map.items():
        place = (old,) if old in data else tuple(old.split("."))
        if old == new or not _has(data, place):
            continue
        value = _pop(data, place)
        if new is None or value is None:
            continue
        steps = tuple(new.split("."))
        if steps[0] in taxonomies and data.get(steps[0]) is not None:
            data[steps[0]] = [*_as_list(data[steps[0]]), *_as_list(value)]
        elif _put(data, steps, value, record):
            origins[steps] = place
    return data, origins


def _has(data: dict[str, Any], place: tuple[str, ...]) -> bool:
    inner: Any = data
    for step in place:
        if not isinstance(inner, dict) or step not in inner:
            return False
        inner = inner[step]
    return True


def _pop(data: dict[str, Any], place: tuple[str, ...]) -> Any:
    """Takes a value out; of a mapping that it stood in, a copy without it stays, or nothing."""
    if len(place) == 1:
        return data.pop(place[0])
    inner = dict(data[place[0]])
    value = _pop(inner, place[1:])
    data[place[0]] = inner
    if not inner:
        del data[place[0]]
    return value


def _as_list(value: Any) -> list[Any]:
    if isinstance(value, str):
        return [part.strip() for part in value.split(",")]
    return value if isinstance(value, list) else [value]


def _put(data: dict[str, Any], steps: tuple[str, ...], value: Any, record: Record) -> bool:
    """Sets `data[a][b] = value`, turning a shorthand on the way into the mapping it stands for."""
    inner = data
    for step in steps[:-1]:
        before = inner.get(step)
        if not isinstance(before, dict):
            field = record.fields.get(step)
            name = getattr(field.kind, "shorthand", "") if field else ""
            before = {name: before} if before is not None and name else {}
            inner[step] = before
        inner = before
    if inner.get(steps[-1]) is not None:
        return False
    inner[steps[-1]] = value
    return True
