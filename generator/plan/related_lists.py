"""What is related to each article, of which only that is found anew which may have changed.

It follows from the article, and from who stands near it under each of its terms and words. While
none of these has changed since the last plan, neither has the answer.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence, Set

import msgspec

from generator.fingerprint import stamp
from generator.model import Article
from generator.plan.related import NEIGHBOURS, Related, moment_of
from generator.plan.terms import TermIndex

# Of so many changes it is worth while to look who stands near each; with more, all are near.
_FEW_CHANGES = 100


class Remembered(msgspec.Struct, frozen=True):
    """What is related to each article, by its file: the files of others, and what they share.

    It holds for articles with the stamps that they have in `articles`, and for the names of terms
    with the stamp `names`. `moments` are the articles' dates; `holders` has for each term and word
    how many articles have it, what it is worth, and a term's name.
    """

    lists: dict[str, tuple[tuple[str, tuple[str, ...]], ...]] = {}
    articles: dict[str, bytes] = {}
    moments: dict[str, int] = {}
    taxonomies: tuple[str, ...] = ()
    names: bytes = b""
    holders: dict[str, tuple[int, int, str]] = {}


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
    own = {each.source: _stamp(each, picked.get(each.source, ())) for each in articles}
    names = stamp([[term.name for term in index.terms.values()] for index in indexes])
    taxonomies = tuple(index.taxonomy.name for index in indexes)
    if (last.articles, last.names, last.taxonomies) == (own, names, taxonomies):
        return last
    related = Related(articles, indexes)
    holders = {name: held.summary for name, held in related.holders.items()}
    stale: Set[str] = own.keys()
    if last.taxonomies == taxonomies:
        stale = _stale(related, articles, own, holders, last)
    lists = {
        article.source: tuple(
            (match.article.source, match.shares)
            for match in related.to(article, picked.get(article.source, ()))
        )
        if article.source in stale
        else last.lists[article.source]
        for article in articles
    }
    moments = {each.source: moment_of(each) for each in articles}
    return Remembered(lists, own, moments, taxonomies, names, holders)


def _stamp(article: Article, picked: Sequence[Article]) -> bytes:
    chosen = [(each.source, each.story) for each in picked]
    return stamp((article.date, article.story, article.terms, article.keywords, chosen))


def _stale(
    related: Related,
    articles: Sequence[Article],
    own: Mapping[str, bytes],
    holders: Mapping[str, tuple[int, int, str]],
    last: Remembered,
) -> Set[str]:
    """The files of the articles whose lists may not be what they were."""
    changed = {source for source, each in own.items() if last.articles.get(source) != each}
    gone = last.articles.keys() - own.keys()
    stale = set(changed)
    for source, listed in last.lists.items():
        if any(other in changed or other in gone for other, _ in listed):
            stale.add(source)
    # What a changed article has now, and what has other numbers of articles: so it is found, too,
    # what an article had and has no more.
    touched = {name for name, now in holders.items() if last.holders.get(name) != now}
    for article in articles:
        if article.source in changed:
            touched.update(related.names_of(article))
    places = {
        place
        for source in changed | gone
        for place in related.places(source, last.moments.get(source))
    }
    for name in touched:
        held, before = related.holders[name], last.holders.get(name)
        if before is not None and before[1:] == held.summary[1:] and len(places) <= _FEW_CHANGES:
            numbers: Iterable[int] = held.around(places, NEIGHBOURS + len(places))
        else:
            numbers = held.articles
        stale.update(articles[number].source for number in numbers)
    return stale & own.keys()
