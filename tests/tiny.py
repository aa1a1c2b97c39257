"""The smallest newsletter with everything in it whose freshness can go wrong, and its own theme."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path

SITE = """\
title: Tiny
url: https://example.org/
timezone: Europe/Berlin
content: {unknown_keys: keep}
stories: {saga: A saga}
share: [email]
"""

_BASE = """\
<html lang="{{ site.language }}"><title>{% block title %}{{ site.title }}{% endblock %}</title>
<link rel="canonical" href="{{ '/'|absolute }}">
{% for link in site.nav %}<a href="{{ link.url }}">{{ link.title }}</a>{% endfor %}
{% block main %}{% endblock %}
{% include ["partials/optional.html", "partials/none.html"] ignore missing %}
"""

_CARDS = """\
{% for card in cards %}<li><a href="{{ card.url }}">{{ card.title }}</a>
{{ card.date|date }} {{ card.excerpt }}{% for term in card.terms %}{{ term.text }}{% endfor %}
{% endfor %}
"""


def _page(main: str) -> str:
    return '{% extends "base.html" %}{% block main %}' + main + "{% endblock %}\n"


LAYOUTS: dict[str, str] = {
    "layouts/base.html": _BASE,
    "layouts/partials/cards.html": _CARDS,
    "layouts/partials/none.html": "",
    "layouts/partials/article.html": (
        "<h1>{{ page.article.title }}</h1>{{ page.body|body }}"
        "{% for c in page.article.corrections %}{{ c.text }}{% endfor %}\n"
    ),
    "layouts/article.html": _page(
        '{% include "partials/article.html" %}{{ page|jsonld(url, page.article.title.text, page.article.excerpt) }}'
        "{{ page.newer.title if page.newer }} {{ page.older.title if page.older }}"
        "<aside>{% set cards = page.related|map(attribute='card')|list %}"
        "{% include 'partials/cards.html' %}</aside>"
        '<a href="{{ page.week.url }}">{{ page.week.title }}{{ page.week.count }}</a>'
        "{% if page.story %}{% for each in page.story.later %}{{ each.title }}{% endfor %}{% endif %}"
    ),
    "layouts/article.md": "{{ page.article.title.text }}\n\n{{ page.body|markdown_of }}\n",
    "layouts/home.html": _page(
        "{% set cards = page.cards %}{% include 'partials/cards.html' %}"
        "{{ page.digest.title if page.digest }}{{ page.pagination.number }}/{{ page.pagination.total }}"
    ),
    "layouts/term.html": _page(
        "{{ page.name }}{% set cards = page.cards %}{% include 'partials/cards.html' %}"
    ),
    "layouts/digest.html": _page(
        "{{ page.title }}{{ page.running }}{{ page.notes.intro if page.notes }}"
        "{% set cards = page.picks %}{% include 'partials/cards.html' %}"
        "{% for group in page.groups %}{{ group.title }}{% set cards = group.cards %}"
        "{% include 'partials/cards.html' %}{% endfor %}"
        "{% for each in page.developing %}{{ each.card.title }} {{ each.when }} {{ each.digest }}"
        "{{ each.earlier.title }}{{ each.earlier.url }}{% endfor %}"
        "{% for each in page.corrected %}{{ each.article.title }}{{ each.text }}{% endfor %}"
        "{% for each in page.resolved %}{{ each.claim }}{{ each.state }}{% endfor %}"
        "{% for each in page.due %}{{ each.claim }}{{ each.state }}{% endfor %}"
        "{{ page.begins }}{{ page.ends }}{{ page.wanted }}{{ page.count }}"
        "{% for each in page.editions %}{{ each.url }}{% endfor %}"
        "{{ page.newer.title if page.newer }}"
    ),
    "layouts/page.html": _page("{{ page.page.title }}{{ page.page.body }}"),
    "layouts/feed/article.html": '{% include "partials/article.html" %}',
    "layouts/feed/digest.html": "{% for card in page.picks %}{{ card.title }}{% endfor %}",
}


def article(name: str, *, day: int = 16, tags: Sequence[str] = ("red",), body: str = "Text") -> str:
    """An article's file."""
    listed = ", ".join(tags)
    return (
        f"---\ntitle: {name}\ndate: 2026-11-{day:02}T09:00:00+01:00\ntags: [{listed}]\n---\n"
        f"{body} of {name}, one.\n"
    )


def write(folder: Path, files: Mapping[str, str]) -> None:
    """Writes files below a folder, which is made where it is not there."""
    for name, text in files.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
