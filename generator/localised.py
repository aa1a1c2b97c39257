"""Dates as a site writes them in one of its languages."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date, datetime
from functools import lru_cache
from zoneinfo import ZoneInfo

from generator.dates import PartialDate, rfc3339
from generator.languages import Language

# How many dates are kept as they are written: those of some thousand articles.
_DATES = 16_384

Sign = Callable[[datetime, Language], str]


class Dates:
    """Dates in the site's own time zone, by its `date_format`, else as the language has them."""

    def __init__(self, language: Language, timezone: str, pattern: str) -> None:
        self._language = language
        self._zone = ZoneInfo(timezone)
        self._pattern = pattern
        # A site has few different dates compared with how often it shows them.
        self.shown = lru_cache(maxsize=_DATES)(self._shown)
        self.iso = lru_cache(maxsize=_DATES)(self._iso)

    def _shown(self, value: datetime | date | PartialDate) -> str:
        """`20 November 2026`, or the part of it that is known."""
        if isinstance(value, PartialDate):
            if not self._pattern or not value.day:
                return self._language.date(value)
            value = value.first_day()
        if isinstance(value, datetime):
            value = value.astimezone(self._zone)
        if self._pattern:
            return _formatted(value, self._pattern, self._language)
        return self._language.date(value.date() if isinstance(value, datetime) else value)

    def span(self, begins: date, ends: date) -> str:
        """The days from one to another, with their year; a single day as any date is written."""
        return self.shown(begins) if begins == ends else self._language.span(begins, ends)

    def _iso(self, value: datetime | date | PartialDate) -> str:
        """What `<time datetime>` takes: RFC 3339 with the site's offset, or the date as known."""
        if isinstance(value, datetime):
            return rfc3339(value.astimezone(self._zone))
        return str(value) if isinstance(value, PartialDate) else value.isoformat()


# The signs of strftime, with the language's names whatever the machine's, and `%-d` on every system.
_SIGNS: dict[str, Sign] = {
    "%-d": lambda moment, _: str(moment.day),
    "%d": lambda moment, _: f"{moment.day:02}",
    "%-m": lambda moment, _: str(moment.month),
    "%m": lambda moment, _: f"{moment.month:02}",
    "%Y": lambda moment, _: f"{moment.year:04}",
    "%y": lambda moment, _: f"{moment.year % 100:02}",
    "%B": lambda moment, language: language.months["wide"][moment.month],
    "%b": lambda moment, language: language.months["abbreviated"][moment.month],
    "%A": lambda moment, language: language.weekdays["wide"][moment.weekday()],
    "%a": lambda moment, language: language.weekdays["abbreviated"][moment.weekday()],
    "%H": lambda moment, _: f"{moment.hour:02}",
    "%-H": lambda moment, _: str(moment.hour),
    "%M": lambda moment, _: f"{moment.minute:02}",
    "%I": lambda moment, _: f"{moment.hour % 12 or 12:02}",
    "%-I": lambda moment, _: str(moment.hour % 12 or 12),
    "%p": lambda moment, _: "AM" if moment.hour < 12 else "PM",
    "%S": lambda moment, _: f"{moment.second:02}",
    "%%": lambda moment, _: "%",
}
_SIGN = re.compile("|".join(sorted(_SIGNS, key=len, reverse=True)))


def _formatted(value: datetime | date, pattern: str, language: Language) -> str:
    moment = value if isinstance(value, datetime) else datetime(value.year, value.month, value.day)
    return _SIGN.sub(lambda sign: _SIGNS[sign[0]](moment, language), pattern)
