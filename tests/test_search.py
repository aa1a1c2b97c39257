"""Search: what can be found, by whom it is told when it cannot, and what a build spends on it."""

from __future__ import annotations

import gzip
import json
from pathlib import Path
from typing import Any

import pytest

from generator.parts import part_of, parts
from generator.search.records import cut, plain
from tests.published import Published, article, attempt, contents, publish, rebuild
from tests.sites import SITE

ON = SITE + "search: true\n"
FILES = {
    "site.yaml": ON,
    "content/articles/feeds.md": article(
        "Feeds", "2026-11-19", "tags: [RSS, Atom]", body="A feed lists what is *new*.\n"
    ),
    "content/articles/pages.md": article("Pages", "2026-11-20", "lang: de", body="Eine Seite.\n"),
    "content/pages/about.md": "---\ntitle: About\n---\nA page about zebras.\n",
}
NEW = {
    "site.yaml": ON,
    "content/articles/new.md": article("New", "2026-11-21", body="A xylophone.\n"),
}


def index(site: Published) -> dict[str, bytes]:
    """The files of the search index."""
    folder = site.output / "pagefind"
    return contents(folder) if folder.exists() else {}  # type: ignore[return-value]


def found(site: Published) -> dict[str, Any]:
    """Every article in the index as a search result has it, by its address."""
    results = (
        json.loads(gzip.decompress(data).removeprefix(b"pagefind_dcd"))
        for name, data in index(site).items()
        if "fragment/" in name
    )
    return {each["url"]: each for each in results}


def test_articles_are_in_the_index_and_nothing_else(tmp_path: Path) -> None:
    results = found(publish(tmp_path, FILES))
    assert sorted(results) == ["/articles/feeds/", "/articles/pages/"]
    assert results["/articles/feeds/"]["content"] == "Feeds. A feed lists what is new."
    assert results["/articles/feeds/"]["filters"] == {"tags": ["RSS", "Atom"]}
    assert results["/articles/pages/"]["meta"]["lang"] == "de"


def test_every_part_of_an_article_can_be_found(tmp_path: Path) -> None:
    front = (
        "hook: Hooked",
        "tldr: {changed: Alpha, matters: Beta, next: Gamma}",
        "takeaways: [Delta]",
        "comparison: {caption: Epsilon, columns: ['', Zeta], rows: [[Eta, Theta]]}",
        "deep_dive: [{term: Iota, text: Kappa}]",
        "implications: [{claim: Lambda, rationale: My}]",
        "timeline: [{date: 2024, event: Ny}]",
        "sources: [{id: x, title: Xi, url: 'https://x.example/', publisher: Omikron}]",
        "corrections: [{date: 2026-11-20, text: Pi}]",
    )
    file = article("Rho", "2026-11-19", *front, body="Sigma[@x].\n\n## Tau\n\n- One\n- Two\n")
    site = publish(tmp_path, {"site.yaml": ON, "content/articles/a.md": file})
    assert found(site)["/articles/a/"]["content"] == (
        "Rho. Hooked. Alpha. Beta. Gamma. Sigma. Tau. One. Two. Delta. Epsilon. Zeta. Eta. Theta. Iota. "
        "Kappa. Lambda. My. Ny. Pi. Xi. Omikron."
    )


@pytest.mark.parametrize(
    ("html", "texts"),
    [
        ("<p>One <em>wo</em>rd</p>\n<p>and</p>", ["One word", "and"]),
        ('<p>So<sup class="cites"><a href="#s">1</a></sup>.</p>', ["So."]),
        ("<p>a &lt; b &amp; c</p>", ["a < b & c"]),
        ('<pre><code><span class="k">def</span> f</code></pre>', ["def f"]),
        ("", []),
    ],
)
def test_markup_is_not_searched(html: str, texts: list[str]) -> None:
    assert list(plain(html)) == texts


@pytest.mark.parametrize(
    ("text", "pieces"),
    [
        ("正文 和RSS。（好）。OK", ["正", "文", "和", "RSS。（", "好）。", "OK"]),
        ("ジョン・スミス", ["ジ", "ョ", "ン・", "ス", "ミ", "ス"]),
        ("한국어 é", ["한국어", "é"]),
    ],
)
def test_what_is_written_without_spaces_is_cut(text: str, pieces: list[str]) -> None:
    assert cut(text).split() == pieces


def test_without_the_setting_there_is_nothing_of_it(tmp_path: Path) -> None:
    site = publish(tmp_path, {**FILES, "site.yaml": SITE})
    assert index(site) == {}
    assert not site.has("search/index.html")
    assert b"/search/" not in site.bytes("index.html")
    assert site.page("/404.html").find(".//main//form") is None


def test_taking_the_setting_out_takes_the_index_away(tmp_path: Path) -> None:
    publish(tmp_path, FILES)
    site = publish(tmp_path, {"site.yaml": SITE})
    assert index(site) == {}
    assert not site.has("search/index.html")


@pytest.mark.parametrize("jobs", [1, 2])
def test_an_incremental_build_leaves_the_index_of_a_clean_one(tmp_path: Path, jobs: int) -> None:
    publish(tmp_path / "one", FILES)
    (tmp_path / "one/content/articles/pages.md").unlink()
    one = publish(tmp_path / "one", NEW, jobs=jobs)
    rest = {name: text for name, text in FILES.items() if not name.endswith("pages.md")}
    other = publish(tmp_path / "other", {**rest, **NEW})
    assert sorted(found(one)) == ["/articles/feeds/", "/articles/new/"]
    assert one.files() == other.files()


@pytest.fixture
def broken(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """From here on, Pagefind is a program that ends at once."""
    program = tmp_path / "bin/pagefind"
    program.parent.mkdir()
    program.write_text("#!/bin/sh\nexit 1\n")
    program.chmod(0o755)
    monkeypatch.setenv("PAGEFIND_BINARY_PATH", str(program))


@pytest.fixture
def built(tmp_path: Path) -> Published:
    """The site, built with Pagefind in order."""
    return publish(tmp_path / "site", FILES)


@pytest.mark.parametrize(
    "files",
    [
        {},
        {"layouts/assets/style.css": "p { color: red }"},
        {"content/pages/about.md": "---\ntitle: About\n---\nA page about apes.\n"},
    ],
)
def test_what_changes_no_article_asks_nothing_of_pagefind(
    built: Published, broken: None, files: dict[str, str]
) -> None:
    before = index(built)
    site = attempt(built.site, {"site.yaml": ON, **files})
    assert site.told == []
    assert index(site) == before


def test_a_pagefind_that_fails_is_told_and_the_last_good_site_stays(
    built: Published, broken: None
) -> None:
    before = built.files()
    site = attempt(built.site, NEW)
    assert site.report.output is None
    assert site.told == [
        (
            "site.yaml: error: Pagefind could not make the search index: it ended too early "
            "(pip install --force-reinstall 'broadsheet[search]', or `search: false`)"
        )
    ]
    assert site.files() == before


def test_without_pagefind_a_user_is_told_what_to_install(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PAGEFIND_BINARY_PATH", str(tmp_path / "nowhere"))
    site = attempt(tmp_path / "site", FILES)
    assert site.report.output is None
    assert site.told == [
        (
            "site.yaml: error: `search: true` needs Pagefind, which is not installed "
            "(pip install 'broadsheet[search]' installs it)"
        )
    ]


def test_a_file_of_the_index_that_is_lost_or_changed_comes_back(built: Published) -> None:
    before = index(built)
    (built.output / "pagefind/pagefind.js").write_text("other")
    (built.output / "pagefind/pagefind-entry.json").unlink()
    assert index(rebuild(built.site)) == before


def test_a_build_under_watch_leaves_the_index_to_the_next_one(built: Published) -> None:
    before = index(built)
    new = attempt(built.site, NEW, changed=frozenset({built.site / "content/articles/new.md"}))
    assert new.has("articles/new/index.html")
    assert index(new) == before
    assert "/articles/new/" in found(rebuild(built.site))


def test_content_cannot_be_put_among_the_files_of_the_index(tmp_path: Path) -> None:
    site = attempt(tmp_path, {**FILES, "content/pagefind/mine.pdf": b"pdf"})
    assert site.told == [
        (
            "content/pagefind/mine.pdf: error: /pagefind/mine.pdf is in the folder of the search index "
            "(give it another address, or take `search` out of site.yaml)"
        )
    ]


def test_a_newsletter_without_articles_has_a_search_page_and_no_index(tmp_path: Path) -> None:
    site = publish(tmp_path, {"site.yaml": ON})
    assert index(site) == {}
    assert site.has("search/index.html")


@pytest.mark.parametrize(
    ("articles", "count"), [(0, 1), (64, 1), (65, 2), (1_000, 16), (2_048, 16), (50_000, 16)]
)
def test_the_index_of_many_articles_is_cut_into_parts(articles: int, count: int) -> None:
    assert parts(articles) == count


def test_the_parts_are_about_equal() -> None:
    sizes = [0] * 4
    for number in range(1_000):
        sizes[part_of(f"articles/{number}/index.html", 4)] += 1
    assert min(sizes) > 200


def test_the_search_page_says_how_to_search_without_scripts(tmp_path: Path) -> None:
    page = publish(tmp_path, FILES).page("/search/")
    form = page.find(".//form[@role='search']")
    assert form.find(".//input").get("id") == form.find(".//label").get("for")
    (told,) = page.iterfind(".//noscript")
    assert {each.get("href") for each in told.iterfind(".//a")} == {"/archive/", "/tags/"}
    assert told.findtext(".//code") == "site:letter.example"
    assert not page.xpath("//script[not(@src) and not(@type='application/ld+json')] | //@style")
