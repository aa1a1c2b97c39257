"""Where in its file a finding of the plan stands: looked up only when there is one."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from pathlib import Path
from urllib.parse import unquote

from generator.config import Config
from generator.diagnostics import Diagnostic, Position
from generator.plan.findings import Finding
from generator.schema.problems import Problem
from generator.text import decode
from generator.workspace import FILE


def located(findings: Iterable[Finding], root: Path, config: Config) -> Iterator[Diagnostic]:
    """The findings as diagnostics with file, line and column."""
    folder = root / config.content.folder
    shown = "" if config.content.folder in ("", ".") else f"{config.content.folder}/"
    for each in findings:
        path = folder / each.source
        if not each.source or not path.is_file():
            where = each.source or FILE
            yield Diagnostic(each.severity, where, each.message, None, each.hint)
            continue
        position = _position(each, path.read_bytes(), config)
        yield Diagnostic(each.severity, shown + each.source, each.message, position, each.hint)


def _offset(text: str, word: str) -> int:
    """Where the word stands by itself, else where it stands at all; -1 where it does not."""
    alone = re.search(rf"(?<![\w/]){re.escape(word)}(?![\w/-])", text)
    return alone.start() if alone else text.find(word)


def _position(finding: Finding, data: bytes, config: Config) -> Position | None:
    text = decode(data).text
    if finding.word:
        # An address may stand there with its letters percent-encoded, or as they are.
        offset = max(_offset(text, finding.word), _offset(text, unquote(finding.word)))
        if offset >= 0:
            return Position(text.count("\n", 0, offset) + 1, offset - text.rfind("\n", 0, offset))
        return Position(1)
    if not finding.path:
        return None
    from generator.frontmatter.parse import parse

    document, _ = parse(text)
    originals = [old for old, new in config.load.key_map.items() if new == finding.path[0]]
    for first in (finding.path[0], *originals):
        if first in document.data:
            return document.position(Problem((first, *finding.path[1:]), ""))
    return Position(1)
