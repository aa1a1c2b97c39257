"""Front matter: three forms, what is mended in them, their bounds, and where values stand."""

from __future__ import annotations

from typing import Any

import pytest

from generator.frontmatter.parse import MAX_CHARACTERS, parse
from generator.frontmatter.split import split
from generator.schema.problems import Path, Problem

SPLITS = [
    ("YAML", "---\na: 1\n---\nText\n", "yaml", "a: 1\n", "Text\n", 4),
    ("closed by dots", "---\na: 1\n...\nText", "yaml", "a: 1\n", "Text", 4),
    ("a space before the closing fence", "---\na: 1\n ---\nText", "yaml", "a: 1\n", "Text", 4),
    ("blanks after the fences", "---  \na: 1\n---\t\nText", "yaml", "a: 1\n", "Text", 4),
    ("blank lines before it", "\n \n---\na: 1\n---\nText", "yaml", "a: 1\n", "Text", 6),
    ("nothing in it", "---\n---\nText", "yaml", "", "Text", 3),
    ("nothing after it", "---\na: 1\n---", "yaml", "a: 1\n", "", 3),
    ("a rule in the text", "---\na: 1\n---\nOne\n\n---\n", "yaml", "a: 1\n", "One\n\n---\n", 4),
    ("TOML", "+++\na = 1\n+++\nText", "toml", "a = 1\n", "Text", 4),
    ("Pelican", "Title: A\nDate: 2026-11-20\n\nText", "header", "Title: A\nDate: 2026-11-20\n",
     "\nText", 3),
    ("Pelican without text", "Title: A", "header", "Title: A", "", 1),
    ("none", "Just text.\n", "none", "", "Just text.\n", 1),
    ("prose with a colon", "Note: this is prose\nand goes on.\n", "none", "",
     "Note: this is prose\nand goes on.\n", 1),
    ("an address", "https://example.org/\n", "none", "", "https://example.org/\n", 1),
    ("empty", "", "none", "", "", 1),
]  # fmt: skip


@pytest.mark.parametrize(
    ("text", "form", "front", "body", "body_line"),
    [row[1:] for row in SPLITS],
    ids=[row[0] for row in SPLITS],
)
def test_a_file_is_split_into_front_matter_and_text(
    text: str, form: str, front: str, body: str, body_line: int
) -> None:
    parts = split(text)
    assert (parts.form, parts.front, parts.body) == (form, front, body)
    # Where a body has lines, they are counted as in the file.
    if body:
        assert parts.body_line == body_line
        assert text.split("\n")[body_line - 1 :] == body.split("\n")


SAME = {
    "yaml": "---\ntitle: 'Tea: a story'\ntags: [a, b]\nimage:\n  src: a.png\n---\n",
    "toml": "+++\ntitle = 'Tea: a story'\ntags = ['a', 'b']\n[image]\nsrc = 'a.png'\n+++\n",
}


@pytest.mark.parametrize("form", SAME)
def test_yaml_and_toml_say_the_same(form: str) -> None:
    document, _ = parse(SAME[form])
    assert document.mistakes == ()
    assert document.data == {
        "title": "Tea: a story",
        "tags": ["a", "b"],
        "image": {"src": "a.png"},
    }


def test_a_pelican_header_is_text_by_key() -> None:
    document, parts = parse(
        "Title: Tea: a story\nDate: 2013-06-07\nCategory:\nSummary: one\n  two\nReply To: me\n\nHi"
    )
    assert document.mistakes == ()
    assert document.data == {
        "title": "Tea: a story",
        "date": "2013-06-07",
        "category": None,
        "summary": "one\ntwo",
        "reply_to": "me",
    }
    assert parts.body.strip() == "Hi"


VALUES = [
    ("yes", "yes"),
    ("No", "No"),
    ("true", True),
    ("~", None),
    ("", None),
    ("1", 1),
    ("1.10", "1.10"),
    ("007", "007"),
    ("1_000", "1_000"),
    ("12:30:45", "12:30:45"),
    ("0x1F", "0x1F"),
    ("2022-02-29", "2022-02-29"),
    ("2024-06-12 00:30:00 +0000", "2024-06-12 00:30:00 +0000"),
    ("99999999999999999999", "99999999999999999999"),
    ("! 'as of old'", "as of old"),
    ("|\n  two\n  lines", "two\nlines\n"),
    ("a\u2028b\u0085c", "a b c"),
]


@pytest.mark.parametrize(("written", "value"), VALUES)
def test_yaml_guesses_nothing_that_surprises(written: str, value: Any) -> None:
    document, _ = parse(f"---\nkey: {written}\n---\n")
    assert document.mistakes == ()
    assert document.data["key"] == value


MENDED = [
    ("title: Tea: a story", {"title": "Tea: a story"}, 2, "text that YAML needs quoted"),
    ("a: 1\ntitle: Is it: ", {"a": 1, "title": "Is it:"}, 3, "text that YAML needs quoted"),
    ("title: @home", {"title": "@home"}, 2, "text that YAML needs quoted"),
    ("title: *new* things", {"title": "*new* things"}, 2, "text that YAML needs quoted"),
    ("title: %e2", {"title": "%e2"}, 2, "text that YAML needs quoted"),
    ("title: !important thing", {"title": "!important thing"}, 2, "text that YAML needs quoted"),
    ('title: "He said "no""', {"title": 'He said "no"'}, 2, "quotes within quotes"),
    ("title: 'It's'", {"title": "It's"}, 2, "quotes within quotes"),
    ('title: "Quoted" and more', {"title": '"Quoted" and more'}, 2, "quotes within quotes"),
    ("tags:\n\t- a", {"tags": ["a"]}, 3, "a tab where YAML takes only spaces"),
    ("x: &x [*x]", {"x": "&x [*x]"}, 2, "text that YAML needs quoted"),
    (" title: a\ndate: b", {"title": "a", "date": "b"}, 2, "the first key is indented"),
    ("a: 1\na: 2", {"a": 2}, 3, "the key 'a' stands twice; the last one counts"),
    ('a: "x\\u0007y"', {"a": "xy"}, 2, "control characters left out"),
]


@pytest.mark.parametrize(("front", "data", "line", "message"), MENDED)
def test_small_slips_are_mended_with_a_warning(
    front: str, data: dict[str, Any], line: int, message: str
) -> None:
    document, _ = parse(f"---\n{front}\n---\n")
    assert document.data == data
    [mistake] = document.mistakes
    assert not mistake.fatal
    assert (mistake.position.line, mistake.message) == (line, message)
    assert mistake.hint


def test_several_slips_are_mended_and_told_each() -> None:
    document, _ = parse("---\ntitle: Tea: one\nhook: Tea: two\nsummary: 'It's'\n---\n")
    assert document.data == {"title": "Tea: one", "hook": "Tea: two", "summary": "It's"}
    assert [each.position.line for each in document.mistakes] == [2, 3, 4]


def test_a_merged_key_that_is_written_anew_does_not_stand_twice() -> None:
    document, _ = parse("---\nbase: &base {x: 1, y: 2}\nmore: {<<: *base, x: 3}\n---\n")
    assert document.mistakes == ()
    assert document.data["more"] == {"x": 3, "y": 2}


def _doubling(levels: int) -> str:
    lines = ["a0: &a0 [x, x]"]
    lines += [f"a{n}: &a{n} [*a{n - 1}, *a{n - 1}]" for n in range(1, levels)]
    return "\n".join(lines)


def _merging(levels: int) -> str:
    lines = ["a0: &a0 {x: 1}"]
    lines += [f"a{n}: &a{n} {{<<: [{', '.join([f'*a{n - 1}'] * 6)}]}}" for n in range(1, levels)]
    return "\n".join(lines)


REFUSED = [
    ("never closed", "---\ntitle: a\n", 1, "no closing --- for the front matter"),
    ("never closed after blank lines", "\n\n---\ntitle: a\n", 3, "no closing ---"),
    ("TOML never closed", "+++\ntitle = 1\n", 1, "no closing +++ for the front matter"),
    ("an open bracket", "---\na: 1\ntags: [a\nb: 2\n---\n", 3, "this YAML cannot be read"),
    ("a list", "---\n- a\n---\n", 2, "expected `key: value` lines here"),
    ("a text", "---\njust words\n---\n", 2, "expected `key: value` lines here"),
    ("an object of Python's", "---\nx: [!!python/object/apply:os.system [x]]\n---\n", 2,
     "this YAML cannot be read"),
    ("a mapping as a key", "---\n? {a: 1}\n: x\n---\n", 2, "a key must be one word or line"),
    ("aliases that double 20 times", f"---\n{_doubling(20)}\n---\n", 2, "more than 20000 values"),
    ("a hundred aliases", "---\na: &a 1\nb: [" + "*a, " * 100 + "]\n---\n", 2,
     "more than 50 YAML aliases"),
    ("nested 10,000 deep", "---\nx: " + "[" * 10_000 + "\n---\n", 2, "nested more than 24 deep"),
    ("mappings nested 10,000 deep", "---\nx: " + "{a: " * 10_000 + "\n---\n", 2,
     "nested more than 24 deep"),
    ("too many values", "---\nx: [" + "1, " * 30_000 + "]\n---\n", 2, "more than 20000 values"),
    ("too long", "---\nx: " + "y" * MAX_CHARACTERS + "\n---\n", 2,
     "the front matter is longer than 400,000 characters"),
    ("TOML without a value", "+++\na = 1\nb =\n+++\n", 3, "this TOML cannot be read"),
    ("TOML with a day that is none", "+++\na = 1\nb = 2022-02-29\n+++\n", 3,
     "this TOML cannot be read"),
    ("a TOML key twice", "+++\na = 1\na = 2\n+++\n", 3, "this TOML cannot be read"),
    ("TOML nested 10,000 deep", "+++\nx = " + "[" * 10_000 + "\n+++\n", 2,
     "this TOML cannot be read"),
    ("TOML tables nested 2,000 deep", "+++\n[" + ".".join("a" * 2000) + "]\n+++\n", 2,
     "nested more than 24 deep"),
]  # fmt: skip


@pytest.mark.parametrize(
    ("text", "line", "message"), [row[1:] for row in REFUSED], ids=[row[0] for row in REFUSED]
)
def test_what_cannot_be_read_is_one_mistake_with_its_line(
    text: str, line: int, message: str
) -> None:
    document, _ = parse(text)
    [mistake] = document.mistakes
    assert mistake.fatal
    assert mistake.position.line == line
    assert message in mistake.message
    assert document.data == {}


def test_merges_that_multiply_do_no_harm() -> None:
    document, _ = parse(f"---\n{_merging(8)}\n---\n")
    # PyYAML 6.0.4 merges equal keys once; those before it gave 6 to the power of 8 of them.
    if document.mistakes:
        assert [m.message for m in document.mistakes] == [
            "this YAML cannot be read: more than 20000 values, counting those that are merged"
        ]
    else:
        assert document.data == {f"a{n}": {"x": 1} for n in range(8)}


PLACES: list[tuple[str, str, Path, bool, tuple[int, int]]] = [
    ("a YAML value", "---\ntitle: a\n---\n", ("title",), False, (2, 8)),
    ("a YAML key", "---\ntitle: a\n---\n", ("title",), True, (2, 1)),
    ("in a list", "---\ntags: [a, bb]\n---\n", ("tags", 1), False, (2, 11)),
    ("in a block", "---\na:\n  b:\n    - c: 1\n---\n", ("a", "b", 0, "c"), True, (4, 7)),
    ("what is not there", "---\na: {b: 1}\n---\n", ("a", "x"), False, (2, 4)),
    ("after blank lines", "\n\n---\ntitle: a\n---\n", ("title",), False, (4, 8)),
    ("the last of two", "---\na: 1\na: 2\n---\n", ("a",), False, (3, 4)),
    ("a TOML value", "+++\ntitle = 1\n+++\n", ("title",), False, (2, 9)),
    ("a TOML key", "+++\n\ntitle = 1\n+++\n", ("title",), True, (3, 1)),
    ("in a TOML table", "+++\n[image]\nsrc = 1\n+++\n", ("image", "src"), False, (3, 7)),
    ("in a TOML list of tables", "+++\n[[s]]\nid = 1\n[[s]]\nid = 2\n+++\n", ("s", 1, "id"),
     False, (5, 6)),
    ("a header's value", "Title: a\nDate:  b\n\nText", ("date",), False, (2, 8)),
    ("a header's key", "Title: a\nDate:  b\n\nText", ("date",), True, (2, 1)),
]  # fmt: skip


@pytest.mark.parametrize(
    ("text", "path", "on_key", "place"), [row[1:] for row in PLACES], ids=[row[0] for row in PLACES]
)
def test_a_value_is_found_in_its_file(
    text: str, path: Path, on_key: bool, place: tuple[int, int]
) -> None:
    document, _ = parse(text)
    found = document.position(Problem(path, "", on_key=on_key))
    assert (found.line, found.column) == place
