"""An article's page as JSON, and the JSON Schema of it."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any, TypeVar
from urllib.parse import urljoin

import msgspec
from msgspec import UNSET, UnsetType

from generator.dates import PartialDate
from generator.model import Article, Implication, Inline, PredictionState
from generator.references import elsewhere
from generator.render import article_document as document
from generator.routes import uri
from generator.views import ArticleView, SiteView, TitleLink

# Where the schema is published, from the site's root.
SCHEMA_PATH = "article.schema.json"
_DRAFT = "https://json-schema.org/draft/2020-12/schema"

_T = TypeVar("_T")
_encode = msgspec.json.Encoder().encode


def article_json(
    view: ArticleView, site: SiteView, body: str, words: int, disclosure: str
) -> bytes:
    """The article's file, as the schema says.

    `body` is the HTML of its body, with that many words; `disclosure` tells who made the analysis.
    """
    return _encode(_Document(view, site).made(body, words, disclosure)) + b"\n"


def article_schema(site_url: str) -> bytes:
    """The JSON Schema (draft 2020-12) of every article's file on the site with that address."""
    schema = msgspec.json.schema(document.ArticleDocument)
    head = {"$schema": _DRAFT, "$id": site_url + SCHEMA_PATH, "title": "An article"}
    return msgspec.json.format(msgspec.json.encode({**head, **schema}), indent=2) + b"\n"


class _Document:
    """Makes the document of one article's view."""

    def __init__(self, view: ArticleView, site: SiteView) -> None:
        self._view = view
        self._site = site
        self._origin = site.host

    def made(self, body: str, words: int, disclosure: str) -> document.ArticleDocument:
        view, site, article = self._view, self._site, self._view.article
        return document.ArticleDocument(
            schema=site.url + SCHEMA_PATH,
            id=article.id,
            url=view.permalink,
            title=self._line(article.title),
            language=article.lang or site.language,
            published=article.date,
            updated=_there(article.updated),
            expires=_there(article.expires),
            collected=_there(article.collected),
            draft=article.draft,
            minutes=article.minutes,
            hook=self._maybe(article.hook),
            summary=self._maybe(article.summary),
            terms=self._terms(),
            digest=document.Digest(view.week.title, self._origin + view.week.url),
            body=document.Text(
                elsewhere(body, view.permalink), words, self._origin + view.markdown
            ),
            corrections=tuple(
                document.Mended(str(each.date), self._line(each.text))
                for each in article.corrections
            ),
            takeaways=self._lines(article.takeaways),
            deep_dive=tuple(
                document.Detail(self._line(each.text), self._maybe(each.term))
                for each in article.deep_dive
            ),
            implications=self._implications(),
            timeline=tuple(
                document.DatedEvent(str(each.date), self._line(each.event), each.source or UNSET)
                for each in article.timeline
            ),
            sources=self._sources(),
            related=tuple(
                document.Related(
                    self._line(each.card.title),
                    self._origin + each.card.url,
                    each.card.date,
                    each.shares,
                )
                for each in view.related
            ),
            story=self._story(),
            rights=self._maybe(article.rights or site.rights),
            **self._records(article, disclosure),
        )

    def _records(self, article: Article, disclosure: str) -> dict[str, Any]:
        """The parts that are one value each and that few articles have all of."""
        found: dict[str, Any] = {}
        origin, image, tldr = article.origin, article.image, article.tldr
        if origin:
            found["source"] = document.Original(
                origin.name,
                uri(origin.url) or UNSET,
                origin.author or UNSET,
                _there(origin.published),
            )
        if image:
            address = uri(urljoin(self._view.permalink, image.src))
            found["image"] = document.Picture(
                address,
                image.alt,
                self._maybe(image.credit),
                image.width or UNSET,
                image.height or UNSET,
            )
        if tldr:
            found["tldr"] = document.Summary(
                self._maybe(tldr.changed),
                self._maybe(tldr.matters),
                self._maybe(tldr.next),
                tldr.audience,
            )
        if article.analysis:
            analysis = article.analysis
            found["analysis"] = document.Disclosure(
                analysis.by,
                disclosure,
                analysis.model or UNSET,
                analysis.reviewed_by or UNSET,
                _date(analysis.reviewed),
            )
        if article.comparison:
            table = article.comparison
            found["comparison"] = document.Table(
                self._lines(table.columns),
                tuple(self._lines(row) for row in table.rows),
                self._maybe(table.caption),
            )
        return found

    def _terms(self) -> tuple[document.Terms, ...]:
        return tuple(
            document.Terms(
                group.name,
                group.title,
                tuple(document.Term(term.text, self._origin + term.url) for term in group.terms),
            )
            for group in self._view.terms
        )

    def _implications(self) -> tuple[document.Claim, ...]:
        implications = self._view.article.implications
        if not implications:
            return ()
        states = self._view.states or (None,) * len(implications)
        return tuple(map(self._claim, implications, states))

    def _claim(self, each: Implication, state: PredictionState | None) -> document.Claim:
        return document.Claim(
            claim=self._line(each.claim),
            who=each.who or UNSET,
            said=_date(each.said),
            rationale=self._maybe(each.rationale),
            by=_date(each.by),
            probability=_there(each.probability),
            state=state or each.outcome or UNSET,
            resolved=_date(each.resolved),
            sources=each.sources,
        )

    def _sources(self) -> tuple[document.Source, ...]:
        return tuple(
            document.Source(
                source.id,
                source.number,
                self._line(source.title),
                uri(source.url) or UNSET,
                source.publisher or UNSET,
                _date(source.date),
            )
            for source in self._view.article.sources
        )

    def _story(self) -> document.Place | UnsetType:
        story = self._view.story
        if story is None:
            return UNSET
        return document.Place(
            self._line(story.title),
            story.number,
            story.total,
            self._maybe(story.description),
            self._references(story.earlier),
            self._references(story.later),
        )

    def _references(self, links: Iterable[TitleLink]) -> tuple[document.Reference, ...]:
        return tuple(
            document.Reference(self._line(link.title), self._origin + link.url, link.date)
            for link in links
        )

    def _lines(self, lines: Iterable[Inline]) -> tuple[document.Line, ...]:
        return tuple(self._line(line) for line in lines)

    def _line(self, line: Inline) -> document.Line:
        html = line.html
        return document.Line(
            elsewhere(html, self._view.permalink) if "<" in html else html, line.text
        )

    def _maybe(self, line: Inline | None) -> document.Line | UnsetType:
        return UNSET if line is None else self._line(line)


def _date(date: PartialDate | None) -> str | UnsetType:
    return UNSET if date is None else str(date)


def _there(value: _T | None) -> _T | UnsetType:
    return UNSET if value is None else value
