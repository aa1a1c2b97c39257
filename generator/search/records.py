"""What of an article is searched: its text without markup, its terms and its date."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import UTC
from functools import cache
from html import unescape

import msgspec

from generator.model import Article, Body, Inline
from generator.views import ArticleView

# Phrasing elements do not end a word; all others do.
_PHRASING = re.compile(
    r"</?(?:a|abbr|b|bdi|bdo|cite|code|del|dfn|em|i|ins|kbd|mark|q|s|samp|small|span|strong|sub|sup"
    r"|u|var|wbr)\b[^>]*>"
)
_CITES = re.compile(r'<sup class="cites">.*?</sup>')
_TAG = re.compile(r"<[^>]+>")
# The letters of Chinese and Japanese, which are written without spaces; search.js has the same.
_UNSPACED = (
    "\u3005-\u3007\u3041-\u3096\u309d-\u309f\u30a1-\u30fa\u30fc-\u30ff\u31f0-\u31ff\u3400-\u4dbf\u4e00-\u9fff"
    "\uf900-\ufaff\U00020000-\U0003ffff"
)
_STOPS = "\u3001-\u303f\uff01-\uff0f\uff1a-\uff20"


@cache
def _cuts() -> re.Pattern[str]:
    """Before each of these letters, and between one, or their punctuation, and a word of another script."""
    return re.compile(rf"(?<=\S)(?=[{_UNSPACED}])|(?<=[{_UNSPACED}{_STOPS}”])(?=[^\W{_UNSPACED}])")


class SearchRecord(msgspec.Struct, frozen=True):
    """An article as the index has it. `url` is from the site's root; `date` is ISO 8601 in UTC.

    `filters` has for each taxonomy the names of the article's terms.
    """

    url: str
    title: str
    content: str
    date: str
    lang: str = ""
    filters: dict[str, list[str]] = {}


def search_record(view: ArticleView, body: Body, base: str) -> SearchRecord:
    """An article's record; `base` is the path of the site's address, which its `url` is without."""
    article = view.article
    return SearchRecord(
        url="/" + view.url.removeprefix(base),
        title=article.title.text,
        content=cut(" ".join(map(_sentence, _texts(article, body)))),
        date=article.date.astimezone(UTC).isoformat(),
        lang=article.lang,
        filters={group.name: [term.text for term in group.terms] for group in view.terms},
    )


def plain(html: str) -> Iterator[str]:
    """The texts of the blocks in balanced HTML, without the marks of citations."""
    for block in _TAG.split(_PHRASING.sub("", _CITES.sub("", html))):
        if block and not block.isspace():
            yield unescape(block)


def cut(text: str) -> str:
    """The text with a space around each Chinese or Japanese letter: Pagefind finds what is between spaces.

    By letters and not by words, as the browser cuts what is searched, and would cut words elsewhere.
    """
    return text if text.isascii() else _cuts().sub(" ", text)


def _sentence(text: str) -> str:
    """The text with a full stop, where it has no end: an excerpt may go from one into the next."""
    text = " ".join(text.split())
    if not text or not text[-1].isalnum():
        return text
    return text + ("。" if re.match(f"[{_UNSPACED}]", text[-1]) else ".")


def _texts(article: Article, body: Body) -> Iterator[str]:
    """Every text that the article's page shows; its sources last, for excerpts to be of the others."""
    yield article.title.text
    for part in (article.hook, article.summary):
        yield from _lines(part)
    if article.tldr:
        yield from _lines(article.tldr.changed, article.tldr.matters, article.tldr.next)
    yield from plain(body.html.html)
    yield from _lines(*article.takeaways)
    if article.comparison:
        yield from _lines(article.comparison.caption, *article.comparison.columns)
        for row in article.comparison.rows:
            yield from _lines(*row)
    for detail in article.deep_dive:
        yield from _lines(detail.term, detail.text)
    for implication in article.implications:
        yield from _lines(implication.claim, implication.rationale)
    for event in article.timeline:
        yield from _lines(event.event)
    for correction in article.corrections:
        yield from _lines(correction.text)
    for source in article.sources:
        yield from _lines(source.title)
        yield source.publisher


def _lines(*parts: Inline | None) -> Iterator[str]:
    return (part.text for part in parts if part is not None)
