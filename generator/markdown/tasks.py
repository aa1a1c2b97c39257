"""Task lists of which each box is named, for those who do not see it, by the text beside it."""

from __future__ import annotations

from collections.abc import Iterator

from markdown_it import MarkdownIt
from markdown_it.rules_core import StateCore
from markdown_it.token import Token


def tasks_plugin(md: MarkdownIt) -> None:
    """Adds the rule `tasks`: a box moves from before its item's text into a label around it."""
    md.core.ruler.push("tasks", _label)


def _label(state: StateCore) -> None:
    for item, text in _tasks(state.tokens):
        box = Token("task", "input", 0, attrs={"class": "task-list-item-checkbox"})
        box.attrs |= {"type": "checkbox", "disabled": ""}
        if item.meta.pop("checked"):
            box.attrSet("checked", "")
        text.children = [
            Token("label_open", "label", 1),
            box,
            Token("text", "", 0, content=" "),
            *(text.children or ()),
            Token("label_close", "label", -1),
        ]


def _tasks(tokens: list[Token]) -> Iterator[tuple[Token, Token]]:
    """The items with a box, each with its first text; without a text a box stays as it is."""
    for index, token in enumerate(tokens):
        following = tokens[index + 1 : index + 3]
        if "checked" in token.meta and [each.type for each in following[1:]] == ["inline"]:
            yield token, following[1]
