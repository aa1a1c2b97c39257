"""Articles to read next: those chosen by hand, else those that share the rarest terms.

The score of a candidate is the sum, over the shared terms, of log((articles + 1) / articles with
the term). Candidates are the nearest few in time under each term, so that the work grows with the
number of articles and not with its square. Equal scores are ordered by nearness in time, then by
file name.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from math import log

from generator.model import Article
from generator.plan.findings import Finding
from generator.plan.terms import TermIndex
from generator.text import slugify

COUNT = 4
NEIGHBOURS = 6


class Related:
    """Answers, for one selection of articles, what is related to each of them."""

    def __init__(self, articles: Sequence[Article], indexes: Sequence[TermIndex]) -> None:
        total = len(articles)
        self._lists: list[tuple[float, tuple[Article, ...]]] = []
        # For each article, by its place: the lists it stands in and its place in each.
        self._places: dict[str, list[tuple[int, int]]] = {}
        for index in indexes:
            for term in index.terms.values():
                weight = log((total + 1) / len(term.articles))
                if len(term.articles) < 2:
                    continue
                number = len(self._lists)
                self._lists.append((weight, term.articles))
                for place, article in enumerate(term.articles):
                    self._places.setdefault(article.source, []).append((number, place))

    def to(self, article: Article) -> tuple[Article, ...]:
        """Up to four articles, the closest first."""
        scores: dict[str, float] = {}
        candidates: dict[str, Article] = {}
        for number, place in self._places.get(article.source, ()):
            weight, listed = self._lists[number]
            for other in listed[max(0, place - NEIGHBOURS) : place + NEIGHBOURS + 1]:
                scores[other.source] = scores.get(other.source, 0.0) + weight
                candidates[other.source] = other
        scores.pop(article.source, None)
        moment = article.date

        def rank(source: str) -> tuple[float, float, str]:
            distance = abs((candidates[source].date - moment).total_seconds())
            return (-round(scores[source], 6), distance, source)

        return tuple(candidates[source] for source in sorted(scores, key=rank)[:COUNT])


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
