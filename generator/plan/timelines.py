"""Timelines: the dated events of articles merged in order, each told once.

An event with a part of a date stands before those of which more is known: what happened in 2024 is
not said to have happened on its first day, and it is not later than March 2024 either.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from itertools import chain

from generator.dates import PartialDate
from generator.model import Article, CitedSource, Event
from generator.plan.catalogue import Catalogue, quoted
from generator.plan.duplicates import page_of
from generator.plan.paging import paged
from generator.plan.sameness import Judged, Telling, judged
from generator.routes import output_path, timeline_path, url
from generator.views import (
    EventTelling,
    Link,
    Page,
    Section,
    SourceLink,
    TimelineBlock,
    TimelineEvent,
    TimelineView,
)

_PATH = "/timeline/"
# So many events the page of all of them holds itself; with more, each year has its own.
_WHOLE = 300
# So many of the latest events the page of a term or story shows.
_LATEST = 30

_Told = tuple[Article, Event]


class Timelines:
    """The events of a catalogue's articles, in order; each is made once and shown where it belongs.

    `last` is what the last plan judged of the tellings of each date.
    """

    def __init__(self, catalogue: Catalogue, last: Mapping[str, Judged]) -> None:
        self._catalogue = catalogue
        self._last = last
        # By their dates, what was found of those of which there are several tellings.
        self.judged: dict[str, Judged] = {}
        self._events: list[TimelineEvent] = []
        # The numbers of the events that an article tells.
        self._of: dict[str, list[int]] = {}
        for date, told in sorted(_by_date(catalogue.selection.articles).items()):
            self._add(date, told)

    def links(self) -> tuple[Section, ...]:
        """The link to /timeline/, where there is an event."""
        address = url(_PATH, self._catalogue.config)
        return (Section("timeline", address),) if self._events else ()

    def pages(self) -> Iterator[Page]:
        """/timeline/, and with many events a page for each year, or several."""
        if not self._events:
            return
        if len(self._events) <= _WHOLE:
            yield self._page(_PATH, TimelineView(tuple(self._events), len(self._events)))
            return
        years: dict[int, list[TimelineEvent]] = {}
        for event in self._events:
            years.setdefault(event.date.year, []).append(event)
        links = tuple(
            Link(str(year), url(f"{_PATH}{year}/", self._catalogue.config), len(events))
            for year, events in years.items()
        )
        yield self._page(_PATH, TimelineView((), len(self._events), years=links))
        home = Link(self._catalogue.words.timeline, url(_PATH, self._catalogue.config))
        for year, events in years.items():
            yield from self._paged(f"{_PATH}{year}/", events, home, year)

    def block(self, articles: Sequence[Article], path: str) -> TimelineBlock | None:
        """The latest events of some articles, for the page at `path` that lists the articles."""
        numbers = self._numbers(articles)
        if not numbers:
            return None
        events = tuple(self._events[number] for number in numbers[-_LATEST:])
        whole = len(events) == len(numbers)
        address = "" if whole else url(timeline_path(path), self._catalogue.config)
        return TimelineBlock(events, len(numbers), address)

    def own_pages(self, articles: Sequence[Article], path: str, of: Link) -> Iterator[Page]:
        """All events of some articles, where there are more than the page at `path` shows."""
        numbers = self._numbers(articles)
        if len(numbers) > _LATEST:
            events = [self._events[number] for number in numbers]
            yield from self._paged(timeline_path(path), events, of)

    def _numbers(self, articles: Sequence[Article]) -> list[int]:
        return sorted({*chain.from_iterable(self._of.get(each.source, ()) for each in articles)})

    def _add(self, date: PartialDate, told: Sequence[_Told]) -> None:
        """The events of one date. Most dates have one only."""
        for group in self._events_of(date, told):
            number = len(self._events)
            tellings = tuple(self._shown([told[each] for each in wording]) for wording in group)
            self._events.append(TimelineEvent(date, tellings))
            for each in (each for wording in group for each in wording):
                self._of.setdefault(told[each][0].source, []).append(number)

    def _events_of(self, date: PartialDate, told: Sequence[_Told]) -> list[list[list[int]]]:
        if len(told) == 1:
            return [[[0]]]
        name = str(date)
        self.judged[name] = judged([_telling(each) for each in told], self._last.get(name))
        return self.judged[name].events

    def _shown(self, told: Sequence[_Told]) -> EventTelling:
        """What several articles tell in forms of the same words: the first one's words."""
        article, event = told[0]
        articles = {each.source: self._catalogue.title_link(each) for each, _ in told}
        source = next((each for each in map(_source, told) if each), None)
        return EventTelling(
            event=quoted(event.event, self._catalogue.url_of(article)),
            articles=tuple(articles.values()),
            source=source,
            lang=article.lang,
        )

    def _paged(
        self, path: str, events: Sequence[TimelineEvent], of: Link, year: int = 0
    ) -> Iterator[Page]:
        for pagination, shown, place in paged(self._catalogue.config, events, path, _WHOLE):
            view = TimelineView(tuple(shown), len(events), of=of, year=year, pagination=pagination)
            yield self._page(place, view)

    def _page(self, path: str, view: TimelineView) -> Page:
        own = url(path, self._catalogue.config)
        return Page(output_path(path), "timeline.html", view, "the timeline", own)


def _by_date(articles: Sequence[Article]) -> dict[PartialDate, list[_Told]]:
    """The events by their dates as they are written; of one date, the older article's first."""
    found: dict[PartialDate, list[_Told]] = {}
    for article in reversed(articles):
        for event in article.timeline:
            found.setdefault(event.date, []).append((article, event))
    return found


def _telling(told: _Told) -> Telling:
    article, event = told
    cited = _cited(told)
    page = page_of(cited.url) if cited and cited.url else ""
    return Telling(article.source, event.event.text, (page,) if page else ())


def _source(told: _Told) -> SourceLink | None:
    cited = _cited(told)
    return SourceLink(cited.title, cited.url, cited.publisher) if cited else None


def _cited(told: _Told) -> CitedSource | None:
    article, event = told
    if not event.source:
        return None
    return next((each for each in article.sources if each.id == event.source), None)
