"""The tests' sites and one browser, for all tests of a process."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import ExitStack

import pytest
from playwright.sync_api import Browser, sync_playwright

from tests.browser.kinds import KINDS
from tests.browser.sites import SITES, Served, serving
from tests.browser.tools import chromium


@pytest.fixture(scope="session")
def served(tmp_path_factory: pytest.TempPathFactory) -> Iterator[dict[str, Served]]:
    """The tests' sites by their names."""
    with ExitStack() as stack:
        yield {
            name: stack.enter_context(serving(name, tmp_path_factory.mktemp(name)))
            for name in SITES
        }


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """Chromium, without a window."""
    path = chromium()
    with sync_playwright() as playwright:
        # The sandbox needs rights that a container does not give, and the pages are our own.
        started = playwright.chromium.launch(executable_path=path, args=["--no-sandbox"])
        yield started
        started.close()


@pytest.fixture(params=KINDS, ids=lambda kind: kind.name.replace(" ", "-"))
def address(request: pytest.FixtureRequest, served: dict[str, Served]) -> str:
    """Where the page is served that stands for each kind in turn."""
    return served[request.param.site].address(request.param)
