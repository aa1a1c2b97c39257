"""A file's clean text to its front matter and its body, whichever of the three forms it has."""

from __future__ import annotations

from generator.diagnostics import Position
from generator.frontmatter.document import Document, Mistake
from generator.frontmatter.header_form import parse_header
from generator.frontmatter.split import Split, split
from generator.frontmatter.yaml_form import parse_yaml

# More than any real front matter, and little enough to be read in no time.
MAX_CHARACTERS = 400_000


def parse(text: str) -> tuple[Document, Split]:
    """The front matter of a file as a document, and where its body is; never raises."""
    parts = split(text)
    if parts.unclosed:
        fence = "---" if parts.form == "yaml" else "+++"
        message = f"no closing {fence} for the front matter"
        hint = f"put {fence} on a line of its own between the front matter and the text"
        return _failed(Position(parts.line - 1), message, hint), parts
    if len(parts.front) > MAX_CHARACTERS:
        message = f"the front matter is longer than {MAX_CHARACTERS:,} characters"
        return _failed(Position(parts.line), message, "move text into the body"), parts
    if parts.form == "yaml":
        return parse_yaml(parts.front, parts.line), parts
    if parts.form == "toml":
        from generator.frontmatter.toml_form import parse_toml

        return parse_toml(parts.front, parts.line), parts
    if parts.form == "header":
        return parse_header(parts.front, parts.line), parts
    return Document({}, lambda _path, _on_key: Position(1)), parts


def _failed(position: Position, message: str, hint: str) -> Document:
    mistake = Mistake(position, message, hint, fatal=True)
    return Document({}, lambda _path, _on_key: position, (mistake,))
