"""The kinds of page that a reader comes to, and the page of each that is looked at."""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import Path

REDIRECT = b'http-equiv="refresh"'


@dataclass(frozen=True)
class Kind:
    """Pages of one kind: on which of the tests' sites they are, and the form of their addresses."""

    name: str
    site: str
    addresses: str

    def is_of(self, address: str) -> bool:
        return re.fullmatch(self.addresses, address) is not None


KINDS = [
    Kind("home", "open", "/"),
    Kind("page 2", "open", "(/.+)?/page/[0-9]+/"),
    Kind("article", "open", "/articles/[^/]+/"),
    Kind("article with every part", "letter", "/articles/full/"),
    Kind("plain article", "letter", "/articles/plain/"),
    Kind("digest", "open", "/digest/[^/]+/"),
    Kind("digests", "open", "/digest/"),
    Kind("digest of a term", "open", "/[^/]+/[^/]+/digest/[^/]+/"),
    Kind("digests of a term", "open", "/[^/]+/[^/]+/digest/"),
    Kind("taxonomy", "open", "/(tags|authors|audiences|publishers|comparisons)/"),
    Kind("term", "open", "/(tags|authors|audiences|publishers)/[^/]+/"),
    Kind("term with a comparison", "open", "/comparisons/[^/]+/"),
    Kind("archive", "open", "/archive/"),
    Kind("predictions", "open", "/predictions/"),
    Kind("predictions with scores", "almanac", "/predictions/"),
    Kind("feeds with a form", "almanac", "/feeds/"),
    Kind("article with a form", "almanac", "/articles/[^/]+/"),
    Kind("timeline", "open", "/timeline/"),
    Kind("timeline of a term", "open", "/[^/]+/[^/]+/timeline/"),
    Kind("stories", "open", "/stories/"),
    Kind("story", "open", "/stories/[^/]+/"),
    Kind("corrections", "open", "/corrections/"),
    Kind("feeds", "open", "/feeds/"),
    Kind("search", "open", "/search/"),
    Kind("page of its own", "open", "/(about|colophon)/"),
    Kind("not found", "open", "/404.html"),
]


def pages(output: Path) -> dict[str, bytes]:
    """The pages of a built site by their addresses, without those that only lead to another."""
    found = {}
    for path in sorted(output.rglob("*.html")):
        data = path.read_bytes()
        if REDIRECT not in data:
            address = "/" + path.relative_to(output).as_posix().removesuffix("index.html")
            found[address] = data
    return found


def richest(kind: Kind, pages: dict[str, bytes]) -> str:
    """The address of the longest page of the kind, which has most that can go wrong."""
    return max(filter(kind.is_of, pages), key=lambda address: len(pages[address]))
