"""Feeds in three forms: RSS 2.0 and Atom by feedgen, JSON Feed 1.1; calendars by icalendar."""
