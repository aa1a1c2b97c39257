"""Feeds as feed readers read them: valid, whole, and stable through every edit."""

from __future__ import annotations

import re
from datetime import UTC, datetime
from pathlib import Path
from typing import Any
from urllib.parse import quote

import lxml.html
import pytest
from lxml import etree

from tests.feed_rules import ATOM, problems
from tests.pictures import image
from tests.published import Published, article, publish, rebuild

URL = "https://letter.example/"
SITE = """\
title: "The Letter & Co"
url: https://letter.example/
description: "Letters about <letters>"
language: en-GB
timezone: Europe/Berlin
publisher: {name: Letter Ltd, url: https://ltd.example/, logo: /images/logo.png}
rights: "© [Letter Ltd](https://ltd.example/)"
feeds: {hub: "https://hub.example/"}
taxonomies: [tags, authors, audiences, publishers]
"""
FULL = """\
---
id: tag:letter.example,2026:full
title: "Ticks: `Span<T>` & *more*"
date: 2026-11-12T08:30:00+01:00
updated: 2026-11-14T09:00:00+01:00
lang: en-AU
tags: [Feeds, "R&D"]
authors: [Ann Onym, Ben]
summary: "Generic types such as Span<T> & friends."
rights: "CC BY 4.0"
source: {name: The Original, url: "https://original.example/a?b=1&c=2", published: 2026-11-11T10:00:00Z, author: Orla}
image: {src: tick.png, alt: A tick, credit: "By [Cara](/cara/)"}
tldr: {changed: "It ticks [@rfc].", matters: Much, next: Wait, audience: [Editors]}
analysis: {by: ai, model: Some model}
takeaways: [One thing, "Another, see [home](/)"]
comparison: {caption: Ticks, columns: ["", A], rows: [[Price, "1"]]}
deep_dive: [{term: Tick, text: A small sound}]
implications: [{claim: It will tock, by: 2027-03, probability: 0.7, sources: [rfc]}]
timeline: [{date: 2024-03, event: It began, source: rfc}]
sources: [{id: rfc, title: A standard, url: "https://rfc.example/1", publisher: IETF, date: 2005-12}]
corrections: [{date: 2026-11-13, text: It said tock.}]
---
It ticks[@rfc], as [the other one](../2026-11-13-other.md#end) and [below](#down) say, and a
![small](tick.png) picture; see [the root](/about/) and a footnote[^1].

## Down

| a | b |
|---|--:|
| 1 | 2 |

[^1]: A note.
"""
PNG = image("PNG")
FILES: dict[str, str | bytes] = {
    "site.yaml": SITE,
    "content/articles/2026-11-12-full/index.md": FULL,
    "content/articles/2026-11-12-full/tick.png": PNG,
    "content/articles/2026-11-13-other.md": article("Other", "2026-11-13", "tags: [Feeds]"),
    "content/articles/2026-11-20-late.md": article("Late", "2026-11-20", body=""),
    "content/articles/2026-11-25-running.md": article("Running", "2026-11-25T08:00:00+01:00"),
    "content/images/logo.png": PNG,
    "content/pages/about.md": "---\ntitle: About\n---\nUs.\n",
}


@pytest.fixture(scope="module")
def letter(tmp_path_factory: pytest.TempPathFactory) -> Published:
    return publish(tmp_path_factory.mktemp("letter"), FILES)


def wrong(site: Published, url: str = URL) -> list[str]:
    """Every broken rule of every feed of a site."""
    found = []
    for path in sorted(site.output.rglob("feed.*")):
        name = path.relative_to(site.output).as_posix()
        address = url + quote(name, safe="/~!$&'()*+,;=:@")
        found += [f"{name}: {each}" for each in problems(name, path.read_bytes(), address)]
    return found


def entry(site: Published, form: str, name: str) -> Any:
    """The entry of the main feed in that form whose address ends with the name."""
    if form == "json":
        items = site.json("feed.json")["items"]
        return next(each for each in items if each["url"].endswith(f"/{name}/"))
    entries = site.feed(f"feed.{form}").entries
    return next(each for each in entries if each.link.endswith(f"/{name}/"))


def ids(site: Published) -> dict[str, list[str]]:
    """The ids of the main feed's entries in each form."""
    return {
        "xml": [each.id for each in site.feed("feed.xml").entries],
        "atom": [each.id for each in site.feed("feed.atom").entries],
        "json": [each["id"] for each in site.json("feed.json")["items"]],
    }


# --- What is in them


def test_every_feed_is_valid(letter: Published) -> None:
    assert wrong(letter) == []


def test_there_is_a_feed_of_articles_of_all_that_is_told_across_them_and_of_each_term(
    letter: Published,
) -> None:
    names = sorted(
        path.relative_to(letter.output).as_posix() for path in letter.output.rglob("*.atom")
    )
    assert names == [
        "audiences/editors/digest/feed.atom",
        "audiences/editors/feed.atom",
        "authors/ann-onym/feed.atom",
        "authors/ben/feed.atom",
        "corrections/feed.atom",
        "digest/feed.atom",
        "feed.atom",
        "predictions/feed.atom",
        "publishers/the-original/feed.atom",
        "tags/feeds/feed.atom",
        "tags/r-d/feed.atom",
    ]
    for name in names:
        assert letter.has(name.replace(".atom", ".xml"))
        assert letter.has(name.replace(".atom", ".json"))


def test_readers_read_back_what_the_settings_say(letter: Published) -> None:
    for form in ("xml", "atom"):
        feed = letter.feed(f"feed.{form}").feed
        assert feed.title == "The Letter & Co"
        assert feed.link == URL
        assert feed.language == "en-GB"
        assert feed.rights == "© Letter Ltd"
        assert feed.generator.startswith("Broadsheet")
        assert {"rel": "hub", "href": "https://hub.example/"}.items() <= next(
            link for link in feed.links if link.rel == "hub"
        ).items()
    atom = letter.feed("feed.atom").feed
    assert atom.subtitle == "Letters about <letters>"
    assert atom.author_detail == {"name": "Letter Ltd", "href": "https://ltd.example/"}
    assert atom.logo == URL + "images/logo.png"
    feed = letter.json("feed.json")
    assert feed["title"] == "The Letter & Co"
    assert feed["home_page_url"] == URL
    assert feed["description"] == "Letters about <letters>"
    assert feed["language"] == "en-GB"
    assert feed["hubs"] == [{"type": "WebSub", "url": "https://hub.example/"}]


@pytest.mark.parametrize("form", ["xml", "atom"])
def test_readers_read_back_what_an_article_says(letter: Published, form: str) -> None:
    read = entry(letter, form, "full")
    assert read.id == "tag:letter.example,2026:full"
    assert read.title == "Ticks: Span<T> & more"
    assert read.published_parsed[:5] == (2026, 11, 12, 7, 30)
    assert [each.name for each in read.authors] == ["Ann Onym", "Ben"]
    assert [tag.term for tag in read.tags] == ["Feeds", "R&D", "Editors", "The Original"]
    assert read.rights == "CC BY 4.0"
    assert read.media_content[0]["url"] == f"{URL}articles/full/tick.png"
    assert read.media_content[0]["medium"] == "image"
    shown = read.summary if form == "atom" else lxml.html.fromstring(read.summary).text_content()
    assert shown == "Generic types such as Span<T> & friends."
    assert read.source.title == "The Original"


def test_each_entry_says_who_holds_the_rights_else_those_of_the_site(letter: Published) -> None:
    """An entry is kept and passed on without its feed."""
    own = {True: "CC BY 4.0", False: "© Letter Ltd"}
    for form in ("feed.xml", "feed.atom"):
        assert [each.rights for each in letter.feed(form).entries] == [
            own[each.link.endswith("/full/")] for each in letter.feed(form).entries
        ]
    for item in letter.json("feed.json")["items"]:
        assert item["_broadsheet"] == {"rights": own[item["url"].endswith("/full/")]}


def test_the_forms_tell_the_rest_each_in_its_own_way(letter: Published) -> None:
    atom = entry(letter, "atom", "full")
    assert atom.updated_parsed[:5] == (2026, 11, 14, 8, 0)
    assert atom.content[0].language == "en-AU"
    assert [each.href for each in atom.links if each.rel == "via"] == [
        "https://original.example/a?b=1&c=2"
    ]
    rss = etree.fromstring(letter.bytes("feed.xml"))
    item = next(each for each in rss.iter("item") if each.findtext("link").endswith("/full/"))
    assert item.find("source").get("url") == "https://original.example/a?b=1&c=2"
    assert item.find("guid").get("isPermaLink") == "false"
    assert item.findtext("{http://purl.org/dc/elements/1.1/}language") == "en-AU"
    assert entry(letter, "json", "full") | {"content_html": ""} == {
        "id": "tag:letter.example,2026:full",
        "url": f"{URL}articles/full/",
        "external_url": "https://original.example/a?b=1&c=2",
        "title": "Ticks: Span<T> & more",
        "content_html": "",
        "summary": "Generic types such as Span<T> & friends.",
        "image": f"{URL}articles/full/tick.png",
        "date_published": "2026-11-12T07:30:00Z",
        "date_modified": "2026-11-14T08:00:00Z",
        "_broadsheet": {"rights": "CC BY 4.0"},
        "authors": [{"name": "Ann Onym"}, {"name": "Ben"}],
        "tags": ["Feeds", "R&D", "Editors", "The Original"],
        "language": "en-AU",
    }


@pytest.mark.parametrize("form", ["xml", "atom", "json"])
def test_an_entry_holds_the_whole_article(letter: Published, form: str) -> None:
    read = entry(letter, form, "full")
    html = read["content_html"] if form == "json" else read.content[0].value
    tree = lxml.html.fragment_fromstring(html, create_parent="div")
    text = " ".join(tree.text_content().split())
    for part in (
        "It ticks", "Much", "Wait", "One thing", "Price", "A small sound", "It will tock",
        "It began", "A standard", "It said tock.", "A note.", "CC BY 4.0", "The Original",
        "AI-generated analysis (Some model), not reviewed by a person.",
    ):  # fmt: skip
        assert part in text, part
    assert tree.find(".//details") is None
    assert tree.xpath(".//*[@id]") == []
    links = [a.get("href") for a in tree.iter("a")]
    assert f"{URL}articles/other/#end" in links
    assert f"{URL}articles/full/#down" in links
    assert f"{URL}about/" in links
    assert f"{URL}cara/" in links
    assert {img.get("src") for img in tree.iter("img")} == {f"{URL}articles/full/tick.png"}


def test_entries_stand_newest_first(letter: Published) -> None:
    expected = ["Running", "Late", "Other", "Ticks: Span<T> & more"]
    for form in ("xml", "atom"):
        assert [each.title for each in letter.feed(f"feed.{form}").entries] == expected
    assert [each["title"] for each in letter.json("feed.json")["items"]] == expected


def test_a_feed_holds_as_many_entries_as_the_settings_say(tmp_path: Path) -> None:
    site = publish(
        tmp_path, {**FILES, "site.yaml": SITE.replace("feeds: {", "feeds: {entries: 2, ")}
    )
    assert [len(each) for each in ids(site).values()] == [2, 2, 2]


# --- Moments


def test_a_feed_is_as_new_as_its_newest_entry_and_not_as_the_clock(
    letter: Published, tmp_path: Path
) -> None:
    newest = (2026, 11, 25, 7, 0)
    later = publish(tmp_path, FILES, datetime(2026, 11, 27, tzinfo=UTC))
    for site in (letter, later):
        assert site.feed("feed.xml").feed.updated_parsed[:5] == newest
        assert site.feed("feed.atom").feed.updated_parsed[:5] == newest
        assert site.feed("tags/feeds/feed.atom").feed.updated_parsed[:5] == (2026, 11, 14, 8, 0)
    for name in ("feed.xml", "feed.atom", "feed.json"):
        assert letter.bytes(name) == later.bytes(name)


def test_the_digests_feed_waits_until_the_week_is_over(letter: Published, tmp_path: Path) -> None:
    def weeks(site: Published) -> list[str]:
        return [each.link for each in site.feed("digest/feed.atom").entries]

    over = [f"{URL}digest/2026-W47/", f"{URL}digest/2026-W46/"]
    assert weeks(letter) == over
    # W48 ends on Sunday at midnight in Berlin, which is 23:00 UTC.
    publish(tmp_path, FILES, datetime(2026, 11, 29, 22, 59, 59, tzinfo=UTC))
    assert weeks(rebuild(tmp_path, datetime(2026, 11, 29, 22, 59, 59, tzinfo=UTC))) == over
    ended = rebuild(tmp_path, datetime(2026, 11, 29, 23, tzinfo=UTC))
    assert weeks(ended) == [f"{URL}digest/2026-W48/", *over]
    assert ended.feed("digest/feed.atom").entries[0].published_parsed[:5] == (2026, 11, 29, 23, 0)


def test_a_site_whose_only_week_is_running_has_a_valid_digests_feed(tmp_path: Path) -> None:
    site = publish(tmp_path, {"content/articles/2026-11-25-a.md": article("A", "2026-11-25")})
    assert site.feed("digest/feed.xml").entries == []
    assert wrong(site) == []


def test_a_site_without_articles_has_valid_feeds(tmp_path: Path) -> None:
    site = publish(tmp_path, {})
    assert site.feed("feed.xml").entries == []
    assert wrong(site) == []


# --- What stays


PLAIN = "content/articles/2026-11-20-plain.md"


@pytest.mark.parametrize(
    "changed",
    [
        {PLAIN: article("Another title", "2026-11-20")},
        {PLAIN: article("Plain", "2026-11-20", "slug: elsewhere")},
        {PLAIN: article("Plain", "2026-11-20", body="Other words.\n")},
        {PLAIN: article("Plain", "2026-11-20", "updated: 2026-11-22")},
        {PLAIN: article("Plain", "2026-11-20", "corrections: [{date: 2026-11-22, text: Oh}]")},
        {
            "site.yaml": "title: X\nurl: https://letter.example/\npermalinks: {articles: '/{slug}.html'}"
        },
        {"site.yaml": "title: X\nurl: https://letter.example/blog/\n"},
    ],
    ids=["title", "slug", "body", "update", "correction", "permalinks", "folder"],
)
def test_a_changed_article_keeps_its_id_and_its_date(
    tmp_path: Path, changed: dict[str, str]
) -> None:
    before = publish(tmp_path, {PLAIN: article("Plain", "2026-11-20")})
    first = [ids(before), dates(before)]
    after = publish(tmp_path, changed)
    assert [ids(after), dates(after)] == first


def dates(site: Published) -> list[Any]:
    return [
        *(each.published_parsed for each in site.feed("feed.xml").entries),
        *(each.published_parsed for each in site.feed("feed.atom").entries),
        *(each["date_published"] for each in site.json("feed.json")["items"]),
    ]


def test_a_renamed_file_keeps_its_id_where_an_alias_tells_its_old_address(tmp_path: Path) -> None:
    before = ids(publish(tmp_path, {PLAIN: article("Plain", "2026-11-20")}))
    (tmp_path / PLAIN).unlink()
    renamed = article("Plain", "2026-11-20", "aliases: [/articles/plain/]")
    after = publish(tmp_path, {"content/articles/2026-11-20-renamed.md": renamed})
    assert ids(after) == before
    assert after.json("feed.json")["items"][0]["url"] == f"{URL}articles/renamed/"


def test_an_id_of_the_authors_own_survives_everything(tmp_path: Path) -> None:
    publish(tmp_path, {PLAIN: article("Plain", "2026-11-20", "id: mine")})
    first = ids(rebuild(tmp_path))
    (tmp_path / PLAIN).unlink()
    moved = article("Moved", "2026-11-21", "id: mine", "slug: far")
    assert ids(publish(tmp_path, {"content/articles/2026/b.md": moved})) == first


def test_a_correction_makes_an_entry_newer_and_not_new(tmp_path: Path) -> None:
    publish(tmp_path, {PLAIN: article("Plain", "2026-11-20")})
    corrected = article("Plain", "2026-11-20", "corrections: [{date: 2026-11-22, text: Oh}]")
    site = publish(tmp_path, {PLAIN: corrected})
    read = site.feed("feed.atom").entries[0]
    assert read.published_parsed[:3] == (2026, 11, 20)
    assert read.updated_parsed[:3] == (2026, 11, 22)
    assert site.feed("feed.atom").feed.updated_parsed[:3] == (2026, 11, 22)


def test_articles_with_one_id_are_told_apart(tmp_path: Path) -> None:
    same = {
        f"content/articles/2026-11-1{n}-a{n}.md": article(f"A{n}", f"2026-11-1{n}", "id: same")
        for n in range(3)
    }
    site = publish(tmp_path, same)
    assert wrong(site) == []
    assert ids(site)["atom"][-1] == "tag:letter.example,2000:same"
    taken = "the id 'tag:letter.example,2000:same' is that of articles/2026-11-10-a0.md already"
    assert [taken in each for each in site.told] == [True, True]


# --- Texts that break careless feeds


@pytest.mark.parametrize(
    "title",
    [
        "Ends with ]]> and more",
        "AT&T &amp; friends",
        "1 < 2 > 0",
        "Span<T> of <b>bold</b>",
        "\U0001f980 and \U0001d54f beyond the first plane",
        "שלום 你好 مرحبا",
        "Quotes \" and ' and “typographic” ones",
        "A\u2028B\u0085C",
    ],
)
def test_titles_and_texts_survive(tmp_path: Path, title: str) -> None:
    escaped = title.replace("\\", "\\\\").replace('"', '\\"')
    site = publish(
        tmp_path,
        {PLAIN: article(f'"{escaped}"', "2026-11-20", f'summary: "{escaped}"', body=title + "\n")},
    )
    assert wrong(site) == []
    shown = site.page("/articles/plain/").find(".//h1").text_content().strip()
    for form in ("xml", "atom"):
        assert squeezed(entry(site, form, "plain").title) == squeezed(shown)
    item = entry(site, "json", "plain")
    assert squeezed(item["title"]) == squeezed(shown)
    assert squeezed(item["summary"]) == squeezed(shown)


def squeezed(text: str) -> str:
    return re.sub(r"\s+", " ", text.replace("\u2028", " ").replace("\x85", " ")).strip()


def test_control_characters_in_an_article_do_not_reach_a_feed(tmp_path: Path) -> None:
    body = "a\x00b\x02c\x08d\x0be\x1bf \ufffe g\n"
    site = publish(tmp_path, {PLAIN: article('"T\\x02\\x1B itle"', "2026-11-20", body=body)})
    assert wrong(site) == []
    assert entry(site, "atom", "plain").title == "T itle"
    assert "abcdef" in entry(site, "json", "plain")["content_html"]


@pytest.mark.parametrize("more", [(), ("summary: A summary",), ("hook: A hook",)])
def test_an_empty_body_is_no_empty_entry(tmp_path: Path, more: tuple[str, ...]) -> None:
    site = publish(tmp_path, {PLAIN: article("Plain", "2026-11-20", *more, body="")})
    assert wrong(site) == []
    text = more[0].split(": ")[1] if more else "Plain"
    assert entry(site, "xml", "plain").summary == text
    assert entry(site, "atom", "plain").summary == text
    assert entry(site, "json", "plain")["summary"] == text


def test_raw_html_is_balanced_before_it_is_quoted(tmp_path: Path) -> None:
    body = 'An <b>open\n\n<table><tr><td>cell\n\n</div></p>\n<img src="a.png" onerror="x()">\n'
    site = publish(
        tmp_path,
        {
            PLAIN: article("Plain", "2026-11-20", body=body),
            "content/articles/a.png": PNG,
            "content/articles/2026-11-19-b.md": article("B", "2026-11-19"),
        },
    )
    assert wrong(site) == []
    assert len(site.feed("feed.xml").entries) == 2


# --- Other settings


def test_a_site_in_a_folder_has_valid_feeds_there(tmp_path: Path) -> None:
    base = "https://letter.example/blog/"
    site = publish(
        tmp_path, {**FILES, "site.yaml": SITE.replace("example/\nd", "example/blog/\nd")}
    )
    assert wrong(site, base) == []
    read = site.feed("feed.atom")
    assert read.feed.link == base
    assert entry(site, "atom", "full").link == f"{base}articles/full/"
    html = entry(site, "json", "full")["content_html"]
    assert f'href="{base}about/"' in html
    assert f'src="{base}articles/full/tick.png"' in html


def test_feeds_of_summaries_hold_no_articles(tmp_path: Path) -> None:
    settings = SITE.replace("feeds: {", "feeds: {content: summary, ")
    site = publish(tmp_path, {**FILES, "site.yaml": settings})
    assert wrong(site) == []
    assert "content" not in entry(site, "xml", "full")
    assert "content" not in entry(site, "atom", "full")
    item = entry(site, "json", "full")
    assert "content_html" not in item
    assert item["content_text"] == "Generic types such as Span<T> & friends."


def test_without_a_hub_none_is_named(tmp_path: Path) -> None:
    site = publish(tmp_path, {PLAIN: article("Plain", "2026-11-20")})
    for form in ("xml", "atom"):
        assert all(link.rel != "hub" for link in site.feed(f"feed.{form}").feed.links)
    assert "hubs" not in site.json("feed.json")


def test_an_original_without_an_address_is_still_named(tmp_path: Path) -> None:
    site = publish(tmp_path, {PLAIN: article("Plain", "2026-11-20", "source: {name: Paper}")})
    assert wrong(site) == []
    source = etree.fromstring(site.bytes("feed.atom")).find(f".//{ATOM}entry/{ATOM}source")
    assert source.findtext(f"{ATOM}title") == "Paper"


def test_addresses_beyond_ascii_are_escaped(tmp_path: Path) -> None:
    source = 'source: {name: Ü, url: "https://ü.example/grüße?q=ä"}'
    name = "content/articles/2026-11-20-grüße/index.md"
    site = publish(
        tmp_path,
        {
            name: article(
                "Grüße", "2026-11-20", source, "tags: [Größe]", "image: {src: ü b.png, alt: x}"
            ),
            name.replace("index.md", "ü b.png"): PNG,
        },
    )
    assert wrong(site) == []
    assert entry(site, "atom", "gr%C3%BC%C3%9Fe").link == f"{URL}articles/gr%C3%BC%C3%9Fe/"


@pytest.mark.parametrize("html", ["sanitize", "allow"])
def test_the_words_of_a_week_are_in_its_entry(tmp_path: Path, html: str) -> None:
    site = publish(
        tmp_path,
        {
            "site.yaml": f"title: X\nurl: {URL}\nmarkdown: {{html: {html}}}\n",
            "content/articles/2026-11-12-a.md": article("Alpha", "2026-11-12"),
            "content/digests/2026-W46.md": (
                "---\ntitle: Words\nsponsor: {name: Acme, url: https://acme.example/}\n---\n"
                "Dear [readers](/about/), see [A](../articles/2026-11-12-a.md).\n"
            ),
        },
    )
    assert wrong(site) == []
    read = site.feed("digest/feed.atom").entries[0]
    assert read.title == "Words"
    for text in ("Dear", "Alpha", "Acme", f"{URL}articles/a/"):
        assert text in read.content[0].value
