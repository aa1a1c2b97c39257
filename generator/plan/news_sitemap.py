"""The sitemap of the last two days' articles, for search engines that have a section of news."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from datetime import datetime, timedelta
from itertools import islice, takewhile

from generator.model import Article
from generator.plan.catalogue import Catalogue
from generator.routes import absolute
from generator.views import NewsEntry, NewsSitemapView, Page

PATH = "/news-sitemap.xml"
# Google's rules for news sitemaps: articles of the last two days, at most 1,000 of them.
_NEWS_FOR = timedelta(days=2)
_LIMIT = 1000


def news_sitemap(catalogue: Catalogue, now: datetime) -> Iterator[Page]:
    """The file, where there is any news: sitemaps.org allows none without an address."""
    since = now - _NEWS_FOR
    newest = takewhile(lambda article: article.date > since, catalogue.selection.articles)
    entries = tuple(_entry(catalogue, article) for article in islice(newest, _LIMIT))
    if entries:
        view = NewsSitemapView(catalogue.config.title, entries)
        yield Page(PATH.lstrip("/"), "news-sitemap.xml", view, "the news sitemap")


def sitemap_addresses(catalogue: Catalogue, news: Sequence[Page]) -> tuple[str, ...]:
    """The absolute addresses that robots.txt names."""
    paths = ("/sitemap.xml", *(f"/{page.path}" for page in news))
    return tuple(absolute(path, catalogue.config) for path in paths)


def ends_of_news(articles: Iterable[Article]) -> Iterator[datetime]:
    """The moments at which articles stop being news."""
    return (article.date + _NEWS_FOR for article in articles)


def _entry(catalogue: Catalogue, article: Article) -> NewsEntry:
    language = _language(article.lang or catalogue.config.language)
    url = catalogue.permalink_of(article)
    return NewsEntry(url, article.title.text, article.date, language)


def _language(tag: str) -> str:
    """The two or three letters of ISO 639; Chinese is `zh-cn` or `zh-tw` (Google's rules)."""
    language, *rest = tag.lower().split("-")
    if language != "zh":
        return language
    return "zh-tw" if {"hant", "tw", "hk", "mo"} & set(rest) else "zh-cn"
