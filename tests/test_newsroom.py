"""What a newsletter knows across its articles: a small one, and in full what its readers must see.

The newsletter is `tests/sites/newsroom`: twelve articles, a draft, one of tomorrow and one that has
expired. All that is expected here was written from the rules, before it was built.
"""

from __future__ import annotations

import shutil
from collections.abc import Iterable
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from tests.published import Published, hrefs, rebuild, words

SITE = Path(__file__).parent / "sites" / "newsroom"
# A Wednesday of week 48.
NOW = datetime(2026, 11, 25, 12, tzinfo=UTC)


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Published:
    root = tmp_path_factory.mktemp("newsroom") / "site"
    shutil.copytree(SITE, root)
    built = rebuild(root, NOW)
    assert built.report.output is not None, built.told
    return built


def sections(page: Any) -> Iterable[tuple[str, Any]]:
    """The sections of a page with a heading of the second level, each with that heading."""
    for section in page.iterfind(".//section"):
        heading = section.find("h2")
        if heading is not None:
            yield words(heading), section


def predictions(section: Any) -> list[str]:
    """Each prediction of a section: its claim, and what is told of it."""
    return [
        " | ".join(
            [words(each.find('.//p[@class="claim"]'))]
            + [words(item) for item in each.iterfind('.//ul[@class="facts"]/li')]
        )
        for each in section.iterfind('.//div[@class="prediction"]')
    ]


# --- Predictions

PREDICTIONS = {
    # The soonest first; the outcome of the first is known only in December.
    "Open 2 predictions": [
        (
            "The bridge opens at night | Due by 28 November 2026 | Said by Ada, 18 November 2026"
            " | In Tolls at the bridge"
        ),
        (
            "Half of all shops are dark by spring | Due by March 2027 | Probability 70%"
            " | Said by Ada, 26 October 2026 | In The lamp law is passed | Source: The act, Parliament"
        ),
    ],
    "Due 1 prediction": [
        (
            "The court hears the makers | Due, with no outcome yet | Due by 20 November 2026"
            " | Said by Ada, 9 November 2026 | In Lamp makers answer"
        ),
    ],
    # The latest first.
    "Came true 6 predictions": [
        (
            "The toll is paid by phone | Came true: 24 November 2026 | Due by 27 November 2026"
            " | Said by Ada, 18 November 2026 | In Tolls at the bridge"
        ),
        "Forecast eight | Came true: 10 September 2025 | Due by September 2025 | Probability 50%",
        "Forecast five | Came true: 10 June 2025 | Due by June 2025 | Probability 90%",
        "Forecast three | Came true: 10 April 2025 | Due by April 2025 | Probability 70%",
        "Forecast two | Came true: 10 March 2025 | Due by March 2025 | Probability 80%",
        "Forecast one | Came true: 10 February 2025 | Due by February 2025 | Probability 90%",
    ],
    "Did not come true 5 predictions": [
        (
            "Forecast ten | Did not come true: 18 November 2026 | Due by 15 November 2026"
            " | Probability 30%"
        ),
        "Forecast nine | Did not come true: 1 November 2025 | Due by October 2025 | Probability 40%",
        (
            "Forecast seven | Did not come true: 1 September 2025 | Due by August 2025"
            " | Probability 10%"
        ),
        "Forecast six | Did not come true: 1 August 2025 | Due by July 2025 | Probability 20%",
        "Forecast four | Did not come true: 1 June 2025 | Due by May 2025 | Probability 60%",
    ],
    "Withdrawn 1 prediction": [
        (
            "A second ferry sails | Withdrawn: 19 November 2026 | Due by 15 December 2026"
            " | Said by Ferry Line, 11 November 2026 | In A timetable for the ferry"
        ),
    ],
}
OFFICE = " | Said by Harbour Office, January 2025 | In Ten forecasts of the harbour office"


def test_every_prediction_is_in_its_group_in_order(site: Published) -> None:
    found = {
        heading: predictions(section)
        for heading, section in sections(site.page("/predictions/"))
        if heading != "Score"
    }
    assert found == {
        group: [line + OFFICE if line.startswith("Forecast") else line for line in lines]
        for group, lines in PREDICTIONS.items()
    }


def test_the_score_is_worked_out_of_what_is_resolved(site: Published) -> None:
    """The squares of what was off, of forecasts one to ten:

    0.01 + 0.04 + 0.09 + 0.36 + 0.01 + 0.04 + 0.01 + 0.25 + 0.16 + 0.09 = 1.06; a tenth is 0.106.
    Six of eleven came true, for one resolved prediction had no probability: 54.5%. The withdrawn
    one does not count.
    """
    score = dict(sections(site.page("/predictions/")))["Score"]
    assert [words(each) for each in score.iterfind("dl/div")] == [
        "Came true 55% of 11 resolved predictions",
        "Brier score 0.106 over 10 resolved predictions with a probability",
    ]


def test_a_forecaster_has_a_score_from_ten_resolved_predictions_on(site: Published) -> None:
    page = site.page("/predictions/")
    table = page.xpath('//table[.//th[text()="Forecaster"]]')[0]
    assert [[words(cell) for cell in row] for row in table.iterfind(".//tr")] == [
        ["Forecaster", "Predictions", "Resolved", "Came true", "With probability", "Brier score"],
        ["Harbour Office", "10", "10", "50%", "10", "0.106"],
        ["Ada", "4", "1", "9 more needed", "0", "none stated"],
        ["Ferry Line", "1", "0", "10 more needed", "0", "none stated"],
    ]


# --- Timeline and stories


def happened(page: Any) -> list[str]:
    """The events of a page: each with its date, and everybody who tells it."""
    return [
        f"{words(item.find('time'))}: " + " | ".join(words(each) for each in item.findall("div"))
        for item in page.iterfind('.//ol[@class="timeline"]/li')
    ]


LAMPS = [
    (
        "March 2026: A bill on lamps is read for the first time"
        " In The lamp law is passed; source: The act, Parliament"
    ),
    # Told by two articles in the same words.
    (
        "26 October 2026: Parliament passes the lamp law"
        " In The lamp law is passed, Lamp makers answer"
    ),
    "6 November 2026: Two makers go to court In Lamp makers answer",
    "14 November 2026: Nine shops switch off In The first shops switch off; source: A count",
]


def test_every_event_is_on_the_timeline_once(site: Published) -> None:
    assert happened(site.page("/timeline/")) == [
        "No month given: Divers survey the harbour floor In The harbour is surveyed",
        "June 2025: A ferry runs aground In A timetable for the ferry",
        "30 June 2025: The survey is paid for In The harbour is surveyed",
        *LAMPS[:2],
        # From one source, in other words.
        (
            "1 November 2026: The toll is raised In Tolls at the bridge; source: The notice"
            " | Carts pay more at the crossing In Salt prices; source: A paper"
        ),
        *LAMPS[2:],
    ]


def test_a_story_is_told_from_its_beginning(site: Published) -> None:
    page = site.page("/stories/lamps/")
    assert words(page.find(".//h1")) == "The lamp law"
    assert words(page.find('.//p[@class="dek"]')) == "How the coast was made dark again."
    assert [words(each) for each in page.iterfind('.//ol[@class="parts"]/li//h3')] == [
        "The lamp law is passed",
        "Lamp makers answer",
        "The first shops switch off",
    ]
    assert happened(page) == LAMPS
    open_ones = dict(sections(page))["Open predictions"]
    assert [words(each) for each in open_ones.iterfind('.//p[@class="claim"]')] == [
        "The court hears the makers",
        "Half of all shops are dark by spring",
    ]
    followed = hrefs(page.find('.//p[@class="subscribe"]'))
    assert followed == [f"/stories/lamps/feed.{name}" for name in ("xml", "atom", "json")]


def test_an_article_says_where_in_its_story_it_stands(site: Published) -> None:
    page = site.page("/articles/makers-answer/")
    told = words(page.xpath('//*[contains(@class, "story")]')[0])
    assert "Part 2 of 3" in told
    assert "The lamp law is passed" in told
    assert "The first shops switch off" in told


# --- Digests


def digest(site: Published, path: str) -> dict[str, list[str]]:
    """Each section of a digest by its heading: titles, with what they develop, or news."""
    told: dict[str, list[str]] = {}
    for heading, section in sections(site.page(path)):
        cards = [
            " < ".join(words(line) for line in card.xpath('*[@class="headline" or @class="since"]'))
            for card in section.iterfind(".//article")
        ]
        news = [words(item) for item in section.iterfind('ul[@class="news"]/li')]
        claims = [line.split(" | In ")[0] for line in predictions(section)]
        told[heading] = cards + news + claims
    return told


DIGESTS = {
    "/digest/2026-W44/": {
        # By weight, then by what they offer.
        "New": [
            "Ten forecasts of the harbour office",
            "The lamp law is passed",
            "The harbour is surveyed",
        ],
    },
    # With week 45, which has one article alone.
    "/digest/2026-W46/": {
        "New": ["A timetable for the ferry", "A quiet week at sea"],
        "Developing": ["Lamp makers answer < in week 44: The lamp law is passed"],
        "Due": [
            (
                "Forecast ten | Did not come true: 18 November 2026 | Due by 15 November 2026"
                " | Probability 30% | Said by Harbour Office, January 2025"
            ),
        ],
    },
    "/digest/2026-W47/": {
        # The editor's pick leads.
        "New": ["Salt prices", "Tolls at the bridge", "Tide tables for the year"],
        "Developing": ["The first shops switch off < last week: Lamp makers answer"],
        "Corrected": [
            "20 November 2026 Tide tables for the year: The table of May was that of April.",
        ],
        "Resolved": [
            (
                "Forecast ten | Did not come true: 18 November 2026 | Due by 15 November 2026"
                " | Probability 30% | Said by Harbour Office, January 2025"
            ),
            (
                "A second ferry sails | Withdrawn: 19 November 2026 | Due by 15 December 2026"
                " | Said by Ferry Line, 11 November 2026"
            ),
        ],
        "Due this week": [
            (
                "The court hears the makers | Due, with no outcome yet | Due by 20 November 2026"
                " | Said by Ada, 9 November 2026"
            ),
        ],
    },
    "/digest/2026-W48/": {
        "New": ["Night trains return"],
        "Developing": ["The first night train < earlier this week: Night trains return"],
        "Corrected": [
            (
                "24 November 2026 Tide tables for the year:"
                " High water on Monday is at nine and not at eight."
            ),
            "24 November 2026 Salt prices: Salt is sold by the pound.",
        ],
        "Resolved": [
            (
                "The toll is paid by phone | Came true: 24 November 2026 | Due by 27 November 2026"
                " | Said by Ada, 18 November 2026"
            ),
        ],
        "Due this week": [
            "The bridge opens at night | Due by 28 November 2026 | Said by Ada, 18 November 2026",
        ],
    },
    "/audiences/shops/digest/2026-W44/": {"New": ["The lamp law is passed"]},
    "/audiences/shops/digest/2026-W46/": {
        "Developing": ["Lamp makers answer < in week 44: The lamp law is passed"],
    },
    "/audiences/shops/digest/2026-W47/": {
        "Developing": ["The first shops switch off < last week: Lamp makers answer"],
        "Due": [
            (
                "The court hears the makers | Due, with no outcome yet | Due by 20 November 2026"
                " | Said by Ada, 9 November 2026"
            ),
        ],
    },
    "/audiences/sailors/digest/2026-W46/": {"New": ["A quiet week at sea"]},
}


@pytest.mark.parametrize("path", DIGESTS)
def test_a_digest_tells_what_is_new_and_what_became_of_the_rest(site: Published, path: str) -> None:
    assert digest(site, path) == DIGESTS[path]


def test_there_is_no_other_digest(site: Published) -> None:
    pages = {
        f"/{page.parent.relative_to(site.output).as_posix()}/"
        for page in site.output.rglob("*-W??/index.html")
    }
    # The thin week leads to the digest that has its article.
    thin = {path for path in pages if path.endswith("/2026-W45/")}
    assert pages - thin == DIGESTS.keys()
    for path in thin:
        assert path.replace("W45", "W46") in hrefs(site.page(path))
    assert "/digest/2026-W45/" in thin


def test_a_digest_of_two_weeks_says_which_days_it_covers(site: Published) -> None:
    covers = site.page("/digest/2026-W46/").find('.//p[@class="covers"]')
    assert words(covers) == "This digest covers 2 weeks, 2–15 Nov."


# --- Corrections


def test_every_correction_that_is_known_is_told_newest_first(site: Published) -> None:
    page = site.page("/corrections/")
    assert [words(each) for each in page.iterfind('.//ol[@class="corrected"]/li')] == [
        "24 November 2026 Salt prices Salt is sold by the pound. Article of 19 November 2026",
        (
            "24 November 2026 Tide tables for the year High water on Monday is at nine and not at"
            " eight. Article of 17 November 2026"
        ),
        (
            "20 November 2026 Tide tables for the year The table of May was that of April."
            " Article of 17 November 2026"
        ),
    ]


# --- Related


def related(site: Published, name: str) -> list[tuple[str, str]]:
    """The titles of an article's related ones, each with the reason."""
    page = site.page(f"/articles/{name}/")
    return [
        (words(each.find('.//h3[@class="headline"]')), "".join(map(words, each.findall("p"))))
        for each in page.iterfind('.//section[@class="related"]/div/div')
    ]


def test_what_an_editor_picked_comes_first_and_no_part_of_the_same_story_at_all(
    site: Published,
) -> None:
    titles = [title for title, _ in related(site, "night-trains")]
    assert titles[0] == "The harbour is surveyed"
    assert "The first night train" not in titles


def test_related_articles_say_what_they_share(site: Published) -> None:
    found = dict(related(site, "tide-tables"))
    for title in ("A quiet week at sea", "A timetable for the ferry", "Salt prices"):
        assert "Sea" in found[title]


# --- What nobody may see yet, or any more


def test_no_word_of_a_draft_or_of_a_future_or_an_expired_article_is_anywhere(
    site: Published,
) -> None:
    told = [path for path, data in site.files().items() if b"heldword" in data.lower()]
    assert told == []
    assert [path for path in site.files() if "heldword" in path.lower()] == []
    assert "This is not known yet." not in site.text("articles/tide-tables/index.html")
