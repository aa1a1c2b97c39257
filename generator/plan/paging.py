"""Long lists in pages."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TypeVar

from generator.config import Config
from generator.routes import page_number_path, url
from generator.views import Pagination

_Item = TypeVar("_Item")


def paged(
    config: Config, items: Sequence[_Item], start: str, size: int = 0
) -> Iterator[tuple[Pagination, Sequence[_Item], str]]:
    """The pages of the list at the path `start`, at least one: where each is, its items, its path.

    With `size` items on a page, or as many as the settings say.
    """
    size = size or config.paginate
    total = max(1, -(-len(items) // size))

    def link(number: int) -> str:
        if not 1 <= number <= total:
            return ""
        return url(page_number_path(start, number), config)

    for number in range(1, total + 1):
        shown = items[(number - 1) * size : number * size]
        pagination = Pagination(number, total, link(number - 1), link(number + 1))
        yield pagination, shown, page_number_path(start, number)
