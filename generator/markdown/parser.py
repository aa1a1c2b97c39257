"""The Markdown that newsletters are written in: CommonMark, GFM, footnotes, definitions, citations."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import lru_cache
from typing import Any

from markdown_it import MarkdownIt
from markdown_it.rules_core import StateCore, normalize
from mdit_py_plugins.deflist import deflist_plugin
from mdit_py_plugins.footnote import footnote_plugin
from mdit_py_plugins.gfm_autolink import gfm_autolink_plugin

from generator.markdown.blocks import BlockParser
from generator.markdown.citations import citations_plugin
from generator.markdown.code import render_fence
from generator.markdown.destinations import HELPERS, normalize_link
from generator.markdown.html import HtmlRenderer
from generator.markdown.inline import InlineParser, use_plain_ways
from generator.markdown.spoken import FOOTNOTES
from generator.markdown.tables import tables_plugin
from generator.markdown.tasks import tasks_plugin

# One sign, or a pattern that begins with fixed text: these are found far faster than anything else.
_Sign = str | re.Pattern[str]


def _bare(start: str) -> str:
    """A place after `start` where no link syntax stands before it."""
    return rf"(?<={start})(?<!\]:[ ]{start})(?<!\]\({start})(?<![<\"'=/\w]{start})"


# These are bare addresses: looking for those costs the parser a fifth of its time.
_BARE_ADDRESS: tuple[_Sign, ...] = (
    re.compile(f"://(?:{'|'.join(map(_bare, ('http://', 'https://', 'ftp://')))})"),
    re.compile(r"www\." + _bare(r"www\.")),
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


# Without one of these signs a text cannot hold what the rules read: they are switched off for it,
# because most texts need half of them. A line begins after a line end; the text is given one to
# begin with.
_NEEDS: tuple[tuple[tuple[_Sign, ...], str], ...] = (
    (("|",), "table"),
    (("    ", "\t"), "code"),
    ((re.compile("```"), "~"), "fence"),
    ((">",), "blockquote"),
    (tuple(re.compile(rf"{sign}[ \t]*{sign}[ \t]*{sign}") for sign in ("-", r"\*", "_")), "hr"),
    (("^",), "footnote_def footnote_ref footnote_inline"),
    ((re.compile(r"\]:"),), "reference"),
    (("<",), "html_block html_inline autolink"),
    (("#",), "heading"),
    ((re.compile(r"\n[ \t>]*[=-]+[ \t]*$", re.MULTILINE),), "lheading"),
    ((re.compile(r"\n[ \t>]*(?:(?:[-*+]|\d+[.)])[ \t]+)*[:~][ \t]"),), "deflist"),
    (("\\",), "escape"),
    (("`",), "backticks"),
    (("~",), "strikethrough"),
    (("*", "_"), "emphasis"),
    (("[",), "link image citation"),
    (("[ ]", "[x]", "[X]"), "tasks"),
    (("&",), "entity"),
    # Only escapes and entities leave text in parts that are to be joined.
    (("\\", "&"), "text_join"),
)


def parser_for(text: str) -> MarkdownIt:
    """The parser with the rules that a text needs; the same objects are used again."""
    lines = f"\n{text}"
    unneeded = tuple(not _finds(signs, lines) for signs, _ in _NEEDS)
    return _parser(_finds(_BARE_ADDRESS, lines), unneeded)


def _finds(signs: tuple[_Sign, ...], text: str) -> bool:
    return any(
        sign in text if isinstance(sign, str) else sign.search(text) is not None for sign in signs
    )


@lru_cache(maxsize=256)
def _parser(autolink: bool, unneeded: tuple[bool, ...]) -> MarkdownIt:
    md = MarkdownIt("commonmark", _OPTIONS, renderer_cls=HtmlRenderer)
    md.block = BlockParser()
    md.inline = InlineParser()
    md.configure("commonmark", _OPTIONS).enable(["table", "strikethrough"])
    md.use(footnote_plugin).use(deflist_plugin).use(citations_plugin)
    use_plain_ways(md)
    tables_plugin(md)
    tasks_plugin(md)
    md.core.ruler.at("normalize", _normalize)
    if autolink:
        md.use(gfm_autolink_plugin)
    for (_, rules), off in zip(_NEEDS, unneeded, strict=True):
        if off:
            md.disable(rules.split())
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


def _normalize(state: StateCore) -> None:
    if "\r" in state.src or "\0" in state.src:
        normalize(state)


def _footnotes(*_rendering: Any) -> str:
    return f'{FOOTNOTES}\n<ol class="footnotes-list">\n'


def _cell(_renderer: Any, tokens: Sequence[Any], index: int, *_rendering: Any) -> str:
    """A table's cell; its alignment is a class, because a strict policy forbids inline styles."""
    token = tokens[index]
    style = str(token.attrs.get("style", ""))
    aligned = f' class="align-{style.rpartition(":")[2]}"' if style else ""
    return f"<{token.tag}{aligned}>"
