"""markdown-it-py's parser states, making their tokens at half the cost.

A text's tokens are the most that its parsing makes. The library's own constructor takes every
field as an argument and checks what it got; these take what the parser's rules give, and no more.
"""

from __future__ import annotations

from typing import Literal

from markdown_it.rules_block import StateBlock
from markdown_it.rules_inline import StateInline
from markdown_it.rules_inline.state_inline import Scanned
from markdown_it.token import Token

Nesting = Literal[-1, 0, 1]


class PlainToken(Token):
    """A token like any other, made of its first three fields only."""

    __slots__ = ()

    def __init__(self, kind: str, tag: str, nesting: Nesting) -> None:
        self.type = kind
        self.tag = tag
        self.nesting = nesting
        self.attrs = {}
        self.map = None
        self.level = 0
        self.children = None
        self.content = ""
        self.markup = ""
        self.info = ""
        self.meta = {}
        self.block = False
        self.hidden = False


class BlockState(StateBlock):
    """The state of the parser of blocks."""

    def push(self, ttype: str, tag: str, nesting: Nesting) -> Token:
        token = PlainToken(ttype, tag, nesting)
        token.block = True
        if nesting < 0:
            self.level -= 1
        token.level = self.level
        if nesting > 0:
            self.level += 1
        self.tokens.append(token)
        return token


class InlineState(StateInline):
    """The state of the parser of lines; `has_pairs` says whether any are left to be matched."""

    has_pairs = False

    def scanDelims(self, start: int, canSplitWord: bool) -> Scanned:  # noqa: N802, N803  # its name
        self.has_pairs = True
        return super().scanDelims(start, canSplitWord)

    def pushPending(self) -> Token:  # noqa: N802  # its name
        token = PlainToken("text", "", 0)
        token.content = self.pending
        token.level = self.pendingLevel
        self.tokens.append(token)
        self.pending = ""
        return token

    def push(self, ttype: str, tag: str, nesting: Nesting) -> Token:
        if self.pending:
            self.pushPending()
        token = PlainToken(ttype, tag, nesting)
        meta = None
        if nesting < 0:
            self.level -= 1
            self.delimiters = self._prev_delimiters.pop()
        token.level = self.level
        if nesting > 0:
            self.level += 1
            self._prev_delimiters.append(self.delimiters)
            self.delimiters = []
            meta = {"delimiters": self.delimiters}
        self.pendingLevel = self.level
        self.tokens.append(token)
        self.tokens_meta.append(meta)
        return token
