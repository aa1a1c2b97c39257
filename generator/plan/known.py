"""What is known at a moment: articles without the corrections and outcomes of later days."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date, timedelta
from zoneinfo import ZoneInfo

from msgspec.structs import replace

from generator.dates import begins
from generator.model import Article, Correction, Implication


def as_known(articles: Iterable[Article], today: date, zone: ZoneInfo) -> tuple[Article, ...]:
    """The articles as they can be told on `today`, a day in the site's time zone.

    What has a partial date is known from the first day that it can mean. An article's `updated`
    becomes that of its latest correction, where this is not of an earlier day: the beginning of that
    day, or the article's own last change on it, and a second more for each further correction, so
    that a feed reader sees every one of them.
    """
    return tuple(
        _as_known(article, today, zone) if article.corrections or article.implications else article
        for article in articles
    )


def days_of_news(articles: Iterable[Article]) -> Iterator[date]:
    """The days on which something of these articles, as they were loaded, becomes known.

    That a prediction is due is known on the day after the last on which it can come true.
    """
    for article in articles:
        for correction in article.corrections:
            yield correction.date.first_day()
        for implication in article.implications:
            if implication.resolved:
                yield implication.resolved.first_day()
            if implication.by and implication.by.last_day() < date.max:
                yield implication.by.last_day() + timedelta(days=1)


def _as_known(article: Article, today: date, zone: ZoneInfo) -> Article:
    if any(_is_to_come(each, today) for each in article.implications):
        implications = tuple(
            replace(each, outcome=None, resolved=None) if _is_to_come(each, today) else each
            for each in article.implications
        )
        article = replace(article, implications=implications)
    if not article.corrections:
        return article
    known = tuple(each for each in article.corrections if each.date.first_day() <= today)
    if not known:
        return replace(article, corrections=())
    return _corrected(article, known, zone)


def _is_to_come(implication: Implication, today: date) -> bool:
    return implication.resolved is not None and implication.resolved.first_day() > today


def _corrected(article: Article, known: tuple[Correction, ...], zone: ZoneInfo) -> Article:
    days = [each.date.first_day() for each in known]
    latest = max(days)
    own = article.changed.astimezone(zone).date()
    if latest < own:
        return replace(article, corrections=known)
    since = article.changed if latest == own else begins(latest, zone) - timedelta(seconds=1)
    updated = since + timedelta(seconds=days.count(latest))
    return replace(article, corrections=known, updated=updated)
