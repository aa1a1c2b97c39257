"""What all tests share."""

from __future__ import annotations

import pytest


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption(
        "--slow", action="store_true", help="try laws and kills more often; ask Lighthouse"
    )


@pytest.fixture
def slow(request: pytest.FixtureRequest) -> bool:
    """Whether the tests may take their time."""
    return bool(request.config.getoption("--slow"))
