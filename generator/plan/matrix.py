"""The comparison matrix of a term: what the tables of its articles say together."""

from __future__ import annotations

from collections.abc import Sequence

from generator.model import Article, Inline
from generator.plan.catalogue import Catalogue, quoted
from generator.views import Matrix, MatrixRow, MatrixValue

# So many of the newest tables are put together, and so many different values a cell holds.
_TABLES = 50
_VALUES = 4

_Cell = tuple[str, str]


def matrix_of(catalogue: Catalogue, articles: Sequence[Article]) -> Matrix | None:
    """The matrix of the articles' tables, newest first; None where none has a table.

    The first column says what a row is about. Rows and columns are matched by their texts, without
    regard to case and spaces, and stand as the newest table orders them, then the next newest. A
    cell holds the newest value first, and older ones where they differ.
    """
    tables = [article for article in articles if article.comparison][:_TABLES]
    columns: dict[str, Inline] = {}
    rows: dict[str, Inline] = {}
    values: dict[_Cell, dict[str, MatrixValue]] = {}
    head: Inline | None = None
    for article in tables:
        table = article.comparison
        assert table is not None, "only articles with tables are here"
        own = catalogue.url_of(article)
        head = head or (table.columns[0] if table.columns[0].text else None)
        names = [_key(column) for column in table.columns]
        for name, column in zip(names[1:], table.columns[1:], strict=True):
            columns.setdefault(name, quoted(column, own))
        for cells in table.rows:
            if not cells or not _key(cells[0]):
                continue
            row = _key(cells[0])
            rows.setdefault(row, quoted(cells[0], own))
            for name, cell in zip(names[1:], cells[1:], strict=False):
                found = values.setdefault((row, name), {})
                if _key(cell) and _key(cell) not in found and len(found) < _VALUES:
                    link = catalogue.title_link(article)
                    found[_key(cell)] = MatrixValue(quoted(cell, own), link)
    if not rows or not columns:
        return None
    return Matrix(
        head=head,
        columns=tuple(columns.values()),
        rows=tuple(
            MatrixRow(text, tuple(tuple(values.get((row, name), {}).values()) for name in columns))
            for row, text in rows.items()
        ),
        tables=len(tables),
    )


def _key(text: Inline) -> str:
    return " ".join(text.text.casefold().split())
