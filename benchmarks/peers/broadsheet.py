"""Broadsheet itself, as it is in this tree."""

from __future__ import annotations

import json
import shutil
import sys
from collections.abc import Iterable
from compileall import compile_dir
from pathlib import Path

from benchmarks.generate import NOW, Newsletter, Post
from benchmarks.peers.base import ABOUT, Change, Command, Generator, Site, write_posts, yaml_post
from generator import __version__
from generator.theme import default_layouts

_PROJECT = Path(__file__).resolve().parent.parent.parent
# The navigation, which every page shows.
_PARTIAL = "partials/nav.html"


class Broadsheet(Generator):
    """Builds with `python -m generator` of the project's own environment."""

    name = "broadsheet"
    incremental = True
    note = "is the measure of the others' themes, which show the same parts on the same pages"
    caches = (".broadsheet",)
    # 0 lets it choose how many processes it uses.
    jobs = 0

    def install(self) -> str:
        # As an installation does, also where Python is told to write no bytecode by itself.
        compile_dir(_PROJECT / "generator", quiet=1)
        return __version__

    def write(self, newsletter: Newsletter, posts: Iterable[Post], root: Path) -> Site:
        content = root / "content"
        texts = ((post, yaml_post(post, post.terms, {})) for post in posts)
        newest = write_posts(content / "articles", texts)
        (content / "pages").mkdir()
        (content / "pages" / "about.md").write_text(f"---\ntitle: About\n---\n\n{ABOUT}")
        (root / "site.yaml").write_text(_settings(newsletter))
        partial = root / "layouts" / _PARTIAL
        partial.parent.mkdir(parents=True)
        shutil.copy(default_layouts() / _PARTIAL, partial)
        return Site(root, content / "articles" / newest.path, newest.slug, partial)

    def command(self, site: Site, change: Change) -> Command:
        arguments = ("-m", "generator", "build", "--site", str(site.root))
        moment = f"{NOW:%Y-%m-%dT%H:%M:%SZ}"
        jobs = ("--jobs", str(self.jobs)) if self.jobs else ()
        return Command(
            (sys.executable, *arguments, "--now", moment, *jobs), {"PYTHONPATH": str(_PROJECT)}
        )


def _settings(newsletter: Newsletter) -> str:
    lines = [
        f"title: {json.dumps(newsletter.title)}",
        "url: https://measure.example/",
        "description: Made to be measured.",
        "taxonomies:",
    ]
    for name in newsletter.taxonomies:
        feeds = str(newsletter.term_feeds).lower()
        lines.append(f"  {name}: {{title: {name.capitalize()}, feeds: {feeds}}}")
    return "\n".join(lines) + "\n"
