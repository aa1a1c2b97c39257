"""The plan of a build: made anew, or the last one where nothing that it depends on has changed."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Iterator, Mapping
from datetime import datetime
from functools import cached_property
from typing import TYPE_CHECKING, NamedTuple

import msgspec

from generator.cache.content import ContentCache
from generator.cache.site import PLAN, PageRecord, SiteCache
from generator.config import Config
from generator.fingerprint import fingerprint, fingerprint_bytes
from generator.loading import Loaded, read_content
from generator.plan.findings import Finding
from generator.plan.library import Held
from generator.theme import Theme
from generator.views import SiteView, View, bodies_of
from generator.words import Words, vocabulary

if TYPE_CHECKING:
    # Loaded where a plan is made: most builds go on with the last one.
    from generator.plan.memory import Memory
    from generator.plan.plan import Plan

_MEMORY = "memory"

encode_view = msgspec.msgpack.Encoder(order="deterministic").encode


class Planned(msgspec.Struct, frozen=True):
    """What a plan comes to, beside its pages; kept between builds.

    It holds for any moment from `since` until before `until`, and for equal `key`; but for the related
    articles, for equal `seen`.
    """

    key: str
    seen: str
    site: SiteView
    findings: tuple[Finding, ...]
    articles: int
    weeks: int
    pages: int
    held: tuple[Held, ...]
    since: datetime | None
    until: datetime | None
    # Languages of articles and pages, where they are not the site's.
    languages: tuple[str, ...]
    # How many files the plan has: a cache that lacks one is not in order.
    files: int

    @property
    def name(self) -> str:
        """The fingerprint of the plan: the same key gives the same plan in the same span of time."""
        return fingerprint(self.key, self.since, self.until)


class _Encoded(NamedTuple):
    view: View
    values: str
    data: bytes


class CurrentPlan:
    """The plan of this build: its sum, its pages as records, and their values when asked for.

    A new plan has its pages and views in memory, and a page's record is made when the page is come
    to; of the last plan, the cache has the pages, and the views of those that show bodies.
    """

    def __init__(
        self,
        planned: Planned,
        cache: SiteCache,
        new: Plan | None = None,
    ) -> None:
        self.planned = planned
        self._cache = cache
        self._new = new
        self._pages: list[PageRecord] | None = None
        self._views = {page.path: page.view for page in new.pages} if new else {}
        # Several pages show one view, and follow each other: an article and its Markdown, a feed's
        # three forms.
        self._at_hand: _Encoded | None = None

    @cached_property
    def _before(self) -> Mapping[str, PageRecord]:
        """The pages of the last plan, where this one is new."""
        return {record.path: record for record in self._cache.pages()} if self._new else {}

    @property
    def is_new(self) -> bool:
        """Whether it was made in this build."""
        return self._new is not None

    @property
    def is_first(self) -> bool:
        """Whether it is new, and nothing is known of any of its pages."""
        return self._new is not None and not self._before

    @property
    def pages(self) -> list[PageRecord]:
        """All its pages. Raises sqlite3.DatabaseError where the cache lacks one."""
        if self._pages is None:
            self._pages = list(self.each_page()) if self._new else self._cache.pages()
            if len(self._pages) != self.planned.files:
                raise sqlite3.DatabaseError("the cache lacks pages of the plan")
        return self._pages

    def each_page(self) -> Iterator[PageRecord]:
        """All its pages, one after the other: `view` costs nothing while a page is the last one."""
        if self._new is None or self._pages is not None:
            yield from self.pages
            return
        pages = []
        for record in self._records(self._new):
            pages.append(_with_history(record, self._before.get(record.path)))
            yield pages[-1]
        self._pages = pages

    def _records(self, plan: Plan) -> Iterator[PageRecord]:
        for page in plan.pages:
            values = self._encoded(page.view).values
            bodies = bodies_of(page.view)
            yield PageRecord(page.path, page.template, page.url, page.origin, values, bodies)
        for copy in plan.copies:
            yield PageRecord(
                copy.path,
                "",
                "",
                copy.origin,
                copy.fingerprint,
                source=copy.source,
                recipe=copy.recipe,
            )

    def _encoded(self, view: View) -> _Encoded:
        if self._at_hand is None or self._at_hand.view is not view:
            data = encode_view(view)
            self._at_hand = _Encoded(view, fingerprint_bytes(data), data)
        return self._at_hand

    def some_pages(self, paths: Iterable[str]) -> list[PageRecord]:
        """The pages with these paths. Raises sqlite3.DatabaseError where the cache lacks one."""
        return [self._cache.page(path) for path in paths]

    def can_show(self, page: PageRecord) -> bool:
        """Whether the page's values are to be had; if not, the plan has to be made anew."""
        return bool(page.source or page.bodies or self._new is not None)

    def derived(self) -> list[str]:
        """The keys of all files that are derived of images."""
        return [page.values for page in self.pages if page.recipe is not None]

    def view(self, page: PageRecord) -> bytes:
        """A page's encoded view."""
        if self._new is None:
            return self._cache.view(page.values)
        view = self._encoded(self._views[page.path]).data
        if page.bodies:
            # Kept at once: the next build may have to show another body in it.
            self._cache.add_view(page.values, view)
        return view

    def pages_after(self, published: Iterable[PageRecord]) -> list[PageRecord]:
        """All its pages, with the records of those that have been published since."""
        now = {page.path: page for page in published}
        return [now.get(page.path, page) for page in self.pages]

    def keep(
        self, published: Iterable[PageRecord] = (), state: Mapping[str, bytes] | None = None
    ) -> None:
        """Makes it the plan that the next build may go on with, all of it at once.

        `published` are its pages that have been published since; `state` is kept with them.
        """
        if self._new is None:
            self._cache.keep(published, state)
            return
        needed = {page.values: page for page in self.pages if page.bodies}
        there = self._cache.view_names()
        for name, page in needed.items():
            if name not in there:
                self.view(page)
        planned = {
            PLAN: msgspec.msgpack.encode(self.planned),
            _MEMORY: msgspec.msgpack.encode(self._new.memory),
            **(state or {}),
        }
        pages = self.pages_after(published)
        changed = (page for page in pages if self._before.get(page.path) != page)
        gone = self._before.keys() - {page.path for page in pages}
        self._cache.replan(changed, gone, there - needed.keys(), planned)


class Keys:
    """The fingerprints of everything that a plan depends on, but for the moment.

    `whole` is of all of it, `seen` of all but articles' keywords, by which related ones are found.
    """

    def __init__(self, loaded: Loaded, config: Config, theme: Theme, *, drafts: bool) -> None:
        self.drafts = drafts
        words = vocabulary(config.language, theme.words)
        self._loaded = loaded
        self._rest = (config, theme.assets, words, drafts)
        self.whole = fingerprint(loaded.light, *self._rest)

    @cached_property
    def seen(self) -> str:
        return fingerprint(self._loaded.seen(), *self._rest)


def current_plan(
    content: ContentCache,
    cache: SiteCache,
    keys: Keys,
    config: Config,
    theme: Theme,
    now: datetime,
    *,
    hurried: bool,
) -> CurrentPlan:
    """The plan at `now`; the last one where it has these keys and holds.

    A `hurried` build goes on with one that may have other related articles than are there now.
    """
    last = _last(cache, keys, now, hurried=hurried)
    if last is not None:
        return CurrentPlan(last, cache)
    from generator.plan.plan import make_plan

    plan = make_plan(
        read_content(content),
        config,
        Words(vocabulary(config.language, theme.words)),
        now,
        theme.assets,
        drafts=keys.drafts,
        last=_memory(cache),
    )
    planned = Planned(
        key=keys.whole,
        seen=keys.seen,
        site=plan.site,
        findings=plan.findings,
        articles=len(plan.selection.articles),
        weeks=plan.weeks,
        pages=sum(1 for page in plan.pages if page.path.endswith(".html")),
        held=plan.selection.held,
        since=plan.since,
        until=plan.until,
        languages=plan.languages,
        files=len(plan.pages) + len(plan.copies),
    )
    return CurrentPlan(planned, cache, plan)


def _last(cache: SiteCache, keys: Keys, now: datetime, *, hurried: bool) -> Planned | None:
    encoded = cache.get(PLAN)
    if encoded is None:
        return None
    last = msgspec.msgpack.decode(encoded, type=Planned)
    if last.key != keys.whole and not (hurried and last.seen == keys.seen):
        return None
    if (last.since and now < last.since) or (last.until and now >= last.until):
        return None
    return last


def _memory(cache: SiteCache) -> Memory:
    """What the last plan left for this one."""
    from generator.plan.memory import NOTHING, Memory

    encoded = cache.get(_MEMORY)
    return msgspec.msgpack.decode(encoded, type=Memory) if encoded is not None else NOTHING


def _with_history(record: PageRecord, before: PageRecord | None) -> PageRecord:
    if before is None:
        return record
    return msgspec.structs.replace(record, key=before.key, written=before.written)
