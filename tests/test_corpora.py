"""Newsletters that existed before the generator: a small one made by hand, and whole ones."""

from __future__ import annotations

import os
import shutil
from datetime import UTC, datetime
from pathlib import Path
from urllib.parse import quote

import pytest

from benchmarks import corpora
from tests.feed_rules import problems
from tests.published import Published, hrefs, rebuild, words

WEEKLY = Path(__file__).parent / "data" / "weekly"
URL = "https://lanterns.example/"
NOW = datetime(2021, 3, 10, tzinfo=UTC)


@pytest.fixture(scope="module")
def weekly(tmp_path_factory: pytest.TempPathFactory) -> Published:
    site = tmp_path_factory.mktemp("site") / "weekly"
    shutil.copytree(WEEKLY, site)
    return rebuild(site, NOW)


def test_a_weekly_with_pelican_headers_builds_whole(weekly: Published) -> None:
    spellings = (
        "content/2021-01-03-this-week-in-lanterns.markdown:4:7: warning: 'wicks' and 'Wicks' are one"
        " term of tags: 'Wicks' (write one of them everywhere, or name it under taxonomies.tags.names)"
    )
    assert weekly.told == [spellings]
    assert weekly.report.articles == 7
    assert weekly.report.left_out == ()
    assert weekly.report.held == ()


@pytest.mark.parametrize(
    ("week", "addresses"),
    [
        (
            "2020-W53",
            ["/blog/2021/01/03/this-week-in-lanterns/", "/blog/2020/12/29/this-week-in-lanterns/"],
        ),
        ("2021-W01", ["/blog/2021/01/04/this-week-in-lanterns/"]),
        ("2021-W06", ["/blog/2021/02/10/this-week-in-lanterns/"]),
        ("2021-W07", ["/blog/2021/02/17/this-week-in-lanterns/"]),
        (
            "2021-W08",
            [
                "/blog/2021/02/27/the-state-of-lanterns-0.9/",
                "/blog/2021/02/24/this-week-in-lanterns/",
            ],
        ),
    ],
)
def test_each_of_its_weeks_is_a_digest_of_its_issues(
    weekly: Published, week: str, addresses: list[str]
) -> None:
    links = hrefs(weekly.page(f"/digest/{week}/").find(".//main"))
    found = dict.fromkeys(link for link in links if link.startswith("/blog/"))
    assert sorted(found) == sorted(addresses)


def test_weeks_without_an_issue_have_no_digest(weekly: Published) -> None:
    digests = sorted(path.name for path in (weekly.output / "digest").iterdir() if path.is_dir())
    assert digests == ["2020-W53", "2021-W01", "2021-W06", "2021-W07", "2021-W08"]


def test_its_feeds_are_valid(weekly: Published) -> None:
    feeds = sorted(weekly.output.rglob("feed.*"))
    assert len(feeds) == 3 * (2 + 5)
    for path in feeds:
        name = path.relative_to(weekly.output).as_posix()
        assert problems(name, path.read_bytes(), URL + quote(name)) == []


def test_reference_links_lead_where_they_are_defined(weekly: Published) -> None:
    issue = weekly.page("/blog/2020/12/29/this-week-in-lanterns/")
    merged = "https://lantern.example/pulls?q=is%3Amerged+updated%3A2020-12-22..2020-12-29"
    assert [a.text_content() for a in issue.iter("a") if a.get("href") == merged] == [
        "merged last week"
    ]


def test_tables_are_tables(weekly: Published) -> None:
    issue = weekly.page("/blog/2021/02/10/this-week-in-lanterns/")
    rows = [[words(cell) for cell in row] for row in issue.find(".//main//table").iter("tr")]
    assert rows == [
        ["Date", "Place", "Event"],
        ["2021-02-18", "Virtual (Lisbon, PT)", "Lantern night | trimming"],
        ["2021-02-20", "Harbour", "Walk | bring oil"],
    ]


def test_images_are_published_and_shown_in_feeds(weekly: Published) -> None:
    assert (
        weekly.bytes("images/lantern.svg") == (WEEKLY / "content/images/lantern.svg").read_bytes()
    )
    item = next(each for each in weekly.json("feed.json")["items"] if "pause" in each["title"])
    assert 'src="https://lanterns.example/images/lantern.svg"' in item["content_html"]


@pytest.mark.parametrize(
    ("address", "text"),
    [
        ("/blog/2021/01/04/this-week-in-lanterns/", "{{ issue.number }}"),
        ("/blog/2021/01/04/this-week-in-lanterns/", '{% include "footer" %}'),
        ("/blog/2021/02/17/this-week-in-lanterns/", "A guide to wicks & other <tags> of IRC"),
        ("/blog/2021/02/24/this-week-in-lanterns/", "]]> ends nothing here"),
        ("/blog/2021/02/24/this-week-in-lanterns/", "All fourteen changes"),
        ("/privacy/", "No lantern remembers who carried it."),
    ],
)
def test_texts_reach_their_readers_as_they_were_written(
    weekly: Published, address: str, text: str
) -> None:
    assert text in words(weekly.page(address).find(".//main"))


def test_comments_reach_nobody(weekly: Published) -> None:
    for path in weekly.output.rglob("*.html"):
        assert "An editor" not in path.read_text()


def test_issues_link_to_each_other_by_file_and_by_address(weekly: Published) -> None:
    links = hrefs(weekly.page("/blog/2021/02/24/this-week-in-lanterns/").find(".//main"))
    assert "/blog/2020/12/29/this-week-in-lanterns/" in links
    assert "/blog/2021/02/17/this-week-in-lanterns/" in links


def test_a_summary_over_two_lines_is_one_text(weekly: Published) -> None:
    item = next(each for each in weekly.json("feed.json")["items"] if each["title"].endswith("6"))
    assert item["summary"] == "What was merged, what was discussed, and what comes next."


@pytest.mark.skipif(
    not os.environ.get(corpora.FOLDER), reason=f"{corpora.FOLDER} names no folder of newsletters"
)
@pytest.mark.parametrize("corpus", corpora.CORPORA, ids=lambda corpus: corpus.name)
def test_a_whole_newsletter_builds_with_one_command(corpus: corpora.Corpus, tmp_path: Path) -> None:
    corpora.unpack(corpus, Path(os.environ[corpora.FOLDER]), tmp_path)
    outcome = corpora.check(corpus, tmp_path)
    assert outcome.complaints == []
    assert outcome.report["articles"] > 300


@pytest.mark.parametrize("corpus", corpora.CORPORA, ids=lambda corpus: corpus.name)
def test_its_settings_are_few(corpus: corpora.Corpus) -> None:
    assert len(corpus.settings.splitlines()) <= 15
