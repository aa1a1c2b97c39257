"""Strips what cameras and programs write into images beside the picture, such as where it was taken.

The picture itself stays bit for bit: Pillow could only encode it again. Kept is what decides how it
looks: colour profiles, transparency, resolution, animation.
"""

from __future__ import annotations

import re
from zlib import crc32

# JPEG (ITU-T T.81, B.1.1.3): markers that stand alone, and the end of entropy-coded data.
_LONE = frozenset((0x01, *range(0xD0, 0xD8)))
_MARKER = re.compile(rb"\xff+[^\x00\xd0-\xd7\xff]")
_SCAN, _END = 0xDA, 0xD9
_COMMENT = 0xFE
# Application segments that decide how the picture looks: JFIF, the colour profile, Adobe's colours.
_KEPT_SEGMENTS = {0xE0: b"JFIF\x00", 0xE2: b"ICC_PROFILE\x00", 0xEE: b"Adobe"}

_PNG = b"\x89PNG\r\n\x1a\n"
# PNG (third edition, 4.2): what says nothing but how the picture looks.
_KEPT_CHUNKS = frozenset(
    b"IHDR PLTE IDAT IEND tRNS cHRM gAMA iCCP sBIT sRGB cICP mDCV cLLI bKGD hIST pHYs sPLT "
    b"acTL fcTL fdAT".split()
)
# GIF (89a): what begins a block.
_GIF_IMAGE, _GIF_EXTENSION, _GIF_END = 0x2C, 0x21, 0x3B
# Extensions that are of the picture: text that is drawn in it, how long it stands; of what programs
# add, how often it moves, and the colour profile.
_KEPT_EXTENSIONS = (0x01, 0xF9)
_GIF_APPLICATION = 0xFF
_KEPT_APPLICATIONS = (b"NETSCAPE2.0", b"ANIMEXTS1.0", b"ICCRGBG1012")
# WebP (RFC 9649, 2.7): the flags of the extended header that announce EXIF and XMP.
_WEBP_METADATA = 0b0000_1100


class Broken(ValueError):
    """The file ends too early, or is not made as its format demands."""


def stripped(data: bytes, form: str) -> bytes:
    """The image file without its metadata: JPEG, PNG, WebP and GIF; another format as it is.

    Raises Broken.
    """
    try:
        if form == "jpeg":
            return _jpeg(data)
        if form == "png":
            return _png(data)
        if form == "gif":
            return _gif(data)
        return _webp(data) if form == "webp" else data
    except IndexError:
        raise _cut() from None


def _cut() -> Broken:
    return Broken("the image is not whole: its file ends too early")


def _jpeg(data: bytes) -> bytes:
    """Up to the end of the picture: cameras append others, with metadata of their own."""
    kept = [data[:2]]
    place = 2
    while True:
        found = _MARKER.search(data, place)
        if not found:
            raise _cut()
        start, kind = found.end() - 2, data[found.end() - 1]
        if kind == _END:
            return b"".join((*kept, data[start : start + 2]))
        if kind in _LONE:
            place = start + 2
            continue
        length = int.from_bytes(data[start + 2 : start + 4])
        end = start + 2 + length
        if length < 2 or end > len(data):
            raise _cut()
        if _is_kept(kind, data[start + 4 : end]):
            if kind == _SCAN:
                scan_end = _MARKER.search(data, end)
                end = scan_end.end() - 2 if scan_end else len(data)
            kept.append(data[start:end])
        place = end


def _is_kept(kind: int, content: bytes) -> bool:
    if 0xE0 <= kind <= 0xEF:
        return kind in _KEPT_SEGMENTS and content.startswith(_KEPT_SEGMENTS[kind])
    return kind != _COMMENT


def _png(data: bytes) -> bytes:
    kept = [_PNG]
    place = len(_PNG)
    kind = b""
    while kind != b"IEND":
        length = int.from_bytes(data[place : place + 4])
        kind = data[place + 4 : place + 8]
        end = place + 12 + length
        if end > len(data):
            raise _cut()
        if kind in _KEPT_CHUNKS:
            if crc32(data[place + 4 : end - 4]) != int.from_bytes(data[end - 4 : end]):
                raise Broken("the image is damaged: a checksum in it is wrong")
            kept.append(data[place:end])
        place = end
    return b"".join(kept)


def _webp(data: bytes) -> bytes:
    end = 8 + int.from_bytes(data[4:8], "little")
    if end > len(data):
        raise _cut()
    kept = []
    place = 12
    while place + 8 <= end:
        kind = data[place : place + 4]
        length = int.from_bytes(data[place + 4 : place + 8], "little")
        following = place + 8 + length + length % 2
        if place + 8 + length > end:
            raise _cut()
        if kind == b"VP8X":
            flags = data[place + 8] & ~_WEBP_METADATA
            kept.append(data[place : place + 8] + bytes((flags,)) + data[place + 9 : following])
        elif kind not in (b"EXIF", b"XMP "):
            kept.append(data[place:following])
        place = following
    chunks = b"".join(kept)
    return b"RIFF" + (len(chunks) + 4).to_bytes(4, "little") + b"WEBP" + chunks


def _gif(data: bytes) -> bytes:
    """Without comments and what programs add for themselves; nothing behind the picture's end."""
    place = 13 + _colours(data[10])
    kept = [data[:place]]
    # Many files lack the end, or have a byte too many between blocks; they are shown all the same.
    while place < len(data) and (kind := data[place]) != _GIF_END:
        end = place + 1
        is_kept = False
        if kind == _GIF_IMAGE:
            # Its measures, its colours, and the width of its codes.
            end = _past_blocks(data, place + 11 + _colours(data[place + 9]))
            is_kept = True
        elif kind == _GIF_EXTENSION:
            end = _past_blocks(data, place + 2)
            is_kept = _is_kept_extension(data[place + 1], data[place + 3 : place + 14])
        if is_kept:
            kept.append(data[place:end])
        place = end
    return b"".join((*kept, bytes((_GIF_END,))))


def _is_kept_extension(label: int, application: bytes) -> bool:
    if label == _GIF_APPLICATION:
        return application in _KEPT_APPLICATIONS
    return label in _KEPT_EXTENSIONS


def _colours(flags: int) -> int:
    """How many bytes the table of colours takes that the flags announce."""
    return 3 << (flags & 0b111) + 1 if flags & 0b1000_0000 else 0


def _past_blocks(data: bytes, place: int) -> int:
    """The place after a row of sub-blocks, which one without content ends."""
    while length := data[place]:
        place += 1 + length
    return place + 1
