"""The newsletters that the browser looks at: built at one moment, and served."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from generator.build import Options, build
from tests.browser.kinds import Kind, pages, richest
from tests.browser.server import serve
from tests.sites import NOW

ROOT = Path(__file__).parent.parent.parent
SITES = {
    "open": ROOT,
    "letter": ROOT / "tests/data/letter",
    "almanac": ROOT / "tests/sites/forecasts",
}


@dataclass(frozen=True)
class Served:
    """A built site: its files, where it is served, and its pages by their addresses."""

    output: Path
    host: str
    pages: dict[str, bytes]

    def address(self, kind: Kind) -> str:
        """Where the page is that stands for its kind."""
        return self.host + richest(kind, self.pages)


@contextmanager
def serving(name: str, folder: Path) -> Iterator[Served]:
    """Builds a copy of the site in an empty folder, and serves it."""
    shutil.copytree(SITES[name] / "content", folder / "content")
    shutil.copy(SITES[name] / "site.yaml", folder)
    report = build(Options(folder, NOW, jobs=1))
    assert report.output is not None, [each.text() for each in report.diagnostics]
    with serve(report.output) as host:
        yield Served(report.output, host, pages(report.output))
