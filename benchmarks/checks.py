"""Looks at what a generator wrote: counts its pages, and says what is missing or stale."""

from __future__ import annotations

import os
from collections import Counter
from dataclasses import dataclass
from pathlib import Path

from benchmarks.generate import Newsletter, Post
from benchmarks.peers import Site

_FEEDS = ("feed.xml", "feed.atom", "feed.json")


@dataclass(frozen=True)
class Pages:
    """How many files of each kind are in an output folder."""

    articles: int
    lists: int
    weeks: int
    feeds: int
    texts: int
    documents: int
    files: int
    megabytes: float

    def __str__(self) -> str:
        return (
            f"{self.articles:,} articles, {self.lists:,} lists, {self.weeks:,} weeks, "
            f"{self.feeds:,} feeds, {self.texts:,} articles as Markdown, "
            f"{self.documents:,} as JSON; {self.files:,} files, {self.megabytes:,.0f} MB"
        )


def count(site: Site) -> Pages:
    """What is in the output folder. Lists are all HTML pages but articles and weeks."""
    found: Counter[str] = Counter()
    size = 0
    base = str(site.output)
    for folder, _, names in os.walk(base):
        first = os.path.relpath(folder, base).split(os.sep)
        for name in names:
            found["files"] += 1
            found[_kind(first, name)] += 1
            size += os.stat(os.path.join(folder, name)).st_size
    return Pages(
        found["article"],
        found["list"],
        found["week"],
        found["feed"],
        found["text"],
        found["document"],
        found["files"],
        size / 1e6,
    )


def _kind(folder: list[str], name: str) -> str:
    if name in _FEEDS:
        return "feed"
    if name == "index.md" and folder[0] == "articles":
        return "text"
    if name == "index.json" and folder[0] == "articles":
        return "document"
    if not name.endswith(".html"):
        return "other"
    if name == "index.html" and len(folder) == 2:
        kinds = {"articles": "article", "digest": "week"}
        return kinds.get(folder[0], "list")
    return "list"


def missing(site: Site, newsletter: Newsletter, newest: Post) -> list[str]:
    """What a reader of the new site would miss."""
    pages = count(site)
    said = []
    if pages.articles != newsletter.count:
        said.append(f"{pages.articles} of {newsletter.count} articles")
    if pages.texts != newsletter.count:
        said.append(f"{pages.texts} of {newsletter.count} articles as Markdown")
    if pages.documents != newsletter.count:
        said.append(f"{pages.documents} of {newsletter.count} articles as JSON")
    page = _read(site.output / "articles" / site.slug / "index.html").lower()
    home = _read(site.output / "index.html")
    feed = _read(site.output / "feed.xml")
    sitemap = _read(site.output / "sitemap.xml")
    wanted = {
        "the article's title": newest.title.lower() in page,
        "its hook": newest.hook.lower() in page,
        "its lists": page.count("<li") > 4,
        "its table": "<table" in page,
        "its code": newsletter.heavy or "<pre" in page,
        "its terms": all(
            term.replace(" ", "-").lower() in page
            for terms in newest.terms.values()
            for term in terms
        ),
        "its neighbour": 'rel="prev"' in page or page.count("/articles/") > 2,
        "its headings' list": "in this article" in page,
        "its structured data": '"newsarticle"' in page,
        "four related articles": page.count('<article class="card') >= min(4, newsletter.count - 1),
        "its week": 'href="/digest/' in page.partition('class="recap"')[2],
        "the article on the home page": f"/articles/{site.slug}/" in home,
        "20 articles on the home page": home.count("<article") >= min(20, newsletter.count),
        "the second home page": (site.output / "page" / "2" / "index.html").is_file(),
        "20 entries in the feed": feed.count("<item>") == min(20, newsletter.count),
        "whole articles in the feed": len(feed) > newsletter.size * 15,
        "20 entries in the other feeds": _read(site.output / "feed.atom").count("<entry>")
        == _read(site.output / "feed.json").count('"content_html"')
        == min(20, newsletter.count),
        "feeds of the digest": all((site.output / "digest" / name).is_file() for name in _FEEDS),
        "list of feeds": (site.output / "feeds" / "feeds.opml").is_file(),
        "llms.txt": newest.title in _read(site.output / "llms.txt"),
        "all articles in the sitemap": sitemap.count("/articles/") >= newsletter.count
        or (site.output / "sitemap-1.xml").is_file(),
    }
    return [*said, *(f"no {what}" for what, there in wanted.items() if not there)]


def stale(site: Site, case: str, mark: str) -> list[str]:
    """Where the site does not show an edit that holds the word `mark`."""
    pages = {"the article": site.output / "articles" / site.slug / "index.html"}
    if case in ("title", "partial"):
        pages["the home page"] = site.output / "index.html"
    if case in ("title", "body"):
        pages["the feed"] = site.output / "feed.xml"
    return [f"{name} is stale" for name, path in pages.items() if mark not in _read(path)]


def _read(path: Path) -> str:
    try:
        return path.read_text("utf-8")
    except OSError:
        return ""
