"""What several kinds of pages tell of themselves in schema.org's terms: site, people, pictures."""

from __future__ import annotations

from functools import lru_cache
from typing import Any, NamedTuple
from urllib.parse import urljoin

from generator.views import SiteView


class Place(NamedTuple):
    """Where a page stands: its address, its name, what it is about, and the pages above it.

    All addresses are absolute. `trail` has pairs of name and address, from below the home page.
    """

    url: str
    name: str
    description: str = ""
    trail: tuple[tuple[str, str], ...] = ()


# Few addresses stand on many pages: those of authors and terms.
joined = lru_cache(maxsize=1024)(urljoin)


def present(data: dict[str, Any]) -> dict[str, Any]:
    """The data without what is empty."""
    return {name: value for name, value in data.items() if value not in (None, "", [], {})}


def publisher(site: SiteView) -> dict[str, Any]:
    """Who publishes the site; the site's own title where the settings name nobody."""
    who = site.publisher
    return present(
        {
            "@type": "Organization",
            "name": who.name or site.title,
            "url": who.url or site.url,
            "logo": present({"@type": "ImageObject", "url": _from_site(who.logo, site)})
            if who.logo
            else {},
        }
    )


def own_organization(site: SiteView) -> dict[str, Any]:
    """The publisher with all that is known, for the home page."""
    who = site.publisher
    return present({**publisher(site), "email": who.email, "sameAs": list(who.profiles)})


def web_site(site: SiteView) -> dict[str, Any]:
    """The whole site, for its home page."""
    return present(
        {
            **web_site_link(site),
            "description": site.description,
            "inLanguage": site.language,
            "publisher": publisher(site),
            "potentialAction": _search(site) if site.search else {},
        }
    )


def _search(site: SiteView) -> dict[str, Any]:
    """How a word is searched for by an address, in the form that search engines read."""
    address = f"{joined(site.url, site.search)}?q={{search_term_string}}"
    return {
        "@type": "SearchAction",
        "target": {"@type": "EntryPoint", "urlTemplate": address},
        "query-input": "required name=search_term_string",
    }


def web_site_link(site: SiteView) -> dict[str, Any]:
    """The site as its pages name it."""
    return {
        "@type": "WebSite",
        "@id": f"{site.url}#website",
        "name": site.title,
        "url": site.url,
    }


def author(name: str, url: str, site: SiteView) -> dict[str, Any]:
    """An author with the page of what they wrote: a person, but for the publisher itself."""
    own = name in (site.title, site.publisher.name)
    return {
        "@type": "Organization" if own else "Person",
        "name": name,
        "url": joined(site.url, url),
    }


def _from_site(address: str, site: SiteView) -> str:
    """A setting's address made absolute: `/…` begins at the site's root, not at the host's."""
    return site.url + address[1:] if address.startswith("/") else joined(site.url, address)
