"""Which events of one date are the same event, told by several articles.

Two articles tell the same event where they cite the same source for it, or where their words are
nearly the same: the Jaccard coefficient of the two sets of words (Manning, Raghavan and Schütze,
Introduction to Information Retrieval, 2008, section 3.3.4) is at least 0.6, and not each of them
has a name or a number that the other one lacks. Pairs are found by their rarest words (prefix
filtering: Bayardo, Ma and Srikant, Scaling Up All Pairs Similarity Search, 2007), so that the work
does not grow with the square of the events. What is alike is joined step by step, the most alike
first; two different events of one article are never joined.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from functools import lru_cache
from itertools import combinations
from unicodedata import normalize

import msgspec

# At least this part of all words of two texts stands in both.
_ALIKE, _OF = 3, 5
# Words that differ only after so many letters are forms of one word: reject, rejects, rejecting.
_STEM = 6
# Small words of fewer letters, such as `the` and `der`, tell nothing.
_SMALL = 4
# So few events are compared with each other at once.
_FEW = 12
# A word that more events of one date have is too common to find two of them by.
_COMMON = 50
_WORD = re.compile(r"[^\W_]+")
# Scripts that are written without spaces: Thai, Chinese, Japanese; Hangul joins its particles.
_UNSPACED = re.compile("[\u0e00-\u0e7f\u3040-\u30ff\u3400-\u4dbf\u4e00-\u9fff\uac00-\ud7af]+")


class Telling(msgspec.Struct, frozen=True):
    """An event as an article tells it: its file, the words, the addresses of the sources."""

    article: str
    text: str
    sources: tuple[str, ...] = ()


def same_events(tellings: Sequence[Telling]) -> list[list[list[int]]]:
    """The events of one date, as numbers of tellings in groups of nearly the same words.

    A group's first number is its first telling; events and groups are in the order of theirs.
    Where several groups are one event, only their source is the same.
    """
    groups = _Groups([telling.article for telling in tellings])
    first: dict[frozenset[str], int] = {}
    for number, telling in enumerate(tellings):
        groups.join(first.setdefault(_words(telling.text), number), number)
    for one, other in _alike(tellings, {number: words for words, number in first.items()}):
        groups.join_of_several(one, other)
    worded = groups.numbers()
    for cited in _by_source(tellings):
        _join_cited(groups, cited, tellings)
    parts: dict[int, list[list[int]]] = {}
    for part in worded:
        parts.setdefault(groups.first(part[0]), []).append(part)
    return list(parts.values())


def _by_source(tellings: Sequence[Telling]) -> Iterable[list[int]]:
    found: dict[str, list[int]] = {}
    for number, telling in enumerate(tellings):
        for source in telling.sources:
            found.setdefault(source, []).append(number)
    return found.values()


def _join_cited(groups: _Groups, cited: Sequence[int], tellings: Sequence[Telling]) -> None:
    """Joins the tellings of one source, each to the first event of which it can be a telling."""
    events: list[int] = []
    # Groups only grow: what an article's last event could not join, its next one cannot either.
    tried: dict[str, int] = {}
    for number in cited:
        article = tellings[number].article
        place = tried.get(article, 0)
        while place < len(events) and not groups.join_of_several(events[place], number):
            place += 1
        if place == len(events):
            events.append(number)
        tried[article] = place


class _Groups:
    """Tellings that are joined, by their numbers."""

    def __init__(self, articles: Sequence[str]) -> None:
        self._members = [[number] for number in range(len(articles))]
        self._articles = [{article} for article in articles]
        self._group = list(range(len(articles)))

    def join(self, one: int, other: int) -> None:
        """Makes the groups of two tellings one."""
        into, away = self._group[one], self._group[other]
        if len(self._members[into]) < len(self._members[away]):
            into, away = away, into
        if into == away:
            return
        for number in self._members[away]:
            self._group[number] = into
        self._members[into] += self._members[away]
        self._articles[into] |= self._articles[away]

    def join_of_several(self, one: int, other: int) -> bool:
        """Joins them if no article has a part in both; says whether they are one group now."""
        into, away = self._group[one], self._group[other]
        if into != away:
            if not self._articles[into].isdisjoint(self._articles[away]):
                return False
            self.join(one, other)
        return True

    def first(self, number: int) -> int:
        """The first telling of a telling's group."""
        return min(self._members[self._group[number]])

    def numbers(self) -> list[list[int]]:
        """All groups as they are now, in the order of their first tellings."""
        found: dict[int, list[int]] = {}
        for number, group in enumerate(self._group):
            found.setdefault(group, []).append(number)
        return list(found.values())


def _alike(tellings: Sequence[Telling], words: dict[int, frozenset[str]]) -> list[tuple[int, int]]:
    """The pairs of nearly the same words, by the tellings' numbers, the most alike first."""
    pairs = []
    for one, other in _candidates(words):
        shared = len(words[one] & words[other])
        union = len(words[one]) + len(words[other]) - shared
        if shared * _OF >= union * _ALIKE:
            first, second = _marks(tellings[one].text), _marks(tellings[other].text)
            if not (first - words[other] and second - words[one]):
                pairs.append((-shared / union, one, other))
    return [(one, other) for _, one, other in sorted(pairs)]


def _candidates(words: dict[int, frozenset[str]]) -> Iterator[tuple[int, int]]:
    """Pairs that can be alike: two sets that are alike share one of each one's rarest words."""
    if len(words) <= _FEW:
        yield from combinations(words, 2)
        return
    counts = Counter(word for each in words.values() for word in each)
    by_word: dict[str, list[int]] = {}
    for number, own in words.items():
        shared = -(-len(own) * _ALIKE // _OF)
        rarest = sorted(own, key=lambda word: (counts[word], word))[: len(own) - shared + 1]
        rarest = [word for word in rarest if 1 < counts[word] <= _COMMON]
        for other in sorted({other for word in rarest for other in by_word.get(word, ())}):
            yield other, number
        for word in rarest:
            by_word.setdefault(word, []).append(number)


def _words(text: str) -> frozenset[str]:
    """The words of a text that tell something, each cut to its stem; never none."""
    found: list[str] = _WORD.findall(text if text.isascii() else normalize("NFKC", text))
    told = [part for word in found for part in _parts(word)]
    return frozenset(told or map(str.casefold, found) or (text,))


@lru_cache(maxsize=1024)
def _marks(text: str) -> frozenset[str]:
    """Those of a text's words that are names or numbers."""
    found = _WORD.findall(normalize("NFKC", text))
    marks = (word for word in found if word.casefold() != word or not word.isalpha())
    return frozenset(part for word in marks for part in _parts(word))


@lru_cache(maxsize=16_384)
def _parts(word: str) -> tuple[str, ...]:
    """What a word counts as: its stem, pairs of its signs, or nothing."""
    folded = word.casefold()
    if not word.isascii() and _UNSPACED.search(word):
        return tuple(folded[i : i + 2] for i in range(len(folded) - 1)) or (folded,)
    if len(word) < _SMALL and (word.islower() or word.istitle()):
        return ()
    return (folded[:_STEM],)
