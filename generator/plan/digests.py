"""The digests that there are: every period with its articles, its news and its editor's words."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from datetime import datetime
from zoneinfo import ZoneInfo

import msgspec

from generator.config import Config
from generator.dates import Week, week_of, week_on
from generator.model import Article, DigestNotes
from generator.plan.addresses import Addresses
from generator.plan.findings import Finding
from generator.plan.news import News, news
from generator.plan.periods import Period, periods
from generator.plan.predictions import Prediction
from generator.plan.priority import priority
from generator.plan.terms import AUDIENCES, Term, TermIndex
from generator.plan.weeks import Desk, Digest, check_notes, make_digest, parts_before
from generator.references import resolve_texts
from generator.routes import digest_path, edition_path, url


class Series(msgspec.Struct, frozen=True):
    """Digests that follow each other, newest first: the site's, or an edition for one audience.

    `path` is their list's, from the site's root.
    """

    path: str
    digests: dict[Week, Digest]
    audience: Term | None = None
    has_feeds: bool = True

    def path_of(self, week: Week) -> str:
        """The path of one digest, from the site's root."""
        return f"{self.path}{week}/"


class Digests(msgspec.Struct, frozen=True):
    """All digests: of the whole site, and the editions in the order of their audiences' names.

    `names` has, for each week that has anything, the week that names its digest.
    """

    whole: Series
    editions: tuple[Series, ...]
    names: dict[Week, Week]
    desk: Desk
    audiences: TermIndex | None = None

    @property
    def series(self) -> tuple[Series, ...]:
        """All of them, the site's first."""
        return self.whole, *self.editions

    def moved(self) -> Iterator[tuple[str, str, str]]:
        """The path of every week that is merged into another, that digest's path, and its name."""
        for series in self.series:
            for week, digest in series.digests.items():
                for merged in digest.period.merged():
                    yield series.path_of(merged), series.path_of(week), f"the digest of {week}"


def make_digests(
    articles: tuple[Article, ...],
    predictions: Iterable[Prediction],
    notes: tuple[DigestNotes, ...],
    indexes: tuple[TermIndex, ...],
    addresses: Addresses,
    config: Config,
    now: datetime,
) -> tuple[Digests, tuple[Finding, ...]]:
    """The digests of all weeks up to that of `now` in which there is anything to tell."""
    zone = ZoneInfo(config.timezone)
    members: dict[Week, list[Article]] = {}
    for article in articles:
        members.setdefault(week_of(article.date, zone), []).append(article)
    told: dict[Week, list[News]] = {}
    for each in news(articles, predictions, now.astimezone(zone).date(), zone):
        told.setdefault(week_on(each.day), []).append(each)
    weeks = {week: len(members.get(week, ())) for week in sorted({*members, *told})}
    spans = periods(weeks, config.digest.minimum)
    names = dict(_names(weeks, spans))
    words, findings = _words(notes, names, addresses, config)
    index = next((i for i in indexes if i.taxonomy.name == config.digest.group_by), None)
    desk = Desk(
        now,
        zone,
        parts_before(articles),
        {article.source: priority(article) for article in articles},
        index,
    )
    digests: dict[Week, Digest] = {}
    for period in reversed(spans):
        days = [period.week, *reversed(period.merged())]
        digest = make_digest(
            desk,
            period,
            [article for week in days for article in members.get(week, ())],
            [each for week in days for each in told.get(week, ())],
            words.get(period.week),
        )
        digests[period.week] = digest
        if digest.notes:
            findings += tuple(check_notes(digest.notes, digest.articles, index))
    audiences = next((i for i in indexes if i.taxonomy.name == AUDIENCES), None)
    editions = tuple(_editions(desk, digests, audiences)) if audiences else ()
    whole = Series("/digest/", digests)
    return Digests(whole, editions, names, desk, audiences), findings


def _names(weeks: Iterable[Week], spans: Iterable[Period]) -> Iterator[tuple[Week, Week]]:
    """Each week with the week that names its digest; both arguments are oldest first."""
    following = iter(spans)
    period = next(following, None)
    for week in weeks:
        while period and period.week < week:
            period = next(following, None)
        assert period, "every week that has anything belongs to a period"
        yield week, period.week


def _words(
    notes: Iterable[DigestNotes],
    names: Mapping[Week, Week],
    addresses: Addresses,
    config: Config,
) -> tuple[dict[Week, DigestNotes], tuple[Finding, ...]]:
    """The editor's words by week, their references resolved; those that no digest can show told."""
    found: dict[Week, DigestNotes] = {}
    findings: list[Finding] = []
    for each in notes:
        wrong = _out_of_place(each, found, names)
        if wrong is not None:
            findings.append(wrong)
            continue
        own = url(digest_path(each.week), config)
        places, unresolved = addresses.resolve(each.references, each.source, own, each.images)
        findings += unresolved
        found[each.week] = resolve_texts(each, places)
    return found, tuple(findings)


def _out_of_place(
    notes: DigestNotes, found: Mapping[Week, DigestNotes], names: Mapping[Week, Week]
) -> Finding | None:
    week = notes.week
    if week in found:
        message = f"{week} has words in {found[week].source} already"
        return Finding("error", notes.source, message, "join the two files")
    if week not in names:
        message = f"{week} has no published article, so it has no digest yet"
        return Finding("warning", notes.source, message)
    if names[week] != week:
        message = f"{week} has too few articles for a digest: they are in that of {names[week]}"
        hint = f"name the file {names[week]}.md, or lower `digest.minimum` in site.yaml"
        return Finding("warning", notes.source, message, hint)
    return None


def _editions(desk: Desk, digests: dict[Week, Digest], index: TermIndex) -> Iterator[Series]:
    """For each audience: the digests in which it has articles, with what concerns it alone.

    News of its articles in a digest in which it has no new one waits for its next edition.
    """
    waiting: dict[str, list[News]] = {}
    editions: dict[str, list[Digest]] = {}
    for digest in reversed(digests.values()):
        shown: dict[str, list[Article]] = {}
        for article in digest.articles:
            for slug in index.slugs_of(article):
                shown.setdefault(slug, []).append(article)
        for each in (*digest.corrected, *digest.resolved, *digest.due):
            for slug in index.slugs_of(each.article):
                waiting.setdefault(slug, []).append(each)
        for slug, articles in shown.items():
            told = waiting.pop(slug, ())
            edition = make_digest(desk, digest.period, articles, told, digest.notes)
            editions.setdefault(slug, []).append(edition)
    for term in index.terms.values():
        newest_first = {each.week: each for each in reversed(editions[term.slug])}
        yield Series(edition_path(term.slug), newest_first, term, index.taxonomy.feeds)
