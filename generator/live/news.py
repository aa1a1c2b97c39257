"""What open pages are told of builds, as server-sent events (HTML, "Server-sent events")."""

from __future__ import annotations

import asyncio
import json
from collections.abc import AsyncIterator, Iterable
from pathlib import Path
from typing import Any

from generator.build import Report
from generator.diagnostics import Diagnostic
from generator.routes import is_for_programs

# How many lines of a file are shown before and after the one that is wrong.
_AROUND = 3
_MOST = 20


class News:
    """The latest state of the site, and everybody who listens for the next."""

    def __init__(self) -> None:
        self._listeners: set[asyncio.Queue[bytes]] = set()
        self._mistakes: list[dict[str, Any]] = []
        self._closed = False

    async def listen(self) -> AsyncIterator[bytes]:
        """The events from now on; first of all what is wrong now."""
        queue: asyncio.Queue[bytes] = asyncio.Queue()
        self._listeners.add(queue)
        try:
            yield b": connected\n\n"
            yield _event("mistakes", self._mistakes)
            while not self._closed:
                message = await queue.get()
                if not message:
                    break
                yield message
        finally:
            self._listeners.discard(queue)

    def tell(self, report: Report, site: Path) -> None:
        """Tells every listener what a build came to. To be called in the loop's thread."""
        before = self._mistakes
        errors = [each for each in report.diagnostics if each.severity == "error"]
        self._mistakes = [_shown(each, site) for each in errors[:_MOST]]
        if self._mistakes != before:
            self._send(_event("mistakes", self._mistakes))
        changed = [path for path, _ in report.rendered if not is_for_programs(path)]
        if report.output is None or not (changed or report.written.removed):
            return
        if not report.written.removed and all(path.endswith(".css") for path in changed):
            self._send(_event("styles", changed))
        else:
            self._send(_event("reload", len(changed)))

    def close(self) -> None:
        """Ends every listener's connection."""
        self._closed = True
        self._send(b"")

    def _send(self, message: bytes) -> None:
        for queue in tuple(self._listeners):
            queue.put_nowait(message)


def _event(name: str, data: object) -> bytes:
    return f"event: {name}\ndata: {json.dumps(data)}\n\n".encode()


def _shown(diagnostic: Diagnostic, site: Path) -> dict[str, Any]:
    """A mistake with the lines around it."""
    position = diagnostic.position
    return {
        "file": diagnostic.path,
        "line": position.line if position else None,
        "column": position.column if position else None,
        "message": diagnostic.message,
        "hint": diagnostic.hint,
        "text": _lines(site / diagnostic.path, position.line) if position else [],
    }


def _lines(path: Path, line: int) -> Iterable[tuple[int, str]]:
    try:
        lines = path.read_text(encoding="utf-8", errors="replace").split("\n")
    except OSError:
        return []
    first = max(0, line - 1 - _AROUND)
    return [(first + n + 1, text[:300]) for n, text in enumerate(lines[first : line + _AROUND])]
