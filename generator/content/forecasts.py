"""What an implication lacks to be kept score of as a forecast."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import Any

from generator.schema.problems import Path, Problem


def forecast_problems(item: dict[str, Any], path: Path, published: date) -> Iterator[Problem]:
    """The problem of an implication's values, at most one; `path` is its place in front matter.

    `published` is the article's day, on which a forecast without `said` was made.
    """
    outcome, resolved, by = item.get("outcome"), item.get("resolved"), item.get("by")
    if resolved and outcome is None:
        hint = "add outcome: true, false or withdrawn"
        yield Problem((*path, "resolved"), "resolved, but no outcome", hint)
    elif item.get("probability") is not None and by is None:
        message = "a probability without `by` never falls due, so no score is kept of it"
        hint = "add by: the day on which it is decided"
        yield Problem((*path, "probability"), message, hint, "warning")
    elif outcome is not None and by and not resolved:
        message = "an outcome without `resolved`: readers are not told since when it is known"
        hint = "add resolved: the day of the outcome"
        yield Problem((*path, "outcome"), message, hint, "warning")
    else:
        yield from _out_of_order(item, path, published)


def _out_of_order(item: dict[str, Any], path: Path, published: date) -> Iterator[Problem]:
    """A forecast that was made when it was resolved or due already."""
    said = item.get("said")
    made = said.first_day() if said else published
    for name in ("resolved", "by"):
        day = item.get(name)
        if day and day.last_day() < made:
            message = f"`{name}` is {day}, and the forecast was made later: {said or made}"
            hint = "mend one of them" if said else "add said: the day on which it was made"
            yield Problem((*path, name), message, hint, "warning")
            return
