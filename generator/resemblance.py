"""How much of two texts is the same, and a short sketch of each by which few pairs are looked at.

Broder, "On the resemblance and containment of documents", 1997: two texts resemble each other as
much as their sets of shingles (here: three words in a row) overlap, and a few shingles, chosen from
each text in the same way, show which pairs may. For the sketch of a long text a shingle is a whole
sentence, since it has so few of them that this costs next to nothing; for that of a short one it is
a few words. The chosen ones are the first by alphabet.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from itertools import combinations
from struct import pack, unpack
from zlib import crc32

from generator.text import measure

_CHOSEN = 8
# A text with so many sentences is sketched by them, one with at most so many by rows of words; one
# that is both, in both ways, so that a sentence more does not hide what is the same.
_MANY = 6
_FEW = 10
_ROW = 4
_LEAST_CHARACTERS = 20
# What more articles have is a formula of the newsletter.
_FORMULA = 12
# Texts with fewer shingles are too short to be told from each other by them.
_LEAST_SHINGLES = 20


def sketch(text: str) -> bytes:
    """Up to eight shingles of a text, as the four bytes of a checksum each; or of both kinds."""
    parts = text.replace(". ", ".\n").split("\n")
    sentences = {each for each in parts if len(each) >= _LEAST_CHARACTERS}
    chosen = sorted(sentences)[:_CHOSEN] if len(sentences) >= _MANY else []
    if len(sentences) <= _FEW:
        words = measure(text).words
        rows = {" ".join(words[at : at + _ROW]) for at in range(len(words) - _ROW + 1)}
        chosen += sorted(rows)[:_CHOSEN]
    return pack(f"<{len(chosen)}I", *(crc32(each.encode()) for each in chosen))


def candidates(sketches: Mapping[str, bytes]) -> list[tuple[str, str]]:
    """The pairs of names whose sketches have a quarter in common, in order."""
    # Most shingles are of one text alone.
    every = b"".join(sketches.values())
    shared = {each for each, count in Counter(_shingles_of(every)).items() if count > 1}
    holders: dict[int, list[str]] = {each: [] for each in shared}
    for name, each in sketches.items():
        for shingle in shared.intersection(_shingles_of(each)):
            holders[shingle].append(name)
    common: Counter[tuple[str, str]] = Counter()
    for names in holders.values():
        if 1 < len(names) <= _FORMULA:
            common.update(combinations(names, 2))
    least = {name: len(each) // 16 for name, each in sketches.items()}
    return sorted(
        pair for pair, count in common.items() if count >= min(least[pair[0]], least[pair[1]])
    )


def _shingles_of(sketch: bytes) -> tuple[int, ...]:
    return unpack(f"<{len(sketch) // 4}I", sketch)


def resemblance(text: str, other: str) -> float:
    """The share of shingles that both texts have, from 0 to 1; 0 where one is too short to tell."""
    first, second = _shingles(measure(text).words), _shingles(measure(other).words)
    if min(len(first), len(second)) < _LEAST_SHINGLES:
        return 0.0
    return len(first & second) / len(first | second)


def _shingles(words: Iterable[str]) -> set[tuple[str, str, str]]:
    words = list(words)
    return set(zip(words, words[1:], words[2:], strict=False))
