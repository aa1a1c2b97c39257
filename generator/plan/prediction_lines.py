"""A prediction as pages made across articles, digests and feeds show it, and its permanent id."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator

import msgspec

from generator.dates import PartialDate
from generator.fingerprint import fingerprint_bytes
from generator.model import Article, Implication
from generator.plan.catalogue import Catalogue, quoted, uncited
from generator.plan.predictions import Prediction
from generator.views import Link, PredictionLine, SourceLink

_NO_WORD = re.compile(r"[\W_]+")


class Told(msgspec.Struct, frozen=True):
    """A prediction, how it is shown, and an id of hexadecimal digits that stays.

    The id follows from the article's id and the claim's letters and digits, so that neither its
    place in the article nor its date, outcome, emphasis or punctuation changes it.
    """

    prediction: Prediction
    line: PredictionLine
    id: str


def tell(catalogue: Catalogue, predictions: Iterable[Prediction]) -> tuple[Told, ...]:
    """The predictions in their order, as pages show them."""
    seen: Counter[str] = Counter()
    told = []
    for each in predictions:
        words = _NO_WORD.sub("", each.implication.claim.text.casefold())
        name = f"{each.article.id}\n{words}"
        # An article may claim one thing for several days.
        seen[name] += 1
        if seen[name] > 1:
            name += f"\n{seen[name]}"
        identity = fingerprint_bytes(name.encode())
        told.append(Told(each, prediction_line(catalogue, each), identity))
    return tuple(told)


def prediction_line(catalogue: Catalogue, prediction: Prediction) -> PredictionLine:
    """A prediction as any page but its article's shows it (`partials/prediction.html`)."""
    key = prediction.article.source, prediction.number
    line = catalogue.prediction_lines.get(key)
    if line is None:
        line = catalogue.prediction_lines[key] = _line(catalogue, prediction)
    return line


def _line(catalogue: Catalogue, prediction: Prediction) -> PredictionLine:
    article, implication = prediction.article, prediction.implication
    assert implication.by is not None, "a prediction has a date"
    own = catalogue.url_of(article)
    return PredictionLine(
        claim=quoted(implication.claim, own),
        state=prediction.state,
        url=f"{own}#{anchor(prediction)}",
        title=uncited(article.title),
        who=forecasters(catalogue, prediction),
        said=implication.said or _day_of(catalogue, article),
        due=implication.by,
        probability=implication.probability,
        resolved=implication.resolved,
        sources=tuple(_sources(article, implication)),
        lang=article.lang,
    )


def anchor(prediction: Prediction) -> str:
    """The id that the claim has on its article's page."""
    return f"part_implication-{prediction.number + 1}"


def forecasters(catalogue: Catalogue, prediction: Prediction) -> tuple[Link, ...]:
    """Whose forecast it is: whom it names, else the article's authors, else the publication."""
    if prediction.implication.who:
        return (Link(prediction.implication.who, ""),)
    authors = catalogue.terms_of(prediction.article, "authors")
    config = catalogue.config
    return authors or (Link(config.publisher.name or config.title, config.base_path),)


def _day_of(catalogue: Catalogue, article: Article) -> PartialDate:
    local = article.date.astimezone(catalogue.zone)
    return PartialDate(local.year, local.month, local.day)


def _sources(article: Article, implication: Implication) -> Iterator[SourceLink]:
    for source in article.sources:
        if source.id in implication.sources:
            yield SourceLink(source.title, source.url, source.publisher)
