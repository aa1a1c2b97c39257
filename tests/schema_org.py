"""A small checker of JSON-LD: schema.org's types and properties, and what search engines require."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import datetime
from typing import Any
from urllib.parse import urlsplit

# Each type's parent, as far as the types are used here.
_PARENTS = {
    "Thing": "",
    "CreativeWork": "Thing",
    "Article": "CreativeWork",
    "NewsArticle": "Article",
    "WebPage": "CreativeWork",
    "CollectionPage": "WebPage",
    "SearchResultsPage": "WebPage",
    "WebSite": "CreativeWork",
    "PublicationIssue": "CreativeWork",
    "CreativeWorkSeries": "CreativeWork",
    "Periodical": "CreativeWorkSeries",
    "MediaObject": "CreativeWork",
    "ImageObject": "MediaObject",
    "Comment": "CreativeWork",
    "CorrectionComment": "Comment",
    "Organization": "Thing",
    "Person": "Thing",
    "Intangible": "Thing",
    "ItemList": "Intangible",
    "BreadcrumbList": "ItemList",
    "ListItem": "Intangible",
    "Action": "Thing",
    "SearchAction": "Action",
    "EntryPoint": "Intangible",
}

# For each type its own properties and what these may be: types, or kinds of plain values.
_PROPERTIES = {
    "Thing": {
        "name": "Text",
        "url": "URL",
        "description": "Text",
        "image": "URL ImageObject",
        "mainEntityOfPage": "URL CreativeWork",
        "sameAs": "URL",
        "potentialAction": "Action",
    },
    "CreativeWork": {
        "abstract": "Text",
        "author": "Organization Person",
        "citation": "CreativeWork Text",
        "copyrightNotice": "Text",
        "correction": "CorrectionComment Text URL",
        "creditText": "Text",
        "dateModified": "Date DateTime",
        "datePublished": "Date DateTime",
        "digitalSourceType": "URL",
        "encoding": "MediaObject",
        "encodingFormat": "Text URL",
        "expires": "Date DateTime",
        "headline": "Text",
        "inLanguage": "Language",
        "isAccessibleForFree": "Boolean",
        "isBasedOn": "CreativeWork URL",
        "isPartOf": "CreativeWork URL",
        "keywords": "Text URL",
        "license": "CreativeWork URL",
        "mainEntity": "Thing",
        "publisher": "Organization Person",
        "sponsor": "Organization Person",
        "temporalCoverage": "Interval",
        "text": "Text",
        "thumbnailUrl": "URL",
    },
    "Article": {"articleSection": "Text", "wordCount": "Integer"},
    "PublicationIssue": {"issueNumber": "Text Integer"},
    "MediaObject": {"contentUrl": "URL", "height": "Integer", "width": "Integer"},
    "ImageObject": {"caption": "Text"},
    "WebPage": {"breadcrumb": "BreadcrumbList Text"},
    "Organization": {"logo": "URL ImageObject", "email": "Text"},
    "Person": {"email": "Text"},
    "ItemList": {"itemListElement": "ListItem Text Thing", "numberOfItems": "Integer"},
    "ListItem": {"position": "Integer", "item": "Thing URL"},
    "SearchAction": {"target": "EntryPoint URL", "query-input": "Text"},
    "EntryPoint": {"urlTemplate": "Text"},
}

# What a search engine needs to show a page as what it is: Google's rules for articles,
# breadcrumbs, site names and logos.
_REQUIRED = {
    "NewsArticle": "headline datePublished dateModified author publisher mainEntityOfPage url",
    "BreadcrumbList": "itemListElement",
    "ItemList": "itemListElement",
    "ListItem": "position name",
    "CollectionPage": "name url isPartOf",
    "WebPage": "name url",
    "WebSite": "name url",
    "PublicationIssue": "issueNumber name url",
    "Organization": "name",
    "Person": "name",
    "CorrectionComment": "text datePublished",
    "ImageObject": "url",
}

_DATE = r"\d{4}(-\d\d(-\d\d)?)?"
_KINDS = {
    "Text": r"(?s)\S.*",
    "Date": _DATE,
    "DateTime": r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?(Z|[+-]\d\d:\d\d)",
    "Interval": f"{_DATE}/{_DATE}",
    "Language": r"[A-Za-z]{2,3}(-[A-Za-z0-9]{1,8})*",
}


def problems(data: Any) -> list[str]:
    """What is wrong in one block of JSON-LD, each as where it stands and what it is."""
    if data.get("@context") != "https://schema.org":
        return ["the context is not https://schema.org"]
    graph = data.get("@graph")
    if graph is None:
        graph = [{name: value for name, value in data.items() if name != "@context"}]
    return [each for thing in graph for each in _thing(thing, thing.get("@type", "?"))]


def _thing(thing: dict[str, Any], where: str) -> Iterator[str]:
    kind = thing.get("@type")
    if kind not in _PARENTS:
        yield f"{where}: there is no type {kind!r}"
        return
    lines = _ancestry(kind)
    known = {name: value for each in lines for name, value in _PROPERTIES.get(each, {}).items()}
    for name in (name for each in lines for name in _REQUIRED.get(each, "").split()):
        if name not in thing:
            yield f"{where}: {name} is missing"
    for name, value in thing.items():
        if name == "@id":
            if not urlsplit(value).scheme:
                yield f"{where}.@id: {value!r} is not absolute"
        elif name != "@type":
            if name not in known:
                yield f"{where}: {kind} has no property {name!r}"
                continue
            for each in value if isinstance(value, list) else [value]:
                yield from _value(each, known[name].split(), f"{where}.{name}")
    yield from _of_type(kind, thing, where)


def _of_type(kind: str, thing: dict[str, Any], where: str) -> Iterator[str]:
    """Rules of one type that its properties' kinds do not tell."""
    if kind == "NewsArticle":
        if len(thing.get("headline", "")) > 110:
            yield f"{where}: the headline has more than 110 characters"
        first, last = (thing.get(name) for name in ("datePublished", "dateModified"))
        if first and last and datetime.fromisoformat(last) < datetime.fromisoformat(first):
            yield f"{where}: it was modified before it was published"
    if kind in ("ItemList", "BreadcrumbList"):
        items = thing.get("itemListElement", [])
        places = [each.get("position") for each in items]
        if places != list(range(places[0], places[0] + len(places))) if places else True:
            yield f"{where}: positions are {places}"
        if kind == "BreadcrumbList" and len(items) < 2:
            yield f"{where}: a trail has at least two items"
        if kind == "BreadcrumbList" and any("item" not in each for each in items):
            yield f"{where}: each step of a trail has an address"


def _value(value: Any, kinds: list[str], where: str) -> Iterator[str]:
    if isinstance(value, dict):
        ancestry = _ancestry(value.get("@type", ""))
        if ancestry and not set(ancestry) & set(kinds):
            yield f"{where}: {value['@type']} cannot stand here, only {' or '.join(kinds)}"
        yield from _thing(value, where)
    elif isinstance(value, bool):
        if "Boolean" not in kinds:
            yield f"{where}: {value} is no {' or '.join(kinds)}"
    elif isinstance(value, int):
        if "Integer" not in kinds:
            yield f"{where}: {value} is no {' or '.join(kinds)}"
    elif not any(_is(str(value), kind) for kind in kinds):
        yield f"{where}: {value!r} is no {' or '.join(kinds)}"


def _is(text: str, kind: str) -> bool:
    if kind == "URL":
        parts = urlsplit(text)
        return parts.scheme in ("https", "http") and bool(parts.netloc) and " " not in text
    return kind in _KINDS and re.fullmatch(_KINDS[kind], text) is not None


def _ancestry(kind: str) -> list[str]:
    lines = []
    while kind:
        lines.append(kind)
        kind = _PARENTS.get(kind, "")
    return lines
