"""Runs Pagefind: records to the files of an index."""

from __future__ import annotations

import base64
import json
import os
import re
import subprocess
import threading
from collections.abc import Iterator, Mapping, Sequence
from contextlib import suppress
from importlib import import_module
from importlib.util import find_spec
from pathlib import Path
from typing import IO, Any

from generator.search.canonical import canonical, dates
from generator.search.records import SearchRecord
from generator.search.trouble import NoPagefind, PagefindFailed

# Of what Pagefind writes there is also an interface of its own, which the theme does not use.
_INDEX = re.compile(r"pagefind-entry\.json|pagefind\..+\.pf_meta|(?:index|filter|fragment)/.+")
_SCRIPTS = ("pagefind.js", "pagefind-worker.js")


def _executable(language: str) -> Path:
    """Pagefind's program; for Thai the larger one, which cuts it into words, before the other.

    Not by the package `pagefind`: that brings what takes longer to load than an index to make.
    """
    named = os.environ.get("PAGEFIND_BINARY_PATH")
    names = ["pagefind_bin", "pagefind_bin_extended"]
    if language.partition("-")[0] == "th":
        names.reverse()
    package = next((name for name in names if find_spec(name)), None)
    if named is None and package is not None:
        with suppress(FileNotFoundError):
            named = import_module(package).get_executable()
    if named is None or not Path(named).is_file() or find_spec("cbor2") is None:
        raise NoPagefind
    return Path(named)


def run_pagefind(
    records: Sequence[SearchRecord], language: str, *, first: bool
) -> dict[str, bytes]:
    """The files of an index of these records, by their names; equal for equal records.

    `language` is the one by whose rules words are reduced to their stems. The `first` of several
    indexes has what the others share. Raises NoPagefind and PagefindFailed.
    """
    answer = _ask(
        [
            {"type": "NewIndex", "config": {"force_language": language}},
            *(_request(record, language) for record in records),
            # Not WriteFiles, whose answer comes before all files have been written.
            {"type": "GetFiles", "index_id": 0},
        ],
        _executable(language),
    )
    try:
        everything = {each["path"]: each["content"] for each in answer["files"]}
        wanted = _wanted(everything, first)
        files = {name: base64.b64decode(everything[name]) for name in wanted}
        return {**canonical(files), "dates.json": dates(files)}
    except (ValueError, KeyError) as why:
        raise PagefindFailed(f"it gave no index ({why})") from why


def _request(record: SearchRecord, language: str) -> dict[str, Any]:
    meta = {"title": record.title, "date": record.date}
    if record.lang:
        meta["lang"] = record.lang
    return {
        "type": "AddRecord",
        "index_id": 0,
        "url": record.url,
        "content": record.content,
        "language": language,
        "meta": meta,
        "filters": record.filters,
    }


def _wanted(everything: Mapping[str, str], first: bool) -> list[str]:
    """What browsers load of an index; the others are merged into the first, which has the program."""
    names = [name for name in sorted(everything) if _INDEX.fullmatch(name)]
    if first:
        entry = json.loads(base64.b64decode(everything["pagefind-entry.json"]))
        (about,) = entry["languages"].values()
        names += [*_SCRIPTS, f"wasm.{about['wasm'] or 'unknown'}.pagefind"]
    return names


def _ask(requests: Sequence[dict[str, Any]], program: Path) -> dict[str, Any]:
    """Has Pagefind do what is asked of it, in order; its answer to the last request.

    In the protocol that its own clients for Python and Node.js speak: base64 of JSON, with a comma
    after each message. The client for Python waits a tenth of a second for every answer, which is
    minutes for a thousand articles.
    """
    with _service(program) as process:
        assert process.stdin is not None
        assert process.stdout is not None
        writer = threading.Thread(target=_write, args=(process.stdin, requests), daemon=True)
        writer.start()
        try:
            return _last(process.stdout, len(requests))
        finally:
            process.kill()
            writer.join()
            with suppress(BrokenPipeError):
                process.stdin.close()


def _service(program: Path) -> subprocess.Popen[bytes]:
    try:
        return subprocess.Popen(  # noqa: S603  # the package's own program
            [program, "--service"],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
        )
    except OSError as why:
        raise PagefindFailed(why.strerror or str(why)) from why


def _write(pipe: IO[bytes], requests: Sequence[dict[str, Any]]) -> None:
    try:
        for number, request in enumerate(requests, 1):
            message = {"message_id": number, "payload": request}
            pipe.write(base64.b64encode(json.dumps(message).encode()) + b",")
        pipe.flush()
    except (BrokenPipeError, ValueError):
        # It ended early, which the reader tells.
        return


def _last(pipe: IO[bytes], count: int) -> dict[str, Any]:
    """The last of so many answers."""
    answers = _answers(pipe)
    for _ in range(count - 1):
        next(answers)
    return next(answers)


def _answers(pipe: IO[bytes]) -> Iterator[dict[str, Any]]:
    """What Pagefind answers, without end."""
    pieces: list[bytes] = []
    while data := pipe.read1(1 << 20):  # type: ignore[attr-defined]  # of a BufferedReader, which a pipe is
        *ends, rest = data.split(b",")
        for end in ends:
            payload = json.loads(base64.b64decode(b"".join((*pieces, end))))["payload"]
            pieces.clear()
            if payload["type"] == "Error":
                raise PagefindFailed(payload.get("message", ""))
            yield payload
        pieces.append(rest)
    raise PagefindFailed("it ended too early")
