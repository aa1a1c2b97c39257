"""Image files for tests, made by Pillow: of any format and size, with what cameras add to them."""

from __future__ import annotations

from io import BytesIO
from typing import Any

from PIL import Image

LAT = (48.0, 51.0, 29.6)


def picture(width: int, height: int) -> Image.Image:
    """A picture whose upper left is red and whose lower right is blue."""
    across = Image.linear_gradient("L").rotate(90).resize((width, height))
    down = Image.linear_gradient("L").resize((width, height))
    return Image.merge("RGB", (Image.eval(across, lambda level: 255 - level), down, across))


def image(form: str, width: int = 64, height: int = 48, **options: Any) -> bytes:
    """An image file of that format; `options` are Pillow's."""
    return encoded(picture(width, height), form, **options)


def encoded(made: Image.Image, form: str, **options: Any) -> bytes:
    """A picture as the bytes of a file."""
    out = BytesIO()
    made.save(out, form, **options)
    return out.getvalue()


def camera_data(orientation: int) -> Image.Exif:
    """What a telephone writes into a photograph: how it was held, by what, and where."""
    exif = Image.Exif()
    exif[0x0112] = orientation
    exif[0x010F] = "SecretCamera"
    place = exif.get_ifd(0x8825)
    place[1], place[2] = "N", LAT
    return exif


def photo(width: int, height: int, orientation: int = 1) -> bytes:
    """A JPEG as a telephone stores it."""
    made = picture(width, height)
    xmp = b"<x:xmpmeta xmlns:x='adobe:ns:meta/'>SecretPlace</x:xmpmeta>"
    exif = camera_data(orientation)
    return encoded(made, "JPEG", quality=90, exif=exif, comment=b"SecretNote", xmp=xmp)


def opened(data: bytes) -> Image.Image:
    """The picture in a file's bytes, decoded."""
    found = Image.open(BytesIO(data))
    found.load()
    return found
