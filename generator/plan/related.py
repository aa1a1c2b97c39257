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

What is related to an article follows from the article, and from who else has each of its terms and
words. While none of these has changed since the last plan, neither has the answer.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable, Iterator, Mapping, Sequence, Set
from datetime import UTC, datetime, timedelta
from math import log2

import msgspec

from generator.fingerprint import stamp
from generator.keywords import joined_pairs
from generator.model import Article
from generator.plan.findings import Finding
from generator.plan.terms import TermIndex
from generator.text import slugify

COUNT = 4
# How many shared terms or words are named.
SHARED = 3
_NEIGHBOURS = 5
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


class Remembered(msgspec.Struct, frozen=True):
    """What is related to each article, by its file: the files of others, and what they share.

    It holds while everything that it follows from has the stamp `key`; a list, while its article's
    own stamp and that of every term and word of the article are the same.
    """

    key: bytes = b""
    lists: dict[str, tuple[tuple[str, tuple[str, ...]], ...]] = {}
    articles: dict[str, bytes] = {}
    holders: dict[str, bytes] = {}


def related_lists(
    articles: Sequence[Article],
    indexes: Sequence[TermIndex],
    picked: Mapping[str, Sequence[Article]],
    last: Remembered,
) -> Remembered:
    """What is related to each of a selection of articles (newest first).

    `picked` has those that authors chose by hand, by the file that says so. Of `last`, the lists
    that hold are taken as they are.
    """
    order = [index.taxonomy.name for index in indexes]
    seen = {each.source: stamp((order, each.source, each.date, each.story)) for each in articles}
    own = {
        each.source: stamp(
            (
                seen[each.source],
                each.terms,
                each.keywords,
                [seen[other.source] for other in picked.get(each.source, ())],
            )
        )
        for each in articles
    }
    names = [[term.name for term in index.terms.values()] for index in indexes]
    key = stamp((own, names))
    if last.key == key:
        return last
    related = Related(articles, indexes)
    holders = {
        name: stamp((held.name, held.worth, [seen[articles[n].source] for n in held.articles]))
        for name, held in related.holders.items()
    }
    stale = {source for source, each in own.items() if last.articles.get(source) != each}
    for name, now in holders.items():
        if last.holders.get(name) != now:
            stale.update(articles[number].source for number in related.holders[name].articles)
    lists = {
        article.source: tuple(
            (match.article.source, match.shares)
            for match in related.to(article, picked.get(article.source, ()))
        )
        if article.source in stale
        else last.lists[article.source]
        for article in articles
    }
    return Remembered(key, lists, own, holders)


class _Holders(msgspec.Struct, frozen=True):
    """A term or word, what sharing it adds to a score, and the numbers of the articles with it.

    One that so few or so many have that it is passed over adds nothing.
    """

    name: str
    worth: int
    articles: Sequence[int]

    def near(self, number: int) -> Sequence[int]:
        """Those of the articles that are next to this one, which is one of them, in time."""
        if len(self.articles) <= _NEIGHBOURS:
            return self.articles
        place = bisect_left(self.articles, number)
        return self.articles[max(0, place - _NEIGHBOURS) : place + _NEIGHBOURS + 1]


class Related:
    """Answers, for one selection of articles (newest first), what is related to each of them."""

    def __init__(self, articles: Sequence[Article], indexes: Sequence[TermIndex]) -> None:
        self._articles = articles
        self._numbers = {article.source: number for number, article in enumerate(articles)}
        self._moments = [(each.date - _EPOCH) // timedelta(microseconds=1) for each in articles]
        self._subjects: list[list[_Holders]] = [[] for _ in articles]
        self._who: list[list[_Holders]] = [[] for _ in articles]
        self._words: list[list[_Holders]] = [[] for _ in articles]
        # Every term and word, those that are passed over, too.
        self.holders: dict[str, _Holders] = {}
        total = len(articles)
        for index in indexes:
            who = index.taxonomy.name in _WHO
            for slug, term in index.terms.items():
                numbers = [self._numbers[article.source] for article in term.articles]
                worth = _TERM + _weight(total, len(numbers)) * (1 if who else 2)
                held = _Holders(term.name, _known(worth, numbers, total // 2), numbers)
                self.holders[f"{index.taxonomy.name}/{slug}"] = held
                _enter(self._who if who else self._subjects, held)
        for word, numbers in _by_keyword(articles).items():
            worth = _WORD + _weight(total, len(numbers))
            held = _Holders(word, _known(worth, numbers, total // 20), numbers)
            self.holders[word] = held
            _enter(self._words, held)

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
        rarest = sorted(self._words[number], key=_rarity)[:_RAREST]
        for holders in (*self._subjects[number], *self._who[number], *rarest):
            worth = holders.worth
            for other in holders.near(number):
                scores[other] = scores.get(other, 0) + worth
        scores.pop(number, None)
        return scores

    def _shared(self, number: int, others: Iterable[int]) -> Iterator[tuple[str, ...]]:
        """For each other: the names of shared subjects; else of words; else who it is by or for.

        Neither the choice nor the order depends on how rare they are, which other articles change.
        """
        subjects = {each.name for each in self._subjects[number]}
        words = {each.name for each in self._words[number]}
        for other in others:
            names = _among(subjects, self._subjects[other])
            if not names:
                names = _among(words, self._words[other])
                if len(names) < 2:
                    who = {each.name for each in self._who[number]}
                    names = _among(who, self._who[other]) or names
                else:
                    names = sorted(joined_pairs(names), key=lambda word: (-len(word), word))
            yield tuple(dict.fromkeys(names))[:SHARED]


def _known(worth: int, numbers: Sequence[int], most: int) -> int:
    return worth if 1 < len(numbers) <= max(_FEW, most) else 0


def _weight(articles: int, holders: int) -> int:
    """The weight of what so many of the articles have, in halves of a bit."""
    total = 1 << articles.bit_length()
    return round(2 * log2(1 + (total - holders + 0.5) / (holders + 0.5)))


def _by_keyword(articles: Iterable[Article]) -> dict[str, list[int]]:
    found: dict[str, list[int]] = {}
    for number, article in enumerate(articles):
        for word in article.keywords:
            found.setdefault(word, []).append(number)
    return found


def _enter(held: Sequence[list[_Holders]], holders: _Holders) -> None:
    if holders.worth:
        for number in holders.articles:
            held[number].append(holders)


def _among(names: Set[str], held: Iterable[_Holders]) -> list[str]:
    """The names that an article has too, in the order of its terms or words."""
    return [holders.name for holders in held if holders.name in names]


def _rarity(holders: _Holders) -> tuple[int, str]:
    return -holders.worth, holders.name


def by_name(articles: Sequence[Article]) -> dict[str, Article]:
    """Articles by each name that an author may call them: slug, file, file's name."""
    names: dict[str, Article] = {}
    for article in reversed(articles):
        for name in (article.slug, article.source, article.source.rsplit("/", 1)[-1]):
            names[name] = article
    return names


def chosen(
    article: Article, names: Mapping[str, Article]
) -> tuple[tuple[Article, ...], tuple[Finding, ...]]:
    """The articles that the author chose (`related:`), and a warning for each that is not there."""
    found: dict[str, Article] = {}
    findings = []
    for number, name in enumerate(article.related):
        other = names.get(name) or names.get(slugify(name))
        if other is None:
            message = f"no published article has the slug {name!r}"
            findings.append(Finding("warning", article.source, message, "", ("related", number)))
        elif other is not article:
            found[other.source] = other
    return tuple(found.values()), tuple(findings)
