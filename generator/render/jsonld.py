"""Structured data for search engines: schema.org in JSON-LD."""

from __future__ import annotations

from collections.abc import Iterable
from functools import lru_cache
from typing import Any
from urllib.parse import urljoin

import msgspec
from markupsafe import Markup

from generator.dates import rfc3339
from generator.model import Article, Inline
from generator.views import (
    ArticleView,
    Card,
    DigestView,
    ListView,
    PageView,
    SiteView,
    StoryView,
    View,
)

# schema.org/digitalSourceType, after the IPTC's vocabulary of digital sources.
_DIGITAL_SOURCE = {
    "ai": "https://schema.org/TrainedAlgorithmicMediaDigitalSource",
    "mixed": "https://schema.org/CompositeWithTrainedAlgorithmicMediaDigitalSource",
}


def json_ld(view: View, site: SiteView, words: int = 0) -> Markup:
    """The view, of an article with that many words, as a complete `<script>` element; nothing for views that have no type there."""
    data = structured(view, site, words)
    if not data:
        return Markup("")
    encoded = msgspec.json.encode({"@context": "https://schema.org", **data})
    text = msgspec.json.format(encoded, indent=0).decode()
    # Nothing in the data may end the script element (HTML, "restrictions for contents of script").
    text = text.replace("<", "\\u003c").replace(">", "\\u003e").replace("&", "\\u0026")
    text = text.replace("\u2028", "\\u2028").replace("\u2029", "\\u2029")
    return Markup(f'<script type="application/ld+json">{text}</script>')  # noqa: S704  # escaped above


def structured(view: View, site: SiteView, words: int = 0) -> dict[str, Any]:
    """The view as schema.org data."""
    if isinstance(view, ArticleView):
        return _present({**_article(view, site), "wordCount": words or None})
    if isinstance(view, DigestView):
        return _present(_digest(view, site))
    if isinstance(view, StoryView):
        return _present(_story(view, site))
    if isinstance(view, PageView):
        return _present(
            {
                "@type": "WebPage",
                "name": view.page.title.text,
                "url": view.permalink,
                "description": view.page.description,
                "inLanguage": view.page.lang or site.language,
            }
        )
    if isinstance(view, ListView):
        return _present(
            {
                "@type": "WebSite",
                "name": site.title,
                "url": site.url,
                "description": site.description,
                "inLanguage": site.language,
                "publisher": _publisher(site),
            }
        )
    return {}


def _present(data: dict[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in data.items() if value not in (None, "", [], {})}


def _publisher(site: SiteView) -> dict[str, Any]:
    publisher = site.publisher
    return _present(
        {
            "@type": "Organization",
            "name": publisher.name or site.title,
            "url": publisher.url or site.url,
            "logo": urljoin(site.url, publisher.logo) if publisher.logo else "",
        }
    )


def _author(name: str, url: str, site: SiteView) -> dict[str, Any]:
    own = name in (site.title, site.publisher.name)
    return {
        "@type": "Organization" if own else "Person",
        "name": name,
        "url": _joined(site.url, url),
    }


# A site has few authors, whom many articles name.
_joined = lru_cache(maxsize=1024)(urljoin)


def _article(view: ArticleView, site: SiteView) -> dict[str, Any]:
    article = view.article
    groups = {group.name: group.terms for group in view.terms}
    authors = [_author(link.text, link.url, site) for link in groups.pop("authors", ())]
    summary = article.summary or article.hook
    return {
        "@type": "NewsArticle",
        "@id": article.id,
        "headline": article.title.text,
        "description": summary.text if summary else article.excerpt,
        "url": view.permalink,
        "mainEntityOfPage": view.permalink,
        "datePublished": rfc3339(article.date),
        "dateModified": rfc3339(article.changed),
        "expires": rfc3339(article.expires) if article.expires else None,
        "inLanguage": article.lang or site.language,
        "author": authors or [_publisher(site)],
        "publisher": _publisher(site),
        "keywords": [link.text for terms in groups.values() for link in terms],
        "image": urljoin(view.permalink, article.image.src) if article.image else "",
        "isBasedOn": _origin(article),
        "citation": _citations(article),
        "correction": [
            {
                "@type": "CorrectionComment",
                "text": each.text.text,
                "datePublished": str(each.date),
            }
            for each in article.corrections
        ],
        "digitalSourceType": _DIGITAL_SOURCE.get(article.analysis.by) if article.analysis else None,
        "copyrightNotice": article.rights.text if article.rights else "",
    }


def _origin(article: Article) -> dict[str, Any]:
    origin = article.origin
    if origin is None:
        return {}
    return _present(
        {
            "@type": "CreativeWork",
            "url": origin.url,
            "publisher": {"@type": "Organization", "name": origin.name},
            "author": {"@type": "Person", "name": origin.author} if origin.author else {},
            "datePublished": rfc3339(origin.published) if origin.published else "",
        }
    )


def _citations(article: Article) -> list[dict[str, Any]]:
    return [
        _present(
            {
                "@type": "CreativeWork",
                "name": source.title.text,
                "url": source.url,
                "publisher": (
                    {"@type": "Organization", "name": source.publisher} if source.publisher else {}
                ),
                "datePublished": str(source.date) if source.date else "",
            }
        )
        for source in article.sources
    ]


def _digest(view: DigestView, site: SiteView) -> dict[str, Any]:
    return _collection(view.title, view.permalink, view.cards, view.count, site)


def _story(view: StoryView, site: SiteView) -> dict[str, Any]:
    return _collection(view.title, view.permalink, view.parts, view.count, site, view.before)


def _collection(
    title: Inline, url: str, cards: Iterable[Card], count: int, site: SiteView, before: int = 0
) -> dict[str, Any]:
    return {
        "@type": "CollectionPage",
        "name": title.text,
        "url": url,
        "inLanguage": site.language,
        "isPartOf": {"@type": "WebSite", "name": site.title, "url": site.url},
        "mainEntity": {
            "@type": "ItemList",
            "numberOfItems": count,
            "itemListElement": [
                {"@type": "ListItem", "position": number, "url": urljoin(site.url, card.url)}
                for number, card in enumerate(cards, before + 1)
            ],
        },
    }
