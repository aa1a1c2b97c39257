"""Whole small newsletters, built, and read as their readers' programs read them."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

import feedparser
import lxml.html

from generator.build import Options, Report, build
from tests.sites import NOW, File, write


@dataclass(frozen=True)
class Published:
    """A site that was built: what the build said, and what lies in its output folder."""

    site: Path
    output: Path
    report: Report

    @property
    def told(self) -> list[str]:
        """Every diagnostic as a user reads it."""
        return [each.text() for each in self.report.diagnostics]

    def has(self, path: str) -> bool:
        return (self.output / path).is_file()

    def bytes(self, path: str) -> bytes:
        return (self.output / path).read_bytes()

    def text(self, path: str) -> str:
        return self.bytes(path).decode()

    def page(self, path: str) -> Any:
        """The parsed page at an address such as `/articles/tiny/`."""
        inner = path.lstrip("/")
        return parse(self.bytes(inner + "index.html" if not inner or inner[-1] == "/" else inner))

    def feed(self, path: str) -> Any:
        """What a feed reader makes of an RSS or Atom file."""
        read = feedparser.parse(self.bytes(path))
        assert not read.bozo, read.get("bozo_exception")
        return read

    def json(self, path: str) -> Any:
        return json.loads(self.bytes(path))

    def files(self) -> dict[str, File]:
        """Every file of the output folder and its bytes."""
        return contents(self.output)


def publish(
    root: Path, files: Mapping[str, File], now: datetime = NOW, **options: Any
) -> Published:
    """Writes the files of a site and builds it; fails where nothing was published."""
    published = attempt(root, files, now, **options)
    assert published.report.output is not None, published.told
    return published


def attempt(
    root: Path, files: Mapping[str, File], now: datetime = NOW, **options: Any
) -> Published:
    """Writes the files of a site and builds it, whatever comes of it."""
    write(root, files)
    return rebuild(root, now, **options)


def rebuild(root: Path, now: datetime = NOW, **options: Any) -> Published:
    """Builds the site that is there."""
    told = Options(root, now, **{"jobs": 1, **options})
    return Published(root, options.get("output") or root / "output", build(told))


def contents(folder: Path) -> dict[str, File]:
    """Every file below the folder, by its path, and its bytes."""
    return {
        path.relative_to(folder).as_posix(): path.read_bytes()
        for path in sorted(folder.rglob("*"))
        if path.is_file()
    }


def parse(data: bytes) -> Any:
    """A page as a tree."""
    return lxml.html.document_fromstring(data, parser=lxml.html.HTMLParser(encoding="utf-8"))


def words(element: Any) -> str:
    """The text that a reader sees in an element, its white space made single spaces."""
    return " ".join(element.text_content().split())


def hrefs(element: Any, path: str = ".//a[@href]") -> list[str]:
    """Where the links in an element lead, in their order."""
    return [each.get("href") for each in element.iterfind(path)]


def article(title: str, date: str, *more: str, body: str = "Some words.\n") -> str:
    """The file of an article: its title, its date, further lines of front matter and its body."""
    lines = "".join(f"{line}\n" for line in (f"title: {title}", f"date: {date}", *more))
    return f"---\n{lines}---\n{body}"
