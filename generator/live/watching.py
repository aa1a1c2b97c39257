"""Tells that something of a site has changed; never what, because a build finds that out itself."""

from __future__ import annotations

import threading
from collections.abc import Iterable
from pathlib import Path

from watchdog.events import (
    EVENT_TYPE_CLOSED_NO_WRITE,
    EVENT_TYPE_OPENED,
    FileSystemEvent,
    FileSystemEventHandler,
)
from watchdog.observers import Observer

# An editor's save is several events within a few milliseconds; a checkout many for longer.
QUIET = 0.02
LONGEST_BURST = 1.0


class Watcher(FileSystemEventHandler):
    """Watches a folder and all below it but some folders; `wait` tells of changes."""

    def __init__(self, folder: Path, extra: Iterable[Path], ignored: Iterable[Path]) -> None:
        self._ignored = tuple(str(path) for path in ignored)
        self._changed = threading.Event()
        self._observer = Observer()
        for path in (folder, *extra):
            self._observer.schedule(self, str(path), recursive=True)

    def __enter__(self) -> Watcher:
        self._observer.start()
        return self

    def __exit__(self, *what: object) -> None:
        self._observer.stop()
        self._observer.join()

    def on_any_event(self, event: FileSystemEvent) -> None:
        """Called by watchdog in its own thread."""
        # Reading a file is no change: a build does it itself.
        if event.event_type in (EVENT_TYPE_OPENED, EVENT_TYPE_CLOSED_NO_WRITE):
            return
        places = (str(event.src_path), str(event.dest_path or event.src_path))
        if not all(self._is_ignored(place) for place in places):
            self._changed.set()

    def _is_ignored(self, place: str) -> bool:
        return any(place == each or place.startswith(f"{each}/") for each in self._ignored)

    def wait(self, seconds: float | None = None) -> bool:
        """Waits for a change and for the end of the burst that it belongs to.

        False where none came within the time given.
        """
        if not self._changed.wait(seconds):
            return False
        waited = 0.0
        while waited < LONGEST_BURST:
            self._changed.clear()
            if not self._changed.wait(QUIET):
                break
            waited += QUIET
        return True

    def wake(self) -> None:
        """Lets `wait` return as if something had changed."""
        self._changed.set()
