"""What each page of one output folder was made from, and what the last plan was made from."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import Any

import msgspec

from generator.cache.database import open_cache, pack, unpack
from generator.cache.signature import Signature
from generator.fingerprint import fingerprint
from generator.images.recipe import Recipe

PLAN = "plan"

# With rowids: tables without them are slow with values as large as these.
_TABLES = """
CREATE TABLE state (name TEXT PRIMARY KEY, value BLOB);
CREATE TABLE pages (path TEXT PRIMARY KEY, record BLOB);
CREATE TABLE views (fingerprint TEXT PRIMARY KEY, value BLOB);
"""


class PageKey(msgspec.Struct, frozen=True, array_like=True):
    """Everything that a page's bytes depend on, as fingerprints."""

    values: str
    bodies: str
    templates: str
    settings: str


class PageRecord(msgspec.Struct, frozen=True, array_like=True):
    """A page of the plan, without its values: those are kept by their fingerprint.

    `source` is the file to copy, for a file that is copied, or that is derived of it by a `recipe`. `key` and `written` are of the last
    time that the page was published: None for one that never was.
    """

    path: str
    template: str
    url: str
    origin: str
    values: str
    bodies: tuple[str, ...] = ()
    source: str = ""
    key: PageKey | None = None
    written: Signature | None = None
    recipe: Recipe | None = None


class SiteCache:
    """The cache of one output folder."""

    def __init__(self, folder: Path, output: Path, version: str) -> None:
        self._db = open_cache(
            folder / f"pages-{fingerprint(str(output))[:12]}.sqlite", version, _TABLES
        )

    def get(self, name: str) -> bytes | None:
        """A value that an earlier build kept."""
        row = self._db.execute("SELECT value FROM state WHERE name = ?", (name,)).fetchone()
        return unpack(row[0]) if row else None

    def pages(self) -> list[PageRecord]:
        """Every page of the last plan, in the order of the paths."""
        decode = msgspec.msgpack.Decoder(PageRecord).decode
        rows = self._db.execute("SELECT record FROM pages ORDER BY path")
        return [decode(unpack(row[0])) for row in rows]

    def page(self, path: str) -> PageRecord:
        """One page of the last plan. Raises sqlite3.DatabaseError where it is not there."""
        row = self._db.execute("SELECT record FROM pages WHERE path = ?", (path,)).fetchone()
        if row is None:
            raise sqlite3.DatabaseError(f"there is no page {path}")
        return msgspec.msgpack.decode(unpack(row[0]), type=PageRecord)

    def view(self, values: str) -> bytes:
        """The encoded view with that fingerprint; it is kept for each page that shows bodies."""
        row = self._db.execute(
            "SELECT value FROM views WHERE fingerprint = ?", (values,)
        ).fetchone()
        if row is None:
            raise sqlite3.DatabaseError(f"there is no view {values}")
        return unpack(row[0])

    def view_names(self) -> set[str]:
        """The fingerprints of all views that are kept."""
        return {row[0] for row in self._db.execute("SELECT fingerprint FROM views")}

    def add_view(self, name: str, view: bytes) -> None:
        """Adds an encoded view, by its fingerprint, for the plan that `replan` will keep."""
        self._begin()
        self._db.execute("INSERT OR IGNORE INTO views VALUES (?, ?)", (name, pack(view)))

    def _begin(self) -> None:
        if not self._db.in_transaction:
            self._db.execute("BEGIN")

    def replan(
        self,
        pages: Iterable[PageRecord],
        gone: Iterable[str],
        gone_views: Iterable[str],
        state: Mapping[str, bytes],
    ) -> None:
        """Keeps a new plan in place of the last: what is new of its pages, and what is gone.

        Its views have been added before; they are kept together with it, or not at all.
        """
        self._begin()
        self._db.executemany("DELETE FROM pages WHERE path = ?", ((path,) for path in gone))
        self._db.executemany("REPLACE INTO pages VALUES (?, ?)", _encoded(pages))
        self._db.executemany(
            "DELETE FROM views WHERE fingerprint = ?", ((name,) for name in gone_views)
        )
        self._db.executemany("REPLACE INTO state VALUES (?, ?)", _packed(state.items()))
        self._db.execute("COMMIT")

    def keep(
        self, pages: Iterable[PageRecord] = (), state: Mapping[str, bytes] | None = None
    ) -> None:
        """Keeps what is known of pages that were published, and named values."""
        pages = tuple(pages)
        if not pages and not state:
            return
        self._db.execute("BEGIN")
        self._db.executemany("REPLACE INTO pages VALUES (?, ?)", _encoded(pages))
        self._db.executemany("REPLACE INTO state VALUES (?, ?)", _packed((state or {}).items()))
        self._db.execute("COMMIT")

    def forget_plan(self) -> None:
        """Forgets the last plan's sum, so that the next one is made anew; its pages stay known."""
        self._db.execute("DELETE FROM state WHERE name = ?", (PLAN,))

    def close(self) -> None:
        """Ends the use of the cache."""
        self._db.close()


def _encoded(pages: Iterable[PageRecord]) -> Iterator[tuple[str, Any]]:
    encode = msgspec.msgpack.Encoder().encode
    for page in pages:
        yield page.path, pack(encode(page))


def _packed(values: Iterable[tuple[str, bytes]]) -> Iterator[tuple[str, bytes]]:
    return ((name, pack(value)) for name, value in values)
