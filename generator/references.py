"""The `content:PATH` references in rendered texts to addresses, and texts moved to other pages."""

from __future__ import annotations

import re
from collections.abc import Iterator
from html import escape, unescape
from typing import Any, TypeVar
from urllib.parse import urljoin

import msgspec

from generator.markdown.links import REFERENCE
from generator.model import Fragment, Image, Inline, Picture, Places

_T = TypeVar("_T")

_WRITTEN = f'="{REFERENCE}'
_IN_TAG = re.compile(rf'(\s(?:href|src|poster|cite)=")({REFERENCE}[^"]*)"')
_IMAGE = "<img"
_ATTRIBUTE = re.compile(r'\s([^\s=>"/]+)(?:="([^"]*)")?')
# One start tag with attributes, in normalised HTML: double quotes, `<` never bare.
_AFTER_SIGN = r'[a-zA-Z][^\s>"]*(?:\s+[^\s=>"]+(?:="[^"]*")?)+\s*/?>'
_TAG = re.compile(f"<{_AFTER_SIGN}")
# What an address that leads elsewhere begins with, in most texts.
_ABSOLUTE = ("https:", "http:", "mailto:", "data:")
# Of most tags nothing is to be moved: spans with a class, of coloured code, and links to elsewhere.
_TAG_TO_MOVE = re.compile(
    f'<(?!span class="[^"]*">|a href="(?:{"|".join(_ABSOLUTE)})[^"]*">){_AFTER_SIGN}'
)
# What another page cannot show as it is: ids, and addresses that may be relative.
_OWN = re.compile(r'\s(?:(?:id|name)="[^"]*"|(href|src|poster|cite|srcset)="([^"]*)")')
# What has no part that joining could change.
_PLAIN_ANCHOR = re.compile(r"#[\w.-]+")
_PLAIN_PATH = re.compile(r"/(?!/)[\w/~%-]*")


def path_of(reference: str) -> str:
    """The path that a reference names, without query and fragment, as it is written."""
    return reference.removeprefix(REFERENCE).partition("#")[0].partition("?")[0]


def resolve(html: str, places: Places) -> str:
    """The HTML with every reference written as its address; `places` must know them all.

    An image whose picture they know is shown as that: with its size, and in several widths.
    """
    if REFERENCE not in html:
        return html
    parts: list[str] = []
    done = 0
    for tag in _tags(html):
        parts += (html[done : tag.start()], _resolved(tag[0], places))
        done = tag.end()
    return "".join((*parts, html[done:]))


def references_in(html: str) -> tuple[str, ...]:
    """The references in HTML, each once."""
    return _references(html, "<")


def images_in(html: str) -> tuple[str, ...]:
    """Those of them that are shown as images."""
    return _references(html, _IMAGE)


def _references(html: str, beginning: str) -> tuple[str, ...]:
    if REFERENCE not in html:
        return ()
    tags = (tag[0] for tag in _tags(html) if tag[0].startswith(beginning))
    found = (unescape(each[2]) for tag in tags for each in _IN_TAG.finditer(tag))
    return tuple(dict.fromkeys(found))


def _tags(html: str) -> Iterator[re.Match[str]]:
    """The tags with references: code and prose may quote an attribute."""
    place = html.find(_WRITTEN)
    while place >= 0:
        end = place + 1
        tag = _TAG.match(html, max(html.rfind("<", 0, place), 0))
        if tag and tag.end() > place:
            end = tag.end()
            yield tag
        place = html.find(_WRITTEN, end)


def _resolved(tag: str, places: Places) -> str:
    def addressed(found: re.Match[str]) -> str:
        reference = unescape(found[2])
        address = places.addresses.get(reference, reference)
        # Without its attribute, `<a>` is but its text (HTML, section 4.5.1).
        return f'{found[1]}{escape(address)}"' if address else ""

    if tag.startswith(_IMAGE) and places.pictures:
        found = _IN_TAG.search(tag)
        picture = places.pictures.get(unescape(found[2])) if found else None
        if picture is not None:
            return _shown(tag, picture)
    return _IN_TAG.sub(addressed, tag)


def _shown(tag: str, picture: Picture) -> str:
    """The tag of an image with what browsers need of its picture; what the author says stands."""
    attributes: dict[str, str | None] = {
        found[1]: found[2] for found in _ATTRIBUTE.finditer(tag.rstrip("/>"))
    }
    attributes["src"] = escape(picture.src)
    attributes |= _size(attributes.get("width"), attributes.get("height"), picture)
    if picture.srcset and "srcset" not in attributes:
        attributes["srcset"] = escape(picture.srcset)
        attributes.setdefault("sizes", escape(picture.sizes))
    attributes.setdefault("loading", "lazy")
    attributes.setdefault("decoding", "async")
    written = (name if value is None else f'{name}="{value}"' for name, value in attributes.items())
    return f"{_IMAGE} {' '.join(written)}>"


def _size(width: str | None, height: str | None, picture: Picture) -> dict[str, str | None]:
    """Both measures: from the first on, the page leaves as much room as the image will take."""
    if width and height:
        return {}
    if width and width.isdecimal():
        return {"height": str(round(int(width) * picture.height / picture.width))}
    if height and height.isdecimal():
        return {"width": str(round(int(height) * picture.width / picture.height))}
    return {} if width or height else {"width": str(picture.width), "height": str(picture.height)}


def resolve_texts(value: _T, places: Places) -> _T:
    """A struct with the references of every text in it resolved."""
    if isinstance(value, Inline):
        return Inline(resolve(value.html, places), value.text)  # type: ignore[return-value]  # an Inline is the T here
    if isinstance(value, Fragment):
        return Fragment(resolve(value.html, places), value.headings)  # type: ignore[return-value]  # a Fragment is the T here
    if isinstance(value, tuple):
        return tuple(resolve_texts(each, places) for each in value)  # type: ignore[return-value]  # a tuple is the T here
    if isinstance(value, msgspec.Struct):
        changed: dict[str, Any] = {}
        for name in value.__struct_fields__:
            before = getattr(value, name)
            after = resolve_texts(before, places)
            if after is not before:
                changed[name] = after
        return msgspec.structs.replace(value, **changed) if changed else value
    return value


def resolved_image(image: Image, places: Places) -> Image:
    """An article's image with its address, and how pages show it."""
    picture = places.pictures.get(image.src)
    if picture is not None:
        return msgspec.structs.replace(image, **msgspec.structs.asdict(picture))
    return msgspec.structs.replace(image, src=places.addresses.get(image.src, image.src))


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
    if address.startswith(_ABSOLUTE):
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
