"""Predictions: implications that fall due, and what is known of each at a moment."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

import msgspec

from generator.dates import PartialDate
from generator.model import Article, Implication, PredictionState


class Prediction(msgspec.Struct, frozen=True):
    """An implication with a `by`: the article it stands in, and its place there from 0.

    `due` is the last day on which it could come true; `resolved` the day on which its outcome was
    known, where the author says so: the first that a partial date can mean.
    """

    article: Article
    number: int
    implication: Implication
    state: PredictionState
    due: date
    resolved: date | None = None


def predictions(articles: Iterable[Article], today: date) -> tuple[Prediction, ...]:
    """Every prediction of the articles in their order, as it stands on `today`.

    The articles are as they were known on that day (`known.as_known`).
    """
    return tuple(
        _prediction(article, number, implication, implication.by, today)
        for article in articles
        for number, implication in enumerate(article.implications)
        if implication.by is not None
    )


def states_by_article(
    found: Iterable[Prediction],
) -> dict[str, tuple[PredictionState | None, ...]]:
    """How each implication of an article stands, by the article's file; None for one that is no
    prediction. Articles without predictions are left out.
    """
    states: dict[str, list[PredictionState | None]] = {}
    for each in found:
        known = states.get(each.article.source)
        if known is None:
            known = states[each.article.source] = [None] * len(each.article.implications)
        known[each.number] = each.state
    return {source: tuple(known) for source, known in states.items()}


def _prediction(
    article: Article, number: int, implication: Implication, by: PartialDate, today: date
) -> Prediction:
    due = by.last_day()
    if implication.outcome is None:
        return Prediction(article, number, implication, "due" if due < today else "open", due)
    resolved = implication.resolved.first_day() if implication.resolved else None
    return Prediction(article, number, implication, implication.outcome, due, resolved)
