"""Bytes of unknown origin to clean text, and text to slugs, excerpts and words."""

from __future__ import annotations

import re
import unicodedata
from codecs import BOM_UTF8, BOM_UTF16_BE, BOM_UTF16_LE

import msgspec

from generator.scripts import has_unspaced, unspaced

# What XML 1.0 (section 2.2, Char) does not allow, with the C1 controls, DEL and the noncharacters,
# which no reader can see.
_UNWANTED = re.compile(
    "[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x84\x86-\x9f\ud800-\udfff\ufdd0-\ufdef\ufffe\uffff]"
)
_LINE_END = re.compile("\r\n?")
# UTF-8 read as windows-1252 or windows-874: lead byte as a letter, then a continuation byte as a sign.
_MOJIBAKE = re.compile(
    "[\u00c2\u00c3][\u0080-\u00bf]|\u00e2\u20ac[^\\s\\w]|\u00e2\u20ac\u2122|\u00f0\u0178|\u0e42\u20ac|\u0e50\u0178|\u0e42\u0161|\u0e40\u0e42\u20ac"
)
_BACKTICKS = re.compile("`+")
_NOT_SLUG = re.compile(r"[\W_]+")
_DASHES = re.compile("-+")

# A file system's usual limit for one name is 255 bytes.
SLUG_BYTES = 200
WORDS_PER_MINUTE = 230
CJK_CHARACTERS_PER_MINUTE = 500


class Problem(msgspec.Struct, frozen=True):
    """Something wrong with a text as a whole: where (an offset into the clean text), and what."""

    offset: int
    message: str
    hint: str = ""


class Decoded(msgspec.Struct, frozen=True):
    """Clean text: no byte order mark, lines end with a line feed, only characters XML allows."""

    text: str
    problems: tuple[Problem, ...] = ()


class Measure(msgspec.Struct, frozen=True):
    """The words of a text in lower case, in its order; the whole minutes that reading takes.

    Minutes are at least 1: 230 words or 500 CJK characters each. `characters` is how many of the
    words are such characters.
    """

    words: list[str]
    minutes: int
    characters: int


def decode(data: bytes) -> Decoded:
    """The text of a file whatever wrote it: UTF-8, UTF-16, or else windows-1252."""
    problems: list[Problem] = []
    text, odd = _to_str(data)
    if odd:
        problems.append(odd)
    if "\r" in text:
        text = _LINE_END.sub("\n", text)
    if text.isascii() and text.isprintable():
        return Decoded(text)
    if "\ufeff" in text:
        text = text.replace("\ufeff", "")
    unwanted = _UNWANTED.search(text)
    if unwanted:
        found = len(_UNWANTED.findall(text))
        code = f"U+{ord(unwanted.group()):04X}"
        problems.append(
            Problem(
                unwanted.start(),
                f"{found} control character{'s' if found > 1 else ''} left out ({code} first)",
                "delete what cannot be seen here",
            )
        )
        text = _UNWANTED.sub("", text)
    if not text.isascii():
        problems += _signs_of_wrong_decoding(text)
    return Decoded(text, tuple(problems))


def _to_str(data: bytes) -> tuple[str, Problem | None]:
    if data.startswith(BOM_UTF8):
        data = data[3:]
    elif data.startswith((BOM_UTF16_LE, BOM_UTF16_BE)):
        text = data.decode("utf-16", "replace")
        return text, Problem(0, "the file is UTF-16, not UTF-8", "save it as UTF-8")
    elif data[1:2] == b"\0" and data[3:4] == b"\0" and data[:1] != b"\0":
        return data.decode("utf-16-le", "replace"), Problem(
            0, "the file is UTF-16, not UTF-8", "save it as UTF-8"
        )
    try:
        return data.decode("utf-8"), None
    except UnicodeDecodeError as bad:
        before = len(_LINE_END.sub("\n", data[: bad.start].decode("utf-8")))
        problem = Problem(
            before,
            f"byte 0x{data[bad.start]:02X} is not UTF-8; read as windows-1252",
            "save the file as UTF-8",
        )
        return data.decode("cp1252", "replace"), problem


def _signs_of_wrong_decoding(text: str) -> list[Problem]:
    problems = []
    # What stands in code is quoted: an article about such text is not damaged itself.
    if "\ufffd" not in text and not _MOJIBAKE.search(text):
        return []
    text = _without_code(text)
    lost = text.count("\ufffd")
    if lost:
        problems.append(
            Problem(
                text.index("\ufffd"),
                f"{lost} replacement character{'s' if lost > 1 else ''} (U+FFFD):"
                " text was lost before it came here",
                "paste it again from its source",
            )
        )
    garbled = _MOJIBAKE.search(text)
    if garbled:
        problems.append(
            Problem(
                garbled.start(),
                f"text decoded wrongly: {text[garbled.start() : garbled.start() + 12]!r}",
                "UTF-8 was read as another encoding; ftfy can often repair it",
            )
        )
    return problems


def _without_code(text: str) -> str:
    """The text with spaces in place of what stands between runs of backticks of one length."""
    runs = [(found.start(), found.end()) for found in _BACKTICKS.finditer(text)]
    following: dict[int, list[int]] = {}
    for place in range(len(runs) - 1, -1, -1):
        following.setdefault(runs[place][1] - runs[place][0], []).append(place)
    parts: list[str] = []
    done = 0
    place = 0
    while place < len(runs):
        start, end = runs[place]
        same = following[end - start]
        while same and same[-1] <= place:
            same.pop()
        if same:
            closing = runs[same[-1]][1]
            parts += (text[done:start], re.sub(r"[^\n]", " ", text[start:closing]))
            done = closing
            place = same[-1]
        place += 1
    return "".join((*parts, text[done:]))


def clean(text: str) -> str:
    """The text without characters that XML 1.0 forbids."""
    return _UNWANTED.sub("", text).replace("\ufeff", "")


def slugify(text: str) -> str:
    """A path segment from any text: lower case, Unicode letters and digits kept, else `-`.

    Empty when the text has no letter or digit. Never holds a slash of either kind, a dot, a space or a control
    character; at most 200 bytes of UTF-8. Normalised to NFC, so both normal forms of a name give
    one slug.
    """
    if text.isascii():
        slug = _NOT_SLUG.sub("-", text.lower())
    else:
        folded = unicodedata.normalize("NFKC", text).lower()
        kept = "".join(c if unicodedata.category(c)[0] in "LNM" else "-" for c in folded)
        slug = unicodedata.normalize("NFC", _DASHES.sub("-", kept))
    return _shortened(slug.strip("-"))


def _shortened(slug: str) -> str:
    data = slug.encode()
    if len(data) <= SLUG_BYTES:
        return slug
    cut = data[:SLUG_BYTES].decode("utf-8", "ignore")
    dash = cut.rfind("-", len(cut) // 2)
    return cut[:dash] if dash > 0 else cut


def excerpt(text: str, limit: int = 280) -> str:
    """The text's start, cut at a word's end and marked with `…` when longer than `limit`."""
    text = " ".join(text.split())
    if len(text) <= limit:
        return text
    cut = text[: limit + 1]
    space = cut.rfind(" ", limit // 2)
    return (cut[:space] if space > 0 else cut[:limit]).rstrip(" ,;:.-–—") + "…"


def measure(text: str) -> Measure:
    """A text's words by white space, and how long it takes to read it.

    Each Chinese, Japanese, Korean or Thai character is a word of its own.
    """
    characters = 0
    if has_unspaced(text):
        characters = sum(map(len, unspaced().findall(text)))
        text = unspaced().sub(lambda run: f" {' '.join(run[0])} ", text)
    words = text.lower().split()
    minutes = (len(words) - characters) / WORDS_PER_MINUTE
    minutes += characters / CJK_CHARACTERS_PER_MINUTE
    return Measure(words, max(1, round(minutes)), characters)
