"""Who holds the rights in an entry of a feed."""

from __future__ import annotations

from generator.views import FeedEntry, SiteView


def entry_rights(entry: FeedEntry, site: SiteView) -> str:
    """The article's own rights, else the site's, as text; empty where neither says any.

    Each entry tells them, for it is read, kept and passed on without its feed.
    """
    own = entry.article.article.rights if entry.article else None
    rights = own or site.rights
    return rights.text if rights else ""
