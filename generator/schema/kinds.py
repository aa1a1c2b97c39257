"""The kinds of single values and lists: each reads a value, and describes itself as JSON Schema.

A kind's `read` returns the value in the form that the program uses, or None after it has noted a
problem. Values that real newsletters hold and that mean one thing (a number as a title, one tag
without a list) are read; what could mean two things is a problem.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date, datetime, tzinfo
from typing import Any, Protocol
from urllib.parse import urlsplit
from zoneinfo import ZoneInfo

import msgspec

from generator.dates import BadDate, Week, parse_week, read_moment, read_partial
from generator.schema.problems import Path, Problems, shown

Schema = dict[str, Any]

# No bound of any key is near to what these digits can say.
_WHOLE = re.compile(r"[+-]?\d{1,18}")


class Kind(Protocol):
    """What a value may be."""

    def read(self, value: Any, path: Path, problems: Problems) -> Any:
        """The value in the program's form, or None after a problem was noted."""

    def json_schema(self) -> Schema:
        """The same as JSON Schema (draft 2020-12)."""


class Text(msgspec.Struct, frozen=True):
    """A string; numbers, dates and truth values are taken as they were written."""

    inline: bool = False

    def read(self, value: Any, path: Path, problems: Problems) -> str | None:
        if isinstance(value, str):
            return value.strip()
        if isinstance(value, bool):
            return "true" if value else "false"
        if isinstance(value, int | float | date | datetime):
            return str(value)
        problems.error(path, f"expected text, not {shown(value)}")
        return None

    def json_schema(self) -> Schema:
        if self.inline:
            return {"type": ["string", "number", "boolean"], "description": "Inline Markdown."}
        return {"type": ["string", "number", "boolean"]}


class Matching(msgspec.Struct, frozen=True):
    """A string that a function accepts: the function raises ValueError with the reason."""

    check: Callable[[str], str]
    description: str

    def read(self, value: Any, path: Path, problems: Problems) -> str | None:
        text = Text().read(value, path, problems)
        if text is None:
            return None
        try:
            return self.check(text)
        except ValueError as why:
            problems.error(path, str(why))
            return None

    def json_schema(self) -> Schema:
        return {"type": "string", "description": self.description}


def is_web_address(text: str) -> bool:
    """Whether a text is an absolute http or https address."""
    try:
        parts = urlsplit(text)
        good = parts.scheme in ("http", "https") and bool(parts.hostname)
    except ValueError:
        return False
    return good and not any(c.isspace() or c in '<>"\\^`{|}' for c in text)


class Url(msgspec.Struct, frozen=True):
    """An absolute http or https address."""

    def read(self, value: Any, path: Path, problems: Problems) -> str | None:
        text = value.strip() if isinstance(value, str) else ""
        if is_web_address(text):
            return text
        problems.error(
            path, f"{shown(value)} is no web address", "such as https://example.org/page"
        )
        return None

    def json_schema(self) -> Schema:
        return {"type": "string", "format": "uri", "pattern": "^https?://"}


class Boolean(msgspec.Struct, frozen=True):
    """true or false."""

    def read(self, value: Any, path: Path, problems: Problems) -> bool | None:
        if isinstance(value, bool):
            return value
        word = value.strip().lower() if isinstance(value, str) else ""
        if word in ("true", "yes", "on", "false", "no", "off"):
            return word in ("true", "yes", "on")
        problems.error(path, f"expected true or false, not {shown(value)}")
        return None

    def json_schema(self) -> Schema:
        return {"type": "boolean"}


class Integer(msgspec.Struct, frozen=True):
    """A whole number between two bounds."""

    least: int
    most: int

    def read(self, value: Any, path: Path, problems: Problems) -> int | None:
        if isinstance(value, str) and _WHOLE.fullmatch(value.strip()):
            value = int(value)
        if isinstance(value, int) and not isinstance(value, bool):
            if self.least <= value <= self.most:
                return value
            problems.error(path, f"{value} is not between {self.least} and {self.most}")
        else:
            problems.error(path, f"expected a whole number, not {shown(value)}")
        return None

    def json_schema(self) -> Schema:
        return {"type": "integer", "minimum": self.least, "maximum": self.most}


class Probability(msgspec.Struct, frozen=True):
    """A number from 0 to 1, or a percentage as text (`70%`)."""

    def read(self, value: Any, path: Path, problems: Problems) -> float | None:
        number = value
        if isinstance(value, str):
            text = value.strip()
            try:
                number = float(text.removesuffix("%")) / (100 if text.endswith("%") else 1)
            except ValueError:
                number = None
        if isinstance(number, int | float) and not isinstance(number, bool) and 0 <= number <= 1:
            return float(number)
        problems.error(path, f"{shown(value)} is no probability from 0 to 1", "such as 0.7 or 70%")
        return None

    def json_schema(self) -> Schema:
        return {
            "oneOf": [
                {"type": "number", "minimum": 0, "maximum": 1},
                {"type": "string", "pattern": r"^\d+(\.\d+)?%$"},
            ]
        }


class Choice(msgspec.Struct, frozen=True):
    """One of a few words."""

    words: tuple[str, ...]

    def read(self, value: Any, path: Path, problems: Problems) -> str | None:
        word = Text().read(value, path, problems)
        if word is None:
            return None
        if word.lower() in self.words:
            return word.lower()
        problems.error(path, f"{shown(value)} is not one of {', '.join(self.words)}")
        return None

    def json_schema(self) -> Schema:
        return {"enum": list(self.words)}


class Moment(msgspec.Struct, frozen=True):
    """A date, with or without a time of day, in the site's time zone where it names none."""

    zone: tzinfo = msgspec.field(default_factory=lambda: ZoneInfo("UTC"))

    def read(self, value: Any, path: Path, problems: Problems) -> datetime | None:
        try:
            found = read_moment(value, self.zone)
        except BadDate as why:
            problems.error(path, str(why), "write it as 2026-11-20 or 2026-11-20T10:00:00+01:00")
            return None
        if found.doubt:
            problems.warning(path, f"{value!r} is ambiguous: {found.doubt}", "write 2026-11-20")
        return found.moment

    def json_schema(self) -> Schema:
        return {
            "type": "string",
            "description": "2026-11-20, or with a time: 2026-11-20T10:00:00+01:00.",
        }


class Partial(msgspec.Struct, frozen=True):
    """A year, a month or a day."""

    def read(self, value: Any, path: Path, problems: Problems) -> Any:
        try:
            return read_partial(value)
        except BadDate as why:
            problems.error(path, str(why), "write 2024, 2024-03 or 2024-03-05")
            return None

    def json_schema(self) -> Schema:
        return {"type": ["string", "integer"], "description": "2024, 2024-03 or 2024-03-05."}


class IsoWeek(msgspec.Struct, frozen=True):
    """An ISO 8601 week such as 2026-W47."""

    def read(self, value: Any, path: Path, problems: Problems) -> Week | None:
        try:
            return parse_week(str(value))
        except BadDate as why:
            problems.error(path, str(why))
            return None

    def json_schema(self) -> Schema:
        return {"type": "string", "pattern": r"^\d{4}-?W\d{2}$"}


class ListOf(msgspec.Struct, frozen=True):
    """A list; nothing is the empty list, and a single value a list of one.

    `commas` splits one text at its commas: `news, rust`, as Pelican and Jekyll write it.
    """

    kind: Kind
    commas: bool = False
    alone: bool = True

    def read(self, value: Any, path: Path, problems: Problems) -> tuple[Any, ...] | None:
        if value is None:
            return ()
        if isinstance(value, str) and self.commas:
            value = [part for part in (part.strip() for part in value.split(",")) if part]
        elif not isinstance(value, list):
            if not self.alone:
                problems.error(path, f"expected a list, not {shown(value)}")
                return None
            value = [value]
        items = (self.kind.read(item, (*path, i), problems) for i, item in enumerate(value))
        return tuple(item for item in items if item is not None)

    def json_schema(self) -> Schema:
        items = {"type": "array", "items": self.kind.json_schema()}
        return (
            {"anyOf": [items, self.kind.json_schema(), {"type": "null"}]} if self.alone else items
        )


class Anything(msgspec.Struct, frozen=True):
    """Any value, kept as it is; dates become text."""

    def read(self, value: Any, path: Path, problems: Problems) -> Any:
        if isinstance(value, dict):
            return {str(k): self.read(v, (*path, str(k)), problems) for k, v in value.items()}
        if isinstance(value, list):
            return [self.read(item, (*path, i), problems) for i, item in enumerate(value)]
        if value is None or isinstance(value, str | int | float | bool):
            return value
        return str(value)

    def json_schema(self) -> Schema:
        return {}
