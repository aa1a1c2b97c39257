"""Which characters a regular expression's matches can begin with: a guess that never leaves one out."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from functools import cache
from importlib import import_module
from typing import Any

# The trees that `re` itself makes of patterns; they are not documented, and have been the same
# since Python 2. What is not known in them counts as able to begin with anything.
_parser: Any = import_module("re._parser")
_OPS: Any = import_module("re._constants")

_REPEATS = (_OPS.MAX_REPEAT, _OPS.MIN_REPEAT, _OPS.POSSESSIVE_REPEAT)
_EMPTY = (_OPS.AT, _OPS.ASSERT, _OPS.ASSERT_NOT)
_CATEGORIES: dict[Any, Callable[[str], bool]] = {
    _OPS.CATEGORY_DIGIT: str.isdigit,
    _OPS.CATEGORY_NOT_DIGIT: lambda char: not char.isdigit(),
    _OPS.CATEGORY_SPACE: str.isspace,
    _OPS.CATEGORY_NOT_SPACE: lambda char: not char.isspace(),
    _OPS.CATEGORY_WORD: lambda char: char.isalnum() or char == "_",
    _OPS.CATEGORY_NOT_WORD: lambda char: not (char.isalnum() or char == "_"),
}
# Sets longer than this, such as that of all letters, take longer to search than to try.
_LONG_SET = 64

# Whether something can begin with a character, and whether it can be empty.
_Beginning = tuple[bool, bool]
_ANYTHING = (True, True)


def may_begin(pattern: re.Pattern[str], char: str) -> bool:
    """Whether a match of the pattern may begin with an ASCII character, or be empty there."""
    begins, empty = _sequence(
        _tree(pattern.pattern, pattern.flags), char, bool(pattern.flags & re.IGNORECASE)
    )
    return begins or empty


@cache
def _tree(pattern: str, flags: int) -> Any:
    return _parser.parse(pattern, flags)


def _sequence(items: Iterable[Any], char: str, any_case: bool) -> _Beginning:
    for op, argument in items:
        begins, empty = _item(op, argument, char, any_case)
        if begins or not empty:
            return begins, empty
    return False, True


def _item(op: Any, argument: Any, char: str, any_case: bool) -> _Beginning:
    if op is _OPS.LITERAL:
        return _is_literal(argument, char, any_case), False
    if op is _OPS.IN:
        return _is_in(argument, char, any_case), False
    if op is _OPS.BRANCH:
        branches = [_sequence(each, char, any_case) for each in argument[1]]
        return any(begins for begins, _ in branches), any(empty for _, empty in branches)
    if op is _OPS.SUBPATTERN:
        _, flags_on, flags_off, items = argument
        # With flags of its own its text means something else.
        return _ANYTHING if flags_on or flags_off else _sequence(items, char, any_case)
    if op in _REPEATS:
        least, _, items = argument
        begins, empty = _sequence(items, char, any_case)
        return begins, empty or least == 0
    return (False, True) if op in _EMPTY else _ANYTHING


def _is_literal(code: int, char: str, any_case: bool) -> bool:
    if any_case:
        # Some letters beyond ASCII are the same as one within it.
        return code > 127 or chr(code).lower() == char.lower()
    return code == ord(char)


def _is_in(items: list[Any], char: str, any_case: bool) -> bool:
    negated = items[0][0] is _OPS.NEGATE
    if len(items) > _LONG_SET or (negated and any_case):
        return True
    return negated != any(_is_one(op, argument, char, any_case) for op, argument in items)


def _is_one(op: Any, argument: Any, char: str, any_case: bool) -> bool:
    if op is _OPS.LITERAL:
        return _is_literal(argument, char, any_case)
    if op is _OPS.RANGE:
        least, most = argument
        cases = (char.lower(), char.upper()) if any_case else (char,)
        return any(least <= ord(each) <= most for each in cases) or (any_case and most > 127)
    return op is _OPS.CATEGORY and _CATEGORIES[argument](char)
