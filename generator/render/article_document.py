"""An article as data for machines: the structs of which its JSON and the JSON's schema are made.

Addresses are absolute, moments RFC 3339, and what an article does not have is left out.
"""

from __future__ import annotations

from datetime import datetime
from typing import Annotated, Literal

import msgspec
from msgspec import UNSET, Meta, UnsetType

from generator.model import PredictionState

Address = Annotated[str, Meta(extra_json_schema={"format": "uri"})]
Moment = Annotated[datetime, Meta(tz=True)]
KnownDate = Annotated[
    str,
    Meta(
        pattern=r"^\d{4}(-\d{2}(-\d{2})?)?$",
        description="A year, a month or a day: as much as is known.",
    ),
]


class _Part(msgspec.Struct, frozen=True, omit_defaults=True):
    """What all parts have in common: they leave out what is not there."""


class Line(msgspec.Struct, frozen=True):
    """A line of text: as HTML of phrasing elements, and as plain text."""

    html: str
    text: str


class Term(_Part, frozen=True):
    """A term of a taxonomy, and its page."""

    name: str
    url: Address


class Terms(_Part, frozen=True):
    """The article's terms of one taxonomy."""

    taxonomy: str
    title: str
    terms: tuple[Term, ...]


class Reference(_Part, frozen=True):
    """Another article of the newsletter."""

    title: Line
    url: Address
    published: Moment


class Related(Reference, frozen=True):
    """An article to read next; `shares` are the terms, or else the words, of both."""

    shares: tuple[str, ...] = ()


class Original(_Part, frozen=True):
    """Where the story was first published."""

    name: str
    url: Address | UnsetType = UNSET
    author: str | UnsetType = UNSET
    published: Moment | UnsetType = UNSET


class Picture(_Part, frozen=True):
    """The article's picture; its size in pixels, where it is known."""

    url: Address
    alt: str
    credit: Line | UnsetType = UNSET
    width: int | UnsetType = UNSET
    height: int | UnsetType = UNSET


class Summary(_Part, frozen=True):
    """The 30-second summary."""

    changed: Line | UnsetType = UNSET
    matters: Line | UnsetType = UNSET
    next: Line | UnsetType = UNSET
    audience: tuple[str, ...] = ()


class Disclosure(_Part, frozen=True):
    """Who made the analysis; `disclosure` is the sentence that readers are told."""

    by: Literal["ai", "human", "mixed"]
    disclosure: str
    model: str | UnsetType = UNSET
    reviewed_by: str | UnsetType = UNSET
    reviewed: KnownDate | UnsetType = UNSET


class Table(_Part, frozen=True):
    """A comparison: every row is as long as `columns`."""

    columns: tuple[Line, ...]
    rows: tuple[tuple[Line, ...], ...]
    caption: Line | UnsetType = UNSET


class Detail(_Part, frozen=True):
    """An item of the technical deep dive."""

    text: Line
    term: Line | UnsetType = UNSET


class Claim(_Part, frozen=True):
    """A claim about the future, as it stood when the site was built.

    With `by` it has a `state`. `sources` are ids of the article's sources.
    """

    claim: Line
    who: str | UnsetType = UNSET
    said: KnownDate | UnsetType = UNSET
    rationale: Line | UnsetType = UNSET
    by: KnownDate | UnsetType = UNSET
    probability: Annotated[float, Meta(ge=0, le=1)] | UnsetType = UNSET
    state: PredictionState | UnsetType = UNSET
    resolved: KnownDate | UnsetType = UNSET
    sources: tuple[str, ...] = ()


class DatedEvent(_Part, frozen=True):
    """An event of the timeline; `source` is the id of one of the article's sources."""

    date: KnownDate
    event: Line
    source: str | UnsetType = UNSET


class Source(_Part, frozen=True):
    """A source that the article cites."""

    id: str
    number: int
    title: Line
    url: Address | UnsetType = UNSET
    publisher: str | UnsetType = UNSET
    date: KnownDate | UnsetType = UNSET


class Mended(_Part, frozen=True):
    """A correction."""

    date: KnownDate
    text: Line


class Place(_Part, frozen=True):
    """The story that the article is part number `part` of, and the parts around it."""

    title: Line
    part: int
    parts: int
    description: Line | UnsetType = UNSET
    earlier: tuple[Reference, ...] = ()
    later: tuple[Reference, ...] = ()


class Digest(_Part, frozen=True):
    """The weekly digest in which the article stands."""

    title: str
    url: Address


class Text(_Part, frozen=True):
    """The author's own text: as HTML that can stand on any page, and where it is as Markdown."""

    html: str
    words: int
    markdown: Address


class ArticleDocument(_Part, frozen=True):
    """An article of a newsletter with all its parts."""

    schema: Address = msgspec.field(name="$schema")
    id: Annotated[str, Meta(description="Permanent: it stays when all else changes.")]
    url: Address
    title: Line
    language: str
    published: Moment
    minutes: Annotated[int, Meta(description="How long reading it takes.")]
    digest: Digest
    body: Text
    updated: Moment | UnsetType = UNSET
    expires: Moment | UnsetType = UNSET
    collected: Moment | UnsetType = UNSET
    draft: bool = False
    hook: Line | UnsetType = UNSET
    summary: Line | UnsetType = UNSET
    terms: tuple[Terms, ...] = ()
    source: Original | UnsetType = UNSET
    image: Picture | UnsetType = UNSET
    tldr: Summary | UnsetType = UNSET
    corrections: tuple[Mended, ...] = ()
    analysis: Disclosure | UnsetType = UNSET
    takeaways: tuple[Line, ...] = ()
    comparison: Table | UnsetType = UNSET
    deep_dive: tuple[Detail, ...] = ()
    implications: tuple[Claim, ...] = ()
    timeline: tuple[DatedEvent, ...] = ()
    sources: tuple[Source, ...] = ()
    story: Place | UnsetType = UNSET
    related: tuple[Related, ...] = ()
    rights: Line | UnsetType = UNSET
