"""What the last finished build left in the output folder: by it the next finds what can be stale.

It says nothing that the records of the pages do not say; but it is read at once, where those are
read one by one. In a build in which nothing has changed, no page is looked at but by its `stat`.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from functools import cached_property, lru_cache
from os import stat
from struct import Struct as Layout

import msgspec

from generator.cache.signature import Signature
from generator.cache.site import PageRecord, SiteCache

_WHOLE = "publication"
_SINCE = "published since"
# More pages than this that were published since are made part of a new whole.
_FEW = 500
# Size, modified, changed, inode.
_SIGNATURE = Layout("<QqqQ")
_NEVER = Signature(0, 0, 0, 0)


class Basis(msgspec.Struct, frozen=True, array_like=True):
    """What all pages hang on, as fingerprints: the plan, the templates, the site's settings."""

    plan: str
    templates: str
    settings: str


class _Whole(msgspec.Struct, frozen=True, array_like=True):
    """All pages as a build published them: three columns of equal length, kept as whole texts.

    `shown` has in each line the files whose bodies the page shows; `written` the signature of each
    page's file. `bodies` are the fingerprints of all bodies at that time.
    """

    basis: Basis
    bodies: dict[str, str]
    paths: str
    shown: str
    written: bytes


class _Since(msgspec.Struct, frozen=True, array_like=True):
    """What later builds have published of them again, and with which bodies.

    `manifest` is the signature of the list of files in the output folder.
    """

    manifest: Signature | None
    bodies: dict[str, str] = {}
    written: dict[str, Signature] = {}


class _Columns:
    """The columns of a whole, line by line; what pages show only if that is asked for."""

    def __init__(self, whole: _Whole) -> None:
        self.whole = whole
        self.paths = whole.paths.split("\n")

    @cached_property
    def shown(self) -> list[str]:
        return self.whole.shown.split("\n")


# Who watches a site builds it again and again, and the whole stays the same.
@lru_cache(maxsize=1)
def _decoded(whole: bytes) -> _Columns:
    return _Columns(msgspec.msgpack.decode(whole, type=_Whole))


class Publication:
    """All pages as they were published last."""

    def __init__(self, columns: _Columns, since: _Since) -> None:
        self._columns = columns
        self._whole = whole = columns.whole
        self._paths = columns.paths
        self._since = since
        self.bodies = {**whole.bodies, **since.bodies} if since.bodies else whole.bodies

    def is_of(self, basis: Basis, manifest: Signature | None) -> bool:
        """Whether it was on that basis, and its list of files is as it was."""
        return (self._whole.basis, self._since.manifest) == (basis, manifest)

    def showing_new(self, bodies: Mapping[str, str]) -> list[str]:
        """The pages that show bodies other than when they were published."""
        changed = {source for source, body in self.bodies.items() if bodies.get(source) != body}
        if not changed:
            return []
        lines = zip(self._paths, self._columns.shown, strict=True)
        # Most pages show one body or none.
        return [
            path
            for path, shown in lines
            if shown in changed or ("\t" in shown and not changed.isdisjoint(shown.split("\t")))
        ]

    def altered(self, place: str) -> Iterator[str]:
        """The pages whose files are no longer as they were written below `place`."""
        written = _SIGNATURE.iter_unpack(self._whole.written)
        since = self._since.written
        for path, before in zip(self._paths, written, strict=True):
            try:
                now = stat(place + path)
            except OSError:
                yield path
                continue
            # Not as a Signature: this is done for every file of every build.
            found = (now.st_size, now.st_mtime_ns, now.st_ctime_ns, now.st_ino)
            if found != (_parts(since[path]) if path in since else before):
                yield path

    def files(self) -> set[str]:
        """Every file of the site."""
        return set(self._paths)

    def __len__(self) -> int:
        return len(self._paths)

    def after(
        self, bodies: Mapping[str, str], manifest: Signature | None, pages: Iterable[PageRecord]
    ) -> dict[str, bytes]:
        """The publication in which these of its pages have been published again, as it is kept."""
        written = {**self._since.written, **{each.path: each.written or _NEVER for each in pages}}
        whole = self._whole.bodies
        other = {source: body for source, body in bodies.items() if whole.get(source) != body}
        if len(written) <= _FEW:
            return {_SINCE: msgspec.msgpack.encode(_Since(manifest, other, written))}
        column = bytearray(self._whole.written)
        for number, path in enumerate(self._paths):
            if path in written:
                _SIGNATURE.pack_into(column, number * _SIGNATURE.size, *_parts(written[path]))
        return _as_state(
            msgspec.structs.replace(self._whole, bodies=dict(bodies), written=bytes(column)),
            manifest,
        )


def last_publication(cache: SiteCache) -> Publication | None:
    """The last publication, if there was one."""
    whole, since = cache.get(_WHOLE), cache.get(_SINCE)
    if whole is None or since is None:
        return None
    return Publication(_decoded(whole), msgspec.msgpack.decode(since, type=_Since))


def publication(
    basis: Basis,
    manifest: Signature | None,
    bodies: Mapping[str, str],
    pages: Iterable[PageRecord],
) -> dict[str, bytes]:
    """The publication of all pages of a plan, as the cache keeps it."""
    pages = tuple(pages)
    whole = _Whole(
        basis,
        dict(bodies),
        "\n".join(page.path for page in pages),
        "\n".join("\t".join(page.bodies) for page in pages),
        b"".join(_SIGNATURE.pack(*_parts(page.written or _NEVER)) for page in pages),
    )
    return _as_state(whole, manifest)


def _as_state(whole: _Whole, manifest: Signature | None) -> dict[str, bytes]:
    encode = msgspec.msgpack.encode
    return {_WHOLE: encode(whole), _SINCE: encode(_Since(manifest))}


def _parts(written: Signature) -> tuple[int, int, int, int]:
    return written.size, written.modified, written.changed, written.inode
