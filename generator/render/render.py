"""Renders pages: templates for people and machines, feedgen and JSON for feeds, JSON of articles."""

from __future__ import annotations

import re
from collections import OrderedDict
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from jinja2 import BytecodeCache, Environment

from generator.diagnostics import Diagnostic, error
from generator.fingerprint import fingerprint
from generator.languages import Language
from generator.localised import Dates
from generator.model import Analysis
from generator.references import elsewhere
from generator.render.article_json import article_json, article_schema
from generator.render.filters import Bodies, body_html, make_filters
from generator.render.templates import environment, mistake
from generator.views import (
    ArticleView,
    CalendarView,
    DigestView,
    FeedEntry,
    FeedView,
    Page,
    RenderSettings,
    ShareCard,
    View,
    language_of,
)
from generator.words import Words

if TYPE_CHECKING:
    # Loaded, with Pillow, where a card is drawn.
    from generator.cards.drawing import Painter

# How many feed entries' contents are kept: an article is in several feeds, each in three forms.
_KEPT = 512


class _Speaker(NamedTuple):
    """What speaks one language: the templates, the sentence on who made an analysis, the words."""

    env: Environment
    disclosure: Callable[[Analysis], str]
    words: Words


class Renderer:
    """Renders any number of pages of one site; the same page always gives the same bytes."""

    def __init__(
        self, settings: RenderSettings, bodies: Bodies, compiled: BytecodeCache | None = None
    ) -> None:
        self._settings = settings
        self._bodies = bodies
        self._folders = tuple(map(Path, settings.folders))
        self._compiled = compiled
        self._vocabularies = {each.language: each for each in settings.words}
        self._speakers: dict[str, _Speaker] = {}
        self._contents: OrderedDict[str, str] = OrderedDict()
        self._painter: Painter | None = None
        self._feed_at_hand: tuple[FeedView, list[str]] | None = None

    def render(self, page: Page) -> bytes | Diagnostic:
        """The bytes of the page's file, or what is wrong with its template."""
        try:
            if isinstance(page.view, FeedView):
                return self._feed(page.template, page.view)
            if isinstance(page.view, CalendarView):
                from generator.feeds.calendar import ics

                return ics(page.view, self._settings.site, self._speaker("").words)
            if isinstance(page.view, ShareCard):
                return self._share_card(page.view)
            if page.template.startswith("article:"):
                return self._article_data(page.view)
            html = self._template(page.template, page.view, page.url, "page")
        except _Undisclosed as what:
            return what.diagnostic
        except Exception as why:  # a template can raise anything; all of it is told with its line
            return mistake(why, self._folders, Path(self._settings.root), page.path)
        if page.template == "article.html" and isinstance(page.view, ArticleView):
            problem = _undisclosed(page.view, html, page.template)
            if problem is not None:
                return problem
        return html.encode()

    def _template(self, name: str, view: View, url: str, medium: str) -> str:
        template = self._speaker(language_of(view)).env.get_template(name)
        return template.render(site=self._settings.site, page=view, url=url, medium=medium)

    def _speaker(self, tag: str) -> _Speaker:
        """What pages in that language are made with; "" is the site's own."""
        tag = tag or self._settings.site.language
        known = self._speakers.get(tag)
        if known is None:
            words = Words(self._vocabularies[tag])
            filters = make_filters(self._settings.site, words, self._bodies)
            env = environment(self._folders, filters, self._compiled)
            env.globals["words"] = words
            known = self._speakers[tag] = _Speaker(env, filters["disclosure"], words)
        return known

    def _share_card(self, card: ShareCard) -> bytes:
        if self._painter is None:
            from generator.cards.drawing import Painter

            self._painter = Painter()
        language = Language(card.language)
        dates = Dates(language, self._settings.site.timezone, card.date_format)
        return self._painter.draw(card, dates.span(card.begins, card.ends), language.dir)

    def _article_data(self, view: View) -> bytes:
        """An article as JSON; the schema, where no article is shown."""
        site = self._settings.site
        if not isinstance(view, ArticleView):
            return article_schema(site.url)
        analysis = view.article.analysis
        speaker = self._speaker(view.article.lang)
        return article_json(
            view,
            site,
            body_html(view.body, self._bodies, speaker.words),
            self._bodies[view.body.source].words,
            speaker.disclosure(analysis) if analysis else "",
        )

    def _feed(self, template: str, view: FeedView) -> bytes:
        site = self._settings.site
        contents = self._contents_of(view)
        if template == "feed:json":
            from generator.feeds.json_feed import json_feed

            return json_feed(view, contents, site)
        from generator.feeds.xml import atom, rss

        return rss(view, contents, site) if template == "feed:rss" else atom(view, contents, site)

    def _contents_of(self, view: FeedView) -> list[str]:
        """The entries' contents; found once for the forms of a feed, which follow each other."""
        if self._feed_at_hand is None or self._feed_at_hand[0] is not view:
            contents = [self._content(entry) if view.full else "" for entry in view.entries]
            self._feed_at_hand = (view, contents)
        return self._feed_at_hand[1]

    def _content(self, entry: FeedEntry) -> str:
        """An entry's whole content as HTML that stands alone: no ids, all addresses absolute."""
        if entry.note is not None:
            return elsewhere(entry.note.html, entry.url)
        if entry.prediction is not None:
            template = self._speaker("").env.get_template("feed/prediction.html")
            html = template.render(
                site=self._settings.site, prediction=entry.prediction, medium="feed"
            )
            return elsewhere(html, entry.url).strip()
        view = entry.article or entry.digest
        assert view is not None, "a feed entry is of one of these"
        key = fingerprint(view)
        known = self._contents.get(key)
        if known is not None:
            self._contents.move_to_end(key)
            return known
        name = "feed/article.html" if entry.article else "feed/digest.html"
        html = self._template(name, view, entry.url, "feed")
        if entry.article is not None:
            problem = _undisclosed(entry.article, html, name)
            if problem is not None:
                raise _Undisclosed(problem)
        html = elsewhere(html, entry.url).strip()
        self._contents[key] = html
        if len(self._contents) > _KEPT:
            self._contents.popitem(last=False)
        return html


class _Undisclosed(Exception):
    def __init__(self, diagnostic: Diagnostic) -> None:
        super().__init__(diagnostic.message)
        self.diagnostic = diagnostic


def _undisclosed(view: ArticleView | DigestView, html: str, template: str) -> Diagnostic | None:
    """Readers are always told of an analysis by AI: a theme cannot leave it out by accident."""
    if not isinstance(view, ArticleView) or view.article.analysis is None:
        return None
    by = view.article.analysis.by
    if _has_attribute(html, f'data-analysis-by="{by}"'):
        return None
    return error(
        f"layouts/{template}",
        f"{view.article.source} has an analysis by {by}, and this template does not say so",
        hint='include "partials/article/analysis.html", or write'
        ' <p data-analysis-by="{{ page.article.analysis.by }}">'
        "{{ page.article.analysis|disclosure }}</p>",
    )


def _has_attribute(html: str, attribute: str) -> bool:
    """Whether a tag has the attribute: what an article quotes has its `<` escaped."""
    places = (found.start() for found in re.finditer(attribute, html))
    return any(
        html[place - 1].isspace() and html.rfind("<", 0, place) > html.rfind(">", 0, place)
        for place in places
    )
