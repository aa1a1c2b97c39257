"""Finds the files of a content folder and says what each is, without reading any."""

from __future__ import annotations

import os
from collections.abc import Iterator
from fnmatch import fnmatch
from pathlib import Path, PurePosixPath
from typing import Literal

import msgspec

from generator.cache.signature import Signature, signature
from generator.config import ContentSettings
from generator.diagnostics import Diagnostic, error, warning

Kind = Literal["article", "page", "digest", "story", "asset"]

MARKDOWN = frozenset((".md", ".markdown", ".mdown", ".mkd"))
# What readers' programs show or offer to keep; a site adds to them with `content.assets`.
ASSETS = frozenset(
    ".png .jpg .jpeg .gif .webp .avif .svg .ico .mp3 .m4a .ogg .opus .wav .mp4 .webm .mov .vtt "
    ".pdf .epub .zip .csv .tsv .json .ics .woff2 .woff .txt".split()
)
# What an article's folder may be missing silently: files of the system's own.
_NOISE = frozenset(("thumbs.db", "desktop.ini"))


class Found(msgspec.Struct, frozen=True):
    """One content file: its path below the content folder (with `/`), and what it is.

    `below` is the path below the folder of its kind, without the suffix.
    """

    source: str
    kind: Kind
    stat: Signature
    below: str = ""


class Discovery(msgspec.Struct, frozen=True):
    """All content files, in the order of their paths."""

    files: tuple[Found, ...]
    diagnostics: tuple[Diagnostic, ...] = ()


def discover(
    root: Path, settings: ContentSettings, shown: str, not_content: frozenset[str] = frozenset()
) -> Discovery:
    """The files below the content folder `root`; diagnostics name them below `shown`.

    `not_content` are paths below it that are something else: the site's settings, its output.
    """
    found: list[Found] = []
    diagnostics: list[Diagnostic] = []
    folders = _folders(settings)
    for source, stat in _walk(root, "", shown, not_content, folders, diagnostics):
        if any(fnmatch(source, pattern) for pattern in settings.ignore):
            continue
        each = _kind(source, stat, folders, settings)
        if each is not None:
            found.append(each)
        elif PurePosixPath(source).name.lower() not in _NOISE:
            diagnostics.append(_left_out(source, shown))
    return Discovery(tuple(found), tuple(diagnostics))


def _left_out(source: str, shown: str) -> Diagnostic:
    if PurePosixPath(source).suffix.lower() in MARKDOWN:
        message = "left out: it is in no folder of articles, pages, digests or stories"
        hint = "move it, or name its folder under content.articles or content.pages"
    else:
        message = "left out: neither Markdown nor a kind of file that is published as it is"
        hint = "name its suffix under content.assets, or the file under content.ignore"
    return warning(_join(shown, source), message, hint=hint)


def _join(shown: str, source: str) -> str:
    return source if shown in ("", ".") else f"{shown}/{source}"


def _walk(
    root: Path,
    below: str,
    shown: str,
    not_content: frozenset[str],
    folders: list[tuple[str, Kind]],
    diagnostics: list[Diagnostic],
) -> Iterator[tuple[str, Signature]]:
    """Paths of files, sorted; hidden ones are passed over, links that lead out are refused."""
    try:
        entries = sorted(os.scandir(root / below), key=lambda entry: entry.name)
    except OSError as why:
        diagnostics.append(error(_join(shown, below), f"cannot be read: {why.strerror}"))
        return
    for entry in entries:
        if entry.name.startswith("."):
            continue
        source = f"{below}/{entry.name}" if below else entry.name
        if source in not_content:
            continue
        if entry.is_symlink() and not _inside(Path(entry.path), root):
            message = "left out: a symbolic link out of the content folder"
            diagnostics.append(warning(_join(shown, source), message, hint="copy the file"))
        elif not _utf8(source) or not entry.name.isprintable():
            message = "left out: the file's name is not UTF-8, or has control characters"
            diagnostics.append(warning(_join(shown, ascii(source)), message, hint="rename it"))
        elif entry.is_dir():
            if entry.name.startswith("_") and not _leads_to(source, folders):
                message = "left out: a folder whose name begins with _"
                hint = "name it under content.articles or content.pages if it is content"
                diagnostics.append(warning(_join(shown, source), message, hint=hint))
            elif not entry.is_symlink():
                yield from _walk(root, source, shown, not_content, folders, diagnostics)
        elif entry.is_file():
            yield source, signature(entry.stat())


def _leads_to(source: str, folders: list[tuple[str, Kind]]) -> bool:
    return any(f"{folder}/".startswith(f"{source}/") for folder, _ in folders)


def _inside(path: Path, root: Path) -> bool:
    return path.exists() and path.resolve().is_relative_to(root.resolve())


def _utf8(name: str) -> bool:
    try:
        name.encode()
    except UnicodeEncodeError:
        return False
    return True


def _folders(settings: ContentSettings) -> list[tuple[str, Kind]]:
    """Each configured folder and its kind, the deepest first, so that the closest one decides."""
    pairs: list[tuple[str, Kind]] = [
        *((folder, "article") for folder in settings.articles),
        *((folder, "page") for folder in settings.pages),
        *((folder, "digest") for folder in settings.digests),
        *((folder, "story") for folder in settings.stories),
    ]
    named = [(folder.strip("/").removeprefix("./"), kind) for folder, kind in pairs]
    clean = [("" if folder == "." else folder, kind) for folder, kind in named]
    return sorted(clean, key=lambda pair: -len(pair[0]))


def _kind(
    source: str, stat: Signature, folders: list[tuple[str, Kind]], settings: ContentSettings
) -> Found | None:
    # Plain string operations: this runs for every file of every build.
    name = source.rpartition("/")[2]
    dot = name.rfind(".")
    written = name[dot:] if dot > 0 else ""
    suffix = written.lower()
    if suffix in ASSETS or suffix.lstrip(".") in settings.assets:
        return Found(source, "asset", stat)
    if suffix not in MARKDOWN:
        return None
    for folder, kind in folders:
        if not folder or source.startswith(folder + "/"):
            below = source[len(folder) :].lstrip("/")
            return Found(source, kind, stat, below[: -len(written)])
    return None
