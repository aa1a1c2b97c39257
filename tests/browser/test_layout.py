"""Every kind of page at the width of a phone, a tablet and a desk, by day and by night."""

from __future__ import annotations

import pytest
from playwright.sync_api import Browser

from tests.browser.kinds import KINDS, Kind
from tests.browser.sites import Served
from tests.browser.visit import SCHEMES, SIZES, visit

KILOBYTE = 1024


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


@pytest.mark.parametrize("kind", KINDS, ids=lambda kind: kind.name.replace(" ", "-"))
def test_a_page_is_light(browser: Browser, served: dict[str, Served], kind: Kind) -> None:
    with visit(browser, served[kind.site].address(kind)) as seen:
        sizes = seen.sizes()
    assert sizes["stylesheet"] <= 12 * KILOBYTE
    assert sizes["script"] <= 4 * KILOBYTE
    if kind.name in ("article", "article with every part", "plain article"):
        assert sum(sizes.values()) - sizes.get("image", 0) <= 40 * KILOBYTE
