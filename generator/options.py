"""What a build is asked for."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path

import msgspec


class Options(msgspec.Struct, frozen=True):
    """What a build is told beside the site's own files. `jobs` 0 lets the build choose.

    `trusting` believes without looking that the output folder is as the last build left it.
    """

    site: Path
    now: datetime
    output: Path | None = None
    drafts: bool = False
    jobs: int = 0
    trusting: bool = False
