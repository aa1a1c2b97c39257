"""Breaks a title into lines of equal length, as large as they fit. Pure."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Sequence

import msgspec

_ELLIPSIS = "…"
# Han, kana and full-width forms: a line may end after any of them.
_EAST_ASIAN = (
    "\u2e80-\u303f\u3041-\u30ff\u31f0-\u31ff\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\uff01-\uff60"
)
# What may not begin and may not end a line (W3C, Requirements for Japanese Text Layout, 3.1.7-3.1.8).
_NEVER_FIRST = "、。，．・：；？！゛゜ヽヾゝゞ々ー）〕］｝〉》」』】’”…‥ぁぃぅぇぉっゃゅょゎァィゥェォッャュョヮヵヶ,.:;?!)]}%"
_NEVER_LAST = "（〔［｛〈《「『【‘“([{"
_BREAKS = re.compile(
    # Between East Asian characters, and between these and others;
    f"(?<=[{_EAST_ASIAN}])(?<![{re.escape(_NEVER_LAST)}])(?=[^ {re.escape(_NEVER_FIRST)}])"
    f"|(?<=[^ {re.escape(_NEVER_LAST)}])(?=[{_EAST_ASIAN}])(?![{re.escape(_NEVER_FIRST)}])"
    # and after a dash or slash within a word.
    r"|(?<=\w[-–—/])(?=\w)"
)

# Addresses, in which a hyphen would be read as one of theirs.
_ADDRESS = re.compile(r"://|\w[.@_]\w")

WidthOf = Callable[[str], float]


class Step(msgspec.Struct, frozen=True):
    """A size that is tried, in pixels, and how many lines of it there is room for."""

    size: int
    lines: int


class Setting(msgspec.Struct, frozen=True):
    """Lines and the size in which they fit."""

    size: int
    lines: tuple[str, ...]


class _Piece(msgspec.Struct, frozen=True):
    """What no line end may divide, whether a space stands before it, and whether a hyphen may show
    where it has to be divided after all.
    """

    text: str
    width: float
    spaced: bool
    hyphened: bool = True


def steps(sizes: Iterable[int], height: int, leading: float, most: int) -> tuple[Step, ...]:
    """Those sizes with the lines that fit into a height, at `most` so many."""
    fits = ((size, min(most, int(height / (size * leading)))) for size in sizes)
    return tuple(Step(size, lines) for size, lines in fits if lines)


def fitted(text: str, width_of: WidthOf, width: int, sizes: Sequence[Step]) -> Setting:
    """The text in the first of the sizes in which it fits, its lines as equal as can be.

    `width_of` tells the width of a text in ems. In the last size words that are too long are
    divided, and what does not fit ends in an ellipsis.
    """
    space = width_of(" ")
    whole = _pieces(text, width_of)
    longest = max((piece.width for piece in whole), default=0.0)
    for step in sizes:
        limit = width / step.size
        if longest <= limit:
            lines = _filled(whole, limit, space)
            if len(lines) <= step.lines:
                return Setting(step.size, _as_text(_balanced(whole, lines, limit, space)))
    last = sizes[-1]
    limit = width / last.size
    lines = _filled(_divided(whole, limit, width_of), limit, space)
    shown = list(_as_text(lines))
    if len(shown) > last.lines:
        shown = [*shown[: last.lines - 1], _cut(shown[last.lines - 1], limit, width_of)]
    return Setting(last.size, tuple(shown))


def _pieces(text: str, width_of: WidthOf) -> list[_Piece]:
    return [
        _Piece(part, width_of(part), not number, not _ADDRESS.search(word))
        for word in text.split(" ")
        for number, part in enumerate(_BREAKS.split(word))
    ]


def _filled(pieces: Sequence[_Piece], limit: float, space: float) -> list[list[_Piece]]:
    """The pieces in as few lines as they take."""
    lines: list[list[_Piece]] = []
    used = 0.0
    for piece in pieces:
        more = piece.width + (space if piece.spaced else 0)
        if lines and used + more <= limit:
            lines[-1].append(piece)
            used += more
        else:
            lines.append([piece])
            used = piece.width
    return lines


def _balanced(
    pieces: Sequence[_Piece], lines: list[list[_Piece]], limit: float, space: float
) -> list[list[_Piece]]:
    """The pieces in as many lines, of which the longest is as short as it can be."""
    low, high = max((piece.width for piece in pieces), default=0.0), limit
    # To a twentieth of an em, which nobody sees.
    while len(lines) > 1 and high - low > 0.05:
        middle = (low + high) / 2
        tried = _filled(pieces, middle, space)
        if len(tried) <= len(lines):
            lines, high = tried, middle
        else:
            low = middle
    return lines


def _divided(pieces: Iterable[_Piece], limit: float, width_of: WidthOf) -> list[_Piece]:
    """The pieces, those that are longer than a line cut into such as are not."""
    parts: list[_Piece] = []
    for piece in pieces:
        rest, spaced = piece.text, piece.spaced
        while width_of(rest) > limit and len(rest) > 1:
            head = _head(rest, limit - width_of("-"), width_of)
            rest = rest[len(head) :]
            is_in_word = piece.hyphened and head[-1].isalpha() and rest[0].isalpha()
            shown = head + "-" if is_in_word else head
            parts.append(_Piece(shown, width_of(shown), spaced))
            spaced = False
        parts.append(_Piece(rest, width_of(rest), spaced))
    return parts


def _head(text: str, limit: float, width_of: WidthOf) -> str:
    """As much of the text as fits; at least one character."""
    end = len(text)
    while end > 1 and width_of(text[:end]) > limit:
        end -= 1
    return text[:end]


def _cut(line: str, limit: float, width_of: WidthOf) -> str:
    """The line with an ellipsis at its end, shortened by whole words where it has several."""
    rest = line
    while width_of(rest + _ELLIPSIS) > limit and len(rest) > 1:
        shorter = rest.rpartition(" ")[0]
        rest = shorter or rest[:-1]
    return rest.rstrip(" .,:;-–—、。，：；") + _ELLIPSIS


def _as_text(lines: Iterable[Sequence[_Piece]]) -> tuple[str, ...]:
    return tuple(
        "".join(f" {piece.text}" if piece.spaced else piece.text for piece in line).strip()
        for line in lines
    )
