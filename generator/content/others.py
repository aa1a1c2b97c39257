"""Pages, digests' words and stories: the other content files, each to its value."""

from __future__ import annotations

from html import escape
from pathlib import PurePosixPath
from typing import Any, Generic, TypeVar

import msgspec

from generator.config import LoadSettings
from generator.content.fields import digest_record, page_record, story_record
from generator.content.reading import Reading
from generator.dates import BadDate, Week, from_file_name, parse_week
from generator.diagnostics import Diagnostic, has_errors
from generator.markdown.render import Rendered, Renderer, first_heading
from generator.model import DigestNotes, Inline, Sponsor, Story, TextPage
from generator.text import slugify

_T = TypeVar("_T")


class Loaded(msgspec.Struct, Generic[_T], frozen=True):
    """A value, or None where it cannot be published, and what is to be said."""

    value: _T | None
    diagnostics: tuple[Diagnostic, ...] = ()


def load_page(source: str, path: str, data: bytes, settings: LoadSettings) -> Loaded[TextPage]:
    """The page in the file `source`; `path` is its place below the folder of pages, no suffix."""
    reading = Reading(source, data)
    if reading.unreadable:
        return Loaded(None, tuple(reading.diagnostics))
    record = page_record(settings.timezone, settings.unknown_keys == "keep")
    values = reading.values(record, settings)
    title = values.get("title")
    if not title:
        heading = first_heading(reading.body)
        if not heading:
            reading.missing("'title' is missing", "write `title: …`")
            return Loaded(None, tuple(reading.diagnostics))
        title = heading[0]
        reading.cut_body(heading[1])
    renderer, body = _rendered(reading, settings)
    page = TextPage(
        source=source,
        path=_page_path(path, values.get("slug") or ""),
        title=renderer.inline(title, ("title",), links=False),
        body=body.fragment,
        description=values.get("description") or body.excerpt,
        lang=values.get("lang") or "",
        updated=values.get("updated") or values.get("date"),
        draft=bool(values.get("draft")) or values.get("published") is False,
        aliases=values.get("aliases") or (),
        nav=values.get("nav") is not False,
        weight=values.get("weight") or 0,
        extra=values.get("extra") or {},
        references=body.references,
        images=body.images,
    )
    return _checked(page, reading, renderer, body)


def load_digest(source: str, data: bytes, settings: LoadSettings) -> Loaded[DigestNotes]:
    """The editor's words for the week that the file's name or its `week:` says."""
    reading = Reading(source, data)
    if reading.unreadable:
        return Loaded(None, tuple(reading.diagnostics))
    values = reading.values(digest_record(settings.unknown_keys == "keep"), settings)
    week = values.get("week") or _week_in_name(reading)
    if week is None:
        return Loaded(None, tuple(reading.diagnostics))
    renderer, body = _rendered(reading, settings)
    title = values.get("title")
    notes = DigestNotes(
        source=source,
        week=week,
        intro=body.fragment,
        title=renderer.inline(title, ("title",), links=False) if title else None,
        subject=values.get("subject") or "",
        picks=values.get("picks") or (),
        order=values.get("order") or (),
        sponsor=_sponsor(values.get("sponsor"), renderer),
        references=tuple(dict.fromkeys((*body.references, *renderer.references))),
        images=tuple(dict.fromkeys((*body.images, *renderer.images))),
    )
    return _checked(notes, reading, renderer, body)


def load_story(source: str, data: bytes, settings: LoadSettings) -> Loaded[Story]:
    """The story that the file's name is the slug of."""
    reading = Reading(source, data)
    if reading.unreadable:
        return Loaded(None, tuple(reading.diagnostics))
    values = reading.values(story_record(), settings)
    slug = slugify(PurePosixPath(source).stem)
    renderer, body = _rendered(reading, settings)
    title, description = values.get("title") or "", values.get("description")
    beginning = Inline(escape(body.excerpt, quote=False), body.excerpt) if body.excerpt else None
    story = Story(
        slug,
        renderer.inline(title, ("title",), links=False),
        renderer.inline(description, ("description",)) if description else beginning,
        body.fragment if body.fragment.html else None,
    )
    return _checked(story, reading, renderer, body)


def _rendered(reading: Reading, settings: LoadSettings) -> tuple[Renderer, Rendered]:
    folder = str(PurePosixPath(reading.source).parent)
    renderer = Renderer("" if folder == "." else folder, settings.markdown)
    return renderer, renderer.body(reading.body)


def _checked(value: _T, reading: Reading, renderer: Renderer, body: Rendered) -> Loaded[_T]:
    for note in body.notes:
        reading.note(note)
    for path, note in renderer.notes:
        reading.note(note, path)
    failed = has_errors(reading.diagnostics)
    return Loaded(None if failed else value, tuple(reading.diagnostics))


def _page_path(path: str, slug: str) -> str:
    """`about` for pages/about.md, `team/anna` for pages/team/anna/index.md; each part a slug."""
    parts = [slugify(part) for part in PurePosixPath(path).parts]
    if parts and parts[-1] == "index":
        parts.pop()
    if slug:
        parts = [*parts[:-1], *map(slugify, slug.split("/"))]
    return "/".join(filter(None, parts))


def _week_in_name(reading: Reading) -> Week | None:
    stem = PurePosixPath(reading.source).stem
    day, _ = from_file_name(stem)
    if day is not None:
        year, number, _ = day.isocalendar()
        return Week(year, number)
    try:
        return parse_week(stem[:8])
    except BadDate as why:
        reading.missing(str(why), "name the file 2026-W47.md, or write `week: 2026-W47`")
        return None


def _sponsor(values: dict[str, Any] | None, renderer: Renderer) -> Sponsor | None:
    if not values or not values.get("name"):
        return None
    text = values.get("text")
    return Sponsor(
        values["name"],
        values.get("url") or "",
        renderer.inline(text, ("sponsor", "text")) if text else None,
    )
