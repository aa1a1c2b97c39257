"""Writing systems: text as fonts without a shaping engine can show it, and in which direction."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable
from functools import cache
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    # Loaded where a text is in Arabic letters.
    from arabic_reshaper import ArabicReshaper

_ARABIC = re.compile("[\u0600-\u06ff\u0750-\u077f]")
# Hebrew, Arabic, and the scripts and forms beside them.
_RIGHT_TO_LEFT = re.compile("[\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufeff]")
_NO_BREAK = "\u00a0"
# A variation selector: no text that fonts can show has it any more.
_MARK = "\ufe0e"


def readable(text: str, covers: Callable[[str], bool]) -> str:
    """The text in characters that the fonts have, in reading order, Arabic letters joined.

    Signs that they lack, such as emoji, are left out; where they lack a letter or figure, nothing
    remains: a text with holes would say something else.
    """
    text = joined(unicodedata.normalize("NFC", text))
    shown = []
    for character in text:
        kind = unicodedata.category(character)
        if kind == "Zs":
            narrow = unicodedata.decomposition(character).startswith("<noBreak>")
            shown.append(_NO_BREAK if narrow else " ")
        elif covers(character):
            shown.append(character)
        else:
            plain = unicodedata.normalize("NFKC", character)
            if plain != character and all(map(covers, plain)):
                shown.append(plain)
            elif kind[0] in "LN":
                return ""
    return " ".join(filter(None, "".join(shown).split(" ")))


def joined(text: str) -> str:
    """The text with each Arabic letter in the form that its neighbours give it (Unicode 9.2)."""
    return _reshaper().reshape(text) if _ARABIC.search(text) else text


@cache
def _reshaper() -> ArabicReshaper:
    from arabic_reshaper import ArabicReshaper

    return ArabicReshaper()


def is_right_to_left(text: str) -> bool:
    """Whether the first letter that has a direction is read to the left (UAX #9, P2 and P3)."""
    for character in text:
        direction = unicodedata.bidirectional(character)
        if direction in ("L", "R", "AL"):
            return direction != "L"
    return False


def in_order_of_sight(line: str, *, right_to_left: bool) -> str:
    """The characters of a line from left to right, by the Unicode bidirectional algorithm."""
    if not _RIGHT_TO_LEFT.search(line):
        return line
    from bidi import get_display
    from bidi.mirror import MIRRORED

    # The library orders brackets and does not turn them. A mark that belongs to the character
    # before it shows how each was read: to the left, if it stands before the bracket now.
    marked = "".join(each + _MARK if each in MIRRORED else each for each in line)
    seen: str = get_display(marked, base_dir="R" if right_to_left else "L")
    signs = re.escape("".join(sorted(MIRRORED)))
    return re.sub(
        f"{_MARK}(?P<turned>.)|(?P<plain>[{signs}]){_MARK}",
        lambda found: found["plain"] or MIRRORED[found["turned"]],
        seen,
    )
