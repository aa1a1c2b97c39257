"""What front matter holds, and where in the file each of its keys and values stands."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import msgspec

from generator.diagnostics import Position
from generator.schema.problems import Path, Problem

Locate = Callable[[Path, bool], Position]


class Mistake(msgspec.Struct, frozen=True):
    """What is wrong with the text of front matter itself, and where in the file."""

    position: Position
    message: str
    hint: str = ""
    fatal: bool = False


class Document:
    """Parsed front matter: `data`, the mistakes of its text, and the places of its values.

    Places are found only when somebody asks, because nobody does for a document without mistakes.
    """

    def __init__(
        self, data: dict[str, Any], locate: Locate, mistakes: tuple[Mistake, ...] = ()
    ) -> None:
        self.data = data
        self.mistakes = mistakes
        self._locate = locate

    def position(self, problem: Problem) -> Position:
        """The place of a problem in the file: its value's or key's, else the nearest around it."""
        return self._locate(problem.path, problem.on_key)
