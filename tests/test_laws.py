"""Laws that hold for every input, tried on many."""

from __future__ import annotations

import posixpath
import re
from datetime import UTC, date, datetime, timedelta, timezone
from pathlib import PurePosixPath
from typing import Any
from zoneinfo import ZoneInfo

import lxml.etree
import lxml.html
import msgspec
import yaml
from hypothesis import given, settings
from hypothesis import strategies as st

from generator.config import MarkdownSettings
from generator.content.article import load_article
from generator.content.fields import alias_path
from generator.content.others import load_digest, load_page, load_story
from generator.dates import (
    BadDate,
    PartialDate,
    Week,
    parse_week,
    read_moment,
    read_partial,
    rfc3339,
    week_of,
)
from generator.fingerprint import fingerprint
from generator.markdown.render import Renderer
from generator.model import Places
from generator.references import elsewhere, resolve
from generator.routes import article_path, output_path
from generator.settings import read_site
from generator.text import SLUG_BYTES, decode, excerpt, slugify
from tests.sites import ARTICLE
from tests.sites import settings as site

law = settings(max_examples=150, deadline=None, derandomize=True, database=None)

SITE = site()
KEEP = site("content: {unknown_keys: keep}\n")
ALLOW = site("markdown: {html: allow, emoji: true}\ntimezone: Pacific/Kiritimati\n")
CONFIGS = st.sampled_from([SITE, KEEP, ALLOW])

KEYS = st.sampled_from(
    "title date updated slug id draft published expires collected aliases lang weight hook summary"
    " story related rights extra source tldr analysis takeaways comparison deep_dive implications"
    " timeline sources image corrections tags authors audiences publishers dtae name url columns"
    " rows by claim probability src alt".split()
)
SCALARS = st.one_of(
    st.none(),
    st.booleans(),
    st.integers(),
    st.floats(),
    st.text(max_size=20),
    st.dates().map(str),
    st.sampled_from(
        [
            "2026-11-20",
            "2024",
            "2022-02-29",
            "[@a]",
            "<b>",
            "javascript:x",
            "70%",
            "a.png",
            "{{ x }}",
        ]
    ),
)
DATA = st.recursive(
    SCALARS,
    lambda inner: st.one_of(
        st.lists(inner, max_size=4), st.dictionaries(KEYS | st.text(max_size=8), inner, max_size=4)
    ),
    max_leaves=12,
)
FRAGMENTS = st.lists(
    st.sampled_from(
        [
            "---\n", "+++\n", "title: T\n", "title = 'T'\n", "date: 2026-11-20\n", "Title: T\n", ": ",
            "- ", "  ", "\t", "\n", "\r\n", "&a ", "*a", "<<: ", "!!set ", "!!int ", "!x ", "|\n", ">-\n",
            "[", "]", "{", "}", "'", '"', "#", "%", "@", "`", "? ", ",", "\\u0000", '"\\x07"', "\x00",
            "\u2028", "\ufeff", "é", "tags", "sources", "tldr: ", "[@a]", "9" * 30, "0x" + "f" * 30,
            "1e999", "2022-02-29", "[[sources]]\n", "id = 1\n", "nan", "<script>", "&#1;", "- - - ",
            "&b [*b]", "{{ x }}", "$", "..\n", "...\n",
        ]
    ),
    max_size=30,
).map("".join)  # fmt: skip


def loads(data: bytes, config: Any, name: str = ARTICLE) -> None:
    """The file gives an article that can be kept, or a diagnostic that says where and why."""
    loaded = load_article(name, data, config.load)
    for each in loaded.diagnostics:
        assert each.position is not None
        assert each.position.line >= 1
        assert each.position.column >= 1
        assert each.message
    if loaded.article is None:
        assert loaded.diagnostics
        return
    # What comes out has a fingerprint, goes to other processes, and has a place in the output.
    fingerprint(loaded.article, loaded.body)
    assert msgspec.msgpack.encode((loaded.article, loaded.body))
    assert stays_inside(output_path(article_path(loaded.article, config)))
    for text in (loaded.article.title.text, loaded.article.excerpt, loaded.article.id):
        assert_xml(text)
    assert not re.search(r"\s", loaded.article.id)


def stays_inside(path: str) -> bool:
    return (
        not path.startswith("/")
        and posixpath.normpath(path) == path
        and ".." not in PurePosixPath(path).parts
        and not re.search(r"[\x00-\x1f\\]", path)
        and all(0 < len(part.encode()) <= 255 for part in path.split("/"))
    )


def assert_xml(text: str) -> None:
    element = lxml.etree.Element("x")
    # Raises ValueError for what XML cannot hold.
    element.text = text


@law
@given(st.binary(max_size=200), CONFIGS)
def test_any_bytes_give_an_article_or_a_diagnostic(data: bytes, config: Any) -> None:
    loads(data, config)
    loads(b"---\n" + data + b"\n---\n" + data, config)
    loads(b"+++\n" + data + b"\n+++\n" + data, config)


@law
@given(FRAGMENTS, FRAGMENTS, CONFIGS)
def test_any_front_matter_text_gives_an_article_or_a_diagnostic(
    front: str, body: str, config: Any
) -> None:
    loads((front + body).encode(), config)
    loads(f"---\ntitle: T\n{front}\n---\n{body}".encode(), config)
    loads(f"+++\ntitle = 'T'\n{front}\n+++\n{body}".encode(), config)
    loads(f"Title: T\n{front}\n\n{body}".encode(), config)


@law
@given(st.dictionaries(KEYS, DATA, max_size=6), CONFIGS, st.booleans())
def test_any_data_gives_an_article_or_a_diagnostic(
    data: dict[str, Any], config: Any, flow: bool
) -> None:
    front = yaml.safe_dump(data, allow_unicode=True, default_flow_style=flow)
    loads(f"---\n{front}---\nText [@a]".encode("utf-8", "replace"), config)
    titled = yaml.safe_dump({"title": "T", **data})
    loads(f"---\n{titled}---\nText [@a]".encode("utf-8", "replace"), config)


@law
@given(FRAGMENTS | st.dictionaries(KEYS, DATA, max_size=4).map(yaml.safe_dump))
def test_other_content_files_give_a_value_or_a_diagnostic(text: str) -> None:
    data = f"---\n{text}\n---\n{text}".encode("utf-8", "replace")
    for loaded in (
        load_page("pages/a.md", "a", data, SITE.load),
        load_digest("digests/2026-W47.md", data, SITE.load),
        load_story("stories/a.md", data, SITE.load),
    ):
        assert loaded.value is not None or loaded.diagnostics


SETTING = st.sampled_from(
    "title url description language timezone date_format publisher rights output layouts content"
    " front_matter permalinks taxonomies paginate feeds digest share nav stories markdown"
    " fresh_hours extra".split()
)


@law
@given(st.dictionaries(SETTING, DATA, max_size=5), FRAGMENTS)
def test_any_settings_are_read_or_told(data: dict[str, Any], text: str) -> None:
    start = {"title": "T", "url": "https://a.example/"}
    for written in (yaml.safe_dump(data), yaml.safe_dump({**start, **data}), text):
        config, diagnostics = read_site(written.encode("utf-8", "replace"))
        assert (config is None) == any(each.severity == "error" for each in diagnostics)
        if config is not None:
            assert config.url.endswith("/")
            ZoneInfo(config.timezone)
            fingerprint(config)


@law
@given(st.text())
def test_a_slug_is_one_segment_and_its_own_slug(text: str) -> None:
    slug = slugify(text)
    assert slugify(slug) == slug
    assert not re.search(r"[/\\.\s\x00-\x1f]", slug)
    assert len(slug.encode()) <= SLUG_BYTES
    assert slug == slug.strip("-")


PATHS = st.lists(
    st.sampled_from(["..", ".", "/", "//", "a", "%2e%2e", "\\", "~", " ", ":", "\0", "é", "x.html"])
    | st.text(max_size=4),
    max_size=8,
).map("".join)


@law
@given(PATHS)
def test_an_accepted_alias_stays_inside_the_output(text: str) -> None:
    try:
        alias = alias_path(text)
    except ValueError:
        return
    assert alias.startswith("/")
    assert stays_inside(output_path(alias))


@law
@given(PATHS, st.sampled_from(["/articles/{slug}/", "/{slug}", "/{year}/{stem}.html", "/{path}/"]))
def test_a_slug_stays_inside_the_output(slug: str, pattern: str) -> None:
    config = site(f"permalinks: {{articles: '{pattern}'}}\n")
    front = yaml.safe_dump({"title": "T", "slug": slug}, allow_unicode=True)
    loaded = load_article(ARTICLE, f"---\n{front}---\n".encode(), config.load)
    assert loaded.article is not None
    assert stays_inside(output_path(article_path(loaded.article, config)))


NAMES = st.text(
    st.characters(exclude_categories=["Cs"], exclude_characters="/\0"), min_size=1, max_size=40
)


@law
@given(NAMES)
def test_a_file_name_of_any_characters_gives_an_address(name: str) -> None:
    loads(b"---\ntitle: T\ndate: 2026-11-20\n---\n", SITE, f"articles/{name}.md")
    loads(b"---\ntitle: '!'\n---\n", SITE, f"articles/2026-11-20-{name}.md")


ZONES = st.sampled_from(
    ["UTC", "Europe/Berlin", "America/New_York", "Pacific/Kiritimati", "Asia/Kathmandu"]
).map(ZoneInfo)
OFFSETS = st.integers(-12 * 60, 14 * 60).map(lambda each: timezone(timedelta(minutes=each)))
MOMENTS = st.datetimes(
    datetime(1900, 1, 1), datetime(2200, 1, 1), timezones=OFFSETS | st.just(UTC)
).map(lambda each: each.replace(microsecond=0))


@law
@given(MOMENTS, ZONES)
def test_a_moment_survives_rfc_3339(moment: datetime, zone: ZoneInfo) -> None:
    read = read_moment(rfc3339(moment), zone)
    assert read.moment == moment
    assert read.doubt == ""
    assert read_moment(str(moment), zone).moment == moment


@law
@given(st.dates(date(1, 1, 1), date(9999, 12, 31)), st.sampled_from([1, 2, 3]))
def test_a_partial_date_survives_its_text(day: date, precision: int) -> None:
    partial = PartialDate(*(day.year, day.month, day.day)[:precision])
    assert read_partial(str(partial)) == partial
    assert partial.first_day() <= day <= partial.last_day()


@law
@given(st.dates(date(1900, 1, 1), date(2200, 1, 1)), ZONES)
def test_a_week_survives_its_text_and_its_monday(day: date, zone: ZoneInfo) -> None:
    year, number, _ = day.isocalendar()
    week = Week(year, number)
    assert parse_week(str(week)) == week
    assert week.monday.weekday() == 0
    assert week.monday <= day <= week.sunday
    start = datetime.combine(week.monday, datetime.min.time(), zone)
    assert week_of(start, zone) == week
    assert week_of(week.ends(zone) - timedelta(seconds=1), zone) == week
    assert week_of(week.ends(zone), zone) > week


DATE_LIKE = st.lists(
    st.sampled_from(
        "2026 11 20 31 29 02 9999 0000 - / . : T Z + +14:00 24:00 60 Fri Sep CEST".split()
    )
    | st.sampled_from([" ", ", ", "\u0663", "99999999999999999999"]),
    max_size=10,
).map("".join)


@law
@given(DATE_LIKE | st.text(max_size=30) | st.integers() | st.none() | st.floats(), ZONES)
def test_whatever_is_written_is_a_date_or_told_to_be_none(written: object, zone: ZoneInfo) -> None:
    for read in (lambda: read_moment(written, zone).moment, lambda: read_partial(written)):
        try:
            found = read()
        except BadDate:
            continue
        assert isinstance(found, datetime | PartialDate)


@law
@given(st.binary() | st.text().map(str.encode) | st.text().map(lambda each: each.encode("utf-16")))
def test_any_bytes_are_decoded_to_what_xml_can_hold(data: bytes) -> None:
    decoded = decode(data)
    assert_xml(decoded.text)
    assert "\r" not in decoded.text
    assert "\ufeff" not in decoded.text
    assert all(0 <= each.offset <= len(decoded.text) for each in decoded.problems)


@law
@given(st.text(), st.integers(1, 60))
def test_an_excerpt_is_no_longer_than_asked(text: str, limit: int) -> None:
    assert len(excerpt(text, limit)) <= limit + 1


MARKDOWN = st.lists(
    st.sampled_from(
        [
            "<script>alert(1)</script>", "<img src=x onerror=alert(1)>", '<a href="javascript:x">',
            "<b onclick='x'>", "</div>", "<div>", "<table><tr>", "<svg/onload=x>", "<!--", "-->",
            "<style>", "<iframe src=//x>", "[x](javascript:y)", "[x](<java\tscript:y>)", "![x](data:a)",
            "[x]: javascript:z\n", "<math><mi xlink:href='data:x'>", "<p style='x'>", "&#60;script&#62;",
            "<a href='&#x6a;avascript:x'>", "<noscript><p title='</noscript><img src=x onerror=y>'>",
            "`", "```\n", "*", "_", "~~", "\n", "\n\n", "> ", "- ", "1. ", "# ", "| a | b |\n|-|-|\n", "    ",
            "[^1]", "[^1]: n\n", "[@a]", "[@b]", "a\n: b\n", "> [!NOTE]\n", "]]>", "\\", "&", "<", '"', "'",
            "text", "\u2028", "<T>", "https://a.example/", "www.a.example", "content:x", '="content:y"',
            "<a href='../x.md'>", "[y](../x.md)", "<textarea>", "<title>", "<plaintext>", "<xmp>",
        ]
    )
    | st.text(max_size=5),
    max_size=14,
).map("".join)  # fmt: skip


@settings(law, max_examples=400)
@given(MARKDOWN)
def test_sanitised_markdown_is_safe_balanced_and_fit_for_feeds(text: str) -> None:
    renderer = Renderer("articles", MarkdownSettings(), {"a": 1})
    html = renderer.body(decode(text.encode()).text).fragment.html
    line = renderer.inline(decode(text.encode()).text).html
    for each in (html, line, elsewhere(html, "https://letter.example/x/")):
        assert_xml(each)
        root = lxml.html.document_fromstring(f"<main>{each}</main><footer>end</footer>")
        # Nothing that an author wrote swallows what follows it.
        assert root.xpath("string(//body/footer)") == "end"
        assert root.xpath("//script | //style | //iframe | //svg | //math | //object") == []
        for element in root.iter("*"):
            for name, value in element.items():
                assert not name.startswith("on")
                assert name != "style"
                if name in ("href", "src"):
                    assert not re.match(r"\s*(javascript|vbscript|data):", value, re.IGNORECASE)


@law
@given(MARKDOWN)
def test_trusted_html_is_balanced_too(text: str) -> None:
    renderer = Renderer("articles", MarkdownSettings(html="allow"), {})
    assert_xml(renderer.body(decode(text.encode()).text).fragment.html)


@law
@given(MARKDOWN)
def test_every_reference_in_rendered_html_is_known(text: str) -> None:
    renderer = Renderer("articles", MarkdownSettings(), {})
    text = decode(text.encode()).text
    body = renderer.body(text)
    known = dict.fromkeys(body.references, "/known/")
    line = renderer.inline(text)
    for html, addresses in (
        (body.fragment.html, known),
        (line.html, dict.fromkeys(renderer.references, "/known/")),
    ):
        shown = lxml.html.fragment_fromstring(
            resolve(html, Places(addresses)), create_parent="main"
        )
        assert not [each for each in shown.xpath(".//@href | .//@src") if "content:" in each]
