"""One digest: the articles of its days as new or developing, in their order, and the other news."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from zoneinfo import ZoneInfo

import msgspec

from generator.dates import Week
from generator.model import Article, DigestNotes
from generator.plan.findings import Finding
from generator.plan.news import News
from generator.plan.periods import Period
from generator.plan.priority import Priority
from generator.plan.terms import TermIndex
from generator.text import slugify


class Group(msgspec.Struct, frozen=True):
    """Articles under a heading: a term's slug and name; both empty for a group without one."""

    slug: str
    name: str
    articles: tuple[Article, ...]


class Digest(msgspec.Struct, frozen=True):
    """A period with anything to tell.

    Every article of its days is among the `picks`, in one of the `groups`, or `developing`: part
    of a story that readers know. With the `picks` are the articles of more weight, in one order.
    `running` until its last week has ended.
    """

    period: Period
    articles: tuple[Article, ...]
    picks: tuple[Article, ...]
    groups: tuple[Group, ...]
    developing: tuple[Article, ...]
    corrected: tuple[News, ...]
    resolved: tuple[News, ...]
    due: tuple[News, ...]
    running: bool
    notes: DigestNotes | None = None

    @property
    def week(self) -> Week:
        """The week that names it."""
        return self.period.week

    @property
    def is_open(self) -> bool:
        """Whether more can still be added to it."""
        return self.running or self.period.thin


class Desk(msgspec.Struct, frozen=True):
    """What every digest is made with.

    `before` has, for the file of each later part of a story, the part before it; `priorities` has
    every article's, by its file. Articles are grouped by a taxonomy where there is an `index`.
    """

    now: datetime
    zone: ZoneInfo
    before: Mapping[str, Article]
    priorities: Mapping[str, Priority]
    index: TermIndex | None = None


def parts_before(articles: Sequence[Article]) -> dict[str, Article]:
    """For the file of each article that is a later part of a story, the part before it.

    The articles are published ones, newest first.
    """
    latest: dict[str, Article] = {}
    found: dict[str, Article] = {}
    for article in reversed(articles):
        if article.story:
            if article.story in latest:
                found[article.source] = latest[article.story]
            latest[article.story] = article
    return found


def make_digest(
    desk: Desk,
    period: Period,
    articles: Sequence[Article],
    news: Iterable[News],
    notes: DigestNotes | None,
) -> Digest:
    """A period's digest. The articles are of its days, newest first, and so is the news."""
    places = _places(articles, notes)
    ordered = sorted(
        articles,
        key=lambda each: (
            -each.weight,
            places.get(each.source, len(places)),
            -desk.priorities[each.source].points,
        ),
    )
    new = [article for article in ordered if article.source not in desk.before]
    leading = max((n for n, each in enumerate(new, 1) if each.source in places), default=0)
    told = sorted(news, key=lambda each: each.order)
    resolved = tuple(each for each in told if each.prediction and not each.falls_due)
    known = {(each.article.source, each.order[2]) for each in resolved}
    return Digest(
        period=period,
        articles=tuple(articles),
        picks=tuple(new[:leading]),
        groups=_groups(new[leading:], desk.index, notes),
        developing=tuple(article for article in ordered if article.source in desk.before),
        corrected=tuple(each for each in told if each.correction),
        resolved=resolved,
        due=tuple(
            each
            for each in told
            if each.falls_due and (each.article.source, each.order[2]) not in known
        ),
        running=period.week.ends(desk.zone) > desk.now,
        notes=notes,
    )


def _groups(
    articles: Sequence[Article], index: TermIndex | None, notes: DigestNotes | None
) -> tuple[Group, ...]:
    """Each article under its first term; groups as the editor orders them, then by size."""
    if index is None:
        return (Group("", "", tuple(articles)),) if articles else ()
    found: dict[str, list[Article]] = {}
    for article in articles:
        slugs = index.slugs_of(article)
        found.setdefault(slugs[0] if slugs else "", []).append(article)
    order: Mapping[str, int] = {
        slugify(name): number for number, name in enumerate(notes.order if notes else ())
    }

    def place(slug: str) -> tuple[bool, int, int, str]:
        return (not slug, order.get(slug, len(order)), -len(found[slug]), slug)

    return tuple(
        Group(slug, index.terms[slug].name if slug else "", tuple(found[slug]))
        for slug in sorted(found, key=place)
    )


def _places(articles: Sequence[Article], notes: DigestNotes | None) -> dict[str, int]:
    """The files of the editor's picks, each with its place."""
    if notes is None or not notes.picks:
        return {}
    names = _by_name(articles)
    picked = (_picked(name, names) for name in notes.picks)
    return {source: place for place, source in enumerate(dict.fromkeys(filter(None, picked)))}


def _by_name(articles: Iterable[Article]) -> dict[str, str]:
    """The file of each article by what an editor may call it: slug, path, name."""
    names: dict[str, str] = {}
    for article in articles:
        names[article.slug] = article.source
        names[article.source] = article.source
        names[article.source.rsplit("/", 1)[-1]] = article.source
    return names


def _picked(name: str, names: Mapping[str, str]) -> str | None:
    return names.get(name) or names.get(slugify(name))


def check_notes(
    notes: DigestNotes, articles: Sequence[Article], index: TermIndex | None
) -> Iterable[Finding]:
    """A warning for each pick that is none of the digest's articles, each group that is none."""
    names = _by_name(articles)
    for number, name in enumerate(notes.picks):
        if _picked(name, names) is None:
            message = f"no article of {notes.week} has the slug {name!r}"
            hint = "picks are slugs of that week's articles"
            yield Finding("warning", notes.source, message, hint, ("picks", number))
    if index is not None:
        for number, name in enumerate(notes.order):
            if slugify(name) not in index.terms:
                message = f"there is no group {name!r} to order"
                yield Finding("warning", notes.source, message, "", ("order", number))
