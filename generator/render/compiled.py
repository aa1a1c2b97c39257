"""Compiled templates kept between builds: Jinja would compile each again in every process."""

from __future__ import annotations

import marshal
import sqlite3
from contextlib import suppress
from pathlib import Path

from jinja2.bccache import Bucket, BytecodeCache

from generator.cache.database import pack, unpack
from generator.fingerprint import fingerprint


class CompiledTemplates(BytecodeCache):
    """The code of templates, a file for each: of one version of the program, and of one text.

    Several processes may use the folder at once: a file that is being written has a wrong checksum,
    and what cannot be read or kept is compiled.
    """

    def __init__(self, folder: Path, version: str) -> None:
        self._folder = folder
        self._version = version

    def load_bytecode(self, bucket: Bucket) -> None:
        """Called by Jinja for a template that it is to load."""
        stamp = self._stamp(bucket)
        with suppress(OSError, sqlite3.DatabaseError):
            data = unpack((self._folder / bucket.key).read_bytes())
            if data.startswith(stamp):
                bucket.code = marshal.loads(data[len(stamp) :])  # noqa: S302  # its checksum is right

    def dump_bytecode(self, bucket: Bucket) -> None:
        """Called by Jinja for a template that it has compiled."""
        with suppress(OSError):
            self._folder.mkdir(exist_ok=True)
            data = self._stamp(bucket) + marshal.dumps(bucket.code)
            (self._folder / bucket.key).write_bytes(pack(data))

    def _stamp(self, bucket: Bucket) -> bytes:
        return fingerprint(self._version, bucket.checksum).encode()
