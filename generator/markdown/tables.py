"""markdown-it-py's rule for tables, splitting rows at the speed of `str.split`.

The library looks at a row sign by sign, for the sake of escaped bars, which few rows have.
"""

from __future__ import annotations

from types import FunctionType
from typing import cast

from markdown_it import MarkdownIt
from markdown_it.rules_block import table
from markdown_it.rules_block.table import escapedSplit


def _split(row: str) -> list[str]:
    return escapedSplit(row) if "\\" in row else row.split("|")


def tables_plugin(md: MarkdownIt) -> None:
    """Puts a copy of the library's rule, which finds the shorter way to split, in its place."""
    rule = cast("FunctionType", table)
    names = {**rule.__globals__, escapedSplit.__name__: _split}
    md.block.ruler.at(
        "table", FunctionType(rule.__code__, names), {"alt": ["paragraph", "reference"]}
    )
