"""Any YAML front matter: loaded safely and within bounds, small slips mended with a warning.

The C loader builds the values; only when a place is asked for is the text composed again with the
marks of every node.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any, cast

import yaml

from generator.diagnostics import Position
from generator.frontmatter.document import MAX_DEPTH, Document, Mistake, left_out, tidied
from generator.schema.problems import Path

try:
    from yaml import CSafeLoader as _Base
except ImportError:  # PyYAML without libyaml: slower, the same results
    from yaml import SafeLoader as _Base  # type: ignore[assignment]  # the same interface

MAX_NODES = 20_000
MAX_ALIASES = 50
MAX_REPAIRS = 20

_ALIAS = re.compile(r"(?:^|[\s\[,:-])\*[\w-]", re.MULTILINE)
_PLAIN_LINE = re.compile(r"(?P<key>\s*(?:- +)?[\w][\w .-]*:[ ]+)(?P<value>[^\s'\"\[{|>&*!#].*)")
_SIGN_LINE = re.compile(r"(?P<key>\s*(?:- +)?[\w][\w .-]*:[ ]+|\s*- +)(?P<value>[@`%*&!].*)")
_QUOTED_LINE = re.compile(r"(?P<key>\s*(?:- +)?[\w][\w .-]*:[ ]+)(?P<value>['\"].*)")


_TOO_DEEP = f"nested more than {MAX_DEPTH} deep"


class _TooMuch(Exception):
    """The document is deeper or larger than front matter may be."""


class _Loader(_Base):
    """Safe, bounded, and keeping the keys that stand twice."""

    def __init__(self, text: str) -> None:
        super().__init__(text)
        self.depth = 0
        self.nodes = 0
        self.doubled: list[tuple[str, Position]] = []

    # Both loaders call these two around every node that they compose.
    def descend_resolver(self, current_node: Any, current_index: Any) -> None:
        self.depth += 1
        self.nodes += 1
        if self.depth > MAX_DEPTH:
            raise _TooMuch(_TOO_DEEP)
        if self.nodes > MAX_NODES:
            raise _TooMuch(f"more than {MAX_NODES} values")

    def ascend_resolver(self) -> None:
        self.depth -= 1

    def get_single_data(self) -> Any:
        try:
            data = super().get_single_data()
        except yaml.MarkedYAMLError as why:
            # libyaml 0.2.6 has a bound of its own, and counts before it composes.
            if "nesting depth" in (why.problem or ""):
                raise _TooMuch(_TOO_DEEP) from why
            raise
        # Aliases are cheap while they share one value; whoever walks the data pays for each.
        if _size(data, {}) > MAX_NODES:
            raise _TooMuch(f"more than {MAX_NODES} values, counting those behind aliases")
        return data

    def flatten_mapping(self, node: Any) -> None:
        super().flatten_mapping(node)
        if len(node.value) > MAX_NODES:
            raise _TooMuch(f"more than {MAX_NODES} values, counting those that are merged")

    def construct_mapping(self, node: Any, deep: bool = False) -> dict[Any, Any]:
        own = {id(key_node) for key_node, _ in node.value}
        self.flatten_mapping(node)
        mapping: dict[Any, Any] = {}
        seen: set[Any] = set()
        for key_node, value_node in node.value:
            key = self.construct_object(key_node, deep=True)
            if not isinstance(key, str | int | float | bool | None):
                raise yaml.constructor.ConstructorError(
                    None, None, "a key must be one word or line", key_node.start_mark
                )
            if key in seen:
                self.doubled.append((str(key), _position(key_node.start_mark)))
            # A merged key gives way to the mapping's own, as it is meant to.
            if id(key_node) in own:
                seen.add(key)
            mapping[key] = self.construct_object(value_node, deep=True)
        return mapping

    def as_mapping(self, node: Any) -> dict[Any, Any]:
        return self.construct_mapping(node)


def _size(data: Any, known: dict[int, int]) -> int:
    """How many values a walk over the data meets; what aliases share is looked at once."""
    if not isinstance(data, dict | list):
        return 1
    size = known.get(id(data))
    if size is None:
        inner = data.values() if isinstance(data, dict) else data
        size = known[id(data)] = 1 + sum(_size(each, known) for each in inner)
    return size


_Loader.add_constructor("tag:yaml.org,2002:map", _Loader.as_mapping)
# Their values have no fixed order or are no text, and no key takes them.
for _name in ("set", "omap", "pairs", "binary"):
    del _Loader.yaml_constructors[f"tag:yaml.org,2002:{_name}"]
# Of YAML 1.1's guesses only those that cannot surprise (the core of YAML 1.2, section 10.3.2):
# `No` stays a word, `1.10` and `007` keep their digits, a date keeps its zone.
_Loader.yaml_implicit_resolvers = {}
for _tag, _pattern, _first in (
    ("null", r"~|null|Null|NULL|", ["~", "n", "N", ""]),
    ("bool", r"true|True|TRUE|false|False|FALSE", list("tTfF")),
    ("int", r"0|-?[1-9][0-9]{0,17}", list("-0123456789")),
    ("merge", r"<<", ["<"]),
):
    _Loader.add_implicit_resolver(
        f"tag:yaml.org,2002:{_tag}", re.compile(rf"(?:{_pattern})\Z"), _first
    )
# `title: ! 'text'` is how some programs of old quoted text.
_Loader.add_constructor(
    "!", lambda loader, node: loader.construct_scalar(cast("yaml.ScalarNode", node))
)


def parse_full(text: str, line: int) -> Document:
    """The document in a YAML text that begins on `line` of its file; never raises.

    What cannot be read even after mending is a fatal mistake and gives an empty document.
    """
    if len(_ALIAS.findall(text)) > MAX_ALIASES and "&" in text:
        return _failed(Position(line), f"more than {MAX_ALIASES} YAML aliases", "write them out")
    mistakes: list[Mistake] = []
    for _ in range(MAX_REPAIRS):
        untidy: list[Path] = []
        try:
            data, doubled = load_any(text)
            # Only an escape or a tag can say what is to be left out.
            if "\\" in text or "!!" in text:
                data = tidied(data, untidy)
        except yaml.MarkedYAMLError as why:
            mended = _mend(text, why)
            if mended is None:
                return _failed(*_reason(why, line))
            text, mistake_line, message, hint = mended
            mistakes.append(Mistake(Position(mistake_line + line, 1), message, hint))
            continue
        except (yaml.YAMLError, _TooMuch, ValueError, RecursionError, TypeError) as why:
            return _failed(Position(line), f"this YAML cannot be read: {why}", "")
        except (LookupError, AttributeError):
            # How PyYAML's constructors fail at `!!bool maybe`.
            message = "this YAML cannot be read: a value does not fit its `!!` tag"
            return _failed(Position(line), message, "take the tag away")
        mistakes += [_doubled(key, at, line) for key, at in doubled]
        return _document(data, text, line, mistakes, untidy)
    return _failed(Position(line), "this YAML has too many mistakes to be read", "")


def load_any(text: str) -> tuple[Any, list[tuple[str, Position]]]:
    """The data in any YAML text, with the keys that stand twice."""
    loader = _Loader(text)
    try:
        return loader.get_single_data(), loader.doubled
    finally:
        loader.dispose()


def _document(
    data: Any, text: str, line: int, mistakes: list[Mistake], untidy: list[Path]
) -> Document:
    if data is None:
        data = {}
    if not isinstance(data, dict):
        return _failed(Position(line), "expected `key: value` lines here", "such as `title: …`")
    named = {str(key): value for key, value in data.items()}
    locate = locator(text, line)
    mistakes += [left_out(locate(path, False)) for path in untidy]
    return Document(named, locate, tuple(mistakes))


def _failed(position: Position, message: str, hint: str) -> Document:
    mistake = Mistake(position, message, hint, fatal=True)
    return Document({}, lambda _path, _on_key: position, (mistake,))


def _position(mark: Any, line: int = 1) -> Position:
    return Position(mark.line + line, mark.column + 1)


def _doubled(key: str, at: Position, line: int) -> Mistake:
    place = Position(at.line + line - 1, at.column)
    return Mistake(place, f"the key {key!r} stands twice; the last one counts", "delete one")


def _reason(why: yaml.MarkedYAMLError, line: int) -> tuple[Position, str, str]:
    mark = why.problem_mark or why.context_mark
    hint = "quote the text if it holds a colon, a quote or a sign at its start"
    context = why.context or ""
    if why.context_mark and ("flow" in context or "quoted" in context):
        # What was opened there is never closed; the reader gives up somewhere below.
        mark = why.context_mark
        hint = "close the bracket or the quote that is opened here"
    elif "block mapping" in context:
        hint = "look at how far this line and the one before it are indented"
    position = _position(mark, line) if mark else Position(line)
    problem = why.problem or why.context or "it is not YAML"
    return position, f"this YAML cannot be read: {problem}", hint


def _mend(text: str, why: yaml.MarkedYAMLError) -> tuple[str, int, str, str] | None:
    """The text with the line of the error mended: (text, line from 0, what was wrong, hint)."""
    lines = text.split("\n")
    places = [mark.line for mark in (why.problem_mark, why.context_mark) if mark]
    for number in dict.fromkeys(n for place in places for n in (place, place - 1)):
        if not 0 <= number < len(lines):
            continue
        for wrong, hint, mend in _MENDS:
            mended = mend(lines[number])
            if mended is not None and mended != lines[number]:
                lines[number] = mended
                return "\n".join(lines), number, wrong, hint
    return _dedented(lines)


def _without_tabs(line: str) -> str | None:
    return line.replace("\t", "  ") if "\t" in line else None


def _quoted(line: str) -> str | None:
    found = _SIGN_LINE.fullmatch(line)
    if not found:
        found = _PLAIN_LINE.fullmatch(line)
        if not found or not (": " in found["value"] or found["value"].endswith(":")):
            return None
    return found["key"] + "'" + found["value"].rstrip().replace("'", "''") + "'"


def _requoted(line: str) -> str | None:
    """`"He said "no""` → the text between the outer quotes, quoted anew."""
    found = _QUOTED_LINE.fullmatch(line)
    if not found:
        return None
    value = found["value"].rstrip()
    quote = value[0]
    inner = value[1:-1] if len(value) > 1 and value.endswith(quote) else value
    if inner != value and quote == "'":
        inner = inner.replace("''", "'")
    mended = found["key"] + "'" + inner.replace("'", "''") + "'"
    return None if mended == line else mended


def _dedented(lines: list[str]) -> tuple[str, int, str, str] | None:
    """The first key stands further in than the others."""
    for number, line in enumerate(lines):
        if line.strip():
            if line[0] != " ":
                return None
            lines[number] = line.lstrip()
            return "\n".join(lines), number, "the first key is indented", "begin it at the left"
    return None


_MENDS: tuple[tuple[str, str, Callable[[str], str | None]], ...] = (
    ("a tab where YAML takes only spaces", "use spaces", _without_tabs),
    ("text that YAML needs quoted", "put it in quotes", _quoted),
    ("quotes within quotes", "use the other kind of quotes outside", _requoted),
)


def locator(text: str, line: int) -> Callable[[Path, bool], Position]:
    """Where in a YAML text, that begins on `line` of its file, the value or the key of a path is."""

    def locate(path: Path, on_key: bool) -> Position:
        node = _compose(text)
        at = node.start_mark if node is not None else None
        for number, step in enumerate(path):
            key, value = _child(node, step)
            if value is None:
                break
            last = number == len(path) - 1
            at = key.start_mark if key is not None and last and on_key else value.start_mark
            node = value
        return _position(at, line) if at is not None else Position(line)

    return locate


def _compose(text: str) -> Any:
    loader = _Loader(text)
    try:
        return loader.get_single_node()
    finally:
        loader.dispose()


def _child(node: Any, step: str | int) -> tuple[Any, Any]:
    """The key node and the value node under a step of a path; (None, None) where there is none."""
    if isinstance(node, yaml.MappingNode):
        found = (None, None)
        for key, value in node.value:
            if str(key.value) == str(step):
                found = (key, value)
        return found
    if isinstance(node, yaml.SequenceNode) and isinstance(step, int) and step < len(node.value):
        return None, node.value[step]
    return None, None
