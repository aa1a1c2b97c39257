"""What a text is about in a few words, chosen so that a small edit chooses the same ones.

Of the body count the words that it says again and again, wherever they stand, and those that it
begins with; from elsewhere in a text a word is taken only where the text is short. So an edit in
the middle of an article, or a sentence added to it, leaves its keywords as they were, unless it
makes another word one of the most frequent.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator
from functools import cache
from itertools import pairwise

from generator.common_words import COMMON_WORDS
from generator.scripts import has_unspaced, unspaced
from generator.text import Measure

COUNT = 24
# Pairs of characters say less than words do, and there are more of them.
PAIRS = 40
_FREQUENT = 12
_OFTEN = 4
# How much of a text is its beginning, in characters; more of it is read where that is not enough.
_BEGINNING = 300
_MORE = 1_200

# Anything but white space, controls, and the punctuation and signs of Unicode's first plane. What is
# left out of `\w`, the vowel signs of many scripts, is a part of words here.
_WORD = re.compile(
    "[^\\s\x00-/:-@\\[-`{-\xbf\u2000-\u206f\u2190-\u2bff\u3000-\u303f\uff00-\uff0f\uff1a-\uff20"
    "\U0001f000-\U0001faff]{3,}"
)


def keywords(named: str, body: str, measure: Measure) -> str:
    """Up to 24 words in lower case, and up to 40 pairs of CJK characters, in alphabetical order.

    They are joined by spaces, which none of them has.

    `named` is what stands before the body (title, summary and the like), `body` the body's plain
    text, `measure` the body's. No common words and no numbers.
    """
    found = _words(named, body, measure.words)
    if measure.characters or has_unspaced(named):
        found |= _pairs(named, body)
    return " ".join(sorted(found))


def _words(named: str, body: str, words: Iterable[str]) -> set[str]:
    # Counted where no punctuation touches them: to take it off would cost more than all the rest.
    counts = [
        (-count, word)
        for word, count in Counter(words).items()
        if count >= _OFTEN and word not in COMMON_WORDS
    ]
    frequent = [word for _, word in sorted(counts) if _WORD.fullmatch(word)]
    found = set(frequent[:_FREQUENT])
    _fill(found, f"{named} {_beginning(body, _BEGINNING)}")
    if len(found) < COUNT and len(body) > _BEGINNING:
        _fill(found, _beginning(body, _MORE))
    return found


def _fill(found: set[str], text: str) -> None:
    """Adds words of the text, in their order, until there are enough; no common ones, no numbers."""
    if has_unspaced(text):
        text = unspaced().sub(" ", text)
    for word in _WORD.findall(text.lower()):
        if word not in COMMON_WORDS and not word.isdecimal():
            found.add(word)
            if len(found) == COUNT:
                return


def _beginning(text: str, length: int) -> str:
    """The text's first characters, without a word that is cut."""
    return text if len(text) <= length else text[:length].rpartition(" ")[0] or text[:length]


def _pairs(named: str, body: str) -> set[str]:
    """Pairs of neighbouring characters, the usual index terms of text without spaces.

    Nie, Gao, Zhang and Zhou, "On the use of words and n-grams for Chinese information retrieval",
    2000: pairs find nearly as much as a dictionary's words.
    """
    counts = Counter(_neighbours(body))
    frequent = sorted((-count, pair) for pair, count in counts.items() if count >= _OFTEN)
    found = {pair for _, pair in frequent[: PAIRS // 2]}
    others = dict.fromkeys(_neighbours(f"{named} {body[:_BEGINNING]}"))
    found.update([pair for pair in others if pair not in found][: PAIRS - len(found)])
    return found


@cache
def _runs() -> re.Pattern[str]:
    """What is written without spaces; hiragana writes the grammar of Japanese, and hardly a theme."""
    return re.compile("[\u0e00-\u0e7f\u30a1-\u30ff\u3400-\u4dbf\u4e00-\u9fff\uac00-\ud7af]{2,}")


def _neighbours(text: str) -> Iterator[str]:
    for run in _runs().findall(text):
        for first, second in pairwise(run):
            pair = first + second
            if pair not in COMMON_WORDS:
                yield pair


def joined_pairs(words: Iterable[str]) -> list[str]:
    """The words, and pairs of CJK characters put together where one goes on with another.

    量子, 子計 and 計算 are 量子計算: what a reader knows.
    """
    found = sorted(words)
    pairs = {word[0]: word for word in found if len(word) == 2 and _runs().fullmatch(word)}
    ends = {word[1] for word in pairs.values()}
    inner = set(pairs.values())
    joined = [word for word in found if word not in inner]
    while pairs:
        # Where pairs go round in a ring, it has no beginning.
        first = next((each for each in pairs if each not in ends), next(iter(pairs)))
        text = first
        while text[-1] in pairs:
            text += pairs.pop(text[-1])[1]
        joined.append(text)
    return joined
