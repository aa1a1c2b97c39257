"""List pages: home, taxonomies and their terms, the archive."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date

from generator.model import Article
from generator.plan.catalogue import Catalogue
from generator.plan.matrix import matrix_of
from generator.plan.paging import paged
from generator.plan.terms import AUDIENCES, Term, TermIndex
from generator.plan.timelines import Timelines
from generator.routes import edition_path, output_path, term_path, url
from generator.views import (
    ArchiveMonth,
    ArchiveView,
    Card,
    FeedLinks,
    Link,
    ListView,
    Page,
    TaxonomyView,
    TermView,
)


def home_pages(catalogue: Catalogue) -> Iterator[Page]:
    """The newest articles, twenty (or as many as the settings say) on a page."""
    newest = next(iter(catalogue.digests), None)
    digest = catalogue.week_link(newest) if newest else None
    notes = catalogue.digests[newest].notes if newest else None
    for pagination, articles, path in paged(catalogue.config, catalogue.selection.articles, "/"):
        first = pagination.number == 1
        view = ListView(
            _cards(catalogue, articles),
            pagination,
            digest if first else None,
            notes.subject if first and notes else "",
        )
        yield Page(
            output_path(path), "home.html", view, "the home page", url(path, catalogue.config)
        )


def taxonomy_pages(catalogue: Catalogue, timelines: Timelines) -> Iterator[Page]:
    """A page for each taxonomy that is used, and the pages of each of its terms."""
    for index in catalogue.indexes:
        if not index.terms:
            continue
        path = f"/{index.taxonomy.name}/"
        own = url(path, catalogue.config)
        view = TaxonomyView(index.taxonomy, _term_links(catalogue, index))
        yield Page(output_path(path), "taxonomy.html", view, f"the taxonomy {path}", own)
        for term in index.terms.values():
            yield from _term_pages(catalogue, timelines, index, term, own)


def _term_links(catalogue: Catalogue, index: TermIndex) -> tuple[Link, ...]:
    return tuple(
        Link(
            term.name,
            url(term_path(index.taxonomy.name, term.slug), catalogue.config),
            len(term.articles),
        )
        for term in index.terms.values()
    )


def _term_pages(
    catalogue: Catalogue, timelines: Timelines, index: TermIndex, term: Term, taxonomy_url: str
) -> Iterator[Page]:
    start = term_path(index.taxonomy.name, term.slug)
    feeds = term_feed_links(catalogue, index, term) if index.taxonomy.feeds else None
    editions = index.taxonomy.name == AUDIENCES
    digests = url(edition_path(term.slug), catalogue.config) if editions else ""
    for pagination, articles, path in paged(catalogue.config, term.articles, start):
        cards = _cards(catalogue, articles)
        first = pagination.number == 1
        compared = first and index.taxonomy.matrix
        view = TermView(
            index.taxonomy,
            taxonomy_url,
            term.name,
            len(term.articles),
            cards,
            pagination,
            feeds,
            digests=digests,
            timeline=timelines.block(term.articles, start) if first else None,
            matrix=matrix_of(catalogue, term.articles) if compared else None,
        )
        yield Page(
            output_path(path), "term.html", view, f"the term {start}", url(path, catalogue.config)
        )

    yield from timelines.own_pages(
        term.articles, start, Link(term.name, url(start, catalogue.config))
    )


def term_feed_links(catalogue: Catalogue, index: TermIndex, term: Term) -> FeedLinks:
    """A term's feeds."""
    return catalogue.feed_links(term_path(index.taxonomy.name, term.slug), term.name)


def _cards(catalogue: Catalogue, articles: Iterable[Article]) -> tuple[Card, ...]:
    return tuple(catalogue.cards[article.source] for article in articles)


def archive_page(catalogue: Catalogue) -> Page:
    """Every article, by year and month."""
    years: dict[int, dict[int, list[Article]]] = {}
    for article in catalogue.selection.articles:
        local = article.date.astimezone(catalogue.zone)
        years.setdefault(local.year, {}).setdefault(local.month, []).append(article)
    view = ArchiveView(
        tuple((year, tuple(_months(catalogue, year, months))) for year, months in years.items()),
        len(catalogue.selection.articles),
    )
    own = url("/archive/", catalogue.config)
    return Page("archive/index.html", "archive.html", view, "the archive", own)


def _months(
    catalogue: Catalogue, year: int, months: dict[int, list[Article]]
) -> Iterable[ArchiveMonth]:
    for month, articles in months.items():
        links = tuple(catalogue.title_link(article) for article in articles)
        yield ArchiveMonth(date(year, month, 1), links)
