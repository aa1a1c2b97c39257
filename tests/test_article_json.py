"""Articles as JSON: every part of them, as the schema says that is published with them."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path
from typing import Any
from urllib.parse import urljoin

import jsonschema
import pytest
from click.testing import CliRunner
from hypothesis import given
from hypothesis import strategies as st

from generator.commands.cli import main
from generator.references import elsewhere
from tests.published import Published, article, hrefs, publish, rebuild

URL = "https://letter.example/"
SITE = """\
title: Letter
url: https://letter.example/
timezone: Europe/Berlin
rights: "© the *Letter*"
stories: {saga: A saga}
"""
WHOLE = "content/articles/2026-11-20-whole.md"
FILES: dict[str, str] = {
    "site.yaml": SITE,
    "content/articles/2026-11-19-before.md": article("Before", "2026-11-19", "story: saga"),
    "content/articles/pic.svg": "<svg viewBox='0 0 40 30'/>",
    WHOLE: """\
---
title: The *whole*
date: 2026-11-20T09:00:00+01:00
updated: 2026-11-21T09:00:00+01:00
collected: 2026-11-20T08:20:00+01:00
expires: 2027-01-01
lang: en-AU
hook: "A hook [@one]"
summary: A summary
tags: [Feeds]
source: {name: Wire, url: https://wire.example/x, author: A. Person, published: 2026-11-20T08:00:00+01:00}
image: {src: pic.svg, alt: A picture, credit: Someone}
tldr: {changed: One, matters: Two, next: Three, audience: [Editors]}
analysis: {by: ai, model: M-1, reviewed_by: Ed, reviewed: 2026-11-20}
takeaways: ["Take `this`"]
comparison: {caption: Cap, columns: [Name, Size], rows: [[A, "1"], [B, "2"]]}
deep_dive: [{term: Term, text: Text}, Alone]
implications:
- {claim: No date}
- {claim: Open, by: 2027-03, who: They, said: 2026, probability: 0, rationale: Why, sources: [one]}
- {claim: Past, by: 2026-11-21}
- {claim: Was right, by: 2026-11-22, outcome: true, resolved: 2026-11-22}
- {claim: Known later, by: 2026-12-01, outcome: false, resolved: 2026-11-30}
timeline: [{date: 2024, event: Long ago}, {date: 2026-11-19, event: Yesterday, source: one}]
sources: [{id: one, title: First, url: https://one.example/ä, publisher: One, date: 2026-10}]
corrections: [{date: 2026-11-22, text: Mended}]
story: saga
rights: CC BY 4.0
---
A [link](2026-11-19-before.md) and ![](pic.svg)
""",
}


def line(text: str, html: str = "") -> dict[str, str]:
    return {"html": html or text, "text": text}


def reference(number: int) -> str:
    cited = f'<a class="cite" href="{URL}articles/whole/#source-one">{number}</a>'
    return f'<sup class="cites">[{cited}]</sup>'


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Published:
    return publish(tmp_path_factory.mktemp("json"), FILES)


def test_an_articles_json_has_all_its_parts(site: Published) -> None:
    found = site.json("articles/whole/index.json")
    body = found.pop("body")
    assert body == {
        "html": f'<p>A <a href="{URL}articles/before/">link</a> and '
        f'<img src="{URL}articles/pic.svg" alt="" loading="lazy" decoding="async" '
        'width="40" height="30"></p>\n',
        "words": 3,
        "markdown": f"{URL}articles/whole/index.md",
    }
    assert found == {
        "$schema": f"{URL}article.schema.json",
        "id": "tag:letter.example,2026-11-20:whole",
        "url": f"{URL}articles/whole/",
        "title": line("The whole", "The <em>whole</em>"),
        "language": "en-AU",
        "published": "2026-11-20T08:00:00Z",
        "updated": "2026-11-21T23:00:00Z",
        "collected": "2026-11-20T07:20:00Z",
        "expires": "2026-12-31T23:00:00Z",
        "minutes": 1,
        "digest": {"title": "Week 47, 2026", "url": f"{URL}digest/2026-W47/"},
        "hook": line("A hook", f"A hook{reference(1)}"),
        "summary": line("A summary"),
        "terms": [
            {"taxonomy": "tags", "title": "Tags",
             "terms": [{"name": "Feeds", "url": f"{URL}tags/feeds/"}]},
            {"taxonomy": "audiences", "title": "Audiences",
             "terms": [{"name": "Editors", "url": f"{URL}audiences/editors/"}]},
            {"taxonomy": "publishers", "title": "Publishers",
             "terms": [{"name": "Wire", "url": f"{URL}publishers/wire/"}]},
        ],
        "source": {"name": "Wire", "url": "https://wire.example/x", "author": "A. Person",
                   "published": "2026-11-20T07:00:00Z"},
        "image": {"url": f"{URL}articles/pic.svg", "alt": "A picture", "credit": line("Someone"),
                  "width": 40, "height": 30},
        "tldr": {"changed": line("One"), "matters": line("Two"), "next": line("Three"),
                 "audience": ["Editors"]},
        "analysis": {
            "by": "ai", "model": "M-1", "reviewed_by": "Ed", "reviewed": "2026-11-20",
            "disclosure": "AI-generated analysis (M-1), reviewed by Ed (20 November 2026).",
        },
        "takeaways": [line("Take this", "Take <code>this</code>")],
        "comparison": {
            "caption": line("Cap"),
            "columns": [line("Name"), line("Size")],
            "rows": [[line("A"), line("1")], [line("B"), line("2")]],
        },
        "deep_dive": [{"term": line("Term"), "text": line("Text")}, {"text": line("Alone")}],
        "implications": [
            {"claim": line("No date")},
            {"claim": line("Open"), "who": "They", "said": "2026", "rationale": line("Why"),
             "by": "2027-03", "probability": 0.0, "state": "open", "sources": ["one"]},
            {"claim": line("Past"), "by": "2026-11-21", "state": "due"},
            {"claim": line("Was right"), "by": "2026-11-22", "state": "came true",
             "resolved": "2026-11-22"},
            {"claim": line("Known later"), "by": "2026-12-01", "state": "open"},
        ],
        "timeline": [
            {"date": "2024", "event": line("Long ago")},
            {"date": "2026-11-19", "event": line("Yesterday"), "source": "one"},
        ],
        "sources": [
            {"id": "one", "number": 1, "title": line("First"), "url": "https://one.example/%C3%A4",
             "publisher": "One", "date": "2026-10"},
        ],
        "corrections": [{"date": "2026-11-22", "text": line("Mended")}],
        "story": {
            "title": line("A saga"),
            "part": 2,
            "parts": 2,
            "earlier": [{"title": line("Before"), "url": f"{URL}articles/before/",
                         "published": "2026-11-18T23:00:00Z"}],
        },
        "rights": line("CC BY 4.0"),
    }  # fmt: skip


def test_what_an_article_does_not_have_is_left_out(site: Published) -> None:
    found = site.json("articles/before/index.json")
    assert sorted(found) == sorted(
        "$schema id url title language published minutes digest body story rights".split()
    )
    # The site's, where the article has none of its own.
    assert found["rights"] == line("© the Letter", "© the <em>Letter</em>")


def test_every_articles_json_is_as_the_published_schema_says(site: Published) -> None:
    schema = site.json("article.schema.json")
    assert schema["$schema"] == "https://json-schema.org/draft/2020-12/schema"
    assert schema["$id"] == f"{URL}article.schema.json"
    jsonschema.Draft202012Validator.check_schema(schema)
    validator = jsonschema.Draft202012Validator(schema, format_checker=jsonschema.FormatChecker())
    for name in ("whole", "before"):
        found = site.json(f"articles/{name}/index.json")
        assert [error.message for error in validator.iter_errors(found)] == []
        assert found["$schema"] == schema["$id"]


@pytest.mark.parametrize(
    "wrong",
    [
        {"published": 20261120},
        {"title": "text"},
        {"timeline": [{"date": "May", "event": line("x")}]},
    ],
)
def test_the_schema_refuses_what_an_article_never_is(site: Published, wrong: Any) -> None:
    found = site.json("articles/whole/index.json") | wrong
    with pytest.raises(jsonschema.ValidationError):
        jsonschema.validate(found, site.json("article.schema.json"))


def test_the_schema_is_printed_as_it_is_published(site: Published) -> None:
    told = CliRunner().invoke(main, ["schema", "article-json", "--site", str(site.site)])
    assert told.output == site.text("article.schema.json")


def test_an_articles_page_names_its_json(site: Published) -> None:
    links = './/link[@type="application/json"]'
    assert hrefs(site.page("/articles/whole/"), links) == ["/articles/whole/index.json"]


def test_the_json_of_an_article_follows_the_clock(tmp_path: Path) -> None:
    publish(tmp_path, FILES)
    later = rebuild(tmp_path, datetime(2026, 12, 2, tzinfo=UTC))
    states = [each.get("state") for each in later.json("articles/whole/index.json")["implications"]]
    assert states == [None, "open", "due", "came true", "did not"]


@given(
    st.sampled_from(
        ["https://a.example/x/", "https://a.example/x/?q#y", "http://a.example/x", "/x/"]
    ),
    st.text(alphabet="/.#%~a-_:", min_size=1, max_size=12),
)
def test_addresses_are_joined_as_the_library_joins_them(base: str, address: str) -> None:
    assert (
        elsewhere(f'<a href="{address}">x</a>', base) == f'<a href="{joined(base, address)}">x</a>'
    )


def joined(base: str, address: str) -> str:
    try:
        return urljoin(base, address)
    except ValueError:
        return address
