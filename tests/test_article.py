"""One file to one article: every key of front matter, and what becomes of it."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

import pytest

from generator.dates import PartialDate
from tests.sites import article, good, load, told

SOURCES = "sources:\n- {id: a, title: Source *A*, url: 'https://a.example/', publisher: P, date: 2024-03}\n- {id: b, title: B}\n"


def html_of(lines: Any) -> list[str]:
    return [each.html for each in lines]


def test_a_title_and_a_date_are_enough() -> None:
    loaded = load("---\ntitle: Tiny\ndate: 2026-11-20\n---\n", name="articles/tiny.md")
    assert told(loaded) == []
    assert loaded.article is not None
    assert loaded.article.title.text == "Tiny"
    assert loaded.article.date == datetime(2026, 11, 20, tzinfo=UTC)
    assert loaded.article.slug == "tiny"


@pytest.mark.parametrize(
    ("name", "slug"),
    [
        ("articles/2026-11-20-from-the-name.md", "from-the-name"),
        ("articles/2026-11-20-from-the-name/index.md", "from-the-name"),
        ("articles/2026/26_11_20 From the name.markdown", "from-the-name"),
        ("articles/2026-11-20.md", "tiny"),
        ("articles/2026-11-20-%E2%80%A6.md", "tiny"),
    ],
)
def test_the_files_name_gives_date_and_slug(name: str, slug: str) -> None:
    loaded = load("---\ntitle: Tiny\n---\n", name=name)
    assert told(loaded) == []
    assert loaded.article is not None
    assert (loaded.article.date, loaded.article.slug) == (datetime(2026, 11, 20, tzinfo=UTC), slug)


def test_a_date_in_the_front_matter_counts_more_than_the_names() -> None:
    assert good("date: 2026-11-21T08:00+02:00").date == datetime(2026, 11, 21, 6, tzinfo=UTC)


SIMPLE: list[tuple[str, str, Any]] = [
    ("title: A *new* day", "title.html", "A <em>new</em> day"),
    ("title: 2024", "title.text", "2024"),
    ("slug: my-slug", "slug", "my-slug"),
    ("slug: 42", "slug", "42"),
    ("slug: a/b", "slug", "a/b"),
    ("slug: שלום", "slug", "שלום"),
    ("draft: true", "draft", True),
    ("draft: no", "draft", False),
    ("published: false", "draft", True),
    ("expires: 2026-12-01", "expires", datetime(2026, 12, 1, tzinfo=UTC)),
    ("updated: 2026-11-21", "updated", datetime(2026, 11, 21, tzinfo=UTC)),
    ("updated: 2026-11-01", "updated", None),
    ("collected: 2026-11-20 10:18 UTC", "collected", datetime(2026, 11, 20, 10, 18, tzinfo=UTC)),
    ("lang: pt_BR", "lang", "pt-BR"),
    ("aliases: [/old/, older]", "aliases", ("/old/", "/older")),
    ("aliases: /old/", "aliases", ("/old/",)),
    ("weight: 5", "weight", 5),
    ("hook: A `hook`", "hook.html", "A <code>hook</code>"),
    ("summary: In short", "summary.text", "In short"),
    ("rights: '[CC BY](https://cc.example/)'", "rights.text", "CC BY"),
    ("story: The Race", "story", "the-race"),
    ("related: [one, two.md]", "related", ("one", "two.md")),
    ("extra: {a: [1, 2026-11-20]}", "extra", {"a": [1, "2026-11-20"]}),
    ("source: Planet", "origin.name", "Planet"),
    ("source: {name: P, url: 'https://p.example/', author: Ann}", "origin.author", "Ann"),
    ("source: {name: P, published: 2026-11-20T10:00Z}", "origin.published",
     datetime(2026, 11, 20, 10, tzinfo=UTC)),
    ("tldr: {changed: '*x*'}", "tldr.changed.html", "<em>x</em>"),
    ("tldr: {matters: y}", "tldr.matters.text", "y"),
    ("tldr: {next: z}", "tldr.next.text", "z"),
    ("tldr: {audience: [Developers, Editors]}", "tldr.audience", ("Developers", "Editors")),
    ("analysis: AI", "analysis.by", "ai"),
    ("analysis: {by: mixed, model: m-1}", "analysis.model", "m-1"),
    ("analysis: {by: ai, reviewed_by: Ann, reviewed: 2026-11}", "analysis.reviewed",
     PartialDate(2026, 11)),
    ("takeaways: one", "takeaways", ["one"]),
    ("takeaways: [one, '**two**']", "takeaways", ["one", "<strong>two</strong>"]),
    ("comparison: {columns: [a, b], rows: [[1, '*2*']], caption: c}", "comparison.rows.0",
     ["1", "<em>2</em>"]),
    ("comparison: {columns: [a, b], rows: [[1, 2]], caption: c}", "comparison.caption.text", "c"),
    ("comparison: {columns: [a, b], rows: [[1, 2]]}", "comparison.columns", ["a", "b"]),
    ("deep_dive: [just text]", "deep_dive.0.text.text", "just text"),
    ("deep_dive: [{term: T, text: x}]", "deep_dive.0.term.text", "T"),
    ("implications: [It will rain]", "implications.0.claim.text", "It will rain"),
    ("implications: [{claim: c, by: 2027, probability: 70%}]", "implications.0.probability", 0.7),
    ("implications: [{claim: c, by: 2027, probability: 1}]", "implications.0.probability", 1.0),
    ("implications: [{claim: c, by: 2027}]", "implications.0.by", PartialDate(2027)),
    ("implications: [{claim: c, outcome: false, resolved: 2026-11}]", "implications.0.outcome",
     "did not"),
    ("implications: [{claim: c, outcome: withdrawn}]", "implications.0.outcome", "withdrawn"),
    ("implications: [{claim: c, said: 2020-01}]", "implications.0.said", PartialDate(2020, 1)),
    ("implications: [{claim: c, who: W, rationale: '*r*'}]", "implications.0.rationale.html",
     "<em>r</em>"),
    ("timeline: [{date: 2024, event: e}]", "timeline.0.date", PartialDate(2024)),
    ("image: {src: a.png, alt: A cat, credit: '*Ann*'}", "image.credit.html", "<em>Ann</em>"),
    ("image: {src: a.png, alt: A cat}", "image.src", "content:articles/a.png"),
    ("image: {src: 'https://a.example/a.png', alt: A cat}", "image.src", "https://a.example/a.png"),
]  # fmt: skip


@pytest.mark.parametrize(("front", "name", "value"), SIMPLE, ids=[row[0] for row in SIMPLE])
def test_a_key_becomes_what_it_means(front: str, name: str, value: Any) -> None:
    loaded = (
        load(f"---\ntitle: Tiny\n{front}\n---\n")
        if not front.startswith("title")
        else load(f"---\n{front}\n---\n")
    )
    assert told(loaded) == []
    found: Any = loaded.article
    for step in name.split("."):
        found = found[int(step)] if step.isdecimal() else getattr(found, step)
    if isinstance(value, list):
        found = html_of(found)
    assert found == value


TERMS = [
    ("tags: [RSS, Atom]", ("RSS", "Atom")),
    ("tags: RSS", ("RSS",)),
    ("tags: news, foundation", ("news", "foundation")),
    ("tags: [RSS, RSS]", ("RSS",)),
    ("tags: [1.10, 2024]", ("1.10", "2024")),
    ("tags: [{name: RSS, url: 'https://a.example/'}]", ("RSS",)),
    ("tags:", ()),
    ("tags: []", ()),
]


@pytest.mark.parametrize(("front", "terms"), TERMS)
def test_terms_are_read_however_they_are_listed(front: str, terms: tuple[str, ...]) -> None:
    assert good(front).terms.get("tags", ()) == terms


def test_audience_and_publisher_are_terms_too() -> None:
    found = good("source: Planet\npublishers: Other\ntldr: {audience: Developers}")
    assert found.terms == {"audiences": ("Developers",), "publishers": ("Other", "Planet")}


def test_a_site_names_its_own_taxonomies() -> None:
    found = good("companies: [Acme]", more="taxonomies: [companies]\n")
    assert found.terms == {"companies": ("Acme",)}


def test_sources_are_numbered_in_their_order_and_know_how_often_they_are_cited() -> None:
    front = SOURCES + (
        "hook: h [@b]\n"
        "summary: s [@b]\n"
        "tldr: {changed: 'c [@b]', matters: 'm [@b]', next: 'n [@b]'}\n"
        "takeaways: ['t [@b]']\n"
        "comparison: {caption: 'c [@b]', columns: ['a [@b]'], rows: [['1 [@b]']]}\n"
        "deep_dive: [{term: 't [@b]', text: 'x [@b]'}]\n"
        "implications: [{claim: 'c [@b]', rationale: 'r [@b]', sources: [a]}]\n"
        "timeline: [{date: 2024, event: 'e [@b]', source: a}]\n"
        "corrections: [{date: 2026-11-21, text: 'c [@b]'}]\n"
        "image: {src: a.png, alt: x, credit: 'c [@b]'}\n"
        "rights: r [@b]\n"
    )
    first, second = good(front, "Body [@a].").sources
    assert (first.number, first.title.html, first.url) == (
        1,
        "Source <em>A</em>",
        "https://a.example/",
    )
    assert (first.publisher, str(first.date), first.cited) == ("P", "2024-03", 1)
    assert (second.number, second.cited) == (2, 17)


def test_events_are_ordered_by_time() -> None:
    events = good(
        "timeline:\n- {date: 2024-03-05, event: c}\n- {date: 2025, event: d}\n"
        "- {date: 2024, event: a}\n- {date: 2024-03, event: b}\n"
    ).timeline
    assert [each.event.text for each in events] == ["a", "b", "c", "d"]


def test_corrections_stand_latest_first() -> None:
    found = good("corrections:\n- {date: 2026-11-21, text: one}\n- {date: 2026-11-23, text: two}\n")
    assert [each.text.text for each in found.corrections] == ["two", "one"]


IDS = [
    ("id: urn:uuid:1", "urn:uuid:1"),
    ("id: https://a.example/1", "https://a.example/1"),
    ("id: old 1", "tag:letter.example,2000:old%201"),
    ("", "tag:letter.example,2026-11-20:tiny"),
    ("title: Another title", "tag:letter.example,2026-11-20:tiny"),
    ("slug: another", "tag:letter.example,2026-11-20:tiny"),
    ("aliases: [/articles/first/]", "tag:letter.example,2026-11-20:first"),
    ("aliases: [/elsewhere/first/]", "tag:letter.example,2026-11-20:tiny"),
]


@pytest.mark.parametrize(("front", "ident"), IDS, ids=[row[0] for row in IDS])
def test_an_id_outlives_title_and_address(front: str, ident: str) -> None:
    loaded = load(f"---\n{'' if 'title' in front else 'title: Tiny'}\n{front}\n---\n")
    assert loaded.article is not None
    assert loaded.article.id == ident


def test_ids_do_not_depend_on_the_permalinks() -> None:
    more = "permalinks: {articles: '/{year}/{slug}/'}\n"
    assert good(more=more).id == good().id
    assert good("aliases: [/2025/first/]", more=more).id.endswith(":first")


def test_a_pelican_header_is_front_matter() -> None:
    loaded = load(
        "Title: This Week: one\nDate: 2013-06-07 20:14\nModified: 2013-06-08\nAuthor: Ann, Bob\n"
        "Category: This Week\nTags: news\nSlug: tw-1\nStatus: published\n\nHello *all*.\n",
        name="articles/one.markdown",
    )
    assert [each for each in told(loaded) if "Status" not in each] == told(loaded)
    found = loaded.article
    assert found is not None
    assert found.title.text == "This Week: one"
    assert found.date == datetime(2013, 6, 7, 20, 14, tzinfo=UTC)
    assert found.updated == datetime(2013, 6, 8, tzinfo=UTC)
    assert found.terms == {"authors": ("Ann", "Bob"), "tags": ("news", "This Week")}
    assert (found.slug, found.draft, found.excerpt) == ("tw-1", False, "Hello all.")


def test_a_pelican_draft_is_a_draft() -> None:
    loaded = load("Title: T\nDate: 2013-06-07\nStatus: draft\n\nText\n")
    assert loaded.article is not None
    assert loaded.article.draft


def test_a_site_maps_the_keys_of_its_old_generator() -> None:
    more = (
        "front_matter:\n  map: {createdOn: date, cover: image.src, coverAlt: image.alt,"
        " topic: tags, layout: null}\n  defaults: {authors: Ed}\n"
    )
    loaded = load(
        "---\ntitle: T\ncreatedOn: 2020-01-02\ncover: a.png\ncoverAlt: A cat\ntopic: x\n"
        "tags: [y]\nlayout: post\n---\n",
        "articles/t.md",
        more,
    )
    assert told(loaded) == []
    found = loaded.article
    assert found is not None
    assert found.date == datetime(2020, 1, 2, tzinfo=UTC)
    assert found.image is not None
    assert (found.image.src, found.image.alt) == ("content:articles/a.png", "A cat")
    assert found.terms == {"tags": ("y", "x"), "authors": ("Ed",)}


def test_a_mistake_under_a_mapped_key_is_told_at_that_key() -> None:
    loaded = load(
        "---\ntitle: T\ncreatedOn: soon\n---\n",
        "articles/t.md",
        "front_matter: {map: {createdOn: date}}\n",
    )
    [line] = told(loaded)
    assert line.startswith("articles/t.md:3:12: warning: 'soon' is no date (write it as 2026-11-20")


def test_unknown_keys_are_kept_where_the_site_says_so() -> None:
    more = "content: {unknown_keys: keep}\n"
    found = good("mood: {x: [1]}\nextra: {own: 1}", more=more)
    assert found.extra == {"mood": {"x": [1]}, "own": 1}


def test_a_first_heading_stands_in_for_a_missing_title() -> None:
    loaded = load("---\ntags: x\n---\n# The *title*\n\nText\n\n[@x]")
    assert [each.split(": ", 1)[0] for each in told(loaded)] == [
        "articles/2026-11-20-tiny.md:1:1",
        "articles/2026-11-20-tiny.md:8:1",
    ]
    loaded = load("---\ntags: x\n---\n# The *title*\n\nText\n")
    assert loaded.article is not None
    assert loaded.body is not None
    assert loaded.article.title.html == "The <em>title</em>"
    assert "title" not in loaded.body.html.html


def test_an_empty_body_is_no_mistake() -> None:
    found = good()
    assert (found.excerpt, found.minutes) == ("", 1)


@pytest.mark.parametrize(
    ("text", "reason"), [("Just notes.", "no front matter"), ("---\ntitle: T\n---\n", "no date")]
)
def test_what_has_no_date_is_left_out_and_named(text: str, reason: str) -> None:
    loaded = load(text, "articles/notes.md")
    assert loaded.article is None
    assert loaded.left_out == reason
    assert [each for each in told(loaded) if "left out" in each]


def test_every_mistake_of_a_file_is_told_in_one_reading() -> None:
    loaded = article(
        "dtae: 1\nexpires: never\nsource: {url: x}\ntldr: [a]\n"
        "sources: [{id: a, title: A}, {id: a, title: B}]\nhook: h [@c]\n",
        "Body [@d] and [x](javascript:y)",
    )
    assert loaded.article is None
    places = [each.split(": ")[0].rsplit("tiny.md:")[1] for each in told(loaded)]
    assert places == ["3:1", "4:10", "5:9", "5:15", "6:7", "7:35", "8:7", "11:6", "11:19"]


def test_the_same_file_gives_the_same_article() -> None:
    front = SOURCES + "tags: [b, a]\ntimeline: [{date: 2024, event: e}]\n"
    assert article(front, "# H\n\nText [@a].") == article(front, "# H\n\nText [@a].")
