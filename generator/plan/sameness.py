"""Which events of one date are the same event, told by several articles.

Two articles tell the same event where they cite the same source for it, or where their words are
nearly the same: the Jaccard coefficient of the two sets of words (Manning, Raghavan and Schütze,
Introduction to Information Retrieval, 2008, section 3.3.4) is at least 0.6, both or neither are
denied, and not each of them has a name or a number that the other one lacks. Where one has a word
that the other has no form of, both wordings are shown: nobody is quoted with what only another
says. Pairs are found by their rarest words (prefix filtering: Bayardo, Ma and Srikant, Scaling Up
All Pairs Similarity Search, 2007), so that the work does not grow with the square of the events.
What is alike is joined step by step, the most alike first; two different events of one article are
never joined.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import combinations
from typing import NamedTuple

import msgspec

from generator.fingerprint import stamp
from generator.plan.wording import Wording, agree, lacking, wording

# At least this part of all words of two texts stands in both.
_ALIKE, _OF = 3, 5
# So few events are compared with each other at once.
_FEW = 12
# A word that more events of one date have is too common to find two of them by.
_COMMON = 50


class Telling(msgspec.Struct, frozen=True):
    """An event as an article tells it: its file, the words, the addresses of the sources."""

    article: str
    text: str
    sources: tuple[str, ...] = ()


class Judged(msgspec.Struct, frozen=True):
    """The events of one date (see `same_events`), with the stamp of their tellings."""

    stamp: bytes
    events: list[list[list[int]]]


def judged(tellings: Sequence[Telling], last: Judged | None) -> Judged:
    """The events of one date; those of the last plan, where it knew the same tellings."""
    now = stamp(tellings)
    return last if last and last.stamp == now else Judged(now, same_events(tellings))


def same_events(tellings: Sequence[Telling]) -> list[list[list[int]]]:
    """The events of one date, as numbers of tellings in groups that can be shown in one wording.

    A group's first number is its first telling; events and groups are in the order of theirs.
    """
    groups = _Groups([telling.article for telling in tellings])
    first: dict[tuple[str, ...], int] = {}
    wordings: dict[int, Wording] = {}
    for number, telling in enumerate(tellings):
        told = wording(telling.text)
        earlier = first.setdefault(told.words, number)
        groups.join(earlier, number)
        if earlier == number:
            wordings[number] = told
    alike = _alike(wordings)
    for pair in alike:
        if pair.is_one_wording:
            groups.join_of_several(pair.one, pair.other)
    worded = groups.numbers()
    for pair in alike:
        groups.join_of_several(pair.one, pair.other)
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


class _Pair(NamedTuple):
    """Two tellings of nearly the same words, the most alike first in order."""

    difference: float
    one: int
    other: int
    # Whether each has a form of every word of the other.
    is_one_wording: bool


def _alike(wordings: Mapping[int, Wording]) -> list[_Pair]:
    """The pairs of nearly the same words, by the tellings' numbers, the most alike first."""
    pairs = []
    for one, other in _candidates({number: each.keys for number, each in wordings.items()}):
        first, second = wordings[one], wordings[other]
        # Most pairs have hardly a word in common: to look at their forms would take most of the time.
        if len(first.keys & second.keys) * _OF < min(len(first.keys), len(second.keys)) * _ALIKE:
            continue
        missing, of_other = lacking(first.told, second.told), lacking(second.told, first.told)
        shared = min(len({*first.told}) - len(missing), len({*second.told}) - len(of_other))
        union = shared + len(missing) + len(of_other)
        if shared * _OF >= union * _ALIKE and agree(first, second, missing, of_other):
            pairs.append(_Pair(-shared / union, one, other, not missing and not of_other))
    return sorted(pairs)


def _candidates(words: Mapping[int, frozenset[str]]) -> Iterator[tuple[int, int]]:
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
