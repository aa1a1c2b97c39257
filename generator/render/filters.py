"""What templates may apply to values: pure functions of the value and the site's settings."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterable, Mapping
from datetime import date, datetime
from functools import lru_cache
from typing import Any
from urllib.parse import urlsplit
from zoneinfo import ZoneInfo

from markupsafe import Markup

from generator.dates import PartialDate, rfc3339
from generator.model import Analysis, Article, Fragment, Heading
from generator.model import Body as StoredBody
from generator.references import resolve
from generator.render.jsonld import json_ld
from generator.render.jsonld_parts import Place
from generator.render.locales import locale
from generator.render.markdown_copy import portable
from generator.views import Body, Link, SiteView, View, bodies_of

_MONTHS = (
    "January February March April May June July August September October November December".split()
)
_DAYS = "Monday Tuesday Wednesday Thursday Friday Saturday Sunday".split()

# How many dates are kept as they are written: those of some thousand articles.
_DATES = 16_384

Bodies = Mapping[str, StoredBody]


def make_filters(site: SiteView, bodies: Bodies) -> dict[str, Callable[..., Any]]:
    """All filters by their names in templates."""
    dates = Dates(site.timezone, site.date_format)
    origin = site.url.removesuffix(site.base)
    return {
        "date": dates.shown,
        "iso": dates.iso,
        "month": lambda day: f"{_MONTHS[day.month - 1]} {day.year}",
        "day": lambda day: f"{day.day} {_MONTHS[day.month - 1][:3]}",
        "days": days,
        "absolute": lambda address: origin + address if address.startswith("/") else address,
        "body": lambda body: Markup(body_html(body, bodies)),  # noqa: S704  # sanitised when it was loaded
        "headings": lambda body, *levels: headings(bodies[body.source].html, levels),
        "markdown_of": lambda body: portable(
            bodies[body.source].markdown.strip("\n"), body.source, body.addresses, origin
        ),
        "quoted": lambda text: json.dumps(text, ensure_ascii=False),
        "jsonld": _json_ld_filter(site, bodies),
        "locale": locale,
        "disclosure": disclosure,
        "latency": latency,
        "percent": lambda number: f"{round(number * 100)}\u202f%",
        "source_number": source_number,
        "host": lambda address: (urlsplit(address).hostname or "").removeprefix("www."),
    }


def _json_ld_filter(site: SiteView, bodies: Bodies) -> Callable[..., Markup]:
    origin = site.url.removesuffix(site.base)

    def filtered(
        view: View, url: str, name: str, description: str, above: Iterable[Any] = ()
    ) -> Markup:
        """The structured data of a page; none of one that has no address."""
        if not url:
            return Markup("")
        trail = tuple((each["text"], origin + each["url"]) for each in map(_as_link, above))
        place = Place(origin + url, _plain(name), _plain(description), trail)
        return json_ld(view, site, place, sum(bodies[source].words for source in bodies_of(view)))

    return filtered


def _as_link(link: Link | Mapping[str, str]) -> Mapping[str, str]:
    return {"text": link.text, "url": link.url} if isinstance(link, Link) else link


def _plain(text: str) -> str:
    """What a block of a template gives, as text: its markup is that of escaping alone."""
    return " ".join((text.unescape() if isinstance(text, Markup) else text).split())


def days(begins: date, ends: date) -> str:
    """The days from one to another, as in a sentence: `16 to 29 November`."""
    last = f"{ends.day} {_MONTHS[ends.month - 1]}"
    if begins.year != ends.year:
        return f"{begins.day} {_MONTHS[begins.month - 1]} {begins.year} to {last} {ends.year}"
    if begins.month != ends.month:
        return f"{begins.day} {_MONTHS[begins.month - 1]} to {last}"
    return f"{begins.day} to {last}"


def span_in_words(begins: date, ends: date, pattern: str) -> str:
    """One day in the form of the pattern, or with its year as in `16 to 29 November 2026`."""
    if begins == ends:
        return _formatted(begins, pattern)
    year = f" {ends.year}" if begins.year == ends.year else ""
    return days(begins, ends) + year


def body_html(body: Body, bodies: Bodies) -> str:
    """The HTML of an article's body, with its references as addresses."""
    return resolve(bodies[body.source].html.html, body.addresses)


def headings(html: Fragment, levels: tuple[int, ...] = ()) -> tuple[Heading, ...]:
    """The headings of those levels; of all, where none is named."""
    return tuple(each for each in html.headings if not levels or each.level in levels)


class Dates:
    """Dates as the site writes them, in its own time zone."""

    def __init__(self, timezone: str, pattern: str) -> None:
        self._zone = ZoneInfo(timezone)
        self._pattern = pattern
        # A site has few different dates compared with how often it shows them.
        self.shown = lru_cache(maxsize=_DATES)(self._shown)
        self.iso = lru_cache(maxsize=_DATES)(self._iso)

    def _shown(self, value: datetime | date | PartialDate) -> str:
        """`20 November 2026`, or the part of it that is known."""
        if isinstance(value, PartialDate):
            if not value.month:
                return str(value.year)
            if not value.day:
                return f"{_MONTHS[value.month - 1]} {value.year}"
            value = value.first_day()
        if isinstance(value, datetime):
            value = value.astimezone(self._zone)
        return _formatted(value, self._pattern)

    def _iso(self, value: datetime | date | PartialDate) -> str:
        """What `<time datetime>` takes: RFC 3339 with the site's offset, or the date as known."""
        if isinstance(value, datetime):
            return rfc3339(value.astimezone(self._zone))
        return str(value) if isinstance(value, PartialDate) else value.isoformat()


# The signs of strftime, with English names whatever the machine's locale, and `%-d` on every system.
_SIGNS: dict[str, Callable[[datetime], str]] = {
    "%-d": lambda moment: str(moment.day),
    "%d": lambda moment: f"{moment.day:02}",
    "%-m": lambda moment: str(moment.month),
    "%m": lambda moment: f"{moment.month:02}",
    "%Y": lambda moment: f"{moment.year:04}",
    "%y": lambda moment: f"{moment.year % 100:02}",
    "%B": lambda moment: _MONTHS[moment.month - 1],
    "%b": lambda moment: _MONTHS[moment.month - 1][:3],
    "%A": lambda moment: _DAYS[moment.weekday()],
    "%a": lambda moment: _DAYS[moment.weekday()][:3],
    "%H": lambda moment: f"{moment.hour:02}",
    "%-H": lambda moment: str(moment.hour),
    "%M": lambda moment: f"{moment.minute:02}",
    "%I": lambda moment: f"{moment.hour % 12 or 12:02}",
    "%-I": lambda moment: str(moment.hour % 12 or 12),
    "%p": lambda moment: "AM" if moment.hour < 12 else "PM",
    "%S": lambda moment: f"{moment.second:02}",
    "%%": lambda moment: "%",
}
_SIGN = re.compile("|".join(sorted(_SIGNS, key=len, reverse=True)))


def _formatted(value: datetime | date, pattern: str) -> str:
    moment = value if isinstance(value, datetime) else datetime(value.year, value.month, value.day)
    return _SIGN.sub(lambda sign: _SIGNS[sign[0]](moment), pattern)


def disclosure(analysis: Analysis) -> str:
    """Who made the analysis and whether a person checked it, in words for readers."""
    model = f" ({analysis.model})" if analysis.model else ""
    if analysis.by == "human":
        text = "Analysis written by people"
    elif analysis.by == "ai":
        text = f"AI-generated analysis{model}"
    else:
        text = f"Analysis written by people and AI{model}"
    if analysis.reviewed_by:
        text += f", reviewed by {analysis.reviewed_by}"
        if analysis.reviewed:
            text += f" on {analysis.reviewed}"
    elif analysis.by != "human":
        text += ", not reviewed by a person"
    return text + "."


def latency(article: Article) -> str:
    """How long after the original the desk picked it up: `18 min`, `3 h`, `2 days`; or ""."""
    if article.collected is None or article.origin is None or article.origin.published is None:
        return ""
    minutes = round((article.collected - article.origin.published).total_seconds() / 60)
    if minutes < 0:
        return ""
    if minutes < 100:
        return f"{minutes} min"
    if minutes < 48 * 60:
        return f"{round(minutes / 60)} h"
    return f"{round(minutes / 1440)} days"


def source_number(article: Article, source: str) -> int:
    """The number of a cited source in the article's list."""
    return next(each.number for each in article.sources if each.id == source)
