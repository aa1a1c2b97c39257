"""Every kind of page for those who see little, use the keyboard, or run no scripts."""

from __future__ import annotations

import pytest
from playwright.sync_api import Browser

from tests.browser.sites import Served
from tests.browser.tools import AXE, module
from tests.browser.visit import Visit, visit


def test_axe_finds_nothing(browser: Browser, address: str) -> None:
    rules = module(AXE).read_text()
    with visit(browser, address, "phone") as seen:
        seen.page.evaluate(rules)
        assert violations(seen) == []
        seen.resize("desk")
        seen.show("dark")
        assert violations(seen) == []


def violations(seen: Visit) -> list[str]:
    """What axe finds on the page as it is shown now, by all its rules."""
    found = seen.page.evaluate("axe.run({resultTypes: ['violations']})")
    return [
        f"{rule['id']}: {node['html'][:200]} {node['failureSummary']}"
        for rule in found["violations"]
        for node in rule["nodes"]
    ]


def test_the_keyboard_comes_to_everything_in_order_and_is_seen(
    browser: Browser, address: str
) -> None:
    with visit(browser, address) as seen:
        reachable = seen.run("keyboard.js")
        # One more, which passes the browser's own bar between the page's end and its beginning.
        for _ in range(len(reachable) + 1):
            seen.page.keyboard.press("Tab")
        visited = seen.page.evaluate("visited")
    assert [each["name"] for each in visited][: len(reachable)] == reachable
    assert [each["name"] for each in visited if not each["seen"]] == []


@pytest.mark.parametrize("path", ["/", "/archive/", "/404.html"])
def test_the_first_key_leads_past_the_masthead(
    browser: Browser, served: dict[str, Served], path: str
) -> None:
    with visit(browser, served["open"].host + path) as seen:
        seen.page.keyboard.press("Tab")
        seen.page.keyboard.press("Enter")
        assert seen.page.evaluate("document.activeElement.localName") == "main"
        seen.page.keyboard.press("Tab")
        assert seen.page.evaluate("document.activeElement.closest('header.masthead')") is None


def test_a_page_says_the_same_without_scripts(browser: Browser, address: str) -> None:
    if address.endswith("/search/"):
        return  # only a script can search; without one the page says what else to do
    with visit(browser, address) as seen:
        with_scripts = seen.run("text.js")
    with visit(browser, address, scripts=False) as seen:
        for summary in seen.page.locator("details > summary").all():
            summary.click()
        assert seen.page.locator("details:not([open])").count() == 0
        assert all(link.is_visible() for link in seen.page.locator("header nav a").all())
        without = seen.run("text.js")
    assert [line for line in with_scripts if line not in without] == []
