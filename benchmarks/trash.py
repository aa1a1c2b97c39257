"""Folders that are in the way, put aside until everything has been measured.

Some file systems make new files slowly for a while after many were deleted (ext4 without a journal
looks at every inode that was freed in the last half minute), and a cold build is measured just then.
"""

from __future__ import annotations

import os
import shutil
from pathlib import Path
from types import TracebackType


class Trash:
    """Takes folders away at once, and deletes them at the end."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._taken = 0

    def __enter__(self) -> Trash:
        self._folder.mkdir(parents=True, exist_ok=True)
        self._taken = len(os.listdir(self._folder))
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        value: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        shutil.rmtree(self._folder, ignore_errors=True)

    def take(self, path: Path) -> None:
        """Takes a folder, if it is there; its files are emptied, their names stay."""
        if not path.exists():
            return
        self._taken += 1
        place = path.rename(self._folder / str(self._taken))
        for folder, _, names in os.walk(place):
            for name in names:
                os.truncate(os.path.join(folder, name), 0)
