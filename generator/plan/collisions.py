"""Finds files of the site that would be written to one place, before any is."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from generator.plan.findings import Finding
from generator.views import Copy, Page


def collisions(pages: Iterable[Page], copies: Iterable[Copy]) -> tuple[Finding, ...]:
    """An error for each two files with one path, or of which one's path is the other's folder."""
    owners: dict[str, str] = {}
    findings = []
    files: tuple[Page | Copy, ...] = (*pages, *copies)
    for each in files:
        if each.path in owners:
            findings.append(_shared(each.origin, owners[each.path], each.path))
        else:
            owners[each.path] = each.origin
    findings += _folders(owners)
    return tuple(dict.fromkeys(findings))


def _shared(origin: str, owner: str, path: str) -> Finding:
    address = "/" + path.removesuffix("index.html")
    message = f"{address} is the address of {owner} already"
    hint = (
        "give one of them a `slug:`, or use {year}/{month}/{day} or {path} in permalinks.articles"
    )
    return Finding("error", origin, message, hint)


def _folders(owners: dict[str, str]) -> Iterator[Finding]:
    for path, origin in owners.items():
        folder = path.rpartition("/")[0]
        while folder:
            if folder in owners:
                message = f"{path} would be inside of {folder}, which is a file of {owners[folder]}"
                yield Finding("error", origin, message, "give one of them another address")
            folder = folder.rpartition("/")[0]
