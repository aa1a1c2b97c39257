"""What machines read: sitemap, robots, headers, llms.txt, redirects, 404."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from datetime import datetime
from itertools import islice

from generator.model import TextPage
from generator.plan.addresses import page_path
from generator.plan.articles import redirect_pages
from generator.plan.catalogue import Catalogue
from generator.routes import absolute, output_path, url
from generator.views import (
    ArticleView,
    Copy,
    EmptyView,
    HeadersView,
    LlmsView,
    Page,
    PageView,
    Redirects,
    RedirectView,
    RobotsView,
    SearchView,
    SitemapEntry,
    SitemapView,
)

# sitemaps.org, "Sitemap file limits": at most 50,000 addresses in one file.
SITEMAP_LIMIT = 50_000
# llms.txt is read whole: it has what is newest, and says where the rest is.
_ARTICLES_FOR_MODELS = 100
_DIGESTS_FOR_MODELS = 20


def text_pages(catalogue: Catalogue, pages: Sequence[TextPage]) -> Iterator[Page]:
    """The pages beside the articles; their references are resolved already."""
    for page in pages:
        path = page_path(page)
        view = PageView(page, url(path, catalogue.config), absolute(path, catalogue.config))
        yield Page(output_path(path), "page.html", view, page.source, view.url)


def redirects(
    catalogue: Catalogue, pages: Sequence[TextPage], moved: Iterable[tuple[str, str, str]] = ()
) -> Iterator[Page]:
    """A page at every former address that leads to the present one; all of them in `_redirects`.

    They are the aliases, and what else has `moved`, as (path, path that it leads to, what it is).
    """
    config = catalogue.config
    pairs = []
    for alias, target, source in (*redirect_pages(catalogue, pages), *moved):
        view = RedirectView(url(target, config), absolute(target, config))
        yield Page(output_path(alias), "redirect.html", view, source)
        pairs.append((url(alias, config), view.url))
    if pairs:
        yield Page("_redirects", "_redirects.txt", Redirects(tuple(sorted(pairs))), "the aliases")


def sitemaps(
    catalogue: Catalogue, pages: Iterable[Page], limit: int = SITEMAP_LIMIT
) -> Iterator[Page]:
    """`sitemap.xml` of all pages; an index of several where they are too many for one."""
    origin = catalogue.config.host
    entries = sorted(
        (SitemapEntry(origin + page.url, _changed(page)) for page in pages if _is_listed(page)),
        key=lambda entry: entry.url,
    )
    what = "the sitemap"
    if len(entries) <= limit:
        yield Page("sitemap.xml", "sitemap.xml", SitemapView(tuple(entries)), what)
        return
    parts = []
    for start in range(0, len(entries), limit):
        name = f"sitemap-{start // limit + 1}.xml"
        part = SitemapView(tuple(entries[start : start + limit]))
        yield Page(name, "sitemap.xml", part, what)
        parts.append(SitemapEntry(absolute(f"/{name}", catalogue.config)))
    yield Page("sitemap.xml", "sitemap.xml", SitemapView(tuple(parts), index=True), what)


def _is_listed(page: Page) -> bool:
    """Whether search engines are to show the page: not their like, the page that searches."""
    return bool(page.url) and not isinstance(page.view, SearchView)


def _changed(page: Page) -> datetime | None:
    if isinstance(page.view, ArticleView):
        return page.view.article.changed
    return page.view.page.updated if isinstance(page.view, PageView) else None


def headers(catalogue: Catalogue, theme: Iterable[Copy]) -> Page:
    """`_headers`, by which hosts that read it let assets with a hash in their names be kept."""
    base = catalogue.config.base_path
    kept = (base + each.path for each in theme if each.path != f"assets/{each.origin}")
    return Page("_headers", "_headers.txt", HeadersView(tuple(kept)), "the headers")


def others(
    catalogue: Catalogue,
    views: Iterable[ArticleView],
    pages: Sequence[TextPage],
    sitemaps: tuple[str, ...],
) -> Iterator[Page]:
    """robots.txt, 404.html, llms.txt and the schema of articles' JSON."""
    config = catalogue.config
    yield Page("article.schema.json", "article:schema", EmptyView(), "the schema of articles")
    yield Page("robots.txt", "robots.txt", RobotsView(sitemaps), "robots.txt")
    yield Page("404.html", "404.html", EmptyView(), "the page for what is not found")
    articles = tuple(
        (
            view.article.title.text,
            view.permalink.removesuffix(view.url) + view.markdown,
            _summary(view),
        )
        for view in islice(views, _ARTICLES_FOR_MODELS)
    )
    digests = islice(map(catalogue.week_link, catalogue.digests), _DIGESTS_FOR_MODELS)
    listed = tuple((p.title.text, absolute(page_path(p), config)) for p in pages)
    yield Page("llms.txt", "llms.txt", LlmsView(articles, tuple(digests), listed), "llms.txt")


def _summary(view: ArticleView) -> str:
    article = view.article
    line = article.summary or article.hook
    return line.text if line else article.excerpt or article.title.text
