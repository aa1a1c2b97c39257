"""The default theme and the site's own layouts: the folders of templates, and the assets."""

from __future__ import annotations

from pathlib import Path

from generator.fingerprint import fingerprint_bytes
from generator.views import Copy

_PACKAGE = Path(__file__).resolve().parent


def default_layouts() -> Path:
    """The folder of the default theme: in the wheel inside of the package, else beside it."""
    inside = _PACKAGE / "layouts"
    return inside if inside.is_dir() else _PACKAGE.parent / "layouts"


def folders(site_layouts: Path) -> tuple[Path, ...]:
    """Where templates and assets are looked for: the site's own layouts before the theme's."""
    default = default_layouts()
    own = site_layouts.resolve()
    return (own, default) if own.is_dir() and own != default else (default,)


def assets(layouts: tuple[Path, ...]) -> tuple[Copy, ...]:
    """Every file of the theme's `assets/`, published under `/assets/`; the site's own come first."""
    found: dict[str, Path] = {}
    for folder in layouts:
        base = folder / "assets"
        for path in sorted(base.rglob("*")):
            name = path.relative_to(base).as_posix()
            if path.is_file() and not any(part.startswith(".") for part in name.split("/")):
                found.setdefault(name, path)
    return tuple(
        Copy(f"assets/{name}", str(path), fingerprint_bytes(path.read_bytes()), name)
        for name, path in sorted(found.items())
    )
