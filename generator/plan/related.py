"""Articles to read next: those chosen by hand, else those that share the rarest terms.

The score of a candidate is the sum, over the shared terms, of log((articles + 1) / articles with
the term). Candidates are the nearest few in time under each term, so that the work grows with the
number of articles and not with its square. Equal scores are ordered by nearness in time, then by
file name.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import UTC, datetime, timedelta
from math import log

from generator.model import Article
from generator.plan.findings import Finding
from generator.plan.terms import TermIndex
from generator.text import slugify

COUNT = 4
NEIGHBOURS = 6
# Sums of the same terms in another order differ by less.
_DIGITS = 6
_EQUAL = 1e-5
_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)


class Related:
    """Answers, for one selection of articles, what is related to each of them."""

    def __init__(self, articles: Sequence[Article], indexes: Sequence[TermIndex]) -> None:
        total = len(articles)
        self._articles = {article.source: article for article in articles}
        self._moments = {source: _moment(each) for source, each in self._articles.items()}
        self._lists: list[tuple[float, tuple[str, ...]]] = []
        # For each article: the lists it stands in and its place in each.
        self._places: dict[str, list[tuple[int, int]]] = {}
        for index in indexes:
            for term in index.terms.values():
                weight = log((total + 1) / len(term.articles))
                if len(term.articles) < 2:
                    continue
                number = len(self._lists)
                sources = tuple(article.source for article in term.articles)
                self._lists.append((weight, sources))
                for place, source in enumerate(sources):
                    self._places.setdefault(source, []).append((number, place))

    def to(self, article: Article) -> tuple[Article, ...]:
        """Up to four articles, the closest first."""
        scores = self._scores(article.source)
        moments = self._moments
        moment = moments[article.source]
        # Only those that can be among the first are ranked.
        least = sorted(scores.values())[-COUNT:][:1]
        ranked = sorted(
            (-round(score, _DIGITS), abs(moments[source] - moment), source)
            for source, score in scores.items()
            if score >= least[0] - _EQUAL
        )
        return tuple(self._articles[source] for _, _, source in ranked[:COUNT])

    def _scores(self, source: str) -> dict[str, float]:
        scores: dict[str, float] = {}
        for number, place in self._places.get(source, ()):
            weight, listed = self._lists[number]
            for other in listed[max(0, place - NEIGHBOURS) : place + NEIGHBOURS + 1]:
                scores[other] = scores.get(other, 0.0) + weight
        scores.pop(source, None)
        return scores


def _moment(article: Article) -> int:
    return (article.date - _EPOCH) // timedelta(microseconds=1)


def by_name(articles: Sequence[Article]) -> dict[str, Article]:
    """Articles by each name that an author may call them: slug, file, file's name."""
    names: dict[str, Article] = {}
    for article in reversed(articles):
        for name in (article.slug, article.source, article.source.rsplit("/", 1)[-1]):
            names[name] = article
    return names


def chosen(
    article: Article, names: Mapping[str, Article]
) -> tuple[tuple[Article, ...], tuple[Finding, ...]]:
    """The articles that the author chose (`related:`), and a warning for each that is not there."""
    found: dict[str, Article] = {}
    findings = []
    for number, name in enumerate(article.related):
        other = names.get(name) or names.get(slugify(name))
        if other is None:
            message = f"no published article has the slug {name!r}"
            findings.append(Finding("warning", article.source, message, "", ("related", number)))
        elif other is not article:
            found[other.source] = other
    return tuple(found.values()), tuple(findings)
