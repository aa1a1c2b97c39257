"""Calendars to subscribe to: iCalendar (RFC 5545) by icalendar."""

from __future__ import annotations

from icalendar import Calendar, Event

from generator import __version__
from generator.views import CalendarEntry, CalendarView


def ics(view: CalendarView) -> bytes:
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
    for entry in view.entries:
        calendar.add_component(_event(entry))
    return bytes(calendar.to_ical())


def _event(entry: CalendarEntry) -> Event:
    event = Event()
    event.add("uid", entry.uid)
    # Section 3.8.7.2: where no method is named, this is when the entry was last revised.
    event.add("dtstamp", entry.changed)
    # A day without an end is that whole day (section 3.6.1).
    event.add("dtstart", entry.day)
    event.add("summary", entry.summary)
    event.add("description", entry.description)
    event.add("url", entry.url)
    event.add("status", "CANCELLED" if entry.cancelled else "CONFIRMED")
    # It takes nobody's time (section 3.8.2.7).
    event.add("transp", "TRANSPARENT")
    return event
