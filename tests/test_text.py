"""Bytes to clean text, and text to slugs, excerpts and reading times."""

from __future__ import annotations

import pytest

from generator.text import (
    SLUG_BYTES,
    clean,
    decode,
    excerpt,
    measure,
    slugify,
)

DECODED_IN_SILENCE = [
    ("plain ASCII", b"one\ntwo\n", "one\ntwo\n"),
    ("UTF-8", "naïve café 日本".encode(), "naïve café 日本"),
    ("byte order mark", b"\xef\xbb\xbftitle", "title"),
    ("marks in the middle", "a\ufeffb".encode(), "ab"),
    ("CRLF", b"one\r\ntwo\r\n", "one\ntwo\n"),
    ("lone CR", b"one\rtwo", "one\ntwo"),
    ("mixed line ends", b"one\r\ntwo\nthree\rfour", "one\ntwo\nthree\nfour"),
    ("tab", b"\tcode", "\tcode"),
    ("U+2028 and U+0085 are no line ends", "a\u2028b\x85c".encode(), "a\u2028b\x85c"),
    ("emoji beyond the first plane", "🦀".encode(), "🦀"),
    ("quoted replacement character", "`\ufffd`".encode(), "`\ufffd`"),
    ("quoted mojibake", "write `cafÃ©` and wait".encode(), "write `cafÃ©` and wait"),
    ("nothing", b"", ""),
]

DECODED_WITH_A_WARNING = [
    ("UTF-16 with a mark", "hé".encode("utf-16"), "hé", 0, "the file is UTF-16, not UTF-8"),
    ("UTF-16 without", "---\n".encode("utf-16-le"), "---\n", 0, "the file is UTF-16, not UTF-8"),
    ("windows-1252", b"caf\xe9", "café", 3, "byte 0xE9 is not UTF-8; read as windows-1252"),
    ("after CRLF", b"a\r\nb\x93", "a\nb“", 3, "byte 0x93 is not UTF-8; read as windows-1252"),
    ("NUL", b"a\0b", "ab", 1, "1 control character left out (U+0000 first)"),
    ("others", b"a\x08\x0b\x1bb", "ab", 1, "3 control characters left out (U+0008 first)"),
    ("noncharacter", "a\ufffeb".encode(), "ab", 1, "1 control character left out (U+FFFE first)"),
    (
        "lost text",
        "ab\ufffd\ufffd".encode(),
        "ab\ufffd\ufffd",
        2,
        "2 replacement characters (U+FFFD): text was lost before it came here",
    ),
    ("mojibake", "a cafÃ©".encode(), "a cafÃ©", 5, "text decoded wrongly: 'Ã©'"),
    ("a quote's mojibake", "itâ€™s".encode(), "itâ€™s", 2, "text decoded wrongly: 'â€™s'"),
    (
        "an emoji's in Thai",
        "\u0e42\u20ac".encode(),
        "\u0e42\u20ac",
        0,
        "text decoded wrongly: 'โ€'",
    ),
]


@pytest.mark.parametrize(
    ("data", "text"),
    [row[1:] for row in DECODED_IN_SILENCE],
    ids=[r[0] for r in DECODED_IN_SILENCE],
)
def test_what_is_well_formed_is_decoded_without_a_word(data: bytes, text: str) -> None:
    decoded = decode(data)
    assert decoded.text == text
    assert decoded.problems == ()


@pytest.mark.parametrize(
    ("data", "text", "offset", "message"),
    [row[1:] for row in DECODED_WITH_A_WARNING],
    ids=[row[0] for row in DECODED_WITH_A_WARNING],
)
def test_what_is_damaged_is_read_all_the_same_and_told(
    data: bytes, text: str, offset: int, message: str
) -> None:
    decoded = decode(data)
    assert decoded.text == text
    [problem] = decoded.problems
    assert (problem.offset, problem.message) == (offset, message)
    assert problem.hint


def test_clean_leaves_only_what_xml_allows() -> None:
    assert clean("a\x00\ufeffb\ud800\uffff\tc\nd") == "ab\tc\nd"


SLUGS = [
    ("Hello, World!", "hello-world"),
    ("  The 3rd -- Law_of...Feeds ", "the-3rd-law-of-feeds"),
    ("RSS 2.0 & Atom", "rss-2-0-atom"),
    ("Café Über", "café-über"),
    ("Cafe\u0301", "café"),
    ("ﬁne", "fine"),
    ("שלום עולם", "שלום-עולם"),
    ("今日のニュース", "今日のニュース"),
    ("हिन्दी", "हिन्दी"),
    ("🦀 crab", "crab"),
    ("../../etc/passwd", "etc-passwd"),
    ("a\\b/c", "a-b-c"),
    ("a\0b\nc", "a-b-c"),
    ("2017", "2017"),
    ("!?", ""),
    ("🦀", ""),
    ("", ""),
]


@pytest.mark.parametrize(("text", "slug"), SLUGS)
def test_a_slug_keeps_letters_and_digits_of_every_script(text: str, slug: str) -> None:
    assert slugify(text) == slug


@pytest.mark.parametrize("text", ["word " * 100, "長" * 300, "a" * 1000])
def test_a_slug_fits_into_a_file_name(text: str) -> None:
    assert 0 < len(slugify(text).encode()) <= SLUG_BYTES
    assert not slugify(text).endswith("-")


def test_an_excerpt_ends_with_a_whole_word() -> None:
    assert excerpt("short  and\nsweet") == "short and sweet"
    assert excerpt("one two, three four", limit=9) == "one two…"
    assert excerpt("x" * 30, limit=10) == "x" * 10 + "…"


COUNTS = [("one two three", 3), ("日本語 text", 4), ("", 0), ("naïve café", 2), ("한국", 2)]


@pytest.mark.parametrize(("text", "words"), COUNTS)
def test_words_are_counted_in_scripts_without_spaces_too(text: str, words: int) -> None:
    assert len(measure(text).words) == words


MINUTES = [
    ("", 1),
    ("word " * 230, 1),
    ("word " * 690, 3),
    ("字" * 1000, 2),
    ("字" * 500 + " é" * 230, 2),
]


@pytest.mark.parametrize(("text", "minutes"), MINUTES, ids=["none", "1", "3", "CJK", "both"])
def test_reading_takes_whole_minutes(text: str, minutes: int) -> None:
    assert measure(text).minutes == minutes
