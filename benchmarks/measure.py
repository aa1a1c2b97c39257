"""Runs a command and tells what it cost: wall time, CPU time of all its processes, memory."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from statistics import median

_EVERY = 0.2
_PAGE = os.sysconf("SC_PAGE_SIZE")
# The unit of `ru_maxrss`.
_UNIT = 1 if sys.platform == "darwin" else 1_024


@dataclass(frozen=True)
class Sample:
    """What one run cost. Seconds and bytes.

    `largest` is the peak of the process that had the largest, as the kernel counted it. `together`
    is the largest sum over all processes that was seen, memory that they share counted once (0
    where the system does not tell).
    """

    wall: float
    cpu: float
    largest: int
    together: int


@dataclass(frozen=True)
class Costs:
    """The medians of several runs."""

    runs: int
    wall: float
    cpu: float
    largest: int
    together: int

    @classmethod
    def of(cls, samples: Sequence[Sample]) -> Costs:
        return cls(
            len(samples),
            median(each.wall for each in samples),
            median(each.cpu for each in samples),
            round(median(each.largest for each in samples)),
            round(median(each.together for each in samples)),
        )


class Failed(Exception):
    """A command ended with an error, or not at all in the time it had."""


def run(
    command: Sequence[str],
    folder: Path,
    log: Path,
    *,
    environment: Mapping[str, str] | None = None,
    timeout: float = 3_600,
) -> Sample:
    """One run. What the command says goes to the file `log`. Raises Failed."""
    # What earlier runs wrote is not this one's to wait for.
    os.sync()
    with open(log, "wb") as said:
        started = time.perf_counter()
        process = subprocess.Popen(
            command,
            cwd=folder,
            stdin=subprocess.DEVNULL,
            stdout=said,
            stderr=subprocess.STDOUT,
            env={**os.environ, **(environment or {})},
            start_new_session=True,
        )
        watch = _Memory(process.pid)
        ended = threading.Timer(timeout, _kill, (process.pid,))
        watch.start()
        ended.start()
        try:
            _, status, used = os.wait4(process.pid, 0)
            wall = time.perf_counter() - started
        except BaseException:
            _kill(process.pid)
            raise
        finally:
            ended.cancel()
            watch.stop()
    process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode:
        slow = f" after {timeout:.0f} s" if wall >= timeout else ""
        raise Failed(f"exit {process.returncode}{slow}: {_told(log)}")
    return Sample(wall, used.ru_utime + used.ru_stime, used.ru_maxrss * _UNIT, watch.most)


def _told(log: Path) -> str:
    """What a failed command said last that looks like a reason, short enough for a table."""
    lines = [line.strip() for line in log.read_text("utf-8", "replace").splitlines()]
    reasons = [line for line in lines if "rror" in line or "memory" in line] or lines
    return " ".join(reasons[-1:])[:160].replace("|", "/")


def _kill(session: int) -> None:
    with suppress(ProcessLookupError):
        os.killpg(session, signal.SIGKILL)


class _Memory(threading.Thread):
    """Looks now and then at the memory of all processes of a session; Linux only."""

    def __init__(self, session: int) -> None:
        super().__init__(daemon=True)
        self.most = 0
        self._session = str(session)
        self._ended = threading.Event()

    def run(self) -> None:
        if not Path("/proc/self/stat").exists():
            return
        while not self._ended.wait(_EVERY):
            self.most = max(self.most, sum(map(_memory, self._processes())))

    def stop(self) -> None:
        self._ended.set()
        self.join()

    def _processes(self) -> list[str]:
        found = []
        for name in os.listdir("/proc"):
            if name.isdigit():
                # The command's name, in brackets, may hold blanks.
                stat = _read(f"/proc/{name}/stat").rpartition(")")[2].split()
                if len(stat) > 3 and stat[3] == self._session:
                    found.append(name)
        return found


def _memory(process: str) -> int:
    for line in _read(f"/proc/{process}/smaps_rollup").splitlines():
        if line.startswith("Pss:"):
            return int(line.split()[1]) * 1024
    resident = _read(f"/proc/{process}/statm").split()
    return int(resident[1]) * _PAGE if len(resident) > 1 else 0


def _read(path: str) -> str:
    try:
        with open(path) as file:
            return file.read()
    except OSError:
        return ""
