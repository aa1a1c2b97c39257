"""The keys that front matter knows: what each may hold, and what it is for."""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import lru_cache
from typing import Any
from zoneinfo import ZoneInfo

from generator.markdown.citations import SOURCE_ID
from generator.model import Outcome
from generator.schema.kinds import (
    Anything,
    Boolean,
    Choice,
    Integer,
    IsoWeek,
    ListOf,
    Matching,
    Moment,
    Partial,
    Probability,
    Schema,
    Text,
    Url,
)
from generator.schema.problems import Path, Problems, shown
from generator.schema.record import Field, MapOf, Record
from generator.text import clean, slugify

_LINE = Text(inline=True)
_SOURCE = re.compile(SOURCE_ID)
_NOT_IN_PATH = re.compile(r'[?#\\<>"|*:\x00-\x1f\x85\u2028\u2029]')
_LANGUAGE = re.compile(r"[A-Za-z]{2,8}(?:-[A-Za-z0-9]{1,8})*")


def _language(text: str) -> str:
    tag = text.replace("_", "-")
    if not _LANGUAGE.fullmatch(tag):
        raise ValueError(f"{text!r} is no language tag such as en or pt-BR")
    return tag


def _source_id(text: str) -> str:
    if not _SOURCE.fullmatch(text):
        raise ValueError(f"{text!r} is no id: use letters, digits, `-`, `_`, `.` and `:`")
    return text


def alias_path(text: str) -> str:
    """An alias as a path from the site's root. Raises ValueError for what is none."""
    path = "/" + clean(text).strip().lstrip("/")
    segments = path.removesuffix("/").split("/")[1:]
    if (
        "://" in text
        or any(each in ("", ".", "..") or each != each.strip() for each in segments)
        or any(each.startswith(".") for each in segments[1:])
        or any(each.startswith(".") and each != ".well-known" for each in segments[:1])
        or _NOT_IN_PATH.search(path)
        or any(len(each.encode()) > 255 for each in segments)
    ):
        raise ValueError(f"{text!r} is no path on this site such as /old/page/")
    return path


LANGUAGE = Matching(_language, "A language tag (BCP 47) such as en or pt-BR.")
ALIAS = Matching(alias_path, "A path on this site that leads here, such as /old/page/.")


_OUTCOMES: dict[bool, Outcome] = {True: "came true", False: "did not"}


class OutcomeOf:
    """What became of a forecast: true, false or withdrawn."""

    def read(self, value: Any, path: Path, problems: Problems) -> Outcome | None:
        """The outcome; None for what is none, with an error."""
        if isinstance(value, str) and value.strip().lower() == "withdrawn":
            return "withdrawn"
        result = Boolean().read(value, path, Problems())
        if result is None:
            problems.error(path, f"expected true, false or withdrawn, not {shown(value)}")
            return None
        return _OUTCOMES[result]

    def json_schema(self) -> Schema:
        """true, false, or the word."""
        return {"enum": [True, False, "withdrawn"]}


class Term:
    """A taxonomy's term: text, or a mapping with a `name`."""

    def read(self, value: Any, path: Path, problems: Problems) -> str | None:
        """The term's name; None where there is none, with a warning."""
        if isinstance(value, dict) and isinstance(value.get("name"), str):
            value = value["name"]
        if isinstance(value, dict | list):
            problems.error(path, f"expected a term, not {shown(value)}")
            return None
        name = " ".join(str(value).split()) if value is not None else ""
        if not slugify(name):
            problems.warning(path, f"the term {name!r} is left out: it has no letter or digit")
            return None
        return name

    def json_schema(self) -> Schema:
        """Text, a number, or a mapping with a name."""
        named = {"type": "object", "properties": {"name": {"type": "string"}}, "required": ["name"]}
        return {"anyOf": [{"type": ["string", "number", "null"]}, named]}


class Terms:
    """A list of terms; lists in lists are opened, with a warning."""

    def __init__(self) -> None:
        self._list = ListOf(Term(), commas=True)

    def read(self, value: Any, path: Path, problems: Problems) -> tuple[str, ...]:
        """The terms without repeats, in the author's order."""
        if isinstance(value, list) and any(isinstance(each, list) for each in value):
            problems.warning(path, "a list within a list; all terms are taken", "use one list")
            value = [
                term for each in value for term in (each if isinstance(each, list) else [each])
            ]
        return tuple(dict.fromkeys(self._list.read(value, path, problems) or ()))

    def json_schema(self) -> Schema:
        """What a list of terms may be."""
        return self._list.json_schema()


def _moments(zone: ZoneInfo) -> dict[str, Field]:
    moment = Moment(zone)
    return {
        "date": Field(moment, "When it is published. A future one waits.", lenient=True),
        "updated": Field(moment, "When it last changed in substance.", lenient=True),
        "expires": Field(moment, "From when on it is no longer published."),
        "collected": Field(moment, "When the desk picked the story up.", lenient=True),
    }


_NAMES: dict[str, Field] = {
    "id": Field(Text(), "The article's permanent id in feeds; never change it."),
    "title": Field(_LINE, "The title."),
    "slug": Field(Text(), "The article's part of its address; else from the file's name."),
    "draft": Field(Boolean(), "Not published yet."),
    "published": Field(Boolean(), "false is the same as draft: true."),
    "lang": Field(LANGUAGE, "The article's language, where it is not the site's.", lenient=True),
    "aliases": Field(ListOf(ALIAS), "Former addresses; each leads here."),
    "weight": Field(Integer(-10_000, 10_000), "The heavier stands higher in the digest."),
    "hook": Field(_LINE, "One line that makes a reader want to read on."),
    "summary": Field(_LINE, "A sentence or two for lists, feeds and search engines."),
    "story": Field(Text(), "The slug of the story that this is a part of."),
    "related": Field(ListOf(Text()), "Slugs or file names of articles to read next."),
    "rights": Field(_LINE, "Who holds the rights, and the licence."),
    "extra": Field(MapOf(Anything()), "Whatever the site's own templates use."),
}


def _parts(zone: ZoneInfo) -> dict[str, Field]:
    origin = {
        "name": Field(Text(), "The publisher.", required=True),
        "url": Field(Url(), "The original's address."),
        "author": Field(Text(), "Who wrote it."),
        "published": Field(Moment(zone), "When it came out."),
    }
    tldr = {
        "changed": Field(_LINE, "What changed."),
        "matters": Field(_LINE, "Why it matters."),
        "next": Field(_LINE, "What to do next."),
        "audience": Field(Terms(), "Who should care."),
    }
    analysis = {
        "by": Field(Choice(("ai", "human", "mixed")), "ai, human or mixed.", required=True),
        "model": Field(Text(), "The model, where one was used."),
        "reviewed_by": Field(Text(), "The person who checked it."),
        "reviewed": Field(Partial(), "When."),
    }
    comparison = {
        "caption": Field(_LINE, "What is compared."),
        "columns": Field(ListOf(_LINE, alone=False), "The heads of the columns.", required=True),
        "rows": Field(
            ListOf(ListOf(_LINE, alone=False), alone=False),
            "Rows as long as the columns.",
            required=True,
        ),
    }
    detail = {"term": Field(_LINE, "The term."), "text": Field(_LINE, "The text.", required=True)}
    implication = {
        "claim": Field(_LINE, "What will be the case.", required=True),
        "who": Field(Text(), "Whose forecast it is, where not the authors'."),
        "said": Field(Partial(), "When it was made, where not with this article."),
        "rationale": Field(_LINE, "Why."),
        "by": Field(Partial(), "When it falls due."),
        "probability": Field(Probability(), "How likely, from 0 to 1."),
        "outcome": Field(OutcomeOf(), "What became of it."),
        "resolved": Field(Partial(), "When that was known."),
        "sources": Field(ListOf(Text()), "Ids of the sources that it rests on."),
    }
    event = {
        "date": Field(Partial(), "2024, 2024-03 or 2024-03-05.", required=True),
        "event": Field(_LINE, "What happened.", required=True),
        "source": Field(Text(), "The id of its source."),
    }
    source = {
        "id": Field(Matching(_source_id, "Cited as [@id]."), "Cited as [@id].", required=True),
        "title": Field(_LINE, "The source's title.", required=True),
        "url": Field(Url(), "Its address."),
        "publisher": Field(Text(), "Who published it."),
        "date": Field(Partial(), "When."),
    }
    image = {
        "src": Field(Text(), "A file beside the article, or an address.", required=True),
        "alt": Field(Text(), "What it shows, for who cannot see it."),
        "credit": Field(_LINE, "Whom to thank."),
    }
    correction = {
        "date": Field(Partial(), "When it was corrected.", required=True),
        "text": Field(_LINE, "What was wrong.", required=True),
    }
    return {
        "source": Field(Record(origin, shorthand="name"), "The original story and its publisher."),
        "tldr": Field(Record(tldr), "The 30-second summary."),
        "analysis": Field(Record(analysis, shorthand="by"), "Who made the analysis."),
        "takeaways": Field(ListOf(_LINE), "The key takeaways."),
        "comparison": Field(Record(comparison), "A table of competitors."),
        "deep_dive": Field(ListOf(Record(detail, shorthand="text")), "Technical details."),
        "implications": Field(
            ListOf(Record(implication, shorthand="claim")), "Claims about the future."
        ),
        "timeline": Field(ListOf(Record(event)), "Dated events."),
        "sources": Field(ListOf(Record(source)), "What the article cites."),
        "image": Field(Record(image, shorthand="src"), "The article's picture."),
        "corrections": Field(ListOf(Record(correction)), "What was wrong and is mended."),
    }


def _terms(taxonomies: tuple[str, ...]) -> dict[str, Field]:
    return {name: Field(Terms(), f"Terms of the taxonomy {name}.") for name in taxonomies}


@lru_cache
def article_record(taxonomies: tuple[str, ...], timezone: str, keep_unknown: bool) -> Record:
    """All keys of an article's front matter."""
    zone = ZoneInfo(timezone)
    fields: Mapping[str, Field] = {
        **_terms(taxonomies),
        **_NAMES,
        **_moments(zone),
        **_parts(zone),
    }
    return Record(fields, open=keep_unknown)


@lru_cache
def page_record(timezone: str, keep_unknown: bool) -> Record:
    """All keys of a page's front matter."""
    names = ("title", "draft", "published", "lang", "aliases", "extra", "slug")
    fields = {
        **{name: _NAMES[name] for name in names},
        "description": Field(Text(), "A sentence for search engines."),
        "date": Field(Moment(ZoneInfo(timezone)), "When it was written.", lenient=True),
        "updated": Field(Moment(ZoneInfo(timezone)), "When it last changed.", lenient=True),
        "weight": Field(Integer(-10_000, 10_000), "The lighter stands further left."),
        "nav": Field(Boolean(), "Whether the navigation shows it (default: true)."),
    }
    return Record(fields, open=keep_unknown)


@lru_cache
def digest_record(keep_unknown: bool) -> Record:
    """All keys of a digest's front matter."""
    sponsor = {
        "name": Field(Text(), "Who pays.", required=True),
        "url": Field(Url(), "Their address."),
        "text": Field(_LINE, "Their words."),
    }
    fields = {
        "title": Field(_LINE, "The digest's title."),
        "week": Field(IsoWeek(), "The ISO week, where the file's name does not say it."),
        "subject": Field(Text(), "The subject line of the e-mail."),
        "picks": Field(ListOf(Text()), "Slugs or file names of the articles that come first."),
        "order": Field(ListOf(Text()), "The order of the groups."),
        "sponsor": Field(Record(sponsor, shorthand="name"), "Who pays for this digest."),
    }
    return Record(fields, open=keep_unknown)


@lru_cache
def story_record() -> Record:
    """All keys of a story's front matter."""
    return Record(
        {
            "title": Field(_LINE, "The story's title.", required=True),
            "description": Field(_LINE, "What it is about."),
        }
    )
