"""What an image file says of itself before it is decoded: format, size, orientation, animation."""

from __future__ import annotations

import re
import warnings
from contextlib import suppress
from importlib import import_module
from io import BytesIO
from typing import TYPE_CHECKING
from xml.parsers.expat import ExpatError, ParserCreate

from generator.images.metadata import Broken, stripped
from generator.images.unshown import HINT
from generator.model import ImageHeader

if TYPE_CHECKING:
    from PIL.ImageFile import ImageFile

# More can be a few kilobytes that fill the memory when they are decoded.
MOST_PIXELS = 100_000_000

# Pillow's names. MPO is a JPEG with further pictures behind it, which telephones write.
_FORMATS = {"JPEG": "jpeg", "MPO": "jpeg", "PNG": "png", "WEBP": "webp", "GIF": "gif",
            "AVIF": "avif"}  # fmt: skip
_PLUGINS = ("Jpeg", "Png", "WebP", "Gif", "Avif")
_PILLOW_FORMATS = ("JPEG", "PNG", "WEBP", "GIF", "AVIF")
_ORIENTATION = 0x0112
_TURNED = (5, 6, 7, 8)
# What an ISO media file (ISO/IEC 14496-12, 4.3) says that it can be read as.
_AVIF_BRANDS = frozenset((b"avif", b"avis"))
_HEIF_BRANDS = frozenset(
    b"heic heix hevc hevx heim heis hevm hevs mif1 mif2 msf1 miaf jpeg".split()
)
# How every text in XML begins, in the encodings that it may have.
_XML = re.compile(rb"(?:\xef\xbb\xbf|\xff\xfe|\xfe\xff)?[\s\0]*<")
# What a viewBox or an attribute of an SVG must stand in to be found.
_SVG_START = 65_536


class BadImage(ValueError):
    """The file is no image that can be shown; `hint` says how to mend it."""

    def __init__(self, message: str, hint: str = "") -> None:
        super().__init__(message)
        self.hint = hint


def read_header(source: str, data: bytes) -> ImageHeader | None:
    """The header of the image file `source`; None where it does not say how large it is.

    The format is the real one, whatever the suffix. Raises BadImage.
    """
    is_drawing = source.lower().endswith(".svg") and _XML.match(data) is not None
    return _svg(data) if is_drawing else _raster(data)


def open_image(data: bytes) -> ImageFile:
    """The image in a file's bytes, not decoded yet. Raises what Pillow raises."""
    # Pillow is loaded only where there is an image to be read, with no more than these formats.
    from PIL import Image

    for name in _PLUGINS:
        import_module(f"PIL.{name}ImagePlugin")
    with warnings.catch_warnings():
        # Its own warning begins at another number of pixels, and stands in no file's line.
        warnings.simplefilter("ignore")
        return Image.open(BytesIO(data), formats=_PILLOW_FORMATS)


def _raster(data: bytes) -> ImageHeader | None:
    from PIL import Image, UnidentifiedImageError, features

    try:
        image = open_image(data)
    except Image.DecompressionBombError:
        raise _too_large() from None
    except UnidentifiedImageError:
        brands = _brands(data)
        if brands & _AVIF_BRANDS and not features.check("avif"):
            # A Pillow without AVIF: the file is published as it is.
            return None
        raise _unknown(brands) from None
    except Exception:  # a decoder can raise anything at bytes that are not what they say
        raise _damaged() from None
    with image:
        width, height = image.size
        if width * height > MOST_PIXELS:
            raise _too_large()
        form = _FORMATS[image.format or ""]
        orientation = _orientation(image.info.get("exif", b""))
        animated = form != "jpeg" and bool(getattr(image, "is_animated", False))
    try:
        is_bare = form != "avif" and stripped(data, form) == data
    except Broken as why:
        raise BadImage(str(why), "copy the file again from where it came from") from None
    if orientation in _TURNED:
        width, height = height, width
    return ImageHeader(form, width, height, orientation, animated, is_bare)


def _brands(data: bytes) -> frozenset[bytes]:
    """What an ISO media file says that it is; of another file nothing."""
    if data[4:8] != b"ftyp":
        return frozenset()
    box = data[8 : int.from_bytes(data[:4])]
    # Between the first and the others stands the number of a version.
    return frozenset((box[:4], *(box[place : place + 4] for place in range(8, len(box), 4))))


def _unknown(brands: frozenset[bytes]) -> BadImage:
    if brands & _HEIF_BRANDS and not brands & _AVIF_BRANDS:
        return BadImage("the image is HEIC, which browsers do not show", HINT)
    return BadImage(
        "the image is damaged, or in a format that is not known here",
        "save it again as JPEG, PNG or WebP",
    )


def _orientation(exif: bytes) -> int:
    """How the camera was held (EXIF 2.32, tag 0x0112), from 1 to 8; 1 is upright."""
    if not exif:
        return 1
    from PIL.Image import Exif

    found = Exif()
    try:
        found.load(exif)
        orientation = int(found.get(_ORIENTATION, 1))
    except Exception:  # what a camera wrote wrongly is as good as nothing
        return 1
    return orientation if 1 <= orientation <= 8 else 1


def _too_large() -> BadImage:
    millions = MOST_PIXELS // 1_000_000
    return BadImage(f"the image has more than {millions} million pixels", "make it smaller")


def _damaged() -> BadImage:
    return BadImage("the image is damaged", "copy the file again from where it came from")


def _svg(data: bytes) -> ImageHeader | None:
    """The size of a drawing: of its width and height in pixels, else of its viewBox."""
    elements: list[tuple[str, dict[str, str]]] = []
    parser = ParserCreate(namespace_separator=" ")
    parser.StartElementHandler = lambda name, attributes: elements.append((name, attributes))
    # What is wrong after the first element does not matter here.
    with suppress(ExpatError):
        parser.Parse(data[:_SVG_START], False)
    if not elements or elements[0][0].rpartition(" ")[2] != "svg":
        return None
    root = elements[0][1]
    width, height = (_pixels(root.get(name, "")) for name in ("width", "height"))
    if not (width and height):
        box = [_pixels(each) for each in root.get("viewBox", "").replace(",", " ").split()]
        width, height = box[2:] if len(box) == 4 else (0, 0)
    return ImageHeader("svg", width, height) if width and height else None


def _pixels(text: str) -> int:
    try:
        return max(0, round(float(text.removesuffix("px"))))
    except (ValueError, OverflowError):
        return 0
