"""Corrections: told on the article, in feeds and to machines, from their day on and never before."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

from tests.published import Published, article, publish, rebuild

PLAIN = "content/articles/2026-11-20-plain.md"
ZONE = "title: Letter\nurl: https://letter.example/\ntimezone: Asia/Tokyo\n"
# The first moment of 22 November in Tokyo.
MIDNIGHT = datetime(2026, 11, 21, 15, tzinfo=UTC)
WRONG = "It said four hundred."
FILES = {
    "site.yaml": ZONE,
    PLAIN: article("Plain", "2026-11-20", f"corrections: [{{date: 2026-11-22, text: {WRONG}}}]"),
}


def places(site: Published) -> list[str]:
    """The files in which the correction stands."""
    return [path for path, data in site.files().items() if WRONG.encode() in data]


def test_a_correction_stands_nowhere_before_its_day_begins_in_the_sites_zone(
    tmp_path: Path,
) -> None:
    site = publish(tmp_path, FILES, MIDNIGHT.replace(hour=14, minute=59))
    assert places(site) == []
    assert site.json("feed.json")["items"][0]["date_modified"] == "2026-11-19T15:00:00Z"
    # The same content at the next moment, from the same cache.
    after = rebuild(tmp_path, MIDNIGHT)
    assert "articles/plain/index.html" in places(after)
    assert after.json("feed.json")["items"][0]["date_modified"] == "2026-11-21T15:00:00Z"
