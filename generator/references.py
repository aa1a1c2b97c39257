"""The `content:PATH` references in rendered texts to addresses, and texts moved to other pages."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any, TypeVar
from urllib.parse import urljoin

import msgspec

from generator.markdown.links import REFERENCE
from generator.model import Fragment, Inline

_T = TypeVar("_T")

_IN_HTML = re.compile(rf'(\s(?:href|src|poster|cite)=")({REFERENCE}[^"]*)"')
# One start tag with attributes, in normalised HTML: double quotes, `<` never bare in text.
_TAG = re.compile(r'<[a-zA-Z][^\s>"]*(?:\s+[^\s=>"]+(?:="[^"]*")?)+\s*/?>')
_ID = re.compile(r'\s(?:id|name)="[^"]*"')
_ADDRESS = re.compile(r'(\s(?:href|src|poster|cite)=")([^"]*)"')
_SRCSET = re.compile(r'(\ssrcset=")([^"]*)"')


def resolve(html: str, addresses: Mapping[str, str]) -> str:
    """The HTML with every reference written as its address; the mapping must know them all."""
    if REFERENCE not in html:
        return html
    # Only in tags: code and prose may quote an attribute.
    return _TAG.sub(lambda found: _resolved_tag(found[0], addresses), html)


def _resolved_tag(tag: str, addresses: Mapping[str, str]) -> str:
    if REFERENCE not in tag:
        return tag
    return _IN_HTML.sub(lambda found: f'{found[1]}{addresses.get(found[2], found[2])}"', tag)


def references_in(html: str) -> tuple[str, ...]:
    """The references in HTML, each once, as they stand there."""
    if REFERENCE not in html:
        return ()
    found = (each[2] for tag in _TAG.findall(html) for each in _IN_HTML.finditer(tag))
    return tuple(dict.fromkeys(found))


def resolve_texts(value: _T, addresses: Mapping[str, str]) -> _T:
    """A struct with the references of every text in it resolved."""
    if isinstance(value, Inline):
        return Inline(resolve(value.html, addresses), value.text)  # type: ignore[return-value]  # an Inline is the T here
    if isinstance(value, Fragment):
        return Fragment(resolve(value.html, addresses), value.headings)  # type: ignore[return-value]  # a Fragment is the T here
    if isinstance(value, tuple):
        return tuple(resolve_texts(each, addresses) for each in value)  # type: ignore[return-value]  # a tuple is the T here
    if isinstance(value, msgspec.Struct):
        changed: dict[str, Any] = {}
        for name in value.__struct_fields__:
            before = getattr(value, name)
            after = resolve_texts(before, addresses)
            if after is not before:
                changed[name] = after
        return msgspec.structs.replace(value, **changed) if changed else value
    return value


def elsewhere(html: str, url: str) -> str:
    """The HTML as another page or a feed can show it: no ids of its own, all addresses absolute.

    `url` is the absolute address of the page that the HTML belongs to: relative addresses and
    `#anchors` lead there.
    """
    return _TAG.sub(lambda found: _moved(found[0], url), html)


def _moved(tag: str, url: str) -> str:
    if ' id="' in tag or ' name="' in tag:
        tag = _ID.sub("", tag)
    return _absolute_tag(tag, url)


def _absolute_tag(tag: str, url: str) -> str:
    if '="' not in tag:
        return tag
    tag = _ADDRESS.sub(lambda found: f'{found[1]}{_joined(url, found[2])}"', tag)
    if "srcset=" in tag:
        tag = _SRCSET.sub(lambda found: f'{found[1]}{_joined_set(url, found[2])}"', tag)
    return tag


def _joined(base: str, address: str) -> str:
    if address.startswith(("https:", "http:", "mailto:", "data:")):
        return address
    try:
        return urljoin(base, address)
    except ValueError:
        return address


def _joined_set(base: str, srcset: str) -> str:
    candidates = []
    for candidate in srcset.split(","):
        address, _, size = candidate.strip().partition(" ")
        candidates.append(f"{_joined(base, address)} {size}".strip())
    return ", ".join(candidates)
