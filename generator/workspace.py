"""The folder `.broadsheet/` of a site: its caches and its lock, for the time of one build."""

from __future__ import annotations

import contextlib
import sqlite3
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from pathlib import Path

from generator.cache.content import ContentCache
from generator.cache.signature import file_system_now
from generator.cache.site import SiteCache
from generator.code import code_fingerprint
from generator.lock import locked

FILE = "site.yaml"
FOLDER = ".broadsheet"


class Damaged(Exception):
    """A cache turned out not to be readable while it was used; its folder is the argument."""


@dataclass(frozen=True)
class Workspace:
    """What one build has to itself. `now` is the file system's clock at its start."""

    folder: Path
    content: ContentCache
    now: int
    _stack: ExitStack

    def pages(self, output: Path) -> SiteCache:
        """The cache of an output folder, which is this build's from here on.

        Raises Locked where another build writes to it, and OSError where it cannot be made.
        """
        self._stack.enter_context(locked(output))
        cache = SiteCache(self.folder, output, code_fingerprint())
        self._stack.callback(cache.close)
        return cache


@contextmanager
def workspace(site: Path) -> Iterator[Workspace]:
    """The workspace of a site; where its folder cannot be written, a temporary one.

    Raises Locked where another build has it, and Damaged where a cache cannot be read after all.
    """
    with ExitStack() as stack:
        folder = _own_folder(site, stack)
        try:
            content = ContentCache(folder, code_fingerprint())
            stack.callback(content.close)
            yield Workspace(folder, content, file_system_now(folder), stack)
        except sqlite3.DatabaseError as why:
            raise Damaged(folder) from why


def discard(folder: Path) -> None:
    """Removes the caches in a folder."""
    for path in folder.glob("*.sqlite*"):
        with contextlib.suppress(OSError):
            path.unlink()


def _own_folder(site: Path, stack: ExitStack) -> Path:
    folder = site / FOLDER
    try:
        stack.enter_context(locked(folder))
        file_system_now(folder)
    except OSError:
        import tempfile

        return Path(stack.enter_context(tempfile.TemporaryDirectory(prefix="broadsheet-")))
    return folder
