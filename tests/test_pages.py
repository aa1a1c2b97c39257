"""What a reader sees on each kind of page, and what machines find beside them."""

from __future__ import annotations

import itertools
import json
import shutil
from datetime import UTC, datetime
from pathlib import Path
from typing import Any
from urllib.parse import unquote

import pytest
from lxml import etree

from generator.diagnostics import Diagnostic
from generator.plan.addresses import Addresses
from generator.plan.catalogue import Catalogue
from generator.plan.library import Content, select
from generator.plan.machines import SITEMAP_LIMIT, sitemaps
from generator.plan.plan import make_plan
from generator.render.render import Renderer
from generator.theme import default_layouts
from generator.views import EmptyView, Page, RenderSettings
from generator.words import Words
from tests.links import broken_links, repeated_ids
from tests.published import Published, article, hrefs, parse, publish, rebuild, words
from tests.sites import NOW, interface, settings

ROOT = Path(__file__).parent.parent
LETTER = Path(__file__).parent / "data" / "letter"
URL = "https://letter.example/"


@pytest.fixture(scope="module")
def letter(tmp_path_factory: pytest.TempPathFactory) -> Published:
    site = tmp_path_factory.mktemp("letter") / "site"
    shutil.copytree(LETTER, site)
    return rebuild(site)


@pytest.fixture(scope="module")
def full(letter: Published) -> Any:
    """The page of the article that has every part."""
    return letter.page("/articles/full/")


@pytest.fixture(scope="module")
def open_page(tmp_path_factory: pytest.TempPathFactory) -> Published:
    """The newsletter of this repository."""
    site = tmp_path_factory.mktemp("open") / "site"
    shutil.copytree(ROOT / "content", site / "content")
    shutil.copy(ROOT / "site.yaml", site)
    return rebuild(site)


def part(page: Any, heading: str) -> Any:
    """What stands under a heading: its section, or what follows it up to the next heading."""
    found = [each for each in page.iter("h1", "h2", "h3") if words(each) == heading]
    assert len(found) == 1, f"{len(found)} headings say {heading!r}"
    if found[0].getparent().tag in ("section", "aside", "nav") and found[0].tag == "h2":
        return found[0].getparent()
    made = etree.Element("div")
    for each in list(found[0].itersiblings()):
        if each.tag in ("h2", "h3"):
            break
        made.append(etree.fromstring(etree.tostring(each, with_tail=False)))
    return parse(etree.tostring(made))


def headings(page: Any) -> list[str]:
    return [words(each) for each in page.find(".//main").iter("h1", "h2", "h3", "h4")]


def listed(page: Any) -> list[str]:
    """The titles of the articles that a page lists, in their order."""
    return [words(each) for each in page.xpath("//main//article//*[self::h2 or self::h3]/a")]


# --- An article


def test_an_article_shows_all_its_parts_in_order(full: Any) -> None:
    assert headings(full) == [
        "Ticks: Span<T> & more",
        "Correction",
        "30-second TL;DR",
        "In this article",
        "Down",
        "Further down",
        "To the end",
        "Deep insight",
        "Enhanced key takeaways",
        "How they compare",
        "Technical deep dive",
        "Future implications",
        "Timeline",
        "Sources",
        "Share",
        "Filed under",
        "The story of clocks",
        "The weekly recap",
        "Related updates",
        "Third",
    ]


@pytest.mark.parametrize(
    ("heading", "texts"),
    [
        ("Correction", ["13 November 2026: It said tock."]),
        (
            "30-second TL;DR",
            [
                "What changed It ticks[1].",
                "Why it matters It matters.",
                "What to do next Wait for the tock.",
                "Who should care Editors, Publishers",
            ],
        ),
        ("In this article", ["Down", "Further down", "To the end"]),
        ("Enhanced key takeaways", ["One thing to take", "Another, see home"]),
        ("How they compare", ["Ticks side by side", "Loud Soft", "Price 1 | 2 3"]),
        ("Technical deep dive", ["Tick. A small sound", "Only a text"]),
        (
            "Future implications",
            [
                "AI analysis grounded in cited sources",
                "It will tock It always did Due by March 2027 Probability 70%",
                "Said by The clockmaker Sources [1], [2]",
                "It has tocked Came true: 13 November 2026",
            ],
        ),
        ("Timeline", ["2024 It began", "March 2024 It went on", "5 March 2024 It stopped"]),
        ("Sources", ["A standard, IETF, December 2005", "Another source"]),
        ("Share", ["X", "LinkedIn", "Mastodon", "Bluesky", "E-mail", "Copy link"]),
        ("Filed under", ["Feeds, R&D", "Ann Onym, The Letter & Co", "Editors, Publishers"]),
        ("The story of clocks", ["From tick to tock.", "The first part", "Other"]),
        ("The weekly recap", ["The week of the tick"]),
    ],
)
def test_each_part_tells_what_its_front_matter_says(
    full: Any, heading: str, texts: list[str]
) -> None:
    shown = words(part(full, heading))
    place = 0
    for text in texts:
        assert text in shown[place:], shown
        place = shown.index(text, place) + len(text)


def test_the_head_of_an_article_tells_whence_it_came(full: Any) -> None:
    header = full.find(".//article/header")
    text = words(header)
    assert text.startswith("Feeds, R&D Ticks: Span<T> & more A tick is heard[1]. By Ann Onym and")
    for each in ("12 November 2026", "updated 14 November 2026", "1 min read", "Orla"):
        assert each in text
    original = next(a for a in header.iter("a") if words(a) == "Read original on The Original")
    assert original.get("href") == "https://original.example/a?b=1&c=2"
    assert "Collected in 18 min" in text


def test_a_titles_markdown_is_shown_as_such(full: Any) -> None:
    title = full.find(".//h1")
    assert [words(each) for each in title.iter("code", "em")] == ["Span<T>", "more"]
    assert full.findtext(".//title") == "Ticks: Span<T> & more · The Letter & Co"


def test_an_article_in_another_language_says_so(full: Any) -> None:
    assert full.get("lang") == "en-AU"


def test_moments_are_told_to_machines_with_their_offset(full: Any) -> None:
    moments = [each.get("datetime") for each in full.find(".//article").iter("time")]
    for each in (
        "2026-11-12T08:30:00+01:00", "2026-11-14T09:00:00+01:00", "2026-11-11T11:18:00+01:00",
        "2027-03", "2024", "2024-03", "2024-03-05", "2005-12",
    ):  # fmt: skip
        assert each in moments


def test_the_comparison_is_a_table_that_opens(full: Any) -> None:
    details = full.find(".//details")
    assert words(details.find("summary")).startswith("Show")
    rows = [[words(cell) for cell in row] for row in details.iter("tr")]
    assert rows == [["", "Loud", "Soft"], ["Price", "1 | 2", "3"]]
    assert [cell.get("scope") for cell in details.iter("th")] == ["col", "col", "row"]


def test_the_image_is_beside_the_article_and_says_whom_to_thank(
    letter: Published, full: Any
) -> None:
    figure = next(each for each in full.iter("figure") if "Drawn by Cara" in words(each))
    assert figure.find(".//img").get("src") == "/articles/full/tick.svg"
    assert figure.find(".//img").get("alt") == "A tick on paper"
    assert letter.has("articles/full/tick.svg")
    assert hrefs(figure) == ["/about/"]


def test_share_links_carry_title_and_address(full: Any) -> None:
    text, address = "Ticks: Span<T> & more", f"{URL}articles/full/"
    for link in hrefs(part(full, "Share"))[:-1]:
        assert unquote(link).endswith(address)
        assert text in unquote(link) or "linkedin" in link
    assert hrefs(part(full, "Share"))[-1] == address


def test_share_links_are_those_of_the_settings(tmp_path: Path) -> None:
    files = {"content/articles/2026-11-20-a.md": article("A", "2026-11-20")}
    assert "Share" not in headings(publish(tmp_path, files).page("/articles/a/"))


def test_citations_lead_to_their_source_and_back(full: Any) -> None:
    sources = part(full, "Sources")
    for name, count in (("rfc", 3), ("b", 1)):
        cited = [a for a in full.iter("a") if a.get("href") == f"#source-{name}" and a.get("id")]
        item = next(each for each in sources.iter("li") if each.get("id") == f"source-{name}")
        back = [link for link in hrefs(item) if link.startswith("#")]
        assert sorted(back) == sorted(f"#{a.get('id')}" for a in cited)
        assert len(back) == count


def test_the_recap_links_the_digest_of_the_articles_week(full: Any) -> None:
    assert hrefs(part(full, "The weekly recap")) == ["/digest/2026-W46/"]


def test_a_part_of_a_story_links_the_earlier_and_the_later_ones(letter: Published) -> None:
    for name, links in (
        ("first", ["/stories/clocks/", "/articles/full/", "/articles/other/"]),
        ("full", ["/stories/clocks/", "/articles/first/", "/articles/other/"]),
        ("other", ["/stories/clocks/", "/articles/first/", "/articles/full/"]),
    ):
        assert hrefs(part(letter.page(f"/articles/{name}/"), "The story of clocks")) == links


def test_related_articles_are_those_chosen_and_those_that_share_terms_but_no_parts_of_its_story(
    letter: Published,
) -> None:
    titles = [
        words(each) for each in part(letter.page("/articles/full/"), "Related updates").iter("h3")
    ]
    assert titles == ["Third"]
    titles = [
        words(each) for each in part(letter.page("/articles/other/"), "Related updates").iter("h3")
    ]
    assert set(titles) == {"Third", "Running"}
    assert "Related updates" not in headings(letter.page("/articles/plain/"))


def test_neighbours_are_those_in_time(letter: Published) -> None:
    page = letter.page("/articles/other/")
    assert page.xpath("//main//a[@rel='prev']/@href") == ["/articles/full/"]
    assert page.xpath("//main//a[@rel='next']/@href") == ["/articles/third/"]


def test_an_article_of_title_and_date_has_no_empty_part(letter: Published) -> None:
    page = letter.page("/articles/plain/")
    assert headings(page) == ["Plain", "Share", "The weekly recap"]
    assert words(page.find(".//article")).startswith(
        "Plain 15 November 2026 1 min read Nothing but"
    )


PARTS = {
    "corrections: [{date: 2026-11-21, text: Mended here}]": ("Correction", "Mended here"),
    "tldr: {next: Do this}": ("30-second TL;DR", "Do this"),
    "takeaways: [Take this]": ("Enhanced key takeaways", "Take this"),
    "comparison: {columns: [A, B], rows: [[one, two]]}": ("How they compare", "one two"),
    "deep_dive: [Deep]": ("Technical deep dive", "Deep"),
    "implications: [It will be]": ("Future implications", "It will be"),
    "timeline: [{date: 2024, event: It was}]": ("Timeline", "2024 It was"),
    "sources: [{id: a, title: A source}]": ("Sources", "A source"),
}


@pytest.fixture(scope="module")
def parts(tmp_path_factory: pytest.TempPathFactory) -> Published:
    files = {
        f"content/articles/2026-11-20-part-{number}.md": article("One", "2026-11-20", line)
        for number, line in enumerate(PARTS)
    }
    return publish(tmp_path_factory.mktemp("parts"), files)


@pytest.mark.parametrize("number", range(len(PARTS)))
def test_each_part_stands_without_the_others(parts: Published, number: int) -> None:
    page = parts.page(f"/articles/part-{number}/")
    heading, text = list(PARTS.values())[number]
    assert text in words(part(page, heading))
    others = {other for other, _ in PARTS.values()} - {heading}
    assert not others & set(headings(page))


# --- Who made the analysis


@pytest.mark.parametrize(
    ("name", "by", "text"),
    [
        ("full", "ai", "AI-generated analysis (Some model), not reviewed by a person."),
        (
            "other",
            "mixed",
            "Analysis written by people and AI, reviewed by Rea Viewer (13 November 2026).",
        ),
        ("running", "human", "Analysis written by people."),
    ],
)
def test_readers_and_machines_are_told_who_made_the_analysis(
    letter: Published, name: str, by: str, text: str
) -> None:
    page = letter.page(f"/articles/{name}/")
    told = page.xpath("//main//*[@data-analysis-by]")
    assert [(each.get("data-analysis-by"), words(each)) for each in told] == [(by, text)]
    assert not told[0].xpath("ancestor-or-self::*[@hidden or self::details or self::template]")
    assert page.xpath("//meta[@name='analysis-by']/@content") == [by]
    assert ("digitalSourceType" in json_ld(page)) == (by != "human")


def test_lists_mark_what_ai_wrote(letter: Published) -> None:
    cards = {
        words(each.find(".//h2")): words(each) for each in letter.page("/page/2/").iter("article")
    }
    assert "AI analysis" in cards["Ticks: Span<T> & more"]
    assert "Corrected" in cards["Ticks: Span<T> & more"]
    assert "AI" not in cards["The first part"]


def json_ld(page: Any) -> dict[str, Any]:
    """What the structured data of a page say of the page itself."""
    (script,) = page.xpath("//script[@type='application/ld+json']")
    data = json.loads(script.text)
    assert data["@context"] == "https://schema.org"
    first: dict[str, Any] = data["@graph"][0]
    return first


def test_structured_data_of_an_article_is_complete(full: Any) -> None:
    organization = {
        "@type": "Organization",
        "name": "Letter Ltd",
        "url": "https://ltd.example/",
        "logo": {"@type": "ImageObject", "url": f"{URL}images/logo.svg"},
    }
    data = json_ld(full)
    assert data.pop("wordCount") > 0
    assert data == {
        "@type": "NewsArticle",
        "@id": "tag:letter.example,2026:full",
        "headline": "Ticks: Span<T> & more",
        "description": "Generic types such as Span<T> & friends.",
        "url": f"{URL}articles/full/",
        "mainEntityOfPage": f"{URL}articles/full/",
        "datePublished": "2026-11-12T08:30:00+01:00",
        "dateModified": "2026-11-14T09:00:00+01:00",
        "expires": "2036-01-01T00:00:00+01:00",
        "inLanguage": "en-AU",
        "isAccessibleForFree": True,
        "author": [
            {"@type": "Person", "name": "Ann Onym", "url": f"{URL}authors/ann-onym/"},
            {
                "@type": "Organization",
                "name": "The Letter & Co",
                "url": f"{URL}authors/the-letter-co/",
            },
        ],
        "publisher": organization,
        "articleSection": "Feeds",
        "keywords": ["Feeds", "R&D", "Editors", "Publishers", "The Original"],
        "image": {
            "@type": "ImageObject",
            "url": f"{URL}articles/full/tick.svg",
            "width": 8,
            "height": 8,
            "caption": "A tick on paper",
            "creditText": "Drawn by Cara",
        },
        "isPartOf": [
            {
                "@type": "PublicationIssue",
                "@id": f"{URL}digest/2026-W46/#issue",
                "issueNumber": "2026-W46",
                "name": "The week of the tick",
                "url": f"{URL}digest/2026-W46/",
            },
            {
                "@type": "CreativeWorkSeries",
                "name": "The story of clocks",
                "url": f"{URL}stories/clocks/",
            },
        ],
        "isBasedOn": {
            "@type": "CreativeWork",
            "url": "https://original.example/a?b=1&c=2",
            "publisher": {"@type": "Organization", "name": "The Original"},
            "author": {"@type": "Person", "name": "Orla"},
            "datePublished": "2026-11-11T11:00:00+01:00",
        },
        "citation": [
            {
                "@type": "CreativeWork",
                "name": "A standard",
                "url": "https://rfc.example/1",
                "publisher": {"@type": "Organization", "name": "IETF"},
                "datePublished": "2005-12",
            },
            {"@type": "CreativeWork", "name": "Another source"},
        ],
        "correction": [
            {"@type": "CorrectionComment", "text": "It said tock.", "datePublished": "2026-11-13"}
        ],
        "digitalSourceType": "https://schema.org/TrainedAlgorithmicMediaDigitalSource",
        "copyrightNotice": "CC BY 4.0",
        "encoding": [
            {
                "@type": "MediaObject",
                "contentUrl": f"{URL}articles/full/index.md",
                "encodingFormat": "text/markdown",
            },
            {
                "@type": "MediaObject",
                "contentUrl": f"{URL}articles/full/index.json",
                "encodingFormat": "application/json",
            },
        ],
    }


def test_structured_data_cannot_end_its_script(tmp_path: Path) -> None:
    title = '"</script><script>alert(1)</script> & <!-- \\u2028"'
    files = {"content/articles/2026-11-20-a.md": article(title, "2026-11-20")}
    page = publish(tmp_path, files).page("/articles/a/")
    assert "alert(1)" in json_ld(page)["headline"]
    assert not [each for each in page.iter("script") if "alert(1)" in (each.text or "")[:10]]


@pytest.mark.parametrize(
    ("path", "kind"),
    [("/", "WebSite"), ("/about/", "WebPage"), ("/digest/2026-W46/", "CollectionPage")],
)
def test_structured_data_of_other_pages(letter: Published, path: str, kind: str) -> None:
    assert json_ld(letter.page(path))["@type"] == kind


# --- Lists


def test_the_home_page_shows_the_newest_articles_and_the_newest_week(letter: Published) -> None:
    home = letter.page("/")
    assert listed(home) == ["Running", "Plain", "Third"]
    week = part(home, "Week 48, 2026")
    assert set(hrefs(week)) == {"/digest/2026-W48/"}
    assert "1 article so far; the week is still running" in words(week)


def test_lists_go_on_over_pages(letter: Published) -> None:
    first, second = letter.page("/"), letter.page("/page/2/")
    assert listed(second) == ["Other", "Ticks: Span<T> & more", "The first part"]
    assert first.xpath("//main//a[@rel='next']/@href") == ["/page/2/"]
    assert first.xpath("//main//a[@rel='prev']/@href") == []
    assert second.xpath("//main//a[@rel='prev']/@href") == ["/"]
    assert second.xpath("//main//a[@rel='next']/@href") == []
    assert "Page 2 of 2" in words(second.find(".//main"))
    assert "digest/2026-W48" not in " ".join(hrefs(second.find(".//main")))
    assert not letter.has("page/3/index.html")


def test_a_term_lists_its_articles_and_has_feeds_of_its_own(letter: Published) -> None:
    page = letter.page("/tags/feeds/")
    assert listed(page) == ["Other", "Ticks: Span<T> & more", "The first part"]
    alternates = page.xpath("//link[@rel='alternate']/@href")
    for path in ("/tags/feeds/feed", "/feed", "/digest/feed"):
        for end in ("xml", "atom", "json"):
            assert f"{path}.{end}" in alternates


def test_a_taxonomy_lists_its_terms_by_name_with_their_numbers(letter: Published) -> None:
    items = [words(each) for each in letter.page("/tags/").find(".//main").iter("li")]
    assert items == ["Feeds 3 articles", "Mail 3 articles", "R&D 1 article"]


def test_audiences_and_publishers_come_from_the_parts_of_articles(letter: Published) -> None:
    assert listed(letter.page("/audiences/editors/")) == ["Ticks: Span<T> & more"]
    assert listed(letter.page("/publishers/a-paper/")) == ["Third"]


def test_the_archive_lists_all_by_year_and_month(letter: Published) -> None:
    page = letter.page("/archive/")
    assert headings(page) == ["Archive", "2026", "November 2026"]
    titles = [
        words(li.find("a")) for li in page.find(".//main").iter("li") if li.find("time") is not None
    ]
    assert titles == [
        "Running", "Plain", "Third", "Other", "Ticks: Span<T> & more", "The first part",
    ]  # fmt: skip


def test_the_archive_tells_months_in_the_sites_time_zone(tmp_path: Path) -> None:
    site = publish(
        tmp_path,
        {
            "site.yaml": f"title: X\nurl: {URL}\ntimezone: Pacific/Kiritimati\n",
            "content/articles/a.md": article("A", "2025-12-31T10:00:00Z"),
        },
    )
    assert headings(site.page("/archive/")) == ["Archive", "2026", "January 2026"]


def test_spellings_of_one_term_share_a_page_and_are_told(tmp_path: Path) -> None:
    tags = ["CRI-O", "cri-o", "cri o", "CRI-O", "character.ai", "character-ai"]
    files = {
        f"content/articles/2026-11-{10 + n}-a{n}.md": article(
            f"A{n}", f"2026-11-{10 + n}", f"tags: [{tag}]"
        )
        for n, tag in enumerate(tags)
    }
    site = publish(tmp_path, files)
    assert listed(site.page("/tags/cri-o/")) == ["A3", "A2", "A1", "A0"]
    assert words(site.page("/tags/cri-o/").find(".//h1")) == "CRI-O"
    assert words(site.page("/tags/character-ai/").find(".//h1")) == "character-ai"
    one, two = site.told
    assert one.startswith(
        "content/articles/2026-11-12-a2.md:4:7: warning: 'cri o', 'cri-o' and 'CRI-O' are one term"
    )
    assert two.startswith(
        "content/articles/2026-11-14-a4.md:4:7: warning: 'character.ai' and 'character-ai' are one"
    )


def test_settings_name_terms(tmp_path: Path) -> None:
    site = publish(
        tmp_path,
        {
            "site.yaml": f"title: X\nurl: {URL}\n"
            "taxonomies: {tags: {title: Topics, singular: Topic, feeds: false, names: {cri-o: CRI-O!}}}\n",
            "content/articles/2026-11-10-a.md": article("A", "2026-11-10", "tags: [cri-o]"),
            "content/articles/2026-11-11-b.md": article("B", "2026-11-11", "tags: [CRI-O]"),
        },
    )
    assert site.told == []
    assert words(site.page("/tags/").find(".//h1")) == "Topics"
    assert words(site.page("/tags/cri-o/").find(".//h1")) == "CRI-O!"
    assert not site.has("tags/cri-o/feed.xml")


def test_a_site_without_articles_says_so(tmp_path: Path) -> None:
    site = publish(tmp_path, {})
    assert "There is no article yet." in words(site.page("/").find(".//main"))
    assert "There is no article yet." in words(site.page("/archive/").find(".//main"))
    assert "There is no digest yet." in words(site.page("/digest/").find(".//main"))
    assert broken_links(site.output, URL) == []


# --- Digests

BORDERS = {
    "Europe/Berlin": {
        "2020-W53": ["2021-01-03T22:59:59Z", "2020-12-27T23:00:00Z"],
        "2021-W01": ["2021-01-03T23:00:00Z"],
        "2026-W53": ["2027-01-03T22:59:59Z", "2026-12-27T23:00:00Z", "2027-01-01"],
        "2027-W01": ["2027-01-03T23:00:00Z"],
        "2026-W13": ["2026-03-29T21:59:59Z", "2026-03-22T23:00:00Z", "2026-03-29 02:30"],
        "2026-W14": ["2026-03-29T22:00:00Z"],
        "2026-W43": ["2026-10-25T22:59:59Z", "2026-10-18T22:00:00Z", "2026-10-25 02:30"],
        "2026-W44": ["2026-10-25T23:00:00Z", "2026-11-01T22:59:59Z"],
    },
    "Pacific/Kiritimati": {
        "2026-W47": ["2026-11-22T09:59:59Z", "2026-11-15T10:00:00Z", "2026-11-22"],
        "2026-W48": ["2026-11-22T10:00:00Z", "2026-11-23"],
    },
    "Pacific/Chatham": {
        "2026-W25": ["2026-06-21T11:14:59Z"],
        "2026-W26": ["2026-06-21T11:15:00Z"],
        "2026-W47": ["2026-11-22T10:14:59Z"],
        "2026-W48": ["2026-11-22T10:15:00Z", "2026-11-23 00:00"],
    },
    "America/Los_Angeles": {
        "2026-W46": ["2026-11-16T07:59:59Z"],
        "2026-W47": ["2026-11-16T08:00:00Z"],
    },
}


@pytest.mark.parametrize("zone", BORDERS)
def test_weeks_begin_on_monday_at_midnight_where_the_site_is(tmp_path: Path, zone: str) -> None:
    files = {"site.yaml": f"title: X\nurl: {URL}\ntimezone: {zone}\n"}
    for week, moments in BORDERS[zone].items():
        for number, moment in enumerate(moments):
            files[f"content/articles/{week}-{number}.md"] = article(
                f"{week} {number}", f"'{moment}'"
            )
    site = publish(tmp_path, files, datetime(2027, 2, 1, tzinfo=UTC))
    digests = {path.name for path in (site.output / "digest").iterdir() if path.is_dir()}
    assert digests == set(BORDERS[zone])
    for week, moments in BORDERS[zone].items():
        expected = {f"{week} {number}" for number in range(len(moments))}
        assert set(listed(site.page(f"/digest/{week}/"))) == expected


def test_a_digest_has_the_editors_words_the_picks_first_and_then_the_groups(
    letter: Published,
) -> None:
    page = letter.page("/digest/2026-W46/")
    assert headings(page) == [
        "The week of the tick",
        "New",
        "The editor’s choice",
        "Third",
        "Plain",
        "Feeds",
        "The first part",
        "Developing",
        "Other",
        "Ticks: Span<T> & more",
        "Corrected",
        "This week for you",
    ]
    text = words(page.find(".//main"))
    for each in (
        "Tick, tock", "Dear reader, see the tick.", "9 Nov to 15 November 2026", "5 articles",
        "5 min read", "Sponsor Acme Clocks They tick.", "What changed It ticks[1].",
        "Why it matters It matters.", "What to do next Wait for the tock.", "1 min read",
    ):  # fmt: skip
        assert each in text, each
    assert "running" not in text
    assert "/articles/full/" in hrefs(page.xpath("//main//*[contains(text(),'Dear reader')]")[0])


def test_citations_in_a_digest_lead_to_the_articles_own_sources(letter: Published) -> None:
    links = hrefs(letter.page("/digest/2026-W46/").find(".//main"))
    assert "/articles/full/#source-rfc" in links
    assert "#source-rfc" not in links


def test_weeks_link_to_each_other_past_empty_ones(letter: Published) -> None:
    before, after = letter.page("/digest/2026-W46/"), letter.page("/digest/2026-W48/")
    assert not letter.has("digest/2026-W47/index.html")
    assert before.xpath("//main//a[@rel='next']/@href") == ["/digest/2026-W48/"]
    assert after.xpath("//main//a[@rel='prev']/@href") == ["/digest/2026-W46/"]
    assert before.xpath("//main//a[@rel='prev']/@href") == []
    assert after.xpath("//main//a[@rel='next']/@href") == []


def test_all_weeks_are_listed_newest_first(letter: Published) -> None:
    page = letter.page("/digest/")
    assert hrefs(page.find(".//main//ol")) == ["/digest/2026-W48/", "/digest/2026-W46/"]
    running, over = page.find(".//main//ol").iterfind("li")
    assert "1 article so far" in words(running)
    assert "Still running" in words(running)
    assert "5 articles" in words(over)
    assert "running" not in words(over)


@pytest.mark.parametrize(
    ("now", "running"),
    [
        (datetime(2026, 11, 29, 22, 59, 59, tzinfo=UTC), True),
        (datetime(2026, 11, 29, 23, 0, 0, tzinfo=UTC), False),
    ],
)
def test_a_week_runs_until_sunday_midnight_where_the_site_is(
    tmp_path: Path, now: datetime, running: bool
) -> None:
    site = tmp_path / "site"
    shutil.copytree(LETTER, site)
    text = words(rebuild(site, now).page("/digest/2026-W48/").find(".//main"))
    assert ("This week is still running." in text) == running


@pytest.mark.parametrize(
    ("group_by", "expected"),
    [
        ("weight", ["Heavy", "Newer", "Older", "Light"]),
        ("none", ["Heavy", "Newer", "Older", "Light"]),
        # Within a group too, the heavier stands higher.
        ("tags", ["Two", "Heavy", "Newer", "One", "Older", "Also this week", "Light"]),
        ("authors", ["Heavy", "Newer", "Older", "Light"]),
    ],
)
def test_articles_are_grouped_as_the_settings_say(
    tmp_path: Path, group_by: str, expected: list[str]
) -> None:
    site = publish(
        tmp_path,
        {
            "site.yaml": f"title: X\nurl: {URL}\ndigest: {{group_by: {group_by}}}\n",
            "content/articles/a.md": article("Heavy", "2026-11-16", "weight: 9", "tags: [Two]"),
            "content/articles/b.md": article("Older", "2026-11-17", "tags: [One, Two]"),
            "content/articles/c.md": article(
                "Newer", "2026-11-18", "weight: 0", "tags: [Two, One]"
            ),
            "content/articles/d.md": article("Light", "2026-11-19", "weight: -1"),
        },
    )
    assert headings(site.page("/digest/2026-W47/"))[1:] == ["New", *expected]


# --- Pages and addresses


def test_a_page_shows_its_text_and_stands_in_the_navigation(letter: Published) -> None:
    page = letter.page("/about/")
    assert headings(page) == ["About us", "Desk"]
    assert page.xpath("//meta[@name='description']/@content") == ["Who we are."]
    assert "/articles/plain/" in hrefs(page.find(".//main"))
    for path in ("/", "/tags/", "/digest/", "/articles/plain/"):
        assert "/about/" in hrefs(letter.page(path).find(".//nav"))


def test_former_addresses_lead_to_the_present_ones(letter: Published) -> None:
    for alias, address in (
        ("/old/full/", "/articles/full/"),
        ("/older.html", "/articles/full/"),
        ("/impressum/", "/about/"),
    ):
        page = letter.page(alias)
        refresh = page.xpath("//meta[@http-equiv='refresh']/@content")
        assert [each.replace(" ", "") for each in refresh] == [f"0;url={address}"]
        assert page.xpath("//link[@rel='canonical']/@href") == [URL.rstrip("/") + address]
        assert page.xpath("//meta[@name='robots']/@content") == ["noindex"]
        assert hrefs(page) == [address]
    assert letter.text("_redirects").split("\n") == [
        "/impressum/ /about/ 301",
        "/old/full/ /articles/full/ 301",
        "/older.html /articles/full/ 301",
        "",
    ]


def test_an_alias_that_is_the_address_itself_is_told_and_harmless(tmp_path: Path) -> None:
    aliases = "aliases: [/articles/a/, /articles/a, /b/, /b/index.html]"
    site = publish(
        tmp_path, {"content/articles/2026-11-20-a.md": article("A", "2026-11-20", aliases)}
    )
    assert [each.split(": ", 1)[1] for each in site.told] == [
        "warning: the alias '/articles/a/' is the address itself (delete it)",
        "warning: the alias '/articles/a' is the address itself (delete it)",
    ]
    assert headings(site.page("/articles/a/"))[0] == "A"
    assert site.text("_redirects") == "/b/ /articles/a/ 301\n"


def test_the_sitemap_names_every_page_for_readers_and_when_it_changed(letter: Published) -> None:
    tree = etree.fromstring(letter.bytes("sitemap.xml"))
    space = {"s": "http://www.sitemaps.org/schemas/sitemap/0.9"}
    addresses = tree.xpath("//s:loc/text()", namespaces=space)
    pages = {
        URL + path.relative_to(letter.output).as_posix().removesuffix("index.html")
        for path in letter.output.rglob("*.html")
    }
    hidden = {f"{URL}404.html", f"{URL}old/full/", f"{URL}older.html", f"{URL}impressum/"}
    assert set(addresses) == pages - hidden
    assert addresses == sorted(addresses)
    assert tree.xpath(
        f"//s:url[s:loc='{URL}articles/full/']/s:lastmod/text()", namespaces=space
    ) == ["2026-11-14T09:00:00+01:00"]


def test_a_template_can_list_the_headings_of_some_levels(tmp_path: Path) -> None:
    template = (
        "{% for each in page.body|headings(2, 4) %}<i>{{ each.text }}</i>{% endfor %}"
        "{% for each in page.body|headings %}<b>{{ each.text }}</b>{% endfor %}"
    )
    files = {
        "site.yaml": f"title: Tiny\nurl: {URL}\n",
        "content/articles/a.md": article("A", "2026-11-20", body="## B\n\n### C\n\n#### D\n"),
        "layouts/partials/article/contents.html": template,
    }
    page = publish(tmp_path, files).page("/articles/a/")
    assert page.xpath("//i/text()") == ["B", "D"]
    assert page.xpath("//b/text()") == ["B", "C", "D"]


def test_a_sitemap_that_is_too_long_becomes_an_index_of_several() -> None:
    config = settings("description: Tiny\n")
    nothing = Content()
    chosen = select(nothing, NOW)
    catalogue = Catalogue(
        config, Words(interface()), chosen, Addresses(nothing, chosen, config), (), {}
    )
    pages = [Page(f"{n}/index.html", "404.html", EmptyView(), "", f"/{n}/") for n in range(5)]
    made = list(sitemaps(catalogue, pages, limit=2))
    view = make_plan(nothing, config, Words(interface()), NOW).site
    renderer = Renderer(RenderSettings((str(default_layouts()),), ".", view, (interface(),)), {})
    found = {}
    for each in made:
        data = renderer.render(each)
        assert not isinstance(data, Diagnostic)
        found[each.path] = etree.fromstring(data)
    space = "{http://www.sitemaps.org/schemas/sitemap/0.9}"
    listed_there = {
        name: [loc.text for loc in tree.iter(f"{space}loc")] for name, tree in found.items()
    }
    assert listed_there == {
        "sitemap-1.xml": [f"{URL}0/", f"{URL}1/"],
        "sitemap-2.xml": [f"{URL}2/", f"{URL}3/"],
        "sitemap-3.xml": [f"{URL}4/"],
        "sitemap.xml": [f"{URL}sitemap-{n}.xml" for n in (1, 2, 3)],
    }
    assert found["sitemap.xml"].tag == f"{space}sitemapindex"
    assert found["sitemap-1.xml"].tag == f"{space}urlset"
    assert SITEMAP_LIMIT == 50_000


def test_robots_may_read_everything_and_find_the_sitemap(letter: Published) -> None:
    lines = letter.text("robots.txt").split("\n")
    assert "User-agent: *" in lines
    assert "Disallow:" in lines
    assert f"Sitemap: {URL}sitemap.xml" in lines


def test_a_missing_page_leads_on(letter: Published) -> None:
    page = letter.page("/404.html")
    assert "There is no page at this address" in words(page.find(".//h1"))
    assert "/archive/" in hrefs(page.find(".//main"))
    assert page.xpath("//meta[@name='robots']/@content") == ["noindex"]


def test_machines_that_read_markdown_find_every_article_as_such(letter: Published) -> None:
    text = letter.text("llms.txt")
    assert text.startswith("# The Letter & Co\n\n> Letters about <letters>\n")
    line = f"- [Ticks: Span<T> & more]({URL}articles/full/index.md): Generic types such as Span<T>"
    assert line in text
    assert text.count("/index.md)") == 6
    assert f"- [About us]({URL}about/)" in text


def test_an_article_as_markdown_has_all_that_the_page_has(letter: Published, full: Any) -> None:
    (address,) = full.xpath("//link[@type='text/markdown']/@href")
    assert address == "/articles/full/index.md"
    text = letter.text("articles/full/index.md")
    for each in (
        "\n# Ticks: Span<T> & more\n", f"\nurl: {URL}articles/full/\n", "[The Original](https://original.example/",
        "**What changed:** It ticks", "AI-generated analysis (Some model), not reviewed by a person.",
        "| Price | 1 \\| 2 | 3 |", "Probability 70", "5 March 2024: It stopped", "It said tock.",
        "1. [A standard](https://rfc.example/1), IETF, December 2005", "CC BY 4.0",
        "It ticks[@rfc], as", "> [!NOTE]",
    ):  # fmt: skip
        assert each in text, each


def test_every_feed_is_told_to_people_and_can_be_imported(letter: Published) -> None:
    page = letter.page("/feeds/")
    links = hrefs(page.find(".//main"))
    feeds = {
        "/" + path.relative_to(letter.output).as_posix() for path in letter.output.rglob("feed.*")
    }
    assert feeds <= set(links)
    assert "/feeds/feeds.opml" in links
    assert "Running" in words(page.find(".//main"))
    opml = etree.fromstring(letter.bytes("feeds/feeds.opml"))
    assert opml.get("version") == "2.0"
    listed_there = {each.get("xmlUrl") for each in opml.xpath("//outline[@type='rss']")}
    assert listed_there == {URL.rstrip("/") + each for each in feeds if each.endswith(".xml")}
    assert {each.get("htmlUrl") for each in opml.xpath("//outline[@type='rss']")} >= {
        URL, f"{URL}digest/", f"{URL}tags/feeds/",
    }  # fmt: skip
    assert all(each.get("text") for each in opml.iter("outline"))


def test_pages_tell_their_own_address_and_where_the_feeds_are(letter: Published) -> None:
    for path in (
        "/",
        "/page/2/",
        "/articles/full/",
        "/tags/feeds/",
        "/digest/2026-W46/",
        "/about/",
    ):
        page = letter.page(path)
        assert page.xpath("//link[@rel='canonical']/@href") == [URL.rstrip("/") + path]
        alternates = page.xpath("//link[@rel='alternate']/@href")
        assert {"/feed.xml", "/feed.atom", "/feed.json", "/digest/feed.xml"} <= set(alternates)


def test_no_page_asks_another_host_for_anything(letter: Published) -> None:
    for path in letter.output.rglob("*.html"):
        page = parse(path.read_bytes())
        for each in page.xpath("//script/@src | //img/@src | //link[@rel='stylesheet']/@href"):
            assert each.startswith("/"), (path, each)
        assert not page.xpath("//*[@style] | //style | //script[not(@src) and not(@type)]")


# --- The whole


@pytest.mark.parametrize("name", ["letter", "open_page"])
def test_every_link_within_a_site_leads_somewhere(name: str, request: Any) -> None:
    site: Published = request.getfixturevalue(name)
    url = URL if name == "letter" else "https://openpage.example/"
    assert broken_links(site.output, url) == []


@pytest.mark.parametrize("name", ["letter", "open_page"])
def test_no_id_stands_twice_on_a_page(name: str, request: Any) -> None:
    site: Published = request.getfixturevalue(name)
    assert repeated_ids(site.output) == []


def test_a_site_in_a_folder_has_all_its_links_there(tmp_path: Path) -> None:
    site = tmp_path / "site"
    shutil.copytree(LETTER, site)
    settings_file = site / "site.yaml"
    text = settings_file.read_text().replace(
        "url: https://letter.example/", "url: https://x.org/blog/"
    )
    settings_file.write_text(text)
    built = rebuild(site)
    assert broken_links(built.output, "https://x.org/blog/") == []
    for path in built.output.rglob("*.html"):
        page = parse(path.read_bytes())
        for link in (*hrefs(page), *page.xpath("//img/@src | //link/@href | //script/@src")):
            assert link.startswith(("/blog/", "#", "http", "mailto:")), (path, link)
    assert "/blog/old/full/ /blog/articles/full/ 301" in built.text("_redirects")
    assert "Sitemap: https://x.org/blog/sitemap.xml" in built.text("robots.txt")
    assert "https://x.org/blog/articles/full/index.md" in built.text("llms.txt")


def test_the_newsletter_of_this_repository_builds_without_a_word(open_page: Published) -> None:
    assert open_page.told == []
    assert open_page.report.articles >= 24
    assert open_page.report.weeks >= 8
    assert [each.reason for each in open_page.report.held] == ["draft"]


def test_every_page_has_one_title_and_no_heading_skips_a_level(open_page: Published) -> None:
    for path in open_page.output.rglob("*.html"):
        page = parse(path.read_bytes())
        levels = [int(each.tag[1]) for each in page.iter("h1", "h2", "h3", "h4", "h5", "h6")]
        if page.xpath("//meta[@http-equiv='refresh']"):
            continue
        assert levels.count(1) == 1, path
        assert levels[0] == 1, path
        steps = itertools.pairwise(levels)
        assert all(after - before <= 1 for before, after in steps), (path, levels)
