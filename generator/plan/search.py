"""The search page, and into how many parts the index is cut."""

from __future__ import annotations

from collections.abc import Iterable

from generator.fingerprint import fingerprint_bytes
from generator.plan.catalogue import Catalogue
from generator.plan.findings import Finding
from generator.routes import output_path, url
from generator.views import Copy, Link, Page, SearchView

PATH = "/search/"
# Where the index is, in the output folder.
FOLDER = "pagefind"
# An edit costs a new index of the part that its article is in; a search asks all of them.
_IN_A_PART = 256
_MOST_PARTS = 16


def parts(articles: int) -> int:
    """Into how many parts the index of so many articles is cut: 1, 2, 4, 8 or 16."""
    count = 1
    while count < _MOST_PARTS and articles > count * _IN_A_PART:
        count *= 2
    return count


def part_of(path: str, count: int) -> int:
    """The part of so many that a page is in: its own for good, whatever becomes of the others.

    As it says nothing of the page, words are about as frequent in one part as in another, which
    makes their scores comparable.
    """
    return int(fingerprint_bytes(path.encode()), 16) % count


def search_page(catalogue: Catalogue) -> Page:
    """The page that searches."""
    config = catalogue.config
    view = SearchView(
        index=url(f"/{FOLDER}/", config),
        parts=parts(len(catalogue.selection.articles)),
        articles=len(catalogue.selection.articles),
        taxonomies=tuple(
            Link(index.taxonomy.singular, index.taxonomy.name)
            for index in catalogue.indexes
            if index.terms
        ),
    )
    return Page(output_path(PATH), "search.html", view, "the search page", url(PATH, config))


def in_the_way(pages: Iterable[Page], copies: Iterable[Copy]) -> tuple[Finding, ...]:
    """An error for each file that would be among those of the index."""
    files: tuple[Page | Copy, ...] = (*pages, *copies)
    return tuple(
        Finding(
            "error",
            each.origin,
            f"/{each.path} is in the folder of the search index",
            "give it another address, or take `search` out of site.yaml",
        )
        for each in files
        if each.path == FOLDER or each.path.startswith(f"{FOLDER}/")
    )
