"""Corrections: told on the article, in feeds and to machines, from their day on and never before."""

from __future__ import annotations

import json
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from tests.feed_rules import problems
from tests.published import Published, article, hrefs, publish, rebuild, words

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


@pytest.mark.parametrize(
    ("head", "corrections", "updated"),
    [
        ("", "{date: 2026-11-20, text: One}", "2026-11-20T08:00:01Z"),
        ("", "{date: 2026-11-20, text: One}, {date: 2026-11-20, text: Two}",
         "2026-11-20T08:00:02Z"),
        ("", "{date: 2026-11-21, text: One}, {date: 2026-11-21, text: Two}",
         "2026-11-21T00:00:01Z"),
        ("updated: 2026-11-21T09:30:00Z", "{date: 2026-11-21, text: One}", "2026-11-21T09:30:01Z"),
        ("updated: 2026-11-21T09:30:00Z", "{date: 2026-11-20, text: One}", "2026-11-21T09:30:00Z"),
    ],
)  # fmt: skip
def test_each_correction_moves_the_moment_of_the_update(
    head: str, corrections: str, updated: str, tmp_path: Path
) -> None:
    lines = [each for each in (head, f"corrections: [{corrections}]") if each]
    site = publish(tmp_path, {PLAIN: article("Plain", "2026-11-20T08:00:00Z", *lines)})
    item = site.json("feed.json")["items"][0]
    assert (item["date_published"], item["date_modified"]) == ("2026-11-20T08:00:00Z", updated)


def test_an_article_says_that_it_was_corrected_above_all_else(tmp_path: Path) -> None:
    site = publish(tmp_path, FILES)
    page = site.page("/articles/plain/")
    text = words(page.find(".//article"))
    assert f"22 November 2026: {WRONG}" in text
    assert text.index(WRONG) < text.index("Some words.")


def test_machines_are_told_of_a_correction_in_the_form_of_schema_org(tmp_path: Path) -> None:
    # schema.org/correction takes a CorrectionComment, which is a Comment: `text`, `datePublished`.
    page = publish(tmp_path, FILES).page("/articles/plain/")
    data = json.loads(page.findtext('.//script[@type="application/ld+json"]'))["@graph"][0]
    assert data["correction"] == [
        {"@type": "CorrectionComment", "text": WRONG, "datePublished": "2026-11-22"}
    ]
    assert data["datePublished"] == "2026-11-20T00:00:00+09:00"
    assert data["dateModified"] == "2026-11-22T00:00:00+09:00"


@pytest.mark.parametrize("form", ["feed.xml", "feed.atom", "feed.json"])
def test_a_corrected_article_is_no_new_entry(tmp_path: Path, form: str) -> None:
    """The feed before the correction and after it: one entry, one id, one date, another `updated`."""
    before = publish(tmp_path, {**FILES, PLAIN: article("Plain", "2026-11-20")})
    first = entries(before, form)
    after = entries(publish(tmp_path, FILES), form)
    assert [(each["id"], each["published"]) for each in after] == [
        (each["id"], each["published"]) for each in first
    ]
    assert WRONG in after[0]["text"]
    assert WRONG not in first[0]["text"]
    if form != "feed.xml":
        assert (first[0]["updated"], after[0]["updated"]) == ((2026, 11, 19), (2026, 11, 21))


def entries(site: Published, form: str) -> list[dict[str, Any]]:
    """A feed's entries, whatever its form: id, moment published, day updated, text."""
    if form == "feed.json":
        return [
            {
                "id": each["id"],
                "published": each["date_published"],
                "updated": tuple(map(int, each["date_modified"][:10].split("-"))),
                "text": each["content_html"],
            }
            for each in site.json(form)["items"]
        ]
    return [
        {
            "id": each.id,
            "published": each.published,
            # RSS has no place for it.
            "updated": tuple(each.updated_parsed[:3]) if "updated" in each else None,
            "text": each.content[0].value,
        }
        for each in site.feed(form).entries
    ]


MANY = {
    "site.yaml": ZONE + "paginate: 2\n",
    PLAIN: article(
        "Plain",
        "2026-11-20",
        "corrections:",
        "- {date: 2026-11-22, text: Second of the 22nd.}",
        "- {date: 2026-11-23, text: The latest.}",
        "- {date: 2026-11-22, text: 'Third of the 22nd, see [the table](#table).'}",
        "- {date: 2026-11, text: Some day in November.}",
    ),
    "content/articles/2026-11-21-other.md": article(
        "Other *words*",
        "2026-11-21",
        "lang: de",
        "corrections: [{date: 2026-11-22, text: First of the 22nd.}]",
    ),
    "content/articles/2026-11-21-draft.md": article(
        "Held",
        "2026-11-21",
        "draft: true",
        "corrections: [{date: 2026-11-22, text: Of a draft.}]",
    ),
}


def test_the_page_of_corrections_has_all_of_them_newest_first(tmp_path: Path) -> None:
    site = publish(tmp_path, MANY)
    pages = ("/corrections/", "/corrections/page/2/", "/corrections/page/3/")
    told = [
        words(item)
        for path in pages
        for item in site.page(path).xpath('.//ol[@class="corrected"]/li')
    ]
    plain, other = "Article of 20 November 2026", "Article of 21 November 2026"
    assert told == [
        f"23 November 2026 Plain The latest. {plain}",
        f"22 November 2026 Other words First of the 22nd. {other}",
        f"22 November 2026 Plain Second of the 22nd. {plain}",
        f"22 November 2026 Plain Third of the 22nd, see the table. {plain}",
        f"November 2026 Plain Some day in November. {plain}",
    ]
    assert hrefs(site.page(pages[1]), './/ol[@class="corrected"]//a') == [
        "/articles/plain/#part_corrections",
        "/articles/plain/#part_corrections",
        "/articles/plain/#table",
    ]
    assert not site.has("corrections/page/4/index.html")
    assert "/corrections/" in hrefs(site.page("/"), ".//footer//a")


def test_corrections_can_be_followed(tmp_path: Path) -> None:
    site = publish(tmp_path, MANY)
    for form in ("feed.xml", "feed.atom", "feed.json"):
        address = f"https://letter.example/corrections/{form}"
        assert problems(form, site.bytes(f"corrections/{form}"), address) == []
    read = site.json("corrections/feed.json")["items"]
    assert [(each["id"], each["title"], each["date_published"]) for each in read] == [
        (f"{ID}20%3Aplain/2026-11-23", "Correction: Plain", "2026-11-22T15:00:00Z"),
        (f"{ID}21%3Aother/2026-11-22", "Correction: Other words", "2026-11-21T15:00:00Z"),
        (f"{ID}20%3Aplain/2026-11-22", "Correction: Plain", "2026-11-21T15:00:00Z"),
        (f"{ID}20%3Aplain/2026-11-22/2", "Correction: Plain", "2026-11-21T15:00:00Z"),
        # Not before the article that it corrects.
        (f"{ID}20%3Aplain/2026-11", "Correction: Plain", "2026-11-19T15:00:00Z"),
    ]
    assert 'href="https://letter.example/articles/plain/#table"' in read[3]["content_html"]
    assert "/corrections/feed.xml" in hrefs(site.page("/feeds/"))
    assert "https://letter.example/corrections/feed.xml" in site.text("feeds/feeds.opml")


ID = "tag:letter.example,2000:corrections/tag%3Aletter.example%2C2026-11-"


def test_a_correction_keeps_its_id_when_its_words_or_its_articles_address_change(
    tmp_path: Path,
) -> None:
    before = publish(tmp_path, FILES).json("corrections/feed.json")["items"]
    more = ("slug: far", "corrections: [{date: 2026-11-22, text: 'It said 400, not 500.'}]")
    again = publish(tmp_path, {**FILES, PLAIN: article("Renamed", "2026-11-20", *more)})
    after = again.json("corrections/feed.json")["items"]
    assert [each["id"] for each in after] == [each["id"] for each in before]


def test_without_a_correction_there_is_no_page_of_them(tmp_path: Path) -> None:
    site = publish(tmp_path, {PLAIN: article("Plain", "2026-11-20")})
    assert not site.has("corrections/index.html")
    assert not site.has("corrections/feed.xml")
    assert "/corrections/" not in site.text("index.html")
