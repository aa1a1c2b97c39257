"""The newsletter's pages under the Nu HTML checker, where Java and its jar are.

`npm install --prefix .venv/vnu vnu-jar` puts the jar where it is looked for; BROADSHEET_VNU names
another place.
"""

from __future__ import annotations

import json
import os
import shutil
import subprocess
from datetime import UTC, datetime
from pathlib import Path

import pytest

from generator.build import Options, build

ROOT = Path(__file__).parent.parent
JAR = Path(
    os.environ.get("BROADSHEET_VNU") or ROOT / ".venv/vnu/node_modules/vnu-jar/build/dist/vnu.jar"
)


@pytest.mark.skipif(shutil.which("java") is None, reason="the Nu HTML checker needs Java")
@pytest.mark.skipif(not JAR.is_file(), reason=f"the Nu HTML checker is not at {JAR}")
@pytest.mark.parametrize("site", [ROOT, ROOT / "tests/data/letter"], ids=["content", "letter"])
def test_every_page_is_valid_html(site: Path, tmp_path: Path) -> None:
    for name in ("content", "site.yaml"):
        source = site / name
        copy = shutil.copytree if source.is_dir() else shutil.copy
        copy(source, tmp_path / name)
    report = build(Options(tmp_path, datetime(2026, 11, 23, 12, tzinfo=UTC), drafts=True))
    assert report.output is not None, report.diagnostics
    checked = subprocess.run(
        ["java", "-Xss4m", "-jar", str(JAR), "--format", "json", "--skip-non-html", str(report.output)],
        capture_output=True,
        text=True,
        check=False,
    )  # fmt: skip
    told = [each for each in json.loads(checked.stderr)["messages"] if each["type"] != "info"]
    assert [f"{each.get('url')}:{each.get('lastLine')}: {each['message']}" for each in told] == []
