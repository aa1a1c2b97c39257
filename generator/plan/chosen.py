"""The articles that authors chose by hand to be read next (`related:`)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from generator.model import Article
from generator.plan.findings import Finding
from generator.text import slugify


def chosen_by_hand(
    articles: Sequence[Article],
) -> tuple[dict[str, tuple[Article, ...]], tuple[Finding, ...]]:
    """For each article with `related:`, by its file, those that it names; and the names of none."""
    names = _by_name(articles)
    picked: dict[str, tuple[Article, ...]] = {}
    findings: list[Finding] = []
    for article in articles:
        if article.related:
            picked[article.source], unknown = _chosen(article, names)
            findings += unknown
    return picked, tuple(findings)


def _by_name(articles: Sequence[Article]) -> dict[str, Article]:
    """Articles by each name that an author may call them: slug, file, file's name."""
    names: dict[str, Article] = {}
    for article in reversed(articles):
        for name in (article.slug, article.source, article.source.rsplit("/", 1)[-1]):
            names[name] = article
    return names


def _chosen(
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
