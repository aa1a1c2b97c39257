"""markdown-it-py's parser of lines, asking each rule only at the signs that it can begin with.

The library asks every rule at every sign that any rule could want. Links and emphasis around
plain words, which nearly all are, are read here by one expression each; any other is left to the
library's own rules.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from functools import cached_property
from typing import Any

from markdown_it import MarkdownIt
from markdown_it.parser_inline import ParserInline
from markdown_it.rules_inline import StateInline, emphasis, link
from markdown_it.token import Token

from generator.markdown.states import InlineState, PlainToken

_Rule = Callable[[StateInline, bool], bool]

# The signs that each rule begins with: all others it refuses. Text begins where no rule does.
_BEGINNINGS = {
    "text": "",
    "newline": "\n",
    "escape": "\\",
    "backticks": "`",
    "strikethrough": "~",
    "emphasis": "*_",
    "link": "[",
    "image": "!",
    "autolink": "<",
    "html_inline": "<",
    "entity": "&",
    "citation": "[",
    "footnote_inline": "^",
    "footnote_ref": "[",
    "gfm_autolink_www": "w",
    "gfm_autolink_protocol": ":",
    "gfm_autolink_email": "@",
}
# What ends a label is no rule's beginning, but has to be seen.
_LABEL_END = "]"

# Text in which no rule begins. Within links addresses are no links; elsewhere they may be.
_LABEL = r"[^\n!&*<\[\\\]^_`~]*"
_WORDS = r"[^\n!&*.:<@\[\\\]^_`~]*"
_PLAIN_LINK = re.compile(rf"\[({_LABEL})\]\(([^\x00-\x20\x7f\\&<>()]+)\)")
# Between a space and a space or punctuation a mark with a letter inside it can mean nothing else.
_PLAIN_EMPHASIS = re.compile(
    rf"(?<![^ \n])(\*\*?|__?)([A-Za-z0-9](?:{_WORDS}(?<=[A-Za-z0-9]))?)\1(?=[ \n.,:;!?)]|\Z)"
)


class InlineParser(ParserInline):
    """Makes the tokens of lines. Its rules must not change once it has parsed."""

    @cached_property
    def _rules_of(self) -> dict[str, list[_Rule]]:
        """The rules to be asked at each sign; where there are none, plain text goes on."""
        active = dict(zip(self.ruler.get_active_rules(), self.ruler.getRules(""), strict=True))
        rules_of: dict[str, list[_Rule]] = {_LABEL_END: []}
        for name, rule in active.items():
            for sign in _BEGINNINGS[name]:
                rules_of.setdefault(sign, []).append(rule)
        return rules_of

    @cached_property
    def _next_sign(self) -> re.Pattern[str]:
        return re.compile(f"[{re.escape(''.join(self._rules_of))}]")

    def parse(self, src: str, md: MarkdownIt, env: Any, tokens: list[Token]) -> list[Token]:
        if not self._next_sign.search(src):
            if src:
                text = PlainToken("text", "", 0)
                text.content = src
                tokens.append(text)
            return tokens
        state = InlineState(src, md, env, tokens)
        self.tokenize(state)
        if state.has_pairs:
            for rule in self.ruler2.getRules(""):
                rule(state)
        return state.tokens

    def tokenize(self, state: StateInline) -> None:
        src, end = state.src, state.posMax
        rules_of, next_sign = self._rules_of, self._next_sign.search
        deepest = state.md.options["maxNesting"]
        while state.pos < end:
            position = state.pos
            rules = rules_of.get(src[position])
            if rules is None:
                found = next_sign(src, position)
                state.pos = found.start() if found else end
                state.append_pending(src[position : state.pos])
                continue
            for rule in rules if state.level < deepest else ():
                if rule(state, False):
                    break
            else:
                state.append_pending(src[position])
                state.pos += 1
        if state.pending:
            state.pushPending()

    def skipToken(self, state: StateInline) -> None:  # noqa: N802  # its name
        position = state.pos
        known = state.cache.get(position)
        if known is not None:
            state.pos = known
            return
        rules = self._rules_of.get(state.src[position])
        if state.level >= state.md.options["maxNesting"]:
            # Too deep: the library, too, takes the rest for text, and then one sign more.
            state.pos = state.posMax + 1
        elif rules is None:
            found = self._next_sign.search(state.src, position)
            state.pos = found.start() if found else state.posMax
        elif not self._skips(state, rules):
            state.pos += 1
        state.cache[position] = state.pos

    def _skips(self, state: StateInline, rules: list[_Rule]) -> bool:
        # A level more bounds how deep rules look ahead within each other.
        state.level += 1
        skips = any(rule(state, True) for rule in rules)
        state.level -= 1
        return skips


def use_plain_ways(md: MarkdownIt) -> None:
    """Has links and emphasis read the short way where they are around plain words."""
    md.inline.ruler.at("link", _link)
    md.inline.ruler.at("emphasis", _emphasis)


def _link(state: StateInline, silent: bool) -> bool:
    found = _PLAIN_LINK.match(state.src, state.pos, state.posMax)
    if not found:
        return link(state, silent)
    if not silent:
        opening = _enclose(state, "link", "a", found[1])
        opening.attrs["href"] = state.md.normalizeLink(found[2])
    state.pos = found.end()
    return True


def _emphasis(state: StateInline, silent: bool) -> bool:
    if silent:
        return False
    found = _PLAIN_EMPHASIS.match(state.src, state.pos, state.posMax)
    if not found:
        return emphasis.tokenize(state, silent)
    name = "em" if len(found[1]) == 1 else "strong"
    _enclose(state, name, name, found[2])
    state.pos = found.end()
    return True


def _enclose(state: StateInline, name: str, tag: str, text: str) -> Token:
    """Adds an element around plain text, and gives its opening token."""
    if state.pending:
        state.pushPending()
    opening = PlainToken(f"{name}_open", tag, 1)
    words = PlainToken("text", "", 0)
    words.content = text
    closing = PlainToken(f"{name}_close", tag, -1)
    opening.level = closing.level = state.level
    words.level = state.level + 1
    state.tokens += (opening, words, closing)
    return opening
