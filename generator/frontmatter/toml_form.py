"""TOML front matter."""

from __future__ import annotations

import re
import tomllib

from generator.diagnostics import Position
from generator.frontmatter.document import Document, Mistake, left_out, tidied
from generator.schema.problems import Path

_PLACE = re.compile(r"\(at line (\d+), column (\d+)\)")
_TABLE = re.compile(r"\s*\[{1,2}\s*([^\]]+?)\s*\]{1,2}")
_KEY = re.compile(r"\s*([\w.\"'-]+)\s*=\s*")


def parse_toml(text: str, line: int = 1) -> Document:
    """The document in a TOML text that begins on `line` of its file; never raises."""
    untidy: list[Path] = []
    try:
        data = tidied(tomllib.loads(text), untidy)
    except (tomllib.TOMLDecodeError, RecursionError, ValueError) as why:
        position = _position_in(str(why), text, line)
        message = _PLACE.sub("", str(why)).strip() or type(why).__name__
        mistake = Mistake(position, f"this TOML cannot be read: {message}", fatal=True)
        return Document({}, lambda _path, _on_key: position, (mistake,))
    places = _places(text)

    def locate(path: Path, on_key: bool) -> Position:
        return _nearest(places, path, on_key, line)

    return Document(data, locate, tuple(left_out(locate(path, False)) for path in untidy))


def _position_in(message: str, text: str, line: int) -> Position:
    found = _PLACE.search(message)
    if found:
        return Position(int(found[1]) + line - 1, int(found[2]))
    return Position(line + max(0, text.rstrip("\n").count("\n")), 1)


def _places(text: str) -> dict[Path, tuple[int, int, int]]:
    """For each key and table: the line from 0, the column of the key and of the value from 1."""
    places: dict[Path, tuple[int, int, int]] = {}
    table: Path = ()
    counts: dict[Path, int] = {}
    for number, line in enumerate(text.split("\n")):
        header = _TABLE.match(line)
        pair = _KEY.match(line)
        if header and not pair:
            table = _names(header[1])
            if line.lstrip().startswith("[["):
                counts[table] = counts.get(table, -1) + 1
                table = (*table, counts[table])
            places.setdefault(table, (number, header.start(1) + 1, header.start(1) + 1))
        elif pair:
            path = (*table, *_names(pair[1]))
            places.setdefault(path, (number, pair.start(1) + 1, pair.end() + 1))
    return places


def _names(dotted: str) -> Path:
    return tuple(part.strip().strip("\"'") for part in dotted.split("."))


def _nearest(
    places: dict[Path, tuple[int, int, int]], path: Path, on_key: bool, line: int
) -> Position:
    while path:
        if path in places:
            number, key, value = places[path]
            return Position(number + line, key if on_key else value)
        path = path[:-1]
    return Position(line)
