"""What Pelican's core does not know of an article: neighbours, minutes, its week, what is related."""

import json
import re
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from itertools import pairwise
from math import log
from pathlib import Path

from pelican import signals

RELATED = 4
NEAREST = 6
_HEADING = re.compile(r'<h([23]) id="([^"]*)">(.*?)</h\1>')
_TAG = re.compile(r"<[^>]+>")


def _counted(number):
    return f"{number} article{'' if number == 1 else 's'}"


def _plain(html):
    return _TAG.sub("", html).strip()


def _add_filters(generator):
    def absolute(html):
        return html.replace('href="/', f'href="{generator.settings["SITEURL"]}/')

    generator.env.filters.update(
        absolute=absolute, counted=_counted, headings=_HEADING.findall, plain=_plain
    )


@dataclass
class Week:
    """A category: the articles of one week."""

    name: str
    url: str
    begins: datetime
    running: bool
    articles: list
    groups: list
    newer: object = None
    older: object = None
    year: str = field(init=False)
    number: int = field(init=False)

    def __post_init__(self):
        self.year, _, number = self.name.partition("-W")
        self.number = int(number)
        self.title = f"Week {self.number}, {self.year}"
        self.ends = self.begins + timedelta(days=6)
        self.over = self.begins + timedelta(days=7)
        self.minutes = sum(article.minutes for article in self.articles)


def _enrich(generator):
    for article in generator.articles:
        words = _TAG.sub(" ", article.content).split()
        article.words = len(words)
        article.minutes = max(1, round(article.words / 250))
    for newer, older in pairwise(generator.articles):
        older.newer = newer
        newer.older = older
    _weeks(generator)
    _related(generator)


def _weeks(generator):
    now = datetime.fromisoformat(generator.settings["NOW"])
    weeks = []
    for category, articles in sorted(generator.categories, reverse=True):
        day = articles[0].date.date()
        begins = datetime.combine(day - timedelta(days=day.weekday()), datetime.min.time(), UTC)
        running = now < begins + timedelta(days=7)
        week = Week(category.name, category.url, begins, running, articles, _groups(articles))
        category.week = week
        for article in articles:
            article.week = week
        weeks.append(week)
    for newer, older in pairwise(weeks):
        newer.older = older
        older.newer = newer
    generator.context["weeks"] = weeks


def _groups(articles):
    """The articles under the first tag of each, the largest group first."""
    found = {}
    for article in articles:
        found.setdefault(article.tags[0], []).append(article)
    return sorted(found.items(), key=lambda group: (-len(group[1]), group[0].slug))


def _related(generator):
    """Those that share the rarest terms, of the nearest in time under each term."""
    total = len(generator.articles)
    terms = {}
    for found in (generator.tags, dict(generator.authors)):
        for term, articles in found.items():
            places = {article: place for place, article in enumerate(articles)}
            terms[term.url] = (log((total + 1) / len(articles)), articles, places)
    for article in generator.articles:
        scores = {}
        for term in (*article.tags, *article.authors):
            weight, articles, places = terms[term.url]
            place = places[article]
            for other in articles[max(0, place - NEAREST) : place + NEAREST + 1]:
                scores[other] = scores.get(other, 0) + weight
        scores.pop(article, None)
        article.related_posts = sorted(
            scores, key=lambda other: (-scores[other], abs(other.date - article.date))
        )[:RELATED]


def _write_documents(generator, writer):
    """Each article as JSON."""
    for article in generator.articles:
        path = Path(writer.output_path, article.save_as).with_name("index.json")
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(json.dumps(_document(article, generator.settings["SITEURL"])))


def _document(article, site):
    def link(path):
        return f"{site}/{path}"

    def line(text):
        return {"html": text, "text": _plain(text)}

    return {
        "id": f"tag:measure.example,{article.date.date()}:{article.slug}",
        "url": link(article.url),
        "title": line(article.title),
        "language": "en",
        "published": article.date.isoformat(),
        "minutes": article.minutes,
        "digest": {"title": article.week.title, "url": link(article.week.url)},
        "body": {
            "html": article.content.replace('href="/', f'href="{site}/'),
            "words": article.words,
            "markdown": link(f"{article.url}index.md"),
        },
        "hook": line(article.summary),
        "terms": [
            {
                "taxonomy": name,
                "title": name.title(),
                "terms": [{"name": term.name, "url": link(term.url)} for term in terms],
            }
            for name, terms in (("tags", article.tags), ("authors", article.authors))
        ],
        "related": [
            {
                "title": line(other.title),
                "url": link(other.url),
                "published": other.date.isoformat(),
            }
            for other in article.related_posts
        ],
    }


def register():
    signals.generator_init.connect(_add_filters)
    signals.article_generator_finalized.connect(_enrich)
    signals.article_writer_finalized.connect(_write_documents)
