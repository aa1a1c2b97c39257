"""An article in schema.org's terms: `NewsArticle`."""

from __future__ import annotations

from datetime import datetime
from typing import Any
from urllib.parse import urljoin
from zoneinfo import ZoneInfo

from generator.dates import rfc3339
from generator.model import Article, CitedSource
from generator.render.jsonld_parts import author, joined, present, publisher
from generator.text import excerpt
from generator.views import ArticleView, SiteView

# schema.org/digitalSourceType, after the IPTC's vocabulary of digital sources.
_DIGITAL_SOURCE = {
    "ai": "https://schema.org/TrainedAlgorithmicMediaDigitalSource",
    "mixed": "https://schema.org/CompositeWithTrainedAlgorithmicMediaDigitalSource",
}
# Search engines may cut or refuse longer ones (Google's rules for articles).
_HEADLINE = 110


def article(view: ArticleView, site: SiteView, words: int) -> dict[str, Any]:
    """The article with that many words. Moments are RFC 3339 in the site's zone, addresses absolute."""
    what = view.article
    groups = {group.name: group.terms for group in view.terms}
    authors = [author(link.text, link.url, site) for link in groups.pop("authors", ())]
    summary = what.summary or what.hook
    return present(
        {
            "@type": "NewsArticle",
            "@id": what.id,
            "headline": excerpt(what.title.text, _HEADLINE - 1),
            "description": summary.text if summary else what.excerpt,
            "url": view.permalink,
            "mainEntityOfPage": view.permalink,
            "datePublished": _moment(what.date, site),
            "dateModified": _moment(what.changed, site),
            "expires": _moment(what.expires, site) if what.expires else None,
            "inLanguage": what.lang or site.language,
            "isAccessibleForFree": True,
            "author": authors or [publisher(site)],
            "publisher": publisher(site),
            "articleSection": view.section.text if view.section else "",
            "keywords": [link.text for terms in groups.values() for link in terms],
            "wordCount": words or None,
            "image": _image(view, site),
            "isPartOf": _wholes(view, site),
            "isBasedOn": _origin(what, site),
            "citation": [_cited(source) for source in what.sources],
            "correction": [
                {
                    "@type": "CorrectionComment",
                    "text": each.text.text,
                    "datePublished": str(each.date),
                }
                for each in what.corrections
            ],
            "digitalSourceType": _DIGITAL_SOURCE.get(what.analysis.by) if what.analysis else None,
            "copyrightNotice": what.rights.text if what.rights else "",
            "encoding": _forms(view, site),
        }
    )


def _image(view: ArticleView, site: SiteView) -> dict[str, Any]:
    image = view.article.image
    if image is None:
        card = view.share_card
        return {"@type": "ImageObject", "url": joined(site.url, card)} if card else {}
    return present(
        {
            "@type": "ImageObject",
            "url": urljoin(view.permalink, image.src),
            "width": image.width or None,
            "height": image.height or None,
            "caption": image.alt,
            "creditText": image.credit.text if image.credit else "",
        }
    )


def _wholes(view: ArticleView, site: SiteView) -> list[dict[str, Any]]:
    """What the article is a part of: the digest of its week, and its story."""
    week = view.week
    digest = joined(site.url, week.url)
    wholes = [
        {
            "@type": "PublicationIssue",
            "@id": f"{digest}#issue",
            "issueNumber": str(week.week),
            "name": week.title,
            "url": digest,
        }
    ]
    if view.story:
        story = joined(site.url, view.story.url)
        wholes.append({"@type": "CreativeWorkSeries", "name": view.story.title.text, "url": story})
    return wholes


def _forms(view: ArticleView, site: SiteView) -> list[dict[str, Any]]:
    """The same article for programs."""
    forms = ((view.markdown, "text/markdown"), (view.json, "application/json"))
    return [
        {"@type": "MediaObject", "contentUrl": urljoin(site.url, url), "encodingFormat": kind}
        for url, kind in forms
        if url
    ]


def _moment(moment: datetime, site: SiteView) -> str:
    """A date that was given without a time is midnight there: in UTC it would be the day before."""
    return rfc3339(moment.astimezone(ZoneInfo(site.timezone)))


def _origin(article: Article, site: SiteView) -> dict[str, Any]:
    origin = article.origin
    if origin is None:
        return {}
    return present(
        {
            "@type": "CreativeWork",
            "url": origin.url,
            "publisher": {"@type": "Organization", "name": origin.name},
            "author": {"@type": "Person", "name": origin.author} if origin.author else {},
            "datePublished": _moment(origin.published, site) if origin.published else "",
        }
    )


def _cited(source: CitedSource) -> dict[str, Any]:
    return present(
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
