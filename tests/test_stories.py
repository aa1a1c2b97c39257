"""Stories: the parts in order, what they tell together, where an article stands, what is to follow."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from tests.feed_rules import problems
from tests.published import Published, article, attempt, hrefs, publish, words

SITE = "title: Letter\nurl: https://letter.example/\nstories: {saga: A saga}\n"
FILES = {
    "site.yaml": SITE,
    "content/stories/dates.md": (
        "---\ntitle: Dates\ndescription: What was *announced*.\n---\n"
        "A first paragraph, [part one](../articles/2026-11-10-one.md).\n\n- and a list\n"
    ),
    "content/articles/2026-11-10-one.md": article(
        "One",
        "2026-11-10",
        "story: dates",
        "timeline: [{date: 2024, event: Begun}]",
        "implications: [{claim: It ends, by: 2027}, {claim: It stays, by: 2026-11-11}]",
    ),
    "content/articles/2026-11-20-two.md": article(
        "Two", "2026-11-20", "story: dates", "timeline: [{date: 2023, event: Planned}]",
        "implications: [{claim: It was so, by: 2026-11, outcome: true, resolved: 2026-11-21}]",
    ),
    "content/articles/2026-11-21-three.md": article("Three", "2026-11-21", "story: dates"),
    "content/articles/2026-11-22-four.md": article("Four", "2026-11-22", "story: saga"),
    "content/articles/2026-11-22-five.md": article("Five", "2026-11-22", "story: dates", "draft: true"),
}  # fmt: skip


def headings(page: Any, section: str) -> list[str]:
    """The headlines below a section's heading."""
    return [words(each) for each in page.iterfind(f".//section[@aria-labelledby='{section}']//h3")]


def site(tmp_path: Path) -> Published:
    return publish(tmp_path, FILES)


def test_stories_are_listed_the_one_with_the_newest_part_first(tmp_path: Path) -> None:
    page = site(tmp_path).page("/stories/")
    main = page.find(".//main")
    assert [words(each) for each in main.iterfind(".//h2")] == ["A saga", "Dates"]
    assert "3 parts since 10 November 2026 newest: Three, 21 November 2026" in words(main)
    assert "2 open predictions" in words(main)


def test_a_storys_page_has_its_text_its_parts_in_order_its_timeline_and_open_predictions(
    tmp_path: Path,
) -> None:
    page = site(tmp_path).page("/stories/dates/")
    main = page.find(".//main")
    assert words(main.find(".//*[@class='dek']")) == "What was announced."
    body = main.find(".//*[@class='body']")
    assert words(body) == "A first paragraph, part one. and a list"
    assert hrefs(body) == ["/articles/one/"]
    assert headings(page, "parts") == ["One", "Two", "Three"]
    assert [words(each) for each in page.iterfind(".//ol[@class='timeline']/li/div/span[1]")] == [
        "Planned", "Begun"]  # fmt: skip
    claims = page.iterfind(".//section[@aria-labelledby='open']//p[@class='claim']")
    assert [words(each) for each in claims] == ["It stays", "It ends"]


def test_an_article_says_which_part_it_is_and_leads_to_the_story(tmp_path: Path) -> None:
    page = site(tmp_path).page("/articles/two/")
    story = page.find(".//section[@class='story']")
    assert words(story).startswith("Part 2 of 3 of a story Dates")
    assert hrefs(story) == ["/stories/dates/", "/articles/one/", "/articles/three/"]


def test_a_story_has_three_feeds_that_can_be_found(tmp_path: Path) -> None:
    built = site(tmp_path)
    for name in ("feed.xml", "feed.atom", "feed.json"):
        assert problems(name, built.bytes(f"stories/dates/{name}")) == []
    titles = [each["title"] for each in built.json("stories/dates/feed.json")["items"]]
    assert titles == ["Three", "Two", "One"]
    assert "/stories/dates/feed.xml" in hrefs(built.page("/feeds/"))
    assert "https://letter.example/stories/dates/feed.xml" in built.text("feeds/feeds.opml")


def test_a_story_without_a_published_part_has_no_page(tmp_path: Path) -> None:
    files = {name: text for name, text in FILES.items() if "four" not in name}
    built = publish(tmp_path, files)
    assert not built.has("stories/saga/index.html")


def test_a_story_that_is_nowhere_named_is_an_error_where_it_stands(tmp_path: Path) -> None:
    name = "content/articles/2026-11-22-four.md"
    built = attempt(tmp_path, {**FILES, name: article("Four", "2026-11-22", "story: sagas")})
    [told] = [line for line in built.told if "error" in line]
    assert told.startswith(f"{name}:4:8: error: there is no story 'sagas'")


def test_a_story_of_many_parts_goes_on_and_its_articles_list_those_near_them(
    tmp_path: Path,
) -> None:
    files = {"site.yaml": SITE + "paginate: 10\n"} | {
        f"content/articles/2026-10-{n:02}-p.md": article(f"P{n}", f"2026-10-{n:02}", "story: saga",
                                                        f"slug: p{n}")
        for n in range(1, 26)
    }  # fmt: skip
    built = publish(tmp_path, files)
    assert headings(built.page("/stories/saga/page/3/"), "parts") == [
        f"P{n}" for n in range(21, 26)
    ]
    story = built.page("/articles/p12/").find(".//section[@class='story']")
    assert words(story).startswith("Part 12 of 25 of a story A saga")
    assert hrefs(story)[1:] == [f"/articles/p{n}/" for n in (7, 8, 9, 10, 11, 13, 14, 15, 16, 17)]
