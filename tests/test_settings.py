"""`site.yaml`: what it means, and what each mistake in it is told as."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

import pytest

from generator.config import NavLink, Person, Taxonomy
from generator.settings import read_site
from tests.sites import SITE, settings

START = SITE.count("\n")


def test_two_lines_are_enough() -> None:
    config = settings()
    assert (config.title, config.url) == ("The Tiny Letter", "https://letter.example/")
    assert (config.language, config.timezone, config.paginate) == ("en", "UTC", 20)
    assert [each.name for each in config.taxonomies] == [
        "tags",
        "authors",
        "audiences",
        "publishers",
    ]
    assert config.articles_permalink == "/articles/{slug}/"
    assert config.content.articles == ("articles",)
    assert config.digest.group_by == "tags"


MEANINGS: list[tuple[str, str, Any]] = [
    ("description: A letter.", "description", "A letter."),
    ("language: pt_BR", "language", "pt-BR"),
    ("timezone: Pacific/Kiritimati", "timezone", "Pacific/Kiritimati"),
    ("date_format: '%d.%m.%Y'", "date_format", "%d.%m.%Y"),
    ("publisher: Tiny Press", "publisher", Person("Tiny Press")),
    ("publisher: {name: P, email: p@letter.example}", "publisher", Person("P", "", "p@letter.example")),
    ("output: public", "output", "public"),
    ("output: ./public/", "output", "public"),
    ("layouts: theme", "layouts", "theme"),
    ("content: {folder: ., articles: [posts, drafts]}", "content.articles", ("posts", "drafts")),
    ("content: {articles: posts}", "content.articles", ("posts",)),
    ("content: {on_error: skip}", "content.on_error", "skip"),
    ("content: {unknown_keys: keep}", "load.unknown_keys", "keep"),
    ("front_matter: {map: {createdOn: date, layout: null}}", "load.key_map",
     {"createdOn": "date", "layout": None}),
    ("front_matter: {defaults: {authors: Ed}}", "load.defaults", {"authors": "Ed"}),
    ("permalinks: {articles: '/{year}/{month}/{slug}/'}", "articles_permalink",
     "/{year}/{month}/{slug}/"),
    ("taxonomies: [topics]", "taxonomies", (Taxonomy("topics"),)),
    ("taxonomies: {people: {title: Who, singular: Person, feeds: false}}", "taxonomies",
     (Taxonomy("people", "Who", "Person", feeds=False),)),
    ("taxonomies: {topics: {names: {'R S S': RSS}}}", "taxonomies",
     (Taxonomy("topics", names={"r-s-s": "RSS"}),)),
    ("taxonomies: {topics: null}", "taxonomies", (Taxonomy("topics"),)),
    ("paginate: 5", "paginate", 5),
    ("feeds: {entries: 3, content: summary}", "feeds.entries", 3),
    ("feeds: {hub: https://hub.example/}", "feeds.hub", "https://hub.example/"),
    ("taxonomies: {bs: {matrix: true}}", "taxonomies", (Taxonomy("bs", matrix=True),)),
    ("digest: {group_by: weight}", "digest.group_by", "weight"),
    ("digest: {title: 'No. {number}'}", "digest.title", "No. {number}"),
    ("share: [x, Mastodon]", "share", ("x", "mastodon")),
    ("nav: [{title: Home, url: /}]", "nav", (NavLink("Home", "/"),)),
    ("markdown: {html: allow}", "load.markdown.html", "allow"),
    ("markdown: {emoji: yes}", "load.markdown.emoji", True),
    ("fresh_hours: 48", "fresh_hours", 48),
    ("extra: {a: [1, {b: c}]}", "extra", {"a": [1, {"b": "c"}]}),
]  # fmt: skip


@pytest.mark.parametrize(("written", "name", "value"), MEANINGS, ids=[row[0] for row in MEANINGS])
def test_a_setting_means_what_it_says(written: str, name: str, value: Any) -> None:
    found: Any = settings(written + "\n")
    for step in name.split("."):
        found = getattr(found, step)
    assert found == value


def test_rights_and_stories_are_inline_markdown() -> None:
    config = settings("rights: '*CC BY* 4.0'\nstories: {the-race: {title: The *race*}, b: B}\n")
    assert config.rights is not None
    assert (config.rights.html, config.rights.text) == ("<em>CC BY</em> 4.0", "CC BY 4.0")
    assert [(each.slug, each.title.html) for each in config.stories] == [
        ("the-race", "The <em>race</em>"),
        ("b", "B"),
    ]


BASES = [
    ("https://letter.example", "https://letter.example/", "/"),
    ("https://letter.example/", "https://letter.example/", "/"),
    ("http://pages.example/letter", "http://pages.example/letter/", "/letter/"),
]


@pytest.mark.parametrize(("written", "url", "base"), BASES)
def test_the_address_ends_with_a_slash_and_may_be_a_folders(
    written: str, url: str, base: str
) -> None:
    config, _ = read_site(f"title: T\nurl: {written}\n".encode())
    assert config is not None
    assert (config.url, config.base_path) == (url, base)


MISTAKES = [
    ("tittle: x", "3:1", "unknown key 'tittle' (did you mean 'title'?)"),
    ("markdown: {htm: allow}", "3:12", "unknown key 'htm' (did you mean 'html'?)"),
    ("timezone: Mars/Olympus", "3:11", "'Mars/Olympus' is no time zone such as Europe/Berlin or UTC"),
    ("timezone: ../../etc/passwd", "3:11", "is no time zone"),
    ("timezone: Europe", "3:11", "'Europe' is no time zone"),
    ("language: english!", "3:11", "'english!' is no language tag such as en or pt-BR"),
    ("date_format: '%Q'", "3:14", "'%Q' has a sign that dates do not have"),
    ("output: ../out", "3:9", "'../out' is no folder inside the site's"),
    ("output: /srv/www", "3:9", "'/srv/www' is no folder inside the site's"),
    ("output: content", "3:9", "the output folder holds the content folder"),
    ("output: .", "3:9", "the output folder holds the content folder"),
    ("layouts: ../theme", "3:10", "is no folder inside the site's"),
    ("content: {articles: [a, ../b]}", "3:25", "'../b' is no folder inside the site's"),
    ("content: posts", "3:10", "expected a mapping, not 'posts'"),
    ("content: {unknown_keys: ignore}", "3:25", "'ignore' is not one of error, keep"),
    ("permalinks: {articles: '/{yaer}/{slug}/'}", "3:24", "{yaer} is unknown here; there are {year}"),
    ("permalinks: {articles: '/{year}/'}", "3:24", "gives all articles one address: add {slug}"),
    ("permalinks: {articles: '{slug}'}", "3:24", "does not begin with / or is no path"),
    ("permalinks: {articles: '/../{slug}'}", "3:24", "does not begin with / or is no path"),
    ("permalinks: {articles: '/{slug}?x'}", "3:24", "does not begin with / or is no path"),
    ("taxonomies: [digest]", "3:", "'digest' cannot be a taxonomy's name"),
    ("taxonomies: {title: x}", "3:14", "'title' cannot be a taxonomy's name"),
    ("taxonomies: {Big Names: x}", "3:14", "'Big Names' cannot be a taxonomy's name"),
    ("taxonomies: {topics: {feed: no}}", "3:23", "unknown key 'feed' (did you mean 'feeds'?)"),
    ("taxonomies: {a: {matrix: yes}, b: {matrix: yes}}", "3:44", "a has the comparison matrix already"),
    ("taxonomies: {topics: [a]}", "3:22", "expected a mapping, not a list"),
    ("paginate: 0", "3:11", "0 is not between 1 and 1000"),
    ("paginate: many", "3:11", "expected a whole number, not 'many'"),
    ("paginate: '--5'", "3:11", "expected a whole number, not '--5'"),
    ("feeds: {content: all}", "3:18", "'all' is not one of full, summary"),
    ("feeds: {hub: hub.example}", "3:14", "'hub.example' is no web address"),
    ("digest: {group_by: tag}", "3:20", "there is no taxonomy 'tag' (did you mean 'tags'?)"),
    ("digest: {title: 'Week {weak}'}", "3:17", "{weak} is unknown here; there are {number}"),
    ("share: [x, myspace]", "3:12", "'myspace' is not one of x, linkedin"),
    ("nav: [{title: Home}]", "3:7", "'url' is missing"),
    ("nav: [{title: Go, url: 'javascript:go()'}]", "3:24", "'javascript:go()' is no address"),
    ("nav: {title: Home, url: ''}", "3:6", "'url' is missing"),
    ("stories: [a]", "3:10", "expected a mapping, not a list"),
    ("stories: {a: {description: x}}", "3:14", "'title' is missing"),
    ("markdown: {emoji: perhaps}", "3:19", "expected true or false, not 'perhaps'"),
    ("fresh_hours: 1.5", "3:14", "expected a whole number, not '1.5'"),
    ("front_matter: {map: {createdOn: dat}}", "3:33", "there is no key 'dat' (did you mean 'date'?)"),
    ("front_matter: {map: {createdOn: [date]}}", "3:33", "expected a key's name"),
    ("front_matter: {map: [createdOn]}", "3:21", "expected a mapping such as {createdOn: date}"),
    ("description: [a", "3:14", "this YAML cannot be read"),
    ("extra: {a: {b: [{c: }", "3:16", "this YAML cannot be read"),
]  # fmt: skip


@pytest.mark.parametrize(
    ("line", "place", "message"), MISTAKES, ids=[f"{row[0]}" for row in MISTAKES]
)
def test_a_mistake_is_told_where_it_is(line: str, place: str, message: str) -> None:
    config, diagnostics = read_site((SITE + line + "\n").encode())
    assert config is None
    [told] = [each.text() for each in diagnostics]
    assert told.startswith(f"site.yaml:{place}")
    assert ": error: " in told
    assert message in told


WHOLE = [
    (b"", ["'title' is missing", "'url' is missing"]),
    (b"title: T\n", ["'url' is missing"]),
    (b"title:\nurl: https://a.example/\n", ["'title' is missing"]),
    (b"title: T\nurl: letter.example\n", ["'letter.example' is no web address such as"]),
    (b"title: T\nurl: https://a.example/?q\n", ["is no web address"]),
    (b"title: T\nurl: https://a b.example/\n", ["is no web address"]),
    (b"title: T\nurl: 'http://[::1'\n", ["is no web address"]),
    (b"title: [T]\nurl: {}\n", ["expected text, not a list", "expected text, not a mapping"]),
    (b"- title: T\n", ["expected `key: value` lines here"]),
    (b"just words", ["expected `key: value` lines here"]),
    (b"\0\0\0\0", ["'title' is missing", "'url' is missing", "control characters left out"]),
    (b"title: " + b"[" * 10_000, ["nested more than 24 deep"]),
]


@pytest.mark.parametrize(("data", "messages"), WHOLE, ids=[str(row[0])[:30] for row in WHOLE])
def test_every_mistake_of_a_file_is_told_in_one_reading(data: bytes, messages: list[str]) -> None:
    config, diagnostics = read_site(data)
    assert config is None
    told = [each.text() for each in diagnostics]
    assert len(told) == len(messages)
    for message in messages:
        assert any(message in each for each in told)


def test_slips_that_can_be_mended_are_warnings() -> None:
    config, diagnostics = read_site(b"title: Tea: a letter\nurl: https://letter.example/\n")
    assert config is not None
    assert config.title == "Tea: a letter"
    [told] = [each.text() for each in diagnostics]
    assert told == ("site.yaml:1:1: warning: text that YAML needs quoted (put it in quotes)")


def test_the_sites_time_zone_reaches_the_articles() -> None:
    from tests.sites import article

    loaded = article("date: 2026-11-20", more="timezone: Europe/Berlin\n").article
    assert loaded is not None
    assert loaded.date == datetime(2026, 11, 19, 23, tzinfo=UTC)
