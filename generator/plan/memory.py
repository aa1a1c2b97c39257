"""What a plan leaves for the next one, which computes again only what has changed."""

from __future__ import annotations

import msgspec

from generator.plan.related_lists import Remembered
from generator.plan.sameness import Judged


class Memory(msgspec.Struct, frozen=True):
    """What is related to each article, and which tellings of each date are one event."""

    related: Remembered = Remembered()
    events: dict[str, Judged] = {}


NOTHING = Memory()
