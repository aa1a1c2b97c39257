"""The folder `.broadsheet/` of a site: its caches and its lock, for the time of one build."""

from __future__ import annotations

import contextlib
import sqlite3
import tempfile
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from pathlib import Path

from generator.cache.content import ContentCache
from generator.cache.signature import file_system_now
from generator.cache.site import SiteCache
from generator.code import code_fingerprint
from generator.lock import Locked, locked

FOLDER = ".broadsheet"


@dataclass(frozen=True)
class Workspace:
    """What one build has to itself. `now` is the file system's clock at its start."""

    folder: Path
    content: ContentCache
    pages: SiteCache
    now: int


@contextmanager
def workspace(site: Path, output: Path) -> Iterator[Workspace]:
    """The workspace of a site for one output folder.

    Where the site's folder cannot be written, a temporary one serves. Raises Locked where another
    build has the site or the output folder, and OSError where the output cannot be made.
    """
    with ExitStack() as stack:
        stack.enter_context(locked(output))
        folder = _own_folder(site, stack)
        try:
            yield _opened(folder, output, stack)
        except sqlite3.DatabaseError as damaged:
            raise Damaged(folder) from damaged


class Damaged(Exception):
    """A cache turned out not to be readable while it was used; its folder is the argument."""


def discard(folder: Path) -> None:
    """Removes the caches in a folder."""
    for path in folder.glob("*.sqlite*"):
        with contextlib.suppress(OSError):
            path.unlink()


def _own_folder(site: Path, stack: ExitStack) -> Path:
    folder = site / FOLDER
    try:
        folder.mkdir(exist_ok=True)
        stack.enter_context(locked(folder))
        file_system_now(folder)
    except Locked:
        raise
    except OSError:
        return Path(stack.enter_context(tempfile.TemporaryDirectory(prefix="broadsheet-")))
    return folder


def _opened(folder: Path, output: Path, stack: ExitStack) -> Workspace:
    version = code_fingerprint()
    content = ContentCache(folder, version)
    stack.callback(content.close)
    pages = SiteCache(folder, output, version)
    stack.callback(pages.close)
    return Workspace(folder, content, pages, file_system_now(folder))
