"""Markdown texts of one file to HTML: its body, and the single lines of its front matter."""

from __future__ import annotations

import re
from collections.abc import Mapping
from html import escape
from typing import Any, cast

import msgspec
from markdown_it import MarkdownIt
from markdown_it.renderer import RendererHTML

from generator.config import MarkdownSettings
from generator.markdown.citations import Citations
from generator.markdown.code import Colours
from generator.markdown.parser import parser_for
from generator.markdown.sanitize import LINKABLE, PHRASING, balance, sanitize
from generator.markdown.tokens import Note, Pass
from generator.model import Fragment, Inline
from generator.references import images_in, references_in
from generator.text import Measure, clean, excerpt, measure

# A line with none of these is its own Markdown.
_PLAIN = re.compile(r"[^\\`*_\[\]<>&!~@\n:]*(?::(?!//|\w+:)[^\\`*_\[\]<>&!~@\n:]*)*")
_FIRST_HEADING = re.compile(r"\s*#[ \t]+([^\n]+)(?:\n|\Z)")


class Rendered(msgspec.Struct, frozen=True):
    """A body: its HTML, what lists show of it, its text with its measure, where it points to.

    `images` are those of its `references` that it shows.
    """

    fragment: Fragment
    excerpt: str
    text: str
    measure: Measure
    references: tuple[str, ...]
    images: tuple[str, ...]
    notes: tuple[Note, ...]


class Renderer:
    """Renders the texts of one file, which share their citations.

    `notes` collects remarks on single lines, by the path that the caller gave. `coloured` are blocks
    of code that are known (see `Colours`).
    """

    def __init__(
        self,
        folder: str,
        settings: MarkdownSettings,
        numbers: Mapping[str, int] | None = None,
        coloured: Mapping[str, str] | None = None,
    ) -> None:
        self.folder = folder
        self._settings = settings
        self.citations = Citations(numbers or {})
        self.colours = Colours(coloured or {})
        self.references: list[str] = []
        self.images: list[str] = []
        self.notes: list[tuple[Any, Note]] = []

    def inline(self, text: str, where: Any = (), *, links: bool = True) -> Inline:
        """One line of Markdown; line ends in it are spaces. `where` comes back with any note."""
        text = " ".join(text.split())
        if self._settings.emoji and ":" in text:
            text = _with_emoji(text)
        if _PLAIN.fullmatch(text):
            return Inline(escape(text, quote=False), text)
        md = parser_for(text)
        env = self._env()
        token = md.parseInline(text, env)[0]
        found = Pass(self.folder, self._settings.html)
        found.inline(token, links=links)
        html = _html_renderer(md).renderInline(token.children or [], md.options, env)
        references, images = found.references, found.images
        if found.raw_html:
            html = self._safe(html, PHRASING if links else LINKABLE)
            references, images = list(references_in(html)), list(images_in(html))
        unknown = self._unknown_citations(0)
        self.notes += [(where, note) for note in (*found.notes, *unknown)]
        self.references += references
        self.images += images
        return Inline(html.strip(), " ".join("".join(found.texts).split()))

    def body(self, text: str) -> Rendered:
        """A whole text, with the notes on its lines (counted from 0)."""
        if self._settings.emoji:
            text = _with_emoji(text)
        md = parser_for(text)
        env = self._env()
        tokens = md.parse(text, env)
        found = Pass(self.folder, self._settings.html)
        tokens = found.blocks(tokens)
        html = md.renderer.render(tokens, md.options, env)
        references, images = found.references, found.images
        if found.raw_html:
            html = self._safe(html)
            references, images = list(references_in(html)), list(images_in(html))
        plain = "".join(found.texts)
        opening = found.first_paragraph
        if found.before_more:
            opening = "".join(found.texts[: found.before_more])
        return Rendered(
            Fragment(html, tuple(found.headings)),
            excerpt(opening or plain),
            plain,
            measure(plain),
            tuple(dict.fromkeys(references)),
            tuple(dict.fromkeys(images)),
            (*found.notes, *self._unknown_citations(None, text)),
        )

    def _env(self) -> dict[str, Any]:
        return {
            "citations": self.citations,
            "colours": self.colours if self._settings.highlight else None,
        }

    def _safe(self, html: str, within: frozenset[str] | None = None) -> str:
        if self._settings.html == "sanitize":
            html = sanitize(html, self.folder, within)
        else:
            html = balance(html, self.folder)
        # `&#1;` in raw HTML is a character that feeds cannot hold.
        return clean(html)

    def _unknown_citations(self, line: int | None, text: str = "") -> list[Note]:
        unknown, self.citations.unknown = self.citations.unknown, []
        notes = []
        position = 0
        for source, written in unknown:
            if line is None:
                position = max(text.find(written, position), 0)
            at = text.count("\n", 0, position) if line is None else line
            known = ", ".join(self.citations.numbers)
            hint = f"the sources are: {known}" if known else "there is no `sources:` list"
            message = f"no source has the id {source!r} that {written} cites"
            notes.append(Note(at, message, hint, "error", written))
            position += 1
        return notes


def first_heading(text: str) -> tuple[str, str] | None:
    """The title that a text begins with as its `# heading`, and the text after it."""
    found = _FIRST_HEADING.match(text)
    if not found:
        return None
    title = found[1].rstrip().rstrip("#").rstrip()
    return (title, text[found.end() :]) if title else None


def _html_renderer(md: MarkdownIt) -> RendererHTML:
    # Its type says only what every renderer can do; this one is markdown-it-py's own.
    return cast("RendererHTML", md.renderer)


def _with_emoji(text: str) -> str:
    from emoji import emojize

    return emojize(text, language="alias")
