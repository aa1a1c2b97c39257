"""Draws a share card: a PNG picture of 1200 by 630 pixels."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import lru_cache, partial

from PIL import Image, ImageDraw

from generator.cards.fonts import Face, Fonts
from generator.cards.layout import Setting, Step, fitted, steps
from generator.cards.png import png
from generator.cards.script import in_order_of_sight, is_right_to_left, readable
from generator.views import ShareCard

# What readers of Open Graph show whole: 1.91 to 1, in pixels.
_WIDTH, _HEIGHT = 1200, 630
_MARGIN = 72
_INNER = _WIDTH - 2 * _MARGIN

_PAPER, _INK, _ACCENT = (253, 251, 246), (30, 27, 23), (140, 29, 24)
# Degrees of cover from paper to a colour; with both ramps the picture has 16 colours, 4 bits each.
_INK_LEVELS, _ACCENT_LEVELS = 9, 6

_NAME_SIZES = tuple(Step(size, 1) for size in (44, 38, 32))
_SMALL_SIZES = (Step(27, 1),)
_TITLE_SIZES = (112, 102, 92, 84, 76, 68, 60, 54)
_TITLE_LINES = 4
# Baselines and edges, from the top.
_NAME_BASE, _RULE_TOP, _RULE, _LABEL_BASE, _FOOT_RULE, _FOOT_BASE = 104, 130, 9, 200, 540, 584
_TITLE_TOP, _TITLE_BOTTOM = 218, 522
_TITLE_TOP_ALONE = 168
# Hebrew, Arabic, and all of East Asia.
_TALL = re.compile("[\u0590-\u08ff\u2e80-\uffff]")
# From the top of a line to its baseline, and between baselines, in ems; Latin lines are closer than those of scripts with taller forms.
_ASCENT, _LEADING, _TALL_LEADING = 0.88, 1.12, 1.3


class Painter:
    """Draws any number of cards; equal texts give equal bytes."""

    def __init__(self) -> None:
        self._fonts = Fonts()
        # The same for most cards of a site.
        self._ground = lru_cache(maxsize=8)(self._draw_ground)
        self._readable = lru_cache(maxsize=1024)(partial(readable, covers=self._fonts.covers))

    def draw(self, card: ShareCard, date: str, direction: str) -> bytes:
        """The card as PNG, with its date in words; `direction` is that of its language.

        A title that the fonts cannot show gives way to the publication's name, and that to the host.
        """
        title = self._readable(card.title)
        name = self._readable(card.publication) or card.host
        mirrored = is_right_to_left(title or name, direction)
        ground = self._ground(name if title else "", card.host, mirrored)
        sheet = _Sheet(self._fonts, ground, mirrored)
        label = self._readable(card.label)
        if label:
            self._small(sheet, card.label, _LABEL_BASE)
            sheet.accent(_LABEL_BASE)
        self._title(sheet, title or name, _TITLE_TOP if label else _TITLE_TOP_ALONE)
        self._small(sheet, date, _FOOT_BASE)
        return sheet.png()

    def _draw_ground(self, name: str, host: str, mirrored: bool) -> Image.Image:
        """What cards of one site have in common: rules, the publication's name, and its address."""
        image = Image.new("L", (_WIDTH, _HEIGHT), 0)
        sheet = _Sheet(self._fonts, image, mirrored)
        sheet.rule(_RULE_TOP, _RULE)
        sheet.rule(_RULE_TOP + _RULE + 4, 1)
        sheet.rule(_FOOT_RULE, 1)
        sheet.line(self._fit(name, "serif", _NAME_SIZES), "serif", _NAME_BASE)
        sheet.line(self._fit(host, "sans", _SMALL_SIZES), "sans", _FOOT_BASE, at_end=True)
        return sheet.image

    def _small(self, sheet: _Sheet, text: str, base: int) -> None:
        sheet.line(self._fit(self._readable(text), "sans", _SMALL_SIZES), "sans", base)

    def _fit(self, text: str, face: Face, sizes: Sequence[Step]) -> Setting:
        return fitted(text, partial(self._fonts.width, face=face), _INNER, sizes)

    def _title(self, sheet: _Sheet, title: str, top: int) -> None:
        leading = _TALL_LEADING if _TALL.search(title) else _LEADING
        sizes = steps(_TITLE_SIZES, _TITLE_BOTTOM - top, leading, _TITLE_LINES)
        setting = self._fit(title, "serif", sizes)
        base = top + setting.size * _ASCENT
        for number, line in enumerate(setting.lines):
            place = round(base + number * setting.size * leading)
            sheet.line(Setting(setting.size, (line,)), "serif", place)


class _Sheet:
    """One card while it is drawn. `mirrored` for texts that are read to the left.

    Every pixel holds a number of the palette; drawing blends between 0, which is paper, and ink.
    """

    def __init__(self, fonts: Fonts, ground: Image.Image, mirrored: bool) -> None:
        self.image = ground.copy()
        self._fonts = fonts
        self._mirrored = mirrored
        self._draw = ImageDraw.Draw(self.image)

    def rule(self, top: int, thickness: int) -> None:
        """A rule over the whole width."""
        box = (_MARGIN, top, _WIDTH - _MARGIN - 1, top + thickness - 1)
        self._draw.rectangle(box, fill=_INK_LEVELS)

    def line(self, setting: Setting, face: Face, base: int, *, at_end: bool = False) -> None:
        """One line on a baseline, at the edge where lines begin, or at the other."""
        text = in_order_of_sight(setting.lines[0], right_to_left=self._mirrored)
        runs = tuple(self._fonts.runs(text, face, setting.size))
        left = float(_MARGIN)
        if at_end != self._mirrored:
            left = _WIDTH - _MARGIN - sum(font.getlength(run) for run, font in runs)
        for place, (run, font) in enumerate(runs, 1):
            self._draw.text((left, base), run, _INK_LEVELS, font, anchor="ls")
            if place < len(runs):
                left += font.getlength(run)

    def accent(self, base: int) -> None:
        """Gives the small line on a baseline the second colour."""
        box = (0, base - 34, _WIDTH, base + 14)
        self.image.paste(self.image.crop(box).point(_TO_ACCENT), box)

    def png(self) -> bytes:
        """The picture's file."""
        return png(self.image, _PALETTE)


def _palette() -> bytes:
    ramps = ((_INK, _INK_LEVELS), (_ACCENT, _ACCENT_LEVELS))
    colours = [
        _PAPER,
        *(_mixed(each, n / most) for each, most in ramps for n in range(1, most + 1)),
    ]
    return bytes(part for colour in colours for part in colour)


def _mixed(colour: tuple[int, int, int], cover: float) -> tuple[int, ...]:
    return tuple(
        round(paper + (ink - paper) * cover) for paper, ink in zip(_PAPER, colour, strict=True)
    )


_PALETTE = _palette()
# From degrees of ink to the nearest of the second colour.
_TO_ACCENT = [0] + [
    _INK_LEVELS + max(1, round(min(level, _INK_LEVELS) * _ACCENT_LEVELS / _INK_LEVELS))
    for level in range(1, 256)
]
