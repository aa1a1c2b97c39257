"""What has feeds beside the articles, digests and terms: a page made across articles."""

from __future__ import annotations

import msgspec

from generator.model import Article
from generator.views import FeedEntry


class Collection(msgspec.Struct, frozen=True):
    """Something to follow: its page's path from the site's root, and what its three feeds hold.

    The feeds hold `entries`, newest first, else whole `articles`, newest first. `about` is a
    sentence for /feeds/, where collections are listed under `group`, or with the site's own feeds.
    `count` is how many entries there are in all, where these are only the newest.
    """

    path: str
    title: str
    about: str
    entries: tuple[FeedEntry, ...] = ()
    articles: tuple[Article, ...] = ()
    group: str = ""
    count: int = 0
