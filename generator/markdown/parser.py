"""The Markdown that newsletters are written in: CommonMark, GFM, footnotes, definitions, citations."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import lru_cache
from typing import Any

from markdown_it import MarkdownIt
from mdit_py_plugins.deflist import deflist_plugin
from mdit_py_plugins.footnote import footnote_plugin
from mdit_py_plugins.gfm_autolink import gfm_autolink_plugin

from generator.markdown.citations import citations_plugin
from generator.markdown.code import render_fence
from generator.markdown.destinations import HELPERS, normalize_link

# Each pattern begins with a fixed text, or is one: `re` finds that far faster than anything else.
# Where no link syntax stands before them, these are bare addresses: looking for those costs the
# parser a fifth of its time.
_BARE_ADDRESS: tuple[re.Pattern[str], ...] = (
    *(
        re.compile(
            rf"{end}(?<={start}{end})(?<!\]:[ ]{start}{end})(?<!\]\({start}{end})"
            rf"(?<![<\"'=/\w]{start}{end})"
        )
        for start, end in (("http", "://"), ("https", "://"), ("ftp", "://"), ("", r"www\."))
    ),
    re.compile(r"@(?<=[\w.+-]@)[\w-]+\.\w"),
)
# CommonMark sets no bound; this one is deeper than lists are written and far from Python's own.
_MAX_NESTING = 64
_OPTIONS = {
    "html": True,
    "maxNesting": _MAX_NESTING,
    "tasklists": True,
    "alerts": True,
    "highlight": None,
    "xhtmlOut": False,
}


# Without what one of its patterns finds, a text cannot hold what the rules read: they are switched
# off for it, because every rule is asked about every line or sign, and most texts need half of them.
# A line begins after a line end; the text is given one to begin with.
_NEEDS: tuple[tuple[tuple[re.Pattern[str], ...], tuple[str, ...]], ...] = tuple(
    (tuple(re.compile(each, re.MULTILINE) for each in patterns), tuple(rules.split()))
    for *patterns, rules in (
        (r"\|", "table"),
        (r"    ", r"\t", "code"),
        (r"```", r"~~~", "fence"),
        (r">", "blockquote"),
        (r"-[ \t]*-[ \t]*-", r"\*[ \t]*\*[ \t]*\*", r"_[ \t]*_[ \t]*_", "hr"),
        (r"\[\^", "footnote_def footnote_ref"),
        (r"\^\[", "footnote_inline"),
        (r"\]:", "reference"),
        (r"<", "html_block html_inline autolink"),
        (r"#", "heading"),
        (r"\n[ \t>]*[=-]+[ \t]*$", "lheading"),
        (r"\n[ \t>]*(?:(?:[-*+]|\d+[.)])[ \t]+)*[:~][ \t]", "deflist"),
        (r"\\", "escape"),
        (r"`", "backticks"),
        (r"~", "strikethrough"),
        (r"\*", r"_", "emphasis"),
        (r"\[", "link image citation"),
        (r"&", "entity"),
    )
)


def parser_for(text: str) -> MarkdownIt:
    """The parser with the rules that a text needs; the same objects are used again."""
    lines = f"\n{text}"
    unneeded = tuple(not _finds(patterns, lines) for patterns, _ in _NEEDS)
    return _parser(_finds(_BARE_ADDRESS, lines), unneeded)


def _finds(patterns: tuple[re.Pattern[str], ...], text: str) -> bool:
    return any(pattern.search(text) for pattern in patterns)


@lru_cache(maxsize=256)
def _parser(autolink: bool, unneeded: tuple[bool, ...]) -> MarkdownIt:
    md = MarkdownIt("commonmark", _OPTIONS).enable(["table", "strikethrough"])
    md.use(footnote_plugin).use(deflist_plugin).use(citations_plugin)
    if autolink:
        md.use(gfm_autolink_plugin)
    md.disable(
        [rule for (_, rules), off in zip(_NEEDS, unneeded, strict=True) if off for rule in rules]
    )
    md.helpers = HELPERS  # type: ignore[assignment]  # anything with the three functions serves
    md.normalizeLink = normalize_link  # type: ignore[method-assign]  # markdown-it-py's documented way
    # Which addresses are allowed is decided in one place, by `links`, which also says so.
    md.validateLink = lambda url: True  # type: ignore[method-assign]  # markdown-it-py's documented way
    md.add_render_rule("footnote_block_open", _footnotes)
    for cell in ("th_open", "td_open"):
        md.add_render_rule(cell, _cell)
    md.add_render_rule("fence", render_fence)
    md.add_render_rule("code_block", render_fence)
    return md


def _footnotes(*_rendering: Any) -> str:
    return '<section class="footnotes" aria-label="Footnotes">\n<ol class="footnotes-list">\n'


def _cell(_renderer: Any, tokens: Sequence[Any], index: int, *_rendering: Any) -> str:
    """A table's cell; its alignment is a class, because a strict policy forbids inline styles."""
    token = tokens[index]
    style = str(token.attrs.get("style", ""))
    aligned = f' class="align-{style.rpartition(":")[2]}"' if style else ""
    return f"<{token.tag}{aligned}>"
