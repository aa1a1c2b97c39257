"""Eleventy, from npm."""

from __future__ import annotations

import json
import shutil
from collections.abc import Iterable
from pathlib import Path

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
    tried,
    write_posts,
    yaml_post,
)

_PACKAGES = ("@11ty/eleventy@3", "@11ty/eleventy-plugin-syntaxhighlight@5")


class Eleventy(Generator):
    """Always builds the whole site: what it keeps of a build lives as long as its server."""

    name = "eleventy"
    note = (
        "has no incremental build that works outside of its server; ids of headings, weeks and "
        "related articles are in its configuration"
    )
    caches = (".cache",)

    def install(self) -> str:
        for program in ("node", "npm"):
            if shutil.which(program) is None:
                raise Unavailable(f"{program} is not on this machine")
        self._modules = self.home / "node_modules"
        package = self._modules / "@11ty" / "eleventy" / "package.json"
        if not package.exists():
            self.home.mkdir(parents=True, exist_ok=True)
            (self.home / "package.json").write_text('{"private": true}\n')
            tried(["npm", "install", "--no-audit", "--no-fund", *_PACKAGES], self.home)
        node = tried(["node", "--version"])
        return f"{json.loads(package.read_text())['version']} (Node {node.lstrip('v')})"

    def write(self, newsletter: Newsletter, posts: Iterable[Post], root: Path) -> Site:
        shutil.copytree(TEMPLATES / "eleventy", root)
        shutil.copytree(ASSETS, root / "assets")
        texts = ((post, yaml_post(post, post.terms, {"week": post.week})) for post in posts)
        newest = write_posts(root / "content" / "articles", texts)
        front = "---\ntitle: About\nlayout: page.njk\npermalink: /about/\n---\n\n"
        (root / "content" / "about.md").write_text(front + ABOUT)
        data = {
            "title": newsletter.title,
            "url": "https://measure.example",
            "description": "Made to be measured.",
            "taxonomies": newsletter.taxonomies,
            "termFeeds": newsletter.term_feeds,
            "nav": navigation(newsletter.taxonomies),
            "now": f"{NOW:%Y-%m-%dT%H:%M:%SZ}",
        }
        (root / "content" / "_data").mkdir()
        (root / "content" / "_data" / "site.json").write_text(json.dumps(data, indent=1))
        partial = root / "_includes" / "footer.njk"
        return Site(root, root / "content" / "articles" / newest.path, newest.slug, partial)

    def command(self, site: Site, change: Change) -> Command:
        program = str(self._modules / "@11ty" / "eleventy" / "cmd.cjs")
        return Command(
            ("node", program, "--quiet"),
            {"NODE_PATH": str(self._modules), "NODE_OPTIONS": "--max-old-space-size=12288"},
        )
