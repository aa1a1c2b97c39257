"""What search engines, sharing sites and language models find."""

from __future__ import annotations

import json
import shutil
from pathlib import Path
from typing import Any

import pytest

from tests.published import Published, article, hrefs, publish, rebuild
from tests.schema_org import problems

ROOT = Path(__file__).parent.parent
URL = "https://letter.example/"


@pytest.fixture(scope="module")
def letter(tmp_path_factory: pytest.TempPathFactory) -> Published:
    site = tmp_path_factory.mktemp("letter") / "site"
    shutil.copytree(Path(__file__).parent / "data" / "letter", site)
    return rebuild(site)


@pytest.fixture(scope="module")
def open_page(tmp_path_factory: pytest.TempPathFactory) -> Published:
    """The newsletter of this repository."""
    site = tmp_path_factory.mktemp("open") / "site"
    shutil.copytree(ROOT / "content", site / "content")
    shutil.copy(ROOT / "site.yaml", site)
    return rebuild(site)


def graph(page: Any) -> list[dict[str, Any]]:
    """Everything that a page tells in its structured data."""
    (script,) = page.xpath("//script[@type='application/ld+json']")
    found: list[dict[str, Any]] = json.loads(script.text)["@graph"]
    return found


def meta(page: Any) -> dict[str, list[str]]:
    """The page's `<meta>` elements: the values of each name or property."""
    found: dict[str, list[str]] = {}
    for each in page.xpath("//meta[@content]"):
        name = each.get("property") or each.get("name")
        found.setdefault(name, []).append(each.get("content"))
    return found


# --- Structured data


@pytest.mark.parametrize("name", ["letter", "open_page"])
def test_the_structured_data_of_every_page_follow_schema_org(
    name: str, request: pytest.FixtureRequest
) -> None:
    site: Published = request.getfixturevalue(name)
    told = []
    for path in sorted(site.output.rglob("*.html")):
        page = site.page(path.relative_to(site.output).as_posix())
        if page.xpath("//link[@rel='canonical']") and not page.xpath("//meta[@http-equiv]"):
            (script,) = page.xpath("//script[@type='application/ld+json']")
            where = path.relative_to(site.output)
            told += [f"{where}: {each}" for each in problems(json.loads(script.text))]
    assert told == []


@pytest.mark.parametrize(
    ("path", "kinds", "trail"),
    [
        ("/", ["WebSite", "Organization", "CollectionPage"], None),
        ("/articles/full/", ["NewsArticle"], ["Feeds", "Ticks: Span<T> & more"]),
        (
            "/digest/2026-W46/",
            ["CollectionPage", "PublicationIssue"],
            ["Weekly digest", "The week of the tick"],
        ),
        ("/digest/", ["CollectionPage"], ["Weekly digest"]),
        ("/about/", ["WebPage"], ["About us"]),
        ("/tags/", ["CollectionPage"], ["Tags"]),
        ("/tags/feeds/", ["CollectionPage"], ["Tags", "Feeds"]),
        ("/stories/clocks/", ["CollectionPage"], ["Stories", "The story of clocks"]),
        ("/archive/", ["CollectionPage"], ["Archive"]),
        ("/predictions/", ["CollectionPage"], ["Predictions"]),
        ("/timeline/", ["CollectionPage"], ["Timeline"]),
        ("/feeds/", ["CollectionPage"], ["Feeds"]),
    ],
)
def test_each_page_tells_what_it_is_and_where_it_stands(
    letter: Published, path: str, kinds: list[str], trail: list[str] | None
) -> None:
    *things, last = graph(letter.page(path))
    if trail is None:
        assert [each["@type"] for each in (*things, last)] == kinds
        return
    assert [each["@type"] for each in things] == kinds
    steps = last["itemListElement"]
    assert [each["name"] for each in steps[1:]] == trail
    assert steps[0]["item"] == URL
    assert steps[-1]["item"] == URL + path[1:]


def test_what_is_not_found_tells_nothing_to_search_engines(letter: Published) -> None:
    page = letter.page("404.html")
    assert meta(page)["robots"] == ["noindex"]
    assert not page.xpath("//script[@type='application/ld+json'] | //link[@rel='canonical']")


def test_a_digest_is_an_issue_of_the_newsletter_with_what_it_lists(letter: Published) -> None:
    page, issue, _ = graph(letter.page("/digest/2026-W46/"))
    listed = page["mainEntity"]["itemListElement"]
    shown = hrefs(letter.page("/digest/2026-W46/"), ".//main//article//a[@href]")
    assert len(listed) == 5
    assert {each["url"] for each in listed} <= {URL + each.lstrip("/") for each in shown}
    assert issue["issueNumber"] == "2026-W46"
    assert issue["datePublished"] == "2026-11-15"
    assert issue["isPartOf"]["@type"] == "Periodical"


def test_a_headline_is_cut_at_a_word_where_search_engines_would_cut_it(tmp_path: Path) -> None:
    title = "A title of many words " * 8
    files = {"content/articles/2026-11-20-a.md": article(title, "2026-11-20")}
    headline = graph(publish(tmp_path, files).page("/articles/a/"))[0]["headline"]
    assert len(headline) <= 110
    assert headline.endswith("…")
    assert title.startswith(headline.removesuffix("…") + " ")


def test_the_publisher_is_told_with_its_logo_and_its_profiles(tmp_path: Path) -> None:
    files = {
        "site.yaml": "title: Tiny\nurl: https://letter.example/folder/\npublisher:\n  name: Ltd\n"
        "  logo: /images/logo.png\n"
        "  profiles: ['https://mastodon.example/@tiny', 'https://x.com/tinyletter']\n",
        "content/articles/2026-11-20-a.md": article("A", "2026-11-20"),
        "content/images/logo.png": b"",
    }
    page = publish(tmp_path, files).page("/")
    organization = graph(page)[1]
    assert organization["logo"]["url"] == "https://letter.example/folder/images/logo.png"
    assert organization["sameAs"] == ["https://mastodon.example/@tiny", "https://x.com/tinyletter"]
    assert meta(page)["twitter:site"] == ["@tinyletter"]


# --- What sharing sites show


def test_an_article_is_told_to_sharing_sites_as_one(letter: Published) -> None:
    told = meta(letter.page("/articles/full/"))
    expected = {
        "og:type": ["article"],
        "og:title": ["Ticks: Span<T> & more"],
        "og:description": ["Generic types such as Span<T> & friends."],
        "og:url": [f"{URL}articles/full/"],
        "og:locale": ["de_DE"],
        "article:published_time": ["2026-11-12T08:30:00+01:00"],
        "article:modified_time": ["2026-11-14T09:00:00+01:00"],
        "article:section": ["Feeds"],
        "article:tag": ["Feeds", "R&D"],
        "article:author": [f"{URL}authors/ann-onym/", f"{URL}authors/the-letter-co/"],
        "robots": ["max-image-preview:large"],
    }
    assert {name: told.get(name) for name in expected} == expected


@pytest.mark.parametrize("name", ["letter", "open_page"])
def test_every_page_tells_sharing_sites_what_it_is(
    name: str, request: pytest.FixtureRequest
) -> None:
    site: Published = request.getfixturevalue(name)
    for path in sorted(site.output.rglob("index.html")):
        page = site.page(path.relative_to(site.output).as_posix())
        if page.xpath("//meta[@http-equiv]"):
            continue
        told = meta(page)
        once = ("og:title", "og:type", "og:url", "og:site_name", "og:locale", "twitter:card")
        assert [len(told.get(each, ())) for each in once] == [1] * len(once), path
        assert told.get("og:description") == told.get("description"), path
        assert not told["og:title"][0].endswith(f"· {told['og:site_name'][0]}"), path
        (canonical,) = hrefs(page, ".//link[@rel='canonical']")
        assert told["og:url"] == [canonical]


@pytest.mark.parametrize(
    ("language", "locale"),
    [("en", "en_US"), ("pt-BR", "pt_BR"), ("de", "de_DE"), ("zh-Hant", "zh_TW"), ("ar", "ar_AR")],
)
def test_a_language_is_told_to_sharing_sites_with_a_territory(
    tmp_path: Path, language: str, locale: str
) -> None:
    files = {"site.yaml": f"title: Tiny\nurl: {URL}\nlanguage: {language}\n"}
    assert meta(publish(tmp_path, files).page("/"))["og:locale"] == [locale]


def test_pages_of_a_list_name_those_before_and_after_them(tmp_path: Path) -> None:
    files = {
        f"content/articles/2026-11-{day}-a{day}.md": article(f"A{day}", f"2026-11-{day}")
        for day in (10, 11, 12)
    }
    site = publish(tmp_path, {**files, "site.yaml": f"title: Tiny\nurl: {URL}\npaginate: 1\n"})
    page = site.page("/page/2/")
    assert hrefs(page, ".//head/link[@rel='prev']") == ["/"]
    assert hrefs(page, ".//head/link[@rel='next']") == ["/page/3/"]
    assert meta(page)["og:title"] == ["Tiny, page 2"]
