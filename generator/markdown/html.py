"""markdown-it-py's renderer, with a short way for the tags that nearly all tokens are."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from markdown_it.common.utils import escapeHtml
from markdown_it.renderer import RendererHTML
from markdown_it.token import Token


class HtmlRenderer(RendererHTML):
    """Writes what the library's own renderer writes, without its option `xhtmlOut`."""

    def renderInline(  # noqa: N802  # its name
        self, tokens: Sequence[Token], options: Any, env: Any
    ) -> str:
        rules = self.rules
        parts = []
        for index, token in enumerate(tokens):
            kind = token.type
            if kind == "text":
                parts.append(escapeHtml(token.content))
            elif kind in rules:
                parts.append(rules[kind](tokens, index, options, env))
            else:
                parts.append(self.renderToken(tokens, index, options, env))
        return "".join(parts)

    def renderToken(  # noqa: N802  # its name
        self, tokens: Sequence[Token], idx: int, options: Any, env: Any
    ) -> str:
        token = tokens[idx]
        if token.hidden:
            return ""
        if token.nesting < 0:
            return f"</{token.tag}>\n" if token.block else f"</{token.tag}>"
        html = f"<{token.tag}{self.renderAttrs(token)}>" if token.attrs else f"<{token.tag}>"
        if not token.block:
            return html
        if idx and tokens[idx - 1].hidden:
            # After the text of a tight list's item, whose paragraph wrote no line end.
            html = f"\n{html}"
        return html if _goes_on(token, tokens, idx + 1) else f"{html}\n"

    @staticmethod
    def renderAttrs(token: Token) -> str:  # noqa: N802  # its name
        parts = [f' {name}="{escapeHtml(str(value))}"' for name, value in token.attrs.items()]
        return "".join(parts)


def _goes_on(token: Token, tokens: Sequence[Token], following: int) -> bool:
    """Whether what follows a block's start tag stands on the same line."""
    if token.nesting == 0 or following == len(tokens):
        return False
    after = tokens[following]
    if after.type == "inline" or after.hidden:
        return True
    return after.nesting < 0 and after.tag == token.tag
