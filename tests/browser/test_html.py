"""Every page of the tests' sites under the Nu HTML checker."""

from __future__ import annotations

import json
import subprocess

from tests.browser.sites import Served
from tests.browser.tools import NU, module, program


def test_every_page_is_valid_html(served: dict[str, Served]) -> None:
    command = [program("java"), "-Xss4m", "-jar", module(NU), "--format", "json", "--skip-non-html"]
    folders = [site.output for site in served.values()]
    checked = subprocess.run([*command, *folders], capture_output=True, text=True, check=False)
    told = [each for each in json.loads(checked.stderr)["messages"] if each["type"] != "info"]
    assert [f"{each.get('url')}:{each.get('lastLine')}: {each['message']}" for each in told] == []
