"""Puts faults into a scratch copy of the program and tells how soon the edits' law finds each.

Run as `python -m tests.faults`. A fault that is not found means that the law has a hole.
"""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
import tempfile
import time
from pathlib import Path

ROOT = Path(__file__).parent.parent

# What is broken: the file, what stands there, what stands there instead.
FAULTS = {
    "template includes left out of the key": (
        "generator/render/closure.py",
        "                waiting += used\n",
        "                waiting += [each for each in used if each.startswith('base')]\n",
    ),
    "only the page's own template in the key": (
        "generator/render/closure.py",
        "                waiting += used\n",
        "",
    ),
    "related and neighbours left out of the values": (
        "generator/planning.py",
        "_Encoded(view, fingerprint_bytes(data), data)",
        "_Encoded(view, fingerprint_bytes(encode_view(_without_neighbours(view))), data)",
    ),
    "output not verified": (
        "generator/freshness.py",
        "if page.written is None or stat(page.path) != page.written:",
        "if page.written is None:",
    ),
    "nothing removed": (
        "generator/output.py",
        "    removed += sum(_remove(output, path) for path in sorted(before - wanted))\n",
        "",
    ),
}
_WITHOUT_NEIGHBOURS = """

def _without_neighbours(view: object) -> object:
    if type(view).__name__ == "ArticleView":
        return msgspec.structs.replace(view, related=(), newer=None, older=None)
    return view
"""


def main() -> int:
    """Tries each fault; 1 where one was not found."""
    missed = 0
    for name, (file, right, wrong) in FAULTS.items():
        with tempfile.TemporaryDirectory(prefix="broadsheet-fault-") as folder:
            copy = Path(folder)
            for part in ("generator", "layouts", "tests"):
                shutil.copytree(ROOT / part, copy / part)
            path = copy / file
            text = path.read_text()
            if right not in text:
                print(f"{name}: the code has changed, this fault cannot be put in")
                missed += 1
                continue
            path.write_text(
                text.replace(right, wrong) + _WITHOUT_NEIGHBOURS * ("neighbours" in name)
            )
            missed += not _found(name, copy)
    return 1 if missed else 0


def _found(name: str, copy: Path) -> bool:
    started = time.monotonic()
    environment = {**os.environ, "PYTHONPATH": str(copy)}
    done = subprocess.run(
        [sys.executable, "-m", "tests.incremental", "56", "15", "1", "2"],
        cwd=copy, env=environment, capture_output=True, text=True, check=False,
    )  # fmt: skip
    seconds = time.monotonic() - started
    counted = re.search(r"failed first at example (\d+)", done.stderr)
    where = f"in example {counted[1]}" if counted else ""
    print(f"{name}: {'found' if done.returncode else 'NOT FOUND'} {where} ({seconds:.0f} s)")
    return done.returncode != 0


if __name__ == "__main__":
    raise SystemExit(main())
