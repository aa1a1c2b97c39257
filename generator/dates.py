"""Dates as people write them to moments, partial dates and ISO weeks."""

from __future__ import annotations

import re
from datetime import UTC, date, datetime, time, timedelta, timezone, tzinfo

import msgspec

_MOMENT = re.compile(
    r"(\d{4})[-/.](\d{1,2})[-/.](\d{1,2})"
    r"(?:[Tt ,]+(\d{1,2}):(\d{2})(?::(\d{2})(?:[.,](\d+))?)?"
    r"\s*(Z|z|UTC|GMT|[+-]\d{1,2}(?::?\d{2})?)?)?"
)
_MONTH_FIRST = re.compile(r"(\d{1,2})[-/](\d{1,2})[-/](\d{4})")
_PARTIAL = re.compile(r"(\d{4})(?:-(\d{1,2})(?:-(\d{1,2}))?)?")
_WEEK = re.compile(r"(\d{4})-?[Ww](\d{2})")
_NAMED = re.compile(
    r"[0-3]?\d(?:st|nd|rd|th)?\s+[A-Za-z]{3,}\.?,?\s+\d{4}|[A-Za-z]{3,}\.?\s+[0-3]?\d"
)
_FILE_NAME = re.compile(r"((?:\d{2}){1,2})[-_.](\d{1,2})[-_.](\d{1,2})(?=\D|$)[-_. ]*")

# RFC 5322 section 4.3 and what travels in text beside it; ambiguous ones (IST, BST) are left out.
_ZONES = {
    name: timedelta(hours=hours)
    for name, hours in {
        "EST": -5, "EDT": -4, "CST": -6, "CDT": -5, "MST": -7, "MDT": -6, "PST": -8, "PDT": -7,
        "CET": 1, "CEST": 2, "WET": 0, "WEST": 1, "EET": 2, "EEST": 3, "JST": 9, "KST": 9,
        "AEST": 10, "AEDT": 11, "NZST": 12, "NZDT": 13,
    }.items()
}  # fmt: skip

_FIRST, _LAST = datetime(1, 1, 3), datetime(9999, 12, 31)


class BadDate(ValueError):
    """A text that is no date. Its message says why, for the author of the text."""


class ReadMoment(msgspec.Struct, frozen=True):
    """A moment, and what was doubtful about the text it was read from (empty when nothing)."""

    moment: datetime
    doubt: str = ""


class PartialDate(msgspec.Struct, frozen=True, order=True):
    """A year, a month or a day: what the author knows. Orders by its first day."""

    year: int
    month: int = 0
    day: int = 0

    def __str__(self) -> str:
        """ISO 8601 with the precision it has: `2024`, `2024-03` or `2024-03-05`."""
        text = f"{self.year:04}"
        if self.month:
            text += f"-{self.month:02}"
        if self.day:
            text += f"-{self.day:02}"
        return text

    def first_day(self) -> date:
        """The first day that it can mean."""
        return date(self.year, self.month or 1, self.day or 1)

    def last_day(self) -> date:
        """The last day that it can mean."""
        if self.day:
            return date(self.year, self.month, self.day)
        if not self.month or self.month == 12:
            return date(self.year, 12, 31)
        return date(self.year, self.month + 1, 1) - timedelta(days=1)


class Week(msgspec.Struct, frozen=True, order=True):
    """An ISO 8601 week: it begins on a Monday, and belongs to the year of its Thursday."""

    year: int
    number: int

    def __str__(self) -> str:
        """ISO 8601: `2026-W47`."""
        return f"{self.year:04}-W{self.number:02}"

    @property
    def monday(self) -> date:
        """Its first day."""
        return date.fromisocalendar(self.year, self.number, 1)

    @property
    def sunday(self) -> date:
        """Its last day."""
        return date.fromisocalendar(self.year, self.number, 7)

    def ends(self, zone: tzinfo) -> datetime:
        """The moment at which the next week begins in that time zone, in UTC."""
        return begins(self.monday + timedelta(days=7), zone)


def begins(day: date, zone: tzinfo) -> datetime:
    """The moment at which a day begins in that time zone, in UTC."""
    # Within a day of the calendar's ends there are zones in which the moment cannot be told.
    first = max(_FIRST, min(_LAST, datetime.combine(day, time())))
    return first.replace(tzinfo=zone).astimezone(UTC)


def week_of(moment: datetime, zone: tzinfo) -> Week:
    """The ISO week in which a moment falls in that time zone."""
    return week_on(moment.astimezone(zone))


def week_on(day: date) -> Week:
    """The ISO week that a day belongs to."""
    year, number, _ = day.isocalendar()
    return Week(year, number)


def parse_week(text: str) -> Week:
    """`2026-W47` or `2026W47` to a week. Raises BadDate, also where that year has no such week."""
    found = _WEEK.fullmatch(text.strip())
    if not found:
        raise BadDate(f"{text!r} is no ISO week such as 2026-W47")
    year, number = int(found[1]), int(found[2])
    try:
        # Its last day, because the calendar ends within a week.
        date.fromisocalendar(year, number, 7)
    except ValueError:
        raise BadDate(f"the year {year} has no week {number}") from None
    return Week(year, number)


def read_moment(value: object, zone: tzinfo) -> ReadMoment:
    """A date in any usual form to a moment in UTC; without a zone of its own it is in `zone`.

    Takes datetime, date, or text: ISO 8601 and RFC 3339, `2024-06-12 00:30:00 +0000`, RFC 5322,
    `Fri Sep 3 11:21:31 CEST 2021`, `March 5, 2024`, `01-02-2025` (month first, doubted).
    Raises BadDate.
    """
    if isinstance(value, datetime):
        return ReadMoment(_in_utc(value, zone))
    if isinstance(value, date):
        return ReadMoment(_in_utc(datetime.combine(value, time()), zone))
    if isinstance(value, bool) or not isinstance(value, str | int):
        raise BadDate(f"a {_kind(value)} is no date")
    text = str(value).strip()
    found = _MOMENT.fullmatch(text)
    if found:
        return ReadMoment(_in_utc(_from_numbers(text, found), zone))
    found = _MONTH_FIRST.fullmatch(text)
    if found:
        month, day = int(found[1]), int(found[2])
        if month > 12 >= day:
            month, day = day, month
        moment = _in_utc(_checked(text, int(found[3]), month, day), zone)
        doubt = "" if max(month, day) > 12 or month == day else f"read as {moment:%-d %B %Y}"
        return ReadMoment(moment, doubt)
    return _from_words(text, zone)


def _kind(value: object) -> str:
    return "mapping" if isinstance(value, dict) else type(value).__name__


def _from_numbers(text: str, found: re.Match[str]) -> datetime:
    year, month, day = int(found[1]), int(found[2]), int(found[3])
    if found[4] is None:
        return _checked(text, year, month, day)
    micro = int((found[7] or "0")[:6].ljust(6, "0"))
    clock = (int(found[4]), int(found[5]), int(found[6] or 0), micro)
    # ISO 8601 writes the end of a day as 24:00, RFC 3339 a leap second as :60.
    extra = timedelta()
    if clock == (24, 0, 0, 0):
        clock, extra = (0, 0, 0, 0), timedelta(days=1)
    elif clock[2] == 60:
        clock, extra = (clock[0], clock[1], 59, 0), timedelta(seconds=1)
    try:
        moment = _checked(text, year, month, day, *clock) + extra
    except OverflowError:
        raise BadDate(f"{text!r} is after the calendar's end") from None
    return moment.replace(tzinfo=_offset(text, found[8])) if found[8] else moment


def _checked(text: str, *parts: int) -> datetime:
    try:
        return datetime(*parts)  # type: ignore[arg-type]  # a tuple of 3 to 7 numbers, in order
    except ValueError as why:
        raise BadDate(f"{text!r}: {why}") from None


def _offset(text: str, written: str) -> timezone:
    if written[0] not in "+-":
        return UTC
    digits = written[1:].replace(":", "")
    hours, minutes = (int(digits), 0) if len(digits) <= 2 else (int(digits[:-2]), int(digits[-2:]))
    # The widest that any place has used is UTC-12 to UTC+14.
    if minutes > 59 or hours * 60 + minutes > 14 * 60:
        raise BadDate(f"{text!r}: there is no UTC offset {written}")
    offset = timedelta(hours=hours, minutes=minutes)
    return timezone(-offset if written[0] == "-" else offset)


def _from_words(text: str, zone: tzinfo) -> ReadMoment:
    if not _NAMED.search(text) or len(text) > 80:
        raise BadDate(f"{text!r} is no date")
    # Loaded here because it costs more than the rest of this module together.
    from dateutil import parser

    unknown: list[str] = []

    def named_zone(name: str | None, seconds: int | None) -> tzinfo | None:
        if seconds is not None and abs(seconds) <= 14 * 3600:
            return timezone(timedelta(seconds=seconds))
        if name in _ZONES:
            return timezone(_ZONES[name])
        if name is not None or seconds is not None:
            unknown.append(str(name or seconds))
        return None

    try:
        moment = parser.parse(text, tzinfos=named_zone, default=datetime(1, 1, 1))
    except (ValueError, OverflowError, TypeError) as why:
        raise BadDate(f"{text!r} is no date: {why}") from None
    if moment.year < 1000:
        raise BadDate(f"{text!r} has no year")
    doubt = f"the time zone {unknown[0]!r} is not known; the site's is taken" if unknown else ""
    return ReadMoment(_in_utc(moment, zone), doubt)


def _in_utc(moment: datetime, zone: tzinfo) -> datetime:
    if moment.tzinfo is None:
        moment = moment.replace(tzinfo=zone)
    # Within a day of the calendar's ends there are zones in which the moment cannot be told.
    if not _FIRST <= moment.replace(tzinfo=None) <= _LAST:
        raise BadDate(f"{moment.isoformat()} is too near the calendar's end")
    return moment.astimezone(UTC)


def read_partial(value: object) -> PartialDate:
    """A year, month or day, as text, number or date, to a partial date. Raises BadDate."""
    if isinstance(value, datetime | date):
        return PartialDate(value.year, value.month, value.day)
    if isinstance(value, bool) or not isinstance(value, str | int):
        raise BadDate(f"a {_kind(value)} is no date")
    text = str(value).strip()
    found = _PARTIAL.fullmatch(text)
    if not found:
        raise BadDate(f"{text!r} is no date such as 2024, 2024-03 or 2024-03-05")
    parts = PartialDate(int(found[1]), int(found[2] or 0), int(found[3] or 0))
    _checked(text, parts.year, int(found[2] or 1), int(found[3] or 1))
    return parts


def from_file_name(stem: str) -> tuple[date | None, str]:
    """The date that a file's name begins with, and the rest: `2026-11-20-slug` → (date, `slug`).

    A year of two digits is of this century. (None, stem) where there is no date, or none that
    the calendar has.
    """
    found = _FILE_NAME.match(stem)
    if not found:
        return None, stem
    year = int(found[1]) if len(found[1]) == 4 else 2000 + int(found[1])
    try:
        return date(year, int(found[2]), int(found[3])), stem[found.end() :]
    except ValueError:
        return None, stem


def rfc3339(moment: datetime) -> str:
    """RFC 3339 in the moment's own offset, whole seconds: `2026-11-20T10:00:00Z`."""
    offset = moment.utcoffset()
    if offset and offset.seconds % 60:
        # Local mean time, before there was standard time, cannot be written in RFC 3339.
        moment = moment.astimezone(UTC)
    return moment.replace(microsecond=0).isoformat().replace("+00:00", "Z")
