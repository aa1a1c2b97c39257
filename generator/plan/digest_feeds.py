"""Digests as feeds: one entry a week, of the whole site and for each audience."""

from __future__ import annotations

from collections.abc import Iterator

import msgspec

from generator.plan.catalogue import Catalogue
from generator.plan.collections import Collection
from generator.plan.digest_views import DigestViews
from generator.plan.digests import Digests, Series
from generator.plan.weeks import Digest
from generator.text import excerpt
from generator.views import DigestView, FeedEntry
from generator.words import Words


def digest_feeds(
    catalogue: Catalogue, digests: Digests, views: DigestViews
) -> Iterator[Collection]:
    """What there is to follow: the site's digests, and those of each audience that has feeds.

    Only digests to which nothing can be added: an open one would change under its readers.
    """
    words = catalogue.words
    for series in digests.series:
        if not series.digests or not series.has_feeds:
            continue
        ended = [digest for digest in series.digests.values() if not digest.is_open]
        shown = views.of(series)
        audience = series.audience
        yield Collection(
            path=series.path,
            title=(
                words.weekly_digest_for(audience=audience.name) if audience else words.weekly_digest
            ),
            about=words.digest_feed,
            entries=tuple(
                _entry(catalogue, series, digest, shown[digest.week])
                for digest in ended[: catalogue.config.feeds.entries]
            ),
            group=words.digests_by_audience if audience else "",
            count=len(ended),
        )


def _entry(catalogue: Catalogue, series: Series, digest: Digest, view: DigestView) -> FeedEntry:
    words = catalogue.words
    ends = digest.week.ends(catalogue.zone)
    notes = view.notes
    told = notes.subject if notes and notes.intro.html else ""
    return FeedEntry(
        id=f"tag:{catalogue.config.load.host},2000:{series.path.strip('/')}/{digest.week}",
        title=view.title.text,
        url=view.permalink,
        published=ends,
        updated=max([ends, *(article.changed for article in digest.articles)]),
        summary=excerpt(told or words.list_comma.join(_titles(words, view)), 600),
        # Without what no feed shows: an entry does not change because its neighbours do.
        digest=msgspec.structs.replace(
            view, newer=None, older=None, scores={}, editions=(), share_card=""
        ),
    )


def _titles(words: Words, view: DigestView) -> Iterator[str]:
    yield from (card.title.text for card in view.cards)
    yield from (words.corrected_in(title=each.article.title.text) for each in view.corrected)
    for each in view.resolved:
        yield words.stated_claim(state=words[each.state], claim=each.claim.text)
    yield from (words.stated_claim(state=words.due, claim=each.claim.text) for each in view.due)
