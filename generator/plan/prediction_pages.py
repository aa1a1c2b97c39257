"""The pages of all predictions, their calendar, and what is to be followed: the resolutions."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date

from generator.dates import begins
from generator.model import PredictionState
from generator.plan.catalogue import Catalogue
from generator.plan.collections import Collection
from generator.plan.prediction_lines import Told, tell
from generator.plan.predictions import Prediction
from generator.plan.scores import forecaster_scores, score
from generator.predicted import facts, standing_title
from generator.routes import absolute, output_path, url
from generator.views import (
    CalendarEntry,
    CalendarView,
    FeedEntry,
    ForecastersView,
    Page,
    PredictionGroup,
    PredictionGroupView,
    PredictionsView,
    Section,
)

_PATH = "/predictions/"
_FORECASTERS = "/predictions/forecasters/"
_CALENDAR = "/predictions.ics"
_STATES: tuple[PredictionState, ...] = ("open", "due", "came true", "did not", "withdrawn")
# How many predictions of one state a page shows, and how many forecasters the first page does.
_SIZE = 50
_FOREMOST = 20


class PredictionPages:
    """All that is made of predictions across articles; nothing where there is none."""

    def __init__(self, catalogue: Catalogue, predictions: Sequence[Prediction]) -> None:
        self._catalogue = catalogue
        self._told = tell(catalogue, predictions)

    def links(self) -> tuple[Section, ...]:
        """The link to /predictions/."""
        address = url(_PATH, self._catalogue.config)
        return (Section("predictions", address),) if self._told else ()

    def pages(self) -> Iterator[Page]:
        """/predictions/, the pages that go on with it, and the calendar."""
        if self._told:
            yield from _pages(self._catalogue, self._told)
            yield _calendar(self._catalogue, self._told)

    def collections(self) -> tuple[Collection, ...]:
        """The feed in which each resolved prediction is an entry."""
        return (_resolutions(self._catalogue, self._told),) if self._told else ()


def _pages(catalogue: Catalogue, told: Sequence[Told]) -> Iterator[Page]:
    config = catalogue.config
    groups = []
    for state in _STATES:
        members = _in_order(state, told)
        first, further = _split(members)
        more = url(_further_path(state, len(further)), config) if further else ""
        lines = tuple(each.line for each in first)
        groups.append(PredictionGroup(state, _anchor(state), len(members), lines, more))
        yield from _further_pages(catalogue, state, further)
    scores = forecaster_scores(told)
    many = len(scores) > _FOREMOST
    own = url(_PATH, config)
    view = PredictionsView(
        groups=tuple(groups),
        score=score(each.prediction for each in told),
        forecasters=scores[:_FOREMOST],
        all_forecasters=url(_FORECASTERS, config) if many else "",
        calendar=url(_CALENDAR, config),
        feeds=catalogue.feed_links(_PATH, catalogue.words.resolved_predictions),
    )
    yield Page(output_path(_PATH), "predictions.html", view, "the predictions", own)
    if many:
        everybody = ForecastersView(scores, own)
        yield Page(output_path(_FORECASTERS), "forecasters.html", everybody, "the forecasters",
                   url(_FORECASTERS, config))  # fmt: skip


def _in_order(state: PredictionState, told: Sequence[Told]) -> list[Told]:
    """The predictions of one state: open ones soonest first, past ones newest first."""
    members = [each for each in told if each.prediction.state == state]
    members.sort(key=lambda each: (each.prediction.article.source, each.prediction.number))
    if state in ("open", "due"):
        members.sort(key=lambda each: each.prediction.due, reverse=state == "due")
    else:
        members.sort(key=lambda each: each.prediction.resolved or each.prediction.due, reverse=True)
    return members


def _resolutions(catalogue: Catalogue, told: Sequence[Told]) -> Collection:
    resolved = [each for each in told if each.prediction.state not in ("open", "due")]
    resolved.sort(key=lambda each: each.id)
    resolved.sort(key=lambda each: _news_day(catalogue, each.prediction), reverse=True)
    newest = resolved[: catalogue.config.feeds.entries]
    entries = tuple(_entry(catalogue, each) for each in newest)
    words = catalogue.words
    title, about = words.resolved_predictions, words.resolved_predictions_feed
    return Collection(_PATH, title, about, entries, count=len(resolved))


def _news_day(catalogue: Catalogue, prediction: Prediction) -> date:
    """The day on which an outcome is news: its own, else that of its article's last change."""
    return prediction.resolved or prediction.article.changed.astimezone(catalogue.zone).date()


def _anchor(state: PredictionState) -> str:
    return state.replace(" ", "-")


def _further_path(state: PredictionState, number: int) -> str:
    return f"{_PATH}{_anchor(state)}/{number}/"


def _split(members: list[Told]) -> tuple[list[Told], list[list[Told]]]:
    """What the first page shows, and whole pages of the others, the first of which is the last.

    Counted from the end, so that a prediction that is added or leaves at the front, where they
    do, leaves those pages as they are.
    """
    pages = max(0, (len(members) - _SIZE // 2) // _SIZE)
    start = len(members) - pages * _SIZE
    whole = [members[at : at + _SIZE] for at in range(start, len(members), _SIZE)]
    return members[:start], whole[::-1]


def _further_pages(
    catalogue: Catalogue, state: PredictionState, pages: list[list[Told]]
) -> Iterator[Page]:
    config = catalogue.config
    start = url(_PATH, config)
    for number, members in enumerate(pages, 1):
        path = _further_path(state, number)
        further = url(_further_path(state, number - 1), config) if number > 1 else ""
        nearer = (
            url(_further_path(state, number + 1), config)
            if number < len(pages)
            else f"{start}#{_anchor(state)}"
        )
        lines = tuple(each.line for each in members)
        view = PredictionGroupView(state, number, lines, nearer, further, start)
        yield Page(output_path(path), "prediction_group.html", view, "the predictions",
                   url(path, config))  # fmt: skip


def _entry(catalogue: Catalogue, told: Told) -> FeedEntry:
    line = told.line
    moment = begins(_news_day(catalogue, told.prediction), catalogue.zone)
    return FeedEntry(
        id=f"tag:{catalogue.config.load.host},2000:prediction/{told.id}",
        title=standing_title(line, catalogue.words),
        url=catalogue.config.host + line.url,
        published=moment,
        updated=max(moment, told.prediction.article.changed),
        summary=" ".join(facts(line, catalogue.words, catalogue.dates)),
        authors=tuple(link.text for link in line.who),
        lang=line.lang,
        prediction=line,
    )


def _calendar(catalogue: Catalogue, told: Sequence[Told]) -> Page:
    config = catalogue.config
    view = CalendarView(
        title=catalogue.words.site_predictions(site=config.title),
        description=catalogue.words.calendar_about(site=config.title),
        url=absolute(_PATH, config),
        entries=tuple(
            _calendar_entry(catalogue, each)
            for each in sorted(told, key=lambda each: (each.prediction.due, each.id))
        ),
    )
    return Page(_CALENDAR[1:], "calendar:ics", view, "the calendar of predictions")


def _calendar_entry(catalogue: Catalogue, told: Told) -> CalendarEntry:
    prediction = told.prediction
    changed = prediction.article.changed
    if prediction.resolved:
        changed = max(changed, begins(prediction.resolved, catalogue.zone))
    uid = f"{told.id}@{catalogue.config.load.host}"
    return CalendarEntry(uid, prediction.due, told.line, changed)
