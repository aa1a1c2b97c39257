"""Search as a reader does it: words typed, results read, links followed, by mouse and by keyboard."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page

from tests.browser.server import serve
from tests.browser.sites import Served
from tests.published import Published, article, attempt, publish
from tests.sites import SITE
from tests.test_search import found

ON = SITE + "search: true\n"
FILES = {
    "site.yaml": ON,
    "content/articles/feeds.md": article("Feeds", "2026-11-19", body="A feed lists news.\n"),
}
NEW = {
    "site.yaml": ON,
    "content/articles/new.md": article("New", "2026-11-21", body="A xylophone.\n"),
}


@pytest.fixture
def built(tmp_path: Path) -> Published:
    """A site of one article."""
    return publish(tmp_path / "site", FILES)


def results(page: Page) -> list[str]:
    """The titles that a reader sees once the search is done."""
    page.wait_for_function(
        "(said => said.textContent && said.textContent !== said.dataset.wait)"
        "(document.getElementById('search_count'))"
    )
    return [each.inner_text() for each in page.query_selector_all("#search_results h2")]


def searched(page: Page, address: str, words: str) -> list[str]:
    """What a reader finds who opens the search page and types."""
    page.goto(f"{address}/search/")
    page.focus("#search_q")
    page.keyboard.type(words)
    page.keyboard.press("Enter")
    return results(page)


def test_a_word_of_one_article_is_found_after_the_build_that_added_it(
    built: Published, browser: Browser
) -> None:
    page = browser.new_page()
    asked: list[str] = []
    wrong: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    page.on("console", lambda message: wrong.append(message.text))
    page.on("pageerror", lambda error: wrong.append(str(error)))
    with serve(built.output) as address:
        assert searched(page, address, "xylophone") == []
        attempt(built.site, NEW)
        assert searched(page, address, "xylophone") == ["New"]
        assert page.inner_text("#search_count") == "1 article"
        assert page.inner_text("#search_results mark") == "xylophone"
        page.click("#search_results a")
        assert page.url == f"{address}/articles/new/"
    assert all(each.startswith(address) for each in asked)
    assert wrong == []
    page.close()


MANY = {
    f"content/articles/{number}.md": article(
        f"Number {number}",
        f"2026-{1 + number % 9:02}-{1 + number % 28:02}",
        f"tags: [{'even' if number % 2 == 0 else 'odd'}]",
        body=f"Common words, and word{number:03}.\n",
    )
    for number in range(300)
}


@pytest.fixture(scope="module")
def many(tmp_path_factory: pytest.TempPathFactory) -> Published:
    """A site whose index has two parts, in a folder of its host."""
    site = "title: Many\nurl: https://letter.example/blog/\nsearch: true\ntaxonomies: [tags]\n"
    folder = tmp_path_factory.mktemp("many")
    return publish(folder / "site", {"site.yaml": site, **MANY}, output=folder / "host/blog")


@pytest.fixture
def many_page(many: Published, browser: Browser) -> Iterator[tuple[Page, str]]:
    """A page of the browser, and the address of the site of many articles."""
    page = browser.new_page()
    with serve(many.output.parent) as address:
        yield page, f"{address}/blog"
    page.close()


@pytest.mark.parametrize("words", ["wordless", "common unheard", '"words common"', "xylophone"])
def test_what_stands_nowhere_is_not_found(many_page: tuple[Page, str], words: str) -> None:
    """A beginning of a word, as Pagefind would take in its place, is another word."""
    page, address = many_page
    assert searched(page, address, words) == []
    assert page.inner_text("#search_count") == "Nothing found."


@pytest.mark.parametrize(("words", "count"), [("commo", 300), ("WORD", 300), ("commonly used", 0)])
def test_beginnings_of_words_find_them(many_page: tuple[Page, str], words: str, count: int) -> None:
    page, address = many_page
    assert len(searched(page, address, words)) == min(count, 10)


@pytest.mark.parametrize("number", [0, 123, 299])
def test_every_part_of_the_index_is_searched(many_page: tuple[Page, str], number: int) -> None:
    page, address = many_page
    assert searched(page, address, f"word{number:03}") == [f"Number {number}"]
    link = page.get_attribute("#search_results a", "href")
    assert link.startswith("/blog/articles/")


# Types one word after the other; gives those that do not lead to their articles, with what is said.
LOST = """
async (wanted) => {
  const said = document.getElementById("search_count");
  const form = document.querySelector("form.search");
  const lost = [];
  for (const [word, url] of wanted) {
    said.textContent = "";
    form.elements.q.value = word;
    form.requestSubmit();
    while (["", said.dataset.wait].includes(said.textContent)) await new Promise(requestAnimationFrame);
    const more = document.getElementById("search_more");
    while (!more.parentElement.hidden) {
      const shown = document.querySelectorAll("#search_results li").length;
      more.click();
      while (document.querySelectorAll("#search_results li").length === shown) await new Promise(requestAnimationFrame);
    }
    if (!document.querySelector(`#search_results a[href="${url}"]`)) lost.push([word, said.textContent]);
  }
  return lost;
}
"""


def words_of_one_article(site: Served) -> list[tuple[str, str]]:
    """Every word that stands in one article only, and the article's address."""
    word = re.compile(r"(?<!\S)[a-z]{4,}(?=[.,;:!?]*(?:\s|$))")
    texts = {url: set(word.findall(each["content"].lower())) for url, each in found(site).items()}
    count = Counter(word for words in texts.values() for word in words)
    return sorted((word, url) for url, words in texts.items() for word in words if count[word] == 1)


def test_whatever_word_stands_in_an_article_finds_it(
    served: dict[str, Served], browser: Browser
) -> None:
    """Though its stem, and so others of its forms, stand in other articles."""
    site = served["open"]
    words = words_of_one_article(site)
    page = browser.new_page()
    page.goto(f"{site.host}/search/")
    assert page.evaluate(LOST, words[:: len(words) // 60]) == []
    page.close()


def test_the_address_of_a_search_leads_to_its_results(many_page: tuple[Page, str]) -> None:
    page, address = many_page
    page.goto(f"{address}/search/?q=common&tags=odd&sort=date")
    titles = results(page)
    assert page.inner_text("#search_count") == "150 articles"
    dates = [each.get_attribute("datetime") for each in page.query_selector_all("time")]
    assert len(titles) == 10
    assert dates == sorted(dates, reverse=True)
    page.select_option("#search_tags", "")
    page.wait_for_function("document.getElementById('search_count').textContent === '300 articles'")
    assert page.url == f"{address}/search/?q=common&sort=date"


def test_more_results_are_reached_by_the_keyboard(many_page: tuple[Page, str]) -> None:
    page, address = many_page
    searched(page, address, "common")
    page.focus("#search_more")
    page.keyboard.press("Enter")
    page.wait_for_function("document.querySelectorAll('#search_results li').length === 20")
    assert page.evaluate(
        "document.activeElement === document.querySelectorAll('#search_results a')[10]"
    )


@pytest.mark.parametrize("scripts", [True, False])
def test_what_is_not_found_can_be_searched_for(
    built: Published, browser: Browser, scripts: bool
) -> None:
    page = browser.new_page(java_script_enabled=scripts)
    with serve(built.output) as address:
        page.goto(f"{address}/articles/lost/")
        page.fill("main input", "news")
        page.press("main input", "Enter")
        page.wait_for_url(f"{address}/search/?q=news")
        if scripts:
            assert results(page) == ["Feeds"]
        else:
            assert "site:letter.example" in page.inner_text("main")
    page.close()


@pytest.mark.parametrize("language", ["en", "ar"])
def test_on_a_phone_the_section_of_the_page_is_in_sight(
    tmp_path: Path, browser: Browser, language: str
) -> None:
    """Whichever way it is written; and the page stays at its top."""
    nav = "".join(f"\n  - {{title: A longer section, url: /{n}/}}" for n in range(4))
    more = f"language: {language}\nnav:{nav}\n"
    site = publish(tmp_path, FILES | {"site.yaml": ON + more})
    page = browser.new_page(viewport={"width": 360, "height": 640})
    with serve(site.output) as address:
        page.goto(f"{address}/search/")
        box = page.locator(".sections [aria-current]").bounding_box()
        assert 0 <= box["x"] <= 360 - box["width"]
        assert page.evaluate("scrollY") == 0
    page.close()


def test_a_page_without_scripts_shows_the_other_ways(built: Published, browser: Browser) -> None:
    page = browser.new_page(java_script_enabled=False)
    with serve(built.output) as address:
        page.goto(f"{address}/search/")
        assert "site:letter.example" in page.inner_text("main")
        assert not page.is_visible("input")
    page.close()


SHORT = "A river is named here."
LONG = " ".join(["What stands before it is of no weight at all."] * 9)
EXCERPTS = {
    "site.yaml": ON,
    "content/articles/a.md": article(
        "Of Herons, a river’s <birds>",
        "2026-11-19",
        "sources:",
        *(
            f"  - {{id: s{n}, title: The heron and the heron {n}, url: 'https://a.example/{n}'}}"
            for n in range(9)
        ),
        body=f"{LONG}\n\nHere a (heron), and no other bird, is seen, while {LONG.lower()}\n",
    ),
    "content/articles/b.md": article("Short", "2026-11-18", body=f"{SHORT} `<mark>` &lt;\n"),
}


def test_an_excerpt_is_of_the_text_and_says_where_it_was_cut(
    tmp_path: Path, browser: Browser
) -> None:
    """Of sentences, not of lists of sources; without the title, and marked without punctuation."""
    page = browser.new_page()
    with serve(publish(tmp_path, EXCERPTS).output) as address:
        searched(page, address, "herons")
        text = page.inner_text("#search_results .summary")
        assert text.startswith("Here a (heron), and no other bird, is seen, while what stands")
        assert text.endswith("…")
        assert page.inner_text("#search_results mark") == "heron"
        searched(page, address, "seen")
        assert page.inner_text("#search_results .summary").startswith("Here a (heron)")
        searched(page, address, "weight")
        assert page.inner_text("#search_results mark") == "weight"
        searched(page, address, "short")
        assert page.inner_text("#search_results .summary") == f"{SHORT} <mark> <"
    page.close()


UNSPACED = {
    "zh": {
        "tea": article(
            "红茶与绿茶", "2026-11-19", body="文章的正文在这里。RSS通讯说的是中国的茶道，“好”。\n"
        ),
        "talk": article("议会", "2026-11-18", body="文章反正有字，国中的会议，通俗的讯号。\n"),
    },
    "ja": {
        "learn": article(
            "学校",
            "2026-11-19",
            body="ニュースレターを読む。がくせいはかくことがすきだ。ビールとヒール。\n",
        ),
        "other": article("時計", "2026-11-18", body="ジョン・スミスの時計は校学の本文。\n"),
    },
}


@pytest.mark.parametrize(
    ("language", "words", "titles", "marks"),
    [
        ("zh", "正文", ["红茶与绿茶"], ["正文"]),
        ("zh", "通讯", ["红茶与绿茶"], ["通讯"]),
        ("zh", "RSS通讯", ["红茶与绿茶"], ["RSS", "通讯"]),
        ("zh", "茶", ["红茶与绿茶"], ["茶"]),
        ("zh", "红茶", ["红茶与绿茶"], []),
        ("zh", "会议", ["议会"], ["会议"]),
        ("zh", "议会", ["议会"], []),
        ("zh", "文章，茶道", ["红茶与绿茶"], ["文章", "茶道"]),
        ("zh", '"讯说"', ["红茶与绿茶"], ["讯说"]),
        ("zh", "茶正", [], []),
        ("ja", "ニュースレター", ["学校"], ["ニュースレター"]),
        ("ja", "がくせい", ["学校"], ["がくせい"]),
        ("ja", "ビール", ["学校"], ["ビール"]),
        ("ja", "ジョン・スミス", ["時計"], ["ジョン", "スミス"]),
        ("ja", "本文", ["時計"], ["本文"]),
    ],
)
def test_what_is_written_without_spaces_is_found(
    tmp_path: Path, browser: Browser, language: str, words: str, titles: list[str], marks: list[str]
) -> None:
    articles = {f"content/articles/{name}.md": text for name, text in UNSPACED[language].items()}
    settings = {"site.yaml": f"{ON}language: {language}\n"}
    page = browser.new_page()
    with serve(publish(tmp_path, settings | articles).output) as address:
        assert searched(page, address, words) == titles
        found = page.query_selector_all("#search_results mark")
        assert [each.inner_text() for each in found] == marks
        if titles:
            assert " " not in page.inner_text("#search_results .summary").replace("RSS ", "RSS")
    page.close()
