"""Which pages must be rendered, and why: a pure function of what is and what was."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping

import msgspec

from generator.cache.signature import Signature
from generator.cache.site import PageKey, PageRecord
from generator.fingerprint import fingerprint
from generator.views import SHARE_CARD

NEW = "new page"
REASONS = {
    "values": "its values",
    "bodies": "the body of an article",
    "templates": "its templates",
    "settings": "the site's settings",
}
OUTPUT = "its file in the output folder"


class Stale(msgspec.Struct, frozen=True):
    """A page to render, the key under which it will be fresh, and why it is not now."""

    page: PageRecord
    key: PageKey
    reasons: tuple[str, ...]


def stale_pages(
    pages: Iterable[PageRecord],
    bodies: Mapping[str, str],
    templates: Mapping[str, str],
    settings: str,
    stat: Callable[[str], Signature | None],
) -> Iterator[Stale]:
    """The pages that must be rendered, in the order given.

    `bodies`, `templates` and `settings` are the fingerprints of now; `stat` tells the signature of
    a file in the output folder.
    """
    for page in pages:
        key = key_of(page, bodies, templates, settings)
        why = reasons(page, key, stat)
        if why:
            yield Stale(page, key, why)


def key_of(
    page: PageRecord,
    bodies: Mapping[str, str],
    templates: Mapping[str, str],
    settings: str,
) -> PageKey:
    """The key of a page now. A file that is copied depends on nothing but its content, a share card
    on nothing but its values.
    """
    if page.source or page.template == SHARE_CARD:
        return PageKey(page.values, "", "", "")
    if len(page.bodies) == 1:
        shown = bodies[page.bodies[0]]
    else:
        shown = fingerprint([bodies[each] for each in page.bodies]) if page.bodies else ""
    return PageKey(page.values, shown, templates.get(page.template, ""), settings)


def reasons(
    page: PageRecord, now: PageKey, stat: Callable[[str], Signature | None]
) -> tuple[str, ...]:
    """Why the page must be rendered; nothing where its file is as it was written and up to date."""
    before = page.key
    if before is None:
        return (NEW,)
    if before != now:
        return tuple(
            text for name, text in REASONS.items() if getattr(before, name) != getattr(now, name)
        )
    if page.written is None or stat(page.path) != page.written:
        return (OUTPUT,)
    return ()
