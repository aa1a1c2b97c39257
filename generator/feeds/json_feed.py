"""JSON Feed 1.1 (jsonfeed.org/version/1.1)."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import msgspec

from generator.dates import rfc3339
from generator.feeds.rights import entry_rights
from generator.routes import uri
from generator.views import FeedEntry, FeedView, SiteView


def json_feed(view: FeedView, contents: Sequence[str], site: SiteView) -> bytes:
    """The feed's file. `contents` holds each entry's HTML, empty where the feed has summaries."""
    feed: dict[str, Any] = {
        "version": "https://jsonfeed.org/version/1.1",
        "title": view.title,
        "home_page_url": view.home,
        "feed_url": view.links.json,
        "description": view.description,
        "language": site.language,
        "authors": [_present({"name": site.publisher.name or site.title, "url": site.url})],
    }
    if site.hub:
        feed["hubs"] = [{"type": "WebSub", "url": uri(site.hub)}]
    feed["items"] = [
        _item(entry, content, site) for entry, content in zip(view.entries, contents, strict=True)
    ]
    return msgspec.json.format(msgspec.json.encode(feed), indent=1) + b"\n"


def _item(entry: FeedEntry, content: str, site: SiteView) -> dict[str, Any]:
    origin = entry.article.article.origin if entry.article else None
    item = _present(
        {
            "id": entry.id,
            "url": entry.url,
            "external_url": uri(origin.url) if origin else "",
            "title": entry.title,
            "content_html": content,
            "summary": entry.summary,
            "image": uri(entry.image),
            "date_published": rfc3339(entry.published),
            "date_modified": rfc3339(entry.updated),
            "authors": [{"name": name} for name in entry.authors],
            "tags": list(entry.categories),
            "language": entry.lang or site.language,
        }
    )
    rights = entry_rights(entry, site)
    if rights:
        # Section "Extensions": an object whose name begins with an underscore.
        item["_broadsheet"] = {"rights": rights}
    if not content:
        # Section "Items": content_html or content_text must be there.
        item["content_text"] = entry.summary
    return item


def _present(data: dict[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in data.items() if value not in ("", [], None)}
