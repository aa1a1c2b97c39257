"""What pages show: small immutable values, one kind for each kind of page, and the page itself.

A template sees `site` (a SiteView) and `page` (one of the views), and nothing else. Addresses in
views are paths from the host's root, percent-encoded (`/articles/x/`), unless they are said to be
absolute.
"""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

import msgspec

from generator.config import NavLink, Person, Subscribe, Taxonomy
from generator.dates import PartialDate, Week
from generator.images.recipe import Recipe
from generator.model import (
    Article,
    DigestNotes,
    Fragment,
    Image,
    Inline,
    Places,
    PredictionState,
    TextPage,
    Tldr,
)
from generator.words import Vocabulary


class Link(msgspec.Struct, frozen=True):
    """A link: its text and where it leads."""

    text: str
    url: str
    count: int = 0


class Section(msgspec.Struct, frozen=True):
    """A page made across articles: the key of the word for it, and where it is."""

    name: str
    url: str


class ShareLink(msgspec.Struct, frozen=True):
    """A link that shares an article: where, as the settings name it, and the address."""

    name: str
    url: str


class TitleLink(msgspec.Struct, frozen=True):
    """A link to an article by its title."""

    title: Inline
    url: str
    date: datetime
    lang: str = ""


class FeedLinks(msgspec.Struct, frozen=True):
    """The three feeds of one collection."""

    title: str
    rss: str
    atom: str
    json: str


class TermGroup(msgspec.Struct, frozen=True):
    """An article's terms of one taxonomy."""

    name: str
    title: str
    singular: str
    terms: tuple[Link, ...]


class Card(msgspec.Struct, frozen=True):
    """An article as lists show it. `excerpt` stands in where there is no summary."""

    title: Inline
    url: str
    date: datetime
    minutes: int
    summary: Inline | None = None
    excerpt: str = ""
    lang: str = ""
    terms: tuple[Link, ...] = ()
    origin: str = ""
    image: Image | None = None
    tldr: Tldr | None = None
    analysis_by: str = ""
    draft: bool = False
    corrected: bool = False


class SourceLink(msgspec.Struct, frozen=True):
    """A cited source as other pages than its article's name it."""

    title: Inline
    url: str
    publisher: str


class PredictionLine(msgspec.Struct, frozen=True):
    """A prediction as pages made across articles, digests and feeds show it.

    `url` leads to the claim in its article, whose title is `title`. `who` are those whose forecast
    it is, with the page of each that has one. `due` and `said` are as precise as they are known.
    """

    claim: Inline
    state: PredictionState
    url: str
    title: Inline
    who: tuple[Link, ...]
    said: PartialDate
    due: PartialDate
    probability: float | None = None
    resolved: PartialDate | None = None
    sources: tuple[SourceLink, ...] = ()
    lang: str = ""


class Pagination(msgspec.Struct, frozen=True):
    """Where in a list of pages this one is, from 1."""

    number: int
    total: int
    newer: str = ""
    older: str = ""


class WeekLink(msgspec.Struct, frozen=True):
    """A link to a week's digest."""

    week: Week
    title: str
    url: str
    begins: date
    ends: date
    count: int = 0
    running: bool = False


class SiteView(msgspec.Struct, frozen=True):
    """What every page of the site shows. `url` is absolute and ends with `/`."""

    title: str
    url: str
    base: str
    description: str
    language: str
    timezone: str
    date_format: str
    publisher: Person
    rights: Inline | None
    nav: tuple[NavLink, ...]
    taxonomies: tuple[Link, ...]
    # The pages made across articles, such as /timeline/, that there are.
    sections: tuple[Section, ...]
    feeds: FeedLinks
    digest_feeds: FeedLinks | None
    hub: str
    fresh_hours: int
    generator: str
    # The address of the search page, or empty.
    search: str
    subscribe: Subscribe | None
    # Theme assets' addresses by their names.
    assets: dict[str, str]
    extra: dict[str, Any] = {}

    @property
    def host(self) -> str:
        """What makes an address from the host's root absolute: `https://example.org`."""
        return self.url.removesuffix(self.base)


class RenderSettings(msgspec.Struct, frozen=True):
    """What the render of every page depends on beside the page.

    `folders` are those in which templates are looked for, `root` is the site's folder. `words` are
    those of every language that pages are in, the site's first.
    """

    folders: tuple[str, ...]
    root: str
    site: SiteView
    words: tuple[Vocabulary, ...]


class Body(msgspec.Struct, frozen=True):
    """A body by its article's file, and where its references lead."""

    source: str
    places: Places = Places()


class StoryPart(msgspec.Struct, frozen=True):
    """The story that an article is a part of: which one of how many, and those next to it."""

    title: Inline
    description: Inline | None
    earlier: tuple[TitleLink, ...]
    later: tuple[TitleLink, ...]
    url: str
    number: int
    total: int


class RelatedCard(msgspec.Struct, frozen=True):
    """An article to read next, and the terms, or else the words, that it shares with this one."""

    card: Card
    shares: tuple[str, ...] = ()


class ArticleView(msgspec.Struct, frozen=True, tag=True):
    """An article's page. `markdown` is the address of the article as Markdown, `json` as JSON.

    `share_card` is that of its drawn picture, empty where its image serves for that or the site has no cards.
    `states` are those of the article's implications, None for one without a date; empty where none
    has one.
    """

    article: Article
    body: Body
    url: str
    permalink: str
    terms: tuple[TermGroup, ...]
    week: WeekLink
    share: tuple[ShareLink, ...] = ()
    newer: TitleLink | None = None
    older: TitleLink | None = None
    related: tuple[RelatedCard, ...] = ()
    story: StoryPart | None = None
    markdown: str = ""
    json: str = ""
    states: tuple[PredictionState | None, ...] = ()
    share_card: str = ""

    @property
    def section(self) -> Link | None:
        """The term that it is filed under first; those who write or read it make no section."""
        first = self.terms[0] if self.terms else None
        return first.terms[0] if first and first.name not in ("authors", "audiences") else None


class ListView(msgspec.Struct, frozen=True, tag=True):
    """The home page or one of those that follow it; the first shows the newest digest."""

    cards: tuple[Card, ...]
    pagination: Pagination
    digest: WeekLink | None = None
    digest_intro: str = ""


class EventTelling(msgspec.Struct, frozen=True):
    """An event in the words of one article, and all articles that tell it in nearly those."""

    event: Inline
    articles: tuple[TitleLink, ...]
    source: SourceLink | None = None
    lang: str = ""


class TimelineEvent(msgspec.Struct, frozen=True):
    """An event and when it was; with several tellings where only their source is the same."""

    date: PartialDate
    tellings: tuple[EventTelling, ...]


class TimelineBlock(msgspec.Struct, frozen=True):
    """The latest events of a term or story, in order; `url` leads to all `count` if not all are here."""

    events: tuple[TimelineEvent, ...]
    count: int
    url: str = ""


class TimelineView(msgspec.Struct, frozen=True, tag=True):
    """Events in order: all of them, those of one year or of a term or story, or the years that have any.

    `of` is where they belong to; `count` is of all of them, on however many pages.
    """

    events: tuple[TimelineEvent, ...]
    count: int
    years: tuple[Link, ...] = ()
    of: Link | None = None
    year: int = 0
    pagination: Pagination | None = None


class MatrixValue(msgspec.Struct, frozen=True):
    """What a table says, and the article that it stands in."""

    text: Inline
    article: TitleLink


class MatrixRow(msgspec.Struct, frozen=True):
    """What is compared, and for each column the values, newest first; none where nobody says."""

    head: Inline
    cells: tuple[tuple[MatrixValue, ...], ...]


class Matrix(msgspec.Struct, frozen=True):
    """What so many tables say together. `head` is what the first column is called, if anything."""

    head: Inline | None
    columns: tuple[Inline, ...]
    rows: tuple[MatrixRow, ...]
    tables: int


class StoryLink(msgspec.Struct, frozen=True):
    """A story in the list of them; `open` is how many of its predictions have no outcome."""

    title: Inline
    description: Inline | None
    url: str
    count: int
    begins: datetime
    latest: TitleLink
    open: int = 0


class StoriesView(msgspec.Struct, frozen=True, tag=True):
    """All stories, the one with the newest part first."""

    stories: tuple[StoryLink, ...]


class StoryView(msgspec.Struct, frozen=True, tag=True):
    """A story's page, or one of those that follow it: `before` parts stand on earlier ones.

    `summary` is the text of its file; `stories` is the address of the list of stories.
    """

    title: Inline
    description: Inline | None
    summary: Fragment | None
    parts: tuple[Card, ...]
    before: int
    count: int
    begins: datetime
    latest: datetime
    pagination: Pagination
    timeline: TimelineBlock | None
    predictions: tuple[PredictionLine, ...]
    feeds: FeedLinks
    stories: str
    permalink: str


class TermView(msgspec.Struct, frozen=True, tag=True):
    """A term's page, or one of those that follow it."""

    taxonomy: Taxonomy
    taxonomy_url: str
    name: str
    count: int
    cards: tuple[Card, ...]
    pagination: Pagination
    feeds: FeedLinks | None
    # The address of the digests for this term alone; only an audience has them.
    digests: str = ""
    timeline: TimelineBlock | None = None
    matrix: Matrix | None = None


class TaxonomyView(msgspec.Struct, frozen=True, tag=True):
    """All terms of a taxonomy."""

    taxonomy: Taxonomy
    terms: tuple[Link, ...]


class ArchiveMonth(msgspec.Struct, frozen=True):
    """The articles of one month, newest first."""

    month: date
    articles: tuple[TitleLink, ...]


class ArchiveView(msgspec.Struct, frozen=True, tag=True):
    """Every article by year and month, newest first."""

    years: tuple[tuple[int, tuple[ArchiveMonth, ...]], ...]
    total: int


class DigestGroup(msgspec.Struct, frozen=True):
    """Some of a week's articles under a heading; the heading may be empty."""

    title: str
    url: str
    cards: tuple[Card, ...]


class Development(msgspec.Struct, frozen=True):
    """A further part of a story: `when` readers had the part before it, and in which digest.

    `when` is such as `last week`; `digest` is empty where it is the same one.
    """

    card: Card
    earlier: TitleLink
    when: str
    digest: str


class CorrectionLine(msgspec.Struct, frozen=True):
    """A correction as other pages than its article's show it."""

    date: PartialDate
    text: Inline
    article: TitleLink


class DigestView(msgspec.Struct, frozen=True, tag=True):
    """One digest, of a week or of several: its new articles as `picks` and `groups`, and the rest.

    `wanted` is how many articles it waits for, where it has fewer than a digest needs; `scores`
    says by which points an article is ordered, by its address. An edition for an `audience` has
    the `whole` digest beside it, which links to its `editions`. `share_card` is the address of its
    drawn picture.
    """

    week: Week
    title: Inline
    url: str
    permalink: str
    begins: date
    ends: date
    running: bool
    picks: tuple[Card, ...]
    groups: tuple[DigestGroup, ...]
    count: int
    minutes: int
    wanted: int = 0
    developing: tuple[Development, ...] = ()
    corrected: tuple[CorrectionLine, ...] = ()
    resolved: tuple[PredictionLine, ...] = ()
    due: tuple[PredictionLine, ...] = ()
    scores: dict[str, str] = {}
    notes: DigestNotes | None = None
    newer: WeekLink | None = None
    older: WeekLink | None = None
    audience: Link | None = None
    whole: WeekLink | None = None
    editions: tuple[Link, ...] = ()
    share_card: str = ""

    @property
    def weeks(self) -> int:
        """How many weeks it covers."""
        return ((self.ends - self.begins).days + 1) // 7

    @property
    def cards(self) -> tuple[Card, ...]:
        """All its articles, in the order in which they stand."""
        grouped = (card for group in self.groups for card in group.cards)
        return (*self.picks, *grouped, *(each.card for each in self.developing))


class DigestIndexView(msgspec.Struct, frozen=True, tag=True):
    """All weeks, newest first; of an edition its audience and its feeds, where it has them."""

    weeks: tuple[WeekLink, ...]
    audience: Link | None = None
    feeds: FeedLinks | None = None


class CorrectionsView(msgspec.Struct, frozen=True, tag=True):
    """All corrections of published articles, or one page of them; `count` is of all."""

    corrections: tuple[CorrectionLine, ...]
    count: int
    pagination: Pagination
    feeds: FeedLinks


class FeedListing(msgspec.Struct, frozen=True):
    """A feed as told to a person: what it is, its three forms, what is in it now."""

    feeds: FeedLinks
    description: str
    latest: tuple[TitleLink, ...] = ()
    count: int = 0


class FeedsView(msgspec.Struct, frozen=True, tag=True):
    """Every feed, the site's own first, then by taxonomy."""

    main: tuple[FeedListing, ...]
    groups: tuple[tuple[str, tuple[FeedListing, ...]], ...]
    opml: str


class SearchView(msgspec.Struct, frozen=True, tag=True):
    """The page that searches so many `articles`.

    `index` is the address of the folder of the index; where that has several `parts`, the others
    are in the folders `1/`, `2/` and so on in it. `taxonomies` are links' texts with the names by
    which the index knows them.
    """

    index: str
    parts: int
    articles: int
    taxonomies: tuple[Link, ...]


class PageView(msgspec.Struct, frozen=True, tag=True):
    """A page beside the articles."""

    page: TextPage
    url: str
    permalink: str


class RedirectView(msgspec.Struct, frozen=True, tag=True):
    """A page that leads to another one; `permalink` is its absolute address."""

    url: str
    permalink: str


class Redirects(msgspec.Struct, frozen=True, tag=True):
    """All redirects, as (from, to)."""

    pairs: tuple[tuple[str, str], ...]


class SitemapEntry(msgspec.Struct, frozen=True):
    """A page for search engines: its absolute address, and when it last changed."""

    url: str
    changed: datetime | None = None


class SitemapView(msgspec.Struct, frozen=True, tag=True):
    """Pages, or with `index` other sitemaps."""

    entries: tuple[SitemapEntry, ...]
    index: bool = False


class NewsEntry(msgspec.Struct, frozen=True):
    """An article in the news sitemap: its absolute address, and its language as ISO 639 has it."""

    url: str
    title: str
    date: datetime
    language: str


class NewsSitemapView(msgspec.Struct, frozen=True, tag=True):
    """The articles of the last two days, newest first, and the publication's name."""

    name: str
    entries: tuple[NewsEntry, ...]


class RobotsView(msgspec.Struct, frozen=True, tag=True):
    """What robots are told: the absolute addresses of the sitemaps."""

    sitemaps: tuple[str, ...]


class HeadersView(msgspec.Struct, frozen=True, tag=True):
    """The addresses, from the host's root, of what never changes under its name."""

    addresses: tuple[str, ...]


class OpmlView(msgspec.Struct, frozen=True, tag=True):
    """Every feed for a feed reader to import: groups of (title, absolute address, page)."""

    groups: tuple[tuple[str, tuple[tuple[str, str, str], ...]], ...]


class LlmsView(msgspec.Struct, frozen=True, tag=True):
    """The site for machines that read Markdown: the newest articles and digests.

    Articles and pages have absolute addresses.
    """

    articles: tuple[tuple[str, str, str], ...]
    digests: tuple[WeekLink, ...]
    pages: tuple[tuple[str, str], ...]


class CalibrationBin(msgspec.Struct, frozen=True):
    """Predictions whose stated probability was from `low` to `high`; all numbers from 0 to 1.

    `mean` is the mean of what was stated, `share` how many came true.
    """

    low: float
    high: float
    predictions: int
    mean: float
    share: float


class Score(msgspec.Struct, frozen=True):
    """How predictions came out.

    `resolved` came true or did not; `share` of them came true. `stated` of them had a probability;
    `brier` and `calibration` are of those. What has too few to be scored is None or empty, and
    `missing` and `stated_missing` say how many more it takes.
    """

    predictions: int
    resolved: int
    missing: int
    share: float | None
    stated: int
    stated_missing: int
    brier: float | None
    calibration: tuple[CalibrationBin, ...] = ()


class ForecasterScore(msgspec.Struct, frozen=True):
    """One whose forecasts are kept score of; the name's address may be empty."""

    name: Link
    score: Score


class PredictionGroup(msgspec.Struct, frozen=True):
    """The predictions of one state, as far as a page shows them, in the order of their dates.

    `anchor` is the group's place on the page; `more` is the page that goes on, or empty.
    """

    state: PredictionState
    anchor: str
    count: int
    lines: tuple[PredictionLine, ...]
    more: str = ""


class PredictionsView(msgspec.Struct, frozen=True, tag=True):
    """All predictions by their state, the score of all of them and of each forecaster.

    `all_forecasters` is the page of those who are too many for this one, or empty.
    """

    groups: tuple[PredictionGroup, ...]
    score: Score
    forecasters: tuple[ForecasterScore, ...]
    all_forecasters: str
    calendar: str
    feeds: FeedLinks


class PredictionGroupView(msgspec.Struct, frozen=True, tag=True):
    """Further predictions of one state. `nearer` leads towards today, `further` away, if at all."""

    state: PredictionState
    number: int
    lines: tuple[PredictionLine, ...]
    nearer: str
    further: str
    start: str


class ForecastersView(msgspec.Struct, frozen=True, tag=True):
    """Every forecaster's score. `start` is the page of all predictions."""

    forecasters: tuple[ForecasterScore, ...]
    start: str


class CalendarEntry(msgspec.Struct, frozen=True):
    """A prediction on the last day by which it can come true, in a calendar. `changed` is when the
    entry was last revised.
    """

    uid: str
    day: date
    prediction: PredictionLine
    changed: datetime


class CalendarView(msgspec.Struct, frozen=True, tag=True):
    """A calendar that can be subscribed to. `url` is the absolute address of its page."""

    title: str
    description: str
    url: str
    entries: tuple[CalendarEntry, ...]


class ShareCard(msgspec.Struct, frozen=True, tag=True):
    """The picture that other sites show with a link to an article or a digest, in plain text.

    `begins` and `ends` are its days, equal for an article; the dates' form and language are here,
    too, so that nothing else of the site's is drawn. `host` is the site's.
    """

    title: str
    publication: str
    label: str
    begins: date
    ends: date
    host: str
    language: str
    date_format: str


class EmptyView(msgspec.Struct, frozen=True, tag=True):
    """A page that shows nothing but the site."""


class FeedEntry(msgspec.Struct, frozen=True):
    """One entry of a feed: an article, a digest, a prediction, or a `note` that stands for itself.

    Addresses are absolute, but for those in a note, which are from the host's root.
    """

    id: str
    title: str
    url: str
    published: datetime
    updated: datetime
    summary: str
    authors: tuple[str, ...] = ()
    categories: tuple[str, ...] = ()
    lang: str = ""
    article: ArticleView | None = None
    digest: DigestView | None = None
    prediction: PredictionLine | None = None
    note: Fragment | None = None
    image: str = ""
    # Width and height of the image in pixels, where they are known.
    image_size: tuple[int, int] | None = None


class FeedView(msgspec.Struct, frozen=True, tag=True):
    """A feed, whatever its form. Addresses are absolute; `updated` is its newest entry's."""

    title: str
    description: str
    home: str
    links: FeedLinks
    updated: datetime
    entries: tuple[FeedEntry, ...]
    full: bool = True


View = (
    ArticleView
    | ListView
    | TermView
    | TaxonomyView
    | ArchiveView
    | DigestView
    | DigestIndexView
    | CorrectionsView
    | FeedsView
    | SearchView
    | PageView
    | RedirectView
    | Redirects
    | SitemapView
    | NewsSitemapView
    | RobotsView
    | HeadersView
    | OpmlView
    | LlmsView
    | TimelineView
    | StoriesView
    | StoryView
    | PredictionsView
    | PredictionGroupView
    | ForecastersView
    | CalendarView
    | ShareCard
    | EmptyView
    | FeedView
)

# The template of a ShareCard, which is drawn from its values alone.
SHARE_CARD = "card:png"


class Page(msgspec.Struct, frozen=True):
    """A file that the build writes: where, from which template, with which values.

    `template` is a name in `layouts/`, or one of `feed:rss`, `feed:atom`, `feed:json`,
    `calendar:ics`, `article:json`, `article:schema`, `card:png`. `origin` names what the page was made from,
    for messages: a content file, or what it is.
    """

    path: str
    template: str
    view: View
    origin: str
    # The page's own address; empty for files that are no pages.
    url: str = ""

    @property
    def bodies(self) -> tuple[str, ...]:
        """The files of the articles whose bodies the page shows."""
        return bodies_of(self.view)


def bodies_of(view: View) -> tuple[str, ...]:
    """The files of the articles whose bodies a view shows."""
    if isinstance(view, ArticleView):
        return (view.body.source,)
    if isinstance(view, FeedView):
        return tuple(entry.article.body.source for entry in view.entries if entry.article)
    return ()


def language_of(view: View) -> str:
    """The language tag of a view's page, where it has one of its own; "" for the site's."""
    if isinstance(view, ArticleView):
        return view.article.lang
    return view.page.lang if isinstance(view, PageView) else ""


class Copy(msgspec.Struct, frozen=True):
    """A file that the build copies, or with a `recipe` derives of an image; its fingerprint.

    `source` is the file on the disk, absolute or from the site's folder.
    """

    path: str
    source: str
    fingerprint: str
    origin: str
    recipe: Recipe | None = None
