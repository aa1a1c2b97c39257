"""The YAML that nearly all front matter is: `key: value` lines and lists of words.

PyYAML takes several calls for every node. What is read here comes out as PyYAML reads it; whatever
could mean anything else is left to it.
"""

from __future__ import annotations

import re
from typing import Any

# More than front matter of this kind has, and less than any bound of the YAML loader.
_MOST = 20_000

_QUOTED = r"\"[^\"\\\n]*\"|'[^'\n]*'"
_KEY = re.compile(r"([A-Za-z_][\w-]{0,99}):(?: +(\S.*))? *", re.ASCII)
_ITEM = re.compile(r"( *)- +(.+)")
_WORD = rf"(?:{_QUOTED}|\w(?:[\w ./+-]*[\w./+-])?)"
_FLOW_LIST = re.compile(rf"\[ *(?:{_WORD}(?: *, *{_WORD})* *)?\]")
_FLOW_WORD = re.compile(_WORD)
_WHOLE_QUOTED = re.compile(_QUOTED)
_INTEGER = re.compile(r"0|[1-9][0-9]{0,17}")
_NAMED: dict[str, bool | None] = {
    **dict.fromkeys(("null", "Null", "NULL")),
    **dict.fromkeys(("true", "True", "TRUE"), True),
    **dict.fromkeys(("false", "False", "FALSE"), False),
}


class _Other(Exception):
    """The text is more than is read here."""


def read_plain(text: str) -> dict[str, Any] | None:
    """The mapping in a YAML text; None where it is for PyYAML to say what the text means."""
    lines = text.split("\n")
    if len(text) > _MOST or not "".join(lines).isprintable():
        return None
    try:
        return _mapping(lines)
    except _Other:
        return None


def _mapping(lines: list[str]) -> dict[str, Any]:
    data: dict[str, Any] = {}
    # The last key while it has no value, and how far in its list's items stand.
    open_key = indent = ""
    for line in filter(None, lines):
        found = _KEY.fullmatch(line)
        if found:
            key, written = found.groups()
            if key in data or key in _NAMED:
                raise _Other
            data[key] = None if written is None else _value(written)
            open_key = key if written is None else ""
            continue
        item = _ITEM.fullmatch(line)
        if not item or not open_key:
            raise _Other
        if data[open_key] is None:
            data[open_key] = []
            indent = item[1]
        elif item[1] != indent:
            raise _Other
        data[open_key].append(_value(item[2], in_list=True))
    return data


def _value(written: str, *, in_list: bool = False) -> Any:
    if written[0] == "[" and not in_list:
        if not _FLOW_LIST.fullmatch(written):
            raise _Other
        return [_scalar(each) for each in _FLOW_WORD.findall(written)]
    if written[0] in "\"'":
        if not _WHOLE_QUOTED.fullmatch(written):
            raise _Other
    elif (
        not (written[0].isalnum() or written[0] in "_/")
        or ": " in written
        or " #" in written
        or written[-1] in ": "
    ):
        raise _Other
    return _scalar(written)


def _scalar(written: str) -> Any:
    if written[0] in "\"'":
        return written[1:-1]
    if written in _NAMED:
        return _NAMED[written]
    return int(written) if _INTEGER.fullmatch(written) else written
