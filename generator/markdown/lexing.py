"""Pygments' lexers, trying only the rules that a character can begin.

Pygments tries all rules of a state at every place, one after the other: most of the time that
colours take. Nearly all of them cannot match where a given character stands.
"""

from __future__ import annotations

import re
import string
from collections.abc import Callable, Iterator, Sequence
from typing import Any

from pygments.lexer import RegexLexer
from pygments.token import Error, Whitespace

from generator.markdown.beginnings import may_begin

# A rule as Pygments keeps it: its pattern's `match`, what its text is, and the state after it.
Rule = tuple[Callable[[str, int], "re.Match[str] | None"], Any, Any]

# To look through a lexer's rules costs about as much as lexing so many characters saves.
_WORTH_IT = 10_000
# Of any other character a pattern's flags decide what it is.
_SORTED = frozenset(string.printable)


class Lexing:
    """One lexer, at work on many texts."""

    def __init__(self, lexer: Any, worth_it: int = _WORTH_IT) -> None:
        self._lexer = lexer
        # A lexer with a way of its own through the rules is left to it.
        own = type(lexer).get_tokens_unprocessed
        self._sortable = own is RegexLexer.get_tokens_unprocessed and not lexer.filters
        self._until_sorted = worth_it
        self._states: dict[str, _State] = {}

    def tokens(self, code: str) -> Iterator[tuple[Any, str]]:
        """The code's tokens, as the lexer's own `get_tokens` gives them."""
        if self._sortable and self._until_sorted <= 0:
            return self._sorted(code)
        self._until_sorted -= len(code)
        return iter(self._lexer.get_tokens(code))

    def _sorted(self, code: str) -> Iterator[tuple[Any, str]]:
        """What `RegexLexer.get_tokens_unprocessed` does, with fewer rules at each place."""
        text = self._lexer._preprocess_lexer_input(code)
        stack = ["root"]
        state = self._state("root")
        position = 0
        while True:
            char = text[position : position + 1]
            for match, action, after in state[char]:
                found = match(text, position)
                if not found:
                    continue
                if callable(action):
                    for _, kind, part in action(self._lexer, found):
                        yield kind, part
                elif action is not None:
                    yield action, found[0]
                position = found.end()
                if after is not None:
                    _move(stack, after)
                    state = self._state(stack[-1])
                break
            else:
                if not char:
                    return
                position += 1
                if char == "\n":
                    stack = ["root"]
                    state = self._state("root")
                yield Whitespace if char == "\n" else Error, char

    def _state(self, name: str) -> _State:
        state = self._states.get(name)
        if state is None:
            state = self._states[name] = _State(self._lexer._tokens[name])
        return state


class _State(dict[str, Sequence[Rule]]):
    """For each character, which of a state's rules can match where it stands, in their order."""

    def __init__(self, rules: Sequence[Rule]) -> None:
        super().__init__()
        self._rules = rules

    def __missing__(self, char: str) -> Sequence[Rule]:
        if char not in _SORTED:
            return self._rules
        # A rule is kept with the `match` of its pattern.
        own: list[Any] = [rule[0] for rule in self._rules]
        self[char] = rules = tuple(
            rule
            for rule, match in zip(self._rules, own, strict=True)
            if may_begin(match.__self__, char)
        )
        return rules


def _move(stack: list[str], after: Any) -> None:
    """Goes where a rule leads: a count of states to leave, or names of states."""
    if isinstance(after, int):
        # One state is always left.
        del stack[max(1, len(stack) + after) :]
        return
    for state in (after,) if isinstance(after, str) else after:
        if state == "#pop":
            if len(stack) > 1:
                stack.pop()
        else:
            stack.append(stack[-1] if state == "#push" else state)
