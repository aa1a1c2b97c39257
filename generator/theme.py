"""The default theme and the site's own layouts: the folders of templates, and the assets."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import msgspec

from generator.cache.signature import settled, signature_of
from generator.cache.site import SiteCache
from generator.diagnostics import Diagnostic, did_you_mean, warning
from generator.fingerprint import fingerprint, fingerprint_bytes
from generator.views import Copy
from generator.words import Forms

_PACKAGE = Path(__file__).resolve().parent
_STATE = "theme"
# Assets that can name others.
_NAMING = (".css", ".js", ".mjs", ".svg", ".json", ".webmanifest")
# Ten hexadecimal digits of the content's hash stand in a name.
_HASH = 10
# What is made by the program itself, some of it with the help of templates.
_MADE = ("feed:rss", "feed:atom", "feed:json", "article:json", "calendar:ics")
# Folders of the layouts in which there are no templates.
_OTHERS = ("assets/", "words/")


class Theme(msgspec.Struct, frozen=True):
    """The templates and assets of a site.

    `assets` are under their own names. `templates` has the fingerprint of every template with all
    that it uses, and with the words of the interface, which are in `words` by language. `stamp` is
    that of the signatures of all files in the folders, or "" where one was being written just now.
    """

    folders: tuple[str, ...]
    templates: dict[str, str]
    words: dict[str, dict[str, Forms]]
    assets: tuple[Copy, ...]
    # The same, those that only templates name with the hash of their content in their names.
    hashed: tuple[Copy, ...]
    problems: tuple[Diagnostic, ...]
    stamp: str


def default_layouts() -> Path:
    """The folder of the default theme: in the wheel inside of the package, else beside it."""
    inside = _PACKAGE / "layouts"
    return inside if inside.is_dir() else _PACKAGE.parent / "layouts"


def read_theme(
    root: Path,
    layouts: str,
    cache: SiteCache,
    now: int,
    changed: frozenset[Path] | None = None,
) -> Theme:
    """The theme as it is on the disk; as the cache has it, where no file of it has changed.

    `changed` are all files that can have; None looks at all of the theme's.
    """
    folders = _folders(root / layouts)
    encoded = cache.get(_STATE)
    last = msgspec.msgpack.decode(encoded, type=Theme) if encoded is not None else None
    if last and _is_untouched(last, folders, root / layouts, changed):
        return last
    stamp = _stamp(folders, now)
    if last and stamp and last.stamp == stamp:
        return last
    from generator.catalogues import read_catalogues
    from generator.render.closure import Closures

    words, wrong = read_catalogues(folders, layouts)
    closures = Closures(folders, root)
    names = {name for folder in folders for name in _templates(folder)}
    said = fingerprint(words)
    prints = {
        name: fingerprint(said, closures.fingerprint(name)) for name in (*sorted(names), *_MADE)
    }
    problems = (*wrong, *closures.problems, *_unused(folders, closures.used(), layouts))
    assets = _assets(folders)
    theme = Theme(tuple(map(str, folders)), prints, words, assets, _hashed(assets), problems, stamp)
    cache.keep(state={_STATE: msgspec.msgpack.encode(theme)})
    return theme


def _is_untouched(
    last: Theme, folders: tuple[Path, ...], own: Path, changed: frozenset[Path] | None
) -> bool:
    if changed is None or not last.stamp or last.folders != tuple(map(str, folders)):
        return False
    places = (own, *folders)
    return not any(path.is_relative_to(place) for path in changed for place in places)


def _folders(site_layouts: Path) -> tuple[Path, ...]:
    """Where templates and assets are looked for: the site's own layouts before the theme's."""
    default = default_layouts()
    own = site_layouts.resolve()
    return (own, default) if own.is_dir() and own != default else (default,)


def _unused(folders: tuple[Path, ...], used: set[str], layouts: str) -> Iterator[Diagnostic]:
    """The site's own templates that stand for none of the theme's and that none of them names."""
    known = _templates(folders[-1])
    for name in _templates(folders[0]) if len(folders) > 1 else ():
        if name not in known and name not in used:
            hint = did_you_mean(name, known)
            yield warning(f"{layouts}/{name}", "no page uses this template", hint=hint)


def _files(folder: Path) -> list[Path]:
    return sorted(
        path
        for path in folder.rglob("*")
        if path.is_file()
        and not any(part.startswith(".") for part in path.relative_to(folder).parts)
    )


def _stamp(folders: tuple[Path, ...], now: int) -> str:
    seen = [(str(path), signature_of(path)) for folder in folders for path in _files(folder)]
    if any(each is None or not settled(each, now) for _, each in seen):
        return ""
    return fingerprint([str(folder) for folder in folders], seen)


def _templates(folder: Path) -> list[str]:
    names = (path.relative_to(folder).as_posix() for path in _files(folder))
    return [name for name in names if not name.startswith(_OTHERS)]


def _assets(folders: tuple[Path, ...]) -> tuple[Copy, ...]:
    """Every file of a theme's `assets/`, published under `/assets/`; the site's own come first."""
    found: dict[str, Path] = {}
    for folder in folders:
        for path in _files(folder / "assets") if (folder / "assets").is_dir() else ():
            found.setdefault(path.relative_to(folder / "assets").as_posix(), path)
    return tuple(
        Copy(f"assets/{name}", str(path), fingerprint_bytes(path.read_bytes()), name)
        for name, path in sorted(found.items())
    )


def _hashed(assets: tuple[Copy, ...]) -> tuple[Copy, ...]:
    """The assets under names that change with their content, so that browsers may keep them.

    One whose name stands in another asset, as a font's in a style sheet, keeps its name.
    """
    texts = {
        each.origin: Path(each.source).read_text(encoding="utf-8", errors="replace")
        for each in assets
        if each.origin.endswith(_NAMING)
    }

    def renamed(asset: Copy) -> Copy:
        folder, _, name = asset.path.rpartition("/")
        if any(name in text for origin, text in texts.items() if origin != asset.origin):
            return asset
        stem, dot, suffix = name.rpartition(".")
        path = f"{folder}/{stem or name}.{asset.fingerprint[:_HASH]}{dot}{suffix if stem else ''}"
        return msgspec.structs.replace(asset, path=path)

    return tuple(map(renamed, assets))
