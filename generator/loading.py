"""Loads a whole content folder: finds its files and loads each, in worker processes or not."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from concurrent.futures import Executor
from functools import partial
from pathlib import Path
from typing import Any

import msgspec

from generator.config import Config, LoadSettings
from generator.content.article import LoadedArticle, load_article
from generator.content.discover import Found, discover
from generator.content.others import load_digest, load_page, load_story
from generator.diagnostics import Diagnostic, error
from generator.fingerprint import fingerprint_bytes
from generator.jobs import Progress, in_chunks
from generator.model import Article, Asset, Body, DigestNotes, Story, TextPage
from generator.plan.library import Content

_CHUNK = 40


class Library(msgspec.Struct, frozen=True):
    """All content of a site: the records, the articles' bodies by file, and what is to be said.

    `left_out` names the files that are no articles though they lie among them.
    """

    content: Content
    bodies: dict[str, Body]
    diagnostics: tuple[Diagnostic, ...]
    left_out: tuple[tuple[str, str], ...] = ()


def load_library(
    root: Path, config: Config, executor: Executor, progress: Progress | None = None
) -> Library:
    """Everything in the content folder below the site's folder `root`."""
    folder = root / config.content.folder
    if not folder.is_dir():
        message = "there is no such folder"
        hint = "make it, or name another one as content.folder in site.yaml"
        missing = error(config.content.folder, message, hint=hint)
        return Library(Content(), {}, (missing,))
    found = discover(folder, config.content, config.content.folder)
    load = partial(_load_files, folder, config.load)
    loaded = []
    for each in in_chunks(executor, load, found.files, _CHUNK):
        loaded.append(each)
        if progress:
            progress("reading", len(loaded), len(found.files))
    return _library(config, found.files, loaded, found.diagnostics)


def _load_files(folder: Path, settings: LoadSettings, files: Sequence[Found]) -> list[Any]:
    return [_load_file(folder, settings, file) for file in files]


def _load_file(folder: Path, settings: LoadSettings, file: Found) -> Any:
    """A LoadedArticle, a Loaded page, digest or story, an Asset, or a Diagnostic."""
    path = folder / file.source
    try:
        data = path.read_bytes()
    except OSError as why:
        return error(file.source, f"cannot be read: {why.strerror}")
    if file.kind == "article":
        return load_article(file.source, data, settings)
    if file.kind == "page":
        return load_page(file.source, file.below, data, settings)
    if file.kind == "digest":
        return load_digest(file.source, data, settings)
    if file.kind == "story":
        return load_story(file.source, data, settings)
    return Asset(file.source, str(path), fingerprint_bytes(data))


def _library(
    config: Config,
    files: Sequence[Found],
    loaded: Sequence[Any],
    diagnostics: tuple[Diagnostic, ...],
) -> Library:
    """Sorts what was loaded by its kind; a file with errors is left out where the site says so."""
    kinds: dict[type, list[Any]] = {
        kind: [] for kind in (Article, TextPage, DigestNotes, Story, Asset)
    }
    bodies: dict[str, Body] = {}
    said = list(diagnostics)
    left_out: list[tuple[str, str]] = []
    for file, each in zip(files, loaded, strict=True):
        own = (each,) if isinstance(each, Diagnostic) else getattr(each, "diagnostics", ())
        failed = any(one.severity == "error" for one in own)
        reason = getattr(each, "left_out", "")
        if (failed and config.content.on_error == "skip") or reason == "no date":
            own = tuple(_softened(one) for one in own)
            reason = reason or "errors"
        if reason:
            left_out.append((file.source, reason))
        said += (_shown(one, config.content.folder) for one in own)
        for value in _values(each):
            kinds[type(value)].append(value)
            if isinstance(each, LoadedArticle) and each.body is not None:
                bodies[file.source] = each.body
    content = Content(
        articles=tuple(kinds[Article]),
        pages=tuple(kinds[TextPage]),
        digests=tuple(kinds[DigestNotes]),
        stories=tuple(kinds[Story]),
        assets=tuple(kinds[Asset]),
    )
    return Library(content, bodies, tuple(said), tuple(left_out))


def _values(each: Any) -> Iterator[Any]:
    if isinstance(each, Asset):
        yield each
    elif isinstance(each, LoadedArticle):
        if each.article is not None:
            yield each.article
    elif not isinstance(each, Diagnostic) and each.value is not None:
        yield each.value


def _softened(diagnostic: Diagnostic) -> Diagnostic:
    if diagnostic.severity != "error":
        return diagnostic
    return msgspec.structs.replace(diagnostic, severity="warning")


def _shown(diagnostic: Diagnostic, folder: str) -> Diagnostic:
    """The diagnostic with its path below the site's folder."""
    if folder in ("", "."):
        return diagnostic
    return msgspec.structs.replace(diagnostic, path=f"{folder}/{diagnostic.path}")
