"""Pelican, from PyPI."""

from __future__ import annotations

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
    navigation,
    python_environment,
    tried,
    write_posts,
)


class Pelican(Generator):
    """Keeps the HTML of unchanged articles where it is asked to, and writes every page anew."""

    name = "pelican"
    note = (
        "its categories are the weeks; it has no other taxonomies than tags and authors, so that "
        "all four of the heavy newsletter are its tags; neighbours, weeks and related articles are "
        "of a plugin of the site's own; it has no JSON Feed for terms; its copies in Markdown are "
        "the articles' own files; warm builds have its content cache on"
    )
    caches = ("cache",)

    def install(self) -> str:
        self._programs = python_environment(self.home, ["pelican>=4.11", "markdown>=3.5"])
        return tried([str(self._programs / "pelican"), "--version"])

    def write(self, newsletter: Newsletter, posts: Iterable[Post], root: Path) -> Site:
        content = root / "content"
        texts = ((post, _text(post)) for post in posts)
        newest = write_posts(content / "articles", texts)
        (content / "pages").mkdir()
        (content / "pages" / "about.md").write_text(f"Title: About\nSlug: about\n\n{ABOUT}")
        shutil.copytree(TEMPLATES / "pelican", root, dirs_exist_ok=True)
        shutil.copytree(ASSETS, root / "theme" / "assets")
        with (root / "pelicanconf.py").open("a") as file:
            file.write(_settings(newsletter))
        partial = root / "theme" / "templates" / "footer.html"
        return Site(root, content / "articles" / newest.path, newest.slug, partial)

    def command(self, site: Site, change: Change) -> Command:
        cached = () if change.case == "cold" else ("CACHE_CONTENT=true", "LOAD_CONTENT_CACHE=true")
        extra = ("--extra-settings", *cached) if cached else ()
        return Command(
            (str(self._programs / "pelican"), "content", "--settings", "pelicanconf.py", *extra)
        )

    def retitled(self, text: str, title: str) -> str:
        return f"Title: {title}\n{text.partition(chr(10))[2]}"


def _settings(newsletter: Newsletter) -> str:
    links = [(link["name"], link["url"]) for link in navigation(("tags",))]
    lines = [f"SITENAME = {newsletter.title!r}", f"NOW = {NOW.isoformat()!r}"]
    lines.append(f"MENUITEMS = {links!r}")
    if newsletter.term_feeds:
        lines += (
            f"{kind}_FEED_{form} = '{kind.lower()}s/{{slug}}/{name}'"
            for kind in ("TAG", "AUTHOR")
            for form, name in (("RSS", "feed.xml"), ("ATOM", "feed.atom"))
        )
    return "\n".join(lines) + "\n"


def _text(post: Post) -> str:
    tags = [term for name, terms in post.terms.items() if name != "authors" for term in terms]
    authors = ", ".join(post.terms.get("authors", ("Nobody",)))
    return (
        f"Title: {post.title}\nDate: {post.date:%Y-%m-%d %H:%M}\nSlug: {post.slug}\n"
        f"Category: {post.week}\nTags: {', '.join(tags)}\nAuthors: {authors}\n"
        f"Summary: {post.hook}\n\n{post.body}"
    )
