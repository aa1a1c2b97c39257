"""What a newsletter is made of: articles with their structured parts, pages, digests, stories.

Everything here is an immutable value that says nothing of how it is shown. `Inline` and `Fragment`
hold HTML that is safe and balanced; references in it to other files of the content folder are
written as `content:PATH` until the plan knows their addresses (see `generator.references`).
"""

from __future__ import annotations

from datetime import datetime
from typing import Any, Literal

import msgspec

from generator.dates import PartialDate, Week


class Inline(msgspec.Struct, frozen=True):
    """One line of text: as HTML of phrasing elements, and as plain text."""

    html: str
    text: str

    def __html__(self) -> str:
        """What templates print: the HTML, not escaped again."""
        return self.html

    def __str__(self) -> str:
        return self.text


class Heading(msgspec.Struct, frozen=True):
    """An entry of the list of contents: level 1 to 6, the anchor, its text."""

    level: int
    anchor: str
    text: str


class Fragment(msgspec.Struct, frozen=True):
    """Rendered Markdown: balanced HTML of flow elements, and its headings."""

    html: str = ""
    headings: tuple[Heading, ...] = ()

    def __html__(self) -> str:
        """What templates print: the HTML, not escaped again."""
        return self.html


class Origin(msgspec.Struct, frozen=True):
    """Where the story was first published (`source:`)."""

    name: str
    url: str = ""
    author: str = ""
    published: datetime | None = None


class Tldr(msgspec.Struct, frozen=True):
    """The 30-second summary. `audience` holds terms of the taxonomy `audiences`."""

    changed: Inline | None = None
    matters: Inline | None = None
    next: Inline | None = None
    audience: tuple[str, ...] = ()


class Analysis(msgspec.Struct, frozen=True):
    """Who made the analysis, so that readers are told."""

    by: Literal["ai", "human", "mixed"]
    model: str = ""
    reviewed_by: str = ""
    reviewed: PartialDate | None = None


class Comparison(msgspec.Struct, frozen=True):
    """A table: every row is as long as `columns`."""

    columns: tuple[Inline, ...]
    rows: tuple[tuple[Inline, ...], ...]
    caption: Inline | None = None


class Detail(msgspec.Struct, frozen=True):
    """One item of the technical deep dive; the term may be left out."""

    text: Inline
    term: Inline | None = None


Outcome = Literal["came true", "did not", "withdrawn"]
# How a prediction stands at a moment: before its day, past it without an outcome, or settled.
PredictionState = Literal["open", "due", "came true", "did not", "withdrawn"]


class Implication(msgspec.Struct, frozen=True):
    """A claim about the future; with `by` it can fall due. `sources` are ids of cited sources.

    `who` is whose forecast it is, where not the authors'; `said` is when it was made, where not
    when the article was published.
    """

    claim: Inline
    who: str = ""
    said: PartialDate | None = None
    rationale: Inline | None = None
    by: PartialDate | None = None
    probability: float | None = None
    outcome: Outcome | None = None
    resolved: PartialDate | None = None
    sources: tuple[str, ...] = ()


class Event(msgspec.Struct, frozen=True):
    """A dated event; `source` is the id of a cited source, or empty."""

    date: PartialDate
    event: Inline
    source: str = ""


class CitedSource(msgspec.Struct, frozen=True):
    """A source, numbered from 1 in the author's order; `cited` is how often the text cites it."""

    id: str
    number: int
    title: Inline
    url: str = ""
    publisher: str = ""
    date: PartialDate | None = None
    cited: int = 0


class Picture(msgspec.Struct, frozen=True):
    """How pages show an image: the address of a file that every reader can show, and its pixels.

    `srcset` and `sizes` are HTML's attributes: the same picture in several widths, and how wide it
    is shown; both empty where there is one file only.
    """

    src: str
    width: int
    height: int
    srcset: str = ""
    sizes: str = ""


class Places(msgspec.Struct, frozen=True):
    """Where references lead: the address of each, and of those that are shown the picture.

    The address is "" where a link is to be left out, and only its text shown.
    """

    addresses: dict[str, str] = {}
    pictures: dict[str, Picture] = {}


class Image(msgspec.Struct, frozen=True):
    """An article's picture: an address or a reference, the text in its place, whom to thank.

    The plan adds how pages show it (see `Picture`); `width` is 0 where its size is not known.
    """

    src: str
    alt: str
    credit: Inline | None = None
    width: int = 0
    height: int = 0
    srcset: str = ""
    sizes: str = ""

    @property
    def is_drawing(self) -> bool:
        """Whether it is SVG, which nothing shows that shows previews of links."""
        path = self.src.partition("#")[0].partition("?")[0]
        return path.lower().endswith(".svg")


class Correction(msgspec.Struct, frozen=True):
    """What was wrong and is mended, told in the open."""

    date: PartialDate
    text: Inline


class Article(msgspec.Struct, frozen=True, tag=True):
    """Everything about an article but its body: a light record, of which plans are made.

    Nothing in it follows from the body but what lists show of it (`excerpt`, `minutes`), where it
    leads (`body_references`) and what it is about (`keywords`), so that most edits of a body leave
    the plan as it is.

    `source` is its file, relative to the content folder; `folder` the folder whose images belong
    to it ("" where it is a lone file). Moments are in UTC. `terms` holds, for every declared
    taxonomy that it uses, the terms as the author wrote them.
    """

    source: str
    id: str
    slug: str
    title: Inline
    date: datetime
    folder: str = ""
    updated: datetime | None = None
    expires: datetime | None = None
    collected: datetime | None = None
    draft: bool = False
    lang: str = ""
    weight: int = 0
    aliases: tuple[str, ...] = ()
    terms: dict[str, tuple[str, ...]] = {}
    hook: Inline | None = None
    summary: Inline | None = None
    excerpt: str = ""
    origin: Origin | None = None
    tldr: Tldr | None = None
    analysis: Analysis | None = None
    takeaways: tuple[Inline, ...] = ()
    comparison: Comparison | None = None
    deep_dive: tuple[Detail, ...] = ()
    implications: tuple[Implication, ...] = ()
    timeline: tuple[Event, ...] = ()
    sources: tuple[CitedSource, ...] = ()
    image: Image | None = None
    related: tuple[str, ...] = ()
    corrections: tuple[Correction, ...] = ()
    story: str = ""
    rights: Inline | None = None
    extra: dict[str, Any] = {}
    minutes: int = 1
    # `content:` references in the record's own texts, and those in its body.
    references: tuple[str, ...] = ()
    body_references: tuple[str, ...] = ()
    # Those of each that are shown as images.
    images: tuple[str, ...] = ()
    body_images: tuple[str, ...] = ()
    # What the whole text is about, in alphabetical order, with spaces between: as one text it takes a
    # fifth of the memory.
    keywords: str = ""

    @property
    def changed(self) -> datetime:
        """When a reader was last told something new: in a plan, corrections count, too."""
        return self.updated or self.date


class Body(msgspec.Struct, frozen=True):
    """An article's own text: rendered, and as the author's Markdown."""

    html: Fragment
    markdown: str
    words: int = 0


class TextPage(msgspec.Struct, frozen=True, tag=True):
    """A page beside the articles, such as /about/. `path` is its address without the slashes."""

    source: str
    path: str
    title: Inline
    body: Fragment
    description: str = ""
    lang: str = ""
    updated: datetime | None = None
    draft: bool = False
    aliases: tuple[str, ...] = ()
    nav: bool = True
    weight: int = 0
    extra: dict[str, Any] = {}
    references: tuple[str, ...] = ()
    images: tuple[str, ...] = ()


class Sponsor(msgspec.Struct, frozen=True):
    """Who pays for a digest: always shown as such."""

    name: str
    url: str = ""
    text: Inline | None = None


class DigestNotes(msgspec.Struct, frozen=True, tag=True):
    """An editor's words for one week. `picks` are slugs, in order; `order` the groups' order."""

    source: str
    week: Week
    intro: Fragment
    title: Inline | None = None
    subject: str = ""
    picks: tuple[str, ...] = ()
    order: tuple[str, ...] = ()
    sponsor: Sponsor | None = None
    references: tuple[str, ...] = ()
    images: tuple[str, ...] = ()


class Story(msgspec.Struct, frozen=True, tag=True):
    """A developing story that several articles are parts of."""

    slug: str
    title: Inline
    description: Inline | None = None
    summary: Fragment | None = None


class ImageHeader(msgspec.Struct, frozen=True):
    """What an image file says of itself: its real format, its size in pixels as it is to be shown.

    `format` is `jpeg`, `png`, `webp`, `gif`, `avif` or `svg`; `orientation` is EXIF's (1 to 8).
    `is_bare` says that there is nothing in the file beside the picture.
    """

    format: str
    width: int
    height: int
    orientation: int = 1
    is_animated: bool = False
    is_bare: bool = True


class Asset(msgspec.Struct, frozen=True, tag=True):
    """A file that is published beside the pages: its path in the content folder, its content's hash.

    A damaged image is known, so that nobody is told that it is missing, and not published.
    """

    path: str
    fingerprint: str
    image: ImageHeader | None = None
    is_damaged: bool = False
