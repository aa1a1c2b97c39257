"""RSS 2.0 and Atom by feedgen, whose tree is mended, as an extension of it, where it is not right.

Mended, with feedgen 1.0: the hub never reaches the RSS; a link's `rel` is lost on entries of Atom;
Atom's `source` lacks its id; languages of entries have no place. The clock is never asked: every
moment is told.
"""

from __future__ import annotations

from collections.abc import Sequence
from html import escape
from typing import Any
from urllib.parse import urljoin

from feedgen.ext.base import BaseExtension
from feedgen.feed import FeedGenerator
from lxml import etree

from generator import __version__
from generator.dates import rfc3339
from generator.feeds.rights import entry_rights
from generator.routes import uri
from generator.views import FeedEntry, FeedView, SiteView

ATOM = "http://www.w3.org/2005/Atom"
_LANG = "{http://www.w3.org/XML/1998/namespace}lang"
_TYPES = {"rss": "application/rss+xml", "atom": "application/atom+xml"}


def rss(view: FeedView, contents: Sequence[str], site: SiteView) -> bytes:
    """The feed as RSS 2.0. `contents` holds each entry's HTML, empty for summaries."""
    feed = _feed(view, site, view.links.rss, "rss")
    feed.load_extension("dc", atom=False, rss=True)
    feed.load_extension("media", atom=True, rss=True)
    feed.register_extension("mending", _FeedMending, _EntryMending)
    feed.mending.view, feed.mending.site = view, site
    for entry, content in zip(view.entries, contents, strict=True):
        _rss_entry(feed, entry, content, site)
    return bytes(feed.rss_str()) + b"\n"


def atom(view: FeedView, contents: Sequence[str], site: SiteView) -> bytes:
    """The feed as Atom (RFC 4287). `contents` holds each entry's HTML, empty for summaries."""
    feed = _feed(view, site, view.links.atom, "atom")
    feed.load_extension("media", atom=True, rss=True)
    # The last to be asked, when all else of an entry is there.
    feed.register_extension("mending", BaseExtension, _EntryMending)
    for entry, content in zip(view.entries, contents, strict=True):
        _atom_entry(feed, entry, content, site)
    return bytes(feed.atom_str()) + b"\n"


def _feed(view: FeedView, site: SiteView, own: str, form: str) -> FeedGenerator:
    feed = FeedGenerator()
    # The feed's own address is no id: it would change with the form, and this one does not.
    feed.id(view.home)
    feed.title(view.title)
    feed.description(view.description)
    feed.subtitle(view.description)
    feed.language(site.language)
    feed.updated(view.updated)
    feed.lastBuildDate(view.updated)
    feed.generator("Broadsheet", version=__version__)
    publisher = site.publisher.name or site.title
    feed.author(name=publisher, uri=uri(site.publisher.url) or site.url)
    if site.rights:
        feed.rights(site.rights.text)
    if site.publisher.logo and form == "atom":
        feed.logo(uri(urljoin(site.url, site.publisher.logo.lstrip("/"))))
    if site.hub:
        feed.link(href=uri(site.hub), rel="hub")
    feed.link(href=own, rel="self", type=_TYPES[form])
    # Last: feedgen takes the last link that is not the feed itself for the channel's.
    feed.link(href=view.home, rel="alternate", type="text/html")
    return feed


def _entry(feed: FeedGenerator, entry: FeedEntry) -> Any:
    made = feed.add_entry(order="append")
    made.id(entry.id)
    made.title(entry.title)
    made.published(entry.published)
    made.updated(entry.updated)
    for name in entry.categories:
        made.category(term=name, label=name)
    if entry.image:
        size = entry.image_size
        measures = {"width": str(size[0]), "height": str(size[1])} if size else {}
        made.media.content(url=uri(entry.image), medium="image", **measures, group=None)
    return made


def _rss_entry(feed: FeedGenerator, entry: FeedEntry, content: str, site: SiteView) -> None:
    made = _entry(feed, entry)
    made.link(href=entry.url)
    # HTML in RSS, text in Atom: what looks like a tag in a summary is none.
    made.description(escape(entry.summary, quote=False))
    if content:
        # As escaped text and not as CDATA, which a `]]>` in an article would end.
        made.content(content)
    if entry.authors:
        made.dc.dc_creator(list(entry.authors))
    if entry.lang:
        made.dc.dc_language(entry.lang)
    rights = entry_rights(entry, site)
    if rights:
        made.dc.dc_rights(rights)
    article = entry.article.article if entry.article else None
    if article and article.origin:
        if article.origin.url:
            made.source(uri(article.origin.url), article.origin.name)
        else:
            # The <source> of RSS must have an address.
            made.dc.dc_source(article.origin.name)


def _atom_entry(feed: FeedGenerator, entry: FeedEntry, content: str, site: SiteView) -> None:
    made = _entry(feed, entry)
    made.mending.entry = entry
    for name in entry.authors:
        made.author(name=name)
    if content:
        made.content(content, type="html")
    if entry.summary:
        made.summary(entry.summary)
    made.link(href=entry.url, rel="alternate", type="text/html")
    rights = entry_rights(entry, site)
    if rights:
        made.rights(rights)
    article = entry.article.article if entry.article else None
    if article and article.origin and article.origin.url:
        made.source(uri(article.origin.url), article.origin.name)
        made.link(href=uri(article.origin.url), rel="via")


class _FeedMending(BaseExtension):  # type: ignore[misc]  # feedgen has no types
    """Mends the channel of RSS, to which feedgen adds the items later."""

    view: FeedView
    site: SiteView

    def extend_rss(self, feed: Any) -> Any:
        """Called by feedgen with the root."""
        _mend_channel(feed[0], self.view, self.site)
        return feed


class _EntryMending(BaseExtension):  # type: ignore[misc]  # feedgen has no types
    """Mends an entry of Atom."""

    entry: FeedEntry

    def extend_atom(self, feed: Any) -> Any:
        """Called by feedgen with the entry."""
        _mend_entry(feed, self.entry)
        return feed


def _mend_channel(channel: Any, view: FeedView, site: SiteView) -> None:
    channel.find("link").text = view.home
    # feedgen writes an author of the channel as `managingEditor`, which needs an e-mail address.
    for editor in channel.findall("managingEditor"):
        channel.remove(editor)
    own = channel.find(f"{{{ATOM}}}link")
    if site.hub:
        hub = etree.Element(f"{{{ATOM}}}link", href=uri(site.hub), rel="hub")
        own.addnext(hub)


def _mend_entry(element: Any, entry: FeedEntry) -> None:
    # feedgen's elements of Atom have no namespace until they are written.
    if entry.lang:
        element.set(_LANG, entry.lang)
    for link in element.findall("link"):
        if link.get("href") == entry.url:
            link.set("rel", "alternate")
            link.set("type", "text/html")
        else:
            link.set("rel", "via")
    origin = entry.article.article.origin if entry.article else None
    if origin is None:
        return
    source = element.find("source")
    if source is None:
        # feedgen writes none that has no address.
        source = etree.SubElement(element, "source")
        etree.SubElement(source, "title").text = origin.name
    # RFC 4287 section 4.2.11: a source should keep its feed's id, title and updated.
    ident = etree.SubElement(source, "id")
    ident.text = uri(origin.url) or f"{entry.id}:source"
    updated = etree.SubElement(source, "updated")
    updated.text = rfc3339(origin.published or entry.published)
