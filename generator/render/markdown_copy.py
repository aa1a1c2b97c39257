"""An author's Markdown as it can be read anywhere: links to other files made absolute addresses."""

from __future__ import annotations

import re
from collections.abc import Mapping
from posixpath import dirname

from generator.markdown.links import address

# Code is passed over whole: what looks like a link there is none.
_CODE = r"^ {0,3}(?P<fence>`{3,}|~{3,}).*?(?:^ {0,3}(?P=fence)[`~]*[ \t]*$|\Z)|(?P<ticks>`+)(?!`).+?(?<!`)(?P=ticks)(?!`)"
_DESTINATION = r"(?:<(?P<{0}_angled>[^<>\n]*)>|(?P<{0}_plain>[^\s<>()]+(?:\([^\s()]*\)[^\s()]*)*))"
_LINK = re.compile(
    rf"{_CODE}"
    rf"|\]\(\s*{_DESTINATION.replace('{0}', 'inline')}"
    rf"|^ {{0,3}}\[(?!\^)[^\]\n]+\]:[ \t]*{_DESTINATION.replace('{0}', 'defined')}"
    r"|\s(?:href|src|poster)=\"(?P<attribute>[^\"\n]*)\"",
    re.MULTILINE | re.DOTALL,
)
_GROUPS = ("inline_angled", "inline_plain", "defined_angled", "defined_plain", "attribute")


def portable(markdown: str, source: str, addresses: Mapping[str, str], origin: str) -> str:
    """The Markdown of the file `source` with its links to files and from the root absolute.

    `addresses` are those of the body's references, from the host's root, which is `origin`; where
    one is "", the link leads nowhere.
    """
    if not addresses:
        return markdown
    folder = dirname(source)

    def moved(found: re.Match[str]) -> str:
        group = next((name for name in _GROUPS if found[name] is not None), None)
        if group is None:
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
