"""Addresses: from an article, term or week to its URL, and from a URL to a path in `output/`."""

from __future__ import annotations

import re
from datetime import datetime
from pathlib import PurePosixPath
from urllib.parse import quote, unquote
from zoneinfo import ZoneInfo

from generator.config import Config
from generator.dates import Week, from_file_name, week_of
from generator.model import Article
from generator.text import slugify

# RFC 3986 section 3.3: what a path segment may hold unescaped, and the slash between segments.
_SAFE = "/~!$&'()*+,;=:@"
# Section 2.2, and the percent sign of what is encoded already.
_RESERVED = ":/?#[]@!$&'()*+,;=~%"
_STRAY_PERCENT = re.compile(r"%(?![0-9A-Fa-f]{2})")
# Feeds and lists of them, calendars, and articles as Markdown and as JSON.
_FOR_PROGRAMS = (".xml", ".atom", ".json", ".ics", ".opml", ".md", ".txt")
_PLACEHOLDER = re.compile(r"\{(\w+)\}")


def article_path(article: Article, config: Config) -> str:
    """The article's path from the site's root, unescaped, from the pattern of the settings."""
    pattern = config.articles_permalink
    if pattern == "/articles/{slug}/":
        return f"/articles/{article.slug}/"
    local = article.date.astimezone(ZoneInfo(config.timezone))
    path = PurePosixPath(article.source)
    place = path.parent if path.stem == "index" and path.parent.name else path.with_suffix("")
    values = {
        "year": f"{local.year:04}",
        "month": f"{local.month:02}",
        "day": f"{local.day:02}",
        "date": f"{local:%Y-%m-%d}",
        "week": str(_week(article.date, config.timezone)),
        "slug": article.slug,
        "stem": slugify(from_file_name(unquote(place.name))[1]) or article.slug,
        "path": "/".join(filter(None, map(slugify, place.parts))),
    }
    return _as_path(_PLACEHOLDER.sub(lambda found: values[found[1]], pattern))


def _week(moment: datetime, timezone: str) -> Week:
    return week_of(moment, ZoneInfo(timezone))


def _as_path(path: str) -> str:
    """The path with a slash at its end, unless it names a file."""
    last = path.rsplit("/", 1)[-1]
    return path if not last or "." in last else path + "/"


def is_for_programs(path: str) -> bool:
    """Whether a file of the output folder is read by programs alone: no page shows it."""
    return path.endswith(_FOR_PROGRAMS)


def term_path(taxonomy: str, slug: str) -> str:
    """A term's path: `/tags/feeds/`."""
    return f"/{taxonomy}/{slug}/"


def digest_path(week: Week) -> str:
    """A week's digest: `/digest/2026-W47/`."""
    return f"/digest/{week}/"


def edition_path(audience: str) -> str:
    """The list of an audience's own digests: `/audiences/editors/digest/`."""
    return f"{term_path('audiences', audience)}digest/"


def story_path(slug: str) -> str:
    """A story's path: `/stories/feed-formats/`."""
    return f"/stories/{slug}/"


def timeline_path(path: str) -> str:
    """All events of the term or story at a path: `/tags/rss/timeline/`."""
    return f"{path}timeline/"


def page_number_path(path: str, number: int) -> str:
    """The page with that number, from 1, of the list at `path`."""
    return path if number == 1 else f"{path}page/{number}/"


def output_path(path: str) -> str:
    """The file in `output/` for a path from the site's root: `/about/` is `about/index.html`."""
    inner = path.lstrip("/")
    if not inner or inner.endswith("/"):
        return inner + "index.html"
    return inner if "." in inner.rsplit("/", 1)[-1] else inner + "/index.html"


def beside(path: str, name: str) -> str:
    """The place of another form of a page, from the page's file or its address.

    `x/index.html`, `x.html` and `/x/` all have it at `x/NAME`.
    """
    return f"{path.removesuffix('index.html').removesuffix('.html').rstrip('/')}/{name}"


def url(path: str, config: Config) -> str:
    """The address, from the host's root, of a path from the site's root; percent-encoded."""
    return config.base_path + quote(path.lstrip("/"), safe=_SAFE)


def absolute(path: str, config: Config) -> str:
    """The absolute address of a path from the site's root; percent-encoded."""
    return config.url + quote(path.lstrip("/"), safe=_SAFE)


def uri(address: str) -> str:
    """The address with all that RFC 3986 does not allow in one percent-encoded."""
    return _STRAY_PERCENT.sub("%25", quote(address, safe=_RESERVED))
