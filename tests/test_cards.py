"""Share cards: the pictures that other sites show with a link."""

from __future__ import annotations

import json
from io import BytesIO
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import pytest
from fontTools.ttLib import TTFont
from PIL import Image

from generator.cards.fonts import Fonts
from generator.cards.layout import Setting, Step, fitted
from generator.cards.script import in_order_of_sight, is_right_to_left, readable
from tests.pictures import image
from tests.published import Published, article, publish, rebuild
from tests.sites import SITE

FONTS = Path(__file__).parents[1] / "generator" / "cards" / "fonts"
ON = SITE + "share_cards: true\n"
FILES = {
    "site.yaml": ON,
    "content/articles/one.md": article("A quiet week", "2026-11-16", "tags: [feeds]"),
    "content/articles/two.md": article("Another", "2026-11-17", 'lang: "ar"'),
}


def cards(site: Published) -> list[str]:
    return [name for name in site.files() if "/card-" in name]


def card_of(site: Published, path: str) -> str:
    """The file of the card to which a page's head leads."""
    address: str = meta(site.page(path))["og:image"]
    assert address.startswith("https://letter.example/")
    return urlsplit(address).path.lstrip("/")


def meta(page: Any) -> dict[str, str]:
    tags = page.iterfind(".//meta[@content]")
    return {each.get("property") or each.get("name"): each.get("content") for each in tags}


def rendered(site: Published) -> dict[str, tuple[str, ...]]:
    """What `--explain` tells of the cards."""
    return {path: why for path, why in site.report.rendered if "/card-" in path}


@pytest.mark.parametrize("path", ["/articles/one/", "/digest/2026-W47/"])
def test_an_article_and_a_digest_have_a_picture_of_1200_by_630(tmp_path: Path, path: str) -> None:
    site = publish(tmp_path, FILES)
    data = site.bytes(card_of(site, path))
    with Image.open(BytesIO(data)) as picture:
        assert (picture.format, picture.size) == ("PNG", (1200, 630))
    assert len(data) < 40_000


def test_the_head_tells_all_that_other_sites_ask(tmp_path: Path) -> None:
    told = meta(publish(tmp_path, FILES).page("/articles/one/"))
    assert told["og:image:type"] == "image/png"
    assert (told["og:image:width"], told["og:image:height"]) == ("1200", "630")
    assert told["og:image:alt"] == "A quiet week · The Tiny Letter"
    assert told["twitter:card"] == "summary_large_image"


@pytest.mark.parametrize("path", ["/articles/one/", "/digest/2026-W47/"])
def test_structured_data_names_the_card_as_the_image(tmp_path: Path, path: str) -> None:
    page = publish(tmp_path, FILES).page(path)
    text = "".join(page.xpath(".//script[@type='application/ld+json']/text()"))
    assert meta(page)["og:image"] in text


def test_an_article_with_an_image_shows_that(tmp_path: Path) -> None:
    front = "image: {src: /photo.png, alt: A photo}"
    files = {**FILES, "content/articles/one.md": article("A quiet week", "2026-11-16", front)}
    site = publish(tmp_path, {**files, "content/photo.png": image("PNG")})
    assert "photo" in meta(site.page("/articles/one/"))["og:image"]
    assert not [name for name in cards(site) if name.startswith("articles/one/")]


@pytest.mark.parametrize(("settings", "kind"), [(ON, "summary_large_image"), (SITE, "summary")])
def test_a_drawing_that_no_preview_shows_gives_way_to_the_card(
    tmp_path: Path, settings: str, kind: str
) -> None:
    front = "image: {src: /plan.svg, alt: A plan}"
    files = {
        "site.yaml": settings,
        "content/articles/one.md": article("A quiet week", "2026-11-16", front),
        "content/plan.svg": "<svg xmlns='http://www.w3.org/2000/svg' viewBox='0 0 40 30'/>",
    }
    site = publish(tmp_path, files)
    told = meta(site.page("/articles/one/"))
    assert told["twitter:card"] == kind
    assert ("og:image" in told) == (settings == ON)
    assert ".svg" not in told.get("og:image", "")
    assert site.page("/articles/one/").xpath("//figure//img[contains(@src, 'plan.svg')]")


def test_without_the_setting_there_are_no_cards(tmp_path: Path) -> None:
    site = publish(tmp_path, {**FILES, "site.yaml": SITE})
    assert cards(site) == []
    assert meta(site.page("/articles/one/"))["twitter:card"] == "summary"
    assert "og:image" not in meta(site.page("/digest/2026-W47/"))


def test_a_card_lies_beside_its_page_whatever_the_address(tmp_path: Path) -> None:
    flat = ON + "permalinks: {articles: '/{year}/{stem}.html'}\n"
    site = publish(tmp_path, {**FILES, "site.yaml": flat})
    name = card_of(site, "/2026/one.html")
    assert name.startswith("2026/one/card-")
    assert site.has(name)


def test_a_new_title_gives_a_new_card_under_a_new_name(tmp_path: Path) -> None:
    before = card_of(publish(tmp_path, FILES), "/articles/one/")
    title = article("A loud week", "2026-11-16", "tags: [feeds]", "slug: one")
    after = publish(tmp_path, {**FILES, "content/articles/one.md": title})
    name = card_of(after, "/articles/one/")
    assert name != before
    assert rendered(after) == {name: ("new page",)}
    assert not after.has(before)


@pytest.mark.parametrize(
    "change",
    [
        {"content/articles/one.md": FILES["content/articles/one.md"] + "More words.\n"},
        {"site.yaml": ON + "nav: [{title: Home, url: /}]\nshare: [email]\n"},
        {"layouts/partials/article/byline.html": "<p>By us</p>\n"},
    ],
    ids=["a body", "the navigation", "a template"],
)
def test_what_a_card_does_not_show_draws_none_again(tmp_path: Path, change: dict[str, str]) -> None:
    publish(tmp_path, FILES)
    after = publish(tmp_path, {**FILES, **change})
    assert after.report.rendered
    assert rendered(after) == {}


def test_a_card_that_was_lost_is_drawn_again(tmp_path: Path) -> None:
    site = publish(tmp_path, FILES)
    name = cards(site)[0]
    data = site.bytes(name)
    (site.output / name).unlink()
    assert rebuild(tmp_path).bytes(name) == data


def test_two_processes_draw_the_same_bytes_as_one(tmp_path: Path) -> None:
    one = publish(tmp_path / "one", FILES, jobs=1)
    two = publish(tmp_path / "two", FILES, jobs=2)
    assert {name: one.bytes(name) for name in cards(one)} == {
        name: two.bytes(name) for name in cards(two)
    }


@pytest.mark.parametrize(
    ("title", "shown"),
    [
        ("Plain words", "Plain words"),
        ("Café, naïve – “quoted” € 5", "Café, naïve – “quoted” € 5"),
        ("Cafe\u0301", "Café"),
        ("Ελληνικά, русский, Tiếng Việt", "Ελληνικά, русский, Tiếng Việt"),
        ("Out now 🎉👨‍👩‍👧 in 3️⃣ days 🇩🇪", "Out now in 3 days"),
        ("𝗕𝗼𝗹𝗱 letters", "Bold letters"),
        ("A\u2003wide\u200b space", "A wide space"),
        ("x² ≤ 3 → y", "x² <= 3 -> y"),
        ("欧盟发布“指南”", "欧盟发布“指南”"),
        ("フィードの25年", "フィードの25年"),
        ("피드의 기록", "피드의 기록"),
        ("שָׁלוֹם", "שלום"),
        ("สวัสดี", ""),
        ("नमस्ते and more", ""),
        ("🎉", ""),
    ],
)
def test_a_title_is_shown_in_characters_that_the_fonts_have(title: str, shown: str) -> None:
    assert readable(title, Fonts().covers) == shown


def test_arabic_letters_are_joined_and_all_of_them_are_there() -> None:
    fonts = Fonts()
    for text in ("المفوضية الأوروبية", "فارسی: پژوهش گسترده", "اردو: ٹیکنالوجی"):
        shown = readable(text, fonts.covers)
        assert shown != ""
        assert not any("\u0621" <= each <= "\u064a" for each in shown)


@pytest.mark.parametrize(
    ("line", "seen"),
    [
        ("left to right (2026)", "left to right (2026)"),
        ("שלום", "םולש"),
        ("אב (2026) גד", "דג (2026) בא"),
        ("אב WhatsApp (x)", "WhatsApp (x) בא"),
        ("WhatsApp: (אב)", "(בא) :WhatsApp"),
    ],
)
def test_lines_are_in_the_order_in_which_they_are_seen(line: str, seen: str) -> None:
    assert in_order_of_sight(line, right_to_left=True) == seen


@pytest.mark.parametrize(
    ("text", "direction", "left"),
    [
        ("OpenAI تطلق نموذجا", "rtl", True),
        ("OpenAI", "rtl", True),
        ("שלום means peace", "ltr", False),
        ("2026", "ltr", False),
        # The language was not named.
        ("2026: שלום", "ltr", True),
    ],
)
def test_the_language_says_in_which_direction_a_card_is_read(
    text: str, direction: str, left: bool
) -> None:
    assert is_right_to_left(text, direction) is left


def test_the_card_of_an_arabic_article_begins_at_the_right(tmp_path: Path) -> None:
    front = article("OpenAI تطلق نموذجا", "2026-11-16", "lang: ar")
    site = publish(tmp_path, {"site.yaml": ON, "content/articles/one.md": front})
    with Image.open(BytesIO(site.bytes(card_of(site, "/articles/one/")))) as picture:
        sheet = picture.convert("L").point(lambda level: 255 if level < 128 else 0)
    title = sheet.crop((0, 150, 1200, 530)).getbbox()
    assert title is not None
    assert title[2] > 1200 - 80
    date = sheet.crop((0, 550, 1200, 600)).getbbox()
    assert date is not None
    assert date[2] > 1200 - 80


STEPS = (Step(100, 2), Step(50, 3))


@pytest.mark.parametrize(
    ("text", "size", "lines"),
    [
        ("Hello", 100, ("Hello",)),
        # Ten characters fit into a line of the large size, and lines are made equal.
        ("one two three four", 100, ("one two", "three four")),
        ("one two six ten", 100, ("one two", "six ten")),
        # Twenty fit into one of the small size.
        ("one two three four five", 50, ("one two three", "four five")),
        ("well-known", 100, ("well-known",)),
        ("Donaudampfschifffahrtsgesellschaft", 50, ("Donaudampfschifffah-", "rtsgesellschaft")),
        ("https://example.org/abcdefghijklmnopqrstuvwxyz", 50, (
            "https://example.org/", "abcdefghijklmnopqrs", "tuvwxyz")),
        ("a b c d e f g h i j k l m n o p q r s t u v w x y z a b c d e f", 50, (
            "a b c d e f g h i j", "k l m n o p q r s t", "u v w x y z a b c d…")),
        # No line begins with a full stop or ends with an opening quote.
        ("一二三四五六七八九十。一二", 100, ("一二三四五六七", "八九十。一二")),
        ("一二三四五六七八九「十」", 100, ("一二三四五六", "七八九「十」")),
    ],
)  # fmt: skip
def test_a_title_is_as_large_as_fits_in_lines_of_equal_length(
    text: str, size: int, lines: tuple[str, ...]
) -> None:
    # Each character is one em wide: a line of 1000 pixels holds 10 at size 100.
    assert fitted(text, len, 1000, STEPS) == Setting(size, lines)


def test_what_the_fonts_are_said_to_have_they_have() -> None:
    told = json.loads((FONTS / "coverage.json").read_text())
    for name, ranges in told.items():
        codes = {code for first, last in ranges for code in range(first, last + 1)}
        assert codes == set(TTFont(FONTS / name).getBestCmap()), name


@pytest.mark.parametrize("codec", ["gb2312", "shift_jis", "euc_kr", "big5"])
def test_the_usual_characters_of_east_asia_are_there(codec: str) -> None:
    samples = {
        "gb2312": "欧盟数据保护条例的解读与实践",
        "shift_jis": "鬱蒼とした森、珈琲ヱビス々",
        "euc_kr": "훈민정음 값 넓다",
        "big5": "臺灣繁體中文新聞龜",
    }
    assert readable(samples[codec], Fonts().covers) == samples[codec]
