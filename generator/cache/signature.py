"""Whether a file is the one that was seen before, told without reading it."""

from __future__ import annotations

import os
from pathlib import Path

import msgspec

# A write may leave a file's times as they were when it follows another one within this time: the
# coarsest tick of the clocks that file systems take their times from (1 / HZ is 10 ms at most).
_TICK = 20_000_000


class Signature(msgspec.Struct, frozen=True, array_like=True):
    """Size, times of change in nanoseconds, and inode.

    `changed` is the inode's own time, which no program can set: it tells of an edit whose author
    put the old modification time back.
    """

    size: int
    modified: int
    changed: int
    inode: int


def signature(stat: os.stat_result) -> Signature:
    """The signature in the result of a `stat`."""
    return Signature(stat.st_size, stat.st_mtime_ns, stat.st_ctime_ns, stat.st_ino)


def signature_of(path: Path | str) -> Signature | None:
    """A file's signature, or None where there is no such file."""
    try:
        return signature(os.stat(path))
    except OSError:
        return None


def file_system_now(folder: Path) -> int:
    """The present moment in nanoseconds, by the clock of the file system that holds the folder."""
    probe = folder / f"now-{os.getpid()}"
    probe.write_bytes(b"")
    try:
        return os.stat(probe).st_mtime_ns
    finally:
        probe.unlink()


def settled(seen: Signature, now: int) -> bool:
    """Whether any later write would show: not so for a file that changed a moment before `now`."""
    return max(seen.modified, seen.changed) < now - _TICK
