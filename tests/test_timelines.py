"""Timelines: the dated events of all articles in order, each told once, with everybody who tells it."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from generator.plan.sameness import Telling, same_events
from tests.published import Published, article, hrefs, publish, words


def told(page: Any) -> list[tuple[str, str]]:
    """The events of a page: the date as it is shown, and the rest of what stands there."""
    return [
        (words(item.find("time")), " | ".join(words(each) for each in item.findall("div")))
        for item in page.iterfind(".//ol[@class='timeline']/li")
    ]


def letter(tmp_path: Path, *articles: str, site: str = "") -> Published:
    files = {f"content/articles/2026-11-{20 + n}-a{n}.md": text for n, text in enumerate(articles)}
    head = "title: Letter\nurl: https://letter.example/\n"
    return publish(tmp_path, {"site.yaml": head + site, **files})


def events(*listed: str) -> str:
    return "timeline: [" + ", ".join(listed) + "]"


def test_events_of_all_articles_stand_in_order_and_what_is_known_of_a_date_is_all_that_is_said(
    tmp_path: Path,
) -> None:
    site = letter(
        tmp_path,
        article(
            "One",
            "2026-11-20",
            events(
                "{date: 2024-03, event: The draft}",
                "{date: 2024, event: A year of work}",
                "{date: 2024-03-05, event: The vote}",
            ),
        ),
        article("Two", "2026-11-21", events("{date: 2023-12-31, event: The eve}")),
    )
    page = site.page("/timeline/")
    assert told(page) == [
        ("31 December 2023", "The eve In Two"),
        ("No month given", "A year of work In One"),
        ("March 2024", "The draft In One"),
        ("5 March 2024", "The vote In One"),
    ]
    assert [words(each) for each in page.iterfind(".//h2")] == ["2023", "2024"]
    assert "/timeline/" in hrefs(site.page("/").find(".//footer"))


def test_there_is_no_timeline_where_nothing_is_dated(tmp_path: Path) -> None:
    site = letter(tmp_path, article("One", "2026-11-20"))
    assert not site.has("timeline/index.html")
    assert "/timeline/" not in hrefs(site.page("/"))


SOURCE = "sources: [{id: s, title: The minutes, url: 'https://w.example/m#a'}]"
SAME: list[tuple[str, str, str, str]] = [
    ("the same words", "{date: 2024-03-05, event: The council votes for feeds}",
     "{date: 2024-03-05, event: the council votes for feeds.}",
     "The council votes for feeds In One, Two"),
    ("nearly the same words",
     "{date: 2024-03-05, event: The council votes for feeds in Berlin}",
     "{date: 2024-03-05, event: In Berlin the council voted for feeds}",
     "The council votes for feeds in Berlin In One, Two"),
    ("a word more",
     "{date: 2024-03-05, event: The council votes for feeds in Berlin}",
     "{date: 2024-03-05, event: The council votes for feeds in Berlin unanimously}",
     ("The council votes for feeds in Berlin In One | "
      "The council votes for feeds in Berlin unanimously In Two")),
    ("the same source", "{date: 2024-03-05, event: Yes, source: s}",
     "{date: 2024-03-05, event: Agreement at last, source: s}",
     "Yes In One; source: The minutes | Agreement at last In Two; source: The minutes"),
]  # fmt: skip


@pytest.mark.parametrize(
    ("first", "second", "shown"), [row[1:] for row in SAME], ids=[row[0] for row in SAME]
)
def test_an_event_that_two_articles_tell_stands_once_with_both(
    first: str, second: str, shown: str, tmp_path: Path
) -> None:
    site = letter(
        tmp_path,
        article("One", "2026-11-20", events(first), SOURCE),
        article("Two", "2026-11-21", events(second), SOURCE),
    )
    assert told(site.page("/timeline/")) == [("5 March 2024", shown)]


OTHERS = [
    ("another day", "{date: 2024-03-05, event: The vote}", "{date: 2024-03-06, event: The vote}"),
    ("less of the date", "{date: 2024-03-05, event: The vote}", "{date: 2024-03, event: The vote}"),
    ("another number", "{date: 2024-03-05, event: Firefox 123 is released for all systems}",
     "{date: 2024-03-05, event: Firefox 124 is released for all systems}"),
    ("the contrary", "{date: 2024-03-05, event: The court did approve the merger}",
     "{date: 2024-03-05, event: The court did not approve the merger}"),
    ("a contraction", "{date: 2024-03-05, event: The court approves the old merger}",
     "{date: 2024-03-05, event: The court doesn't approve the old merger}"),
    ("a small word", "{date: 2024-03-05, event: The vote is on}",
     "{date: 2024-03-05, event: The vote is off}"),
    ("the other way round", "{date: 2024-03-05, event: Alpha acquires Beta}",
     "{date: 2024-03-05, event: Beta acquires Alpha}"),
    ("words that begin alike", "{date: 2024-03-05, event: Transport minister resigns}",
     "{date: 2024-03-05, event: Transparency minister resigns}"),
    ("names that begin alike", "{date: 2024-03-05, event: Internet conference opens today}",
     "{date: 2024-03-05, event: International conference opens today}"),
    ("a number at a name", "{date: 2024-03-05, event: Windows10 support ends}",
     "{date: 2024-03-05, event: Windows11 support ends}"),
    ("a long number", "{date: 2024-03-05, event: Ticket 12345678 closed}",
     "{date: 2024-03-05, event: Ticket 12345679 closed}"),
    ("a letter", "{date: 2024-03-05, event: Phase A begins}",
     "{date: 2024-03-05, event: Phase B begins}"),
    ("a sign", "{date: 2024-03-05, event: C++ standard approved}",
     "{date: 2024-03-05, event: 'C# standard approved'}"),
    ("a sign that denies", "{date: 2024-03-05, event: 委员会通过了新的提案}",
     "{date: 2024-03-05, event: 委员会不通过新的提案}"),
    ("other words", "{date: 2024-03-05, event: The council votes}",
     "{date: 2024-03-05, event: A browser drops feeds}"),
]  # fmt: skip


@pytest.mark.parametrize(
    ("first", "second"), [row[1:] for row in OTHERS], ids=[row[0] for row in OTHERS]
)
@pytest.mark.parametrize("articles", [1, 2])
def test_different_events_stay_two(articles: int, first: str, second: str, tmp_path: Path) -> None:
    told_by = ([(first, second)], [(first,), (second,)])[articles - 1]
    site = letter(
        tmp_path,
        *(
            article(f"Number {number}", f"2026-11-2{number}", events(*each))
            for number, each in enumerate(told_by)
        ),
    )
    assert len(told(site.page("/timeline/"))) == 2


def test_an_article_that_tells_an_event_twice_in_the_same_words_tells_one(tmp_path: Path) -> None:
    site = letter(
        tmp_path,
        article(
            "One",
            "2026-11-20",
            events("{date: 2024, event: The vote}", "{date: 2024, event: the vote.}"),
        ),
    )
    assert told(site.page("/timeline/")) == [("No month given", "The vote In One")]


def test_a_term_shows_the_events_of_its_articles(tmp_path: Path) -> None:
    site = letter(
        tmp_path,
        article("One", "2026-11-20", "tags: [feeds]", events("{date: 2024, event: A}")),
        article("Two", "2026-11-21", "tags: [mail]", events("{date: 2025, event: B}")),
    )
    assert told(site.page("/tags/feeds/")) == [("No month given", "A In One")]


def test_of_many_events_a_term_shows_the_latest_and_leads_to_all(tmp_path: Path) -> None:
    many = [
        f"{{date: 2024-{1 + n // 28:02}-{1 + n % 28:02}, event: Number {n}}}" for n in range(40)
    ]
    site = letter(tmp_path, article("One", "2026-11-20", "tags: [feeds]", events(*many)))
    page = site.page("/tags/feeds/")
    shown = [text for _, text in told(page)]
    assert (len(shown), shown[0], shown[-1]) == (30, "Number 10 In One", "Number 39 In One")
    assert "/tags/feeds/timeline/" in hrefs(page)
    assert len(told(site.page("/tags/feeds/timeline/"))) == 40


def test_of_very_many_events_each_year_has_a_page(tmp_path: Path) -> None:
    articles = []
    for year in (2023, 2024):
        many = (f"{{date: {year}-{1 + n // 28:02}-{1 + n % 28:02}, event: E{year}n{n}}}"
                for n in range(160))  # fmt: skip
        articles.append(article(f"Of {year}", f"2026-11-2{year - 2023}", events(*many)))
    site = letter(tmp_path, *articles)
    assert told(site.page("/timeline/")) == []
    years = ["/timeline/2023/", "/timeline/2024/"]
    assert [
        each for each in hrefs(site.page("/timeline/").find(".//main")) if "20" in each
    ] == years
    assert [len(told(site.page(year))) for year in years] == [160, 160]


def test_nothing_of_a_draft_is_on_a_timeline(tmp_path: Path) -> None:
    site = letter(
        tmp_path,
        article("One", "2026-11-20", events("{date: 2024, event: Said}")),
        article("Two", "2026-11-21", "draft: true", events("{date: 2024, event: Unsaid}")),
    )
    assert told(site.page("/timeline/")) == [("No month given", "Said In One")]


_TEXTS = st.lists(
    st.sampled_from(["council", "votes", "feeds", "browser", "drops", "Berlin", "123", "124", "東京の会議"]),
    min_size=1, max_size=6,
).map(" ".join)  # fmt: skip
_TELLINGS = st.lists(
    st.builds(
        Telling,
        st.sampled_from(["a.md", "b.md", "c.md"]),
        _TEXTS,
        st.sampled_from([(), ("w.example/1",), ("w.example/2",)]),
    ),
    max_size=15,
)


@given(_TELLINGS)
def test_every_telling_belongs_to_one_event(tellings: list[Telling]) -> None:
    found = [number for event in same_events(tellings) for group in event for number in group]
    assert sorted(found) == list(range(len(tellings)))


@given(_TELLINGS)
def test_tellings_of_other_words_by_one_article_are_never_one_event(
    tellings: list[Telling],
) -> None:
    for event in same_events(tellings):
        for group in event:
            texts: dict[str, set[str]] = {}
            for number in group:
                words = frozenset(tellings[number].text.split())
                texts.setdefault(tellings[number].article, set()).add(" ".join(sorted(words)))
            assert all(len(each) == 1 for each in texts.values())
