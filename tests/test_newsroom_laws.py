"""Laws of what is planned across articles, for any articles at any moment."""

from __future__ import annotations

from collections import Counter
from datetime import UTC, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from msgspec.structs import replace

from generator.dates import PartialDate, begins
from generator.model import (
    Article,
    Comparison,
    Correction,
    Event,
    Implication,
    Inline,
    Story,
    Tldr,
)
from generator.plan.library import Content
from generator.plan.plan import Plan, make_plan
from generator.planning import encode_view
from generator.views import DigestView, PredictionGroupView, PredictionsView, TimelineView
from generator.words import Words
from tests.sites import interface
from tests.sites import settings as site_settings

ZONE = ZoneInfo("Pacific/Auckland")
START = datetime(2026, 10, 1, tzinfo=UTC)
MINUTES = 80 * 24 * 60
WORDS = Words(interface())
CONFIGS = {
    minimum: site_settings(f"timezone: {ZONE.key}\npaginate: 2\ndigest: {{minimum: {minimum}}}\n")
    for minimum in (1, 2, 4)
}
STORIES = tuple(Story(slug, Inline(slug, slug)) for slug in ("a", "b"))

# The last one is told by several articles in the same words.
EVENTS = ("unique event 1", "unique event 2", "The council votes for lamps")

moments = st.integers(0, MINUTES).map(lambda minutes: START + timedelta(minutes=minutes))
dates = st.builds(
    lambda moment, precision: PartialDate(
        moment.year, moment.month if precision else 0, moment.day if precision == 2 else 0
    ),
    moments,
    st.integers(0, 2),
)
outcomes = st.sampled_from((None, "came true", "did not", "withdrawn"))


def line(text: str) -> Inline:
    return Inline(text, text)


@st.composite
def articles(draw: Any) -> Article:
    """An article with every part. Each text, term and name in it has the word `unique`."""
    return Article(
        source="",
        id="",
        slug="",
        title=line("unique title"),
        date=draw(moments),
        draft=draw(st.booleans()) and draw(st.booleans()),
        expires=draw(st.none() | moments),
        updated=draw(st.none() | moments),
        weight=draw(st.integers(0, 2)),
        terms={
            "tags": draw(st.sampled_from(((), ("red",), ("red", "unique"), ("green",)))),
            "audiences": draw(st.sampled_from(((), ("Editors",), ("unique",)))),
        },
        hook=line("unique hook"),
        excerpt="unique excerpt",
        tldr=Tldr(changed=line("unique change")),
        comparison=Comparison((line("unique column"),), ((line("unique cell"),),)),
        story=draw(st.sampled_from(("", "a", "b"))),
        timeline=tuple(
            Event(day, line(text))
            for day, text in draw(st.lists(st.tuples(dates, st.sampled_from(EVENTS)), max_size=3))
        ),
        corrections=tuple(
            Correction(day, line(f"unique correction {number}"))
            for number, day in enumerate(draw(st.lists(dates, max_size=2)))
        ),
        implications=tuple(
            draw(
                st.lists(
                    st.builds(
                        Implication,
                        claim=st.just(line("unique claim")),
                        who=st.sampled_from(("", "unique forecaster")),
                        by=st.none() | dates,
                        probability=st.none() | st.floats(0, 1),
                        outcome=outcomes,
                        resolved=st.none() | dates,
                    ),
                    max_size=3,
                )
            )
        ),
    )


def told_apart(article: Article, number: int) -> Article:
    """The article as the one of that number: `unique` is a word that no other has."""
    word = f"{chr(ord('a') + number)}unique"

    def renamed(value: Any) -> Any:
        if isinstance(value, str):
            return value.replace("unique", word)
        if isinstance(value, tuple):
            return tuple(renamed(each) for each in value)
        if isinstance(value, dict):
            return {key: renamed(each) for key, each in value.items()}
        if hasattr(value, "__struct_fields__"):
            return replace(
                value, **{name: renamed(getattr(value, name)) for name in value.__struct_fields__}
            )
        return value

    changed: Article = renamed(article)
    implications = tuple(
        replace(each, claim=line(f"{each.claim.text} {place}"))
        for place, each in enumerate(changed.implications)
    )
    source, ident = f"articles/{word}.md", f"tag:x,2026:{word}"
    return replace(changed, source=source, id=ident, slug=word, implications=implications)


newsletters = st.lists(articles(), max_size=7).map(
    lambda drawn: tuple(told_apart(each, number) for number, each in enumerate(drawn))
)
law = settings(max_examples=80, deadline=None, suppress_health_check=[HealthCheck.too_slow])


def planned(newsletter: tuple[Article, ...], now: datetime, minimum: int = 1) -> Plan:
    return make_plan(Content(newsletter, stories=STORIES), CONFIGS[minimum], WORDS, now)


@law
@given(newsletters, moments)
def test_no_word_of_what_is_not_published_is_in_any_pages_values(
    newsletter: tuple[Article, ...], now: datetime
) -> None:
    plan = planned(newsletter, now)
    published = {article.source for article in plan.selection.articles}
    hidden = [each.slug.encode() for each in newsletter if each.source not in published]
    for page in plan.pages:
        told = page.path.encode() + page.url.encode() + encode_view(page.view)
        assert not [word for word in hidden if word in told], page.path


@law
@given(newsletters, moments)
def test_what_becomes_known_on_a_later_day_is_in_no_pages_values(
    newsletter: tuple[Article, ...], now: datetime
) -> None:
    """The pages are as if corrections and outcomes of later days had not been written."""
    today = now.astimezone(ZONE).date()
    known = tuple(
        replace(
            article,
            corrections=tuple(c for c in article.corrections if c.date.first_day() <= today),
            implications=tuple(
                replace(each, outcome=None, resolved=None)
                if each.resolved and each.resolved.first_day() > today
                else each
                for each in article.implications
            ),
        )
        for article in newsletter
    )
    assert planned(known, now).pages == planned(newsletter, now).pages


@law
@given(newsletters, moments)
def test_every_prediction_stands_in_one_group_once(
    newsletter: tuple[Article, ...], now: datetime
) -> None:
    plan = planned(newsletter, now)
    wanted = Counter(
        each.claim.text
        for article in plan.selection.articles
        for each in article.implications
        if each.by is not None
    )
    shown: Counter[str] = Counter()
    for page in plan.pages:
        if isinstance(page.view, PredictionsView):
            shown.update(each.claim.text for group in page.view.groups for each in group.lines)
        elif isinstance(page.view, PredictionGroupView):
            shown.update(each.claim.text for each in page.view.lines)
    assert shown == wanted


@law
@given(newsletters, moments)
def test_every_dated_event_of_a_published_article_is_on_the_timeline_once(
    newsletter: tuple[Article, ...], now: datetime
) -> None:
    plan = planned(newsletter, now)
    wanted = {
        (f"/articles/{article.slug}/", event.date, event.event.text)
        for article in plan.selection.articles
        for event in article.timeline
    }
    tellings = [
        (event.date, telling)
        for page in plan.pages
        if isinstance(page.view, TimelineView) and page.view.of is None
        for event in page.view.events
        for telling in event.tellings
    ]
    told = Counter(
        (link.url, day, telling.event.text)
        for day, telling in tellings
        for link in telling.articles
    )
    assert told == Counter(wanted)
    texts = Counter((day, telling.event.text) for day, telling in tellings)
    assert texts == Counter({(day, text) for _, day, text in wanted})


@law
@given(newsletters, moments, st.sampled_from(sorted(CONFIGS)))
def test_every_published_article_is_in_one_weekly_digest_once(
    newsletter: tuple[Article, ...], now: datetime, minimum: int
) -> None:
    """Either as new or as developing; in editions for audiences besides."""
    plan = planned(newsletter, now, minimum)
    shown = Counter(
        card.url
        for page in plan.pages
        if isinstance(page.view, DigestView) and page.view.audience is None
        for card in page.view.cards
    )
    assert shown == Counter(f"/articles/{each.slug}/" for each in plan.selection.articles)


@law
@given(newsletters, st.data())
def test_a_plan_holds_for_as_long_as_it_says(
    newsletter: tuple[Article, ...], data: st.DataObject
) -> None:
    """Held against the plan of a minute before, at the moments at which something may change."""
    then = data.draw(st.sampled_from([*turns(newsletter), START]))
    now = then - timedelta(minutes=1)
    plan = planned(newsletter, now)
    if plan.until is None or then < plan.until:
        assert planned(newsletter, then).pages == plan.pages


def turns(newsletter: tuple[Article, ...]) -> list[datetime]:
    """The beginning of each day that something in the articles names, of the day after it and of its week."""
    dates = [
        date
        for article in newsletter
        for date in (
            *(each.date for each in article.corrections),
            *(each.resolved for each in article.implications),
            *(each.by for each in article.implications),
        )
        if date is not None
    ]
    days = {day for each in dates for day in (each.first_day(), each.last_day())}
    days |= {day + timedelta(days=1) for day in days} | {
        day - timedelta(days=day.weekday()) for day in days
    }
    return [begins(day, ZONE) for day in sorted(days)]
