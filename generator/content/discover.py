"""Finds the files of a content folder and says what each is, without reading any."""

from __future__ import annotations

import os
from collections.abc import Iterable
from fnmatch import fnmatch
from pathlib import Path, PurePosixPath
from typing import Literal

import msgspec

from generator.cache.signature import Signature, signature
from generator.config import ContentSettings
from generator.diagnostics import Diagnostic, error, warning
from generator.images.unshown import HINT, WHY, is_unshown

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
    walk = _Walk(root, settings, shown, not_content)
    walk.enter("")
    return Discovery(tuple(walk.found), tuple(walk.diagnostics))


def look_at(
    root: Path, settings: ContentSettings, shown: str, sources: Iterable[str]
) -> tuple[Found, ...] | None:
    """Some content files that were found before, as they are now.

    None where one of them is no plain file any more, so that all of the folder has to be walked.
    """
    walk = _Walk(root, settings, shown, frozenset())
    sources = sorted(sources)
    for source in sources:
        if not walk.plain_file(source):
            return None
    return tuple(walk.found) if len(walk.found) == len(sources) else None


def _left_out(source: str, shown: str) -> Diagnostic:
    if is_unshown(source):
        message, hint = f"left out: {WHY}", HINT
    elif PurePosixPath(source).suffix.lower() in MARKDOWN:
        message = "left out: it is in no folder of articles, pages, digests or stories"
        hint = "move it, or name its folder under content.articles or content.pages"
    else:
        message = "left out: neither Markdown nor a kind of file that is published as it is"
        hint = "name its suffix under content.assets, or the file under content.ignore"
    return warning(_join(shown, source), message, hint=hint)


def _join(shown: str, source: str) -> str:
    return source if shown in ("", ".") else f"{shown}/{source}"


class _Walk:
    """One walk over a content folder; what it finds is in its attributes, in the order of paths."""

    def __init__(
        self, root: Path, settings: ContentSettings, shown: str, not_content: frozenset[str]
    ) -> None:
        self.found: list[Found] = []
        self.diagnostics: list[Diagnostic] = []
        self._root = root
        self._shown = shown
        self._not_content = not_content
        self._ignored = settings.ignore
        self._folders = _folders(settings)
        self._assets = ASSETS.union(f".{suffix}" for suffix in settings.assets)

    def enter(self, below: str) -> None:
        """Walks over a folder, by its path below the root, and all in it but hidden files."""
        try:
            entries = sorted(os.scandir(self._root / below), key=lambda entry: entry.name)
        except OSError as why:
            shown = _join(self._shown, below)
            self.diagnostics.append(error(shown, f"cannot be read: {why.strerror}"))
            return
        before = f"{below}/" if below else ""
        kind, start = self._kind(before)
        for entry in entries:
            name = entry.name
            source = before + name
            if name.startswith(".") or source in self._not_content:
                continue
            # First what nearly every entry is: this runs for each file of every build.
            plain = name.isascii() and name.isprintable() and not entry.is_symlink()
            if not plain and not self._is_taken(entry, source):
                continue
            if entry.is_file():
                self._file(entry, source, kind, start)
            elif entry.is_dir() and not entry.is_symlink() and self._is_entered(name, source):
                self.enter(source)

    def plain_file(self, source: str) -> bool:
        """Looks at one file; whether it is there, and no link."""
        path = self._root / source
        if path.is_symlink() or not path.is_file():
            return False
        self._file(path, source, *self._kind(source))
        return True

    def _file(
        self, entry: os.DirEntry[str] | Path, source: str, kind: Kind | None, start: int
    ) -> None:
        if self._ignored and any(fnmatch(source, pattern) for pattern in self._ignored):
            return
        dot = entry.name.rfind(".")
        written = entry.name[dot:] if dot > 0 else ""
        suffix = written.lower()
        if suffix in self._assets:
            self.found.append(Found(source, "asset", signature(entry.stat())))
        elif suffix in MARKDOWN and kind is not None:
            below = source[start : -len(written)]
            self.found.append(Found(source, kind, signature(entry.stat()), below))
        elif entry.name.lower() not in _NOISE:
            self.diagnostics.append(_left_out(source, self._shown))

    def _kind(self, path: str) -> tuple[Kind | None, int]:
        """What Markdown files at a path are, and where their paths below that kind's begin."""
        for home, kind in self._folders:
            if path.startswith(home):
                return kind, len(home)
        return None, 0

    def _is_taken(self, entry: os.DirEntry[str], source: str) -> bool:
        """Whether a link leads nowhere else, and a name can be an address; tells of what is not."""
        if entry.is_symlink() and not _inside(Path(entry.path), self._root):
            message = "left out: a symbolic link out of the content folder"
            shown, hint = _join(self._shown, source), "copy the file"
        elif not _utf8(source) or not entry.name.isprintable():
            message = "left out: the file's name is not UTF-8, or has control characters"
            shown, hint = _join(self._shown, ascii(source)), "rename it"
        else:
            return True
        self.diagnostics.append(warning(shown, message, hint=hint))
        return False

    def _is_entered(self, name: str, source: str) -> bool:
        """Whether a folder can hold content; tells of one that is left out."""
        if not name.startswith("_") or any(
            home.startswith(f"{source}/") for home, _ in self._folders
        ):
            return True
        message = "left out: a folder whose name begins with _"
        hint = "name it under content.articles or content.pages if it is content"
        self.diagnostics.append(warning(_join(self._shown, source), message, hint=hint))
        return False


def _inside(path: Path, root: Path) -> bool:
    return path.exists() and path.resolve().is_relative_to(root.resolve())


def _utf8(name: str) -> bool:
    try:
        name.encode()
    except UnicodeEncodeError:
        return False
    return True


def _folders(settings: ContentSettings) -> list[tuple[str, Kind]]:
    """Each configured folder (with a final `/`; "" for the root) and its kind, the deepest first,
    so that the closest one decides.
    """
    pairs: list[tuple[str, Kind]] = [
        *((folder, "article") for folder in settings.articles),
        *((folder, "page") for folder in settings.pages),
        *((folder, "digest") for folder in settings.digests),
        *((folder, "story") for folder in settings.stories),
    ]
    named = [(folder.strip("/").removeprefix("./"), kind) for folder, kind in pairs]
    clean = [("" if folder in ("", ".") else f"{folder}/", kind) for folder, kind in named]
    return sorted(clean, key=lambda pair: -len(pair[0]))
