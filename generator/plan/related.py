"""Articles to read next: those chosen by hand, then those that share most, and what is shared.

The score of a pair is the sum of the weights of what both have: terms of any taxonomy, and keywords
of their texts. The weight is that of BM25 (Robertson and Zaragoza, "The Probabilistic Relevance
Framework: BM25 and Beyond", 2009, section 3), which falls with the number n of articles that have
it, in whole halves of a bit:

    log2(1 + (articles - n + 0.5) / (n + 0.5))

The formula's other factors, for frequency and length, are 1: an article has each keyword once, and
about as many as any other. `articles` is the next power of two, so that one article more does not
move every score. A subject that an editor named weighs twice as much as a word that is as rare, and
one word alone relates nothing.

Candidates are the nearest few in time under each of an article's terms and rarest words, so that
the work grows with the number of articles and not with its square. Equal scores are ordered by
nearness in time, then by file name.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from datetime import UTC, datetime, timedelta
from math import log2
from operator import neg
from typing import NamedTuple

import msgspec

from generator.keywords import joined_pairs
from generator.model import Article
from generator.plan.terms import TermIndex

COUNT = 4
# How many shared terms or words are named.
SHARED = 3
NEIGHBOURS = 5
_RAREST = 6
# What stands in more than so many articles is passed over: a word when that is more than a
# twentieth of all, a term when it is more than half.
_FEW = 20
# Taxonomies that tell who and not what: sharing one of their terms is no more than sharing a word.
_WHO = ("authors", "audiences", "publishers")
# Sums of weights hold what they are made of, too: a term counts as two words there.
_WORD = 1 << 16
_TERM = 2 * _WORD
_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)


class Match(msgspec.Struct, frozen=True):
    """An article to read next, and the names of what is shared with it, at most three."""

    article: Article
    shares: tuple[str, ...] = ()


class Holders(msgspec.Struct, frozen=True):
    """A term or word, what sharing it adds to a score, and the numbers of the articles with it.

    One that so few or so many have that it is passed over adds nothing. Terms have a place in the
    order of all terms, and a name.
    """

    name: str
    worth: int
    articles: Sequence[int]
    place: int = -1

    @property
    def summary(self) -> tuple[int, int, str]:
        """How many have it, what it is worth, and a term's name."""
        return len(self.articles), self.worth, self.name if self.place >= 0 else ""

    def near(self, number: int) -> Sequence[int]:
        """Those of the articles that are next to this one, which is one of them, in time."""
        if len(self.articles) <= NEIGHBOURS:
            return self.articles
        place = bisect_left(self.articles, number)
        return self.articles[max(0, place - NEIGHBOURS) : place + NEIGHBOURS + 1]

    def around(self, places: Iterable[int], margin: int) -> Iterator[int]:
        """Those of the articles that stand within so many steps of any of some places among all."""
        for place in places:
            at = bisect_left(self.articles, place)
            yield from self.articles[max(0, at - margin) : at + margin + 1]


class _Held(NamedTuple):
    """The terms and words of one article that are worth anything."""

    subjects: list[Holders]
    who: list[Holders]
    words: list[Holders]


class Related:
    """Answers, for one selection of articles (newest first), what is related to each of them."""

    def __init__(self, articles: Sequence[Article], indexes: Sequence[TermIndex]) -> None:
        self._articles = articles
        self._indexes = indexes
        self._numbers = {article.source: number for number, article in enumerate(articles)}
        self._moments = [moment_of(each) for each in articles]
        self._held: dict[int, _Held] = {}
        # Every term and word, those that are passed over, too.
        self.holders: dict[str, Holders] = {}
        total = len(articles)
        for index in indexes:
            times = 1 if index.taxonomy.name in _WHO else 2
            for slug, term in index.terms.items():
                numbers = [self._numbers[article.source] for article in term.articles]
                worth = _known(_TERM + _weight(total, len(numbers)) * times, numbers, total // 2)
                held = Holders(term.name, worth, numbers, len(self.holders))
                self.holders[_name(index, slug)] = held
        for word, numbers in _by_keyword(articles).items():
            worth = _known(_WORD + _weight(total, len(numbers)), numbers, total // 20)
            self.holders[word] = Holders(word, worth, numbers)

    def names_of(self, article: Article) -> Iterator[str]:
        """The article's terms and words, as they are in `holders`."""
        for index in self._indexes:
            for slug in index.slugs_of(article):
                yield _name(index, slug)
        yield from article.keywords.split()

    def places(self, source: str, before: int | None) -> Iterator[int]:
        """Where an article stands among all, and where one that was of the moment `before` would."""
        if source in self._numbers:
            yield self._numbers[source]
        if before is not None:
            # The newest come first; of one moment there may be several.
            yield bisect_left(self._moments, -before, key=neg)
            yield bisect_right(self._moments, -before, key=neg)

    def to(self, article: Article, chosen: Sequence[Article] = ()) -> tuple[Match, ...]:
        """Those chosen, filled up to four with the closest ones; each with what it shares.

        None is a part of the article's own story: the page lists those anyway.
        """
        number = self._numbers[article.source]
        found = [
            self._numbers[each.source]
            for each in chosen
            if not article.story or each.story != article.story
        ]
        if len(found) < COUNT:
            more = [each for each in self._closest(number) if each not in found]
            found += more[: COUNT - len(found)]
        shared = self._shared(number, found)
        return tuple(
            Match(self._articles[each], names) for each, names in zip(found, shared, strict=True)
        )

    def _closest(self, number: int) -> list[int]:
        """The closest first; of so many candidates only those that can be wanted are ranked."""
        article, moment = self._articles[number], self._moments[number]
        scores = {
            other: score % _WORD
            for other, score in self._scores(number).items()
            if score >= 2 * _WORD
        }
        if article.story:
            for other in [each for each in scores if self._articles[each].story == article.story]:
                del scores[other]
        least = sorted(scores.values())[-COUNT:][:1]
        ranked = sorted(
            (-score, abs(self._moments[other] - moment), self._articles[other].source, other)
            for other, score in scores.items()
            if score >= least[0]
        )
        return [other for _, _, _, other in ranked]

    def _scores(self, number: int) -> dict[int, int]:
        scores: dict[int, int] = {}
        held = self._held_by(number)
        rarest = sorted(held.words, key=_rarity)[:_RAREST]
        for holders in (*held.subjects, *held.who, *rarest):
            worth = holders.worth
            for other in holders.near(number):
                scores[other] = scores.get(other, 0) + worth
        scores.pop(number, None)
        return scores

    def _shared(self, number: int, others: Iterable[int]) -> Iterator[tuple[str, ...]]:
        """For each other: the names of shared subjects; else of words; else who it is by or for.

        Neither the choice nor the order depends on how rare they are, which other articles change.
        """
        own = self._held_by(number)
        for other in others:
            held = self._held_by(other)
            names = _among(own.subjects, held.subjects)
            if not names:
                names = _among(own.words, held.words)
                if len(names) < 2:
                    names = _among(own.who, held.who) or names
                else:
                    names = sorted(joined_pairs(names), key=lambda word: (-len(word), word))
            yield tuple(dict.fromkeys(names))[:SHARED]

    def _held_by(self, number: int) -> _Held:
        found = self._held.get(number)
        if found is None:
            found = self._held[number] = self._find_held(self._articles[number])
        return found

    def _find_held(self, article: Article) -> _Held:
        subjects: list[Holders] = []
        who: list[Holders] = []
        for index in self._indexes:
            terms = [self.holders[_name(index, slug)] for slug in index.slugs_of(article)]
            known = who if index.taxonomy.name in _WHO else subjects
            known += sorted((each for each in terms if each.worth), key=_place)
        words = [self.holders[word] for word in article.keywords.split()]
        return _Held(subjects, who, [each for each in words if each.worth])


def moment_of(article: Article) -> int:
    """An article's date in microseconds since 1970."""
    return (article.date - _EPOCH) // timedelta(microseconds=1)


def _name(index: TermIndex, slug: str) -> str:
    """What a term is called among all terms and words: no word has a slash."""
    return f"{index.taxonomy.name}/{slug}"


def _known(worth: int, numbers: Sequence[int], most: int) -> int:
    return worth if 1 < len(numbers) <= max(_FEW, most) else 0


def _weight(articles: int, holders: int) -> int:
    """The weight of what so many of the articles have, in halves of a bit."""
    total = 1 << articles.bit_length()
    return round(2 * log2(1 + (total - holders + 0.5) / (holders + 0.5)))


def _by_keyword(articles: Iterable[Article]) -> dict[str, list[int]]:
    found: defaultdict[str, list[int]] = defaultdict(list)
    for number, article in enumerate(articles):
        for word in article.keywords.split():
            found[word].append(number)
    return found


def _among(one: Iterable[Holders], other: Iterable[Holders]) -> list[str]:
    """The names of what both have, in the order of the terms or words."""
    names = {each.name for each in one}
    return [each.name for each in other if each.name in names]


def _place(holders: Holders) -> int:
    return holders.place


def _rarity(holders: Holders) -> tuple[int, str]:
    return -holders.worth, holders.name
