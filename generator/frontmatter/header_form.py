"""A Pelican header: `Key: value` lines before the text."""

from __future__ import annotations

from generator.diagnostics import Position
from generator.frontmatter.document import Document, Mistake
from generator.schema.problems import Path


def parse_header(text: str, line: int = 1) -> Document:
    """The document in a header that begins on `line` of its file; keys become lower case.

    An indented line goes on with the value before it. Of a key that stands twice the last counts,
    with a warning.
    """
    data: dict[str, str] = {}
    places: dict[str, tuple[int, int]] = {}
    mistakes: list[Mistake] = []
    key = ""
    for number, raw in enumerate(text.split("\n")):
        if not raw.strip():
            continue
        if raw[0] in " \t":
            data[key] = f"{data[key]}\n{raw.strip()}".strip()
            continue
        name, _, value = raw.partition(":")
        key = name.strip().lower().replace(" ", "_")
        if key in data:
            message = f"the key {name.strip()!r} stands twice; the last one counts"
            mistakes.append(Mistake(Position(number + line), message, "delete one"))
        data[key] = value.strip()
        column = len(name) + 2 + len(value) - len(value.lstrip())
        places[key] = (number + line, column)

    def locate(path: Path, on_key: bool) -> Position:
        found = places.get(str(path[0])) if path else None
        if not found:
            return Position(line)
        return Position(found[0], 1 if on_key else found[1])

    return Document({key: value or None for key, value in data.items()}, locate, tuple(mistakes))
