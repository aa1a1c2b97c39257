"""Weekly digests: the articles of each ISO week in the site's time zone, in their groups."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from zoneinfo import ZoneInfo

import msgspec

from generator.dates import Week, week_of
from generator.model import Article, DigestNotes
from generator.plan.findings import Finding
from generator.plan.terms import TermIndex
from generator.text import slugify


class Group(msgspec.Struct, frozen=True):
    """Articles under a heading: a term's slug and name; both empty for a group without one."""

    slug: str
    name: str
    articles: tuple[Article, ...]


class Digest(msgspec.Struct, frozen=True):
    """A week with at least one article. `running` until the week has ended."""

    week: Week
    articles: tuple[Article, ...]
    picks: tuple[Article, ...]
    groups: tuple[Group, ...]
    running: bool
    notes: DigestNotes | None = None


def weeks(articles: Sequence[Article], zone: ZoneInfo) -> dict[Week, tuple[Article, ...]]:
    """The articles of every week that has any; weeks and articles newest first."""
    found: dict[Week, list[Article]] = {}
    for article in articles:
        found.setdefault(week_of(article.date, zone), []).append(article)
    return {week: tuple(found[week]) for week in sorted(found, reverse=True)}


def make_digest(
    week: Week,
    articles: tuple[Article, ...],
    notes: DigestNotes | None,
    group_by: TermIndex | str,
    now: datetime,
    zone: ZoneInfo,
) -> tuple[Digest, tuple[Finding, ...]]:
    """A week's digest: the picks in the editor's order, the others grouped."""
    picks, findings = _picks(articles, notes)
    others = [article for article in articles if article not in picks]
    if isinstance(group_by, TermIndex):
        groups, wrong = _by_term(others, group_by, notes)
        findings += wrong
    else:
        others.sort(key=lambda article: -article.weight if group_by == "weight" else 0)
        groups = (Group("", "", tuple(others)),) if others else ()
    running = week.ends(zone) > now
    return Digest(week, articles, picks, groups, running, notes), findings


def _picks(
    articles: tuple[Article, ...], notes: DigestNotes | None
) -> tuple[tuple[Article, ...], tuple[Finding, ...]]:
    if notes is None or not notes.picks:
        return (), ()
    by_name: dict[str, Article] = {}
    for article in articles:
        by_name[article.slug] = article
        by_name[article.source] = article
        by_name[article.source.rsplit("/", 1)[-1]] = article
    picks: dict[str, Article] = {}
    findings = []
    for number, name in enumerate(notes.picks):
        picked = by_name.get(name) or by_name.get(slugify(name))
        if picked is not None:
            picks[picked.source] = picked
        else:
            message = f"no article of {notes.week} has the slug {name!r}"
            findings.append(
                Finding("warning", notes.source, message, "picks are slugs of that week's articles",
                        ("picks", number))
            )  # fmt: skip
    return tuple(picks.values()), tuple(findings)


def _by_term(
    articles: list[Article], index: TermIndex, notes: DigestNotes | None
) -> tuple[tuple[Group, ...], tuple[Finding, ...]]:
    """Each article under its first term; groups as the editor orders them, then by size."""
    found: dict[str, list[Article]] = {}
    for article in articles:
        terms = index.of(article)
        found.setdefault(terms[0].slug if terms else "", []).append(article)
    order: Mapping[str, int] = {
        slugify(name): number for number, name in enumerate(notes.order if notes else ())
    }

    def place(slug: str) -> tuple[bool, int, int, str]:
        return (not slug, order.get(slug, len(order)), -len(found[slug]), slug)

    groups = tuple(
        Group(
            slug,
            index.terms[slug].name if slug else "",
            tuple(sorted(found[slug], key=lambda article: -article.weight)),
        )
        for slug in sorted(found, key=place)
    )
    unknown = tuple(
        Finding("warning", notes.source, f"there is no group {name!r} to order", "",
                ("order", number))
        for number, name in enumerate(notes.order)
        if slugify(name) not in index.terms
    ) if notes else ()  # fmt: skip
    return groups, unknown
