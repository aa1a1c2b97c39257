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
from queue import SimpleQueue
from threading import Thread

from benchmarks.measure import Failed

# As `broadsheet watch` says it when the first build is done.
_ADDRESS = re.compile(r"http://([^:/]+):(\d+)/")
# Somebody who saves again and again; `watch` looks at everything only when they stop.
_BETWEEN = 2.5
# Longer than `watch` waits, and then takes, to look at everything after the first save.
_AT_REST = 10


def save_to_reload(
    site: Path, article: Path, runs: int, environment: Mapping[str, str]
) -> list[float]:
    """Seconds from the save of an article's body to the reload event, once for each run.

    Raises Failed where `broadsheet watch` does not start or tells nothing.
    """
    with _watching(site, environment) as (host, port), _reloads(host, port) as reloads:
        seconds = []
        for number in range(runs + 1):
            time.sleep(_BETWEEN if number != 1 else _AT_REST)
            while not reloads.empty():
                reloads.get()
            text = article.read_text("utf-8")
            saved = time.perf_counter()
            article.write_text(f"{text}\nSaved for the {number}. time.\n", "utf-8")
            seconds.append(_told(reloads) - saved)
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
def _reloads(host: str, port: int) -> Iterator[SimpleQueue[float | None]]:
    """The moments at which open pages are told to reload; None when nobody will tell any more."""
    connection = HTTPConnection(host, port)
    reloads: SimpleQueue[float | None] = SimpleQueue()

    def listen(events: HTTPResponse) -> None:
        try:
            while line := events.readline():
                if line == b"event: reload\n":
                    reloads.put(time.perf_counter())
        finally:
            reloads.put(None)
            connection.close()

    connection.request("GET", "/.broadsheet/events")
    Thread(target=listen, args=(connection.getresponse(),), daemon=True).start()
    yield reloads


def _told(reloads: SimpleQueue[float | None]) -> float:
    told = reloads.get()
    if told is None:
        raise Failed("broadsheet watch has ended the stream of its events")
    return told
