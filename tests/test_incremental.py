"""An incremental build equals a clean one, byte for byte, whatever happened in between."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

STEPS = 15
# By the number of worker processes: starting two takes most of the time of a small build. 0 is this
# process with a helper.
EXAMPLES, SLOW_EXAMPLES = {1: 14, 0: 6, 2: 6}, {1: 110, 0: 50, 2: 40}


@pytest.mark.parametrize("jobs", [0, 1, 2])
@pytest.mark.parametrize("hash_seed", ["0", "1"])
def test_any_sequence_of_edits_leaves_what_a_clean_build_makes(
    hash_seed: str, jobs: int, slow: bool
) -> None:
    examples = (SLOW_EXAMPLES if slow else EXAMPLES)[jobs]
    start = 2 * jobs + int(hash_seed)
    done = subprocess.run(
        [sys.executable, "-m", "tests.incremental", *map(str, (examples, STEPS, jobs, start))],
        cwd=Path(__file__).parent.parent,
        env={**os.environ, "PYTHONHASHSEED": hash_seed},
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stdout + done.stderr
