"""The comparison matrix of a term: what the tables of its articles say together."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from tests.published import Published, article, hrefs, publish, words

SITE = """\
title: Letter
url: https://letter.example/
taxonomies: {tags: {}, models: {matrix: true}}
"""


def table(columns: str, *rows: str) -> str:
    return f"comparison: {{columns: [{columns}], rows: [{', '.join(rows)}]}}"


def site(tmp_path: Path, *articles: str) -> Published:
    files = {
        f"content/articles/2026-11-{10 + n}-{text[11:].split()[0].lower()}.md": text
        for n, text in enumerate(articles)
    }
    return publish(tmp_path, {"site.yaml": SITE, **files})


def shown(page: Any) -> list[list[str]]:
    """The rows of the matrix as text, its heads first."""
    rows = page.find(".//section[@class='matrix']//table").iter("tr")
    return [[words(cell) for cell in row if cell.tag in ("th", "td")] for row in rows]


FIRST = article("First", "2026-11-10", "models: [Uno]",
                table("Model, Price, Size", "[Uno, 10, big]", "[Due, 20, small]"))  # fmt: skip
SECOND = article("Second", "2026-11-11", "models: [Uno]",
                 table("model, PRICE, Speed", "[' uno ', 12, fast]", "[Tre, 5, slow]"))  # fmt: skip


def test_columns_and_rows_are_matched_by_name_and_the_newest_value_stands_first(
    tmp_path: Path,
) -> None:
    page = site(tmp_path, FIRST, SECOND).page("/models/uno/")
    assert shown(page) == [
        ["model", "PRICE", "Speed", "Size"],
        ["uno", "12 11 November 2026: Second 10 10 November 2026: First",
         "fast 11 November 2026: Second", "big 10 November 2026: First"],
        ["Tre", "5 11 November 2026: Second", "slow 11 November 2026: Second", ""],
        ["Due", "20 10 November 2026: First", "", "small 10 November 2026: First"],
    ]  # fmt: skip
    matrix = page.find(".//section[@class='matrix']")
    assert set(hrefs(matrix)) == {"/articles/first/", "/articles/second/"}


def test_a_value_that_has_not_changed_stands_once_with_its_newest_date(tmp_path: Path) -> None:
    again = article("Again", "2026-11-11", "models: [Uno]", table("Model, Price", "[Uno, 10]"))
    rows = shown(site(tmp_path, FIRST, again).page("/models/uno/"))
    assert rows[1][1] == "10 11 November 2026: Again"


def test_only_the_taxonomy_that_is_named_has_one_and_only_where_there_is_a_table(
    tmp_path: Path,
) -> None:
    plain = article("Plain", "2026-11-11", "models: [Due]", "tags: [Uno]")
    tagged = FIRST.replace("models: [Uno]", "models: [Uno]\ntags: [Uno]")
    built = site(tmp_path, tagged, plain)
    for path in ("/tags/uno/", "/models/due/"):
        assert built.page(path).find(".//section[@class='matrix']") is None
