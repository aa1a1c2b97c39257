"""Taxonomies: every term that published articles use, its name and its articles."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

import msgspec

from generator.config import Taxonomy
from generator.model import Article
from generator.plan.findings import Finding
from generator.text import slugify

# The taxonomy to whose terms `tldr.audience` adds, and which has digests of its own.
AUDIENCES = "audiences"


class Term(msgspec.Struct, frozen=True):
    """A term: its slug, the name that is shown, and its articles, newest first."""

    slug: str
    name: str
    articles: tuple[Article, ...]


class TermIndex(msgspec.Struct, frozen=True):
    """A taxonomy's terms by their slugs, in the order of their names."""

    taxonomy: Taxonomy
    terms: dict[str, Term]
    # The slugs of the terms that an author wrote, each once: many articles have the same.
    slugs: dict[tuple[str, ...], tuple[str, ...]]

    def slugs_of(self, article: Article) -> tuple[str, ...]:
        """The slugs of an article's terms, in the author's order, each once."""
        return self.slugs[article.terms.get(self.taxonomy.name, ())]

    def of(self, article: Article) -> tuple[Term, ...]:
        """An article's terms, in the author's order, each once."""
        return tuple(self.terms[slug] for slug in self.slugs_of(article))


def index_terms(
    taxonomy: Taxonomy, articles: Sequence[Article]
) -> tuple[TermIndex, tuple[Finding, ...]]:
    """The taxonomy's index. Spellings that share a slug are one term, with a warning.

    Its name is the settings', else the spelling that most articles use, of several the first by
    alphabet.
    """
    members: dict[str, list[Article]] = {}
    spellings: dict[str, Counter[str]] = {}
    slugs: dict[tuple[str, ...], tuple[str, ...]] = {}
    slug_of: dict[str, str] = {}
    users: dict[str, str] = {}
    for article in articles:
        written = article.terms.get(taxonomy.name, ())
        for name in written:
            if name not in slug_of:
                slug_of[name] = slugify(name)
                users[name] = article.source
                spellings.setdefault(slug_of[name], Counter())
            spellings[slug_of[name]][name] += 1
        found = slugs.get(written)
        if found is None:
            found = slugs[written] = tuple(dict.fromkeys([slug_of[name] for name in written]))
        for slug in found:
            members.setdefault(slug, []).append(article)
    terms = {
        slug: Term(slug, _name(taxonomy, slug, spellings[slug]), tuple(listed))
        for slug, listed in members.items()
    }
    ordered = dict(sorted(terms.items(), key=lambda item: (item[1].name.casefold(), item[0])))
    findings = _shared_slugs(taxonomy, ordered, spellings, users)
    return TermIndex(taxonomy, ordered, slugs), findings


def _name(taxonomy: Taxonomy, slug: str, spellings: Counter[str]) -> str:
    if slug in taxonomy.names:
        return taxonomy.names[slug]
    return min(spellings, key=lambda written: (-spellings[written], written))


def _shared_slugs(
    taxonomy: Taxonomy,
    terms: dict[str, Term],
    spellings: dict[str, Counter[str]],
    users: dict[str, str],
) -> tuple[Finding, ...]:
    found = []
    for slug, term in terms.items():
        if len(spellings[slug]) < 2 or slug in taxonomy.names:
            continue
        others = sorted(written for written in spellings[slug] if written != term.name)
        listed = ", ".join(map(repr, others))
        message = f"{listed} and {term.name!r} are one term of {taxonomy.name}: {term.name!r}"
        hint = f"write one of them everywhere, or name it under taxonomies.{taxonomy.name}.names"
        word = (taxonomy.name,)
        found.append(Finding("warning", users[others[0]], message, hint, word))
    return tuple(found)
