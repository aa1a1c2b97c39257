"""What a short text says, word by word, so that two texts can be held against each other."""

from __future__ import annotations

import re
from collections.abc import Sequence, Set
from unicodedata import normalize

import msgspec

from generator.scripts import has_unspaced

# Words with their apostrophes, and the signs that tell C++ from C.
_WORD = re.compile(r"[^\W_]+(?:['’][^\W_]+)*[+#]*")
# Words that only hold others together.
_SMALL = frozenset(
    "a an the of for in to at by and that is are was were be been has have had will its it this "
    "der die das den dem des ein eine einen einem einer eines und von vom für im in am zu zum zur "
    "ist sind war wird hat le la les un une de du et à au aux en est sont a été l d el los las una "
    "y del al por para es son fue se ha".split()
)
# Words that turn the meaning of the others around.
_NEGATIONS = frozenset(
    "not no never without neither nor cannot nicht kein keine keinen nie ohne ne pas non jamais "
    "sans nunca sin не нет без لا لم لن ليس غير".split()
)
_NEGATING_SIGNS = re.compile("[不没沒未無无非]|ない")
# Forms of one word begin alike for so many letters, and end in one of these.
_STEM = 4
_ENDINGS = frozenset(
    ["", *"s es e d ed ing er ers al als ion ions t te ten en n ern em r a o os as".split()]
)


class Wording(msgspec.Struct, frozen=True):
    """A text's words in their order, in lower case.

    `words` are all of them; `told` those that are not small ones; `marks` those of `told` that are
    names or numbers; `negations` those that turn the meaning around, in alphabetical order. Texts
    with forms of one word have one of the `keys` in common.
    """

    words: tuple[str, ...]
    told: tuple[str, ...]
    marks: tuple[str, ...]
    negations: tuple[str, ...]
    keys: frozenset[str]


def wording(text: str) -> Wording:
    """The text's wording; a text without words is one word."""
    plain = text if text.isascii() else normalize("NFKC", text)
    found: list[str] = _WORD.findall(plain) or [plain]
    every: list[str] = []
    told: list[str] = []
    marks: list[str] = []
    negations: list[str] = _NEGATING_SIGNS.findall(plain)
    for place, word in enumerate(found):
        folded = word.casefold().replace("’", "'")
        every.append(folded)
        if folded in _NEGATIONS or folded.endswith("n't"):
            negations.append(folded)
        elif has_unspaced(word):
            told += [folded[at : at + 2] for at in range(len(folded) - 1)] or [folded]
        elif folded not in _SMALL or (len(word) == 1 and word.isupper() and place):
            told.append(folded)
            if word != folded or not word.isalpha():
                marks.append(folded)
    told = told or every
    keys = frozenset([word[:_STEM] for word in told])
    return Wording(tuple(every), tuple(told), tuple(marks), tuple(sorted(negations)), keys)


def lacking(words: Sequence[str], others: Sequence[str]) -> frozenset[str]:
    """Those of the words of which the others have no form."""
    return frozenset(
        word
        for word in {*words}.difference(others)
        if not any(_is_a_form(word, other) for other in others)
    )


def agree(one: Wording, other: Wording, missing: Set[str], of_other: Set[str]) -> bool:
    """Whether two texts can tell the same: neither denies it, or names others, or in another order.

    `missing` are the words of `one` of which `other` has no form, and the other way round.
    """
    if one.negations != other.negations:
        return False
    if not missing.isdisjoint(one.marks) and not of_other.isdisjoint(other.marks):
        return False
    common = [mark for mark in one.marks if mark in other.marks]
    return common == [mark for mark in other.marks if mark in one.marks]


def _is_a_form(word: str, other: str) -> bool:
    if word[:_STEM] != other[:_STEM] or not (word.isalpha() and other.isalpha()):
        return False
    same = _STEM
    for sign, another in zip(word[_STEM:], other[_STEM:], strict=False):
        if sign != another:
            break
        same += 1
    return word[same:] in _ENDINGS and other[same:] in _ENDINGS
