"""What a person at a terminal, or a machine, is told."""

from __future__ import annotations

import json
import os
import sys
from collections.abc import Iterable, Sequence
from datetime import datetime
from pathlib import Path
from typing import Any, Literal
from zoneinfo import ZoneInfo

import click

from generator.build import Report
from generator.diagnostics import Diagnostic

Format = Literal["text", "json", "github"]

_COLOURS = {"error": "red", "warning": "yellow", "notice": "blue"}
# What one line of a terminal is wiped with.
_WIPE = "\r\x1b[K"
# More names than this are only counted, unless all are asked for.
_NAMED = 12


def colours(stream: Any) -> bool:
    """Whether a stream gets colours: a terminal does, unless NO_COLOR (no-color.org) is set."""
    return bool(stream.isatty()) and not os.environ.get("NO_COLOR")


def show_diagnostics(diagnostics: Sequence[Diagnostic], form: Format) -> None:
    """Every diagnostic, as text on standard error or for GitHub on standard output."""
    if form == "json":
        return
    for each in diagnostics:
        if form == "github":
            click.echo(_github(each))
        else:
            _show(each)


def _show(each: Diagnostic) -> None:
    text = each.text()
    if colours(sys.stderr):
        mark = f" {each.severity}: "
        head, found, tail = text.partition(mark)
        colour = _COLOURS[each.severity]
        text = (
            f"{head} {click.style(each.severity, fg=colour, bold=True)}: {tail}" if found else text
        )
    click.echo(text, err=True, color=colours(sys.stderr))


def _github(each: Diagnostic) -> str:
    """A workflow command (docs.github.com, "Workflow commands"): shown beside the line it is about."""
    place = f"file={_property(each.path)}"
    if each.position is not None:
        place += f",line={each.position.line},col={each.position.column}"
    message = each.message + (f" ({each.hint})" if each.hint else "")
    escaped = message.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")
    return f"::{each.severity} {place}::{escaped}"


def _property(text: str) -> str:
    return text.replace("%", "%25").replace(":", "%3A").replace(",", "%2C")


def show_report(report: Report, seconds: float | None, form: Format, *, loud: bool) -> None:
    """What was built and what was held back; the last line sums it up."""
    if form == "json":
        click.echo(json.dumps(_as_data(report), ensure_ascii=False, indent=1))
        return
    for line in _held(report, loud=loud):
        click.echo(line)
    if report.output is None:
        errors = sum(each.severity == "error" for each in report.diagnostics)
        click.echo(f"nothing published: {_count(errors, 'error')}", err=True)
        return
    click.echo(_summary(report, seconds))


def show_reasons(report: Report) -> None:
    """For each page that was rendered, which part of what it is made from is new."""
    for path, why in report.rendered:
        click.echo(f"{path}: {', '.join(why)}")


def _summary(report: Report, seconds: float | None) -> str:
    counts = ", ".join(
        (
            _count(report.articles, "article"),
            _count(report.weeks, "week"),
            _count(report.pages, "page"),
        )
    )
    if seconds is None:
        return f"{_count(len(report.rendered), 'file')} made anew of {counts}"
    if report.images:
        counts += f", {_count(report.images, 'image')} processed"
    return f"{counts} in {seconds:.1f} s → {_short(report.output)}"


def _short(path: Path | None) -> str:
    text = os.path.relpath(path) if path else ""
    return (str(path) if text.startswith("..") else text) + "/"


def _count(number: int, noun: str) -> str:
    return f"{number:,} {noun}{'' if number == 1 else 's'}".replace(",", "\u202f")


def _held(report: Report, *, loud: bool) -> Iterable[str]:
    zone = ZoneInfo(report.timezone)
    for reason in ("draft", "future", "expired"):
        names = [
            each.source + (f" ({_moment(each.due, zone)})" if each.due else "")
            for each in report.held
            if each.reason == reason
        ]
        if names:
            yield f"{_count(len(names), reason)}: {_listed(names, loud=loud)}"
    if report.left_out:
        names = [f"{source} ({reason})" for source, reason in report.left_out]
        yield f"left out, {len(names)}: {_listed(names, loud=loud)}"
    if report.next_due is not None:
        yield f"next change due: {_moment(report.next_due, zone)}"


def _listed(names: Sequence[str], *, loud: bool) -> str:
    if loud or len(names) <= _NAMED:
        return ", ".join(names)
    return ", ".join(names[:_NAMED]) + f" and {len(names) - _NAMED} more (-v names all)"


def _moment(moment: datetime, zone: ZoneInfo) -> str:
    return moment.astimezone(zone).isoformat(" ", "minutes")


def _as_data(report: Report) -> dict[str, Any]:
    return {
        "published": report.output is not None,
        "output": str(report.output) if report.output else None,
        "articles": report.articles,
        "weeks": report.weeks,
        "pages": report.pages,
        "images": report.images,
        "rendered": [{"path": path, "reasons": why} for path, why in report.rendered],
        "changed": report.written.changed,
        "removed": report.written.removed,
        "held": [
            {
                "file": each.source,
                "reason": each.reason,
                "due": each.due.isoformat() if each.due else None,
            }
            for each in report.held
        ],
        "left_out": [{"file": source, "reason": reason} for source, reason in report.left_out],
        "next_due": report.next_due.isoformat() if report.next_due else None,
        "diagnostics": [
            {
                "severity": each.severity,
                "file": each.path,
                "line": each.position.line if each.position else None,
                "column": each.position.column if each.position else None,
                "message": each.message,
                "hint": each.hint,
            }
            for each in report.diagnostics
        ],
    }


class ProgressLine:
    """One line of a terminal that tells how far long work has come; nothing in a pipe."""

    def __init__(self, *, quiet: bool) -> None:
        self._shown = False
        self._on = sys.stderr.isatty() and not quiet
        self._last = ""

    def __call__(self, what: str, done: int, total: int) -> None:
        """Tells that `done` of `total` files are dealt with."""
        text = f"{what} {100 * done // max(1, total)} %"
        if self._on and total >= 200 and text != self._last:
            self._last = text
            self._shown = True
            click.echo(f"{_WIPE}{text}", nl=False, err=True, color=True)

    def clear(self) -> None:
        """Leaves the line empty."""
        if self._shown:
            click.echo(_WIPE, nl=False, err=True, color=True)
