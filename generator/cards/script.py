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
# What is written for a sign without which a text would say something else.
_PLAIN_SIGNS = {
    "≤": "<=", "≥": ">=", "≠": "!=", "≈": "~", "∼": "~", "≡": "=", "≪": "<<", "≫": ">>",
    "→": "->", "←": "<-", "↔": "<->", "⇒": "=>", "⇔": "<=>", "➔": "->", "➜": "->",
    "−": "-",
}  # fmt: skip
_NO_BREAK = "\u00a0"
# A variation selector: no text that fonts can show has it any more.
_MARK = "\ufe0e"


def readable(text: str, covers: Callable[[str], bool]) -> str:
    """The text in characters that the fonts have, in reading order, Arabic letters joined.

    Signs that they lack are written in others or, such as emoji, left out; where they lack a letter
    or figure, nothing remains: a text with holes would say something else.
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
            plain = _PLAIN_SIGNS.get(character) or unicodedata.normalize("NFKC", character)
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


def is_right_to_left(text: str, direction: str) -> bool:
    """Whether a text in a language of that direction, `rtl` or `ltr`, is laid out to the left.

    Where all letters are of the other scripts, it is in another language than it is said to be.
    """
    if direction == "rtl":
        return True
    directions = set(map(unicodedata.bidirectional, text))
    return "L" not in directions and not directions.isdisjoint(("R", "AL"))


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
