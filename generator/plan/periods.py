"""Which days each digest covers: an ISO week, or several where thin ones merge into the next."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, timedelta

import msgspec

from generator.dates import Week, week_on


class Period(msgspec.Struct, frozen=True):
    """The days of one digest, from the Monday of `first` to the Sunday of `week`, which names it.

    `thin` while it has fewer articles than a digest needs, so that the next week will join it.
    """

    first: Week
    week: Week
    thin: bool = False

    @property
    def begins(self) -> date:
        """Its first day."""
        return self.first.monday

    @property
    def ends(self) -> date:
        """Its last day."""
        return self.week.sunday

    def merged(self) -> tuple[Week, ...]:
        """The weeks that it covers beside the one that names it, oldest first."""
        found = []
        week = self.first
        while week < self.week:
            found.append(week)
            week = week_on(week.monday + timedelta(days=7))
        return tuple(found)


def periods(counts: Mapping[Week, int], minimum: int) -> tuple[Period, ...]:
    """The periods of the weeks that have anything, oldest first, by their numbers of articles.

    A week is put together with those after it until they have the minimum. Weeks that are not in
    `counts` have nothing, and belong to a period only where it spans them.
    """
    found: list[Period] = []
    first: Week | None = None
    articles = 0
    for week in sorted(counts):
        first = first or week
        articles += counts[week]
        if articles >= minimum:
            found.append(Period(first, week))
            first, articles = None, 0
    if first is not None:
        found.append(Period(first, max(counts), thin=True))
    return tuple(found)
