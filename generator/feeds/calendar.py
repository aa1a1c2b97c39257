"""Calendars to subscribe to: iCalendar (RFC 5545) by icalendar."""

from __future__ import annotations

from icalendar import Calendar, Event

from generator import __version__
from generator.localised import Dates
from generator.predicted import facts, standing_title
from generator.views import CalendarEntry, CalendarView, SiteView
from generator.words import Words


def ics(view: CalendarView, site: SiteView, words: Words) -> bytes:
    """The calendar's file. Nothing in it is taken from the clock."""
    calendar = Calendar()
    calendar.add("prodid", f"-//Broadsheet//Broadsheet {__version__}//EN")
    calendar.add("version", "2.0")
    calendar.add("calscale", "GREGORIAN")
    # RFC 7986 sections 5.1, 5.2 and 5.5, and what programs took before it.
    calendar.add("name", view.title)
    calendar.add("x-wr-calname", view.title)
    calendar.add("description", view.description)
    calendar.add("url", view.url)
    dates = Dates(words.language, site.timezone, site.date_format)
    for entry in view.entries:
        calendar.add_component(_event(entry, site, words, dates))
    return bytes(calendar.to_ical())


def _event(entry: CalendarEntry, site: SiteView, words: Words, dates: Dates) -> Event:
    line = entry.prediction
    event = Event()
    event.add("uid", entry.uid)
    # Section 3.8.7.2: where no method is named, this is when the entry was last revised.
    event.add("dtstamp", entry.changed)
    # A day without an end is that whole day (section 3.6.1).
    event.add("dtstart", entry.day)
    event.add("summary", standing_title(line, words))
    event.add("description", "\n".join(facts(line, words, dates)))
    event.add("url", site.host + line.url)
    event.add("status", "CANCELLED" if line.state == "withdrawn" else "CONFIRMED")
    # It takes nobody's time (section 3.8.2.7).
    event.add("transp", "TRANSPARENT")
    return event
