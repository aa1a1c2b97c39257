"""How long an author waits: from a file's save to the event that reloads the open page."""

from __future__ import annotations

import re
import subprocess
import sys
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from http.client import HTTPConnection, HTTPResponse
from pathlib import Path

from benchmarks.measure import Failed

# As `broadsheet watch` says it when the first build is done.
_ADDRESS = re.compile(r"http://([^:/]+):(\d+)/")
# Longer than the pause after which `watch` looks at all that it wrote.
_BETWEEN = 2.5


def save_to_reload(
    site: Path, article: Path, runs: int, environment: Mapping[str, str]
) -> list[float]:
    """Seconds from the save of an article's body to the reload event, once for each run.

    Raises Failed where `broadsheet watch` does not start or tells nothing.
    """
    with _watching(site, environment) as (host, port), _events(host, port) as events:
        seconds = []
        for number in range(runs + 1):
            time.sleep(_BETWEEN)
            text = article.read_text("utf-8")
            saved = time.perf_counter()
            article.write_text(f"{text}\nSaved for the {number}. time.\n", "utf-8")
            _next_reload(events)
            seconds.append(time.perf_counter() - saved)
        # The first save loads what later ones have in memory.
        return seconds[1:]


@contextmanager
def _watching(site: Path, environment: Mapping[str, str]) -> Iterator[tuple[str, int]]:
    command = [sys.executable, "-m", "generator", "watch", "--site", str(site)]
    process = subprocess.Popen(command, env=dict(environment), stdout=subprocess.PIPE, text=True)
    assert process.stdout is not None, "it is piped"
    try:
        said = (_ADDRESS.search(line) for line in process.stdout)
        found = next((each for each in said if each), None)
        if found is None:
            raise Failed("broadsheet watch has ended")
        yield found[1], int(found[2])
    finally:
        process.terminate()
        process.wait(30)


@contextmanager
def _events(host: str, port: int) -> Iterator[HTTPResponse]:
    connection = HTTPConnection(host, port)
    try:
        connection.request("GET", "/.broadsheet/events")
        yield connection.getresponse()
    finally:
        connection.close()


def _next_reload(events: HTTPResponse) -> None:
    while line := events.readline():
        if line == b"event: reload\n":
            return
    raise Failed("broadsheet watch has ended the stream of its events")
