"""Feeds: the site's, every term's and collection's; the page that explains them, and OPML."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import UTC, datetime
from html import escape
from urllib.parse import urljoin

import msgspec

from generator.model import Article, Inline
from generator.plan.catalogue import Catalogue
from generator.plan.collections import Collection
from generator.plan.lists import term_feed_links
from generator.plan.terms import TermIndex
from generator.routes import absolute, term_path, url
from generator.text import excerpt
from generator.views import (
    ArticleView,
    FeedEntry,
    FeedLinks,
    FeedListing,
    FeedsView,
    FeedView,
    OpmlView,
    Page,
    TitleLink,
)

_FORMS = (("feed.xml", "feed:rss"), ("feed.atom", "feed:atom"), ("feed.json", "feed:json"))
# The `updated` of a feed in which there is nothing yet.
_NEVER = datetime(1970, 1, 1, tzinfo=UTC)
_LATEST = 5


class Feeds:
    """All feeds of a catalogue; each article's entry is made once and shared."""

    def __init__(
        self,
        catalogue: Catalogue,
        articles: dict[str, ArticleView],
        collections: Sequence[Collection] = (),
    ) -> None:
        self._catalogue = catalogue
        self._articles = articles
        self._collections = collections
        self._entries: dict[str, FeedEntry] = {}
        self._full = catalogue.config.feeds.content == "full"

    def pages(self) -> Iterator[Page]:
        """Every feed in its three forms, /feeds/ and the OPML file."""
        config, words = self._catalogue.config, self._catalogue.words
        newest = self._catalogue.selection.articles[: config.feeds.entries]
        yield from self._forms("/", config.title, config.description, self._of(newest))
        for index in self._catalogue.indexes:
            if not index.taxonomy.feeds:
                continue
            for term in index.terms.values():
                path = term_path(index.taxonomy.name, term.slug)
                title = words.feed_of(site=config.title, what=term.name)
                about = words.term_feed(kind=index.taxonomy.singular, name=term.name)
                entries = self._of(term.articles[: config.feeds.entries])
                yield from self._forms(path, title, about, entries)
        for each in self._collections:
            entries = self._entries_of(each)[: config.feeds.entries]
            title = words.feed_of(site=config.title, what=each.title)
            yield from self._forms(each.path, title, each.about, entries)
        yield self._feeds_page()
        yield self._opml()

    def _forms(
        self, path: str, title: str, description: str, entries: tuple[FeedEntry, ...]
    ) -> Iterator[Page]:
        config = self._catalogue.config
        view = FeedView(
            title=title,
            description=description or title,
            home=absolute(path, config),
            links=FeedLinks(title, *(absolute(path + name, config) for name, _ in _FORMS)),
            updated=max((entry.updated for entry in entries), default=_NEVER),
            entries=entries,
            full=self._full,
        )
        for name, template in _FORMS:
            yield Page(path.lstrip("/") + name, template, view, f"the feed {path}{name}")

    def _of(self, articles: Sequence[Article]) -> tuple[FeedEntry, ...]:
        return tuple(self._entry(article) for article in articles)

    def _entries_of(self, collection: Collection) -> tuple[FeedEntry, ...]:
        newest = collection.articles[: self._catalogue.config.feeds.entries]
        return collection.entries or self._of(newest)

    def _entry(self, article: Article) -> FeedEntry:
        known = self._entries.get(article.source)
        if known is not None:
            return known
        # Without what no feed shows: an entry does not change because its neighbours do.
        view = msgspec.structs.replace(
            _with_plain_images(self._articles[article.source]),
            share=(),
            share_card="",
            newer=None,
            older=None,
            related=(),
            story=None,
            states=(),
        )
        summary, image = article.summary or article.hook, article.image
        text = summary.text if summary else article.excerpt
        groups = {group.name: group.terms for group in view.terms}
        entry = FeedEntry(
            id=article.id,
            title=article.title.text,
            url=view.permalink,
            published=article.date,
            updated=article.changed,
            summary=excerpt(text or article.title.text, 600),
            authors=tuple(link.text for link in groups.pop("authors", ())),
            categories=tuple(dict.fromkeys(t.text for terms in groups.values() for t in terms)),
            lang=article.lang,
            article=view,
            image=urljoin(view.permalink, image.src) if image else "",
            image_size=(image.width, image.height) if image and image.width else None,
        )
        self._entries[article.source] = entry
        return entry

    def _feeds_page(self) -> Page:
        catalogue = self._catalogue
        words = catalogue.words
        main = [
            FeedListing(
                catalogue.feed_links("/", catalogue.config.title),
                words.whole_articles if self._full else words.summarised_articles,
                self._latest(catalogue.selection.articles),
                len(catalogue.selection.articles),
            )
        ]
        main += (self._listing(each) for each in self._collections if not each.group)
        groups = (
            *(
                (group, tuple(self._listing(each) for each in collections))
                for group, collections in self._grouped_collections()
            ),
            *(
                (index.taxonomy.title, tuple(self._term_listings(index)))
                for index in catalogue.indexes
                if index.taxonomy.feeds and index.terms
            ),
        )
        own = url("/feeds/", catalogue.config)
        view = FeedsView(tuple(main), groups, url("/feeds/feeds.opml", catalogue.config))
        return Page("feeds/index.html", "feeds.html", view, "the list of feeds", own)

    def _grouped_collections(self) -> Iterator[tuple[str, list[Collection]]]:
        names = dict.fromkeys(each.group for each in self._collections if each.group)
        for name in names:
            yield name, [each for each in self._collections if each.group == name]

    def _listing(self, collection: Collection) -> FeedListing:
        entries = collection.entries[:_LATEST]
        latest = tuple(
            TitleLink(
                Inline(escape(entry.title, quote=False), entry.title), entry.url, entry.published
            )
            for entry in entries
        )
        return FeedListing(
            self._catalogue.feed_links(collection.path, collection.title),
            collection.about,
            latest or self._latest(collection.articles),
            collection.count or len(collection.entries or collection.articles),
        )

    def _term_listings(self, index: TermIndex) -> Iterator[FeedListing]:
        for term in index.terms.values():
            feeds = term_feed_links(self._catalogue, index, term)
            yield FeedListing(feeds, "", self._latest(term.articles[:1]), len(term.articles))

    def _latest(self, articles: Sequence[Article]) -> tuple[TitleLink, ...]:
        return tuple(self._catalogue.title_link(article) for article in articles[:_LATEST])

    def _opml(self) -> Page:
        config = self._catalogue.config
        main = [(config.title, config.url + "feed.xml", config.url)]
        main += (self._outline(each) for each in self._collections if not each.group)
        groups: list[tuple[str, tuple[tuple[str, str, str], ...]]] = [(config.title, tuple(main))]
        groups += (
            (name, tuple(map(self._outline, collections)))
            for name, collections in self._grouped_collections()
        )
        for index in self._catalogue.indexes:
            if index.taxonomy.feeds and index.terms:
                homes = [
                    (term.name, absolute(term_path(index.taxonomy.name, term.slug), config))
                    for term in index.terms.values()
                ]
                listed = tuple((name, home + "feed.xml", home) for name, home in homes)
                groups.append((index.taxonomy.title, listed))
        return Page("feeds/feeds.opml", "feeds.opml", OpmlView(tuple(groups)), "the list of feeds")

    def _outline(self, collection: Collection) -> tuple[str, str, str]:
        home = absolute(collection.path, self._catalogue.config)
        return collection.title, home + "feed.xml", home


def _with_plain_images(view: ArticleView) -> ArticleView:
    """An article whose images are one file each: mail programs know no other."""
    pictures = {
        reference: msgspec.structs.replace(picture, srcset="", sizes="")
        for reference, picture in view.body.places.pictures.items()
    }
    if not pictures:
        return view
    places = msgspec.structs.replace(view.body.places, pictures=pictures)
    return msgspec.structs.replace(view, body=msgspec.structs.replace(view.body, places=places))
