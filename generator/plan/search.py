"""The search page."""

from __future__ import annotations

from collections.abc import Iterable

from generator.parts import FOLDER, parts
from generator.plan.catalogue import Catalogue
from generator.plan.findings import Finding
from generator.routes import output_path, url
from generator.views import Copy, Link, Page, SearchView

PATH = "/search/"


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
