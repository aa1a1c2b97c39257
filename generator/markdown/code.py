"""Code blocks, highlighted by Pygments as spans with its short class names."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import lru_cache
from html import escape
from typing import Any

# Beyond this, colours cost more than they tell.
_MAX_HIGHLIGHTED = 50_000
_LANGUAGE = re.compile(r"[\w+#.-]+")


def render_fence(
    _renderer: Any, tokens: Sequence[Any], index: int, _options: Any, env: dict[str, Any]
) -> str:
    """A fenced or indented block as `<pre><code class="language-…">`, reachable by keyboard."""
    token = tokens[index]
    found = _LANGUAGE.search(token.info)
    language = found.group() if found else ""
    code = token.content
    highlighted = ""
    if language and env.get("highlight", True) and len(code) <= _MAX_HIGHLIGHTED:
        highlighted = _highlight(code, language.lower())
    attribute = f' class="language-{escape(language)}"' if language else ""
    return (
        f'<pre tabindex="0"><code{attribute}>{highlighted or escape(code, quote=False)}'
        "</code></pre>\n"
    )


@lru_cache(maxsize=512)
def _highlight(code: str, language: str) -> str:
    """The code as HTML; empty where the language is not known."""
    lexing = _lexing(language)
    if lexing is None:
        return ""
    parts: list[str] = []
    _formatter().format(lexing.tokens(code), _Collector(parts))
    return "".join(parts)


@lru_cache
def _formatter() -> Any:
    """Made once: it prepares a whole style sheet each time."""
    from pygments.formatters.html import HtmlFormatter

    return HtmlFormatter(nowrap=True)


class _Collector:
    """A file that only keeps what is written to it."""

    def __init__(self, parts: list[str]) -> None:
        self.write = parts.append


@lru_cache
def _lexing(language: str) -> Any:
    from pygments.lexers import get_lexer_by_name
    from pygments.util import ClassNotFound

    from generator.markdown.lexing import Lexing

    try:
        return Lexing(get_lexer_by_name(language, stripnl=False, ensurenl=False))
    except ClassNotFound:
        return None
