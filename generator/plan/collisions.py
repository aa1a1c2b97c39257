"""Finds files of the site that would be written to one place, before any is."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from generator.plan.findings import Finding
from generator.views import Copy, Page

_ARTICLES = ("article.html", "article.md")
_ALIASES = "redirect.html"


def collisions(pages: Iterable[Page], copies: Iterable[Copy]) -> tuple[Finding, ...]:
    """An error for each two files with one path, or of which one's path is the other's folder."""
    owners: dict[str, Page | Copy] = {}
    # An article and its Markdown twin collide with the same file: one mistake, told once.
    findings: dict[tuple[str, str], Finding] = {}
    files: tuple[Page | Copy, ...] = (*pages, *copies)
    for each in files:
        owner = owners.setdefault(each.path, each)
        if owner is not each:
            findings.setdefault((each.origin, owner.origin), _shared(each, owner))
    return (*findings.values(), *_folders(owners))


def _shared(one: Page | Copy, other: Page | Copy) -> Finding:
    """Told of the file that an author can change: a list or a feed has its place from the build."""
    if not _is_content(one) and _is_content(other):
        one, other = other, one
    address = "/" + one.path.removesuffix("index.html")
    message = f"{address} is the address of {other.origin} already"
    hint = "give one of them another name"
    if isinstance(one, Page) and one.template == _ALIASES:
        hint = "take this alias away"
    elif isinstance(one, Page) and one.template in _ARTICLES:
        hint = "give one of them a `slug:`, or use {year}/{month}/{day} or {path} in permalinks"
    return Finding("error", one.origin, message, hint, _key(one))


def _key(file: Page | Copy) -> tuple[str, ...]:
    """The key of the front matter that says where the file goes."""
    if isinstance(file, Copy):
        return ()
    return ("aliases",) if file.template == _ALIASES else ("slug",)


def _is_content(file: Page | Copy) -> bool:
    """Whether a file of the content folder asked for it, and not the build itself."""
    if isinstance(file, Copy):
        return True
    return file.template in (*_ARTICLES, _ALIASES, "page.html")


def _folders(owners: dict[str, Page | Copy]) -> Iterator[Finding]:
    for path, each in owners.items():
        folder = path.rpartition("/")[0]
        while folder:
            owner = owners.get(folder)
            if owner is not None:
                message = f"{path} would be inside of {folder}, which is a file of {owner.origin}"
                hint = "give one of them another address"
                yield Finding("error", each.origin, message, hint, _key(each))
            folder = folder.rpartition("/")[0]
