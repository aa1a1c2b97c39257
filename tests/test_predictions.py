"""Predictions: their states by the clock, their score, the calendar and the feed of them."""

from __future__ import annotations

import re
import shutil
from collections.abc import Sequence
from datetime import UTC, date, datetime
from fractions import Fraction
from pathlib import Path
from typing import Any

import pytest
import vobject
from hypothesis import given
from hypothesis import strategies as st

from generator.dates import PartialDate
from generator.model import Article, Implication, Inline
from generator.plan.known import as_known
from generator.plan.predictions import predictions
from generator.plan.scores import brier, calibration
from tests import feed_rules
from tests.published import Published, article, hrefs, parse, publish, rebuild, words

FORECASTS = Path(__file__).parent / "sites" / "forecasts"
NOON = datetime(2026, 11, 25, 12, tzinfo=UTC)
ONE = "content/articles/2026-01-01-one.md"
STATES = ("open", "due", "came true", "did not", "withdrawn")


def foretold(*items: str, more: Sequence[str] = ()) -> str:
    """An article with these implications, each the inside of a mapping."""
    lines = [f"- {{{each}}}" for each in items]
    return article("One", "2026-01-01", "implications:", *lines, *more)


def groups(site: Published) -> dict[str, list[str]]:
    """The claims on /predictions/ in their order, by the group's heading."""
    page = site.page("/predictions/")
    return {
        words(section.find("h2")): [words(claim) for claim in section.iterfind(".//p[@class='claim']")]
        for section in page.iterfind(".//section[@class='group']")
        if section.get("aria-labelledby") != "score"
    }  # fmt: skip


def score_of(site: Published) -> str:
    """What the part of the page on scores says."""
    section = site.page("/predictions/").find(".//section[@aria-labelledby='score']")
    for table in section.findall(".//svg"):
        table.getparent().remove(table)
    return words(section)


# --- Where each stands


STANDING = [
    # its keys, the day, the state
    ("by: 2026-11-25", date(2026, 11, 25), "open"),
    ("by: 2026-11-25", date(2026, 11, 26), "due"),
    ("by: 2026-11", date(2026, 11, 30), "open"),
    ("by: 2026-11", date(2026, 12, 1), "due"),
    ("by: 2026", date(2026, 12, 31), "open"),
    ("by: 2026", date(2027, 1, 1), "due"),
    ("by: 9999", date(2027, 1, 1), "open"),
    ("by: 2026, outcome: true, resolved: 2026-05-02", date(2026, 5, 1), "open"),
    ("by: 2026, outcome: true, resolved: 2026-05-02", date(2026, 5, 2), "came true"),
    ("by: 2026, outcome: true, resolved: 2026-05", date(2026, 5, 1), "came true"),
    ("by: 2026-04, outcome: false, resolved: 2026-05-02", date(2026, 5, 1), "due"),
    ("by: 2026-04, outcome: false, resolved: 2026-05-02", date(2026, 5, 2), "did not"),
    ("by: 2026, outcome: withdrawn, resolved: 2026-05-02", date(2026, 5, 2), "withdrawn"),
    ("by: 2026, outcome: withdrawn", date(2026, 1, 1), "withdrawn"),
]


@pytest.mark.parametrize(("keys", "day", "state"), STANDING)
def test_a_prediction_stands_as_it_is_known_on_the_day(
    keys: str, day: date, state: str, tmp_path: Path
) -> None:
    headings = {"did not": "Did not come true"}
    now = datetime.combine(day, datetime.min.time(), UTC)
    site = publish(tmp_path, {ONE: foretold(f"claim: It will, {keys}, said: 2025")}, now)
    found = [heading for heading, claims in groups(site).items() if claims]
    assert found == [f"{headings.get(state, state.capitalize())} 1 prediction"]


days = st.dates(date(2020, 1, 1), date(2030, 12, 31))
partial = days.flatmap(
    lambda day: st.sampled_from(
        (
            PartialDate(day.year),
            PartialDate(day.year, day.month),
            PartialDate(day.year, day.month, day.day),
        )
    )
)
implications = st.builds(
    Implication,
    claim=st.just(Inline("c", "c")),
    by=st.none() | partial,
    outcome=st.sampled_from((None, "came true", "did not", "withdrawn")),
    resolved=st.none() | partial,
)


def an_article(*listed: Implication) -> Article:
    moment = datetime(2026, 1, 1, tzinfo=UTC)
    title = Inline("t", "t")
    return Article("a.md", "tag:x", "a", title, moment, implications=listed)


@given(st.lists(implications, max_size=5), days)
def test_every_implication_with_a_date_is_in_exactly_one_state_on_any_day(
    listed: list[Implication], today: date
) -> None:
    known = as_known([an_article(*listed)], today, UTC)  # type: ignore[arg-type]  # a zone as good
    found = predictions(known, today)
    assert [each.number for each in found] == [n for n, each in enumerate(listed) if each.by]
    assert all(each.state in STATES for each in found)
    assert all(each.resolved is None or each.resolved <= today for each in found)


def test_groups_are_in_the_order_of_their_dates_with_what_is_known_of_each(tmp_path: Path) -> None:
    site = publish(
        tmp_path,
        {
            ONE: foretold(
                "claim: 'Later [@s]', by: 2027-06, sources: [s]",
                "claim: Sooner, by: 2027-01-05, who: Ada, said: 2025-12, probability: 30%",
                "claim: Long due, by: 2026-02",
                "claim: Just due, by: 2026-11-24",
                "claim: First, by: 2026-12, outcome: true, resolved: 2026-03-01",
                "claim: Last, by: 2026-12, outcome: true, resolved: 2026-04-01",
                "claim: No date",
                more=["sources: [{id: s, title: Plan, url: 'https://x.example/', publisher: P}]"],
            )
        },
    )
    assert site.told == []
    assert groups(site) == {
        "Open 2 predictions": ["Sooner", "Later"],
        "Due 2 predictions": ["Just due", "Long due"],
        "Came true 2 predictions": ["Last", "First"],
        "Did not come true 0 predictions": [],
        "Withdrawn 0 predictions": [],
    }
    shown = site.page("/predictions/").findall(".//div[@class='prediction']")
    assert words(shown[0]) == (
        "Sooner Due by 5 January 2027 Probability 30% Said by Ada, December 2025 In One"
    )
    assert words(shown[1]) == (
        "Later Due by June 2027 Said by The Tiny Letter, 1 January 2026 In One Source: Plan, P"
    )
    assert "/articles/one/#part_implication-1" in hrefs(shown[1])
    assert "https://x.example/" in hrefs(shown[1])
    assert site.page("/articles/one/").get_element_by_id("part_implication-1") is not None


def test_without_a_prediction_there_is_no_page_no_calendar_and_no_feed(tmp_path: Path) -> None:
    site = publish(tmp_path, {ONE: foretold("claim: It will")})
    assert not [path for path in site.files() if "prediction" in path]
    assert "/predictions/" not in hrefs(site.page("/"))


def test_drafts_and_what_is_to_come_foretell_nothing(tmp_path: Path) -> None:
    claim = ("implications: [{claim: Secret, by: 2026-12}]",)
    files = {
        ONE: foretold("claim: Known, by: 2026-12"),
        "content/articles/draft.md": article("Draft", "2026-01-01", "draft: true", *claim),
        "content/articles/later.md": article("Later", "2026-12-01", *claim),
        "content/articles/gone.md": article("Gone", "2026-01-01", "expires: 2026-02-01", *claim),
    }
    site = publish(tmp_path, files)
    assert not [path for path, data in site.files().items() if b"Secret" in data]  # type: ignore[operator]  # files are bytes


# --- The clock


ZONES = [
    ("Pacific/Auckland", "2026-11-24T11:00:00+00:00"),
    ("UTC", "2026-11-25T00:00:00+00:00"),
    ("America/Los_Angeles", "2026-11-25T08:00:00+00:00"),
]


@pytest.mark.parametrize(("zone", "midnight"), ZONES)
def test_an_outcome_is_nowhere_before_its_day_begins_in_the_sites_zone(
    zone: str, midnight: str, tmp_path: Path
) -> None:
    files = {
        "site.yaml": f"title: T\nurl: https://t.example/\ntimezone: {zone}\n",
        ONE: foretold(
            "claim: It will, by: 2026-12, outcome: withdrawn, resolved: 2026-11-25",
            "claim: It would, by: 2026-11-24",
        ),
    }
    begins = datetime.fromisoformat(midnight)
    before = publish(tmp_path, files, begins.replace(hour=begins.hour - 1) if begins.hour else datetime(2026, 11, 24, 23, 59, tzinfo=UTC))  # fmt: skip
    assert not [
        path
        for path, data in before.files().items()
        if path.startswith(("articles/", "predictions", "feed"))
        and re.search(rb">Withdrawn: <time|Withdrawn\.|Withdrawn: ", data)  # type: ignore[arg-type]  # files are bytes
    ]
    assert groups(before)["Open 2 predictions"] == ["It would", "It will"]
    # From the same cache, in the next moment.
    after = rebuild(tmp_path, begins)
    assert groups(after)["Withdrawn 1 prediction"] == ["It will"]
    assert groups(after)["Due 1 prediction"] == ["It would"]
    assert ">Withdrawn: <time" in after.text("articles/one/index.html")


# --- The score


def settled(count: int, of: str = "", probability: str = "") -> list[str]:
    """So many predictions that came true, one after the other."""
    more = f", probability: {probability}" if probability else ""
    who = f", who: {of}" if of else ""
    return [
        f"claim: C{n}, by: 2026-06-{n + 1:02}, outcome: true, resolved: 2026-06-{n + 1:02}{who}{more}"
        for n in range(count)
    ]


def test_there_is_no_score_below_ten_resolved_predictions(tmp_path: Path) -> None:
    withdrawn = "claim: W, by: 2026-06, outcome: withdrawn, resolved: 2026-06-01"
    site = publish(tmp_path, {ONE: foretold(*settled(9, probability="0.5"), withdrawn)})
    said = score_of(site)
    assert "No score yet: 9 of 10 predictions are resolved, 1 more is needed for one." in said
    assert "1 more needed" in said
    assert "%" not in said
    assert not site.page("/predictions/").findall(".//svg")


def test_a_brier_score_takes_ten_resolved_predictions_with_a_probability(tmp_path: Path) -> None:
    site = publish(tmp_path, {ONE: foretold(*settled(9, probability="0.5"), *settled(1))})
    said = score_of(site)
    assert "Came true 100% of 10 resolved predictions" in said
    assert "None yet: 9 resolved predictions had a probability, 1 more is needed" in said
    assert not site.page("/predictions/").findall(".//svg")


def test_the_brier_score_is_the_mean_of_squared_differences() -> None:
    # ((0.9-1)² + (0.8-0)² + (0.5-1)² + (0-0)²) / 4 = (0.01 + 0.64 + 0.25 + 0) / 4
    assert brier([(0.9, 1), (0.8, 0), (0.5, 1), (0.0, 0)]) == pytest.approx(0.225)


stated = st.lists(
    st.tuples(st.integers(0, 100).map(lambda n: n / 100), st.integers(0, 1)), min_size=1
)


@given(stated, st.randoms())
def test_a_score_is_from_0_to_1_and_does_not_depend_on_the_order(
    pairs: list[tuple[float, int]], random: Any
) -> None:
    mixed = list(pairs)
    random.shuffle(mixed)
    assert brier(mixed) == brier(pairs)
    exact = sum((Fraction(p) - o) ** 2 for p, o in pairs) / len(pairs)
    assert 0 <= brier(pairs) <= 1
    assert brier(pairs) == pytest.approx(float(exact))


@given(stated)
def test_each_prediction_is_in_one_step_of_the_calibration(pairs: list[tuple[float, int]]) -> None:
    steps = calibration(pairs)
    assert sum(step.predictions for step in steps) == len(pairs)
    assert [step.low for step in steps] == sorted({step.low for step in steps})
    for step in steps:
        assert step.low <= step.mean + 1e-9
        assert step.mean <= step.high + 1e-9
        assert 0 <= step.share <= 1


@pytest.fixture(scope="module")
def almanac(tmp_path_factory: pytest.TempPathFactory) -> Published:
    """The sample newsletter of forecasts."""
    root = tmp_path_factory.mktemp("almanac")
    shutil.copytree(FORECASTS, root, dirs_exist_ok=True)
    site = rebuild(root, NOON)
    assert site.told == []
    return site


def test_the_sample_of_forecasts_is_scored_as_by_hand(almanac: Published) -> None:
    said = score_of(almanac)
    assert "62% of 21 resolved predictions" in said
    # Ada's squared differences are 0.01, 0.0025, 0.09, 0.36, 0.16, 0.04, 0.0625, 0.49, 0.0225 and
    # 0.04, in all 1.2775; Bo's 0.01, 0.0025, 0.81, 0.09, 0.09, 0.16, 0.1225, 0.01, 0.25 and 0.64,
    # in all 2.185: (1.2775 + 2.185) / 20 = 0.173125.
    assert "Brier score 0.173 over 20 resolved predictions" in said
    rows = [
        [words(cell) for cell in row]
        for row in almanac.page("/predictions/").iterfind(".//div[@aria-labelledby='forecasters']//tbody/tr")
    ]  # fmt: skip
    assert rows == [
        ["Bo Lind", "14", "10", "60%", "10", "0.218"],
        ["Ada Quay", "13", "10", "60%", "10", "0.128"],
        ["Harbour Office", "3", "1", "9 more needed", "0", "none stated"],
    ]


def test_the_plot_shows_the_numbers_of_the_table_beside_it(almanac: Published) -> None:
    figure = almanac.page("/predictions/").find(".//figure")
    assert figure.find(".//svg").get("role") == "img"
    assert "Calibration of all forecasters: 20 predictions" in words(figure.find(".//title"))
    circles = [each.text for each in figure.iterfind(".//g[@class='points']/text")]
    numbers = [words(row.findall("td")[0]) for row in figure.iterfind(".//tbody/tr")]
    assert circles == numbers
    assert sum(map(int, numbers)) == 20
    ids = re.findall(r' id="([^"]+)"', almanac.text("predictions/index.html"))
    assert len(ids) == len(set(ids))


def test_names_that_differ_in_case_are_one_forecaster(tmp_path: Path) -> None:
    site = publish(tmp_path, {ONE: foretold(*settled(6, "ADA"), *settled(7, "Ada"))})
    rows = site.page("/predictions/").findall(".//div[@aria-labelledby='forecasters']//tbody/tr")
    assert [words(row.find("th")) for row in rows] == ["Ada"]
    assert words(rows[0].findall("td")[0]) == "13"


# --- Many of them


def test_many_predictions_are_told_on_several_pages_each_on_one(tmp_path: Path) -> None:
    claims = [f"claim: C{n}, by: 2027-01-{n % 28 + 1:02}" for n in range(190)]
    site = publish(tmp_path, {ONE: foretold(*claims)})
    pages, seen = ["/predictions/"], []
    for address in pages:
        page = site.page(address)
        found = [words(claim) for claim in page.iterfind(".//p[@class='claim']")]
        assert 25 <= len(found) < 75
        seen += found
        links = page.xpath("//p[@class='more']/a/@href | //a[@rel='next']/@href")
        pages += links
    assert sorted(seen) == sorted(f"C{n}" for n in range(190))
    # The soonest first, over all pages.
    assert [int(each[1:]) % 28 for each in seen] == sorted(n % 28 for n in range(190))
    before = site.files()
    after = publish(tmp_path, {ONE: foretold(*claims, "claim: New, by: 2026-12")})
    changed = {path for path, data in after.files().items() if before.get(path) != data}
    assert not [path for path in changed if path.startswith("predictions/open/")]


def test_many_forecasters_have_a_page_of_their_own(tmp_path: Path) -> None:
    claims = [f"claim: C{n}, by: 2027, who: W{n}" for n in range(21)]
    site = publish(tmp_path, {ONE: foretold(*claims)})
    assert "/predictions/forecasters/" in hrefs(site.page("/predictions/"))
    rows = site.page("/predictions/forecasters/").findall(".//tbody/tr")
    assert len(rows) == 21


# --- The calendar


def events(data: bytes) -> dict[str, Any]:
    """The events of a calendar by their titles, as a second library reads them."""
    (calendar,) = vobject.readComponents(data.decode())
    calendar.validate(raiseException=True)
    return {each.summary.value: each for each in calendar.vevent_list}


def test_the_calendar_has_a_day_for_each_prediction(tmp_path: Path) -> None:
    site = publish(
        tmp_path,
        {
            ONE: foretold(
                "claim: 'Rain, *snow*; or \\hail', by: 2027-02, probability: 0.7, who: Ada",
                "claim: Gone, by: 2026-12-24, outcome: withdrawn, resolved: 2026-03-05",
            )
        },
    )
    data = site.bytes("predictions.ics")
    assert all(len(line) <= 75 for line in data.split(b"\r\n")), "RFC 5545 section 3.1"
    found = events(data)
    rain, gone = found["Due: Rain, snow; or \\hail"], found["Withdrawn: Gone"]
    assert (rain.dtstart.value, gone.dtstart.value) == (date(2027, 2, 28), date(2026, 12, 24))
    assert (rain.status.value, gone.status.value) == ("CONFIRMED", "CANCELLED")
    assert rain.url.value == "https://letter.example/articles/one/#part_implication-1"
    assert "Said by Ada, 1 January 2026.\nProbability 70%." in rain.description.value
    # From the content and never from the clock.
    assert rain.dtstamp.value == datetime(2026, 1, 1, tzinfo=UTC)
    assert gone.dtstamp.value == datetime(2026, 3, 5, tzinfo=UTC)
    page = parse(site.bytes("predictions/index.html"))
    (link,) = page.xpath("//head/link[@type='text/calendar']/@href")
    assert link == "/predictions.ics"


KEEPS = [
    ("its outcome", "claim: It will, by: 2027, outcome: true, resolved: 2026-02-01"),
    ("its date", "claim: It will, by: 2028"),
    ("emphasis and a full stop", "claim: It *will*., by: 2027"),
]


@pytest.mark.parametrize("new", [each[1] for each in KEEPS], ids=[each[0] for each in KEEPS])
def test_an_entry_keeps_its_uid_whatever_becomes_of(new: str, tmp_path: Path) -> None:
    def uids(*items: str) -> list[str]:
        site = publish(tmp_path, {ONE: foretold(*items)})
        return [each.uid.value for each in events(site.bytes("predictions.ics")).values()]

    (before,) = uids("claim: It will, by: 2027")
    after = uids("claim: Another stands before it, by: 2029", new)
    assert before in after
    assert len(set(after)) == 2


def test_claims_of_the_same_words_are_entries_of_their_own(tmp_path: Path) -> None:
    items = ("claim: It will, by: 2027", "claim: It will, by: 2028")
    site = publish(tmp_path, {ONE: foretold(*items)})
    data = site.text("predictions.ics")
    assert len(set(re.findall(r"UID:(\S+)", data))) == 2


# --- The feed of resolutions


def test_the_feed_has_what_is_resolved_newest_first(tmp_path: Path) -> None:
    site = publish(
        tmp_path,
        {
            ONE: foretold(
                "claim: 'A & B [@s]', by: 2026-12, outcome: true, resolved: 2026-03-01, sources: [s]",
                "claim: B, by: 2026-12, outcome: false, resolved: 2026-05, who: Ada",
                "claim: C, by: 2026-12",
                "claim: D, by: 2026-02, outcome: withdrawn, resolved: 2026-04-01",
                more=["sources: [{id: s, title: Plan, url: 'https://x.example/'}]"],
            )
        },
    )
    for name in ("feed.xml", "feed.atom", "feed.json"):
        address = f"https://letter.example/predictions/{name}"
        assert feed_rules.problems(name, site.bytes(f"predictions/{name}"), address) == []
    items = site.json("predictions/feed.json")["items"]
    assert [(item["title"], item["date_published"]) for item in items] == [
        ("Did not come true: B", "2026-05-01T00:00:00Z"),
        ("Withdrawn: D", "2026-04-01T00:00:00Z"),
        ("Came true: A & B", "2026-03-01T00:00:00Z"),
    ]
    assert all(item["id"].startswith("tag:letter.example,2000:prediction/") for item in items)
    assert "Came true" in items[2]["content_html"]
    assert items[2]["url"] == "https://letter.example/articles/one/#part_implication-1"
    assert "/predictions/feed.xml" in hrefs(site.page("/feeds/"))
