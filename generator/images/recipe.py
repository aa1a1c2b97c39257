"""What is to be made of an image file: a value that, with the file's bytes, decides the result."""

from __future__ import annotations

import msgspec


class Recipe(msgspec.Struct, frozen=True, array_like=True):
    """A file derived of an image that is an `original` format (`jpeg`, `png`, `webp`, `gif`, `avif`).

    With a `width` and a `height`, in pixels as they are shown, it is scaled to them and encoded as
    `format` with that `quality` (1 to 100); without, it is the picture as it is, upright and
    stripped of its metadata. `orientation` is EXIF's, from 1 to 8.
    """

    original: str
    format: str
    orientation: int = 1
    width: int = 0
    height: int = 0
    quality: int = 0
