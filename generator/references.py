"""The `content:PATH` references in rendered texts to addresses, and texts moved to other pages."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import Any, TypeVar
from urllib.parse import urljoin

import msgspec

from generator.markdown.links import REFERENCE
from generator.model import Fragment, Inline

_T = TypeVar("_T")

_WRITTEN = f'="{REFERENCE}'
_IN_TAG = re.compile(rf'\s(?:href|src|poster|cite)="({REFERENCE}[^"]*)"')
# One start tag with attributes, in normalised HTML: double quotes, `<` never bare.
_AFTER_SIGN = r'[a-zA-Z][^\s>"]*(?:\s+[^\s=>"]+(?:="[^"]*")?)+\s*/?>'
_TAG = re.compile(f"<{_AFTER_SIGN}")
# Most tags of coloured code are spans with a class, of which nothing is to be moved.
_TAG_TO_MOVE = re.compile(f'<(?!span class="[^"]*">){_AFTER_SIGN}')
# What another page cannot show as it is: ids, and addresses that may be relative.
_OWN = re.compile(r'\s(?:(?:id|name)="[^"]*"|(href|src|poster|cite|srcset)="([^"]*)")')
# What has no part that joining could change.
_PLAIN_ANCHOR = re.compile(r"#[\w.-]+")
_PLAIN_PATH = re.compile(r"/(?!/)[\w/~%-]*")


def resolve(html: str, addresses: Mapping[str, str]) -> str:
    """The HTML with every reference written as its address; the mapping must know them all."""
    if REFERENCE not in html:
        return html
    parts: list[str] = []
    done = 0
    for found in _references(html):
        parts += (html[done : found.start(1)], addresses.get(found[1], found[1]))
        done = found.end(1)
    return "".join((*parts, html[done:]))


def references_in(html: str) -> tuple[str, ...]:
    """The references in HTML, each once, as they stand there."""
    if REFERENCE not in html:
        return ()
    return tuple(dict.fromkeys(found[1] for found in _references(html)))


def _references(html: str) -> Iterator[re.Match[str]]:
    """The references in tags: code and prose may quote an attribute."""
    place = html.find(_WRITTEN)
    while place >= 0:
        end = place + 1
        tag = _TAG.match(html, max(html.rfind("<", 0, place), 0))
        if tag and tag.end() > place:
            end = tag.end()
            yield from _IN_TAG.finditer(html, *tag.span())
        place = html.find(_WRITTEN, end)


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

    def moved(found: re.Match[str]) -> str:
        name, address = found.groups()
        if name is None:
            return ""
        joined = _joined_set if name == "srcset" else _joined
        return f' {name}="{joined(url, address)}"'

    return _TAG_TO_MOVE.sub(lambda tag: _OWN.sub(moved, tag[0]), html)


def _joined(base: str, address: str) -> str:
    if address.startswith(("https:", "http:", "mailto:", "data:")):
        return address
    # Most are plain, and the library's way with them is ten times as long.
    if _PLAIN_ANCHOR.fullmatch(address):
        return base.partition("#")[0] + address
    host_ends = base.find("/", len("https://"))
    if base.startswith("https://") and host_ends > 0 and _PLAIN_PATH.fullmatch(address):
        return base[:host_ends] + address
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
