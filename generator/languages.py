"""What a language asks of a page: direction, dates, numbers and plural forms, by the CLDR (babel)."""

from __future__ import annotations

from datetime import date
from functools import lru_cache
from typing import TYPE_CHECKING

from generator.dates import PartialDate

if TYPE_CHECKING:
    # Loaded where something is rendered: it takes longer than a build with nothing to do.
    from babel import Locale

# ISO 15924 codes of the scripts that run from right to left and that languages are written in now.
_RIGHT_TO_LEFT = frozenset("Adlm Arab Hebr Mand Nkoo Rohg Samr Syrc Thaa Yezi".split())
_KEPT = 4096


def fallbacks(tag: str) -> tuple[str, ...]:
    """A language tag (BCP 47) and what is more general, down to the language: `de-CH`, `de`."""
    parts = tag.split("-")
    return tuple("-".join(parts[:length]) for length in range(len(parts), 0, -1))


def direction(tag: str) -> str:
    """`rtl` or `ltr`: that of the script which the tag names, or in which the language is written."""
    from babel.core import get_global

    parts = tag.split("-")
    script = next((each.title() for each in parts[1:] if len(each) == 4 and each.isalpha()), "")
    if not script:
        region = next((each.upper() for each in parts[1:] if len(each) == 2), "")
        likely = get_global("likely_subtags")
        language = parts[0].lower()
        full = likely.get(f"{language}_{region}") or likely.get(language) or ""
        script = full.split("_")[1] if "_" in full else ""
    return "rtl" if script in _RIGHT_TO_LEFT else "ltr"


class Language:
    """How a language writes dates and numbers; for one that the CLDR lacks, as English does.

    English of no named country writes the day first.
    """

    def __init__(self, tag: str) -> None:
        self.tag = tag
        self.dir = direction(tag)
        self._locale = _locale(tag)
        # A site has few different dates and numbers compared with how often it shows them.
        self.date = lru_cache(_KEPT)(self._date)
        self.day = lru_cache(_KEPT)(self._day)
        self.days = lru_cache(_KEPT)(self._days)
        self.number = lru_cache(_KEPT)(self._number)
        self.plural = lru_cache(_KEPT)(self._locale.plural_form)
        self.months = self._locale.months["format"]
        self.weekdays = self._locale.days["format"]

    def _date(self, value: date | PartialDate) -> str:
        """`20 November 2026`, or the part of it that is known."""
        from babel.dates import format_date

        if isinstance(value, PartialDate):
            if not value.month:
                return self._skeleton("y", value.first_day())
            if not value.day:
                return self.month(value.first_day())
            value = value.first_day()
        return format_date(value, "long", locale=self._locale)

    def month(self, value: date) -> str:
        """`November 2026`."""
        return self._skeleton("yMMMM", value)

    def _day(self, value: date) -> str:
        """`20 Nov`."""
        return self._skeleton("MMMd", value)

    def _days(self, begins: date, ends: date) -> str:
        """The days from one to another: `16–29 Nov`, with the years where they are two."""
        return self._interval(begins, ends, "MMMd" if begins.year == ends.year else "yMMMd")

    def span(self, begins: date, ends: date) -> str:
        """The days from one to another with their year: `16–29 Nov 2026`."""
        return self._interval(begins, ends, "yMMMd")

    def _interval(self, begins: date, ends: date, skeleton: str) -> str:
        from babel.dates import format_interval

        # Some releases of the CLDR put thin spaces around the dash: here it is closed in all of them.
        return format_interval(begins, ends, skeleton, locale=self._locale).replace("\u2009", "")

    def _skeleton(self, skeleton: str, value: date) -> str:
        from babel.dates import format_skeleton

        return format_skeleton(skeleton, value, locale=self._locale)

    def _number(self, value: int) -> str:
        """`1,234`."""
        from babel.numbers import format_decimal

        return format_decimal(value, locale=self._locale)

    def decimal(self, value: float, places: int) -> str:
        """`0.125` with that many digits after the point."""
        from babel.numbers import format_decimal

        return format_decimal(value, f"0.{'0' * places}", locale=self._locale)

    def percent(self, value: float) -> str:
        """`70%` for 0.7."""
        from babel.numbers import format_percent

        return format_percent(value, locale=self._locale)

    @property
    def plural_forms(self) -> frozenset[str]:
        """The names of its plural forms in the CLDR."""
        return self._locale.plural_form.tags | {"other"}


@lru_cache(maxsize=64)
def _locale(tag: str) -> Locale:
    from babel import Locale, UnknownLocaleError

    for each in fallbacks("en-001" if tag.lower() == "en" else tag):
        try:
            return Locale.parse(each, sep="-")
        except (UnknownLocaleError, ValueError):
            continue
    return Locale("en", "001")
