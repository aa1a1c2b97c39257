"""Where the programs are that the tests run beside Python; without one, a test says so and skips.

`make test` brings them (`tests/browser/install`). With `CI` set nothing is skipped: what is missing
is a failure.
"""

from __future__ import annotations

import os
import shutil
import sys
from pathlib import Path

import pytest

MODULES = Path(sys.prefix) / "npm" / "node_modules"
AXE = MODULES / "axe-core" / "axe.min.js"
LIGHTHOUSE = MODULES / "lighthouse" / "cli" / "index.js"
NU = MODULES / "vnu-jar" / "build" / "dist" / "vnu.jar"


def program(*names: str) -> str:
    """The path of the first of these programs that is installed."""
    for name in names:
        if found := shutil.which(name):
            return found
    return _missing(f"{names[0]} is not installed")


def module(path: Path) -> Path:
    """The file of an npm package."""
    return path if path.is_file() else Path(_missing(f"{path} is missing: see `make test`"))


def chromium() -> str:
    """The browser: `CHROME_PATH`, or the system's Chromium or Chrome."""
    named = os.environ.get("CHROME_PATH")
    return named or program("chromium", "chromium-browser", "google-chrome")


def _missing(what: str) -> str:
    if os.environ.get("CI"):
        pytest.fail(what)
    pytest.skip(what)
