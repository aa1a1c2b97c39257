"""A small checker of a built site: every link within it leads to a file and, with `#`, to a place."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from urllib.parse import unquote, urljoin, urlsplit

from tests.published import parse

_ATTRIBUTES = ("href", "src", "poster", "data")


def broken_links(output: Path, url: str) -> list[str]:
    """Each link of the pages in `output`, published at `url`, that leads nowhere on the site."""
    trees = {
        path.relative_to(output).as_posix(): parse(path.read_bytes())
        for path in sorted(output.rglob("*.html"))
    }
    anchors = {name: set(_anchors(tree)) for name, tree in trees.items()}
    found = []
    for name, tree in trees.items():
        page = url + name.removesuffix("index.html")
        for link in _links(tree):
            address = urlsplit(urljoin(page, link))
            if (
                f"{address.scheme}://{address.netloc}"
                != url.split("/", 3)[0] + "//" + urlsplit(url).netloc
            ):
                continue
            where = _file(address.path, urlsplit(url).path)
            if where is None or not (output / where).is_file():
                found.append(f"{name} links to {link}: there is no such file")
            elif address.fragment and unquote(address.fragment) not in anchors.get(where, ()):
                found.append(f"{name} links to {link}: there is no such anchor")
    return found


def repeated_ids(output: Path) -> list[str]:
    """Each id that stands twice on one page."""
    found = []
    for path in sorted(output.rglob("*.html")):
        ids = Counter(each.get("id") for each in parse(path.read_bytes()).xpath("//*[@id]"))
        name = path.relative_to(output).as_posix()
        found += [f"{name}: {each} stands {n} times" for each, n in ids.items() if n > 1]
    return found


def _file(path: str, base: str) -> str | None:
    """The file for a path of the host; None where it is not the site's."""
    path = unquote(path)
    if not path.startswith(base):
        return None
    inner = path.removeprefix(base)
    return inner + "index.html" if not inner or inner.endswith("/") else inner


def _links(tree: Any) -> Iterator[str]:
    for element in tree.iter():
        for name in _ATTRIBUTES:
            if element.get(name):
                yield element.get(name)
        for candidate in (element.get("srcset") or "").split(","):
            if candidate.strip():
                yield candidate.split()[0]
        if element.get("http-equiv") == "refresh":
            yield element.get("content").partition("url=")[2]


def _anchors(tree: Any) -> Iterator[str]:
    for element in tree.iter():
        yield from filter(None, (element.get("id"), element.get("name")))
