"""THE table of malformed input: each row is a tiny site with a mistake, and what its editor reads.

A row holds a name, the site's files, and the beginning of every line that the build tells. All of
them are named, so that no mistake is told twice; none is ever a traceback.
"""

from __future__ import annotations

from pathlib import Path
from typing import NamedTuple

import pytest

from tests.published import attempt
from tests.sites import SITE, File

N = "content/articles/2026-11-20-tiny.md"
HINT = "(write it as 2026-11-20 or 2026-11-20T10:00:00+01:00)"
NO_SOURCES = "(there is no `sources:` list)"


class Row(NamedTuple):
    name: str
    files: dict[str, File]
    told: tuple[str, ...]


def site(name: str, files: dict[str, File], *told: str) -> Row:
    """A whole site; an article is added, without which there is nothing to publish."""
    return Row(name, {N: "---\ntitle: Tiny\n---\nText\n", **files}, told)


def file(name: str, text: File, *told: str) -> Row:
    """The one article as a whole file; lines are told of it as `LINE:COLUMN: …`."""
    return Row(name, {N: text}, tuple(f"{N}:{each}" for each in told))


def front(name: str, lines: str, *told: str) -> Row:
    """The lines of the front matter from line 3 on."""
    return file(name, f"---\ntitle: Tiny\n{lines}\n---\nText\n", *told)


def body(name: str, text: str, *told: str) -> Row:
    """The text of an article from line 4 on."""
    return file(name, f"---\ntitle: Tiny\n---\n{text}", *told)


def settings(name: str, lines: str, *told: str) -> Row:
    """The lines of `site.yaml` from line 3 on."""
    return site(name, {"site.yaml": SITE + lines + "\n"}, *(f"site.yaml:{each}" for each in told))


def layout(name: str, template: str, text: File, *told: str) -> Row:
    """A template of the site's own; lines are told of it."""
    path = f"layouts/{template}"
    return site(name, {path: text}, *(f"{path}:{each}" for each in told))


def titled(title: str, more: str = "") -> str:
    return f"---\ntitle: {title}\n{more}\n---\nText\n"


def _doubling(levels: int) -> str:
    lines = [f"a{n}: &a{n} [*a{n - 1}, *a{n - 1}]" for n in range(1, levels)]
    return "\n".join(["a0: &a0 [x]", *lines])


SOURCED = "sources: [{id: a, title: A}]\n"

YAML = [
    front("an unclosed bracket", "tags: [a, b", "3:7: error: this YAML cannot be read: did not find"),
    front("an unclosed quote", "hook: 'x", "3:1: warning: quotes within quotes"),
    front("an unclosed brace", "tldr: {changed: x", "3:7: error: this YAML cannot be read:"),
    front("a colon in a title", "hook: Tea: a story", "3:1: warning: text that YAML needs quoted"),
    front("a tab", "tags:\n\t- a", "4:1: warning: a tab where YAML takes only spaces"),
    front("a key twice", "hook: a\nhook: b", "4:1: warning: the key 'hook' stands twice"),
    front("an alias to nothing", "hook: *x", "3:1: warning: text that YAML needs quoted"),
    front("an object of Python's", "hook: !!python/object/apply:os.system [ls]",
          "3:1: warning: text that YAML needs quoted"),
    front("a bomb of aliases", _doubling(24), "2:1: error: this YAML cannot be read: more than 20000"),
    front("too many aliases", "tags: &t a\nhook: [" + "*t, " * 60 + "]",
          "2:1: error: more than 50 YAML aliases (write them out)"),
    front("nested 10,000 deep", "extra: " + "[" * 10_000,
          "2:1: error: this YAML cannot be read: nested more than 24 deep"),
    front("a control as an escape", 'hook: "a\\u0007b"', "3:7: warning: control characters left out"),
    front("a mapping as a key", "? {a: 1}\n: x", "3:3: error: this YAML cannot be read: a key must"),
    file("a list", "---\n- title: Tiny\n---\n", "2:1: error: expected `key: value` lines here"),
    file("a sentence", "---\nThis is text.\n---\n", "2:1: error: expected `key: value` lines here"),
    file("never closed", "---\ntitle: Tiny\n\nText\n",
         "1:1: error: no closing --- for the front matter (put --- on a line of its own"),
    file("never closed after blank lines", "\n\n---\ntitle: Tiny\n",
         "3:1: error: no closing --- for the front matter"),
    file("the first key indented", "---\n title: Tiny\ntags: a\n---\n",
         "2:1: warning: the first key is indented"),
    file("too long", "---\ntitle: " + "x" * 400_000 + "\n---\n",
         "2:1: error: the front matter is longer than 400,000 characters"),
]  # fmt: skip

OTHER_FORMS = [
    file("TOML without a value", "+++\ntitle = 'T'\nhook =\n+++\n",
         "3:7: error: this TOML cannot be read: Invalid value"),
    file("TOML with a bare word", "+++\ntitle = Tiny\n+++\n",
         "2:9: error: this TOML cannot be read: Invalid value"),
    file("a TOML key twice", "+++\ntitle = 'T'\ntitle = 'U'\n+++\n",
         "3:12: error: this TOML cannot be read: Cannot overwrite a value"),
    file("a TOML day that is none", "+++\ntitle = 'T'\nexpires = 2026-02-30\n+++\n",
         "3:11: error: this TOML cannot be read: Invalid date"),
    file("TOML never closed", "+++\ntitle = 'T'\n", "1:1: error: no closing +++ for the front matter"),
    file("an unknown TOML key", "+++\ntitle = 'T'\n\ndtae = 2026-11-20\n+++\n",
         "4:1: error: unknown key 'dtae' (did you mean 'date'?)"),
    file("in a TOML table", "+++\ntitle = 'T'\n[tldr]\nchange = 'x'\n+++\n",
         "4:1: error: unknown key 'change' (did you mean 'changed'?)"),
    file("in a TOML list of tables",
         "+++\ntitle = 'T'\n[[sources]]\nid = 'a'\ntitle = 'A'\n[[sources]]\nid = 'b!'\ntitle = 'B'\n+++\n",
         "7:6: error: 'b!' is no id"),
    file("TOML nested 10,000 deep", "+++\ntitle = 'T'\nx = " + "[" * 10_000 + "\n+++\n",
         "3:1: error: this TOML cannot be read"),
    file("an unknown Pelican key", "Title: T\nDat: 2026-11-20\n\nText\n",
         "2:1: error: unknown key 'dat' (did you mean 'date'?)"),
    file("a Pelican date that is none", "Title: T\nModified: yesterday\n\nText\n",
         f"2:11: warning: 'yesterday' is no date {HINT}"),
    file("a Pelican status that is none", "Title: T\nStatus: maybe\n\nText\n",
         "2:9: error: expected true or false, not 'maybe'"),
    file("a Pelican key twice", "Title: T\nTags: a\nTags: b\n\nText\n",
         "3:1: warning: the key 'Tags' stands twice; the last one counts"),
]  # fmt: skip

KINDS = [
    front("an unknown key", "dtae: 2026-11-20", "3:1: error: unknown key 'dtae' (did you mean 'date'?)"),
    front("an unknown key like none", "zzzzzz: 1", "3:1: error: unknown key 'zzzzzz'"),
    front("an unknown key within", "analysis: {by: ai, modle: x}",
          "3:20: error: unknown key 'modle' (did you mean 'model'?)"),
    front("an unknown key in a list", "timeline:\n  - date: 2024\n    event: x\n    sauce: a",
          "6:5: error: unknown key 'sauce' (did you mean 'source'?)"),
    file("a list as a title", "---\ntitle: [a, b]\n---\n", "1:1: error: 'title' is missing",
         "2:8: error: expected text, not a list"),
    file("no title", "---\ntags: a\n---\nText\n", "1:1: error: 'title' is missing (write `title: …`)"),
    file("an empty title", "---\ntitle: ''\n---\nText\n", "1:1: error: 'title' is missing"),
    file("a heading for a title", "---\ntags: a\n---\n# Tiny\n",
         "1:1: warning: no title; the text's first heading is taken"),
    front("a mapping as text", "hook: {a: b}", "3:7: error: expected text, not a mapping"),
    front("a word as true or false", "draft: perhaps", "3:8: error: expected true or false, not 'perhaps'"),
    front("a word as a number", "weight: heavy", "3:9: error: expected a whole number, not 'heavy'"),
    front("a number with two signs", "weight: '--5'", "3:9: error: expected a whole number, not '--5'"),
    front("a number out of bounds", "weight: 99999", "3:9: error: 99999 is not between -10000 and 10000"),
    front("a language that is none", "lang: '!'", "3:7: warning: '!' is no language tag such as en"),
    front("a choice that is none", "analysis: robot", "3:11: error: 'robot' is not one of ai, human, mixed"),
    front("analysis by nobody", "analysis: {model: m}", "3:11: error: 'by' is missing"),
    front("a probability above 1", "implications: [{claim: c, probability: 7}]",
          "3:40: error: 7 is no probability from 0 to 1 (such as 0.7 or 70%)"),
    front("a probability in words", "implications: [{claim: c, probability: high}]",
          "3:40: error: 'high' is no probability from 0 to 1"),
    front("resolved without an outcome", "implications: [{claim: c, resolved: 2026}]",
          "3:37: error: resolved, but no outcome (add outcome: true, false or withdrawn)"),
    front("a probability that never falls due", "implications: [{claim: c, probability: 0.7}]",
          "3:40: warning: a probability without `by` never falls due, so no score is kept of it"
          " (add by: the day on which it is decided)"),
    front("an outcome without its day", "implications: [{claim: c, by: 2027, outcome: true}]",
          "3:46: warning: an outcome without `resolved`: readers are not told since when it is known"
          " (add resolved: the day of the outcome)"),
    front("a forecast that was resolved before it was made",
          "implications: [{claim: c, said: 2026-05, by: 2027, outcome: true, resolved: 2026-04-30}]",
          "3:77: warning: `resolved` is 2026-04-30, and the forecast was made later: 2026-05"
          " (mend one of them)"),
    front("a forecast that was due before the article", "implications: [{claim: c, by: 2026-10}]",
          "3:31: warning: `by` is 2026-10, and the forecast was made later: 2026-11-20"
          " (add said: the day on which it was made)"),
    front("an implication without a claim", "implications: [{who: me}]", "3:16: error: 'claim' is missing"),
    front("an event without a date", "timeline: [{event: x}]", "3:12: error: 'date' is missing"),
    front("an event with a bad date", "timeline: [{date: spring, event: x}]",
          "3:19: error: 'spring' is no date such as 2024, 2024-03 or 2024-03-05"),
    front("an event that is a list", "timeline: [[2024, x]]", "3:12: error: expected a mapping, not a list"),
    front("a source without an id", "sources: [{title: A}]", "3:11: error: 'id' is missing"),
    front("a source with an empty title", "sources: [{id: a, title: ''}]", "3:11: error: 'title' is missing"),
    front("an id with a space", "sources: [{id: a b, title: A}]", "3:16: error: 'a b' is no id: use letters"),
    front("two sources with one id", "sources:\n- {id: a, title: A}\n- {id: a, title: B}",
          "5:8: error: two sources have the id 'a'"),
    front("an address without a scheme", "source: {name: P, url: p.example}",
          "3:24: error: 'p.example' is no web address (such as https://example.org/page)"),
    front("an address that runs code", "source: {name: P, url: 'javascript:x()'}",
          "3:24: error: 'javascript:x()' is no web address"),
    front("an address broken off", "sources: [{id: a, title: A, url: 'http://['}]",
          "3:34: error: 'http://[' is no web address"),
    front("a publisher without a name", "source: {url: 'https://p.example/'}", "3:9: error: 'name' is missing"),
    front("a row too long", "comparison: {columns: [a, b], rows: [[1, 2], [1, 2, 3]]}",
          "3:46: error: this row has 3 cells, the table has 2 columns"),
    front("a row too short", "comparison:\n  columns: [a, b]\n  rows:\n    - [1, 2]\n    - [1]",
          "7:7: error: this row has 1 cells, the table has 2 columns"),
    front("a row that is no list", "comparison: {columns: [a], rows: [x]}",
          "3:35: error: expected a list, not 'x'"),
    front("a table without rows", "comparison: {columns: [a]}", "3:13: error: 'rows' is missing"),
    front("an image without a description",
        "image: {src: a.png}",
        "3:8: error: the image has no `alt` text for readers who cannot see it (write image:",
    ),
    front("an image that runs code", "image: {src: 'javascript:x', alt: y}",
          "3:14: error: 'javascript:x' is no address of an image"),
    front("a correction without a text", "corrections: [{date: 2026-11-21}]", "3:15: error: 'text' is missing"),
    front("a term that is a list", "tags: [[[a]]]", "3:7: warning: a list within a list",
          "3:8: error: expected a term, not a list"),
    front("a term that is nothing", "tags: ['!']", "3:8: warning: the term '!' is left out"),
    front("a mapping without a name", "tags: [{a: b}]", "3:8: error: expected a term, not a mapping"),
]  # fmt: skip

DATES = [
    front(f"the date {written!r}", f"{key}: {written}", f"3:{len(key) + 3}: {severity}: {message}")
    for key, written, severity, message in (
        ("expires", "2022-02-29", "error", f"'2022-02-29': day is out of range for month {HINT}"),
        ("expires", "2026-11-20 14:4g5:00", "error", f"'2026-11-20 14:4g5:00' is no date {HINT}"),
        ("expires", "2026-06-010T10:00:00", "error", "'2026-06-010T10:00:00' is no date"),
        ("expires", "2026-06-10 16:30-:00+16:30", "error", "'2026-06-10 16:30-:00+16:30' is no date"),
        ("expires", "2026-06-10T16:30:00+16:30", "error",
         "'2026-06-10T16:30:00+16:30': there is no UTC offset +16:30"),
        ("expires", "9999-12-31T24:00", "error", "'9999-12-31T24:00' is after the calendar's end"),
        ("expires", "12-13-2027 noon", "error", "'12-13-2027 noon' is no date"),
        ("expires", "01-02-2027", "warning",
         "'01-02-2027' is ambiguous: read as 2 January 2027 (write 2026-11-20)"),
        ("expires", "true", "error", "a bool is no date"),
        ("expires", "[2026, 11]", "error", "a list is no date"),
        ("updated", "soon", "warning", f"'soon' is no date {HINT}"),
        ("date", "2026-02-30", "warning", "'2026-02-30': day is out of range for month"),
        ("collected", "ten o'clock", "warning", "\"ten o'clock\" is no date"),
    )
]  # fmt: skip

CITED = "sources: [{id: a, title: A}]\n"

CITATIONS = [
    body("an unknown source", "One.\n\nTwo [@nope].\n",
         f"6:5: error: no source has the id 'nope' that [@nope] cites {NO_SOURCES}"),
    body("the second on a line", "A [@x] and [@y].\n", "4:3: error: no source has the id 'x'",
         "4:12: error: no source has the id 'y'"),
    file("beside a known one", f"---\ntitle: T\n{CITED}---\nText [@a; @b]\n",
         "5:6: error: no source has the id 'b' that [@a; @b] cites (the sources are: a)"),
    *(
        front(f"in {where}", CITED + lines, f"{place}: error: no source has the id 'b' that [@b] cites")
        for where, lines, place in (
            ("the hook", "hook: x [@b]", "4:7"),
            ("the summary", "summary: x [@b]", "4:10"),
            ("the rights", "rights: x [@b]", "4:9"),
            ("the TL;DR", "tldr: {matters: 'x [@b]'}", "4:17"),
            ("a takeaway", "takeaways:\n- x\n- 'x [@b]'", "6:3"),
            ("a caption", "comparison: {columns: [a], rows: [[1]], caption: 'x [@b]'}", "4:50"),
            ("a column", "comparison: {columns: ['x [@b]'], rows: [[1]]}", "4:24"),
            ("a cell", "comparison: {columns: [a], rows: [['x [@b]']]}", "4:36"),
            ("the deep dive", "deep_dive: [{term: t, text: 'x [@b]'}]", "4:29"),
            ("a deep dive of texts", "deep_dive: ['x [@b]']", "4:13"),
            ("a term", "deep_dive: [{term: 't [@b]', text: x}]", "4:20"),
            ("a claim", "implications: [{claim: 'x [@b]'}]", "4:24"),
            ("a rationale", "implications: [{claim: c, rationale: 'x [@b]'}]", "4:38"),
            ("an event", "timeline: [{date: 2024, event: 'x [@b]'}]", "4:32"),
            ("a correction", "corrections: [{date: 2026-11-21, text: 'x [@b]'}]", "4:40"),
        )
    ),
    file("in the title", "---\ntitle: T [@b]\n---\n", "2:8: error: no source has the id 'b'"),
    front("under an implication", CITED + "implications: [{claim: c, sources: [b]}]",
          "4:37: error: no source has the id 'b' (known here: a)"),
    front("under an event", CITED + "timeline: [{date: 2024, event: e, source: aa}]",
          "4:43: error: no source has the id 'aa' (did you mean 'a'?)"),
    front("where there are no sources", "timeline: [{date: 2024, event: e, source: a}]",
          "3:43: error: no source has the id 'a' (add it under `sources:`)"),
]  # fmt: skip

ADDRESSES = [
    *(
        front(f"the alias {alias}", f"aliases: ['{alias}']", f"3:11: error: {alias!r} is no path on this site")
        for alias in ("../../etc/passwd", "/a/../../b", "/a//b", "https://a.example/b", "/a?b", "/a#b",
                      "/a/./b", "/a*b", "javascript:x", "C:/x")
    ),
    front("an alias too long", f"aliases: [/{'a' * 300}/]", "3:11: error: "),
    front("a slug that leaves", "slug: ../../etc", "3:7: warning: the slug '../../etc' cannot be an address"),
    front("a slug of signs", "slug: '!!'", "3:7: warning: the slug '!!' has no letter or digit"),
    front("a slug with a slash before", "slug: /a", "3:7: warning: the slug '/a' cannot be an address"),
    front("a slug too long", f"slug: {'a' * 300}", "3:7: warning: the slug 'aaa"),
    body("a link that runs code", "One.\nA [link](javascript:alert(1)).\n",
         "5:10: warning: link dropped: 'javascript:alert(1)' is not an address"),
    body("a link of data", "[x](data:text/html,hi)\n", "4:5: warning: link dropped: 'data:text/html,hi'"),
    body("an image of data that is none", "![x](data:text/html,hi)\n", "4:6: warning: link dropped:"),
    body("a script", "Text\n\n<script>x()</script>\n", "6:1: warning: <script> is left out"),
    body("a dead link", "One\n\n[x](../nope.md)\n", "6:8: warning: link to 'nope.md': there is no such file"),
    body("a dead image", "![x](nope.png)\n", "4:6: error: there is no image 'articles/nope.png' (put it there"),
    site("two articles with one slug",
         {"content/articles/2026-11-21-other.md": titled("Other", "slug: tiny")},
         f"{N}:1:1: error: /articles/tiny/ is the address of articles/2026-11-21-other.md already"),
    site("an alias over a page", {"content/pages/about.md": titled("About"), N: titled("T", "aliases: /about/")},
         f"{N}:3:10: error: /about/ is the address of pages/about.md already (take this alias away)"),
    site("an alias over the home page", {N: titled("T", "aliases: [/]")},
         f"{N}:3:10: error: / is the address of the home page already"),
    site("an alias over a feed", {N: titled("T", "aliases: [/feed.xml]")},
         f"{N}:3:10: error: /feed.xml is the address of the feed /feed.xml already"),
    site("a file as a folder", {N: titled("T", "aliases: [/feed.xml/old/]")},
         f"{N}:3:10: error: feed.xml/old/index.html would be inside of feed.xml"),
    site("a page over a list", {"content/pages/archive.md": titled("A")},
         "content/pages/archive.md:1:1: error: /archive/ is the address of"),
    site("a page over the feeds", {"content/pages/feeds.md": titled("F")},
         "content/pages/feeds.md:1:1: error: /feeds/ is the address of the list of feeds already"),
    site("a page over a taxonomy", {"content/pages/tags.md": titled("F"), N: titled("T", "tags: a")},
         "content/pages/tags.md:1:1: error: /tags/ is the address of the taxonomy /tags/ already"),
    site("an image over a page of the build", {"content/robots.txt": "x"},
         "content/robots.txt: error: /robots.txt is the address of robots.txt already"),
]  # fmt: skip

OTHERS = [
    front("an unknown story", "story: nope", "3:8: error: there is no story 'nope' (name it under `stories:`"),
    front("an unknown relation", "related:\n- tiny\n- nope", "5:3: warning: no published article has the slug"),
    site("an unknown pick", {"content/digests/2026-W47.md": titled("W", "picks:\n- tiny\n- nope")},
         "content/digests/2026-W47.md:5:3: warning: no article of 2026-W47 has the slug 'nope'"),
    site("an unknown group", {"content/digests/2026-W47.md": titled("W", "order: [nope]")},
         "content/digests/2026-W47.md:3:9: warning: there is no group 'nope' to order"),
    site("a digest of no week", {"content/digests/intro.md": titled("W")},
         "content/digests/intro.md:1:1: error: 'intro' is no ISO week such as 2026-W47"),
    site("a week that does not exist", {"content/digests/2025-W53.md": titled("W")},
         "content/digests/2025-W53.md:1:1: error: the year 2025 has no week 53"),
    site("a week in words", {"content/digests/a.md": titled("W", "week: last")},
         "content/digests/a.md:1:1: error: 'a' is no ISO week", "content/digests/a.md:3:7: error: 'last' is no"),
    site("a week without articles", {"content/digests/2026-W30.md": titled("W")},
         "content/digests/2026-W30.md: warning: 2026-W30 has no published article"),
    site("two digests of one week", {"content/digests/2026-W47.md": titled("W"),
                                     "content/digests/b.md": titled("B", "week: 2026-W47")},
         "content/digests/b.md: error: 2026-W47 has words in digests/2026-W47.md already"),
    site("a sponsor without a name", {"content/digests/2026-W47.md": titled("W", "sponsor: {url: x}")},
         "content/digests/2026-W47.md:3:10: error: 'name' is missing",
         "content/digests/2026-W47.md:3:16: error: 'x' is no web address"),
    site("a page without a title", {"content/pages/a.md": "Text\n"},
         "content/pages/a.md:1:1: error: 'title' is missing"),
    site("an unknown key of a page", {"content/pages/a.md": titled("A", "tag: x")},
         "content/pages/a.md:3:1: error: unknown key 'tag'"),
    site("a story without a title", {"content/stories/a.md": "---\ndescription: x\n---\n"},
         "content/stories/a.md:2:1: error: 'title' is missing"),
    site("one id twice", {N: titled("A", "id: x"), "content/articles/2026-11-21-b.md": titled("B", "id: x")},
         "content/articles/2026-11-21-b.md:3:5: warning: the id 'tag:letter.example,2000:x' is that of"),
    site("one term in two spellings",
         {N: titled("A", "tags: CRI-O"), "content/articles/2026-11-21-b.md": titled("B", "tags: cri-o")},
         "content/articles/2026-11-21-b.md:3:7: warning: 'cri-o' and 'CRI-O' are one term of tags: 'CRI-O'"),
]  # fmt: skip

SETTINGS = [
    site("no title and no address", {"site.yaml": ""}, "site.yaml:1:1: error: 'title' is missing",
         "site.yaml:1:1: error: 'url' is missing"),
    site("an address that is none", {"site.yaml": "title: T\nurl: letter.example\n"},
         "site.yaml:2:6: error: 'letter.example' is no web address such as https://example.org/"),
    site("broken YAML", {"site.yaml": "title: T\nurl: [\n"}, "site.yaml:3:1: error: this YAML cannot be read"),
    site("a list of settings", {"site.yaml": "- title: T\n"}, "site.yaml:1:1: error: expected `key: value`"),
    settings("a bad time zone", "timezone: Mars/Olympus", "3:11: error: 'Mars/Olympus' is no time zone"),
    settings("an unknown placeholder", "permalinks: {articles: '/{yaer}/{slug}/'}",
             "3:24: error: {yaer} is unknown here"),
    settings("an unknown setting", "tittle: x", "3:1: error: unknown key 'tittle' (did you mean 'title'?)"),
    settings("a wrong type", "paginate: [20]", "3:11: error: expected a whole number, not a list"),
    settings("an unknown share link", "share: [x, myspace]", "3:12: error: 'myspace' is not one of x, linkedin"),
    settings("an output above the site", "output: ../out", "3:9: error: '../out' is no folder inside the site's"),
    settings("a reserved taxonomy", "taxonomies: {digest: x}", "3:14: error: 'digest' cannot be a taxonomy's name"),
    settings("a mapping to no key", "front_matter: {map: {a: dat}}", "3:25: error: there is no key 'dat'"),
    site("a folder that is not there", {"site.yaml": SITE + "content: {folder: posts}\n"},
         "posts: error: there is no such folder (make it, or name another one as content.folder"),
]  # fmt: skip

TEMPLATES = [
    layout("a tag that is none", "home.html", "<p>\n{% frobnicate %}", "2:1: error: Encountered unknown tag"),
    layout("a tag never closed", "home.html", "<p>\n\n{% if page %}", "3:1: error: Unexpected end of template"),
    layout("an expression broken off", "home.html", "{{ page. }}", "1:1: error: expected name or number"),
    layout("an undefined variable", "home.html", "<p>\n{{ pgae.title }}", "2:1: error: 'pgae' is undefined"),
    layout("an attribute that is not there", "home.html", "\n\n{{ page.nope }}",
           "3:1: error: this ListView has no attribute 'nope' (while making index.html)"),
    layout("an include that is not there", "partials/card.html", "<p>\n{% include 'nope.html' %}",
           "2:1: error: there is no template 'nope.html'"),
    layout("an include out of the folder", "home.html", "{% include '../site.yaml' %}",
           "1:1: error: there is no template '../site.yaml'"),
    layout("an include by a variable", "home.html", "<p>\n{% include page.x %}",
           "2:1: error: the name of a template must stand there as text"),
    layout("a parent that is not there", "home.html", "{% extends 'bass.html' %}",
           "1:1: error: there is no template 'bass.html'"),
    layout("an unknown filter", "home.html", "<p>\n{{ page|nope }}", "2:1: error: No filter named 'nope'"),
    layout("an exception", "home.html", "<p>\n{{ 1 // 0 }}", "2:1: error: ZeroDivisionError"),
    layout("a template that is not UTF-8", "home.html", b"<p>\n\xff", "1:1: error: this template is not UTF-8"),
    site("an analysis that is not told of",
         {"layouts/article.html": "<p>{{ page.article.title }}", N: titled("T", "analysis: ai")},
         "layouts/article.html: error: articles/2026-11-20-tiny.md has an analysis by ai, and this template"),
    site("an analysis that only the article's own text tells of",
         {"layouts/article.html": '<p class="a">{{ page.body|body }}',
          N: titled("T", "analysis: ai") + 'Write `<p data-analysis-by="ai">` or data-analysis-by="ai".\n'},
         "layouts/article.html: error: articles/2026-11-20-tiny.md has an analysis by ai, and this template"),
]  # fmt: skip

BYTES = [
    file("NUL bytes", "---\ntitle: Tiny\n---\na\0b\0\n", "4:2: warning: 2 control characters left out (U+0000"),
    file("UTF-16", "---\ntitle: Tiny\n---\nText\n".encode("utf-16"),
         "1:1: warning: the file is UTF-16, not UTF-8 (save it as UTF-8)"),
    file("windows-1252", b"---\ntitle: Tiny\n---\nA\ncaf\xe9\n",
         "5:4: warning: byte 0xE9 is not UTF-8; read as windows-1252 (save the file as UTF-8)"),
    file("lost text", "---\ntitle: Tiny\n---\n\n\ufffd\n", "5:1: warning: 1 replacement character (U+FFFD)"),
    file("mojibake", "---\ntitle: Tiny\n---\nA cafÃ©\n", "4:6: warning: text decoded wrongly: 'Ã©"),
    file("a picture as Markdown", b"\x89PNG\r\n\x1a\n" + bytes(range(256)),
         "1:1: error: 'title' is missing", "1:1: warning: byte 0x89 is not UTF-8",
         "2:1: warning: 31 control characters left out", "5:97: warning: 5 replacement characters"),
    file("an empty file", "", "1:1: error: 'title' is missing (write `title: …`)"),
    file("no front matter", "Text\n", "1:1: error: 'title' is missing (write `title: …`)"),
    site("no date anywhere", {"content/articles/tiny.md": titled("T")},
         "content/articles/tiny.md:1:1: warning: left out: it has no date (write `date: 2026-11-20`"),
    site("notes without front matter", {"content/articles/notes.md": "Remember the milk.\n"},
         "content/articles/notes.md:1:1: warning: left out: it has no front matter and no date in its name"),
    site("a date in a name that is none", {"content/articles/2026-02-30-x.md": titled("T")},
         "content/articles/2026-02-30-x.md:1:1: warning: left out: it has no date"),
    site("a date that is none, and no other", {"content/articles/x.md": titled("T", "date: 2026-02-30")},
         "content/articles/x.md:3:7: warning: '2026-02-30': day is out of range for month"),
    site("a kind of file that is not published", {"content/articles/x.docx": b"PK"},
         "content/articles/x.docx: warning: left out: neither Markdown nor a kind of file"),
    site("Markdown in no known folder", {"content/x.md": titled("T")},
         "content/x.md: warning: left out: it is in no folder of articles, pages, digests or stories"),
]  # fmt: skip

ROWS = [
    *YAML, *OTHER_FORMS, *KINDS, *DATES, *CITATIONS, *ADDRESSES, *OTHERS, *SETTINGS, *TEMPLATES, *BYTES,
]  # fmt: skip


@pytest.mark.parametrize("row", ROWS, ids=[row.name for row in ROWS])
def test_every_mistake_is_told_once_where_it_is(row: Row, tmp_path: Path) -> None:
    built = attempt(tmp_path, row.files)
    assert len(built.told) == len(row.told), built.told
    for line, expected in zip(sorted(built.told), sorted(row.told), strict=True):
        assert line.startswith(expected)
    published = built.report.output is not None
    assert published == (not any(": error: " in line for line in built.told))


def test_the_table_is_long_and_its_names_are_distinct() -> None:
    assert len(ROWS) >= 75
    assert len({row.name for row in ROWS}) == len(ROWS)


def test_a_symbolic_link_out_of_the_content_is_refused(tmp_path: Path) -> None:
    secret = tmp_path / "secret.md"
    secret.write_text(titled("Secret"))
    root = tmp_path / "site"
    (root / "content/articles").mkdir(parents=True)
    (root / "content/articles/2026-11-21-secret.md").symlink_to(secret)
    built = attempt(root, {N: titled("Tiny")})
    [line] = built.told
    assert line.startswith(
        "content/articles/2026-11-21-secret.md: warning: left out: a symbolic link out of the"
    )
    assert not built.has("articles/secret/index.html")


def test_a_site_without_settings_is_told_how_to_begin(tmp_path: Path) -> None:
    from generator.build import Options, build
    from tests.sites import NOW

    [told] = [each.text() for each in build(Options(tmp_path, NOW, jobs=1)).diagnostics]
    assert told.startswith(
        f"site.yaml: error: cannot be read in {tmp_path}: No such file or directory (`broadsheet init"
    )


def test_mistakes_of_many_files_are_told_in_one_run_in_their_order(tmp_path: Path) -> None:
    built = attempt(
        tmp_path,
        {
            "content/articles/2026-11-20-b.md": titled("B", "dtae: x\nweight: y"),
            "content/articles/2026-11-20-a.md": titled("A", "story: nope"),
            "content/pages/c.md": titled("C", "tag: x"),
        },
    )
    assert [line.split(": ")[0] for line in built.told] == [
        "content/articles/2026-11-20-a.md:3:8",
        "content/articles/2026-11-20-b.md:3:1",
        "content/articles/2026-11-20-b.md:4:9",
        "content/pages/c.md:3:1",
    ]
    assert built.report.output is None
