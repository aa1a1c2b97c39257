"""The files that were derived of images, by what they were made from: a file for each."""

from __future__ import annotations

import os
import sqlite3
from collections.abc import Iterable
from pathlib import Path

from generator.cache.database import pack, unpack

_FOLDER = "images"
_UNFINISHED = ".part"


class ImageCache:
    """The derived files of one site, each whole or not there; any number of processes may use it.

    `version` is of all that decides what a recipe gives, beside the image and the recipe.
    """

    def __init__(self, folder: Path, version: str) -> None:
        self._folder = folder / _FOLDER
        self._version = version[:12]

    def read(self, key: str) -> bytes | None:
        """A derived file's bytes; None where it is not there, or was damaged."""
        try:
            return unpack(self._path(key).read_bytes())
        except (OSError, sqlite3.DatabaseError):
            return None

    def write(self, key: str, data: bytes) -> None:
        """Keeps a derived file; where the folder cannot be written, it will be made again."""
        path = self._path(key)
        unfinished = path.with_suffix(f".{os.getpid()}{_UNFINISHED}")
        try:
            self._folder.mkdir(exist_ok=True)
            unfinished.write_bytes(pack(data))
            unfinished.replace(path)
        except OSError:
            unfinished.unlink(missing_ok=True)

    def keep_only(self, keys: Iterable[str]) -> None:
        """Removes all other files, among them those of other versions and of killed builds."""
        if not self._folder.is_dir():
            return
        kept = {self._path(key).name for key in keys}
        for entry in os.scandir(self._folder):
            if entry.name not in kept:
                Path(entry.path).unlink(missing_ok=True)

    def _path(self, key: str) -> Path:
        return self._folder / f"{key}-{self._version}"
