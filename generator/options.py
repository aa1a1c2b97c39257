"""What a build is asked for."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path

import msgspec


class Options(msgspec.Struct, frozen=True):
    """What a build is told beside the site's own files. `jobs` 0 lets the build choose.

    `changed` are the files that are known to have changed since the last build: nothing else is
    looked at, as far as that can be. None looks at everything.
    """

    site: Path
    now: datetime
    output: Path | None = None
    drafts: bool = False
    jobs: int = 0
    changed: frozenset[Path] | None = None
    # Assets keep their own names, so that open pages can take new ones in.
    plain_assets: bool = False
