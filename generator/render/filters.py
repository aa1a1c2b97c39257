"""What templates may apply to values: pure functions of the value, the settings and the language."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterable, Mapping
from functools import lru_cache
from typing import Any
from urllib.parse import urlsplit

from markupsafe import Markup, escape

from generator.languages import Language, direction
from generator.localised import Dates
from generator.markdown.spoken import ADMONITION, FOOTNOTES
from generator.model import Analysis, Article, Fragment, Heading
from generator.model import Body as StoredBody
from generator.references import resolve
from generator.render.jsonld import json_ld
from generator.render.jsonld_parts import Place
from generator.render.locales import locale
from generator.render.markdown_copy import portable
from generator.views import Body, Link, SiteView, View, bodies_of
from generator.words import Words

Bodies = Mapping[str, StoredBody]

_ADMONITION_TITLE = re.compile(f"{re.escape(ADMONITION)}(Note|Tip|Important|Warning|Caution)</p>")


def make_filters(site: SiteView, words: Words, bodies: Bodies) -> dict[str, Callable[..., Any]]:
    """All filters by their names in templates, for pages in the language of these words."""
    language = words.language
    dates = Dates(language, site.timezone, site.date_format)
    origin = site.host
    return {
        "date": dates.shown,
        "iso": dates.iso,
        "time": lambda date: time_element(dates.iso(date), dates.shown(date)),
        "day_time": lambda day: time_element(dates.iso(day), language.day(day)),
        "month": language.month,
        "day": language.day,
        "days": language.days,
        "absolute": lambda address: origin + address if address.startswith("/") else address,
        "body": lambda body: Markup(body_html(body, bodies, words)),  # noqa: S704  # sanitised when it was loaded
        "headings": lambda body, *levels: headings(bodies[body.source].html, levels),
        "markdown_of": lambda body: portable(
            bodies[body.source].markdown.strip("\n"), body.source, body.places.addresses, origin
        ),
        "quoted": lambda text: json.dumps(text, ensure_ascii=False),
        "jsonld": _json_ld_filter(site, bodies),
        "locale": locale,
        "disclosure": lambda analysis: disclosure(analysis, words, dates),
        "latency": lambda article: latency(article, words),
        "percent": language.percent,
        "decimal": language.decimal,
        "number": language.number,
        "lang": lru_cache(256)(lambda lang: language_attributes(lang or site.language, language)),
        "source_number": source_number,
        "host": lambda address: (urlsplit(address).hostname or "").removeprefix("www."),
    }


def _json_ld_filter(site: SiteView, bodies: Bodies) -> Callable[..., Markup]:
    origin = site.host

    def filtered(
        view: View, url: str, name: str, description: str, above: Iterable[Any] = ()
    ) -> Markup:
        """The structured data of a page; none of one that has no address."""
        if not url:
            return Markup("")
        trail = tuple((each["text"], origin + each["url"]) for each in map(_as_link, above))
        place = Place(origin + url, _plain(name), _plain(description), trail)
        return json_ld(view, site, place, sum(bodies[source].words for source in bodies_of(view)))

    return filtered


def _as_link(link: Link | Mapping[str, str]) -> Mapping[str, str]:
    return {"text": link.text, "url": link.url} if isinstance(link, Link) else link


def _plain(text: str) -> str:
    """What a block of a template gives, as text: its markup is that of escaping alone."""
    return " ".join((text.unescape() if isinstance(text, Markup) else text).split())


def time_element(machine: str, text: str) -> Markup:
    """A date as a `<time>` element: for machines, and for readers."""
    return Markup(f'<time datetime="{machine}">{escape(text)}</time>')  # noqa: S704  # escaped


def language_attributes(lang: str, page: Language) -> Markup:
    """The attributes of an element whose text is in that language, on a page in its own.

    Text in the language of the page has its direction. Where that is from left to right, text that
    runs the other way, whose author did not say what language it is in, is known by its letters.
    """
    if lang != page.tag:
        text = f' lang="{lang}" dir="{direction(lang)}"'
    else:
        text = ' dir="auto"' if page.dir == "ltr" else ""
    return Markup(text)  # noqa: S704  # tags are letters, digits and hyphens


def body_html(body: Body, bodies: Bodies, words: Words) -> str:
    """The HTML of an article's body, with its references as addresses.

    A body is made without knowing its site's language: what the parser says itself, the titles of
    admonitions and the name of the list of footnotes, is said in that of the page here.
    """
    html = resolve(bodies[body.source].html.html, body.places)
    if ADMONITION in html:
        html = _ADMONITION_TITLE.sub(lambda found: _titled(found[1], words), html)
    if FOOTNOTES in html:
        html = html.replace(FOOTNOTES, FOOTNOTES.replace("Footnotes", escape(words.footnotes)))
    return html


def _titled(kind: str, words: Words) -> str:
    return f"{ADMONITION}{escape(words[f'admonition_{kind.lower()}'])}</p>"


def headings(html: Fragment, levels: tuple[int, ...] = ()) -> tuple[Heading, ...]:
    """The headings of those levels; of all, where none is named."""
    return tuple(each for each in html.headings if not levels or each.level in levels)


def disclosure(analysis: Analysis, words: Words, dates: Dates) -> str:
    """Who made the analysis and whether a person checked it, in words for readers."""
    model = analysis.model
    if analysis.by == "human":
        made = words.analysis_people
    elif analysis.by == "ai":
        made = words.analysis_ai_model(model=model) if model else words.analysis_ai
    else:
        made = words.analysis_mixed_model(model=model) if model else words.analysis_mixed
    name = analysis.reviewed_by
    if name and analysis.reviewed:
        date = dates.shown(analysis.reviewed)
        return str(words.disclosure_reviewed_on(analysis=made, name=name, date=date))
    if name:
        return str(words.disclosure_reviewed(analysis=made, name=name))
    if analysis.by == "human":
        return str(words.disclosure(analysis=made))
    return str(words.disclosure_unreviewed(analysis=made))


def latency(article: Article, words: Words) -> str:
    """How long after the original the desk picked it up: `18 min`, `3 h`, `2 days`; or ""."""
    if article.collected is None or article.origin is None or article.origin.published is None:
        return ""
    minutes = round((article.collected - article.origin.published).total_seconds() / 60)
    if minutes < 0:
        return ""
    if minutes < 100:
        return str(words.minutes(n=minutes))
    if minutes < 48 * 60:
        return str(words.hours(n=round(minutes / 60)))
    return str(words.days(n=round(minutes / 1440)))


def source_number(article: Article, source: str) -> int:
    """The number of a cited source in the article's list."""
    return next(each.number for each in article.sources if each.id == source)
