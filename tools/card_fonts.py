"""Makes the fonts of share cards from those of Debian's packages: `python tools/card_fonts.py DIR`.

DIR is the folder of Debian's fonts (`/usr/share/fonts`) with fonts-noto-core, fonts-noto-extra and
fonts-noto-cjk in it. Needs fonttools and uharfbuzz.
"""

from __future__ import annotations

import json
import sys
from collections.abc import Iterable
from itertools import pairwise, product
from pathlib import Path
from typing import Any

import uharfbuzz
from fontTools import subset
from fontTools.ttLib import TTFont, newTable
from fontTools.ttLib.tables._k_e_r_n import KernTable_format_0
from fontTools.ttLib.tables.ttProgram import Program

FONTS = Path(__file__).parents[1] / "generator" / "cards" / "fonts"

_LATIN = [
    (0x20, 0x24F), (0x259, 0x259), (0x2BB, 0x2BD), (0x300, 0x345), (0x370, 0x3FF), (0x400, 0x52F),
    (0x1E00, 0x1EFF), (0x2010, 0x2027), (0x2030, 0x205E), (0x2070, 0x20CF), (0x2100, 0x218F),
    (0x2190, 0x2199), (0x2200, 0x22FF), (0x25A0, 0x25FF), (0xFB00, 0xFB04),
]  # fmt: skip
_HEBREW = [(0x5D0, 0x5F4), (0x20AA, 0x20AA)]
_ARABIC = [(0x600, 0x6FF), (0x750, 0x77F), (0xFB50, 0xFDFF), (0xFE70, 0xFEFF)]
_EAST_ASIAN_SIGNS = [
    (0x2010, 0x2027), (0x2030, 0x203E), (0x2460, 0x249B), (0x3000, 0x30FF), (0x3131, 0x318E),
    (0x31F0, 0x31FF), (0xFF01, 0xFFEE),
]  # fmt: skip

_NOTO = "truetype/noto"
_SOURCES = {
    "serif.ttf": (f"{_NOTO}/NotoSerifDisplay-SemiCondensedSemiBold.ttf", _LATIN),
    "sans.ttf": (f"{_NOTO}/NotoSans-Medium.ttf", _LATIN),
    "hebrew.ttf": (f"{_NOTO}/NotoSerifHebrew-Bold.ttf", _HEBREW),
    "arabic.ttf": (f"{_NOTO}/NotoNaskhArabic-Bold.ttf", _ARABIC),
    "cjk.otf": ("opentype/noto/NotoSerifCJK-Bold.ttc", _EAST_ASIAN_SIGNS),
}
# Pairs that are kerned: letters, figures and the signs that stand beside them.
_KERNED = [(0x21, 0x7E), (0xC0, 0x17F), (0x370, 0x3FF), (0x400, 0x45F), (0x2013, 0x2026)]
# Switches dropout control on, and by being there the automatic hinter off (OpenType, `prep`).
_UNHINTED = bytes.fromhex("b801ff85b0048db00021")
# What the format's length, of 16 bits, can say.
_MOST_PAIRS = 10_920


def main(folder: Path) -> None:
    """Writes all fonts, and which characters each has."""
    coverage = {}
    for name, (source, ranges) in _SOURCES.items():
        wanted = {code for first, last in ranges for code in range(first, last + 1)}
        if name == "cjk.otf":
            wanted |= set(_east_asian())
        font = _subset(folder / source, wanted)
        if name in ("serif.ttf", "sans.ttf"):
            _kern(font, folder / source)
        if name.endswith(".ttf"):
            font["prep"] = newTable("prep")
            font["prep"].program = Program()
            font["prep"].program.fromBytecode(_UNHINTED)
        font.save(FONTS / name)
        coverage[name] = _ranges(font.getBestCmap())
    text = json.dumps(coverage, separators=(",", ":")).replace('],"', '],\n"')
    (FONTS / "coverage.json").write_text(text + "\n", encoding="ascii")


def _east_asian() -> Iterable[int]:
    """The characters of the national standards GB 2312, Big5 (level 1), JIS X 0208, KS X 1001.

    Of the Korean one the syllables alone.
    """
    for codec, first, last, kinds in (
        ("gb2312", 0xA1, 0xFE, (0x4E00, 0x9FFF)),
        ("big5", 0xA4, 0xC6, (0x4E00, 0x9FFF)),
        ("shift_jis", 0x81, 0xFC, (0x4E00, 0x9FFF)),
        ("euc_kr", 0xA1, 0xFE, (0xAC00, 0xD7A3)),
    ):
        for lead, trail in product(range(first, last + 1), range(0x40, 0xFF)):
            text = bytes((lead, trail)).decode(codec, "ignore")
            if len(text) == 1 and kinds[0] <= ord(text) <= kinds[1]:
                yield ord(text)


def _subset(path: Path, wanted: set[int]) -> TTFont:
    options = subset.Options()
    options.layout_features = []
    options.hinting = False
    options.notdef_outline = True
    # The copyright, the version, and the licence with its address.
    options.name_IDs = [0, 1, 2, 5, 13, 14]
    options.font_number = 2  # Simplified Chinese, in the collection of five languages
    font = subset.load_font(str(path), options)
    subsetter = subset.Subsetter(options)
    subsetter.populate(unicodes=wanted)
    subsetter.subset(font)
    return font


def _kern(font: TTFont, source: Path) -> None:
    """Gives the font the kerning of its source in the old form, which needs no shaping engine."""
    shaper = uharfbuzz.Font(uharfbuzz.Face(source.read_bytes()))
    glyphs = font.getBestCmap()
    codes = [code for first, last in _KERNED for code in range(first, last + 1) if code in glyphs]
    alone = {code: _advance(shaper, chr(code)) for code in codes}
    pairs = {}
    for left, right in product(codes, codes):
        kern = _advance(shaper, chr(left) + chr(right)) - alone[left] - alone[right]
        if kern:
            pairs[glyphs[left], glyphs[right]] = kern
    widest = sorted(pairs.items(), key=lambda item: (-abs(item[1]), item[0]))[:_MOST_PAIRS]
    table = KernTable_format_0()
    table.coverage = 1
    table.kernTable = dict(sorted(widest))
    made: Any = newTable("kern")
    made.version = 0
    made.kernTables = [table]
    font["kern"] = made


def _advance(shaper: uharfbuzz.Font, text: str) -> int:
    buffer = uharfbuzz.Buffer()
    buffer.add_str(text)
    buffer.guess_segment_properties()
    uharfbuzz.shape(shaper, buffer, {"liga": False, "clig": False})
    return sum(place.x_advance for place in buffer.glyph_positions)


def _ranges(codes: Iterable[int]) -> list[list[int]]:
    """The codes as ranges of [first, last]."""
    ordered = sorted(codes)
    gaps = [(a, b) for a, b in pairwise(ordered) if b != a + 1]
    firsts = [ordered[0], *(b for _, b in gaps)]
    lasts = [*(a for a, _ in gaps), ordered[-1]]
    return [list(each) for each in zip(firsts, lasts, strict=True)]


if __name__ == "__main__":
    main(Path(sys.argv[1]))
