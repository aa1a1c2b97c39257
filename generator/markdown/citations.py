"""`[@id]`: a citation of one of the article's sources, or of several: `[@one; @two]`."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from html import escape
from typing import Any

from markdown_it import MarkdownIt
from markdown_it.common.utils import normalizeReference
from markdown_it.rules_inline import StateInline, link

SOURCE_ID = r"[A-Za-z0-9][\w.:-]*"
_CITATION = re.compile(rf"\[@{SOURCE_ID}(?:\s*[;,]\s*@{SOURCE_ID})*\]")
# What an address has that a word or a page's number has not.
_ADDRESS = re.compile(r"[/:#<]|\.[a-z]{2}", re.IGNORECASE)
_ID = re.compile(rf"@({SOURCE_ID})")


class Citations:
    """The sources that an article's texts may cite, and how often they did so far."""

    def __init__(self, numbers: Mapping[str, int]) -> None:
        self.numbers = numbers
        self.counts: dict[str, int] = dict.fromkeys(numbers, 0)
        self.unknown: list[tuple[str, str]] = []

    def cite(self, source: str) -> str:
        """The HTML of one citation, with an anchor of its own to come back to."""
        self.counts[source] += 1
        name = escape(source)
        return (
            f'<a class="cite" id="cite-{name}-{self.counts[source]}" href="#source-{name}">'
            f"{self.numbers[source]}</a>"
        )


def citations_plugin(md: MarkdownIt) -> None:
    """Reads `[@id]` where a link could stand, unless it is one: `[@name](…)`, `[@name]: …`."""
    md.inline.ruler.before("link", "citation", _citation)
    md.add_render_rule("citation", _render)


def _citation(state: StateInline, silent: bool) -> bool:
    if not state.src.startswith("[@", state.pos):
        return False
    found = _CITATION.match(state.src, state.pos, state.posMax)
    if not found or _is_link(state, found.end()):
        return False
    label = normalizeReference(found.group()[1:-1])
    if label in state.env.get("references", ()):
        return False
    if not silent:
        # The mark stands at the word before it, also at a line's end.
        state.pending = state.pending.rstrip(" ")
        token = state.push("citation", "", 0)
        token.content = found.group()
        token.meta = {"ids": _ID.findall(found.group())}
    state.pos = found.end()
    return True


def _is_link(state: StateInline, end: int) -> bool:
    """Whether what ends there is the text of a link, whose address or name follows.

    In parentheses that hold no address stands what an author adds to a source: a page, a word.
    """
    follows = state.src[end : end + 1]
    if follows not in ("(", "["):
        return False
    start = state.pos
    is_link = link(state, True)
    target, state.pos = state.src[end : state.pos], start
    return is_link and (follows == "[" or _ADDRESS.search(target) is not None)


def _render(
    _renderer: Any, tokens: Sequence[Any], index: int, _options: Any, env: dict[str, Any]
) -> str:
    token = tokens[index]
    citations: Citations = env["citations"]
    known = [each for each in token.meta["ids"] if each in citations.numbers]
    citations.unknown += [
        (each, token.content) for each in token.meta["ids"] if each not in citations.numbers
    ]
    if not known:
        return escape(token.content)
    return '<sup class="cites">[' + ", ".join(citations.cite(each) for each in known) + "]</sup>"
