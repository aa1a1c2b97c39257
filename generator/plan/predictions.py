"""Predictions: implications that fall due, and what is known of each at a moment."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import Literal

import msgspec

from generator.model import Article, Implication

State = Literal["open", "due", "came true", "did not", "withdrawn"]


class Prediction(msgspec.Struct, frozen=True):
    """An implication with a `by`: the article it stands in, and its place there from 0.

    `due` is the last day on which it could come true; `resolved` the day on which its outcome was
    known, where the author says so: the first that a partial date can mean.
    """

    article: Article
    number: int
    implication: Implication
    state: State
    due: date
    resolved: date | None = None


def predictions(articles: Iterable[Article], today: date) -> tuple[Prediction, ...]:
    """Every prediction of the articles in their order, as it stands on `today`.

    An outcome that was known only after `today` is none yet.
    """
    return tuple(
        _prediction(article, number, implication, today)
        for article in articles
        for number, implication in enumerate(article.implications)
        if implication.by is not None
    )


def _prediction(article: Article, number: int, implication: Implication, today: date) -> Prediction:
    assert implication.by is not None, "a prediction has a date"
    due = implication.by.last_day()
    resolved = implication.resolved.first_day() if implication.resolved else None
    if implication.outcome is None or (resolved and resolved > today):
        return Prediction(article, number, implication, "due" if due < today else "open", due)
    return Prediction(article, number, implication, implication.outcome, due, resolved)
