"""Code blocks, highlighted by Pygments as spans with its short class names."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from functools import lru_cache
from html import escape
from io import StringIO
from typing import Any

from generator.fingerprint import fingerprint

# Beyond this, colours cost more than they tell.
_MAX_HIGHLIGHTED = 50_000
_LANGUAGE = re.compile(r"[\w+#.-]+")
_SPECIAL = re.compile(r"[&<>\n]")


class Colours:
    """The coloured blocks of one file; those that are known from its last load are taken from there.

    To make a lexer ready takes longer than all else that an edit of its article asks for. `blocks`
    are those of this load, by what they are made from.
    """

    def __init__(self, known: Mapping[str, str]) -> None:
        self._known = known
        self.blocks: dict[str, str] = {}

    def of(self, code: str, language: str) -> str:
        """The code as HTML; empty where the language is not known."""
        name = fingerprint(code, language)
        html = self._known.get(name)
        if html is None:
            html = _highlight(code, language)
        self.blocks[name] = html
        return html


def render_fence(
    _renderer: Any, tokens: Sequence[Any], index: int, _options: Any, env: dict[str, Any]
) -> str:
    """A fenced or indented block as `<pre><code class="language-…">`, reachable by keyboard."""
    token = tokens[index]
    found = _LANGUAGE.search(token.info)
    language = found.group() if found else ""
    code = token.content
    highlighted = ""
    colours: Colours | None = env["colours"]
    if language and colours and len(code) <= _MAX_HIGHLIGHTED:
        highlighted = colours.of(code, language.lower())
    attribute = f' class="language-{escape(language)}"' if language else ""
    return (
        f'<pre tabindex="0"><code{attribute}>{highlighted or escape(code, quote=False)}'
        "</code></pre>\n"
    )


@lru_cache(maxsize=512)
def _highlight(code: str, language: str) -> str:
    """The code as HTML; empty where the language is not known."""
    lexing = _lexing(language)
    return spans(lexing.tokens(code)) if lexing is not None else ""


def spans(tokens: Iterable[tuple[Any, str]]) -> str:
    """What Pygments' HtmlFormatter writes for tokens: a span for each run of one kind in a line.

    There is a line end after the last line, whether the tokens have one or not.
    """
    opening_of = _openings()
    parts: list[str] = []
    within = ""
    add, search = parts.append, _SPECIAL.search
    for kind, text in tokens:
        opening = opening_of[kind]
        if search(text):
            *lines, text = escape(text, quote=False).split("\n")
            for line in lines:
                if line and opening != within:
                    add(f"</span>{opening}" if within else opening)
                    within = opening
                add(f"{line}</span>\n" if within else f"{line}\n")
                within = ""
        if text:
            if opening != within:
                add(f"</span>{opening}" if within else opening)
                within = opening
            add(text)
    if within:
        parts.append("</span>\n")
    elif parts and parts[-1][-1] != "\n":
        parts.append("\n")
    return "".join(parts)


class _Openings(dict[Any, str]):
    """The tag that each kind of token is written in: nothing for text without a class."""

    def __missing__(self, kind: Any) -> str:
        from pygments.formatters.html import HtmlFormatter

        written = StringIO()
        HtmlFormatter(nowrap=True).format([(kind, "\0")], written)
        self[kind] = opening = written.getvalue().partition("\0")[0]
        return opening


@lru_cache
def _openings() -> _Openings:
    """Filled as kinds are met."""
    return _Openings()


@lru_cache
def _lexing(language: str) -> Any:
    from pygments.lexers import get_lexer_by_name
    from pygments.util import ClassNotFound

    from generator.markdown.lexing import Lexing

    try:
        return Lexing(get_lexer_by_name(language, stripnl=False, ensurenl=False))
    except ClassNotFound:
        return None
