"""The fingerprint of the generator itself: what was made by other code is not trusted."""

from __future__ import annotations

import sys
import sysconfig
from functools import cache
from pathlib import Path

from generator import __version__
from generator.fingerprint import fingerprint, fingerprint_bytes

# The libraries whose version can change a page, as their folders of metadata are named.
_LIBRARIES = (
    "arabic_reshaper", "cbor2", "emoji", "feedgen", "jinja2", "linkify_it_py", "lxml", "markdown_it_py", "markupsafe",
    "mdit_py_plugins", "msgspec", "nh3", "pagefind", "pillow", "pygments", "python_bidi", "python_dateutil", "pyyaml", "tzdata",
)  # fmt: skip


@cache
def code_fingerprint() -> str:
    """The hash of this program's own files, its version, Python's and the libraries'."""
    package = Path(__file__).parent
    files = [
        (path.relative_to(package).as_posix(), fingerprint_bytes(path.read_bytes()))
        for path in sorted(package.rglob("*.py"))
    ]
    return fingerprint(__version__, sys.version, files, _libraries())


@cache
def images_fingerprint() -> str:
    """The hash of what decides how images are processed: less than all, for it takes its time."""
    package = Path(__file__).parent / "images"
    files = [fingerprint_bytes(path.read_bytes()) for path in sorted(package.glob("*.py"))]
    return fingerprint(files, [name for name in _libraries() if name.lower().startswith("pillow")])


def _libraries() -> list[str]:
    folders = {sysconfig.get_path("purelib"), sysconfig.get_path("platlib")}
    return sorted(
        path.name
        for folder in folders
        for path in Path(folder).glob("*.dist-info")
        if path.name.lower().startswith(_LIBRARIES)
    )
