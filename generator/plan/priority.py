"""How much an article offers a reader at a glance: points by which digests order, and why."""

from __future__ import annotations

from collections.abc import Iterator

import msgspec

from generator.model import Article

# More sources than these make an article no more worth reading first.
MOST_SOURCES = 5


class Priority(msgspec.Struct, frozen=True):
    """The points, and what they are for: `7: TL;DR, 4 sources, timeline`; "" for no points."""

    points: int
    reason: str


def priority(article: Article) -> Priority:
    """Two points for a TL;DR and for analysis by or reviewed by people; one for each other part.

    Those are every cited source up to five, a timeline, a comparison, and predictions.
    """
    parts = tuple(_parts(article))
    points = sum(number for number, _ in parts)
    reason = f"{points}: {', '.join(name for _, name in parts)}" if parts else ""
    return Priority(points, reason)


def _parts(article: Article) -> Iterator[tuple[int, str]]:
    if article.tldr and (article.tldr.changed or article.tldr.matters or article.tldr.next):
        yield 2, "TL;DR"
    cited = len(article.sources)
    if cited:
        yield min(cited, MOST_SOURCES), f"{cited} source{'s' if cited > 1 else ''}"
    if article.timeline:
        yield 1, "timeline"
    if article.comparison:
        yield 1, "comparison"
    if any(each.by for each in article.implications):
        yield 1, "predictions"
    analysis = article.analysis
    if analysis and (analysis.by == "human" or analysis.reviewed_by):
        yield 2, "analysis by people" if analysis.by == "human" else "reviewed analysis"
