"""Which of the loaded articles and pages are published at a moment, and which wait."""

from __future__ import annotations

from datetime import datetime
from typing import Literal

import msgspec

from generator.model import Article, Asset, DigestNotes, Story, TextPage

Reason = Literal["draft", "future", "expired"]


class Content(msgspec.Struct, frozen=True):
    """Everything that was loaded, in the order of the files' paths."""

    articles: tuple[Article, ...] = ()
    pages: tuple[TextPage, ...] = ()
    digests: tuple[DigestNotes, ...] = ()
    stories: tuple[Story, ...] = ()
    assets: tuple[Asset, ...] = ()


class Held(msgspec.Struct, frozen=True):
    """An article or page that is not published now, and the moment at which it will be, if any."""

    source: str
    reason: Reason
    due: datetime | None = None


class Selection(msgspec.Struct, frozen=True):
    """The published articles, newest first, and the published pages; what is held back."""

    articles: tuple[Article, ...]
    pages: tuple[TextPage, ...]
    held: tuple[Held, ...]


def select(content: Content, now: datetime, *, drafts: bool = False) -> Selection:
    """What is published at `now`. Articles of one moment are ordered by their files' paths."""
    held: list[Held] = []
    articles: list[Article] = []
    for article in content.articles:
        reason = _reason(article, now, drafts)
        if reason is None:
            articles.append(article)
        else:
            due = article.date if reason == "future" else None
            held.append(Held(article.source, reason, due))
    pages = [page for page in content.pages if drafts or not page.draft]
    held += [Held(p.source, "draft") for p in content.pages if p.draft and not drafts]
    # Two sorts instead of one by a pair: dates fall while paths rise.
    articles.sort(key=lambda article: article.source)
    articles.sort(key=lambda article: article.date, reverse=True)
    return Selection(tuple(articles), tuple(pages), tuple(held))


def _reason(article: Article, now: datetime, drafts: bool) -> Reason | None:
    if article.draft and not drafts:
        return "draft"
    if article.expires is not None and article.expires <= now:
        return "expired"
    return "future" if article.date > now else None
