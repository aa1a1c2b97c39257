"""What the parsed Markdown of one file still needs: addresses judged, anchors, figures, raw HTML."""

from __future__ import annotations

import re
from collections.abc import Iterator
from html import escape, unescape
from typing import Literal

import msgspec
from markdown_it.token import Token

from generator.diagnostics import Severity
from generator.markdown.links import PLAIN_ADDRESS, REFERENCE, address
from generator.markdown.sanitize import KNOWN_TAGS, TAG_NAME, removed_tag
from generator.model import Heading
from generator.text import slugify

_COMMENT = re.compile(r"\s*(?:<!--(?!-?>)(?:(?!-->).)*-->\s*)+", re.DOTALL)
# Anchors that sources, citations and footnotes have.
_TAKEN = re.compile(r"(?:source|cite)-|fn(?:ref)?\d")
_MORE = re.compile(r"<!--\s*more\b.*?-->", re.IGNORECASE)


class Note(msgspec.Struct, frozen=True):
    """A remark on a text: the line in that text, from 0, and what is to be said."""

    line: int
    message: str
    hint: str = ""
    severity: Severity = "warning"
    word: str = ""


class Pass:
    """One walk over the tokens of one text; what it finds is in its attributes."""

    def __init__(self, folder: str, html: Literal["sanitize", "allow"]) -> None:
        self.folder = folder
        self.html = html
        self.raw_html = False
        self.notes: list[Note] = []
        self.references: list[str] = []
        self.images: list[str] = []
        self.headings: list[Heading] = []
        self.texts: list[str] = []
        self.first_paragraph = ""
        self.before_more: int | None = None
        self._anchors: dict[str, int] = {}

    def blocks(self, tokens: list[Token]) -> list[Token]:
        """The tokens of a whole text, changed where needed; comments are left out."""
        shift = any(token.type == "heading_open" and token.tag == "h1" for token in tokens)
        kept: list[Token] = []
        line = 0
        for index, token in enumerate(tokens):
            if token.map:
                line = token.map[0]
            if token.type == "inline":
                self._inline_block(tokens, index, line)
            elif token.type == "html_block":
                if not self._html_block(token, line):
                    continue
            elif token.type in ("heading_open", "heading_close") and shift:
                # The page's own title is its h1.
                token.tag = f"h{min(6, int(token.tag[1]) + 1)}"
            kept.append(token)
        return _figures(kept)

    def inline(self, token: Token, *, links: bool = True) -> Token:
        """The token of one line of text, changed where needed."""
        token.children = list(self._children(token.children or [], 0, links))
        return token

    def _inline_block(self, tokens: list[Token], index: int, line: int) -> None:
        token = tokens[index]
        start = len(self.texts)
        children = token.children or []
        if len(children) == 1 and children[0].type == "text":
            self.texts.append(children[0].content)
        else:
            token.children = list(self._children(children, line, True))
        before = tokens[index - 1]
        if before.type == "heading_open":
            self._heading(before, "".join(self.texts[start:]))
        elif before.type == "paragraph_open" and before.level == 0 and not self.first_paragraph:
            self.first_paragraph = "".join(self.texts[start:]).strip()
        self.texts.append("\n")

    def _heading(self, token: Token, text: str) -> None:
        text = " ".join(text.split())
        anchor = slugify(text) or "section"
        if _TAKEN.match(anchor):
            anchor = f"section-{anchor}"
        seen = self._anchors.get(anchor, 0)
        self._anchors[anchor] = seen + 1
        if seen:
            anchor = f"{anchor}-{seen + 1}"
            self._anchors[anchor] = 1
        token.attrSet("id", anchor)
        self.headings.append(Heading(int(token.tag[1]), anchor, text))

    def _html_block(self, token: Token, line: int) -> bool:
        if _MORE.search(token.content) and self.before_more is None:
            self.before_more = len(self.texts)
        if _COMMENT.fullmatch(token.content):
            return False
        self._raw(token.content, line)
        return True

    def _raw(self, html: str, line: int) -> None:
        self.raw_html = True
        removed = removed_tag(html) if self.html == "sanitize" else ""
        if removed:
            self.notes.append(
                Note(line, f"<{removed}> is left out", "markdown.html: allow would keep it")
            )

    def _children(self, children: list[Token], line: int, links: bool) -> Iterator[Token]:
        dropped: list[bool] = []
        for token in children:
            kind = token.type
            if kind in ("text", "code_inline"):
                self.texts.append(token.content)
            elif kind in ("softbreak", "hardbreak"):
                self.texts.append(" ")
                line += 1
            elif kind == "link_open":
                keep = self._address(token, "href", line) and links
                dropped.append(not keep)
                if not keep:
                    continue
            elif kind == "link_close":
                if dropped and dropped.pop():
                    continue
            elif kind == "image":
                if not self._address(token, "src", line):
                    yield _text(token.content)
                    continue
                self._image(token, line)
            elif kind == "html_inline":
                replaced = self._html_inline(token, line)
                if replaced is None:
                    continue
                token = replaced
            yield token

    def _image(self, token: Token, line: int) -> None:
        """An image waits until it is near the screen, and does not hold up the text."""
        src = str(token.attrGet("src") or "")
        if src.startswith(REFERENCE):
            self.images.append(src)
        token.attrSet("loading", "lazy")
        token.attrSet("decoding", "async")
        if not token.content.strip():
            message = "the image has no text for readers who cannot see it"
            hint = 'write ![what it shows](…), or <img src="…" alt=""> where it only decorates'
            self.notes.append(Note(line, message, hint, word="![]"))

    def _html_inline(self, token: Token, line: int) -> Token | None:
        if _COMMENT.fullmatch(token.content):
            return None
        name = TAG_NAME.match(token.content)
        if name and name[1].lower() not in KNOWN_TAGS and self.html == "sanitize":
            # No element of HTML: a name in angle brackets, as in chat logs and generic types.
            self.texts.append(token.content)
            return _text(token.content)
        self._raw(token.content, line)
        return token

    def _address(self, token: Token, name: str, line: int) -> bool:
        url = str(token.attrGet(name) or "")
        if PLAIN_ADDRESS.fullmatch(url):
            return True
        judged = address(url, self.folder, image=token.type == "image")
        if judged.url is None:
            message = (
                f"link dropped: {unescape(url)[:40]!r} is not an address readers may be sent to"
            )
            self.notes.append(Note(line, message, "use https:", word=url[:20]))
            return False
        token.attrSet(name, judged.url)
        if judged.reference:
            self.references.append(judged.url)
        return True


def _text(content: str) -> Token:
    token = Token("text", "", 0)
    token.content = content
    return token


def _figures(tokens: list[Token]) -> list[Token]:
    """An image with a title, alone in a paragraph, becomes a figure with a caption."""
    for index, token in enumerate(tokens):
        children = token.children if token.type == "inline" else None
        if not children or len(children) != 1 or children[0].type != "image":
            continue
        before, after = tokens[index - 1], tokens[index + 1]
        caption = children[0].attrGet("title")
        if before.type != "paragraph_open" or not caption:
            continue
        before.tag = after.tag = "figure"
        before.hidden = after.hidden = False
        del children[0].attrs["title"]
        note = Token("html_inline", "", 0)
        note.content = f"<figcaption>{escape(str(caption), quote=False)}</figcaption>"
        children.append(note)
    return tokens
