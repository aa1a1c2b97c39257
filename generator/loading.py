"""Brings the cache of a content folder up to date: reads what changed, in processes or not."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence, Set
from functools import partial
from pathlib import Path
from typing import Any, get_args

import msgspec

from generator.cache.content import ContentCache, Known, LoadedFile
from generator.cache.signature import settled
from generator.config import Config, LoadSettings
from generator.content.discover import Discovery, Found, Kind, discover, look_at
from generator.diagnostics import Diagnostic, error
from generator.fingerprint import fingerprint, fingerprint_bytes, stamp
from generator.jobs import Progress, Workers
from generator.model import Article, Asset, DigestNotes, Story, TextPage
from generator.plan.library import Content
from generator.workspace import FILE, Workspace

# A file's load is some milliseconds; a chunk is worth sending to another process.
_CHUNK = 40
# So many files are kept one by one; with more, all are kept at once.
_FEW = 50
_FOUND = "found"

Record = Article | TextPage | DigestNotes | Story | Asset


class Loaded(msgspec.Struct, frozen=True):
    """The state of all content after it was read: what plans and pages can depend on.

    `light` is the fingerprint of everything that a plan can depend on, `seen` tells that of all but
    articles' keywords; `bodies` has that of each article's body, `sketches` a sketch of its text.
    `left_out` names the files that are not published though they could be meant to, with the reason.
    """

    light: str
    bodies: dict[str, str]
    sketches: dict[str, bytes]
    diagnostics: tuple[Diagnostic, ...]
    left_out: tuple[tuple[str, str], ...]
    seen: Callable[[], str]


class _Todo(msgspec.Struct, frozen=True):
    """A file to read. `hash` is that of the bytes whose load is kept: equal bytes need no other;
    `code` are the encoded blocks of code in those bytes.
    """

    file: Found
    key: str
    hash: str
    code: bytes = b""


def load(
    root: Path,
    config: Config,
    work: Workspace,
    workers: Workers,
    changed: frozenset[Path] | None = None,
    progress: Progress | None = None,
) -> Loaded:
    """Reads the files of the site in `root` that the cache does not know as they are.

    `changed` are those that can be other than they were at the last load; None looks at all.
    """
    cache = work.content
    folder = root / config.content.folder
    if not folder.is_dir():
        message = "there is no such folder"
        hint = "make it, or name another one as content.folder in site.yaml"
        with cache.changing():
            cache.settle((), cache.known())
        problem = error(config.content.folder, message, hint=hint)
        return Loaded("", {}, {}, (problem,), (), str)
    known = cache.known()
    found = _changed_only(root, config, cache, known, changed) if changed is not None else None
    if found is None:
        found = discover(folder, config.content, config.content.folder, _not_content(root, config))
        gone = known.keys() - {file.source for file in found.files}
        _keep_found(cache, msgspec.msgpack.encode((_scope(root, config), found.diagnostics)))
    else:
        gone = set()
    todo = list(_changed(found.files, known, fingerprint(config.load)))
    if todo or gone:
        task = partial(_load_files, str(folder), config.load)
        if len(todo) <= _FEW:
            todo = [_with_code(each, cache) for each in todo]
        with cache.changing():
            new = _read(todo, workers.run(task, todo, len(todo), _CHUNK), known, work, progress)
            known = _settled(cache, known, new, gone)
    said, left_out = _told(cache, known.values(), config)
    return Loaded(
        fingerprint([part for each in known.values() for part in (each.source, each.light)]),
        {each.source: each.body for each in known.values() if each.body},
        {each.source: each.sketch for each in known.values() if each.sketch},
        (*found.diagnostics, *said),
        left_out,
        partial(_seen, known),
    )


def _seen(known: dict[str, Known]) -> str:
    return fingerprint([part for each in known.values() for part in (each.source, each.seen)])


def _changed_only(
    root: Path,
    config: Config,
    cache: ContentCache,
    known: dict[str, Known],
    changed: frozenset[Path],
) -> Discovery | None:
    """The changed files as they are now; None where that is not enough to know of all."""
    encoded = cache.get(_FOUND)
    if encoded is None:
        return None
    scope, diagnostics = msgspec.msgpack.decode(encoded, type=tuple[str, tuple[Diagnostic, ...]])
    folder = root / config.content.folder
    sources = {
        path.relative_to(folder).as_posix() for path in changed if path.is_relative_to(folder)
    }
    if scope != _scope(root, config) or len(sources) < len(changed) or not sources <= known.keys():
        return None
    # Files that were being written when they were read last must be read again.
    sources.update(each.source for each in known.values() if each.signature is None)
    files = look_at(folder, config.content, config.content.folder, sources)
    return Discovery(files, diagnostics) if files is not None else None


def _keep_found(cache: ContentCache, encoded: bytes) -> None:
    if cache.get(_FOUND) != encoded:
        cache.put(_FOUND, encoded)


def _scope(root: Path, config: Config) -> str:
    """The fingerprint of all that decides which files are content, and how they are loaded."""
    return fingerprint(config.content, config.load, sorted(_not_content(root, config)))


def _read(
    todo: Sequence[_Todo],
    results: Iterable[LoadedFile | None],
    known: dict[str, Known],
    work: Workspace,
    progress: Progress | None,
) -> list[Known]:
    """Keeps each load as it comes in; what is known of those files now."""
    new: list[Known] = []
    for each, result in zip(todo, results, strict=True):
        if result is None:
            now = known[each.file.source]
        else:
            work.content.add(result)
            now = result.known
        stat = each.file.stat
        new.append(
            msgspec.structs.replace(now, signature=stat if settled(stat, work.now) else None)
        )
        if progress:
            progress("reading", len(new), len(todo))
    return new


def _settled(
    cache: ContentCache, known: dict[str, Known], new: Sequence[Known], gone: Set[str]
) -> dict[str, Known]:
    """What is known now, in the order of the paths; the cache keeps it."""
    now = {**known, **{each.source: each for each in new}}
    if not gone and len(new) <= _FEW and len(now) == len(known):
        cache.settle_some(new)
        return now
    for source in gone:
        del now[source]
    now = {source: now[source] for source in sorted(now)}
    cache.settle(now.values(), sorted(gone))
    return now


def read_content(cache: ContentCache) -> Content:
    """All records of the content, in the order of the files' paths."""
    decode = msgspec.msgpack.Decoder(Record).decode
    kinds: dict[type, list[Any]] = {
        kind: [] for kind in (Article, TextPage, DigestNotes, Story, Asset)
    }
    for value in cache.values():
        if value:
            record = decode(value)
            kinds[type(record)].append(record)
    return Content(
        articles=tuple(kinds[Article]),
        pages=tuple(kinds[TextPage]),
        digests=tuple(kinds[DigestNotes]),
        stories=tuple(kinds[Story]),
        assets=tuple(kinds[Asset]),
    )


def _not_content(root: Path, config: Config) -> frozenset[str]:
    """What lies in the content folder where that is the site's own folder, and is no content."""
    folder = root / config.content.folder
    return frozenset(
        (root / name).relative_to(folder).as_posix()
        for name in (FILE, config.output, config.layouts)
        if (root / name).is_relative_to(folder) and root / name != folder
    )


def _changed(files: Iterable[Found], known: dict[str, Known], settings_key: str) -> Iterator[_Todo]:
    keys = {kind: f"{kind}::{settings_key}" for kind in get_args(Kind) if kind != "page"}
    for file in files:
        key = keys.get(file.kind) or f"page:{file.below}:{settings_key}"
        before = known.get(file.source)
        if before is None or before.key != key:
            yield _Todo(file, key, "")
        elif before.signature != file.stat:
            yield _Todo(file, key, before.hash)


def _with_code(todo: _Todo, cache: ContentCache) -> _Todo:
    return msgspec.structs.replace(todo, code=cache.code(todo.file.source)) if todo.hash else todo


def _load_files(
    folder: str, settings: LoadSettings, todo: Sequence[_Todo]
) -> list[LoadedFile | None]:
    return [_load_file(Path(folder), settings, each) for each in todo]


def _load_file(folder: Path, settings: LoadSettings, todo: _Todo) -> LoadedFile | None:
    """The load of a file; None where its bytes are those of the load that is kept."""
    source = todo.file.source
    try:
        data = (folder / source).read_bytes()
    except OSError as why:
        problem = error(source, f"cannot be read: {why.strerror}")
        known = Known(source, None, "", todo.key, "unreadable", has_said=True, seen=b"unreadable")
        return LoadedFile(known, said=msgspec.msgpack.encode((problem,)))
    found = fingerprint_bytes(data)
    if found == todo.hash:
        return None
    return _loaded(todo, found, data, settings)


def _loaded(todo: _Todo, found: str, data: bytes, settings: LoadSettings) -> LoadedFile:
    # Markdown and all it needs is loaded only in builds in which a file changed.
    from generator.content.load import load_file

    encode = msgspec.msgpack.encode
    coloured = msgspec.msgpack.decode(todo.code, type=dict[str, str]) if todo.code else None
    result = load_file(todo.file, found, data, settings, coloured)
    value = encode(result.value) if result.value is not None else b""
    body = encode(result.body) if result.body is not None else b""
    known = Known(
        todo.file.source,
        None,
        found,
        todo.key,
        fingerprint_bytes(value) if value else "",
        fingerprint_bytes(body) if body else "",
        result.left_out,
        bool(result.diagnostics),
        result.sketch,
        _stamp_of_seen(result.value),
    )
    said = encode(result.diagnostics) if result.diagnostics else b""
    code = encode(result.coloured) if result.coloured else b""
    return LoadedFile(known, value, body, said, code)


def _stamp_of_seen(record: Record | None) -> bytes:
    if isinstance(record, Article):
        record = msgspec.structs.replace(record, keywords="")
    return stamp(record)


def _told(
    cache: ContentCache, known: Iterable[Known], config: Config
) -> tuple[list[Diagnostic], tuple[tuple[str, str], ...]]:
    """All diagnostics of files; those that are left out by the site's own word are warnings."""
    decode = msgspec.msgpack.Decoder(tuple[Diagnostic, ...]).decode
    said: list[Diagnostic] = []
    left_out: list[tuple[str, str]] = []
    for file in known:
        if not file.has_said and not file.left_out:
            continue
        own = decode(cache.said(file.source)) if file.has_said else ()
        reason = file.left_out
        failed = any(each.severity == "error" for each in own)
        if failed and config.content.on_error == "skip":
            own = tuple(_softened(each) for each in own)
            reason = reason or "errors"
        if reason:
            left_out.append((shown_path(file.source, config), reason))
        said += (msgspec.structs.replace(each, path=shown_path(each.path, config)) for each in own)
    return said, tuple(left_out)


def _softened(diagnostic: Diagnostic) -> Diagnostic:
    if diagnostic.severity != "error":
        return diagnostic
    return msgspec.structs.replace(diagnostic, severity="warning")


def shown_path(source: str, config: Config) -> str:
    """A content file's path as messages name it: from the site's folder."""
    folder = config.content.folder
    return source if folder in ("", ".") else f"{folder}/{source}"
