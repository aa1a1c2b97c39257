"""What became of published articles, day by day: corrections, predictions due or resolved."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from datetime import date, timedelta
from zoneinfo import ZoneInfo

import msgspec

from generator.dates import PartialDate
from generator.model import Article, Correction
from generator.plan.predictions import Prediction


class News(msgspec.Struct, frozen=True):
    """Something that digests tell beside new articles, and the day of which it is news.

    It is a correction or a prediction; a prediction that was resolved, unless it `falls_due`.
    """

    day: date
    article: Article
    correction: Correction | None = None
    prediction: Prediction | None = None
    falls_due: bool = False

    @property
    def order(self) -> tuple[date, str, int]:
        """By day, and of one day by the article's file."""
        return self.day, self.article.source, self.prediction.number if self.prediction else 0


def news(
    articles: Sequence[Article], predictions: Iterable[Prediction], today: date, zone: ZoneInfo
) -> Iterator[News]:
    """All news up to the end of the week of `today`, of which only what falls due can be to come.

    What was so before its article was published is no news. The articles are as known today.
    """
    sunday = today + timedelta(days=6 - today.weekday())
    for article in articles:
        if article.corrections:
            published = article.date.astimezone(zone).date()
            for correction in article.corrections:
                day = _day(correction.date, published)
                if day:
                    yield News(day, article, correction=correction)
    for each in predictions:
        published = each.article.date.astimezone(zone).date()
        outcome = each.implication.resolved
        day = _day(outcome, published) if each.resolved and outcome else None
        if day:
            yield News(day, each.article, prediction=each)
        if published <= each.due <= sunday and not _withdrawn_before_due(each):
            yield News(each.due, each.article, prediction=each, falls_due=True)


def weeks_of_due(articles: Iterable[Article]) -> Iterator[date]:
    """The Mondays from which digests list what falls due in the week."""
    for article in articles:
        for implication in article.implications:
            if implication.by is not None:
                due = implication.by.last_day()
                yield due - timedelta(days=due.weekday())


def _day(when: PartialDate, published: date) -> date | None:
    """The first day that a date can mean on which the article was out; None if it was not yet."""
    if when.last_day() < published:
        return None
    return max(when.first_day(), published)


def _withdrawn_before_due(prediction: Prediction) -> bool:
    if prediction.state != "withdrawn":
        return False
    return prediction.resolved is None or prediction.resolved < prediction.due
