"""Lists in schema.org's terms: `CollectionPage` with what it lists, a digest as `PublicationIssue`."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import islice
from typing import Any

from generator.render.jsonld_parts import Place, joined, present, publisher, web_site_link
from generator.views import (
    ArchiveView,
    CorrectionsView,
    DigestIndexView,
    DigestView,
    ListView,
    SiteView,
    StoriesView,
    StoryView,
    TaxonomyView,
    TermView,
    View,
)

# Of a longer list the first are told: the page itself has all.
_LISTED = 100


def collection(view: View, site: SiteView, place: Place) -> dict[str, Any]:
    """A page that lists something; in its order what it lists, where that has pages of its own."""
    listed = tuple(islice(_listed(view), _LISTED))
    before = view.before if isinstance(view, StoryView) else 0
    return present(
        {
            "@type": "CollectionPage",
            "name": place.name,
            "url": place.url,
            "description": place.description,
            "inLanguage": site.language,
            "isPartOf": web_site_link(site),
            "mainEntity": _items(listed, before, site) if listed else {},
        }
    )


def issue(view: DigestView, site: SiteView, place: Place) -> dict[str, Any]:
    """A digest as an issue of the newsletter; one whose week still runs is not published yet."""
    notes = view.notes
    sponsor = notes.sponsor if notes else None
    return present(
        {
            "@type": "PublicationIssue",
            "@id": f"{place.url}#issue",
            "name": place.name,
            "issueNumber": str(view.week),
            "url": place.url,
            "mainEntityOfPage": place.url,
            "datePublished": "" if view.running else view.ends.isoformat(),
            "temporalCoverage": f"{view.begins.isoformat()}/{view.ends.isoformat()}",
            "inLanguage": site.language,
            "isPartOf": {"@type": "Periodical", "name": site.title, "url": site.url},
            "publisher": publisher(site),
            "image": joined(site.url, view.share_card) if view.share_card else "",
            "sponsor": present({"@type": "Organization", "name": sponsor.name, "url": sponsor.url})
            if sponsor
            else {},
        }
    )


def _items(listed: tuple[tuple[str, str], ...], before: int, site: SiteView) -> dict[str, Any]:
    return {
        "@type": "ItemList",
        "numberOfItems": len(listed),
        "itemListElement": [
            {
                "@type": "ListItem",
                "position": number,
                "name": name,
                "url": joined(site.url, url),
            }
            for number, (name, url) in enumerate(listed, before + 1)
        ],
    }


def _listed(view: View) -> Iterator[tuple[str, str]]:
    """Pairs of name and address, each address once."""
    if isinstance(view, ListView | TermView | DigestView):
        return ((card.title.text, card.url) for card in view.cards)
    if isinstance(view, StoryView):
        return ((card.title.text, card.url) for card in view.parts)
    if isinstance(view, StoriesView):
        return ((story.title.text, story.url) for story in view.stories)
    if isinstance(view, TaxonomyView):
        return ((term.text, term.url) for term in view.terms)
    if isinstance(view, DigestIndexView):
        return ((week.title, week.url) for week in view.weeks)
    if isinstance(view, CorrectionsView):
        told = {each.article.url: each.article.title.text for each in view.corrections}
        return ((name, url) for url, name in told.items())
    if isinstance(view, ArchiveView):
        months = (month for _, months in view.years for month in months)
        return ((each.title.text, each.url) for month in months for each in month.articles)
    return iter(())
