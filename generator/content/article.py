"""One article's file to an article: a pure function of its name, its bytes and the settings."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import UTC, datetime, time
from functools import lru_cache
from pathlib import PurePosixPath
from typing import Any
from urllib.parse import unquote
from zoneinfo import ZoneInfo

import msgspec

from generator.config import LoadSettings
from generator.content.fields import article_record
from generator.content.parts import Parts
from generator.content.reading import Reading
from generator.dates import from_file_name
from generator.diagnostics import Diagnostic, has_errors
from generator.keywords import keywords
from generator.markdown.render import Renderer, first_heading
from generator.model import Article, Body, Inline
from generator.resemblance import sketch
from generator.schema.problems import Problem
from generator.text import SLUG_BYTES, clean, slugify

_SAFE_SEGMENT = re.compile(r"[\w~-][\w.~-]*")
_URI = re.compile(r"(?:https?://|urn:|tag:)[^\s<>\"{}|\\^`]+", re.IGNORECASE)
_NOT_IN_TAG = re.compile(r"[^A-Za-z0-9._~!$&'()*+,;=:@/?-]")


class LoadedArticle(msgspec.Struct, frozen=True):
    """An article and its body, or None where it cannot be published; and what is to be said."""

    article: Article | None
    body: Body | None
    diagnostics: tuple[Diagnostic, ...] = ()
    # Of the body's text, to find others like it.
    sketch: bytes = b""
    # Its blocks of code (see `generator.markdown.code.Colours`).
    coloured: dict[str, str] = {}
    # Why it is no article though it lies among them: not an error, but named.
    left_out: str = ""


def load_article(
    source: str, data: bytes, settings: LoadSettings, coloured: Mapping[str, str] | None = None
) -> LoadedArticle:
    """The article in the file `source`, a path relative to the content folder.

    `coloured` are its blocks of code as they were when it was loaded last.
    """
    reading = Reading(source, data)
    day, stem = _name_parts(source)
    if reading.form == "none" and day is None:
        reading.missing(
            "left out: it has no front matter and no date in its name",
            "begin the file with --- title and date ---, or move it out of the articles",
            "warning",
        )
        return LoadedArticle(None, None, tuple(reading.diagnostics), left_out="no front matter")
    if reading.unreadable:
        return LoadedArticle(None, None, tuple(reading.diagnostics))
    record = article_record(
        settings.taxonomies,
        settings.timezone,
        settings.unknown_keys == "keep",
    )
    values = reading.values(record, settings)
    date = _date(reading, values, day, settings)
    title = _title(reading, values)
    if date is None or title is None:
        reason = "no date" if date is None else ""
        return LoadedArticle(None, None, tuple(reading.diagnostics), left_out=reason)
    return _assembled(reading, values, title, date, stem, settings, coloured)


def _assembled(
    reading: Reading,
    values: dict[str, Any],
    title: str,
    date: datetime,
    stem: str,
    settings: LoadSettings,
    coloured: Mapping[str, str] | None,
) -> LoadedArticle:
    values["date"] = date
    folder = str(PurePosixPath(reading.source).parent)
    folder = "" if folder == "." else folder
    sources = values.get("sources") or ()
    numbers = {each["id"]: n for n, each in enumerate(sources, 1) if each.get("id")}
    renderer = Renderer(folder, settings.markdown, numbers, coloured)
    parts = Parts(reading, renderer, values, ZoneInfo(settings.timezone))
    heading = renderer.inline(title, ("title",), links=False)
    if not heading.text:
        reading.problem(Problem(("title",), "the title has no text", "write words"))
    body = renderer.body(reading.body)
    own = parts.read()
    for note in body.notes:
        reading.note(note)
    for path, note in renderer.notes:
        reading.note(note, path)
    slug = _slug(reading, values, stem, heading.text, date)
    rendered_body = Body(body.fragment, reading.body, len(body.measure.words))
    article = Article(
        source=reading.source,
        id=_permanent_id(values, stem or PurePosixPath(reading.source).stem, date, settings),
        slug=slug,
        title=heading,
        date=date,
        folder=folder if PurePosixPath(reading.source).stem == "index" else "",
        terms=_terms(values, settings),
        excerpt=body.excerpt,
        minutes=body.measure.minutes,
        references=tuple(dict.fromkeys(renderer.references)),
        body_references=body.references,
        images=tuple(dict.fromkeys(renderer.images)),
        body_images=body.images,
        keywords=keywords(_named(heading, own), body.text, body.measure),
        **_simple(values),
        **own,
    )
    if has_errors(reading.diagnostics):
        return LoadedArticle(None, None, tuple(reading.diagnostics))
    return LoadedArticle(
        article,
        rendered_body,
        tuple(reading.diagnostics),
        sketch(body.text),
        renderer.colours.blocks,
    )


def _name_parts(source: str) -> tuple[Any, str]:
    """The date in a file's name (or its folder's, for `index.md`), and the rest of the name."""
    path = PurePosixPath(source)
    name = path.parent.name if path.stem == "index" and path.parent.name else path.stem
    return from_file_name(unquote(name))


def _date(
    reading: Reading, values: dict[str, Any], day: Any, settings: LoadSettings
) -> datetime | None:
    zone = ZoneInfo(settings.timezone)
    written: datetime | None = values.get("date")
    if written is not None:
        return written
    if day is not None:
        return datetime.combine(day, time(), zone).astimezone(UTC)
    if "date" not in reading.wrong:
        reading.missing(
            "left out: it has no date",
            "write `date: 2026-11-20`, or begin the file's name with 2026-11-20-",
            "warning",
        )
    return None


def _title(reading: Reading, values: dict[str, Any]) -> str | None:
    title: str | None = values.get("title")
    if title and clean(title).strip():
        return title
    heading = first_heading(reading.body)
    if heading:
        reading.missing(
            "no title; the text's first heading is taken", "write `title: …`", "warning"
        )
        reading.cut_body(heading[1])
        return heading[0]
    reading.missing("'title' is missing", "write `title: …`")
    return None


def _slug(reading: Reading, values: dict[str, Any], stem: str, title: str, date: datetime) -> str:
    written: str = values.get("slug") or ""
    if written:
        segments = [each for each in clean(written).split("/") if each]
        if "/".join(segments) == written and all(map(_is_safe, segments)):
            return written
        safe = "/".join(filter(None, map(slugify, segments)))
        if safe:
            message = f"the slug {written!r} cannot be an address as it is; {safe!r} is taken"
            reading.problem(Problem(("slug",), message, severity="warning"))
            return safe
        message = f"the slug {written!r} has no letter or digit"
        reading.problem(Problem(("slug",), message, "the file's name is taken", "warning"))
    return slugify(stem) or slugify(title) or f"{date:%Y-%m-%d}"


def _is_safe(segment: str) -> bool:
    return bool(_SAFE_SEGMENT.fullmatch(segment)) and len(segment.encode()) <= SLUG_BYTES


def _permanent_id(values: dict[str, Any], stem: str, date: datetime, settings: LoadSettings) -> str:
    """A URI that stays: the author's `id`, or a tag URI (RFC 4151) of site, day and first slug.

    The first slug is that of the oldest alias with the form of the articles' addresses, else that
    of the file's name; neither the title nor `slug:` have a part in it.
    """
    written: str = clean(values.get("id") or "").strip()
    if _URI.fullmatch(written):
        return written
    if written:
        # The date in a tag is when the name was held; a fixed one keeps the id from depending on
        # anything but what the author wrote.
        return f"tag:{settings.host},2000:{_percent(written)}"
    day = date.astimezone(ZoneInfo(settings.timezone))
    pattern = _permalink_pattern(settings.permalink)
    former = (pattern.fullmatch(alias) for alias in values.get("aliases") or ())
    first = next((found["slug"] for found in former if found), slugify(stem))
    return f"tag:{settings.host},{day:%Y-%m-%d}:{_percent(first)}"


def _percent(text: str) -> str:
    return _NOT_IN_TAG.sub(lambda c: "".join(f"%{b:02X}" for b in c[0].encode()), text)


@lru_cache
def _permalink_pattern(permalink: str) -> re.Pattern[str]:
    parts = re.split(r"(\{\w+\})", permalink)
    wild = (
        "(?P<slug>[^/]+)" if part == "{slug}" else "[^/]+" if part[:1] == "{" else re.escape(part)
        for part in parts
    )
    pattern = "".join(wild).rstrip("/") + "/?"
    return re.compile(pattern if "(?P<slug>" in pattern else r"(?P<slug>)(?!)")


def _terms(values: dict[str, Any], settings: LoadSettings) -> dict[str, tuple[str, ...]]:
    terms = {name: values.get(name) or () for name in settings.taxonomies}
    audience = (values.get("tldr") or {}).get("audience") or ()
    if "audiences" in terms and audience:
        terms["audiences"] = tuple(dict.fromkeys((*terms["audiences"], *audience)))
    origin = (values.get("source") or {}).get("name")
    if "publishers" in terms and origin:
        terms["publishers"] = tuple(dict.fromkeys((*terms["publishers"], origin)))
    return {name: each for name, each in terms.items() if each}


def _named(title: Inline, parts: dict[str, Any]) -> str:
    """What an article says of itself before its body."""
    tldr = parts.get("tldr")
    lines = [title, parts.get("summary"), parts.get("hook")]
    lines += [tldr.changed, tldr.matters, tldr.next] if tldr else []
    lines += parts.get("takeaways", ())
    lines += (detail.text for detail in parts.get("deep_dive", ()))
    lines += (implication.claim for implication in parts.get("implications", ()))
    return " ".join(line.text for line in lines if line)


def _simple(values: dict[str, Any]) -> dict[str, Any]:
    """The values that an article takes as they are."""
    published = values.get("published")
    return {
        "expires": values.get("expires"),
        "collected": values.get("collected"),
        "draft": bool(values.get("draft")) or published is False,
        "lang": values.get("lang") or "",
        "weight": values.get("weight") or 0,
        "aliases": values.get("aliases") or (),
        "related": values.get("related") or (),
        "story": slugify(values.get("story") or ""),
        "extra": values.get("extra") or {},
    }
