"""The whole plan: content, settings and a moment to every page of the site."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import TypeVar
from zoneinfo import ZoneInfo

import msgspec

from generator import __version__
from generator.config import Config, NavLink
from generator.dates import Week, begins
from generator.model import Article, Fragment, Inline, Story, TextPage
from generator.plan.addresses import Addresses, page_path
from generator.plan.articles import article_pages, article_views, needless_aliases
from generator.plan.catalogue import Catalogue
from generator.plan.chosen import chosen_by_hand
from generator.plan.collections import Collection
from generator.plan.collisions import collisions
from generator.plan.corrections import Corrections
from generator.plan.dead_links import dead_links
from generator.plan.digest_feeds import digest_feeds
from generator.plan.digest_views import DigestViews
from generator.plan.digests import make_digests
from generator.plan.duplicates import one_source
from generator.plan.feeds import Feeds
from generator.plan.findings import Finding
from generator.plan.known import as_known, days_of_news
from generator.plan.library import Content, Selection, select
from generator.plan.lists import archive_page, home_pages, taxonomy_pages
from generator.plan.machines import headers, others, redirects, sitemaps, text_pages
from generator.plan.memory import NOTHING, Memory
from generator.plan.naming import named
from generator.plan.news import weeks_of_due
from generator.plan.news_sitemap import ends_of_news, news_sitemap, sitemap_addresses
from generator.plan.pictures import asset_copies
from generator.plan.prediction_pages import PredictionPages
from generator.plan.predictions import predictions
from generator.plan.related_lists import related_lists
from generator.plan.search import PATH as SEARCH
from generator.plan.search import in_the_way, search_page
from generator.plan.stories import StoryPages, story_parts, told_stories
from generator.plan.terms import index_terms
from generator.plan.timelines import Timelines
from generator.references import images_in, references_in, resolve_texts, resolved_image
from generator.routes import url
from generator.views import Copy, Link, Page, Section, SiteView
from generator.words import Words

_Shown = TypeVar("_Shown", Inline, Story)


class Plan(msgspec.Struct, frozen=True):
    """Everything that the build writes, and what was noticed on the way."""

    pages: tuple[Page, ...]
    copies: tuple[Copy, ...]
    site: SiteView
    selection: Selection
    weeks: int
    findings: tuple[Finding, ...] = ()
    # The plan is the same at every moment from `since` until before `until`.
    since: datetime | None = None
    until: datetime | None = None
    memory: Memory = NOTHING
    # Languages of articles and pages, where they are not the site's.
    languages: tuple[str, ...] = ()


def make_plan(
    content: Content,
    config: Config,
    words: Words,
    now: datetime,
    theme: tuple[Copy, ...] = (),
    *,
    drafts: bool = False,
    last: Memory = NOTHING,
) -> Plan:
    """The plan of the site as it is at `now`. Pure: the same values give the same plan.

    `words` are those of the site's language.

    `last` is what the last plan found; it spares work where it holds.
    """
    config = named(config, words)
    zone = ZoneInfo(config.timezone)
    today = now.astimezone(zone).date()
    loaded = content
    content = msgspec.structs.replace(content, articles=as_known(content.articles, today, zone))
    content, findings = _with_distinct_ids(content)
    addresses = Addresses(content, select(content, now, drafts=drafts), config)
    content, wrong = _resolved(content, addresses, config)
    findings += wrong
    selection = select(content, now, drafts=drafts)
    indexed = [index_terms(each, selection.articles) for each in config.taxonomies]
    indexes = tuple(index for index, _ in indexed)
    predicted = predictions(selection.articles, today)
    digests, wrong = make_digests(
        selection.articles, predicted, content.digests, indexes, addresses, config, now
    )
    findings += wrong + tuple(each for _, shared in indexed for each in shared)
    catalogue = Catalogue(
        config, words, selection, addresses, indexes, digests.whole.digests, digests.names
    )
    stories, wrong = told_stories(_stories(content, addresses, config), selection.articles)
    findings += wrong
    picked, wrong = chosen_by_hand(selection.articles)
    findings += wrong
    related = related_lists(selection.articles, indexes, picked, last.related)
    views, wrong = article_views(catalogue, story_parts(catalogue, stories), predicted, related)
    findings += wrong
    shown_digests = DigestViews(catalogue, digests)
    # What is made across articles: (the link to it, its pages, what there is to follow).
    foretold = PredictionPages(catalogue, predicted)
    corrections = Corrections(catalogue)
    timelines = Timelines(catalogue, last.events)
    followed = StoryPages(catalogue, stories, timelines, predicted)
    sections: tuple[Section, ...] = (
        *followed.links(),
        *timelines.links(),
        *foretold.links(),
        *corrections.links(),
    )
    collections: tuple[Collection, ...] = (
        *digest_feeds(catalogue, digests, shown_digests),
        *followed.collections(),
        *foretold.collections(),
        *corrections.collections(),
    )
    listed = [
        *home_pages(catalogue),
        *article_pages(catalogue, views),
        *taxonomy_pages(catalogue, timelines),
        archive_page(catalogue),
        *shown_digests.pages(),
        *followed.pages(),
        *timelines.pages(),
        *foretold.pages(),
        *corrections.pages(),
        *text_pages(catalogue, selection.pages),
        *Feeds(catalogue, views, collections).pages(),
    ]
    if config.search:
        listed.append(search_page(catalogue))
    recent = tuple(news_sitemap(catalogue, now))
    pages = (
        *listed,
        *redirects(catalogue, selection.pages, digests.moved()),
        *sitemaps(catalogue, listed),
        *recent,
        headers(catalogue, theme),
        *others(catalogue, views.values(), selection.pages, sitemap_addresses(catalogue, recent)),
    )
    shown = _shown_images(loaded, selection, addresses, config)
    copies = (*theme, *asset_copies(content.assets, addresses.assets, shown, config))
    findings += needless_aliases(catalogue, selection.pages)
    findings += collisions(pages, copies)
    if config.search:
        findings += in_the_way(pages, copies)
    findings += dead_links(loaded, selection, config, pages, copies)
    findings += one_source(selection.articles)
    site = _site_view(catalogue, theme, sections)
    dated = [article for article in loaded.articles if drafts or not article.draft]
    since, until = _validity(dated, catalogue.digests, zone, now)
    return Plan(
        pages,
        copies,
        site,
        selection,
        len(catalogue.digests),
        findings,
        since,
        until,
        Memory(related, timelines.judged),
        _languages(selection, config.language),
    )


def _languages(selection: Selection, own: str) -> tuple[str, ...]:
    """The languages that pages are in beside the site's own, in alphabetical order."""
    found = {article.lang for article in selection.articles}
    found |= {page.lang for page in selection.pages}
    return tuple(sorted(found - {"", own}))


def _validity(
    articles: Sequence[Article], digests: Iterable[Week], zone: ZoneInfo, now: datetime
) -> tuple[datetime | None, datetime | None]:
    """The last moment up to `now` and the first after it at which the clock changes the plan."""
    moments = [article.date for article in articles]
    moments += [article.expires for article in articles if article.expires]
    moments += ends_of_news(articles)
    moments += [week.ends(zone) for week in digests]
    days = {*days_of_news(articles), *weeks_of_due(articles)}
    moments += [begins(day, zone) for day in sorted(days)]
    past = [moment for moment in moments if moment <= now]
    return max(past, default=None), min((m for m in moments if m > now), default=None)


def _with_distinct_ids(content: Content) -> tuple[Content, tuple[Finding, ...]]:
    """An id that several articles have stays with the oldest; the others get one of their own.

    A feed reader takes entries with one id for one entry.
    """
    counts = Counter(article.id for article in content.articles)
    if len(counts) == len(content.articles):
        return content, ()
    owners: dict[str, Article] = {}
    for article in sorted(content.articles, key=lambda each: (each.date, each.source)):
        owners.setdefault(article.id, article)
    findings = []
    articles = []
    for article in content.articles:
        owner = owners[article.id]
        if owner is not article:
            message = f"the id {article.id!r} is that of {owner.source} already"
            hint = "give this article an `id:` of its own"
            findings.append(Finding("warning", article.source, message, hint, ("id",)))
            own = f"{article.id}:{article.source}".replace(" ", "%20")
            article = msgspec.structs.replace(article, id=own)
        articles.append(article)
    return msgspec.structs.replace(content, articles=tuple(articles)), tuple(findings)


def _resolved(
    content: Content, addresses: Addresses, config: Config
) -> tuple[Content, tuple[Finding, ...]]:
    """The content with the references of its records and pages written as addresses."""
    findings: list[Finding] = []

    def resolved_article(article: Article) -> Article:
        if not article.references:
            return article
        own = url(addresses.articles[article.source], config)
        places, wrong = addresses.resolve(article.references, article.source, own, article.images)
        findings.extend(wrong)
        if article.image:
            shown = resolved_image(article.image, places)
            article = msgspec.structs.replace(article, image=shown)
        return resolve_texts(article, places)

    def resolved_page(page: TextPage) -> TextPage:
        own = url(page_path(page), config)
        places, wrong = addresses.resolve(page.references, page.source, own, page.images)
        findings.extend(wrong)
        return resolve_texts(page, places)

    articles = tuple(resolved_article(article) for article in content.articles)
    pages = tuple(resolved_page(page) for page in content.pages)
    return msgspec.structs.replace(content, articles=articles, pages=pages), tuple(findings)


def _at_home(value: _Shown, addresses: Addresses, config: Config) -> _Shown:
    """What settings or a story's file say, as every page can show it: from the home page."""
    lines = [value] if isinstance(value, Inline) else _lines_of(value)
    references = [each for line in lines for each in references_in(line.html)]
    images = (each for line in lines for each in images_in(line.html))
    places, _ = addresses.resolve(references, "", config.base_path, images)
    return resolve_texts(value, places)


def _lines_of(story: Story) -> list[Inline | Fragment]:
    return [each for each in (story.title, story.description, story.summary) if each]


def _images_of(story: Story) -> Iterable[str]:
    return (each for line in _lines_of(story) for each in images_in(line.html))


def _stories(content: Content, addresses: Addresses, config: Config) -> Iterable[Story]:
    """The settings' stories and those of files, which tell more and come last."""
    for story in (*config.stories, *content.stories):
        yield _at_home(story, addresses, config)


def _shown_images(
    content: Content, selection: Selection, addresses: Addresses, config: Config
) -> frozenset[str]:
    """The assets that some page can show, by their paths. `content` has its references still."""
    references = [
        *(each for article in selection.articles for each in article.images),
        *(each for article in selection.articles for each in article.body_images),
        *(each for page in selection.pages for each in page.images),
        *(each for notes in content.digests for each in notes.images),
        *(each for story in content.stories for each in _images_of(story)),
        *(each for story in config.stories for each in _images_of(story)),
        *(images_in(config.rights.html) if config.rights else ()),
    ]
    found = (addresses.asset_of(each) for each in references)
    return frozenset(asset.path for asset in found if asset is not None)


def _site_view(
    catalogue: Catalogue, theme: Iterable[Copy], sections: tuple[Section, ...]
) -> SiteView:
    config = catalogue.config
    shown = sorted(
        (page for page in catalogue.selection.pages if page.nav),
        key=lambda page: (page.weight, page.title.text),
    )
    nav = tuple(NavLink(each.title, _from_root(each.url, config)) for each in config.nav) or tuple(
        NavLink(page.title.text, url(page_path(page), config)) for page in shown
    )
    return SiteView(
        title=config.title,
        url=config.url,
        base=config.base_path,
        description=config.description,
        language=config.language,
        timezone=config.timezone,
        date_format=config.date_format,
        publisher=config.publisher,
        rights=_at_home(config.rights, catalogue.addresses, config) if config.rights else None,
        nav=nav,
        taxonomies=tuple(
            Link(index.taxonomy.title, url(f"/{index.taxonomy.name}/", config))
            for index in catalogue.indexes
            if index.terms
        ),
        sections=sections,
        feeds=catalogue.feed_links("/", config.title),
        digest_feeds=(
            catalogue.feed_links("/digest/", catalogue.words.site_digest(site=config.title))
            if catalogue.digests
            else None
        ),
        hub=config.feeds.hub,
        fresh_hours=config.fresh_hours,
        generator=f"Broadsheet {__version__}",
        search=url(SEARCH, config) if config.search else "",
        subscribe=config.subscribe,
        assets={each.origin: config.base_path + each.path for each in theme},
        extra=config.extra,
    )


def _from_root(address: str, config: Config) -> str:
    return config.base_path + address[1:] if address.startswith("/") else address
