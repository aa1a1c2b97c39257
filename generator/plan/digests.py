"""The weekly digests' pages."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from zoneinfo import ZoneInfo

from generator.config import Config
from generator.dates import Week
from generator.model import Article, DigestNotes
from generator.plan.addresses import Addresses
from generator.plan.catalogue import Catalogue
from generator.plan.findings import Finding
from generator.plan.terms import TermIndex
from generator.plan.weeks import Digest, make_digest, weeks
from generator.references import resolve_texts
from generator.routes import absolute, digest_path, output_path, term_path, url
from generator.views import Card, DigestGroup, DigestIndexView, DigestView, Page


def make_digests(
    articles: tuple[Article, ...],
    notes: tuple[DigestNotes, ...],
    indexes: tuple[TermIndex, ...],
    addresses: Addresses,
    config: Config,
    now: datetime,
) -> tuple[dict[Week, Digest], tuple[Finding, ...]]:
    """The digest of every week that has articles, newest first."""
    zone = ZoneInfo(config.timezone)
    found = weeks(articles, zone)
    by_week: dict[Week, DigestNotes] = {}
    findings: list[Finding] = []
    for each in notes:
        findings += _out_of_place(each, by_week, found)
        if each.week in found and each.week not in by_week:
            own = url(digest_path(each.week), config)
            places, wrong = addresses.resolve(each.references, each.source, own)
            findings += wrong
            by_week[each.week] = resolve_texts(each, places)
    grouping = next(
        (each for each in indexes if each.taxonomy.name == config.digest.group_by),
        config.digest.group_by,
    )
    digests: dict[Week, Digest] = {}
    for week, members in found.items():
        digest, wrong = make_digest(week, members, by_week.get(week), grouping, now, zone)
        digests[week] = digest
        findings += wrong
    return digests, tuple(findings)


def _out_of_place(
    notes: DigestNotes, by_week: dict[Week, DigestNotes], found: dict[Week, tuple[Article, ...]]
) -> Iterator[Finding]:
    if notes.week not in found:
        message = f"{notes.week} has no published article, so it has no digest yet"
        yield Finding("warning", notes.source, message)
    elif notes.week in by_week:
        message = f"{notes.week} has words in {by_week[notes.week].source} already"
        yield Finding("error", notes.source, message, "join the two files")


def digest_views(catalogue: Catalogue) -> dict[Week, DigestView]:
    """Every digest's view, newest first."""
    order = list(catalogue.digests)
    views = {}
    for place, week in enumerate(order):
        newer = catalogue.week_link(order[place - 1]) if place else None
        older = catalogue.week_link(order[place + 1]) if place + 1 < len(order) else None
        digest = catalogue.digests[week]
        views[week] = DigestView(
            week=week,
            title=catalogue.week_title(digest),
            url=url(digest_path(week), catalogue.config),
            permalink=absolute(digest_path(week), catalogue.config),
            begins=week.monday,
            ends=week.sunday,
            running=digest.running,
            picks=_cards(catalogue, digest.picks),
            groups=_groups(catalogue, digest),
            count=len(digest.articles),
            minutes=sum(article.minutes for article in digest.articles),
            notes=digest.notes,
            newer=newer,
            older=older,
        )
    return views


def digest_pages(catalogue: Catalogue, views: dict[Week, DigestView]) -> Iterator[Page]:
    """The list of all weeks, and each week's digest."""
    links = tuple(catalogue.week_link(week) for week in views)
    own = url("/digest/", catalogue.config)
    yield Page(
        "digest/index.html", "digests.html", DigestIndexView(links), "the list of digests", own
    )
    for week, view in views.items():
        path = output_path(digest_path(week))
        yield Page(path, "digest.html", view, f"the digest of {week}", view.url)


def _groups(catalogue: Catalogue, digest: Digest) -> tuple[DigestGroup, ...]:
    taxonomy = catalogue.config.digest.group_by
    return tuple(
        DigestGroup(
            group.name,
            url(term_path(taxonomy, group.slug), catalogue.config) if group.slug else "",
            _cards(catalogue, group.articles),
        )
        for group in digest.groups
    )


def _cards(catalogue: Catalogue, articles: tuple[Article, ...]) -> tuple[Card, ...]:
    return tuple(catalogue.cards[article.source] for article in articles)
