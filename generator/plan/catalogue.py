"""What every page's plan looks things up in: the selection with its addresses, terms and cards."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property
from typing import overload
from zoneinfo import ZoneInfo

import msgspec

from generator.config import Config
from generator.dates import Week, week_of
from generator.localised import Dates
from generator.model import Article, Inline, Tldr
from generator.plan.addresses import Addresses
from generator.plan.library import Selection
from generator.plan.terms import TermIndex
from generator.plan.weeks import Digest
from generator.references import elsewhere
from generator.routes import absolute, digest_path, term_path, url
from generator.views import Card, FeedLinks, Link, PredictionLine, TermGroup, TitleLink, WeekLink
from generator.words import Words

_CITES = re.compile(r'<sup class="cites">.*?</sup>')


@dataclass(frozen=True)
class Catalogue:
    """One selection of articles and all that is known of it; answers never change."""

    config: Config
    words: Words
    selection: Selection
    addresses: Addresses
    indexes: tuple[TermIndex, ...]
    # By the week that names each, newest first; and for every week with anything that week.
    digests: dict[Week, Digest]
    digest_names: Mapping[Week, Week] = field(default_factory=dict)

    @cached_property
    def zone(self) -> ZoneInfo:
        """The site's time zone."""
        return ZoneInfo(self.config.timezone)

    @cached_property
    def dates(self) -> Dates:
        """Dates as the site writes them in its own language."""
        return Dates(self.words.language, self.config.timezone, self.config.date_format)

    @cached_property
    def cards(self) -> dict[str, Card]:
        """Every published article's card, by its file."""
        return {article.source: self._card(article) for article in self.selection.articles}

    @cached_property
    def prediction_lines(self) -> dict[tuple[str, int], PredictionLine]:
        """The lines of predictions that were asked for (`prediction_line`): each is made once."""
        return {}

    @cached_property
    def small_cards(self) -> dict[str, Card]:
        """The cards without image and TL;DR, for lists beside something else."""
        return {
            source: msgspec.structs.replace(card, image=None, tldr=None)
            for source, card in self.cards.items()
        }

    @cached_property
    def _urls(self) -> dict[str, str]:
        paths = self.addresses.articles
        return {
            each.source: url(paths[each.source], self.config) for each in self.selection.articles
        }

    @cached_property
    def _weeks(self) -> dict[Week, WeekLink]:
        return {
            week: self.digest_link(digest, digest_path(week))
            for week, digest in self.digests.items()
        }

    @cached_property
    def _terms(self) -> dict[str, dict[str, Link]]:
        """A link to each term, by taxonomy and slug."""
        return {
            index.taxonomy.name: {
                slug: Link(term.name, url(term_path(index.taxonomy.name, slug), self.config))
                for slug, term in index.terms.items()
            }
            for index in self.indexes
        }

    def url_of(self, article: Article) -> str:
        """An article's address from the host's root."""
        return self._urls[article.source]

    def permalink_of(self, article: Article) -> str:
        """An article's absolute address."""
        return absolute(self.addresses.articles[article.source], self.config)

    def title_link(self, article: Article) -> TitleLink:
        """A link to an article by its title."""
        return self._title_links[article.source]

    @cached_property
    def _title_links(self) -> dict[str, TitleLink]:
        return {
            each.source: TitleLink(uncited(each.title), self.url_of(each), each.date, each.lang)
            for each in self.selection.articles
        }

    def week_link(self, week: Week) -> WeekLink:
        """A link to a week's digest, which must exist."""
        return self._weeks[week]

    def digest_link(self, digest: Digest, path: str) -> WeekLink:
        """A link to a digest at that path from the site's root."""
        return WeekLink(
            digest.week,
            self.week_title(digest.week).text,
            url(path, self.config),
            digest.period.begins,
            digest.period.ends,
            len(digest.articles),
            digest.running,
        )

    @cached_property
    def _weeks_of_articles(self) -> dict[Week, WeekLink]:
        # Without their counts: one article more is no news to the others of its week.
        return {week: msgspec.structs.replace(link, count=0) for week, link in self._weeks.items()}

    def week_of(self, article: Article) -> WeekLink:
        """The digest of the week in which an article was published; not how much it holds."""
        return self._weeks_of_articles[self.digest_names[week_of(article.date, self.zone)]]

    def week_title(self, week: Week) -> Inline:
        """The title of the week's digest: the editor's, else what the settings make of the week."""
        return self._week_titles[week]

    @cached_property
    def _week_titles(self) -> dict[Week, Inline]:
        return {week: self._week_title(digest) for week, digest in self.digests.items()}

    def _week_title(self, digest: Digest) -> Inline:
        if digest.notes is not None and digest.notes.title is not None:
            return digest.notes.title
        week = digest.week
        pattern = self.config.digest.title
        for name, value in (
            ("{number}", str(week.number)),
            ("{year}", str(week.year)),
            ("{week}", str(week)),
            ("{begins}", digest.period.begins.isoformat()),
            ("{ends}", digest.period.ends.isoformat()),
        ):
            pattern = pattern.replace(name, value)
        return Inline(_escaped(pattern), pattern)

    def groups_of(self, article: Article) -> tuple[TermGroup, ...]:
        """An article's terms by taxonomy, as links; taxonomies that it does not use left out."""
        groups = [self._group(index, article) for index in self.indexes]
        return tuple([group for group in groups if group.terms])

    def _group(self, index: TermIndex, article: Article) -> TermGroup:
        return self._groups[index.taxonomy.name][index.slugs_of(article)]

    @cached_property
    def _groups(self) -> dict[str, dict[tuple[str, ...], TermGroup]]:
        """The terms of one article as links, by taxonomy and slugs: many articles have the same."""
        return {
            index.taxonomy.name: {
                slugs: self._group_of(index, slugs) for slugs in index.slugs.values()
            }
            for index in self.indexes
        }

    def _group_of(self, index: TermIndex, slugs: tuple[str, ...]) -> TermGroup:
        taxonomy, links = index.taxonomy, self._terms[index.taxonomy.name]
        terms = tuple([links[slug] for slug in slugs])
        return TermGroup(taxonomy.name, taxonomy.title, taxonomy.singular, terms)

    def terms_of(self, article: Article, taxonomy: str) -> tuple[Link, ...]:
        """An article's terms of one taxonomy; none where the site does not have it."""
        for index in self.indexes:
            if index.taxonomy.name == taxonomy:
                return self._group(index, article).terms
        return ()

    def term_link(self, taxonomy: str, slug: str) -> Link:
        """A link to a term, which must exist."""
        return self._terms[taxonomy][slug]

    def feed_links(self, path: str, title: str) -> FeedLinks:
        """The three feeds at a path such as `/` or `/tags/rss/`."""
        return FeedLinks(
            title, *(url(f"{path}feed.{end}", self.config) for end in ("xml", "atom", "json"))
        )

    def _card(self, article: Article) -> Card:
        own = self.url_of(article)
        summary = article.summary or article.hook
        return Card(
            title=uncited(article.title),
            url=own,
            date=article.date,
            minutes=article.minutes,
            summary=moved(summary, own),
            excerpt="" if summary else article.excerpt,
            lang=article.lang,
            terms=self._group(self.indexes[0], article).terms if self.indexes else (),
            origin=article.origin.name if article.origin else "",
            image=article.image,
            tldr=_moved_tldr(article.tldr, own),
            analysis_by=article.analysis.by if article.analysis else "",
            draft=article.draft,
            corrected=bool(article.corrections),
        )


def uncited(title: Inline) -> Inline:
    """A title as links show it: without the marks of citations, which are links themselves."""
    if "<sup" not in title.html:
        return title
    return Inline(_CITES.sub("", title.html), title.text)


def quoted(line: Inline, own: str) -> Inline:
    """A line of an article on another page: its sources are named beside it, not cited in it."""
    return moved(uncited(line), own)


@overload
def moved(line: Inline, own: str) -> Inline: ...
@overload
def moved(line: None, own: str) -> None: ...
def moved(line: Inline | None, own: str) -> Inline | None:
    """A line as other pages show it: its anchors lead to its own page."""
    if line is None or "<" not in line.html:
        return line
    return Inline(elsewhere(line.html, own), line.text)


def _moved_tldr(tldr: Tldr | None, own: str) -> Tldr | None:
    if tldr is None:
        return None
    return Tldr(
        moved(tldr.changed, own), moved(tldr.matters, own), moved(tldr.next, own), tldr.audience
    )


def _escaped(text: str) -> str:
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
