"""What the last finished build left in the output folder: by it the next finds what can be stale.

It says nothing that the records of the pages do not say; but it is read at once, where those are
read one by one. In a build in which nothing has changed, no page is looked at but by its `stat`.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from os import stat
from struct import Struct as Layout

import msgspec

from generator.cache.signature import Signature
from generator.cache.site import PageRecord, SiteCache

_NAME = "publication"
# Size, modified, changed, inode.
_SIGNATURE = Layout("<QqqQ")
_NEVER = Signature(0, 0, 0, 0)


class Basis(msgspec.Struct, frozen=True, array_like=True):
    """What all pages hang on, as fingerprints: the plan, the templates, the site's settings."""

    plan: str
    templates: str
    settings: str


class Publication(msgspec.Struct, frozen=True, array_like=True):
    """All pages as they were published: three columns of equal length, kept as whole texts.

    `shown` has in each line the files whose bodies the page shows; `written` the signature of each
    page's file, `manifest` that of the list of them. `bodies` are the fingerprints of all bodies at
    that time.
    """

    basis: Basis
    manifest: Signature | None
    bodies: dict[str, str]
    paths: str
    shown: str
    written: bytes

    def suspects(self, bodies: Mapping[str, str], place: str | None) -> list[str]:
        """The pages that can be stale while the basis is the same: with new bodies, or no longer as
        they were written below `place`; None believes that they are.
        """
        changed = {source for source, body in self.bodies.items() if bodies.get(source) != body}
        found: set[str] = set()
        if changed:
            lines = zip(self.paths.split("\n"), self.shown.split("\n"), strict=True)
            found = {path for path, shown in lines if _is_one_of(shown, changed)}
        if place is not None:
            found.update(self._altered(place))
        return sorted(found)

    def _altered(self, place: str) -> Iterator[str]:
        written = _SIGNATURE.iter_unpack(self.written)
        for path, before in zip(self.paths.split("\n"), written, strict=True):
            try:
                now = stat(place + path)
            except OSError:
                yield path
                continue
            # Not as a Signature: this is done for every file of every build.
            if (now.st_size, now.st_mtime_ns, now.st_ctime_ns, now.st_ino) != before:
                yield path

    def files(self) -> set[str]:
        """Every file of the site."""
        return set(self.paths.split("\n"))

    def after(
        self, bodies: Mapping[str, str], manifest: Signature | None, pages: Iterable[PageRecord]
    ) -> Publication:
        """The publication in which these of its pages have been published again."""
        place = {path: number for number, path in enumerate(self.paths.split("\n"))}
        written = bytearray(self.written)
        for page in pages:
            _SIGNATURE.pack_into(written, place[page.path] * _SIGNATURE.size, *_parts(page))
        return msgspec.structs.replace(
            self, bodies=dict(bodies), manifest=manifest, written=bytes(written)
        )


def _is_one_of(shown: str, changed: set[str]) -> bool:
    # Most pages show one body or none.
    return shown in changed or ("\t" in shown and not changed.isdisjoint(shown.split("\t")))


def last_publication(
    cache: SiteCache, basis: Basis, manifest: Signature | None
) -> Publication | None:
    """The last publication, if it was on this basis and its list of files is as it was."""
    encoded = cache.get(_NAME)
    last = msgspec.msgpack.decode(encoded, type=Publication) if encoded else None
    return last if last and (last.basis, last.manifest) == (basis, manifest) else None


def publication(
    basis: Basis,
    manifest: Signature | None,
    bodies: Mapping[str, str],
    pages: Iterable[PageRecord],
) -> Publication:
    """The publication of all pages of a plan."""
    pages = tuple(pages)
    return Publication(
        basis,
        manifest,
        dict(bodies),
        "\n".join(page.path for page in pages),
        "\n".join("\t".join(page.bodies) for page in pages),
        b"".join(_SIGNATURE.pack(*_parts(page)) for page in pages),
    )


def as_state(published: Publication) -> dict[str, bytes]:
    """The publication as the cache keeps it."""
    return {_NAME: msgspec.msgpack.encode(published)}


def _parts(page: PageRecord) -> tuple[int, int, int, int]:
    written = page.written or _NEVER
    return written.size, written.modified, written.changed, written.inode
