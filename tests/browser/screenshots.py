"""Takes the pictures in docs/screenshots/ of the main pages: by day, by night, on a phone."""

from __future__ import annotations

import io
import tempfile
from contextlib import ExitStack
from pathlib import Path

from PIL import Image
from playwright.sync_api import sync_playwright

from tests.browser.kinds import KINDS
from tests.browser.sites import ROOT, serving
from tests.browser.tools import chromium
from tests.browser.visit import Scheme, visit

FOLDER = ROOT / "docs" / "screenshots"
PAGES = {
    "home": "home",
    "article": "article",
    "digest": "digest",
    "predictions": "predictions with scores",
}
VIEWS: tuple[tuple[str, str, Scheme], ...] = (
    ("light", "desk", "light"),
    ("dark", "desk", "dark"),
    ("phone", "phone", "light"),
)


def webp(png: bytes) -> bytes:
    """The same picture in a fraction of the bytes."""
    target = io.BytesIO()
    Image.open(io.BytesIO(png)).convert("RGB").save(target, "WEBP", quality=80, method=6)
    return target.getvalue()


def main() -> None:
    """Writes one picture for each page and view: what is seen before anything is scrolled."""
    kinds = {kind.name: kind for kind in KINDS}
    FOLDER.mkdir(exist_ok=True)
    with ExitStack() as stack:
        names = {kinds[name].site for name in PAGES.values()}
        folder = Path(stack.enter_context(tempfile.TemporaryDirectory()))
        for name in names:
            (folder / name).mkdir()
        sites = {name: stack.enter_context(serving(name, folder / name)) for name in names}
        playwright = stack.enter_context(sync_playwright())
        browser = playwright.chromium.launch(executable_path=chromium(), args=["--no-sandbox"])
        for page, kind in PAGES.items():
            for view, size, scheme in VIEWS:
                with visit(browser, sites[kinds[kind].site].address(kinds[kind]), size) as seen:
                    seen.show(scheme)
                    (FOLDER / f"{page}-{view}.webp").write_bytes(webp(seen.page.screenshot()))
        browser.close()


if __name__ == "__main__":
    main()
