"""Digests with a memory: what is new, developing, corrected, resolved and due, each told once."""

from __future__ import annotations

import shutil
from collections import Counter
from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from generator.dates import PartialDate
from generator.model import Article, Correction, Implication, Inline
from generator.plan.library import Content
from generator.plan.plan import make_plan
from generator.views import DigestView, Page, RedirectView
from generator.words import Words
from tests.feed_rules import problems
from tests.links import broken_links, repeated_ids
from tests.published import Published, article, hrefs, publish, rebuild, words
from tests.sites import interface
from tests.sites import settings as site

URL = "https://lamps.example/"
NOW = datetime(2026, 11, 25, 12, tzinfo=UTC)
SITE = f"""\
title: Lamps
url: {URL}
timezone: Europe/Berlin
taxonomies: [topics, audiences]
stories: {{wick: The wick trial, tax: The oil tax}}
"""
FILES: dict[str, str] = {
    "content/articles/verdict-near.md": article(
        "The trial begins", "2026-11-03", "story: wick", "topics: [Courts]",
        "tldr: {changed: It begins., audience: [Makers]}",
        "implications: [{claim: A verdict comes in November., by: 2026-11-18, outcome: true,"
        " resolved: 2026-11-19}, {claim: The judge leaves., by: 2026-11-20},"
        " {claim: It is televised., by: 2026-11-17, outcome: withdrawn, resolved: 2026-11-05}]",
    ),
    "content/articles/oil.md": article(
        "Oil is dearer", "2026-11-10", "story: tax", "topics: [Money]",
        "corrections: [{date: 2026-11-17, text: It is *cheaper*.}]",
        "tldr: {audience: [Sellers]}",
    ),
    "content/articles/witness.md": article(
        "A witness speaks", "2026-11-11", "story: wick", "topics: [Courts]",
        "tldr: {audience: [Makers, Sellers]}",
    ),
    "content/articles/heavy.md": article("Heavy", "2026-11-16", "weight: 2", "topics: [Money]"),
    "content/articles/plain.md": article("Plain", "2026-11-19", "topics: [Money]"),
    "content/articles/cited.md": article(
        "Cited", "2026-11-17", "topics: [Money]", "tldr: {changed: All.}",
        "sources: [{id: a, title: A}, {id: b, title: B}]", "timeline: [{date: 2026, event: E}]",
    ),
    "content/articles/picked.md": article("Picked", "2026-11-16", "topics: [Money]"),
    "content/articles/verdict.md": article(
        "The verdict", "2026-11-18", "story: wick", "topics: [Courts]",
        "tldr: {audience: [Makers]}",
    ),
    "content/articles/appeal.md": article(
        "The appeal", "2026-11-20", "story: wick", "topics: [Courts]"
    ),
    "content/articles/tax-again.md": article("The tax again", "2026-11-24", "story: tax"),
    "content/articles/next-year.md": article("Next year", "2027-01-01", "story: tax"),
    "content/articles/draft.md": article("A draft", "2026-11-18", "draft: true", "story: tax"),
    "content/digests/2026-W47.md": "---\npicks: [appeal, picked]\n---\nThe week of the verdict.\n",
}  # fmt: skip
SCORE = "Score 5: TL;DR, 2 sources, timeline"


@pytest.fixture(scope="module")
def lamps(tmp_path_factory: pytest.TempPathFactory) -> Published:
    return publish(tmp_path_factory.mktemp("lamps"), {"site.yaml": SITE, **FILES}, NOW)


def told(page: Any) -> dict[str, list[str]]:
    """What each section of a digest says: titles, or whole items where it lists no articles."""
    found = {}
    for section in page.xpath("//main//section[contains(@class,'group')]"):
        cards = section.xpath(".//*[contains(@class,'headline')]")
        claims = section.xpath(".//*[@class='claim']")
        found[words(section.find("h2"))] = [
            words(each) for each in (cards or claims or section.iter("li"))
        ]
    return found


WEEKS = [
    ("2026-W45", {"New": ["The trial begins"], "Resolved": ["It is televised."]}),
    ("2026-W46", {"New": ["Oil is dearer"], "Developing": ["A witness speaks"]}),
    (
        "2026-W47",
        {
            # By weight, then the pick, then by score; the rest newest first.
            "New": ["Heavy", "Picked", "Cited", "Plain"],
            "Developing": ["The appeal", "The verdict"],
            "Corrected": ["17 November 2026 Oil is dearer: It is cheaper."],
            "Resolved": ["A verdict comes in November."],
            # What was withdrawn before its day does not fall due.
            "Due this week": ["The judge leaves."],
        },
    ),
    ("2026-W48", {"Developing": ["The tax again"]}),
]


@pytest.mark.parametrize(("week", "sections"), WEEKS, ids=[week for week, _ in WEEKS])
def test_a_digest_tells_what_is_new_and_what_became_of_the_rest(
    lamps: Published, week: str, sections: dict[str, list[str]]
) -> None:
    page = lamps.page(f"/digest/{week}/")
    assert told(page) == sections
    assert list(told(page)) == list(sections)


def test_the_weeks_are_all_that_have_anything(lamps: Published) -> None:
    links = hrefs(lamps.page("/digest/").find(".//main//ol"))
    assert links == [f"/digest/{week}/" for week, _ in reversed(WEEKS)]


SINCE = [
    ("2026-W46", "A witness speaks", "last week: The trial begins",
     ["/digest/2026-W45/", "/articles/verdict-near/"]),
    ("2026-W47", "The verdict", "last week: A witness speaks",
     ["/digest/2026-W46/", "/articles/witness/"]),
    ("2026-W47", "The appeal", "earlier this week: The verdict", ["/articles/verdict/"]),
    ("2026-W48", "The tax again", "in week 46: Oil is dearer",
     ["/digest/2026-W46/", "/articles/oil/"]),
]  # fmt: skip


@pytest.mark.parametrize(("week", "title", "since", "links"), SINCE)
def test_a_developing_story_says_where_it_was_told_before(
    lamps: Published, week: str, title: str, since: str, links: list[str]
) -> None:
    cards = lamps.page(f"/digest/{week}/").xpath("//article[contains(@class,'card')]")
    card = next(each for each in cards if words(each.find_class("headline")[0]) == title)
    (line,) = card.find_class("since")
    assert words(line) == since
    assert hrefs(line) == links


def test_a_part_of_another_year_says_so(tmp_path: Path) -> None:
    files = {
        "content/articles/a.md": article("A", "2025-12-29", "story: wick"),
        "content/articles/b.md": article("B", "2026-01-08", "story: wick"),
        "content/articles/c.md": article("C", "2026-02-02", "story: wick"),
        "content/articles/d.md": article("D", "2027-01-05", "story: wick"),
    }
    published = publish(tmp_path, {"site.yaml": SITE, **files}, datetime(2027, 2, 1, tzinfo=UTC))
    # 2026 begins with the week of 29 December 2025.
    for week, since in (
        ("2026-W02", "last week: A"),
        ("2026-W06", "in week 2: B"),
        ("2027-W01", "in week 6 of 2026: C"),
    ):
        assert words(published.page(f"/digest/{week}/").find_class("since")[0]) == since


def test_an_editor_can_read_why_an_article_stands_where_it_does(lamps: Published) -> None:
    """Once, folded at the digest's end: readers of the cards are not told of scores."""
    page = lamps.page("/digest/2026-W47/")
    [order] = page.xpath("//main//details[@class='order']")
    assert words(order.find("summary")) == "Why this order"
    assert [words(each) for each in order.iter("li")] == [f"Cited {SCORE}"]
    order.drop_tree()
    assert "Score" not in words(page.find(".//main"))
    assert "Score" not in words(lamps.page("/").find(".//main"))


def test_a_digest_without_articles_tells_its_news(tmp_path: Path) -> None:
    files = {
        "content/articles/a.md": article(
            "A", "2026-11-03", "corrections: [{date: 2026-11-10, text: B.}]",
            "implications: [{claim: C., by: 2026-11-27}]",
        )
    }  # fmt: skip
    published = publish(tmp_path, {"site.yaml": SITE, **files}, NOW)
    assert told(published.page("/digest/2026-W46/")) == {"Corrected": ["10 November 2026 A: B."]}
    assert told(published.page("/digest/2026-W48/")) == {"Due this week": ["C."]}
    assert not published.has("digest/2026-W47/index.html")
    assert "News of earlier articles" in words(published.page("/digest/2026-W46/"))
    assert "0 article" not in words(published.page("/digest/").find(".//main"))
    for end in ("xml", "atom", "json"):
        assert problems(f"feed.{end}", published.bytes(f"digest/feed.{end}")) == []


FRONT = "implications: [{{claim: C., by: {by}{more}}}]"
DAYS = [
    ("due before the week", "2026-11-22", "", "2026-11-15T12:00:00Z", "2026-W47", None),
    ("due from its Monday", "2026-11-22", "", "2026-11-16T12:00:00Z", "2026-W47", "Due this week"),
    ("on its last day alone", "2026-11", "", "2026-12-02T12:00:00Z", "2026-W49", "Due this week"),
    ("resolved before it was", "2026-11-30", ", outcome: true, resolved: 2026-11-18",
     "2026-11-17T12:00:00Z", "2026-W47", None),
    ("resolved on the day", "2026-11-30", ", outcome: true, resolved: 2026-11-18",
     "2026-11-17T23:00:00Z", "2026-W47", "Resolved"),
    ("resolved before the article", "2026-11-30", ", outcome: true, resolved: 2026-10-01",
     "2026-11-28T23:00:00Z", "2026-W45", None),
    ("resolved in its month", "2026-11-30", ", outcome: true, resolved: 2026-11",
     "2026-11-28T23:00:00Z", "2026-W45", "Resolved"),
    ("due, though resolved before", "2026-11-30", ", outcome: true, resolved: 2026-11-18",
     "2026-12-01T23:00:00Z", "2026-W49", "Due this week"),
    ("due before the article", "2026-11-01", "", "2026-12-01T23:00:00Z", "2026-W44", None),
]  # fmt: skip


@pytest.mark.parametrize(
    ("by", "more", "now", "week", "section"),
    [row[1:] for row in DAYS],
    ids=[row[0] for row in DAYS],
)
def test_a_prediction_is_told_in_the_weeks_in_which_it_falls_due_and_is_resolved(
    tmp_path: Path, by: str, more: str, now: str, week: str, section: str | None
) -> None:
    files = {"content/articles/a.md": article("A", "2026-11-05", FRONT.format(by=by, more=more))}
    published = publish(tmp_path, {"site.yaml": SITE, **files}, datetime.fromisoformat(now))
    path = f"digest/{week}/index.html"
    sections = told(published.page(path)) if published.has(path) else {}
    assert [name for name in sections if name != "New"] == ([section] if section else [])


# --- Thin weeks

THIN = {
    "content/articles/a.md": article("A", "2026-11-04"),
    "content/articles/b.md": article("B", "2026-11-05"),
    "content/articles/c.md": article("C", "2026-11-17", "story: wick"),
    "content/articles/d.md": article("D", "2026-11-24", "story: wick"),
    "content/digests/2026-W47.md": "---\ntitle: Forty-seven\n---\nWords.\n",
    "content/digests/2026-W48.md": "---\ntitle: Forty-eight\n---\nWords.\n",
}
MINIMUM = SITE + "digest: {minimum: 2}\n"


@pytest.fixture(scope="module")
def thin(tmp_path_factory: pytest.TempPathFactory) -> Published:
    return publish(tmp_path_factory.mktemp("thin"), {"site.yaml": MINIMUM, **THIN}, NOW)


def test_a_thin_week_is_told_in_the_next_digest_which_says_its_days(thin: Published) -> None:
    page = thin.page("/digest/2026-W48/")
    text = words(page.find(".//main"))
    assert "This digest covers 2 weeks, 16–29 Nov." in text
    assert "16 Nov to 29 November 2026" in text
    assert told(page) == {"New": ["C"], "Developing": ["D"]}
    assert words(page.find_class("since")[0]) == "earlier in these weeks: C"
    assert hrefs(thin.page("/digest/").find(".//main//ol")) == [
        "/digest/2026-W48/", "/digest/2026-W45/",
    ]  # fmt: skip
    assert "/digest/2026-W48/" in hrefs(thin.page("/articles/c/").find(".//main"))


def test_the_address_of_a_merged_week_leads_to_the_digest_that_has_it(thin: Published) -> None:
    assert hrefs(thin.page("/digest/2026-W47/")) == ["/digest/2026-W48/"]
    assert "/digest/2026-W47/ /digest/2026-W48/" in " ".join(thin.text("_redirects").split())
    assert "2026-W47" not in thin.text("sitemap.xml")
    assert broken_links(thin.output, URL) == []


def test_words_for_a_merged_week_are_told_of(thin: Published) -> None:
    assert words(thin.page("/digest/2026-W48/").find(".//h1")) == "Forty-eight"
    (line,) = (each for each in thin.told if "2026-W47" in each)
    assert line == (
        "content/digests/2026-W47.md: warning: 2026-W47 has too few articles for a digest:"
        " they are in that of 2026-W48 (name the file 2026-W48.md, or lower `digest.minimum`"
        " in site.yaml)"
    )


def test_a_digest_with_too_few_articles_stays_open_until_it_has_them(tmp_path: Path) -> None:
    root = tmp_path / "site"
    publish(root, {"site.yaml": MINIMUM, **THIN}, datetime(2026, 11, 18, tzinfo=UTC))

    def at(day: int) -> Published:
        return rebuild(root, datetime(2026, 11, day, 12, tzinfo=UTC))

    before = at(23)
    text = words(before.page("/digest/2026-W47/").find(".//main"))
    assert "This digest is still open. Articles are added here until there are 2" in text
    links = [each.link for each in before.feed("digest/feed.atom").entries]
    assert links == [f"{URL}digest/2026-W45/"]
    running = at(24)
    assert "This week is still running." in words(running.page("/digest/2026-W48/").find(".//main"))
    after = rebuild(root, datetime(2026, 11, 30, 12, tzinfo=UTC))
    newest = after.feed("digest/feed.atom").entries[0]
    assert newest.link == f"{URL}digest/2026-W48/"
    assert newest.id == "tag:lamps.example,2000:digest/2026-W48"


# --- Editions by audience


def test_an_audience_has_a_digest_of_each_week_in_which_it_has_articles(lamps: Published) -> None:
    makers = "/audiences/makers/digest/"
    assert makers in hrefs(lamps.page("/audiences/makers/").find(".//main"))
    assert hrefs(lamps.page(makers).find(".//main//ol")) == [
        f"{makers}{week}/" for week in ("2026-W47", "2026-W46", "2026-W45")
    ]
    assert told(lamps.page(f"{makers}2026-W46/")) == {"Developing": ["A witness speaks"]}
    page = lamps.page(f"{makers}2026-W47/")
    assert told(page) == {
        "Developing": ["The verdict"],
        "Resolved": ["A verdict comes in November."],
        "Due": ["The judge leaves."],
    }
    # A reader of an edition stays in it.
    assert hrefs(page.find_class("since")[0]) == [f"{makers}2026-W46/", "/articles/witness/"]
    assert "/digest/2026-W47/" in hrefs(page.find(".//main"))
    assert "The week of the verdict" not in words(page)
    assert broken_links(lamps.output, URL) == []
    assert repeated_ids(lamps.output) == []


def test_news_for_an_audience_waits_for_its_next_edition(tmp_path: Path) -> None:
    files = dict(FILES)
    files["content/articles/last.md"] = article("Last", "2026-11-25", "tldr: {audience: [Sellers]}")
    published = publish(tmp_path, {"site.yaml": SITE, **files}, NOW)
    assert not published.has("audiences/sellers/digest/2026-W47/index.html")
    assert told(published.page("/audiences/sellers/digest/2026-W48/")) == {
        "New": ["Last"],
        "Corrected": ["17 November 2026 Oil is dearer: It is cheaper."],
    }


def test_an_audience_can_follow_its_digests(lamps: Published) -> None:
    path = "audiences/makers/digest/"
    entries = lamps.feed(f"{path}feed.atom").entries
    assert [each.link for each in entries] == [
        f"{URL}{path}{week}/" for week in ("2026-W47", "2026-W46", "2026-W45")
    ]
    assert entries[0].id == "tag:lamps.example,2000:audiences/makers/digest/2026-W47"
    for end in ("xml", "atom", "json"):
        assert problems(f"feed.{end}", lamps.bytes(f"{path}feed.{end}")) == []
    assert f"/{path}feed.xml" in hrefs(lamps.page("/feeds/"))
    assert f"{URL}{path}feed.xml" in lamps.text("feeds/feeds.opml")


def test_a_whole_digest_names_its_editions(lamps: Published) -> None:
    (nav,) = lamps.page("/digest/2026-W46/").find_class("editions")
    assert [words(each) for each in nav.iter("li")] == ["Makers 1 article", "Sellers 2 articles"]


# --- Laws

DAY = date(2026, 9, 1)
days = st.integers(0, 90).map(lambda number: DAY + timedelta(days=number))
partial = st.one_of(
    days.map(lambda day: PartialDate(day.year, day.month, day.day)),
    days.map(lambda day: PartialDate(day.year, day.month)),
)


@st.composite
def articles(draw: st.DrawFn) -> tuple[Article, ...]:
    return tuple(
        Article(
            source=f"articles/{number}.md",
            id=f"tag:lamps.example,2026:{number}",
            slug=str(number),
            title=_line(f"Title {number}"),
            date=datetime.combine(draw(days), datetime.min.time(), UTC),
            weight=draw(st.sampled_from((0, 0, 1))),
            draft=draw(st.sampled_from((False, False, False, True))),
            story=draw(st.sampled_from(("", "wick", "tax"))),
            terms={"audiences": tuple(draw(st.sets(st.sampled_from(("Makers", "Sellers")))))},
            corrections=tuple(
                Correction(each, _line("It was so."))
                for each in draw(st.lists(partial, max_size=1))
            ),
            implications=tuple(
                Implication(
                    _line("It will be so."),
                    by=each,
                    outcome="came true" if resolved else None,
                    resolved=resolved,
                )
                for each, resolved in draw(
                    st.lists(st.tuples(partial, st.none() | partial), max_size=1)
                )
            ),
        )
        for number in range(draw(st.integers(0, 9)))
    )


def _line(text: str) -> Inline:
    return Inline(text, text)


def _digests(pages: tuple[Page, ...], path: str = "digest/") -> Iterator[DigestView]:
    for page in pages:
        if page.path.startswith(path) and isinstance(page.view, DigestView):
            yield page.view


@settings(max_examples=150, deadline=None, derandomize=True, database=None)
@given(articles(), days, st.integers(0, 5))
def test_every_article_stands_in_one_digest_once(
    written: tuple[Article, ...], day: date, minimum: int
) -> None:
    config = site(
        f"taxonomies: [audiences]\nstories: {{wick: W, tax: T}}\ndigest: {{minimum: {minimum}}}\n"
    )
    now = datetime.combine(day, datetime.min.time(), UTC) + timedelta(hours=9)
    plan = make_plan(Content(articles=written), config, Words(interface()), now)
    digests = list(_digests(plan.pages))
    published = plan.selection.articles
    # Once, as new or as developing; and nothing that is not published.
    shown = Counter(card.url for digest in digests for card in digest.cards)
    assert shown == Counter(f"/articles/{each.slug}/" for each in published)
    # A story is news once.
    first = {each.story: each for each in published if each.story}
    for digest in digests:
        for each in digest.developing:
            assert each.card.url not in {f"/articles/{a.slug}/" for a in first.values()}
    developing = sum(len(digest.developing) for digest in digests)
    assert developing == sum(1 for each in published if each.story) - len(first)
    # The days that digests cover do not overlap, are whole weeks, and are not to come.
    spans = sorted((digest.begins, digest.ends) for digest in digests)
    for (_, ends), (begins, _) in pairwise(spans):
        assert ends < begins
    for digest in digests:
        assert (digest.begins.weekday(), digest.ends.weekday()) == (0, 6)
        assert digest.begins <= day
    # Only the newest can have too few articles.
    assert all(digest.count >= minimum for digest in digests[1:])
    # Every correction that is known, and was made after its article, is told once.
    for each in published:
        zone_day = each.date.date()
        made = [c for c in each.corrections if c.date.first_day() <= day]
        expected = sum(1 for c in made if c.date.last_day() >= zone_day)
        told_of = [
            line
            for digest in digests
            for line in digest.corrected
            if line.article.url == f"/articles/{each.slug}/"
        ]
        assert len(told_of) == expected
    # An edition has its audience's articles, each once.
    for name in ("makers", "sellers"):
        editions = list(_digests(plan.pages, f"audiences/{name}/digest/"))
        cards = Counter(card.url for edition in editions for card in edition.cards)
        own = [a for a in published if name.capitalize() in a.terms["audiences"]]
        assert cards == Counter(f"/articles/{each.slug}/" for each in own)
        assert all(edition.count for edition in editions)
    # Every week that had a digest at an earlier moment still has an address.
    before = make_plan(
        Content(articles=written), config, Words(interface()), now - timedelta(days=14)
    )
    paths = {page.path for page in plan.pages if isinstance(page.view, DigestView | RedirectView)}
    gone = {a.source for a in before.selection.articles} - {a.source for a in published}
    assert not gone
    assert {page.path for page in before.pages if isinstance(page.view, DigestView)} <= paths


def test_nothing_goes_stale_when_time_passes(tmp_path: Path) -> None:
    """A build at every other day of three weeks leaves what a clean one makes."""
    root = tmp_path / "site"
    publish(root, {"site.yaml": MINIMUM, **FILES}, datetime(2026, 11, 9, 12, tzinfo=UTC))
    for day in range(11, 31, 2):
        now = datetime(2026, 11, day, 12, tzinfo=UTC)
        clean = tmp_path / f"clean-{day}"
        shutil.copytree(root, clean, ignore=shutil.ignore_patterns("output", ".broadsheet"))
        assert rebuild(root, now).files() == rebuild(clean, now).files()
