"""Structured data for search engines: every page's as one JSON-LD graph of schema.org's types."""

from __future__ import annotations

from typing import Any

import msgspec
from markupsafe import Markup

from generator.render.jsonld_article import article
from generator.render.jsonld_lists import collection, issue
from generator.render.jsonld_parts import Place, own_organization, present, web_site, web_site_link
from generator.views import ArticleView, DigestView, ListView, PageView, SearchView, SiteView, View


def json_ld(view: View, site: SiteView, place: Place, words: int = 0) -> Markup:
    """The data of a page, of an article with that many words, as a complete `<script>` element."""
    graph = structured(view, site, place, words)
    encoded = msgspec.json.encode({"@context": "https://schema.org", "@graph": graph})
    text = msgspec.json.format(encoded, indent=0).decode()
    # Nothing in the data may end the script element (HTML, "restrictions for contents of script").
    text = text.replace("<", "\\u003c").replace(">", "\\u003e").replace("&", "\\u0026")
    text = text.replace("\u2028", "\\u2028").replace("\u2029", "\\u2029")
    return Markup(f'<script type="application/ld+json">{text}</script>')  # noqa: S704  # escaped above


def structured(view: View, site: SiteView, place: Place, words: int = 0) -> list[dict[str, Any]]:
    """What a page is, first; what else it tells of; and where it stands, on all but the home page."""
    if isinstance(view, ListView) and view.pagination.number == 1:
        return [web_site(site), own_organization(site), collection(view, site, place)]
    if isinstance(view, ArticleView):
        things = [article(view, site, words)]
    elif isinstance(view, DigestView):
        things = [collection(view, site, place), issue(view, site, place)]
    elif isinstance(view, PageView):
        things = [_page("WebPage", view.page.lang or site.language, site, place)]
    elif isinstance(view, SearchView):
        things = [_page("SearchResultsPage", site.language, site, place)]
    else:
        things = [collection(view, site, place)]
    return [*things, _breadcrumbs(site, place)]


def _page(kind: str, language: str, site: SiteView, place: Place) -> dict[str, Any]:
    return present(
        {
            "@type": kind,
            "name": place.name,
            "url": place.url,
            "description": place.description,
            "inLanguage": language,
            "isPartOf": web_site_link(site),
        }
    )


def _breadcrumbs(site: SiteView, place: Place) -> dict[str, Any]:
    """Google's rules for `BreadcrumbList`: at least two items, each with position, name and item."""
    trail = ((site.title, site.url), *place.trail, (place.name, place.url))
    return {
        "@type": "BreadcrumbList",
        "itemListElement": [
            {"@type": "ListItem", "position": number, "name": name, "item": url}
            for number, (name, url) in enumerate(trail, 1)
        ],
    }
