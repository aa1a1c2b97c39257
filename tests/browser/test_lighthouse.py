"""Lighthouse on the pages that most readers come to."""

from __future__ import annotations

import pytest

from tests.browser.lighthouse import PAGES, scores
from tests.browser.sites import Served


@pytest.mark.parametrize("kind", PAGES)
def test_lighthouse_gives_all_points(kind: str, served: dict[str, Served], slow: bool) -> None:
    if not slow:
        pytest.skip("Lighthouse runs with --slow")
    given, lost = scores(served["open"].address(PAGES[kind]))
    # How fast a page is drawn depends on what else the machine does; of the performance, what does
    # not depend on it is asserted in `test_layout`.
    assert {name: given[name] for name in given if name != "performance"} == {
        "accessibility": 100,
        "best-practices": 100,
        "seo": 100,
    }, lost
