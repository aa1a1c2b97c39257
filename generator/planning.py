"""The plan of a build: made anew, or the last one where nothing that it depends on has changed."""

from __future__ import annotations

from datetime import datetime

import msgspec

from generator.cache.content import ContentCache
from generator.cache.site import PageRecord, SiteCache
from generator.config import Config
from generator.fingerprint import fingerprint, fingerprint_bytes
from generator.loading import Loaded, read_content
from generator.plan.findings import Finding
from generator.plan.library import Held
from generator.views import Copy, Page, SiteView, View, bodies_of

_STATE = "plan"

encode_view = msgspec.msgpack.Encoder(order="deterministic").encode


class Planned(msgspec.Struct, frozen=True):
    """What a plan comes to, beside its pages; kept between builds.

    It holds for any moment from `since` until before `until`, and for equal `key`.
    """

    key: str
    site: SiteView
    findings: tuple[Finding, ...]
    articles: int
    weeks: int
    pages: int
    held: tuple[Held, ...]
    next_due: datetime | None
    since: datetime | None
    until: datetime | None


class Views:
    """The encoded views of a plan's pages: of a new plan from memory, of the last from the cache."""

    def __init__(self, cache: SiteCache, pages: dict[str, View] | None = None) -> None:
        self._cache = cache
        self._views = pages

    def of(self, page: PageRecord) -> bytes | None:
        """A page's encoded view; None where the plan has to be made for it."""
        if self._views is not None:
            return encode_view(self._views[page.path])
        return self._cache.view(page.values) if page.bodies else None


class CurrentPlan(msgspec.Struct, frozen=True):
    """The plan of this build: its sum, its pages as records, and where their values are."""

    planned: Planned
    pages: list[PageRecord]
    views: Views


def current_plan(
    content: ContentCache,
    cache: SiteCache,
    loaded: Loaded,
    config: Config,
    theme: tuple[Copy, ...],
    now: datetime,
    drafts: bool,
) -> CurrentPlan:
    """The plan at `now`; the last one where it holds."""
    key = fingerprint(loaded.light, config, theme, drafts)
    last = _last(cache, key, now)
    if last is not None:
        return CurrentPlan(last, cache.pages(), Views(cache))
    from generator.plan.plan import make_plan

    plan = make_plan(read_content(content), config, now, theme, drafts=drafts)
    planned = Planned(
        key=key,
        site=plan.site,
        findings=plan.findings,
        articles=len(plan.selection.articles),
        weeks=plan.weeks,
        pages=sum(1 for page in plan.pages if page.path.endswith(".html")),
        held=plan.selection.held,
        next_due=plan.selection.next_due,
        since=plan.since,
        until=plan.until,
    )
    if any(each.severity == "error" for each in plan.findings):
        # Nothing of this plan will be published: the last one stays known.
        return CurrentPlan(planned, [], Views(cache, {}))
    records = _kept(cache, plan.pages, plan.copies)
    return CurrentPlan(
        planned, records, Views(cache, {page.path: page.view for page in plan.pages})
    )


def keep_plan(planned: Planned) -> dict[str, bytes]:
    """The named values by which the plan is known to the next build."""
    return {_STATE: msgspec.msgpack.encode(planned)}


def _last(cache: SiteCache, key: str, now: datetime) -> Planned | None:
    encoded = cache.get(_STATE)
    if encoded is None:
        return None
    last = msgspec.msgpack.decode(encoded, type=Planned)
    if last.key != key:
        return None
    if (last.since and now < last.since) or (last.until and now >= last.until):
        return None
    return last


def _kept(cache: SiteCache, pages: tuple[Page, ...], copies: tuple[Copy, ...]) -> list[PageRecord]:
    """The plan's pages as records, in the cache in place of those of the last plan.

    What is known of a page that was there before stays with it. The views of pages that show
    bodies are kept: such pages change without a new plan.
    """
    before = {record.path: record for record in cache.pages()}
    there = cache.view_names()
    needed: set[str] = set()
    new_views: dict[str, bytes] = {}
    records: list[PageRecord] = []
    shared: dict[int, str] = {}
    for page in pages:
        shown = bodies_of(page.view)
        # Several pages show one view: an article and its Markdown, a feed's three forms.
        values = shared.get(id(page.view)) if shown else None
        if values is None:
            encoded = encode_view(page.view)
            values = fingerprint_bytes(encoded)
            if shown:
                shared[id(page.view)] = values
                needed.add(values)
                if values not in there:
                    new_views[values] = encoded
        records.append(PageRecord(page.path, page.template, page.url, page.origin, values, shown))
    records += (
        PageRecord(copy.path, "", "", copy.origin, copy.fingerprint, (), copy.source)
        for copy in copies
    )
    records = [_with_history(record, before.get(record.path)) for record in records]
    cache.replan(records, new_views.items())
    cache.forget_views(there - needed)
    return records


def _with_history(record: PageRecord, before: PageRecord | None) -> PageRecord:
    if before is None:
        return record
    return msgspec.structs.replace(record, key=before.key, written=before.written)
