"""Input as it really is: what real articles held, and what becomes of it.

Each row is a site with one such oddity. It is published, with exactly the warnings that the row
names, or refused with exactly the errors that it names; then the pages and feeds are read.
"""

from __future__ import annotations

from collections.abc import Callable
from html import escape
from pathlib import Path
from typing import NamedTuple
from urllib.parse import unquote

import lxml.etree
import pytest

from tests.feed_rules import problems
from tests.pictures import image
from tests.published import Published, attempt, words
from tests.sites import SITE, File

N = "content/articles/2026-11-20-tiny.md"
PAGE = "/articles/tiny/"
Look = Callable[[Published], None]


class Row(NamedTuple):
    name: str
    files: dict[str, File]
    told: tuple[str, ...]
    look: Look | None


def site(name: str, files: dict[str, File], *told: str, look: Look | None = None) -> Row:
    return Row(name, files, told, look)


def text(name: str, body: File, *told: str, look: Look | None = None) -> Row:
    """An article's text, from line 4 on; lines are told of it as `LINE:COLUMN: …`."""
    data = body if isinstance(body, bytes) else body.encode()
    files: dict[str, File] = {N: b"---\ntitle: Tiny\n---\n" + data}
    return Row(name, files, tuple(f"{N}:{each}" for each in told), look)


def front(name: str, lines: str, *told: str, look: Look | None = None) -> Row:
    """Front matter from line 3 on, and the text `Words.`."""
    return Row(name, {N: f"---\ntitle: Tiny\n{lines}\n---\nWords.\n"},
               tuple(f"{N}:{each}" for each in told), look)  # fmt: skip


def article(name: str, whole: File, *told: str, look: Look | None = None) -> Row:
    """The article as a whole file."""
    return Row(name, {N: whole}, tuple(f"{N}:{each}" for each in told), look)


def reads(content: str, path: str = PAGE) -> Look:
    """The text of the article's body."""

    def look(site: Published) -> None:
        [body] = site.page(path).xpath("//article//div[contains(@class, 'body')]")
        assert words(body) == content

    return look


def holds(content: str) -> Look:
    """Some words of the article's body, on its page and in every feed."""

    def look(site: Published) -> None:
        [body] = site.page(PAGE).xpath("//article//div[contains(@class, 'body')]")
        assert content in body.text_content()
        for form in ("feed.xml", "feed.atom"):
            html = site.feed(form).entries[0].content[0].value
            assert content in lxml.html.fromstring(html).text_content()
        assert (
            content
            in lxml.html.fromstring(
                site.json("feed.json")["items"][0]["content_html"]
            ).text_content()
        )

    return look


def title(html: str, plain: str) -> Look:
    """The title on the page, and as plain text in the feeds."""

    def look(site: Published) -> None:
        [heading] = site.page(PAGE).xpath("//article//h1")
        inner = escape(heading.text or "", quote=False) + "".join(
            lxml.etree.tostring(each, encoding="unicode") for each in heading
        )
        assert inner == html
        assert site.json("feed.json")["items"][0]["title"] == plain
        assert site.feed("feed.xml").entries[0].title_detail.value == plain

    return look


def dated(moment: str) -> Look:
    def look(site: Published) -> None:
        assert site.json("feed.json")["items"][0]["date_published"] == moment

    return look


def at(*addresses: str) -> Look:
    """The addresses of all articles, newest first."""

    def look(site: Published) -> None:
        found = [
            each["url"].removeprefix("https://letter.example")
            for each in site.json("feed.json")["items"]
        ]
        assert found == list(addresses)
        for each in addresses:
            assert site.has(unquote(each).lstrip("/") + "index.html")

    return look


def terms(*names: str, taxonomy: str = "tags") -> Look:
    def look(site: Published) -> None:
        if not names:
            assert not site.has(f"{taxonomy}/index.html")
            return
        main = words(site.page(f"/{taxonomy}/").xpath("//main")[0])
        for each in names:
            assert each in main

    return look


def absolute_in_feeds(site: Published) -> None:
    for form in ("feed.xml", "feed.atom"):
        html = lxml.html.fromstring(site.feed(form).entries[0].content[0].value)
        found = html.xpath("//@href | //@src")
        assert found
        assert all(each.startswith(("https:", "mailto:")) for each in found), found


def no_ids_in_feeds(site: Published) -> None:
    entries = site.feed("feed.xml").entries
    assert len(entries) == 2
    for each in entries:
        html = lxml.html.fromstring(each.content[0].value)
        assert html.xpath("//@id") == []
        # A footnote leads to the article's own page.
        assert f"{each.link}#fn1" in html.xpath("//a/@href")


def apart_on_lists(site: Published) -> None:
    """What one article leaves open swallows neither the list nor the digest that quotes it."""
    for path in ("/", "/archive/", "/digest/2026-W47/", "/tags/t/"):
        page = site.page(path)
        links = page.xpath("//main//a/@href")
        assert "/articles/tiny/" in links
        assert "/articles/other/" in links
        assert page.xpath("//body//footer")
        assert page.xpath("//main//script | //main//nick") == []


def distinct_ids(site: Published) -> None:
    for form in ("feed.xml", "feed.atom"):
        ids = [each.id for each in site.feed(form).entries]
        assert len(set(ids)) == len(ids) == 3


def stable_order(site: Published) -> None:
    found = [each["url"].rsplit("/", 2)[1] for each in site.json("feed.json")["items"]]
    assert found == ["a", "b", "c", "d"]


def fallback_in_feeds(site: Published) -> None:
    for form in ("feed.xml", "feed.atom"):
        [entry] = site.feed(form).entries
        assert entry.summary
    [item] = site.json("feed.json")["items"]
    assert item.get("content_html") or item.get("content_text")


def held(reason: str) -> Look:
    def look(site: Published) -> None:
        assert [each.reason for each in site.report.held] == [reason]
        assert not site.has("articles/tiny/index.html")

    return look


def titled(name: str, more: str = "", body: str = "Words.") -> str:
    return f"---\ntitle: {name}\n{more}\n---\n{body}\n"


OPEN = "tags: t"
OTHER = "content/articles/2026-11-21-other.md"
DATE_HINT = "(write it as 2026-11-20 or"

TEXT = [
    text("control characters", "a\0\x02b\x08\x0b\x1bc", "4:2: warning: 5 control characters left out (U+0000 first)",
         look=holds("abc")),
    article("a BOM at the start", b"\xef\xbb\xbf---\ntitle: Tiny\n---\nab", look=holds("ab")),
    text("a BOM in the middle", "a\ufeffb", look=holds("ab")),
    article("a BOM inside a title", "---\ntitle: Ti\ufeffny\n---\n", look=title("Tiny", "Tiny")),
    article("CRLF", b"---\r\ntitle: Tiny\r\n---\r\none\r\n\r\ntwo\r\n", look=reads("one two")),
    article("mixed line ends", b"---\r\ntitle: Tiny\n---\rone\r\n\ntwo\r\rthree", look=reads("one two three")),
    article("lone CR", b"---\rtitle: Tiny\r---\rone\r\rtwo", look=reads("one two")),
    text("U+2028 inside a line", "a\u2028b # no heading\x85c", look=holds("b # no heading")),
    article("U+2028 inside a title", "---\ntitle: Ti\u2028ny\nhook: a\x85b\n---\n", look=title("Ti ny", "Ti ny")),
    text("NUL", "a\0b", "4:2: warning: 1 control character left out", look=holds("ab")),
    text("a binary pasted as text", "\ufffd" * 9000, "4:1: warning: 9000 replacement characters (U+FFFD)"),
    text("mojibake", "It was a cafÃ© once.", "4:13: warning: text decoded wrongly: 'Ã©", look=holds("once.")),
    text("template syntax", "{{ site }} {% raw %} {# x #} {{{ y }}}", look=holds("{{ site }} {% raw %} {# x #} {{{ y }}}")),
    front("template syntax in a hook", "hook: 'use {{ x }} and {% y %}'"),
    text("the end of CDATA", "a ]]> b", look=holds("a ]]> b")),
    text("a data URI of 283 kB", "![x](data:image/png;base64," + "A" * 283_000 + ")\n\nend", look=holds("end")),
    text("an article of 400 kB", "Words and *more* words. " * 17_000 + "end", look=holds("end")),
    text("an empty body", "", look=fallback_in_feeds),
    *(
        site(f"left open: {html[:12]}", {N: titled("Tiny", OPEN, html), OTHER: titled("Other", OPEN)},
             *told, look=apart_on_lists)
        for html, told in (
            ("<table><tr><td>x", ()),
            ("text <script>x", (f"{N}:5:1: warning: <script> is left out",)),
            ("<script>\nx", (f"{N}:5:1: warning: <script> is left out",)),
            ("<nick> hello <other>", ()),
            ("</div></main></body> x", ()),
            ("x <!-- and", ()),
            ("<div class='card'><b>x", ()),
        )
    ),
    site("footnotes and headings that repeat",
         {N: titled("Tiny", "", "# A\n\nx[^1]\n\n[^1]: y"), OTHER: titled("Other", "", "# A\n\nx[^1]\n\n[^1]: z")},
         look=no_ids_in_feeds),
    site("links from the root and from the file",
         {N: titled("Tiny", "", "[a](/about/) [b](2026-11-21-other.md) ![c](/c.png) <a href='x/'>d</a>"),
          OTHER: titled("Other", "date: 2026-11-19"), "content/pages/about.md": "---\ntitle: About\n---\n",
          "content/c.png": image("PNG")}, look=absolute_in_feeds),
]  # fmt: skip

DATES = [
    front("Jekyll's date", "date: 2024-06-12 00:30:00 +0000", look=dated("2024-06-12T00:30:00Z")),
    front("a day of no calendar", "date: 2022-02-29",
          f"3:7: warning: '2022-02-29': day is out of range for month {DATE_HINT}", look=dated("2026-11-20T00:00:00Z")),
    *(
        front(f"the date {written!r}", f"date: {written}", f"3:7: warning: '{written}'",
              look=dated("2026-11-20T00:00:00Z"))
        for written in ("2026-11-20 14:4g5:00", "2026-06-010T10:00", "2026-11-20 16:30-:00+16:30")
    ),
    front("a date in words", "date: Fri Sep  3 11:21:31 CEST 2021", look=dated("2021-09-03T09:21:31Z")),
    front("a day of one digit", "date: 2020-12-2", look=dated("2020-12-02T00:00:00Z")),
    front("month first", "date: 01-02-2025", "3:7: warning: '01-02-2025' is ambiguous: read as 2 January 2025",
          look=dated("2025-01-02T00:00:00Z")),
    front("an offset that does not exist", "date: 2026-06-10T16:30:00+16:30",
          "3:7: warning: '2026-06-10T16:30:00+16:30': there is no UTC offset +16:30"),
    site("all forms mixed in one site",
         {"content/articles/a.md": titled("A", "date: 2026-11-20"),
          "content/articles/b.md": titled("B", "date: 2026-11-19T10:00:00+02:00"),
          "content/articles/c.md": titled("C", "date: 2026-11-18 10:00"),
          "content/articles/d.md": titled("D", "date: March 5, 2024"),
          "content/articles/e.md": titled("E"),
          "content/articles/2026-11-17-f.md": titled("F")},
         "content/articles/e.md:1:1: warning: left out: it has no date (write `date: 2026-11-20`",
         look=at("/articles/a/", "/articles/b/", "/articles/c/", "/articles/f/", "/articles/d/")),
    site("many articles of one moment",
         {f"content/articles/{name}.md": titled(name, "date: 2026-11-20") for name in "dbca"}, look=stable_order),
    front("a date that is not the file name's", "date: 2026-11-18", look=dated("2026-11-18T00:00:00Z")),
    site("a year of two digits", {"content/articles/13-06-07-old.md": titled("Old")}, look=dated("2013-06-07T00:00:00Z")),
]  # fmt: skip

FRONT_MATTER = [
    article("the first key indented", "---\n title: Tiny\ntags: t\n---\n",
            "2:1: warning: the first key is indented (begin it at the left)", look=terms("t")),
    article("a space before the closing fence", "---\ntitle: Tiny\n ---\nab", look=holds("ab")),
    article("a blank line before the opening one", "\n---\ntitle: Tiny\n---\nab", look=holds("ab")),
    front("a key twice", "tags: a\ntags: b", "4:1: warning: the key 'tags' stands twice", look=terms("b")),
    front("tabs", "tags:\n\t- a", "4:1: warning: a tab where YAML takes only spaces", look=terms("a")),
    article("a title of old", "---\ntitle: ! 'It''s: tiny'\n---\n", look=title("It's: tiny", "It's: tiny")),
    article("quotes in quotes", '---\ntitle: "Say "hi""\n---\n', "2:1: warning: quotes within quotes",
            look=title('Say "hi"', 'Say "hi"')),
    article("a colon in a title", "---\ntitle: Tea: a story\n---\n", "2:1: warning: text that YAML needs quoted",
            look=title("Tea: a story", "Tea: a story")),
    front("tags: nothing", "tags:", look=terms()),
    front("tags: one text", "tags: rust", look=terms("rust")),
    front("tags: with commas", "tags: news, foundation", look=terms("news", "foundation")),
    site("categories", {"site.yaml": SITE + "taxonomies: [categories]\n", N: titled("T", "categories: a, b")},
         look=terms("a", "b", taxonomy="categories")),
    front("authors with addresses", "authors: [{name: Ann, url: 'https://a.example/'}]",
          look=terms("Ann", taxonomy="authors")),
    front("a list in a list", "tags: [[a, b], c]", "3:7: warning: a list within a list", look=terms("a", "b", "c")),
    front("an empty tag", "tags: ['', a]", "3:8: warning: the term '' is left out", look=terms("a")),
    front("a slug that is a number", "slug: 42", look=at("/articles/42/")),
    front("a slug that begins with a slash", "slug: /2020/tiny/",
          "3:7: warning: the slug '/2020/tiny/' cannot be an address as it is; '2020/tiny' is taken",
          look=at("/articles/2020/tiny/")),
    site("published: false", {N: titled("Tiny", "published: false"), OTHER: titled("Other")}, look=held("draft")),
    front("a placeholder left in", "hook: {{ description }}", "3:8: error: this YAML cannot be read: a key must be one"),
    front("a quoted placeholder as a date", "updated: '{{ date }}'", f"3:10: warning: '{{{{ date }}}}' is no date {DATE_HINT}"),
    article("a title of 710 characters over many lines",
            "---\ntitle: >\n" + "  A long line of a title, on and on.\n" * 20 + "---\n",
            look=title(("A long line of a title, on and on. " * 20).strip(), ("A long line of a title, on and on. " * 20).strip())),
    article("a generic type in a title", "---\ntitle: Span<T> is here\n---\n", look=title("Span&lt;T&gt; is here", "Span<T> is here")),
    article("HTML in a title", "---\ntitle: <strike>Old</strike> new\n---\n", look=title("<strike>Old</strike> new", "Old new")),
    article("a title escaped already", "---\ntitle: Fish &amp; chips&#160;now\n---\n",
            look=title("Fish &amp; chips\u00a0now", "Fish & chips now")),
    site("one id in many articles",
         {f"content/articles/2026-11-{day}-{day}.md": titled(f"No {day}", "id: same") for day in (18, 19, 20)},
         "content/articles/2026-11-19-19.md:3:5: warning: the id 'tag:letter.example,2000:same' is that of",
         "content/articles/2026-11-20-20.md:3:5: warning: the id 'tag:letter.example,2000:same' is that of",
         look=distinct_ids),
]  # fmt: skip

NAMES = [
    *(
        site(f"a title in {script}", {"content/articles/2026-11-20.md": titled(written)}, look=at(address))
        for script, written, address in (
            ("Hebrew", "שלום עולם", "/articles/%D7%A9%D7%9C%D7%95%D7%9D-%D7%A2%D7%95%D7%9C%D7%9D/"),
            ("Chinese", "今日新闻", "/articles/%E4%BB%8A%E6%97%A5%E6%96%B0%E9%97%BB/"),
            ("Japanese", "ニュース", "/articles/%E3%83%8B%E3%83%A5%E3%83%BC%E3%82%B9/"),
            ("signs", "'!!!'", "/articles/2026-11-20/"),
        )
    ),
    site("terms of one slug",
         {N: titled("T", "tags: [CRI-O, character-ai]"), OTHER: titled("O", "tags: [CRI-O, character.ai]"),
          "content/articles/2026-11-22-c.md": titled("C", "tags: [cri-o]")},
         "content/articles/2026-11-22-c.md:3:7: warning: 'cri-o' and 'CRI-O' are one term of tags: 'CRI-O'",
         f"{OTHER}:3:7: warning: 'character.ai' and 'character-ai' are one term of tags: 'character-ai'",
         look=terms("CRI-O", "character-ai")),
    site("a term's name by the settings",
         {"site.yaml": SITE + "taxonomies: {tags: {names: {cri-o: CRI·O}}}\n", N: titled("T", "tags: [CRI-O, cri-o]")},
         look=terms("CRI·O")),
    site("one slug twice",
         {N: titled("T"), "content/articles/2026-11-19-tiny.md": titled("S")},
         "content/articles/2026-11-19-tiny.md:1:1: error: /articles/tiny/ is the address of articles/2026-11-20-tiny.md"),
    site("one slug five times, with dates in the addresses",
         {"site.yaml": SITE + "permalinks: {articles: '/{year}/{month}/{day}/{slug}/'}\n",
          **{f"content/articles/2026-11-{day}-nothing.md": titled("Nothing") for day in (16, 17, 18, 19, 20)}},
         look=at(*(f"/2026/11/{day}/nothing/" for day in (20, 19, 18, 17, 16)))),
    *(
        site(f"the file name {name!r}", {f"content/articles/{name}.md": titled("Odd", "date: 2026-11-20")}, look=at(address))
        for name, address in (
            ("caf%c3%a9", "/articles/caf%C3%A9/"),
            ("%e2%80%a6 dots", "/articles/dots/"),
            ("with spaces in it", "/articles/with-spaces-in-it/"),
            ("me@home~1", "/articles/me-home-1/"),
            ("-dash", "/articles/dash/"),
            ("caf\u00e9", "/articles/caf%C3%A9/"),
            ("cafe\u0301", "/articles/caf%C3%A9/"),
            ("日本", "/articles/%E6%97%A5%E6%9C%AC/"),
            ("🦀", "/articles/odd/"),
        )
    ),
    site("a hidden folder", {N: titled("T"), "content/articles/.obsidian/x.md": "junk", "content/.git/y.md": "junk"},
         look=at(PAGE)),
    site("side files without front matter", {N: titled("T"), "content/articles/notes.md": "Remember."},
         "content/articles/notes.md:1:1: warning: left out: it has no front matter and no date in its name",
         look=at(PAGE)),
    site("folders of weeks that are no ISO weeks",
         {"content/articles/2026/week-54/2026-11-20-tiny.md": titled("T"), "content/articles/W00/2026-11-19-b.md": titled("B")},
         look=at(PAGE, "/articles/b/")),
]  # fmt: skip

ROWS = [*TEXT, *DATES, *FRONT_MATTER, *NAMES]


@pytest.mark.parametrize("row", ROWS, ids=[row.name for row in ROWS])
def test_real_input_is_published_or_told_how_to_be_mended(row: Row, tmp_path: Path) -> None:
    built = attempt(tmp_path, row.files)
    assert len(built.told) == len(row.told), built.told
    for line, expected in zip(sorted(built.told), sorted(row.told), strict=True):
        assert line.startswith(expected)
    if any(": error: " in line for line in row.told):
        assert built.report.output is None
        return
    assert built.report.output is not None
    for path in sorted(built.output.rglob("feed.*")):
        found = problems(path.name, path.read_bytes())
        # Pictures may be data of their own; feed readers that do not know them show their text.
        assert [each for each in found if "data:image/png" not in each] == [], path
    if row.look is not None:
        row.look(built)


def test_a_link_out_of_the_content_is_one_wherever_the_build_runs(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    pages = []
    for number, folder in enumerate((Path("/"), tmp_path)):
        monkeypatch.chdir(folder)
        site = attempt(tmp_path / str(number), {N: titled("Tiny", "", "[x](../../../up/#a)")})
        pages.append(site.bytes("articles/tiny/index.html"))
        assert "/up/#a" in site.page(PAGE).xpath("//article//a/@href")
    assert pages[0] == pages[1]
