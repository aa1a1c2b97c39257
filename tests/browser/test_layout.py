"""Every kind of page at the width of a phone, a tablet and a desk, by day and by night."""

from __future__ import annotations

import pytest
from playwright.sync_api import Browser

from tests.browser.kinds import KINDS, Kind
from tests.browser.sites import Served
from tests.browser.visit import SCHEMES, SIZES, visit

KILOBYTE = 1024
ARTICLES = [kind for kind in KINDS if "article" in kind.name]


@pytest.mark.parametrize("site", ["open"])
def test_every_page_is_of_a_kind_that_is_looked_at(site: str, served: dict[str, Served]) -> None:
    kinds = [kind for kind in KINDS if kind.site == site]
    pages = served[site].pages
    assert [page for page in pages if not any(kind.is_of(page) for kind in kinds)] == []


@pytest.mark.parametrize("size", SIZES)
def test_a_page_lies_well_and_comes_without_a_complaint(
    browser: Browser, address: str, size: str
) -> None:
    with visit(browser, address, size) as seen:
        seen.run("read.js")
        assert seen.complaints == []
        assert seen.page.evaluate("shifts") == []
        for scheme in SCHEMES:
            seen.show(scheme)
            assert seen.run("layout.js") == [], scheme


@pytest.mark.parametrize("kind", ARTICLES, ids=lambda kind: kind.name.replace(" ", "-"))
def test_an_article_is_light(browser: Browser, served: dict[str, Served], kind: Kind) -> None:
    with visit(browser, served[kind.site].address(kind)) as seen:
        sizes = seen.sizes()
    assert sizes["stylesheet"] <= 12 * KILOBYTE
    assert sizes["script"] <= 4 * KILOBYTE
    assert sum(sizes.values()) - sizes.get("image", 0) <= 40 * KILOBYTE


@pytest.mark.parametrize(
    ("page", "told"),
    [
        ("<p>one</p><p>two</p>", []),
        ("<p>one</p><p style='margin-top: -2em'>two</p>", ["“one” lies over “two”"]),
        ("<h1 style='line-height: 1'>long<br>title</h1>", []),
        ("<p>one</p><img alt='' width=99 height=99 style='margin-top: -2em'>", ["“<img"]),
        ("<p style='width: 3em; overflow: hidden'>Wordswithoutend</p>", ["cut off: Wordswithoutend"]),
        ("<p style='width: 3em; overflow: auto'>Wordswithoutend</p>", []),
        ("<p style='position: absolute; left: -1em'>one</p>", ["beyond the window: one"]),
        ("<p style='width: 2000px'>one</p>", ["the page is 2008 px wide"]),
        (("<div style='width: 9em; overflow: auto'><table style='width: 20em'><caption>one</caption>"
         "</table></div>"), ["wider than its frame: one"]),
        ("<p>one</p><p style='margin-top: -2em; visibility: hidden'>two</p>", []),
        ("<details><summary>one</summary><p style='margin-top: -1em'>two</p></details>",
         ["“one” lies over “two”"]),
    ],
)  # fmt: skip
def test_what_lies_badly_is_told(browser: Browser, page: str, told: list[str]) -> None:
    with visit(browser, "about:blank") as seen:
        seen.page.set_content(page)
        found = seen.run("layout.js")
    assert len(found) == len(told), found
    assert all(each.startswith(start) for each, start in zip(found, told, strict=True)), found
