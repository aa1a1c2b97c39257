"""Tells which files of a site have changed, or may have: a build finds out what that means."""

from __future__ import annotations

import os
import threading
from collections.abc import Iterable, Iterator
from pathlib import Path

from watchdog.events import (
    DirCreatedEvent,
    DirDeletedEvent,
    DirMovedEvent,
    FileClosedEvent,
    FileCreatedEvent,
    FileDeletedEvent,
    FileModifiedEvent,
    FileMovedEvent,
    FileSystemEvent,
    FileSystemEventHandler,
)
from watchdog.observers import Observer
from watchdog.observers.api import ObservedWatch

# An editor's save is several events within a few milliseconds; a checkout many for longer.
QUIET = 0.01
LONGEST_BURST = 1.0
# Not that something was opened or read: a build does that itself, ten thousand times.
_CHANGES: list[type[FileSystemEvent]] = [
    DirCreatedEvent,
    DirDeletedEvent,
    DirMovedEvent,
    FileClosedEvent,
    FileCreatedEvent,
    FileDeletedEvent,
    FileModifiedEvent,
    FileMovedEvent,
]


class Watcher(FileSystemEventHandler):
    """Watches folders but for the ignored ones in them; `wait` tells of changes."""

    def __init__(self, ignored: Iterable[Path]) -> None:
        self._ignored = tuple(str(path) for path in ignored)
        self._changed = threading.Event()
        self._lock = threading.Lock()
        self._paths: set[Path] = set()
        self._observer = Observer()
        self._watches: dict[tuple[str, bool, int], ObservedWatch] = {}

    def __enter__(self) -> Watcher:
        self._observer.start()
        return self

    def __exit__(self, *what: object) -> None:
        self._observer.stop()
        self._observer.join()

    def follow(self, site: Path, folders: Iterable[Path]) -> None:
        """Watches the files in `site`, and these folders with all below them, as they are now.

        A folder that is not there is watched for in the closest one that is.
        """
        wanted = {(str(site), False, _inode(site))}
        for folder in folders:
            if folder.is_dir():
                wanted.update(self._parts(folder))
            else:
                there = next(each for each in folder.absolute().parents if each.is_dir())
                wanted.add((str(there), False, _inode(there)))
        for watch in self._watches.keys() - wanted:
            self._observer.unschedule(self._watches.pop(watch))
        for watch in sorted(wanted - self._watches.keys()):
            path, recursive, _ = watch
            self._watches[watch] = self._observer.schedule(
                self, path, recursive=recursive, event_filter=_CHANGES
            )

    def _parts(self, folder: Path) -> Iterator[tuple[str, bool, int]]:
        """The folder as one to be watched with all below it, or in parts where some is ignored."""
        within = any(each.startswith(f"{folder}{os.sep}") for each in self._ignored)
        yield str(folder), not within, _inode(folder)
        for child in sorted(folder.iterdir()) if within else ():
            if child.is_dir() and not child.is_symlink() and not self._is_ignored(str(child)):
                yield from self._parts(child)

    def on_any_event(self, event: FileSystemEvent) -> None:
        """Called by watchdog in its own thread."""
        places = {str(event.src_path), str(event.dest_path or event.src_path)}
        paths = [Path(place) for place in places if not self._is_ignored(place)]
        if paths:
            with self._lock:
                self._paths.update(paths)
            self._changed.set()

    def _is_ignored(self, place: str) -> bool:
        return place.rpartition(os.sep)[2].startswith(".") or any(
            place == each or place.startswith(f"{each}{os.sep}") for each in self._ignored
        )

    def wait(self, seconds: float | None = None) -> frozenset[Path] | None:
        """Waits for a change and for the end of the burst that it belongs to.

        The files and folders that changed, or None where none did within the time given.
        """
        if not self._changed.wait(seconds):
            return None
        waited = 0.0
        while waited < LONGEST_BURST:
            self._changed.clear()
            if not self._changed.wait(QUIET):
                break
            waited += QUIET
        with self._lock:
            paths, self._paths = frozenset(self._paths), set()
        return paths

    def wake(self) -> None:
        """Lets `wait` return as if something had changed."""
        self._changed.set()


def _inode(folder: Path) -> int:
    # A folder that was deleted and made again is another one, and the old watch is blind.
    return folder.stat().st_ino
