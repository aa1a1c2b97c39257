"""SQLite files that are caches: of one version, and made anew when they are not in order."""

from __future__ import annotations

import sqlite3
import zlib
from pathlib import Path

_PRAGMAS = (
    # An article's body is 10 KB: with SQLite's own pages of 4 KB most would lie in chains of pages.
    "PRAGMA page_size = 65536",
    # A cache may lose its last transaction to a power failure, not its integrity to a kill.
    "PRAGMA journal_mode = WAL",
    "PRAGMA synchronous = OFF",
    "PRAGMA temp_store = MEMORY",
)


def pack(data: bytes) -> bytes:
    """A value with its checksum: SQLite does not notice a file that was damaged inside of values."""
    return zlib.crc32(data).to_bytes(4) + data


def unpack(packed: bytes) -> bytes:
    """The value in what `pack` made. Raises sqlite3.DatabaseError where it was damaged."""
    data = packed[4:]
    if zlib.crc32(data).to_bytes(4) != packed[:4]:
        raise sqlite3.DatabaseError("a value in the cache is damaged")
    return data


def open_cache(path: Path, version: str, tables: str) -> sqlite3.Connection:
    """The cache in a file, empty unless it was written by the same version and is readable.

    `tables` is the SQL that makes its tables. Raises OSError or sqlite3.Error only where the file
    can be neither read nor made.
    """
    try:
        connection = _connect(path)
        if _version(connection) == version:
            return connection
        connection.close()
    except sqlite3.Error:
        pass
    _remove(path)
    connection = _connect(path)
    connection.executescript(
        f"CREATE TABLE version (id TEXT); {tables}"  # the tables are this program's own
    )
    connection.execute("INSERT INTO version VALUES (?)", (version,))
    connection.commit()
    return connection


def _connect(path: Path) -> sqlite3.Connection:
    connection = sqlite3.connect(path, isolation_level=None, timeout=10)
    try:
        for pragma in _PRAGMAS:
            connection.execute(pragma)
    except sqlite3.Error:
        connection.close()
        raise
    return connection


def _version(connection: sqlite3.Connection) -> str:
    row = connection.execute("SELECT id FROM version").fetchone()
    return row[0] if row else ""


def _remove(path: Path) -> None:
    for suffix in ("", "-wal", "-shm", "-journal"):
        path.with_name(path.name + suffix).unlink(missing_ok=True)
