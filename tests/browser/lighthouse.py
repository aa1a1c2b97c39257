"""Lighthouse's points for the home page, an article and a digest: `python -m tests.browser.lighthouse`."""

from __future__ import annotations

import json
import os
import subprocess
import tempfile
from pathlib import Path

from tests.browser.kinds import KINDS
from tests.browser.sites import serving
from tests.browser.tools import LIGHTHOUSE, chromium, module, program

PAGES = {kind.name: kind for kind in KINDS if kind.name in ("home", "article", "digest")}
_CHROMIUM = "--headless=new --no-sandbox"


def scores(address: str) -> dict[str, int]:
    """The points, of 100, in each of Lighthouse's categories for a page on a slow phone."""
    command = [program("node"), module(LIGHTHOUSE), address, f"--chrome-flags={_CHROMIUM}"]
    run = subprocess.run(
        [*command, "--quiet", "--output=json", "--no-enable-error-reporting"],
        env={**os.environ, "CHROME_PATH": chromium()},
        stdout=subprocess.PIPE,
        text=True,
        check=True,
    )
    categories = json.loads(run.stdout)["categories"]
    return {name: round(100 * category["score"]) for name, category in categories.items()}


def main() -> None:
    with tempfile.TemporaryDirectory() as folder, serving("open", Path(folder)) as site:
        for name, kind in PAGES.items():
            points = scores(site.address(kind))
            print(f"{name:8}", *(f"{category} {each}" for category, each in points.items()))


if __name__ == "__main__":
    main()
