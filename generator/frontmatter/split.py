"""Finds where a file's front matter ends and its text begins."""

from __future__ import annotations

import re
from typing import Literal

import msgspec

Form = Literal["yaml", "toml", "header", "none"]

_YAML_OPEN = re.compile(r"\s*?^[ ]{0,3}---[ \t]*\n", re.MULTILINE)
_YAML_CLOSE = re.compile(r"^[ ]{0,3}(?:---|\.\.\.)[ \t]*(?:\n|\Z)", re.MULTILINE)
_TOML_OPEN = re.compile(r"\s*?^\+\+\+[ \t]*\n", re.MULTILINE)
_TOML_CLOSE = re.compile(r"^\+\+\+[ \t]*(?:\n|\Z)", re.MULTILINE)
_HEADER_LINE = re.compile(r"[A-Za-z][\w .-]{0,39}:(?:[ \t]|\n|\Z)")


class Split(msgspec.Struct, frozen=True):
    """A file in two: the front matter's text and the body.

    `line` and `body_line` are the lines of the file, from 1, on which the two begin.
    `unclosed` says that the front matter was opened and never closed.
    """

    form: Form
    front: str
    body: str
    line: int = 1
    body_line: int = 1
    unclosed: bool = False


def split(text: str) -> Split:
    """The front matter and the body of a file's clean text."""
    for form, opening, closing in (
        ("yaml", _YAML_OPEN, _YAML_CLOSE),
        ("toml", _TOML_OPEN, _TOML_CLOSE),
    ):
        opened = opening.match(text)
        if opened:
            return _fenced(form, text, opened.end(), closing)  # type: ignore[arg-type]  # both are Forms
    return _header(text)


def _fenced(form: Form, text: str, start: int, closing: re.Pattern[str]) -> Split:
    line = text.count("\n", 0, start) + 1
    closed = closing.search(text, start)
    if not closed:
        return Split(form, "", text, line, 1, unclosed=True)
    body_line = line + text.count("\n", start, closed.end())
    return Split(form, text[start : closed.start()], text[closed.end() :], line, body_line)


def _header(text: str) -> Split:
    """A Pelican header: `Key: value` lines up to the first empty one, more indented ones follow."""
    start = len(text) - len(text.lstrip("\n"))
    if not _HEADER_LINE.match(text, start):
        return Split("none", "", text)
    position = start
    while position < len(text):
        end = text.find("\n", position)
        end = len(text) if end < 0 else end
        line = text[position:end]
        if not line.strip():
            break
        if not (line[0] in " \t" or _HEADER_LINE.match(text, position)):
            # Prose that happens to begin with a word and a colon.
            return Split("none", "", text)
        position = end + 1
    body = text[position:]
    line_number = start + 1
    body_line = line_number + text.count("\n", start, position)
    return Split("header", text[start:position], body, line_number, body_line)
