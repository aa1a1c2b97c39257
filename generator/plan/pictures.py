"""Images: which files are made of each, and how pages show them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from posixpath import splitext

import msgspec

from generator.config import Config, ImageSettings
from generator.fingerprint import fingerprint
from generator.images.recipe import Recipe
from generator.model import Asset, ImageHeader, Picture
from generator.routes import url
from generator.text import slugify
from generator.views import Copy

# What feeds, e-mail and previews of links are sent, and readers' programs without WebP.
_FALLBACK_WIDTH = 1200
# The format of the fallback. A GIF that was scaled has more colours than one can hold.
_FALLBACKS = {"jpeg": "jpeg", "png": "png", "webp": "webp", "gif": "png", "avif": "webp"}
_SUFFIXES = {"jpeg": ("jpg", "jpeg"), "png": ("png",), "webp": ("webp",), "gif": ("gif",),
             "avif": ("avif",)}  # fmt: skip
# The formats that can be stripped though they move.
_STRIPPED_MOVING = ("png", "webp", "gif")
_HASH_DIGITS = 8


class _Variants(msgspec.Struct, frozen=True):
    """The files made of one shown image by their paths, and the one that every reader can show."""

    recipes: dict[str, Recipe]
    fallback: str
    width: int
    height: int


def picture_of(asset: Asset, path: str, config: Config) -> Picture | None:
    """How pages show the asset that is published at `path`; None where its size is not known."""
    header = asset.image
    if header is None:
        return None
    if not _is_scaled(header, config.images):
        return Picture(url(path, config), header.width, header.height)
    variants = _variants(asset, header, path, config.images)
    candidates = (
        f"{_in_set(url(name, config))} {recipe.width}w"
        for name, recipe in variants.recipes.items()
        if recipe.format == "webp"
    )
    return Picture(
        url(variants.fallback, config),
        variants.width,
        variants.height,
        ", ".join(candidates),
        config.images.sizes,
    )


def asset_copies(
    assets: Iterable[Asset], paths: dict[str, str], shown: frozenset[str], config: Config
) -> Iterator[Copy]:
    """The files that are published of the assets: each, and the variants of those `shown`.

    `paths` are their places from the site's root; `shown` names those that a page shows.
    """
    for asset in assets:
        path = paths.get(asset.path)
        if path is None or asset.is_damaged:
            continue
        source = f"{config.content.folder}/{asset.path}"
        recipe = _bare(asset.image, config.images)
        print_ = fingerprint(asset.fingerprint, recipe) if recipe else asset.fingerprint
        yield Copy(path.lstrip("/"), source, print_, asset.path, recipe)
        header = asset.image
        if header is not None and asset.path in shown and _is_scaled(header, config.images):
            for name, each in _variants(asset, header, path, config.images).recipes.items():
                print_ = fingerprint(asset.fingerprint, each)
                yield Copy(name.lstrip("/"), source, print_, asset.path, each)


def _is_scaled(header: ImageHeader, settings: ImageSettings) -> bool:
    return settings.process and header.format in _FALLBACKS and not header.is_animated


def _bare(header: ImageHeader | None, settings: ImageSettings) -> Recipe | None:
    """How the file itself is published, where it is not published as it is."""
    if header is None or not settings.process or header.format not in _FALLBACKS:
        return None
    if header.is_animated:
        if header.is_bare or header.format not in _STRIPPED_MOVING:
            return None
        return Recipe(header.format, header.format)
    if header.is_bare and header.orientation == 1:
        return None
    # A GIF can neither be turned nor hold a place.
    return Recipe(header.format, header.format, header.orientation)


def _variants(asset: Asset, header: ImageHeader, path: str, settings: ImageSettings) -> _Variants:
    stem, suffix = splitext(path)
    folder, _, name = stem.rpartition("/")
    recipes: dict[str, Recipe] = {}

    def add(form: str, width: int) -> str:
        height = max(1, round(header.height * width / header.width))
        quality = settings.quality
        recipe = Recipe(header.format, form, header.orientation, width, height, quality)
        mark = fingerprint(asset.fingerprint, recipe)[:_HASH_DIGITS]
        ending = f"{width}w.{mark}.{_SUFFIXES[form][0]}"
        variant = f"{folder}/{slugify(name) or 'image'}-{ending}"
        recipes[variant] = recipe
        return variant

    for width in _widths(header.width, settings.widths):
        add("webp", width)
    width = min(header.width, _FALLBACK_WIDTH)
    form = _FALLBACKS[header.format]
    is_its_own = width == header.width and suffix.lower().lstrip(".") in _SUFFIXES[form]
    fallback = path if is_its_own else add(form, width)
    return _Variants(recipes, fallback, width, max(1, round(header.height * width / header.width)))


def _widths(own: int, wanted: tuple[int, ...]) -> tuple[int, ...]:
    """The widths below the image's own, and its own where that is not more than the largest."""
    below = tuple(width for width in wanted if width < own)
    return below if wanted and own > wanted[-1] else (*below, own)


def _in_set(address: str) -> str:
    """An address as one of several: a comma would end it."""
    return address.replace(",", "%2C")
