"""The keys that `site.yaml` knows: what each may hold, and what it is for."""

from __future__ import annotations

import re
from pathlib import PurePosixPath
from typing import Any
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from generator.content.fields import LANGUAGE, article_record
from generator.markdown.links import address
from generator.schema.kinds import (
    Anything,
    Boolean,
    Choice,
    Integer,
    ListOf,
    Matching,
    Text,
    Url,
    is_web_address,
)
from generator.schema.problems import Problems
from generator.schema.record import Field, MapOf, Record
from generator.subscribing import SubscribeKind

DEFAULT_TAXONOMIES = ("tags", "authors", "audiences", "publishers")
SHARE = ("x", "linkedin", "mastodon", "bluesky", "email", "copy")
DIGEST_PLACEHOLDERS = ("number", "year", "week", "begins", "ends")
PLACEHOLDERS = ("year", "month", "day", "date", "week", "slug", "stem", "path")
# First segments of addresses that the build itself uses.
RESERVED = ("articles", "digest", "archive", "feeds", "page", "assets", "search", "pagefind")

_PLACEHOLDER = re.compile(r"\{(\w*)\}")


def _zone(text: str) -> str:
    try:
        ZoneInfo(text)
    except (ZoneInfoNotFoundError, ValueError, OSError):
        raise ValueError(f"{text!r} is no time zone such as Europe/Berlin or UTC") from None
    return text


def _folder(text: str) -> str:
    path = PurePosixPath(text)
    if path.is_absolute() or ".." in path.parts:
        raise ValueError(f"{text!r} is no folder inside the site's")
    return str(path)


def _suffix(text: str) -> str:
    """A suffix as it is compared: `.HEIC` and `heic` are one."""
    return text.lower().removeprefix(".")


def _permalink(text: str) -> str:
    unknown = [name for name in _PLACEHOLDER.findall(text) if name not in PLACEHOLDERS]
    if unknown:
        known = ", ".join(f"{{{name}}}" for name in PLACEHOLDERS)
        raise ValueError(f"{{{unknown[0]}}} is unknown here; there are {known}")
    if not text.startswith("/") or "//" in text or ".." in text or re.search(r'[\s?#\\<>"]', text):
        raise ValueError(f"{text!r} does not begin with / or is no path")
    if not any(f"{{{name}}}" in text for name in ("slug", "stem", "path")):
        raise ValueError(f"{text!r} gives all articles one address: add {{slug}}")
    return text


def _digest_title(text: str) -> str:
    unknown = [name for name in _PLACEHOLDER.findall(text) if name not in DIGEST_PLACEHOLDERS]
    if unknown:
        known = ", ".join(f"{{{name}}}" for name in DIGEST_PLACEHOLDERS)
        raise ValueError(f"{{{unknown[0]}}} is unknown here; there are {known}")
    return text


def _site_url(text: str) -> str:
    if not is_web_address(text) or "?" in text or "#" in text:
        raise ValueError(f"{text!r} is no web address such as https://example.org/")
    return text.rstrip("/") + "/"


def _nav_address(text: str) -> str:
    if address(text, "").url is None:
        raise ValueError(f"{text!r} is no address such as /about/ or https://example.org/")
    return text


def _date_format(text: str) -> str:
    if re.search(r"%(?!-?[dmYyBbAaHMIpS%])", text):
        raise ValueError(f"{text!r} has a sign that dates do not have")
    return text


_FOLDER = Matching(_folder, "A folder below the site's folder.")
_FOLDERS = ListOf(_FOLDER)

_TAXONOMY = Record(
    {
        "title": Field(Text(), "Its name as readers see it, such as Topics."),
        "singular": Field(Text(), "One of them: Topic."),
        "feeds": Field(Boolean(), "Whether each term has feeds (default: true)."),
        "names": Field(MapOf(Text()), "A term's slug to the name that is shown."),
        "matrix": Field(Boolean(), "Whether its term pages show their articles' tables as one."),
    },
    shorthand="title",
)


class _Taxonomies:
    """A list of names, or a mapping from names to what is to be told of them."""

    def read(self, value: Any, path: tuple[str | int, ...], problems: Problems) -> Any:
        if not isinstance(value, dict):
            names = ListOf(Text(), commas=True).read(value, path, problems) or ()
            value = {name: {} for name in names}
        found = MapOf(_TAXONOMY).read({k: v or {} for k, v in value.items()}, path, problems) or {}
        reserved = set(article_record((), "UTC", False).fields)
        for name in found:
            if not re.fullmatch(r"[a-z][a-z0-9_-]*", name) or name in (*RESERVED, *reserved):
                problems.error((*path, name), f"{name!r} cannot be a taxonomy's name", on_key=True)
        return found

    def json_schema(self) -> dict[str, Any]:
        return {
            "anyOf": [
                {"type": "array", "items": {"type": "string"}},
                MapOf(_TAXONOMY).json_schema(),
            ]
        }


class _Targets:
    """Front matter keys to the keys that they stand for; nothing leaves a key out."""

    def read(self, value: Any, path: tuple[str | int, ...], problems: Problems) -> Any:
        if not isinstance(value, dict):
            problems.error(path, "expected a mapping such as {createdOn: date}")
            return None
        targets = {}
        for old, new in value.items():
            if new is None or (isinstance(new, str) and new):
                targets[str(old)] = new
            else:
                problems.error((*path, old), "expected a key's name, such as date, or nothing")
        return targets

    def json_schema(self) -> dict[str, Any]:
        return {"type": "object", "additionalProperties": {"type": ["string", "null"]}}


SITE = Record(
    {
        "title": Field(Text(), "The newsletter's name.", required=True),
        "url": Field(Matching(_site_url, "Its address."), "Its address.", required=True),
        "description": Field(Text(), "One sentence about it."),
        "language": Field(LANGUAGE, "Its language (default: en)."),
        "timezone": Field(Matching(_zone, "A time zone."), "Where its days begin (default: UTC)."),
        "date_format": Field(
            Matching(_date_format, "As in strftime."), "How dates are written: `%-d %B %Y`."
        ),
        "publisher": Field(
            Record(
                {
                    "name": Field(Text(), "Who publishes it."),
                    "url": Field(Url(), "Their address."),
                    "email": Field(Text(), "Where they can be written to."),
                    "logo": Field(Text(), "A picture: /images/logo.png."),
                    "profiles": Field(ListOf(Url()), "The addresses of their pages elsewhere."),
                },
                shorthand="name",
            ),
            "Who publishes it.",
        ),
        "rights": Field(Text(inline=True), "Who holds the rights, in the footer and in feeds."),
        "output": Field(_FOLDER, "Where the site is written (default: output)."),
        "layouts": Field(_FOLDER, "The site's own templates (default: layouts)."),
        "content": Field(
            Record(
                {
                    "folder": Field(_FOLDER, "The content folder (default: content)."),
                    "articles": Field(_FOLDERS, "Folders of articles in it (`.`: all of it)."),
                    "pages": Field(_FOLDERS, "Folders of pages."),
                    "digests": Field(_FOLDERS, "Folders of digests' words."),
                    "stories": Field(_FOLDERS, "Folders of stories."),
                    "ignore": Field(ListOf(Text()), "Patterns of files to pass over."),
                    "assets": Field(
                        ListOf(Matching(_suffix, "A file name's suffix, such as heic.")),
                        "More suffixes that are published as they are.",
                    ),
                    "unknown_keys": Field(Choice(("error", "keep")), "keep puts them under extra."),
                    "on_error": Field(
                        Choice(("fail", "skip")), "skip publishes all but files with errors."
                    ),
                }
            ),
            "Where the content is, and what happens to what is wrong in it.",
        ),
        "front_matter": Field(
            Record(
                {
                    "map": Field(_Targets(), "Other names of keys: {createdOn: date}."),
                    "defaults": Field(MapOf(Anything()), "Values of keys that are not there."),
                }
            ),
            "How the front matter of existing articles is read.",
        ),
        "permalinks": Field(
            Record(
                {
                    "articles": Field(
                        Matching(_permalink, "Such as /{year}/{month}/{slug}/."),
                        "Articles' addresses: /articles/{slug}/.",
                    ),
                }
            ),
            "Patterns of addresses.",
        ),
        "taxonomies": Field(_Taxonomies(), "How articles are grouped."),
        "paginate": Field(Integer(1, 1000), "Articles on a list page (default: 20)."),
        "feeds": Field(
            Record(
                {
                    "entries": Field(Integer(1, 1000), "Articles in a feed (default: 20)."),
                    "content": Field(Choice(("full", "summary")), "Whole articles, or summaries."),
                    "hub": Field(Url(), "A WebSub hub."),
                }
            ),
            "What feeds hold.",
        ),
        "digest": Field(
            Record(
                {
                    "group_by": Field(Text(), "A taxonomy, weight, or none."),
                    "title": Field(
                        Matching(_digest_title, "Such as Week {number}, {year}."),
                        "A digest's title: Week {number}, {year}.",
                    ),
                    "minimum": Field(
                        Integer(0, 1000),
                        "A week with fewer articles is merged into the next one (default: 0).",
                    ),
                }
            ),
            "The weekly digest.",
        ),
        "share": Field(ListOf(Choice(SHARE)), f"Share links: {', '.join(SHARE)}."),
        "share_cards": Field(
            Boolean(), "Whether a picture is drawn of each article and digest (default: false)."
        ),
        "nav": Field(
            ListOf(
                Record(
                    {
                        "title": Field(Text(), "The link's text.", required=True),
                        "url": Field(
                            Matching(_nav_address, "An address such as /about/."),
                            "Its address, such as /about/.",
                            required=True,
                        ),
                    }
                )
            ),
            "The navigation; without it, the pages are shown.",
        ),
        "stories": Field(
            MapOf(
                Record(
                    {
                        "title": Field(Text(inline=True), "Its title.", required=True),
                        "description": Field(Text(inline=True), "What it is about."),
                    },
                    shorthand="title",
                )
            ),
            "Developing stories by their slugs.",
        ),
        "markdown": Field(
            Record(
                {
                    "html": Field(Choice(("sanitize", "allow")), "What happens to raw HTML."),
                    "emoji": Field(Boolean(), "Whether :smile: becomes a sign."),
                    "highlight": Field(Boolean(), "Whether code is coloured (default: true)."),
                }
            ),
            "How Markdown is read.",
        ),
        "subscribe": Field(SubscribeKind(), "The form by which readers subscribe by e-mail."),
        "search": Field(Boolean(), "Whether the site can be searched (default: false)."),
        "images": Field(
            Record(
                {
                    "process": Field(
                        Boolean(), "false publishes images as they are, with all that is in them."
                    ),
                    "widths": Field(
                        ListOf(Integer(16, 10_000)),
                        "In pixels: 480, 800, 1200, 1600 and 2400, as far as the image has them.",
                    ),
                    "quality": Field(Integer(1, 100), "Of WebP and JPEG (default: 80)."),
                    "sizes": Field(
                        Text(), "How wide the theme shows images, as in HTML's attribute sizes."
                    ),
                }
            ),
            "How images are published.",
        ),
        "fresh_hours": Field(Integer(1, 10_000), "For how long an article is fresh (default: 24)."),
        "extra": Field(MapOf(Anything()), "Whatever the site's own templates use."),
    }
)
