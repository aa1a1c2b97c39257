"""The articles' own pages."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from urllib.parse import quote

from generator.model import Article, TextPage
from generator.plan.addresses import page_path
from generator.plan.catalogue import Catalogue
from generator.plan.findings import Finding
from generator.plan.predictions import Prediction, states_by_article
from generator.plan.related_lists import Remembered
from generator.plan.share_cards import article_card, card_page, with_card
from generator.routes import beside, output_path
from generator.views import ArticleView, Body, Page, RelatedCard, ShareLink, StoryPart

# Each takes the article's title and its absolute address, both percent-encoded.
_SHARE = {
    "x": "https://x.com/intent/post?text={title}&url={url}",
    "linkedin": "https://www.linkedin.com/sharing/share-offsite/?url={url}",
    "mastodon": "https://share.joinmastodon.org/#text={title}%20{url}",
    "bluesky": "https://bsky.app/intent/compose?text={title}%20{url}",
    "email": "mailto:?subject={title}&body={url}",
    "copy": "{plain}",
}


def article_views(
    catalogue: Catalogue,
    parts: Mapping[str, StoryPart],
    predicted: Iterable[Prediction],
    related: Remembered,
) -> tuple[dict[str, ArticleView], tuple[Finding, ...]]:
    """The view of every published article by its file, newest first.

    `parts` says where articles stand in their stories, by file; `predicted` are their
    predictions, as they stand now; `related` is what stands beside each.
    """
    articles = catalogue.selection.articles
    states = states_by_article(predicted)
    cards = catalogue.small_cards
    found: list[Finding] = []
    views: dict[str, ArticleView] = {}
    for place, article in enumerate(articles):
        own = catalogue.url_of(article)
        permalink = catalogue.permalink_of(article)
        places, wrong = catalogue.addresses.resolve(
            article.body_references, article.source, own, article.body_images
        )
        found += wrong
        newer = articles[place - 1] if place else None
        older = articles[place + 1] if place + 1 < len(articles) else None
        view = ArticleView(
            article=article,
            body=Body(article.source, places),
            url=own,
            permalink=permalink,
            terms=catalogue.groups_of(article),
            week=catalogue.week_of(article),
            share=_share(article, permalink, catalogue.config.share),
            newer=catalogue.title_link(newer) if newer else None,
            older=catalogue.title_link(older) if older else None,
            related=tuple(
                RelatedCard(cards[source], shares)
                for source, shares in related.lists[article.source]
            ),
            story=parts.get(article.source),
            markdown=beside(own, "index.md"),
            json=beside(own, "index.json"),
            states=states.get(article.source, ()),
        )
        views[article.source] = with_card(view, article_card(view, catalogue.config))
    return views, tuple(found)


def article_pages(catalogue: Catalogue, views: dict[str, ArticleView]) -> Iterable[Page]:
    """Each article as a page, and beside it as Markdown and as JSON, and its share card."""
    for source, view in views.items():
        path = output_path(catalogue.addresses.articles[source])
        yield Page(path, "article.html", view, source, view.url)
        yield Page(beside(path, "index.md"), "article.md", view, source)
        yield Page(beside(path, "index.json"), "article:json", view, source)
        card = article_card(view, catalogue.config)
        if card:
            yield card_page(path, card, source)


def redirect_pages(
    catalogue: Catalogue, pages: Iterable[TextPage]
) -> Iterable[tuple[str, str, str]]:
    """Every alias as (path, path that it leads to, file); none leads to itself."""
    for target, aliases, source in _aliases(catalogue, pages):
        seen = {output_path(target)}
        for alias in aliases:
            if output_path(alias) not in seen:
                seen.add(output_path(alias))
                yield alias, target, source


def needless_aliases(catalogue: Catalogue, pages: Iterable[TextPage]) -> tuple[Finding, ...]:
    """A warning for each alias that is the address itself."""
    return tuple(
        Finding("warning", source, f"the alias {alias!r} is the address itself", "delete it",
                ("aliases", number))
        for target, aliases, source in _aliases(catalogue, pages)
        for number, alias in enumerate(aliases)
        if output_path(alias) == output_path(target)
    )  # fmt: skip


def _aliases(
    catalogue: Catalogue, pages: Iterable[TextPage]
) -> Iterable[tuple[str, tuple[str, ...], str]]:
    """The path, the aliases and the file of everything that has aliases."""
    for article in catalogue.selection.articles:
        if article.aliases:
            yield catalogue.addresses.articles[article.source], article.aliases, article.source
    for page in pages:
        if page.aliases:
            yield page_path(page), page.aliases, page.source


def _share(article: Article, permalink: str, names: Iterable[str]) -> tuple[ShareLink, ...]:
    links = []
    for name in names:
        address = _SHARE[name].format(
            title=quote(article.title.text, safe=""), url=quote(permalink, safe=""), plain=permalink
        )
        links.append(ShareLink(name, address))
    return tuple(links)
