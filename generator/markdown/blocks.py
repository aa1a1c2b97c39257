"""markdown-it-py's parser of blocks, asking each rule only at lines that it can begin with."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from markdown_it import MarkdownIt
from markdown_it.parser_block import ParserBlock
from markdown_it.ruler import Ruler
from markdown_it.rules_block import StateBlock
from markdown_it.token import Token

from generator.markdown.states import BlockState

_Rule = Callable[[StateBlock, int, int, bool], bool]

# The signs that a line begins with for a rule, after its indentation; any for the other rules.
_BEGINNINGS = {
    "fence": "`~",
    "blockquote": ">",
    "hr": "*-_",
    "list": "*+-0123456789",
    "reference": "[",
    "footnote_def": "[",
    "html_block": "<",
    "heading": "#",
}


class BlockParser(ParserBlock):
    """Makes the tokens of blocks. Its rules must not change once it has parsed."""

    def __init__(self) -> None:
        super().__init__()
        own = _Ruler()
        own.__rules__ = self.ruler.__rules__
        self.ruler = own

    def parse(
        self,
        src: str,
        md: MarkdownIt,
        env: Any,
        outTokens: list[Token],  # noqa: N803  # its name
    ) -> list[Token] | None:
        if not src:
            return None
        state = BlockState(src, md, env, outTokens)
        self.tokenize(state, state.line, state.lineMax)
        return state.tokens


class _Ruler(Ruler[_Rule]):
    """Gives, for each chain, one rule that asks those of the chain that a line could mean."""

    def __init__(self) -> None:
        super().__init__()
        self._chains: dict[str, list[_Rule]] = {}

    def getRules(self, chainName: str = "") -> list[_Rule]:  # noqa: N802, N803  # its name
        chain = self._chains.get(chainName)
        if chain is None:
            active = zip(self.get_active_rules(), super().getRules(), strict=True)
            names = {id(rule): name for name, rule in active}
            rules = [(names[id(rule)], rule) for rule in super().getRules(chainName)]
            chain = self._chains[chainName] = [_first_of(rules)]
        return chain


def _first_of(rules: list[tuple[str, _Rule]]) -> _Rule:
    signs = {sign for name, _ in rules for sign in _BEGINNINGS.get(name, "")}
    rules_of = {
        sign: [rule for name, rule in rules if sign in _BEGINNINGS.get(name, sign)]
        for sign in signs
    }
    others = [rule for name, rule in rules if name not in _BEGINNINGS]

    def ask(state: StateBlock, line: int, end: int, silent: bool) -> bool:
        start = state.bMarks[line] + state.tShift[line]
        for rule in rules_of.get(state.src[start : start + 1], others):
            if rule(state, line, end, silent):
                return True
        return False

    return ask
