"""A visit to a page, with everything that the browser has to say about it."""

from __future__ import annotations

import gzip
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Literal
from urllib.parse import urlsplit

from playwright.sync_api import Browser, Page, Request, Response

from tests.sites import NOW

SIZES = {"phone": (360, 740), "tablet": (768, 1024), "desk": (1440, 900)}
Scheme = Literal["light", "dark"]
SCHEMES: tuple[Scheme, ...] = ("light", "dark")

# What moved on the screen after it had been shown. A reader's own doing is no shift, nor is it here:
# nobody touches the page before this is asked for.
_SHIFTS = """
globalThis.shifts = [];
new PerformanceObserver((list) => {
  for (const { sources } of list.getEntries())
    shifts.push(sources.map(({ node }) => (node?.parentElement ?? node)?.outerHTML?.slice(0, 120)));
}).observe({ type: "layout-shift", buffered: true });
"""


@dataclass
class Visit:
    """An open page, and what came with it."""

    page: Page
    complaints: list[str] = field(default_factory=list)
    responses: list[Response] = field(default_factory=list)

    def resize(self, size: str) -> None:
        """Makes the window as large as that of a `phone`, a `tablet` or a `desk`."""
        width, height = SIZES[size]
        self.page.set_viewport_size({"width": width, "height": height})

    def show(self, scheme: Scheme) -> None:
        """Asks for the page by day (`light`) or by night (`dark`)."""
        self.page.emulate_media(color_scheme=scheme)

    def run(self, script: str) -> Any:
        """What a script of this folder gives, run in the page."""
        return self.page.evaluate((Path(__file__).parent / script).read_text())

    def sizes(self) -> dict[str, int]:
        """Bytes after compression, by what they are: `document`, `stylesheet`, `script`, …"""
        found: dict[str, int] = {}
        for each in self.responses:
            kind = each.request.resource_type
            found[kind] = found.get(kind, 0) + len(gzip.compress(each.body(), mtime=0))
        return found

    def listen(self, host: str) -> None:
        """Takes down from now on what is asked for, what is answered, and what goes wrong."""

        def asked(request: Request) -> None:
            if urlsplit(request.url).netloc != host:
                self.complaints.append(f"asks another host: {request.url}")

        def answered(response: Response) -> None:
            self.responses.append(response)
            if not response.ok:
                self.complaints.append(f"{response.status}: {response.url}")

        self.page.on("request", asked)
        self.page.on("response", answered)
        self.page.on("requestfailed", lambda each: self.complaints.append(f"failed: {each.url}"))
        self.page.on("console", lambda said: self.complaints.append(f"{said.type}: {said.text}"))
        self.page.on("pageerror", lambda error: self.complaints.append(f"error: {error}"))


@contextmanager
def visit(
    browser: Browser,
    address: str,
    size: str = "desk",
    *,
    scripts: bool = True,
) -> Iterator[Visit]:
    """Opens the page as a new visitor at the tests' moment, and waits until all of it is there."""
    with browser.new_context(java_script_enabled=scripts, reduced_motion="reduce") as context:
        context.add_init_script(_SHIFTS)
        context.clock.set_fixed_time(NOW)
        visited = Visit(context.new_page())
        visited.resize(size)
        visited.listen(urlsplit(address).netloc)
        visited.page.goto(address)
        yield visited
