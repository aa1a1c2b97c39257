"""Every correction of every published article: its pages and its feeds."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cached_property
from html import escape
from urllib.parse import quote

from generator.dates import PartialDate, begins
from generator.model import Article, Correction, Fragment, Inline
from generator.plan.catalogue import Catalogue, moved
from generator.plan.collections import Collection
from generator.plan.paging import paged
from generator.routes import output_path, url
from generator.text import excerpt
from generator.views import CorrectionLine, CorrectionsView, FeedEntry, Page, Section
from generator.words import Words

PATH = "/corrections/"
# Where an article's page tells its corrections.
_ANCHOR = "#part_corrections"


class Corrections:
    """The corrections of a catalogue's articles, the latest first; none where there is none."""

    def __init__(self, catalogue: Catalogue) -> None:
        self._catalogue = catalogue
        found = [
            (article, correction)
            for article in catalogue.selection.articles
            for correction in article.corrections
        ]
        # Those of one day stay in the order of their articles, the newest first.
        found.sort(key=lambda each: each[1].date, reverse=True)
        self._found = tuple(found)

    def links(self) -> tuple[Section, ...]:
        """The link to their page, for every page's foot."""
        own = url(PATH, self._catalogue.config)
        return (Section("corrections", own),) if self._found else ()

    def pages(self) -> Iterator[Page]:
        """The list of them, with as many on a page as the settings say."""
        if not self._found:
            return
        feeds = self._catalogue.feed_links(PATH, self._catalogue.words.corrections)
        for pagination, found, path in paged(self._catalogue.config, self._found, PATH):
            lines = tuple(
                correction_line(self._catalogue, article, correction)
                for article, correction in found
            )
            view = CorrectionsView(lines, len(self._found), pagination, feeds)
            own = url(path, self._catalogue.config)
            yield Page(output_path(path), "corrections.html", view, "the corrections", own)

    def collections(self) -> tuple[Collection, ...]:
        """What there is to follow: an entry for each correction."""
        if not self._found:
            return ()
        words = self._catalogue.words
        return (Collection(PATH, words.corrections, words.corrections_feed, self._entries),)

    @cached_property
    def _entries(self) -> tuple[FeedEntry, ...]:
        # How many corrections of one date an article has: the order of its file tells them apart.
        counts: dict[tuple[str, PartialDate], int] = {}
        entries = []
        for article, correction in self._found:
            key = (article.source, correction.date)
            counts[key] = counts.get(key, 0) + 1
            entries.append(self._entry(article, correction, counts[key]))
        return tuple(entries)

    def _entry(self, article: Article, correction: Correction, number: int) -> FeedEntry:
        """A correction's entry. Its id says of which article, day and number it is, and no word of
        the text: a correction that is corrected is not new.
        """
        catalogue = self._catalogue
        told = max(begins(correction.date.first_day(), catalogue.zone), article.date)
        place = f"{quote(article.id, safe='')}/{correction.date}"
        line = correction_line(catalogue, article, correction)
        return FeedEntry(
            id=f"tag:{catalogue.config.load.host},2000:corrections/{place}"
            + (f"/{number}" if number > 1 else ""),
            title=catalogue.words.correction_of(title=article.title.text),
            url=catalogue.permalink_of(article) + _ANCHOR,
            published=told,
            updated=told,
            summary=excerpt(correction.text.text, 600),
            lang=article.lang,
            note=_note(catalogue.words, line),
        )


def correction_line(
    catalogue: Catalogue, article: Article, correction: Correction
) -> CorrectionLine:
    """A correction as any page but its article's shows it."""
    text = moved(correction.text, catalogue.url_of(article))
    return CorrectionLine(correction.date, text, catalogue.title_link(article))


def _note(words: Words, line: CorrectionLine) -> Fragment:
    article = line.article
    link = Inline(f'<a href="{escape(article.url)}">{article.title.html}</a>', article.title.text)
    return Fragment(f"<p>{line.text.html}</p>\n<p>{words.corrected_in(title=link)}</p>")
