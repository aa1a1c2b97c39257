"""The fonts that are shipped: which of them shows which character, and how wide a text is."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator
from functools import lru_cache
from itertools import groupby
from pathlib import Path
from typing import Literal

import msgspec
from PIL.ImageFont import FreeTypeFont, Layout, truetype

Face = Literal["serif", "sans"]

_FOLDER = Path(__file__).parent / "fonts"
_FILES = {"serif": "serif.ttf", "sans": "sans.ttf"}
_OTHERS = ("hebrew.ttf", "arabic.ttf", "cjk.otf")
_EAST_ASIAN = "cjk.otf"
# Signs that both Latin and Chinese or Japanese fonts have, there as wide as a character.
_WIDE_SIGNS = frozenset("—‘’“”…·")
# In pixels: widths at any other size follow from those at this one, as nothing is hinted.
_MEASURED = 100
# How many widths are kept: the words of some thousand titles.
_KEPT = 32_768


class Fonts:
    """The fonts, each read when it is first needed; kept as long as this is."""

    def __init__(self) -> None:
        data = (_FOLDER / "coverage.json").read_bytes()
        coverage = msgspec.json.decode(data, type=dict[str, list[tuple[int, int]]])
        self._firsts = {name: [first for first, _ in each] for name, each in coverage.items()}
        self._lasts = {name: [last for _, last in each] for name, each in coverage.items()}
        self.width = lru_cache(maxsize=_KEPT)(self._width)
        self._font_of = lru_cache(maxsize=_KEPT)(self._find_font)
        self._sized = lru_cache(maxsize=128)(_read)

    def covers(self, character: str) -> bool:
        """Whether any of the fonts, under either face, has the character."""
        return bool(self._font_of("serif", character)) and bool(self._font_of("sans", character))

    def runs(self, text: str, face: Face, size: int) -> Iterator[tuple[str, FreeTypeFont]]:
        """The text in parts, each with the font that shows it at a size in pixels."""
        for name, run in self._runs(text, face):
            yield run, self._sized(name, size)

    def _width(self, text: str, face: Face) -> float:
        """The width of a text in ems."""
        runs = self.runs(text, face, _MEASURED)
        return sum(font.getlength(run) for run, font in runs) / _MEASURED

    def _runs(self, text: str, face: Face) -> Iterator[tuple[str, str]]:
        wide = any(self._font_of(face, character) == _EAST_ASIAN for character in text)

        def name(character: str) -> str:
            if wide and character in _WIDE_SIGNS:
                return _EAST_ASIAN
            return self._font_of(face, character)

        for found, characters in groupby(text, name):
            yield found, "".join(characters)

    def _find_font(self, face: Face, character: str) -> str:
        """The file of the first font that has the character; "" where none has."""
        code = ord(character)
        for name in (_FILES[face], *_OTHERS):
            place = bisect_right(self._firsts[name], code) - 1
            if place >= 0 and code <= self._lasts[name][place]:
                return name
        return ""


def _read(name: str, size: int) -> FreeTypeFont:
    # What the other engine finds in a text depends on the libraries of the machine.
    return truetype(_FOLDER / name, size, layout_engine=Layout.BASIC)
