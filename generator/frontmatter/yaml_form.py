"""YAML front matter, by the short way where its lines are plain, else by PyYAML.

PyYAML takes longer to import than all plain front matter of a day takes to read, so it is imported
when a text needs it, or when the place of a value is asked for.
"""

from __future__ import annotations

from generator.diagnostics import Position
from generator.frontmatter.document import Document
from generator.frontmatter.plain_yaml import read_plain
from generator.schema.problems import Path

# YAML 1.1 takes these for ends of lines, Markdown and editors do not.
_ODD_BREAKS = str.maketrans({"\u2028": " ", "\u2029": " ", "\x85": " "})


def parse_yaml(text: str, line: int = 1) -> Document:
    """The document in a YAML text that begins on `line` of its file; never raises.

    What cannot be read even after mending is a fatal mistake and gives an empty document.
    """
    text = text.translate(_ODD_BREAKS)
    plain = read_plain(text)
    if plain is None:
        from generator.frontmatter.full_yaml import parse_full

        return parse_full(text, line)

    def locate(path: Path, on_key: bool) -> Position:
        from generator.frontmatter.full_yaml import locator

        return locator(text, line)(path, on_key)

    return Document(plain, locate)
