"""Dates in the forms that people write, ISO weeks, and dates in file names."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta, timezone
from zoneinfo import ZoneInfo

import pytest

from generator.dates import (
    BadDate,
    PartialDate,
    Week,
    from_file_name,
    parse_week,
    read_moment,
    read_partial,
    rfc3339,
    week_of,
)

BERLIN = ZoneInfo("Europe/Berlin")
CEST = timezone(timedelta(hours=2))

MOMENTS = [
    ("2026-11-20", "2026-11-19T23:00:00Z"),
    ("2026-07-20", "2026-07-19T22:00:00Z"),
    ("2020-12-2", "2020-12-01T23:00:00Z"),
    ("2026/11/20", "2026-11-19T23:00:00Z"),
    ("2026-11-20 10:30", "2026-11-20T09:30:00Z"),
    ("2026-11-20T10:30:15", "2026-11-20T09:30:15Z"),
    ("2026-11-20T10:30:15Z", "2026-11-20T10:30:15Z"),
    ("2026-11-20T10:30:15.250Z", "2026-11-20T10:30:15Z"),
    ("2026-11-20T10:30:15+01:00", "2026-11-20T09:30:15Z"),
    ("2026-11-20T10:30-0500", "2026-11-20T15:30:00Z"),
    ("2024-06-12 00:30:00 +0000", "2024-06-12T00:30:00Z"),
    ("2024-06-12 00:30:00 UTC", "2024-06-12T00:30:00Z"),
    ("2026-11-20T10:30:00+14:00", "2026-11-19T20:30:00Z"),
    ("2026-11-20T24:00:00Z", "2026-11-21T00:00:00Z"),
    ("2016-12-31T23:59:60Z", "2017-01-01T00:00:00Z"),
    ("Fri Sep  3 11:21:31 CEST 2021", "2021-09-03T09:21:31Z"),
    ("Fri, 20 Nov 2026 10:00:00 -0800", "2026-11-20T18:00:00Z"),
    ("20 November 2026", "2026-11-19T23:00:00Z"),
    ("Nov 20, 2026", "2026-11-19T23:00:00Z"),
    ("March 5th, 2024", "2024-03-04T23:00:00Z"),
    ("10-31-2025", "2025-10-30T23:00:00Z"),
    ("31-10-2025", "2025-10-30T23:00:00Z"),
    (date(2026, 11, 20), "2026-11-19T23:00:00Z"),
    (datetime(2026, 11, 20, 10), "2026-11-20T09:00:00Z"),
    (datetime(2026, 7, 20, 10, tzinfo=CEST), "2026-07-20T08:00:00Z"),
]


@pytest.mark.parametrize(("written", "moment"), MOMENTS)
def test_a_date_is_read_in_the_sites_time_zone(written: object, moment: str) -> None:
    read = read_moment(written, BERLIN)
    assert rfc3339(read.moment) == moment
    assert read.doubt == ""


DOUBTFUL = [
    ("01-02-2025", "2025-01-02T00:00:00Z", "read as 2 January 2025"),
    ("3/4/2025", "2025-03-04T00:00:00Z", "read as 4 March 2025"),
    ("3 Sep 2021 11:00 IST", "2021-09-03T11:00:00Z", "the time zone 'IST' is not known"),
]


@pytest.mark.parametrize(("written", "moment", "doubt"), DOUBTFUL)
def test_an_ambiguous_date_is_read_and_doubted(written: str, moment: str, doubt: str) -> None:
    read = read_moment(written, UTC)
    assert rfc3339(read.moment) == moment
    assert doubt in read.doubt


BAD = [
    ("2022-02-29", "day is out of range for month"),
    ("2026-13-01", "month must be in 1..12"),
    ("2026-11-20 14:4g5:00", "is no date"),
    ("2026-06-010T10:00:00", "is no date"),
    ("2026-06-10 16:30-:00+16:30", "is no date"),
    ("2026-06-10T10:00:00+16:30", "there is no UTC offset +16:30"),
    ("2026-06-10T10:00:00-23:00", "there is no UTC offset -23:00"),
    ("2026-06-10T10:00:00+01:75", "there is no UTC offset +01:75"),
    ("2026-11-20 25:00", "hour must be in 0..23"),
    ("0000-01-01", "year 0 is out of range"),
    ("9999-12-31T24:00:00", "after the calendar's end"),
    ("0001-01-01", "too near the calendar's end"),
    ("13-13-2025", "month must be in 1..12"),
    ("30 February 2026", "is no date"),
    ("12 May", "is no date"),
    ("May 12", "has no year"),
    ("tomorrow", "is no date"),
    ("{{ date }}", "is no date"),
    ("", "is no date"),
    (True, "a bool is no date"),
    ([2026], "a list is no date"),
    (1700000000, "is no date"),
    (None, "a NoneType is no date"),
]


@pytest.mark.parametrize(("written", "reason"), BAD)
def test_what_is_no_date_is_refused_with_the_reason(written: object, reason: str) -> None:
    with pytest.raises(BadDate, match=reason.replace("+", r"\+").replace(".", r"\.")):
        read_moment(written, UTC)


PARTIAL = [
    ("2024", PartialDate(2024), date(2024, 1, 1), date(2024, 12, 31)),
    (2024, PartialDate(2024), date(2024, 1, 1), date(2024, 12, 31)),
    ("2024-2", PartialDate(2024, 2), date(2024, 2, 1), date(2024, 2, 29)),
    ("2024-12", PartialDate(2024, 12), date(2024, 12, 1), date(2024, 12, 31)),
    ("2024-03-05", PartialDate(2024, 3, 5), date(2024, 3, 5), date(2024, 3, 5)),
    (date(2024, 3, 5), PartialDate(2024, 3, 5), date(2024, 3, 5), date(2024, 3, 5)),
]


@pytest.mark.parametrize(("written", "partial", "first", "last"), PARTIAL)
def test_a_partial_date_spans_the_days_it_can_mean(
    written: object, partial: PartialDate, first: date, last: date
) -> None:
    assert read_partial(written) == partial
    assert (partial.first_day(), partial.last_day()) == (first, last)


@pytest.mark.parametrize("written", ["spring 2024", "2024-13", "2024-02-30", "24", True, None, []])
def test_what_is_no_partial_date_is_refused(written: object) -> None:
    with pytest.raises(BadDate):
        read_partial(written)


def test_partial_dates_sort_by_their_first_day() -> None:
    mixed = [read_partial(each) for each in ("2024-03-05", "2025", "2024", "2024-03")]
    assert [str(each) for each in sorted(mixed)] == ["2024", "2024-03", "2024-03-05", "2025"]


AUCKLAND = ZoneInfo("Pacific/Auckland")
KIRITIMATI = ZoneInfo("Pacific/Kiritimati")

WEEKS = [
    ("a year of 53 weeks", datetime(2020, 12, 31, 12, tzinfo=UTC), UTC, "2020-W53"),
    ("its last Sunday is in January", datetime(2021, 1, 3, 23, tzinfo=UTC), UTC, "2020-W53"),
    ("and then the first week begins", datetime(2021, 1, 4, tzinfo=UTC), UTC, "2021-W01"),
    ("2026 has 53 weeks too", datetime(2026, 12, 31, tzinfo=UTC), UTC, "2026-W53"),
    ("into 2027", datetime(2027, 1, 3, tzinfo=UTC), UTC, "2026-W53"),
    ("Monday in Berlin, Sunday in UTC", datetime(2026, 11, 22, 23, tzinfo=UTC), BERLIN, "2026-W48"),
    ("east of UTC+12", datetime(2026, 11, 22, 10, tzinfo=UTC), KIRITIMATI, "2026-W48"),
    ("and before it", datetime(2026, 11, 22, 9, 59, tzinfo=UTC), KIRITIMATI, "2026-W47"),
    ("southern summer time", datetime(2026, 11, 22, 11, tzinfo=UTC), AUCKLAND, "2026-W48"),
]


@pytest.mark.parametrize(
    ("moment", "zone", "week"), [row[1:] for row in WEEKS], ids=[row[0] for row in WEEKS]
)
def test_a_moment_belongs_to_the_iso_week_of_the_sites_zone(
    moment: datetime, zone: ZoneInfo, week: str
) -> None:
    assert str(week_of(moment, zone)) == week


ENDS = [
    ("summer time begins", "2026-W13", "2026-03-29T22:00:00Z"),
    ("summer time ends", "2026-W43", "2026-10-25T23:00:00Z"),
    ("no change", "2026-W47", "2026-11-22T23:00:00Z"),
]


@pytest.mark.parametrize(("week", "ends"), [row[1:] for row in ENDS], ids=[row[0] for row in ENDS])
def test_a_week_ends_at_midnight_of_the_sites_zone(week: str, ends: str) -> None:
    assert rfc3339(parse_week(week).ends(BERLIN)) == ends


def test_a_week_begins_on_monday() -> None:
    assert parse_week("2026-W53").monday == date(2026, 12, 28)
    assert parse_week("2026W53").sunday == date(2027, 1, 3)
    assert parse_week("2026-w01") == Week(2026, 1)


@pytest.mark.parametrize(
    "text", ["2026-47", "2025-W53", "2026-W54", "2026-W00", "W47", "", "9999-W52"]
)
def test_a_week_that_does_not_exist_is_refused(text: str) -> None:
    with pytest.raises(BadDate):
        parse_week(text)


FILE_NAMES = [
    ("2026-11-20-slug", date(2026, 11, 20), "slug"),
    ("2026-11-20", date(2026, 11, 20), ""),
    ("2026_11_20 A title", date(2026, 11, 20), "A title"),
    ("13-06-07-old", date(2013, 6, 7), "old"),
    ("2022-02-29-no-such-day", None, "2022-02-29-no-such-day"),
    ("2026-11-200-x", None, "2026-11-200-x"),
    ("1984", None, "1984"),
    ("slug", None, "slug"),
    ("", None, ""),
]


@pytest.mark.parametrize(("stem", "day", "rest"), FILE_NAMES)
def test_a_file_name_may_begin_with_its_date(stem: str, day: date | None, rest: str) -> None:
    assert from_file_name(stem) == (day, rest)
