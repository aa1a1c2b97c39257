"""How much an article offers a reader at a glance: points by which digests order, and why."""

from __future__ import annotations

from collections.abc import Iterator

import msgspec

from generator.model import Article
from generator.words import Words

# More sources than these make an article no more worth reading first.
MOST_SOURCES = 5


class Priority(msgspec.Struct, frozen=True):
    """The points, and what they are for: keys of words, each with a count or 0."""

    points: int
    parts: tuple[tuple[str, int], ...] = ()


def priority(article: Article) -> Priority:
    """Two points for a TL;DR and for analysis by or reviewed by people; one for each other part.

    Those are every cited source up to five, a timeline, a comparison, and predictions.
    """
    parts = tuple(_parts(article))
    points = sum(number for number, _, _ in parts)
    return Priority(points, tuple((name, count) for _, name, count in parts))


def reason(priority: Priority, words: Words) -> str:
    """What the points are for: `7: TL;DR, 4 sources, timeline`; "" for no points."""
    if not priority.parts:
        return ""
    named = [words[name](n=count) if count else words[name] for name, count in priority.parts]
    return f"{priority.points}: {words.list_comma.join(named)}"


def _parts(article: Article) -> Iterator[tuple[int, str, int]]:
    """Points, what for, and how many of it where that is told."""
    if article.tldr and (article.tldr.changed or article.tldr.matters or article.tldr.next):
        yield 2, "scored_tldr", 0
    cited = len(article.sources)
    if cited:
        yield min(cited, MOST_SOURCES), "scored_sources", cited
    if article.timeline:
        yield 1, "scored_timeline", 0
    if article.comparison:
        yield 1, "scored_comparison", 0
    if any(each.by for each in article.implications):
        yield 1, "scored_predictions", 0
    analysis = article.analysis
    if analysis and (analysis.by == "human" or analysis.reviewed_by):
        name = "scored_people" if analysis.by == "human" else "scored_review"
        yield 2, name, 0
