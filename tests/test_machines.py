"""What search engines, sharing sites and language models find."""

from __future__ import annotations

import json
import shutil
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
import yaml
from lxml import etree

from tests.pictures import image
from tests.published import Published, article, attempt, hrefs, publish, rebuild
from tests.schema_org import problems
from tests.sites import NOW, SITE

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


def test_days_without_a_time_are_those_days_where_the_site_is(tmp_path: Path) -> None:
    origin = "source: {name: The Wire, published: 2026-05-01}"
    files = {
        "site.yaml": SITE + "timezone: Europe/Berlin\n",
        "content/articles/one.md": article("One", "2026-05-02", origin, "updated: 2026-11-03"),
    }
    told = graph(publish(tmp_path, files).page("/articles/one/"))[0]
    assert told["datePublished"] == "2026-05-02T00:00:00+02:00"
    assert told["dateModified"] == "2026-11-03T00:00:00+01:00"
    assert told["isBasedOn"]["datePublished"] == "2026-05-01T00:00:00+02:00"


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
        "content/images/logo.png": image("PNG"),
    }
    page = publish(tmp_path, files).page("/")
    organization = graph(page)[1]
    assert organization["logo"]["url"] == "https://letter.example/folder/images/logo.png"
    assert organization["sameAs"] == ["https://mastodon.example/@tiny", "https://x.com/tinyletter"]
    assert meta(page)["twitter:site"] == ["@tinyletter"]


def test_the_home_page_says_how_the_site_is_searched_where_it_can_be(tmp_path: Path) -> None:
    files = {"content/articles/a.md": article("A", "2026-11-20")}
    assert "potentialAction" not in graph(publish(tmp_path / "without", files).page("/"))[0]
    files["site.yaml"] = f"title: Tiny\nurl: {URL}folder/\nsearch: true\n"
    site = publish(tmp_path / "with", files)
    action = graph(site.page("/"))[0]["potentialAction"]
    assert action["target"]["urlTemplate"] == f"{URL}folder/search/?q={{search_term_string}}"
    page, _ = graph(site.page("/search/"))
    assert page["@type"] == "SearchResultsPage"
    assert meta(site.page("/search/"))["robots"] == ["noindex"]


def test_an_article_without_a_picture_is_told_with_its_share_card(tmp_path: Path) -> None:
    files = {
        "site.yaml": f"title: Tiny\nurl: {URL}\nshare_cards: true\n",
        "content/articles/a.md": article("A", "2026-11-20"),
    }
    site = publish(tmp_path, files)
    image = graph(site.page("/articles/a/"))[0]["image"]
    assert site.has(image["url"].removeprefix(URL))
    assert meta(site.page("/articles/a/"))["og:image"] == [image["url"]]


# --- What sharing sites show


def test_an_article_is_told_to_sharing_sites_as_one(letter: Published) -> None:
    told = meta(letter.page("/articles/full/"))
    expected = {
        "og:type": ["article"],
        "og:title": ["Ticks: Span<T> & more"],
        "og:description": ["Generic types such as Span<T> & friends."],
        "og:url": [f"{URL}articles/full/"],
        "og:locale": ["en_AU"],
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


# --- News


def news(site: Published) -> list[tuple[str, ...]]:
    """The entries of the news sitemap: address, name, language, date and title of each."""
    root = etree.fromstring(site.bytes("news-sitemap.xml"))
    assert etree.QName(root).namespace == "http://www.sitemaps.org/schemas/sitemap/0.9"
    return [
        tuple(each.text for each in entry.iter() if each.text and each.text.strip())
        for entry in root
    ]


def test_the_news_sitemap_has_the_articles_of_the_last_two_days(tmp_path: Path) -> None:
    files = {
        "content/articles/new.md": article("New & <fresh>", "2026-11-25T10:00:00Z"),
        "content/articles/there.md": article("Dort", "2026-11-23T12:00:01Z", "lang: de-AT"),
        "content/articles/old.md": article("Old", "2026-11-23T12:00:00Z"),
        "content/articles/soon.md": article("Soon", "2026-11-25T12:00:01Z"),
    }
    site = publish(tmp_path, files)
    name = "The Tiny Letter"
    assert news(site) == [
        (f"{URL}articles/new/", name, "en", "2026-11-25T10:00:00Z", "New & <fresh>"),
        (f"{URL}articles/there/", name, "de", "2026-11-23T12:00:01Z", "Dort"),
    ]
    assert f"Sitemap: {URL}news-sitemap.xml" in site.text("robots.txt").split("\n")


@pytest.mark.parametrize(
    ("language", "told"), [("zh", "zh-cn"), ("zh-Hant", "zh-tw"), ("pt-BR", "pt"), ("fil", "fil")]
)
def test_the_news_sitemap_names_languages_as_search_engines_do(
    tmp_path: Path, language: str, told: str
) -> None:
    files = {"content/articles/a.md": article("A", "2026-11-25", f"lang: {language}")}
    assert news(publish(tmp_path, files))[0][2] == told


def test_an_article_stops_being_news_when_its_two_days_are_over(tmp_path: Path) -> None:
    files = {"content/articles/a.md": article("A", "2026-11-24T09:00:00Z")}
    site = publish(tmp_path, files)
    over = datetime(2026, 11, 26, 9, tzinfo=UTC)
    assert site.report.next_due == over
    assert rebuild(tmp_path, over - timedelta(seconds=1)).has("news-sitemap.xml")
    later = rebuild(tmp_path, over)
    assert not later.has("news-sitemap.xml")
    assert "news-sitemap" not in later.text("robots.txt")
    assert rebuild(tmp_path, NOW).has("news-sitemap.xml")


# --- Language models


def test_llms_txt_has_a_title_a_summary_and_lists_of_links(letter: Published) -> None:
    lines = letter.text("llms.txt").split("\n")
    assert lines[0] == "# The Letter & Co"
    assert lines[2] == "> Letters about <letters>"
    assert [each for each in lines if each.startswith("#")][1:] == [
        "## Articles",
        "## Weekly digest",
        "## Feeds",
        "## Pages",
        "## Optional",
    ]
    listed = [each for each in lines if each.startswith("- ")]
    assert all(f"]({URL}" in each for each in listed), listed
    digest = f"- [The week of the tick]({URL}digest/2026-W46/): 9 November 2026 to 15 November 2026"
    assert any(each.startswith(digest) for each in listed)


def test_llms_txt_has_the_newest_articles_of_a_large_site(tmp_path: Path) -> None:
    files = {
        f"content/articles/a{n}.md": article(f"A{n}", f"2026-01-01T{n // 60:02}:{n % 60:02}:00Z")
        for n in range(101)
    }
    text = publish(tmp_path, files).text("llms.txt")
    assert text.count("/index.md)") == 100
    assert "[A100]" in text
    assert "[A0]" not in text


def markdown(site: Published, path: str) -> tuple[dict[str, Any], str]:
    """The front matter of an article's Markdown, and what follows it."""
    _, front, text = site.text(path).split("---\n", 2)
    return yaml.safe_load(front), text


def test_the_markdown_of_an_article_says_whence_it_came(letter: Published) -> None:
    front, text = markdown(letter, "articles/full/index.md")
    assert front == {
        "title": "Ticks: Span<T> & more",
        "url": f"{URL}articles/full/",
        "date": datetime(2026, 11, 12, 7, 30, tzinfo=UTC),
        "updated": datetime(2026, 11, 14, 8, tzinfo=UTC),
        "authors": ["Ann Onym", "The Letter & Co"],
        "language": "en-AU",
    }
    assert text.startswith("\n# Ticks: Span<T> & more\n")


@pytest.mark.parametrize(
    ("written", "published"),
    [
        ("[b](2026-11-21-b.md)", "[b](https://letter.example/articles/b/)"),
        ("[b](../articles/2026-11-21-b.md#part 'T')", "[b](https://letter.example/articles/b/#part 'T')"),
        ("[b](<2026-11-21-b.md>)", "[b](<https://letter.example/articles/b/>)"),
        ("![i](../i.png)", "![i](https://letter.example/i.png)"),
        ("[![i](/i.png)](/about/)", "[![i](https://letter.example/i.png)](https://letter.example/about/)"),
        ("[b][]\n\n[b]: 2026-11-21-b.md 'T'", "[b][]\n\n[b]: https://letter.example/articles/b/ 'T'"),
        ('<img src="../i.png" alt="i">', '<img src="https://letter.example/i.png" alt="i">'),
        ("[p](../w%C3%B6rter.pdf)", "[p](https://letter.example/w%C3%B6rter.pdf)"),
        ("[p](../wörter.pdf)", "[p](https://letter.example/w%C3%B6rter.pdf)"),
        ("[x](https://x.example/) [h](#here)", "[x](https://x.example/) [h](#here)"),
        ("`[b](2026-11-21-b.md)` [b](2026-11-21-b.md)", "`[b](2026-11-21-b.md)` [b](https://letter.example/articles/b/)"),
        ("[b](2026-11-21-b.md)\n\n```md\n[b](2026-11-21-b.md)\n```\n\n[b](2026-11-21-b.md)",
         "[b](https://letter.example/articles/b/)\n\n```md\n[b](2026-11-21-b.md)\n```\n\n[b](https://letter.example/articles/b/)"),
    ],
)  # fmt: skip
def test_links_in_markdown_lead_to_the_published_pages(
    tmp_path: Path, written: str, published: str
) -> None:
    files = {
        "content/articles/2026-11-20-a.md": article(
            "A", "2026-11-20", body=f"Text.\n\n{written}\n"
        ),
        "content/articles/2026-11-21-b.md": article("B", "2026-11-21"),
        "content/pages/about.md": "---\ntitle: About\n---\n",
        "content/i.png": image("PNG"),
        "content/wörter.pdf": b"",
    }
    _, text = markdown(publish(tmp_path, files), "articles/a/index.md")
    assert text.split("Text.\n\n")[1] == published + "\n"


# --- Links from the root


@pytest.mark.parametrize(
    ("link", "hint"),
    [
        ("/articles/bb/", ""),
        ("/tags/c/", "did you mean '/articles/c/'?"),
        ("/articles/coffe/", "did you mean '/articles/coffee/'?"),
        ("/nope.png", ""),
        ("/images/i.pgn", "did you mean '/images/i.png'?"),
        ("/i.png", "did you mean '/images/i.png'?"),
    ],
)
def test_a_link_from_the_root_that_leads_nowhere_is_told(
    tmp_path: Path, link: str, hint: str
) -> None:
    body = f"See https://x.example{link} and\n[this]({link}#part).\n"
    files = {
        "content/articles/a.md": article("A", "2026-11-20", body=body),
        "content/articles/c.md": article("C", "2026-11-20"),
        "content/articles/coffee.md": article("Coffee", "2026-11-20"),
        "content/images/i.png": image("PNG"),
    }
    hint = hint or "write the whole address of what something else than this site serves"
    assert attempt(tmp_path, files).told == [
        f"content/articles/a.md:6:8: warning: link to {link!r}: nothing is published there ({hint})"
    ]


@pytest.mark.parametrize(
    "link",
    ["/", "/about/", "/about", "/about/?q#x", "/tags/t/", "/feed.xml", "/digest/2026-W47/", "/i.png",
     "/articles/a/index.md", "/archive/", "//x.example/nope/", "/articles/../about/", "/w%C3%B6rter/",
     "/wörter/", "/old/", "/sitemap.xml"],
)  # fmt: skip
def test_a_link_from_the_root_may_lead_to_all_that_the_build_writes(
    tmp_path: Path, link: str
) -> None:
    files = {
        "content/articles/a.md": article("A", "2026-11-20", "tags: [t]", body=f"[x]({link})\n"),
        "content/pages/about.md": "---\ntitle: About\naliases: [/old/]\n---\n",
        "content/pages/wörter.md": "---\ntitle: Words\n---\n",
        "content/i.png": image("PNG"),
    }
    assert attempt(tmp_path, files).told == []


def test_a_dead_link_is_told_as_long_as_it_is_dead(tmp_path: Path) -> None:
    """The file with the link is not touched while what it leads to comes and goes."""
    settings = {
        "site.yaml": "title: Tiny\nurl: https://letter.example/\nnav: [{title: B, url: /articles/b/}]\n"
    }
    files = {
        **settings,
        "content/articles/a.md": article("A", "2026-11-20", body="[x](/articles/b/)\n"),
        "content/pages/about.md": "---\ntitle: About\n---\n[x](/articles/b/)\n",
        "content/digests/2026-W47.md": "[x](/articles/b/)\n",
    }
    hint = "(write the whole address of what something else than this site serves)"
    what = f"warning: link to '/articles/b/': nothing is published there {hint}"
    told = [
        f"content/articles/a.md:5:5: {what}",
        f"content/digests/2026-W47.md:1:5: {what}",
        f"content/pages/about.md:4:5: {what}",
        f"site.yaml: {what}",
    ]
    assert attempt(tmp_path, files).told == told
    b = {**settings, "content/articles/b.md": article("B", "2026-11-21")}
    assert attempt(tmp_path, b).told == []
    assert rebuild(tmp_path).told == []
    (tmp_path / "content/articles/b.md").unlink()
    assert rebuild(tmp_path).told == told


# --- Assets


def test_assets_have_the_hash_of_their_content_in_their_names(tmp_path: Path) -> None:
    style = "@font-face { src: url(fonts/a.woff2) }"
    site = publish(
        tmp_path, {"layouts/assets/style.css": style, "layouts/assets/fonts/a.woff2": b"font"}
    )
    (first,) = hrefs(site.page("/"), ".//link[@rel='stylesheet']")
    assert site.text(first.lstrip("/")) == style
    assert site.has("assets/fonts/a.woff2"), "a style sheet names it as it is"
    site = publish(tmp_path, {"layouts/assets/style.css": style + "\n"})
    (second,) = hrefs(site.page("/"), ".//link[@rel='stylesheet']")
    assert first != second
    assert not site.has(first.lstrip("/"))
    assert f"{second}\n  Cache-Control: public, max-age=31536000, immutable\n" in site.text(
        "_headers"
    )
    assert "fonts" not in site.text("_headers")
