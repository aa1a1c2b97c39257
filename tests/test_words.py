"""The interface's words: complete in every language, nowhere else, and a site's to change."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from markupsafe import Markup

from generator.catalogues import placeholders, read_catalogues
from generator.theme import default_layouts
from generator.words import Words
from tests.greek import newsletter
from tests.published import Published, article, attempt, parse, publish, rebuild, words
from tests.sites import SITE, interface

CATALOGUES, _ = read_catalogues((default_layouts(),), "layouts")
LANGUAGES = sorted(CATALOGUES.keys() - {"en"})
FORMS = {
    "en": {"one", "other"},
    "de": {"one", "other"},
    "fr": {"one", "many", "other"},
    "es": {"one", "many", "other"},
    "zh": {"other"},
    "ar": {"zero", "one", "two", "few", "many", "other"},
}
TINY = {"content/articles/tiny.md": article("Tiny", "2026-11-19", "tags: [Tea]")}
PLACE = "/articles/tiny/"
# Names that every language writes so.
NAMES = set(
    "RSS Atom JSON Feed OPML AI IA KI Markdown JavaScript Mac Ctrl ics Broadsheet Brier G W min"
    " Verification of forecasts expressed in terms probability Monthly Weather Review X F p o".split()
)


@pytest.mark.parametrize("language", FORMS)
def test_a_catalogue_has_every_word_with_its_placeholders_in_all_plural_forms(
    language: str,
) -> None:
    base, texts = CATALOGUES["en"], CATALOGUES[language]
    assert list(texts) == list(base)
    for key, forms in texts.items():
        assert isinstance(forms, dict) == isinstance(base[key], dict), key
        assert placeholders(forms) <= placeholders(base[key]), key
        if isinstance(forms, dict):
            assert set(forms) == FORMS[language], key
            assert all(placeholders(base[key]) - {"n"} <= placeholders(f) for f in forms.values())


@pytest.mark.parametrize("language", FORMS)
def test_no_catalogue_has_the_signs_of_another_typography(language: str) -> None:
    for key, forms in CATALOGUES[language].items():
        for text in forms.values() if isinstance(forms, dict) else (forms,):
            assert "'" not in text, f"{key}: an apostrophe is ’"
            assert '"' not in text, f"{key}: quotes are those of the language"
            if language == "fr":
                assert not re.search(
                    r"[^\u202f\u00a0][;!?»]|[^\u00a0\s]:(?!\S)|«[^\u202f]", text
                ), key


def test_the_plural_form_is_that_of_the_number() -> None:
    arabic = Words(interface("ar"))
    said = [arabic.articles(n=n) for n in (0, 1, 2, 3, 11, 100, 1234)]
    assert said == [
        "لا مقالات", "مقال واحد", "مقالان", "3 مقالات", "11 مقالًا", "100 مقال", "1,234 مقالًا",
    ]  # fmt: skip
    english = Words(interface("en"))
    assert [english.articles(n=n) for n in (0, 1, 2, 1234)] == [
        "0 articles", "1 article", "2 articles", "1,234 articles",
    ]  # fmt: skip
    assert Words(interface("de")).articles(n=1234) == "1.234 Artikel"


def test_a_value_that_is_html_stays_and_all_else_is_escaped() -> None:
    said = Words(interface()).newest_part(title="A <b>", date=Markup("<time>now</time>"))
    assert said == "newest: A &lt;b&gt;, <time>now</time>"


def texts(page: Any) -> Iterator[str]:
    """Every text on a page that a reader can meet, on its own."""
    for each in page.iter():
        if not isinstance(each.tag, str) or each.tag in ("script", "style", "code"):
            yield each.tail or ""
            continue
        yield from (each.text or "", each.tail or "")
        yield from (each.get(name, "") for name in ("aria-label", "title", "alt", "placeholder"))
        yield from (each.get(f"data-{name}", "") for name in ("copied", "none", "wait", "failed"))
        about = each.get("name", "") + each.get("property", "")
        if each.tag == "meta" and about.endswith(("title", "description", "image:alt")):
            yield each.get("content", "")


def pages(site: Published) -> Iterator[tuple[str, Any]]:
    for path, data in site.files().items():
        if path.endswith(".html"):
            assert isinstance(data, bytes)
            yield path, parse(data)


@pytest.mark.parametrize("language", LANGUAGES)
def test_no_page_has_an_english_word(tmp_path: Path, language: str) -> None:
    site = publish(tmp_path, newsletter(language))
    assert not [each for each in site.told if "error" in each]
    english = {
        text
        for key, forms in CATALOGUES["en"].items()
        for text in (forms.values() if isinstance(forms, dict) else (forms,))
        if "{" not in text and text not in str(CATALOGUES[language].values())
    }
    kinds = {"index.html", "archive/index.html", "feeds/index.html", "search/index.html",
             "404.html", "palio/index.html", "digest/index.html", "digest/2026-W47/index.html",
             "predictions/index.html", "timeline/index.html", "stories/odos/index.html",
             "corrections/index.html", "articles/ola/index.html"}  # fmt: skip
    seen = set()
    for path, page in pages(site):
        seen.add(path)
        for text in texts(page):
            assert text.strip() not in english, path
            if language in ("ar", "zh"):
                latin = set(re.findall(r"[A-Za-z]+", re.sub(r"https?://\S+|\S+@\S+", "", text)))
                assert latin <= NAMES, f"{path}: {text}"
    assert kinds <= seen


@pytest.mark.parametrize("language", ["ar", "zh"])
def test_no_feed_has_an_english_word(tmp_path: Path, language: str) -> None:
    site = publish(tmp_path, newsletter(language))
    for path in ("feed.json", "digest/feed.json", "predictions/feed.json", "corrections/feed.json"):
        feed = site.json(path)
        told = [feed["title"], feed["description"]]
        for item in feed["items"]:
            told += [item["title"], item.get("summary", "")]
            told += texts(parse(item.get("content_html", "<p>").encode()))
        for text in told:
            assert set(re.findall(r"[A-Za-z]+", text)) <= NAMES, f"{path}: {text}"
    calendar = site.text("predictions.ics").replace("\r\n ", "")
    told = re.findall(r"^(?:NAME|SUMMARY|DESCRIPTION):(.*)$", calendar, re.MULTILINE)
    assert len(told) > 3
    for text in told:
        assert set(re.findall(r"[A-Za-z]+", text)) <= {"n"}, text


DATES = [
    ("en", "19 November 2026", "November 2025", "2024", "80%"),
    ("en-US", "November 19, 2026", "November 2025", "2024", "80%"),
    ("de-CH", "19. November 2026", "November 2025", "2024", "80%"),
    ("de", "19. November 2026", "November 2025", "2024", "80\xa0%"),
    ("fr", "19 novembre 2026", "novembre 2025", "2024", "80\xa0%"),
    ("es", "19 de noviembre de 2026", "noviembre de 2025", "2024", "80\xa0%"),
    ("zh", "2026年11月19日", "2025年11月", "2024年", "80%"),
    ("zh-Hant-TW", "2026年11月19日", "2025年11月", "2024年", "80%"),
    ("ar", "19 نوفمبر 2026", "نوفمبر 2025", "2024", "80%"),
    ("ja", "2026年11月19日", "2025年11月", "2024年", "80%"),
]


@pytest.mark.parametrize(("language", "day", "month", "year", "percent"), DATES)
def test_dates_and_numbers_are_as_the_language_writes_them(
    tmp_path: Path, language: str, day: str, month: str, year: str, percent: str
) -> None:
    text = article("Tiny", "2026-11-19", "timeline: [{date: 2025-11, event: E}, {date: 2024, event: F}]",
                   "implications: [{claim: C, by: 2027, probability: 0.8}]")  # fmt: skip
    files = {"site.yaml": f"{SITE}language: {language}\n", "content/articles/tiny.md": text}
    page = publish(tmp_path, files).page(PLACE)
    shown = [each.text for each in page.find(".//article").iter("time")]
    assert shown[0] == day
    assert {month, year} <= set(shown)
    facts = page.find(".//ul[@class='facts']").text_content()
    assert percent.replace("\u202f", "\xa0") in facts.replace("\u202f", "\xa0")


def test_a_date_format_of_the_site_is_kept_with_the_names_of_the_language(tmp_path: Path) -> None:
    more = "language: fr\ndate_format: '%A %-d %B %Y'\n"
    page = publish(tmp_path, {"site.yaml": SITE + more, **TINY}).page(PLACE)
    assert page.find(".//time").text == "jeudi 19 novembre 2026"


@pytest.mark.parametrize(
    ("language", "direction"),
    [("ar", "rtl"), ("he", "rtl"), ("fa", "rtl"), ("ur-PK", "rtl"), ("dv", "rtl"), ("az-Arab", "rtl"),
     ("ckb", "rtl"), ("en", None), ("de", None), ("zh-Hant", None), ("ur-Latn", None)],
)  # fmt: skip
def test_a_page_has_the_direction_of_the_script(
    tmp_path: Path, language: str, direction: str | None
) -> None:
    root = publish(tmp_path, {"site.yaml": f"{SITE}language: {language}\n", **TINY}).page("/")
    assert (root.get("lang"), root.get("dir")) == (language, direction)


def test_an_article_in_another_language_has_its_interface_in_that_language(tmp_path: Path) -> None:
    german = article("Klein", "2026-11-20", "lang: de", "tags: [Tea]")
    site = publish(tmp_path, {**TINY, "content/articles/klein.md": german})
    page = site.page("/articles/klein/")
    assert page.get("lang") == "de"
    assert "Min. Lesezeit" in words(page.find(".//p[@class='byline']"))
    assert page.xpath("//nav[@class='sections']//a")[1].text == "Wochenüberblick"
    older = page.xpath("//a[@rel='prev']")[-1]
    assert (older.get("lang"), older.get("dir")) == ("en", "ltr")
    home = site.page("/")
    assert home.get("lang") == "en"
    title = home.xpath("//*[contains(@class, 'headline')][a='Klein']")[0]
    assert (title.get("lang"), title.get("dir")) == ("de", "ltr")


def test_a_site_changes_a_word_by_its_own_file_and_every_page_follows(tmp_path: Path) -> None:
    site = publish(tmp_path, TINY)
    assert site.page("/").xpath("//nav[@class='sections']//a")[0].text == "Latest"
    own = tmp_path / "layouts/words/en.yaml"
    own.parent.mkdir(parents=True)
    own.write_text("latest: Front page\nmin_read: '{n} minutes'\n")
    again = rebuild(tmp_path)
    assert again.page("/").xpath("//nav[@class='sections']//a")[0].text == "Front page"
    assert "1 minutes" in words(again.page(PLACE).find(".//p[@class='byline']"))
    clean = rebuild(tmp_path, output=tmp_path / "clean")
    assert again.files() == clean.files()
    own.unlink()
    assert rebuild(tmp_path).page("/").xpath("//nav[@class='sections']//a")[0].text == "Latest"


def test_a_site_adds_a_language_whose_missing_words_are_english(tmp_path: Path) -> None:
    site = publish(
        tmp_path,
        {
            "site.yaml": f"{SITE}language: nl-BE\n",
            "layouts/words/nl.yaml": "latest: Nieuwste\narchive: Archief\n",
            **TINY,
        },
    )
    count = len(CATALOGUES["en"])
    message = f"warning: {count - 2} of {count} words are missing: list_comma, list_and,"
    hint = "(the English ones stand for them)"
    assert site.told == [f"layouts/words/nl.yaml: {message} skip_to_text … {hint}"]
    page = site.page("/")
    assert page.xpath("//nav[@class='sections']//a")[0].text == "Nieuwste"
    assert words(page.find(".//a[@class='skip']")) == "Skip to the text"


MISTAKES = [
    ("en", "lastest: News\n", "1:1: error: there is no word 'lastest' (did you mean 'latest'?)"),
    ("de", "by: Text\n", "1:5: error: {names} is missing"),
    ("de", "by: '{names} {whom}'\n", "1:5: error: {whom} stands for nothing (known here: {names})"),
    ("de", "latest: [a]\n", "1:9: error: expected text, not a list (put it into quotes)"),
    ("de", "latest: {other: A}\n", "1:9: error: 'latest' has no plural forms (write one text)"),
    ("de", "articles: {one: A}\n", "1:11: error: the plural form 'other' is missing"),
    (
        "de",
        "articles: {one: A, other: A, few: A}\n",
        "1:30: error: de has no plural form 'few' (known here: one, other)",
    ),
    (
        "ar",
        "articles: {other: A}\n",
        "1:1: warning: the plural form 'few' is missing (`other` stands for it)",
    ),
]


@pytest.mark.parametrize(("language", "text", "message"), MISTAKES)
def test_a_mistake_in_a_catalogue_is_told_where_it_is(
    tmp_path: Path, language: str, text: str, message: str
) -> None:
    site = attempt(tmp_path, {f"layouts/words/{language}.yaml": text, **TINY})
    assert site.told == [f"layouts/words/{language}.yaml:{message}"]


def test_a_word_that_is_not_there_is_told_with_the_template_and_its_line(tmp_path: Path) -> None:
    own = {"layouts/partials/sponsor.html": "", "layouts/404.html": "<p>\n{{ words.lastest }}"}
    told = attempt(tmp_path, {**own, **TINY}).told
    assert told == [
        "layouts/404.html:2:1: error: this Words has no attribute 'lastest' (while making 404.html)"
    ]
    own["layouts/404.html"] = "{{ words.by() }}"
    told = attempt(tmp_path, {**own, **TINY}).told
    message = "TypeError: words.by needs a value for 'names'"
    assert told == [f"layouts/404.html:1:1: error: {message} (while making 404.html)"]


def test_what_the_parser_says_in_a_text_is_in_the_language_of_the_article(tmp_path: Path) -> None:
    body = "> [!NOTE]\n> Yes.\n\n> [!CAUTION]\n> No.\n\nA note[^1]\n\n[^1]: That.\n"
    files = {
        "site.yaml": "title: Blatt\nurl: https://blatt.example/\nlanguage: de\n",
        "content/articles/a.md": article("A", "2026-11-20", body=body),
        "content/articles/b.md": article("B", "2026-11-21", "lang: en", body=body),
    }
    site = publish(tmp_path, files)
    said = {}
    for name in "ab":
        page = site.page(f"/articles/{name}/")
        titles = page.iterfind(".//p[@class='markdown-alert-title']")
        notes = page.find(".//section[@class='footnotes']").get("aria-label")
        said[name] = [*map(words, titles), notes]
    assert said == {"a": ["Hinweis", "Vorsicht", "Fußnoten"], "b": ["Note", "Caution", "Footnotes"]}
    assert "Hinweis</p>" in site.json("articles/a/index.json")["body"]["html"]
    assert "Hinweis</p>" in site.json("feed.json")["items"][1]["content_html"]


def test_every_word_that_is_used_is_there_and_every_word_is_used() -> None:
    """Some are asked for by a name that is put together: states, sections, share links."""
    sources = [
        *default_layouts().rglob("*.*"),
        *(Path(__file__).parent.parent / "generator").rglob("*.py"),
    ]
    text = "\n".join(
        each.read_text()
        for each in sources
        if each.suffix in (".html", ".md", ".txt", ".opml", ".py")
    )
    used = set(re.findall(r"\bwords\.([a-z_]+)", text))
    there = set(CATALOGUES["en"])
    together = {each for each in there if each.startswith(("share_", "scored_", "admonition_"))}
    together |= {"open", "did_not", "withdrawn"}
    together |= {
        "tags",
        "tag",
        "authors",
        "author",
        "audiences",
        "audience",
        "publishers",
        "publisher",
    }
    assert there - used == together - used
    assert used - there <= {
        "language",
        "get",
        "items",
        "split",
        "level",
        "content",
        "values",
        "map",
        "includes",
    }
