"""An author's Markdown as it can be read anywhere: links to other files made absolute addresses."""

from __future__ import annotations

import re
from collections.abc import Mapping
from posixpath import dirname

from generator.markdown.links import address

_DESTINATION = r"(?:<(?P<{0}_angled>[^<>\n]*)>|(?P<{0}_plain>[^\s<>()]+(?:\([^\s()]*\)[^\s()]*)*))"
_INLINE, _DEFINED = (_DESTINATION.replace("{0}", name) for name in ("inline", "defined"))


def _behind(*texts: str) -> str:
    """Only where one of the texts comes before."""
    return f"(?:{'|'.join(f'(?<={each})' for each in texts)})"


def _first_in_line(sign: str) -> str:
    """Only where the sign that comes before is the first in its line but for up to three blanks."""
    return _behind(*(f"^{' ' * count}{sign}" for count in range(4)))


_FENCE = _first_in_line("[`~]")
_DEFINITION = _first_in_line(r"\[")
_VALUE = _behind(r'\shref="', r'\ssrc="', r'\sposter="')
# It begins with one of a few signs, for which a text is looked through at once. Code is passed over
# whole: what looks like a link there is none.
_LINK = re.compile(
    r"(?P<sign>[`~\]\[\"])(?:"
    rf"{_FENCE}(?P<fence>(?P=sign){{2,}})"
    r".*?(?:^ {0,3}(?P=sign)(?P=fence)[`~]*[ \t]*$|\Z)"
    r"|(?<=`)(?P<ticks>`*)(?!`).+?(?<!`)`(?P=ticks)(?!`)"
    rf"|(?<=\])\(\s*{_INLINE}"
    rf"|{_DEFINITION}(?!\^)[^\]\n]+\]:[ \t]*{_DEFINED}"
    rf"|{_VALUE}(?P<attribute>[^\"\n]*)\""
    r")",
    re.MULTILINE | re.DOTALL,
)
_CODE = frozenset(("fence", "ticks"))


def portable(markdown: str, source: str, addresses: Mapping[str, str], origin: str) -> str:
    """The Markdown of the file `source` with its links to files and from the root absolute.

    `addresses` are those of the body's references, from the host's root, which is `origin`; where
    one is "", the link leads nowhere.
    """
    if not addresses:
        return markdown
    folder = dirname(source)

    def moved(found: re.Match[str]) -> str:
        group = found.lastgroup or ""
        # Most links lead elsewhere, and no reference begins so.
        if group in _CODE or found[group].startswith(("https://", "http://")):
            return found[0]
        # In a record, references are percent-encoded; an author may have written either.
        target = addresses.get(address(found[group], folder).url or "")
        if target is None:
            from generator.markdown.destinations import normalize_link

            target = addresses.get(address(normalize_link(found[group]), folder).url or "")
        if target is None:
            return found[0]
        begin, end = (place - found.start() for place in found.span(group))
        if not target:
            return found[0][:begin] + ("<>" if group.endswith("plain") else "") + found[0][end:]
        return found[0][:begin] + origin + target + found[0][end:]

    return _LINK.sub(moved, markdown)
