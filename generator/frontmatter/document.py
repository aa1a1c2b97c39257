"""What front matter holds, and where in the file each of its keys and values stands."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import msgspec

from generator.diagnostics import Position
from generator.schema.problems import Path, Problem
from generator.text import clean

Locate = Callable[[Path, bool], Position]

MAX_DEPTH = 24
_LEAST, _MOST = -(2**63), 2**64 - 1


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


def tidied(data: Any, found: list[Path], path: Path = ()) -> Any:
    """The data without what no page or feed can hold, as escapes and long numbers may say it.

    Characters that XML forbids are left out, and `found` gets the paths of their texts; numbers of
    more than 64 bits become text. Raises ValueError for what is nested too deep.
    """
    if len(path) > MAX_DEPTH:
        raise ValueError(f"nested more than {MAX_DEPTH} deep")
    if isinstance(data, dict):
        return {key: tidied(value, found, (*path, str(key))) for key, value in data.items()}
    if isinstance(data, list):
        return [tidied(value, found, (*path, i)) for i, value in enumerate(data)]
    if isinstance(data, str):
        text = clean(data)
        if text != data:
            found.append(path)
        return text
    if isinstance(data, int) and not _LEAST <= data <= _MOST:
        return hex(data)
    return data


def left_out(position: Position) -> Mistake:
    """Told of each text that `tidied` changed."""
    return Mistake(
        position, "control characters left out", "delete the escapes that stand for them"
    )
