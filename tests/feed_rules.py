"""The rules of feeds, as one who runs a feed validator would learn them.

Each function takes a feed's bytes and gives a list of sentences, each about one broken rule; an
empty list means a valid feed. The rules are those of RSS 2.0 (rssboard.org/rss-specification) with
the advice that the W3C's feed validator adds, of Atom (RFC 4287, with its schema in
data/atom.rng), and of JSON Feed 1.1 (jsonfeed.org/version/1.1).
"""

from __future__ import annotations

import json
import re
from collections import Counter
from collections.abc import Iterator
from datetime import datetime
from functools import lru_cache
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import lxml.html
from lxml import etree

ATOM = "{http://www.w3.org/2005/Atom}"
CONTENT = "{http://purl.org/rss/1.0/modules/content/}"
DC = "{http://purl.org/dc/elements/1.1/}"
MEDIA = "{http://search.yahoo.com/mrss/}"
XML_LANG = "{http://www.w3.org/XML/1998/namespace}lang"

_CHANNEL_ONCE = (
    "title link description language copyright managingEditor webMaster pubDate lastBuildDate "
    "generator docs cloud ttl image rating textInput skipHours skipDays"
).split()
_CHANNEL_MANY = ("category", "item")
_ITEM_ONCE = "title link description author comments guid pubDate source".split()
_ITEM_MANY = ("category", "enclosure")
_EXTENSIONS = (ATOM, CONTENT, DC, MEDIA)
_DC_TERMS = (
    "contributor coverage creator date description format identifier language publisher relation "
    "rights source subject title type"
).split()

_RFC_822 = re.compile(
    r"(Mon|Tue|Wed|Thu|Fri|Sat|Sun), (\d\d (?:Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec)"
    r" \d{4} \d\d:\d\d:\d\d) (?:[+-]\d{4}|GMT)"
)
_RFC_3339 = re.compile(
    r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(?:\.\d+)?(?:Z|[+-](?:[01]\d|2[0-3]):[0-5]\d)"
)
_LANGUAGE = re.compile(r"[a-zA-Z]{2,3}(?:-[a-zA-Z0-9]{1,8})*")
_EMAIL = re.compile(r"[^\s@()<>]+@[^\s@()<>]+\.[^\s@()<>]+(?: \([^()]+\))?")
_MIME = re.compile(r"[\w.+-]+/[\w.+-]+")
# RFC 3986: a scheme, then only characters that an address may hold unescaped.
_URI = re.compile(
    r"[A-Za-z][A-Za-z0-9+.-]*:(?:[A-Za-z0-9._~:/?#\[\]@!$&'()*+,;=-]|%[0-9A-Fa-f]{2})+"
)
_NOT_XML = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]")
_MARKUP = re.compile(r"</\w+>|&(?:#\d+|#x[0-9a-fA-F]+|amp|lt|gt|quot|nbsp);")

_ADDRESS_ATTRIBUTES = ("href", "src", "poster", "cite", "action", "data", "longdesc", "background")
_UNSAFE_ELEMENTS = frozenset(
    "applet base embed form frame frameset iframe link meta object script style".split()
)
_UNSAFE_SCHEMES = ("javascript", "vbscript", "data")


def problems(name: str, data: bytes, address: str | None = None) -> list[str]:
    """What is wrong with a feed whose file has that name; `address` is where it is published."""
    check = {".xml": rss_problems, ".atom": atom_problems, ".json": json_feed_problems}
    return check[Path(name).suffix](data, address)


# --- RSS 2.0


def rss_problems(data: bytes, address: str | None = None) -> list[str]:
    """What is wrong with an RSS 2.0 feed."""
    root, wrong = _xml(data)
    if root is None:
        return wrong
    if root.tag != "rss" or root.get("version") != "2.0":
        return [
            f"the root is <{root.tag} version={root.get('version')!r}>, not <rss version='2.0'>"
        ]
    if [child.tag for child in root] != ["channel"]:
        return ["<rss> does not hold exactly one <channel>"]
    channel = root[0]
    wrong += _known_elements(channel, "channel", _CHANNEL_ONCE, _CHANNEL_MANY)
    wrong += _channel(channel)
    wrong += _self_link(channel, "channel", address, "application/rss+xml")
    items = channel.findall("item")
    wrong += _repeated(
        "guid", [item.findtext("guid") for item in items if item.find("guid") is not None]
    )
    for number, item in enumerate(items, 1):
        wrong += [f"item {number}: {each}" for each in _item(item)]
    wrong += _blank_elements(root)
    return wrong


def _channel(channel: Any) -> Iterator[str]:
    for name in ("title", "link", "description"):
        if channel.find(name) is None:
            yield f"channel has no <{name}>"
    yield from _each_text(channel, "link", _is_web_address, "is no web address")
    yield from _each_text(channel, "docs", _is_web_address, "is no web address")
    yield from _each_text(channel, "language", _LANGUAGE.fullmatch, "is no language")
    yield from _each_text(channel, "lastBuildDate", _is_rfc_822, "is no RFC 822 date")
    yield from _each_text(channel, "pubDate", _is_rfc_822, "is no RFC 822 date")
    yield from _each_text(channel, "managingEditor", _EMAIL.fullmatch, "is no e-mail address")
    yield from _each_text(channel, "webMaster", _EMAIL.fullmatch, "is no e-mail address")
    yield from _each_text(channel, "ttl", str.isdigit, "is no number of minutes")
    yield from _each_text(channel, "title", _is_plain, "holds markup")
    for image in channel.findall("image"):
        for name in ("url", "title", "link"):
            if not (image.findtext(name) or "").strip():
                yield f"image has no <{name}>"
        yield from _each_text(image, "url", _is_web_address, "is no web address")
        yield from _each_text(image, "link", _is_web_address, "is no web address")


def _item(item: Any) -> Iterator[str]:
    yield from _known_elements(item, "item", _ITEM_ONCE, _ITEM_MANY)
    if item.find("title") is None and item.find("description") is None:
        yield "has neither <title> nor <description>"
    yield from _each_text(item, "title", _is_plain, "holds markup")
    yield from _each_text(item, "link", _is_web_address, "is no web address")
    yield from _each_text(item, "comments", _is_web_address, "is no web address")
    yield from _each_text(item, "author", _EMAIL.fullmatch, "is no e-mail address")
    yield from _each_text(item, "pubDate", _is_rfc_822, "is no RFC 822 date")
    yield from _guid(item)
    for source in item.findall("source"):
        if not _is_web_address(source.get("url") or ""):
            yield f"<source url={source.get('url')!r}> is no web address"
    for enclosure in item.findall("enclosure"):
        yield from _enclosure(enclosure)
    for language in item.findall(f"{DC}language"):
        if not _LANGUAGE.fullmatch(language.text or ""):
            yield f"<dc:language> {language.text!r} is no language"
    yield from _media(item)
    if len(item.findall(f"{CONTENT}encoded")) > 1:
        yield "<content:encoded> stands more than once"
    for name in ("description", f"{CONTENT}encoded"):
        for element in item.findall(name):
            short = name.rpartition("}")[2]
            yield from (f"<{short}> {each}" for each in html_problems(element.text or ""))


def _guid(item: Any) -> Iterator[str]:
    for guid in item.findall("guid"):
        permanent = guid.get("isPermaLink", "true")
        if permanent not in ("true", "false"):
            yield f"isPermaLink={permanent!r} is neither true nor false"
        if permanent == "true" and not _is_web_address(guid.text or ""):
            yield f"<guid> {guid.text!r} claims to be an address"
    if item.find("guid") is None:
        yield "has no <guid>"


def _enclosure(enclosure: Any) -> Iterator[str]:
    if not _is_web_address(enclosure.get("url") or ""):
        yield f"<enclosure url={enclosure.get('url')!r}> is no web address"
    if not (enclosure.get("length") or "").isdigit():
        yield f"<enclosure length={enclosure.get('length')!r}> is no number of bytes"
    if not _MIME.fullmatch(enclosure.get("type") or ""):
        yield f"<enclosure type={enclosure.get('type')!r}> is no media type"


def _known_elements(
    parent: Any, name: str, once: list[str], many: tuple[str, ...]
) -> Iterator[str]:
    counts = Counter(child.tag for child in parent if isinstance(child.tag, str))
    for tag, count in counts.items():
        if tag in once:
            if count > 1:
                yield f"<{tag}> stands {count} times in <{name}>"
        elif tag.startswith(DC):
            if tag.removeprefix(DC) not in _DC_TERMS:
                yield f"Dublin Core has no <{tag}>"
        elif tag not in many and not tag.startswith(_EXTENSIONS):
            yield f"<{tag}> is unknown in <{name}>"


def _media(parent: Any) -> Iterator[str]:
    for element in parent.iter(f"{MEDIA}content"):
        if not _is_web_address(element.get("url") or ""):
            yield f"<media:content url={element.get('url')!r}> is no web address"
        if element.get("medium") not in (None, "image", "audio", "video", "document", "executable"):
            yield f"<media:content medium={element.get('medium')!r}> is unknown"


# --- Atom


@lru_cache
def _atom_schema() -> Any:
    return etree.RelaxNG(etree.parse(str(Path(__file__).parent / "data" / "atom.rng")))


def atom_problems(data: bytes, address: str | None = None) -> list[str]:
    """What is wrong with an Atom feed."""
    root, wrong = _xml(data)
    if root is None:
        return wrong
    if root.tag != f"{ATOM}feed":
        return [f"the root is <{root.tag}>, not Atom's <feed>"]
    schema = _atom_schema()
    if not schema.validate(root):
        wrong += [f"schema, line {each.line}: {each.message}" for each in schema.error_log][:5]
    entries = root.findall(f"{ATOM}entry")
    wrong += _self_link(root, "feed", address, "application/atom+xml")
    wrong += _atom_common(root)
    # RFC 4287 section 4.1.1
    if root.find(f"{ATOM}author") is None and any(e.find(f"{ATOM}author") is None for e in entries):
        wrong.append("neither the feed nor each of its entries has an author")
    wrong += _repeated("id", [entry.findtext(f"{ATOM}id") for entry in entries])
    for number, entry in enumerate(entries, 1):
        wrong += [f"entry {number}: {each}" for each in (*_atom_common(entry), *_entry(entry))]
    wrong += _blank_elements(root)
    return wrong


def _atom_common(element: Any) -> Iterator[str]:
    """What a feed, an entry and a source have in common."""
    for name in ("id", "icon", "logo"):
        yield from _each_text(element, ATOM + name, _is_uri, "is no absolute address")
    for name in ("updated", "published"):
        yield from _each_text(element, ATOM + name, _is_rfc_3339, "is no RFC 3339 moment")
    yield from _atom_links(element.findall(f"{ATOM}link"))
    for category in element.findall(f"{ATOM}category"):
        if not category.get("term"):
            yield "a category has no term"
    for person in (*element.findall(f"{ATOM}author"), *element.findall(f"{ATOM}contributor")):
        yield from _each_text(person, f"{ATOM}uri", _is_uri, "is no absolute address")
        yield from _each_text(person, f"{ATOM}email", _EMAIL.fullmatch, "is no e-mail address")
    if XML_LANG in element.attrib and not _LANGUAGE.fullmatch(element.get(XML_LANG)):
        yield f"xml:lang {element.get(XML_LANG)!r} is no language"
    for name in ("title", "subtitle", "summary", "rights", "content"):
        for text in element.findall(ATOM + name):
            yield from _text_construct(name, text)


def _atom_links(links: list[Any]) -> Iterator[str]:
    for link in links:
        if not _is_uri(link.get("href") or ""):
            yield f"<link href={link.get('href')!r}> is no absolute address"
        if link.get("type") and not _MIME.fullmatch(link.get("type")):
            yield f"<link type={link.get('type')!r}> is no media type"
    # RFC 4287 sections 4.1.1 and 4.1.2
    kinds = Counter(
        (link.get("type"), link.get("hreflang"))
        for link in links
        if link.get("rel", "alternate") == "alternate"
    )
    for kind, count in kinds.items():
        if count > 1:
            yield f"{count} alternate links of the kind {kind}"


def _text_construct(name: str, text: Any) -> Iterator[str]:
    kind = text.get("type", "text")
    if kind == "html":
        yield from (f"<{name}> {each}" for each in html_problems(text.text or ""))
    elif kind not in ("text", "xhtml"):
        yield f"<{name} type={kind!r}> is neither text, html nor xhtml"


def _entry(entry: Any) -> Iterator[str]:
    content = entry.find(f"{ATOM}content")
    alternate = [
        link for link in entry.findall(f"{ATOM}link") if link.get("rel", "alternate") == "alternate"
    ]
    # RFC 4287 section 4.1.2
    if content is None and not alternate:
        yield "has neither content nor an alternate link"
    if content is None and entry.find(f"{ATOM}summary") is None:
        yield "has neither content nor a summary"
    published, updated = entry.findtext(f"{ATOM}published"), entry.findtext(f"{ATOM}updated")
    if published and updated and _moment(updated) < _moment(published):
        yield f"was updated ({updated}) before it was published ({published})"
    for source in entry.findall(f"{ATOM}source"):
        yield from (f"<source> {each}" for each in _atom_common(source))
        for name in ("id", "title", "updated"):
            if source.find(ATOM + name) is None:
                yield f"<source> has no <{name}>"
    yield from _media(entry)


# --- JSON Feed 1.1

_FEED_KEYS = {
    "version": str, "title": str, "home_page_url": str, "feed_url": str, "description": str,
    "user_comment": str, "next_url": str, "icon": str, "favicon": str, "authors": list,
    "language": str, "expired": bool, "hubs": list, "items": list,
}  # fmt: skip
_ITEM_KEYS = {
    "id": str, "url": str, "external_url": str, "title": str, "content_html": str,
    "content_text": str, "summary": str, "image": str, "banner_image": str,
    "date_published": str, "date_modified": str, "authors": list, "tags": list, "language": str,
    "attachments": list,
}  # fmt: skip
_URL_KEYS = (
    "home_page_url feed_url next_url icon favicon url external_url image banner_image avatar"
).split()


def json_feed_problems(data: bytes, address: str | None = None) -> list[str]:
    """What is wrong with a JSON Feed."""
    try:
        feed = json.loads(data.decode("utf-8"))
    except ValueError as why:
        return [f"is no JSON in UTF-8: {why}"]
    if not isinstance(feed, dict):
        return ["is no JSON object"]
    wrong = [*_json_object(feed, _FEED_KEYS, ("version", "title", "items"))]
    if feed.get("version") != "https://jsonfeed.org/version/1.1":
        wrong.append(f"version {feed.get('version')!r} is not that of JSON Feed 1.1")
    if address is not None and feed.get("feed_url") != address:
        wrong.append(f"feed_url is {feed.get('feed_url')!r}, and the feed is at {address}")
    for hub in feed.get("hubs", ()):
        if not hub.get("type") or not _is_web_address(hub.get("url") or ""):
            wrong.append(f"the hub {hub} lacks a type or an address")
    items = feed.get("items", [])
    wrong += _repeated("id", [item.get("id") for item in items])
    for number, item in enumerate(items, 1):
        wrong += [f"item {number}: {each}" for each in _json_item(item)]
    return wrong


def _json_object(
    found: dict[str, Any], known: dict[str, type], required: tuple[str, ...]
) -> Iterator[str]:
    for name in required:
        if name not in found:
            yield f"has no {name!r}"
    for name, value in found.items():
        if name not in known:
            if not name.startswith("_"):
                yield f"the key {name!r} is unknown"
        elif not isinstance(value, known[name]):
            yield f"{name!r} is no {known[name].__name__}"
        elif value in ("", []) and name != "items":
            yield f"{name!r} is empty"
        elif isinstance(value, str):
            yield from _json_text(name, value)
    for author in found.get("authors", ()):
        if not any(author.get(name) for name in ("name", "url", "avatar")):
            yield f"the author {author} has neither name, url nor avatar"
        if author.get("url") and not _is_web_address(author["url"]):
            yield f"the author's url {author['url']!r} is no web address"


def _json_text(name: str, value: str) -> Iterator[str]:
    if name in _URL_KEYS and not _is_web_address(value):
        yield f"{name!r} is no web address: {value!r}"
    if name == "language" and not _LANGUAGE.fullmatch(value):
        yield f"{name!r} is no language: {value!r}"
    if _NOT_XML.search(value):
        yield f"{name!r} holds a control character"


def _json_item(item: dict[str, Any]) -> Iterator[str]:
    yield from _json_object(item, _ITEM_KEYS, ("id",))
    if not any(isinstance(item.get(name), str) for name in ("content_html", "content_text")):
        yield "has neither content_html nor content_text"
    for name in ("date_published", "date_modified"):
        if name in item and not _is_rfc_3339(item[name]):
            yield f"{name} {item[name]!r} is no RFC 3339 moment"
    if not all(isinstance(tag, str) and tag.strip() for tag in item.get("tags", ())):
        yield f"a tag of {item['tags']} is no text"
    yield from (f"content_html {each}" for each in html_problems(item.get("content_html") or ""))


# --- What the forms have in common


def html_problems(html: str) -> list[str]:
    """What must not be in the HTML of a feed: relative addresses, scripts, styles."""
    if not html.strip() or "<" not in html:
        return []
    root = lxml.html.fragment_fromstring(html, create_parent="div")
    wrong: list[str] = []
    for element in root.iter():
        if not isinstance(element.tag, str):
            continue
        if element.tag in _UNSAFE_ELEMENTS:
            wrong.append(f"holds <{element.tag}>")
        for name, value in element.attrib.items():
            if name == "style" or name.startswith("on"):
                wrong.append(f"holds the attribute {name} in <{element.tag}>")
            elif name in _ADDRESS_ATTRIBUTES:
                wrong += _address_problems(element.tag, name, value)
            elif name == "srcset":
                for candidate in value.split(","):
                    wrong += _address_problems(element.tag, name, candidate.strip().split(" ")[0])
    return wrong


def _address_problems(tag: str, name: str, value: str) -> Iterator[str]:
    scheme, colon, _ = value.strip().partition(":")
    if not colon or not re.fullmatch(r"[A-Za-z][A-Za-z0-9+.-]*", scheme):
        yield f"holds the relative address <{tag} {name}={value!r}>"
    elif scheme.lower() in _UNSAFE_SCHEMES:
        yield f"holds the unsafe address <{tag} {name}={value[:40]!r}>"
    elif scheme == "content":
        yield f"holds the reference <{tag} {name}={value!r}>, which is no address"


def _xml(data: bytes) -> tuple[Any, list[str]]:
    try:
        root = etree.fromstring(data, etree.XMLParser(huge_tree=True, resolve_entities=False))
    except etree.XMLSyntaxError as why:
        return None, [f"is not well-formed: {why}"]
    wrong = []
    if root.getroottree().docinfo.encoding.upper() != "UTF-8":
        wrong.append(f"its encoding is {root.getroottree().docinfo.encoding}, not UTF-8")
    return root, wrong


def _self_link(parent: Any, name: str, address: str | None, kind: str) -> Iterator[str]:
    found = [link for link in parent.findall(f"{ATOM}link") if link.get("rel") == "self"]
    if len(found) != 1:
        yield f"<{name}> has {len(found)} links to the feed itself"
        return
    href = found[0].get("href") or ""
    if not _is_web_address(href):
        yield f"the link to the feed itself is no web address: {href!r}"
    if address is not None and href != address:
        yield f"the link to the feed itself is {href!r}, and the feed is at {address}"
    if found[0].get("type") != kind:
        yield f"the link to the feed itself has the type {found[0].get('type')!r}, not {kind}"


def _repeated(name: str, values: list[Any]) -> list[str]:
    counts = Counter(values)
    return [f"the {name} {value!r} stands {n} times" for value, n in counts.items() if n > 1]


# Elements that say all they say with attributes, or that may hold nothing.
_MAY_BE_EMPTY = (f"{ATOM}link", f"{ATOM}category", "enclosure", f"{MEDIA}content")


def _blank_elements(root: Any) -> Iterator[str]:
    for element in root.iter():
        if not isinstance(element.tag, str) or element.tag in _MAY_BE_EMPTY or len(element):
            continue
        if not (element.text or "").strip() and not element.get("src"):
            yield f"<{element.tag.rpartition('}')[2]}> is empty (line {element.sourceline})"


def _each_text(parent: Any, name: str, test: Any, complaint: str) -> Iterator[str]:
    for element in parent.findall(name):
        text = element.text or ""
        if text and not test(text):
            yield f"<{name.rpartition('}')[2]}> {text[:80]!r} {complaint}"


def _is_plain(text: str) -> bool:
    """Whether readers that take a title for HTML show the same as those that do not."""
    return not _MARKUP.search(text)


def _is_uri(text: str) -> bool:
    if not _URI.fullmatch(text):
        return False
    return bool(urlsplit(text).hostname) or not text.startswith(("http:", "https:"))


def _is_web_address(text: str) -> bool:
    return _is_uri(text) and urlsplit(text).scheme in ("http", "https")


def _is_rfc_822(text: str) -> bool:
    found = _RFC_822.fullmatch(text)
    if not found:
        return False
    try:
        moment = datetime.strptime(f"{found[2]} +0000", "%d %b %Y %H:%M:%S %z")
    except ValueError:
        return False
    return moment.strftime("%a") == found[1]


def _is_rfc_3339(text: str) -> bool:
    if not _RFC_3339.fullmatch(text):
        return False
    try:
        _moment(text)
    except ValueError:
        return False
    return True


def _moment(text: str) -> datetime:
    return datetime.fromisoformat(text)
