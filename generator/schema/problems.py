"""What is wrong with a value in a document, by its path in the document."""

from __future__ import annotations

from typing import Any

import msgspec

from generator.diagnostics import Severity

Path = tuple[str | int, ...]


class Problem(msgspec.Struct, frozen=True):
    """A mistake at `path`, for instance `("tldr", "audience", 0)`; on its key or on its value."""

    path: Path
    message: str
    hint: str = ""
    severity: Severity = "error"
    on_key: bool = False


class Problems:
    """Collects what is wrong while one document is read."""

    def __init__(self) -> None:
        self.found: list[Problem] = []

    def error(self, path: Path, message: str, hint: str = "", *, on_key: bool = False) -> None:
        """Notes what keeps the document from being used."""
        self.found.append(Problem(path, message, hint, "error", on_key))

    def warning(self, path: Path, message: str, hint: str = "", *, on_key: bool = False) -> None:
        """Notes what can be passed over."""
        self.found.append(Problem(path, message, hint, "warning", on_key))


def shown(value: Any, limit: int = 40) -> str:
    """A value as a person would name it in a message."""
    if value is None:
        return "nothing"
    if isinstance(value, dict):
        return "a mapping"
    if isinstance(value, list):
        return "a list"
    text = repr(value)
    return text if len(text) <= limit else text[: limit - 1] + "…"
