"""Lighthouse's points for the home page, an article and a digest: `python -m tests.browser.lighthouse`."""

from __future__ import annotations

import json
import os
import subprocess
import tempfile
from pathlib import Path
from typing import Any

from tests.browser.kinds import KINDS
from tests.browser.sites import serving
from tests.browser.tools import LIGHTHOUSE, chromium, module, program

PAGES = {kind.name: kind for kind in KINDS if kind.name in ("home", "article", "digest")}
_CHROMIUM = "--headless=new --no-sandbox"


def scores(address: str) -> tuple[dict[str, int], list[str]]:
    """The points, of 100, in each of Lighthouse's categories for a page on a slow phone.

    Beside them, the name of every audit that took any, with the elements that it names.
    """
    command = [program("node"), module(LIGHTHOUSE), address, f"--chrome-flags={_CHROMIUM}"]
    run = subprocess.run(
        [*command, "--quiet", "--output=json", "--no-enable-error-reporting"],
        env={**os.environ, "CHROME_PATH": chromium()},
        stdout=subprocess.PIPE,
        text=True,
        check=True,
    )
    report = json.loads(run.stdout)
    points = {name: round(100 * each["score"]) for name, each in report["categories"].items()}
    weighed = {
        each["id"]
        for name, category in report["categories"].items()
        for each in category["auditRefs"]
        if each["weight"] and points[name] < 100
    }
    return points, [
        _lost(report["audits"][each])
        for each in sorted(weighed)
        if (report["audits"][each]["score"] or 0) < 1
        and report["audits"][each]["scoreDisplayMode"] != "notApplicable"
    ]


def _lost(audit: dict[str, Any]) -> str:
    items = audit.get("details", {}).get("items", [])
    places = [each["node"]["snippet"] for each in items if "node" in each]
    return f"{audit['id']}: {' '.join(places)}"


def main() -> None:
    with tempfile.TemporaryDirectory() as folder, serving("open", Path(folder)) as site:
        for name, kind in PAGES.items():
            points, lost = scores(site.address(kind))
            print(f"{name:8}", *(f"{category} {each}" for category, each in points.items()))
            print(*(f"         {each}\n" for each in lost), sep="", end="")


if __name__ == "__main__":
    main()
