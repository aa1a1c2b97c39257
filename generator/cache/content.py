"""The results of loading each content file, by the file's bytes and the settings that it saw."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Iterator
from pathlib import Path

import msgspec

from generator.cache.database import open_cache
from generator.cache.signature import Signature
from generator.fingerprint import fingerprint

NAME = "content.sqlite"

_TABLES = """
CREATE TABLE state (name TEXT PRIMARY KEY, value BLOB) WITHOUT ROWID;
CREATE TABLE files (
    source TEXT PRIMARY KEY, signature BLOB, hash TEXT, key TEXT,
    light TEXT, value BLOB, said BLOB, left_out TEXT
) WITHOUT ROWID;
CREATE TABLE bodies (source TEXT PRIMARY KEY, fingerprint TEXT, value BLOB) WITHOUT ROWID;
"""


class Known(msgspec.Struct, frozen=True):
    """What is known of a file without reading it. `key` is of all that its load depended on."""

    signature: Signature | None
    hash: str
    key: str
    light: str


class LoadedFile(msgspec.Struct, frozen=True):
    """A file's load in the form in which it is kept.

    `value` is the encoded record (empty for a file that gave none), `body` its encoded body with
    `body_fingerprint`, `said` the encoded diagnostics; `light` is the fingerprint of all that a
    plan can depend on.
    """

    source: str
    hash: str
    key: str
    light: str
    value: bytes = b""
    said: bytes = b""
    left_out: str = ""
    body: bytes = b""
    body_fingerprint: str = ""


class ContentCache:
    """The cache of one site's content files."""

    def __init__(self, folder: Path, version: str) -> None:
        self.path = folder / NAME
        self._db = open_cache(self.path, version, _TABLES)

    def get(self, name: str) -> bytes | None:
        """A value that an earlier build kept."""
        row = self._db.execute("SELECT value FROM state WHERE name = ?", (name,)).fetchone()
        return row[0] if row else None

    def put(self, name: str, value: bytes) -> None:
        """Keeps a value for later builds."""
        self._db.execute("REPLACE INTO state VALUES (?, ?)", (name, value))

    def known(self) -> dict[str, Known]:
        """Every file that was there at the last build, by its path."""
        decode = msgspec.msgpack.Decoder(Signature).decode
        rows = self._db.execute("SELECT source, signature, hash, key, light FROM files")
        return {
            row[0]: Known(decode(row[1]) if row[1] else None, row[2], row[3], row[4])
            for row in rows
        }

    def update(
        self,
        loaded: Iterable[tuple[LoadedFile, Signature | None]],
        touched: Iterable[tuple[str, Signature | None]],
        gone: Iterable[str],
    ) -> None:
        """Keeps new loads, new signatures of files with old bytes, and forgets files."""
        encode = msgspec.msgpack.encode
        self._db.execute("BEGIN")
        for source in gone:
            self._db.execute("DELETE FROM files WHERE source = ?", (source,))
            self._db.execute("DELETE FROM bodies WHERE source = ?", (source,))
        self._db.executemany(
            "UPDATE files SET signature = ? WHERE source = ?",
            ((encode(each) if each else None, source) for source, each in touched),
        )
        for file, seen in loaded:
            self._db.execute(
                "REPLACE INTO files VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
                (file.source, encode(seen) if seen else None, file.hash, file.key, file.light,
                 file.value, file.said, file.left_out),
            )  # fmt: skip
            if file.body:
                self._db.execute(
                    "REPLACE INTO bodies VALUES (?, ?, ?)",
                    (file.source, file.body_fingerprint, file.body),
                )
            else:
                self._db.execute("DELETE FROM bodies WHERE source = ?", (file.source,))
        self._db.execute("COMMIT")

    def values(self) -> Iterator[tuple[str, str, bytes]]:
        """Every file's path, hash and encoded record, in the order of the paths."""
        yield from self._db.execute("SELECT source, hash, value FROM files ORDER BY source")

    def said(self) -> Iterator[tuple[str, bytes, str]]:
        """The path, the encoded diagnostics and why it is left out, of each file with either."""
        yield from self._db.execute(
            "SELECT source, said, left_out FROM files"
            " WHERE said <> x'' OR left_out <> '' ORDER BY source"
        )

    def bodies(self) -> dict[str, str]:
        """The fingerprint of every body, by its file."""
        return dict(self._db.execute("SELECT source, fingerprint FROM bodies"))

    def light(self) -> str:
        """The fingerprint of everything that a plan can depend on in the content."""
        rows = self._db.execute("SELECT source, light FROM files ORDER BY source")
        return fingerprint([part for row in rows for part in row])

    def close(self) -> None:
        """Ends the use of the cache."""
        self._db.close()


class BodyReader:
    """Reads bodies for a process that renders, of a cache that nobody writes meanwhile."""

    def __init__(self, path: str) -> None:
        self._db = sqlite3.connect(f"file:{path}?mode=ro", uri=True, timeout=10)

    def read(self, sources: Iterable[str]) -> Iterator[tuple[str, bytes]]:
        """The encoded bodies of files, each once."""
        for source in dict.fromkeys(sources):
            row = self._db.execute(
                "SELECT value FROM bodies WHERE source = ?", (source,)
            ).fetchone()
            yield source, row[0]
