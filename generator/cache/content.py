"""The results of loading each content file, by the file's bytes and the settings that it saw."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from functools import lru_cache
from pathlib import Path

import msgspec

from generator.cache.database import open_cache, pack, unpack
from generator.cache.signature import Signature

NAME = "content.sqlite"
_KNOWN = "known"

# With rowids: tables without them are slow with values as large as these.
_TABLES = """
CREATE TABLE state (name TEXT PRIMARY KEY, value BLOB);
CREATE TABLE files (source TEXT PRIMARY KEY, value BLOB, said BLOB, code BLOB);
CREATE TABLE recent (source TEXT PRIMARY KEY, known BLOB) WITHOUT ROWID;
CREATE TABLE bodies (source TEXT PRIMARY KEY, value BLOB);
"""


class Known(msgspec.Struct, frozen=True, array_like=True):
    """What is known of a file without reading it.

    `key` is of all that its load depended on beside its bytes, whose hash is `hash`; `light` is the
    fingerprint of all that a plan can depend on, `seen` that of all of it but keywords, by which
    related articles are found, `body` that of its body. `signature` is None where
    the file changed so shortly before it was read that it must be read again.
    """

    source: str
    signature: Signature | None
    hash: str
    key: str
    light: str = ""
    body: str = ""
    left_out: str = ""
    has_said: bool = False
    # Of an article's text (see `generator.resemblance`).
    sketch: bytes = b""
    seen: bytes = b""


class LoadedFile(msgspec.Struct, frozen=True):
    """A file's load in the form in which it is kept: its encoded record, body, diagnostics and code."""

    known: Known
    value: bytes = b""
    body: bytes = b""
    said: bytes = b""
    code: bytes = b""


class ContentCache:
    """The cache of one site's content files."""

    def __init__(self, folder: Path, version: str) -> None:
        self.path = folder / NAME
        self._db = open_cache(self.path, version, _TABLES)

    def get(self, name: str) -> bytes | None:
        """A value that an earlier build kept."""
        row = self._db.execute("SELECT value FROM state WHERE name = ?", (name,)).fetchone()
        return unpack(row[0]) if row else None

    def put(self, name: str, value: bytes) -> None:
        """Keeps a value for later builds."""
        self._db.execute("REPLACE INTO state VALUES (?, ?)", (name, pack(value)))

    def known(self) -> dict[str, Known]:
        """Every file that was there at the last build, by its path, in the order of the paths."""
        encoded = self.get(_KNOWN)
        # One value for all: they are always read together, and a row each takes twice as long.
        known = dict(_decoded(encoded)) if encoded else {}
        for source, row in self._db.execute("SELECT source, known FROM recent"):
            known[source] = msgspec.msgpack.decode(unpack(row), type=Known)
        return known

    @contextmanager
    def changing(self) -> Iterator[None]:
        """What is added and settled meanwhile is kept together, or not at all."""
        self._db.execute("BEGIN")
        try:
            yield
        except BaseException:
            self._db.execute("ROLLBACK")
            raise
        self._db.execute("COMMIT")

    def add(self, file: LoadedFile) -> None:
        """Keeps a new load; what is known of the file has to be settled after it."""
        source = file.known.source
        row = (source, pack(file.value), pack(file.said), pack(file.code))
        self._db.execute("REPLACE INTO files VALUES (?, ?, ?, ?)", row)
        if file.body:
            self._db.execute("REPLACE INTO bodies VALUES (?, ?)", (source, pack(file.body)))
        else:
            self._db.execute("DELETE FROM bodies WHERE source = ?", (source,))

    def settle(self, known: Iterable[Known], gone: Iterable[str] = ()) -> None:
        """Keeps what is known of all files now, in the order of their paths; forgets those gone."""
        for source in gone:
            self._db.execute("DELETE FROM files WHERE source = ?", (source,))
            self._db.execute("DELETE FROM bodies WHERE source = ?", (source,))
        self.put(_KNOWN, msgspec.msgpack.encode(list(known)))
        self._db.execute("DELETE FROM recent")

    def settle_some(self, known: Iterable[Known]) -> None:
        """Keeps what is known now of a few of the files that were known before."""
        encode = msgspec.msgpack.encode
        rows = ((each.source, pack(encode(each))) for each in known)
        self._db.executemany("REPLACE INTO recent VALUES (?, ?)", rows)

    def values(self) -> Iterator[bytes]:
        """Every file's encoded record (empty where it has none), in the order of the paths."""
        for row in self._db.execute("SELECT value FROM files ORDER BY source"):
            yield unpack(row[0])

    def body(self, source: str) -> bytes:
        """A file's encoded body, which must be there."""
        return self._of("SELECT value FROM bodies WHERE source = ?", source)

    def said(self, source: str) -> bytes:
        """A file's encoded diagnostics."""
        return self._of("SELECT said FROM files WHERE source = ?", source)

    def code(self, source: str) -> bytes:
        """A file's encoded blocks of code, as they were coloured."""
        return self._of("SELECT code FROM files WHERE source = ?", source)

    def _of(self, query: str, source: str) -> bytes:
        return unpack(self._db.execute(query, (source,)).fetchone()[0])

    def close(self) -> None:
        """Ends the use of the cache."""
        self._db.close()


# Who watches a site builds it again and again, and most of this stays the same.
@lru_cache(maxsize=1)
def _decoded(known: bytes) -> dict[str, Known]:
    files = msgspec.msgpack.decode(known, type=list[Known])
    return {each.source: each for each in files}


class BodyReader:
    """Reads bodies for a process that renders, of a cache that nobody writes meanwhile."""

    def __init__(self, path: str) -> None:
        self._db = sqlite3.connect(
            f"{Path(path).absolute().as_uri()}?mode=ro", uri=True, timeout=10
        )

    def read(self, source: str) -> bytes:
        """A file's encoded body. Raises sqlite3.DatabaseError where it is not in order."""
        row = self._db.execute("SELECT value FROM bodies WHERE source = ?", (source,)).fetchone()
        if row is None:
            raise sqlite3.DatabaseError(f"there is no body of {source}")
        return unpack(row[0])
