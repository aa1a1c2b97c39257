"""The numbers for people: a table in the terminal, the same in Markdown, and a plot."""

from __future__ import annotations

import os
import platform
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from statistics import median

from benchmarks.measure import Costs

CASES = {
    "cold": "cold",
    "same": "no change",
    "body": "one body edited",
    "title": "one title edited",
    "partial": "one partial edited",
}


_HOW = """\
Measured on {date} on {machine}, by `python -m benchmarks{arguments}`. Every number is the median of
as many runs as the last column says. CPU is that of all processes. *Largest* is the peak memory of
the process that took most; *all* is the largest sum over all processes that was seen, with what
they share counted once. *Cold* begins with no output and no cache. All edits are of the newest
article, which is on the home page, in its terms' lists, in the feeds and in the running week; the
partial is one that every page includes."""


@dataclass(frozen=True)
class Row:
    """One case of one generator; without costs, `note` says why."""

    newsletter: str
    articles: int
    generator: str
    case: str
    costs: Costs | None
    note: str = ""


@dataclass
class Results:
    """Everything that one run of the benchmark found."""

    date: str
    arguments: str
    versions: dict[str, str] = field(default_factory=dict)
    notes: dict[str, str] = field(default_factory=dict)
    commands: dict[str, str] = field(default_factory=dict)
    pages: dict[str, dict[str, str]] = field(default_factory=dict)
    rows: list[Row] = field(default_factory=list)
    startup: tuple[float, float] | None = None
    # Seconds from a save to the reload event, by newsletter.
    reloads: dict[str, list[float]] = field(default_factory=dict)


def machine() -> str:
    """The machine in one line."""
    memory = os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES") / 2**30
    return (
        f"{_processor()}, {os.cpu_count()} cores, {memory:.0f} GB, "
        f"{platform.system()} {platform.release().split('-')[0]}, "
        f"Python {platform.python_version()}"
    )


def _processor() -> str:
    try:
        lines = Path("/proc/cpuinfo").read_text().splitlines()
    except OSError:
        lines = []
    for line in lines:
        if line.startswith("model name"):
            return line.partition(":")[2].strip()
    return platform.processor() or platform.machine()


def table(rows: Iterable[Row]) -> list[list[str]]:
    """The rows as text, the head first."""
    lines = [
        ["generator", "case", "wall s", "CPU s", "CPU ms/article", "largest MB", "all MB", "runs"]
    ]
    for row in rows:
        name = CASES[row.case]
        if row.costs is None:
            lines.append([row.generator, name, "–", "–", "–", "–", "–", row.note])
            continue
        costs = row.costs
        together = f"{costs.together / 1e6:,.0f}" if costs.together else "–"
        lines.append([
            row.generator,
            name,
            f"{costs.wall:.2f}",
            f"{costs.cpu:.2f}",
            f"{costs.cpu / row.articles * 1e3:.2f}",
            f"{costs.largest / 1e6:,.0f}",
            together,
            f"{costs.runs}{'; ' + row.note if row.note else ''}",
        ])  # fmt: skip
    return lines


def as_text(lines: Sequence[Sequence[str]]) -> str:
    """A table for the terminal."""
    widths = [max(len(line[column]) for line in lines) for column in range(len(lines[0]) - 1)]
    return "\n".join(
        "  ".join(
            cell.ljust(width) if column < 2 else cell.rjust(width)
            for column, (cell, width) in enumerate(zip(line, widths, strict=False))
        )
        + f"  {line[-1]}"
        for line in lines
    )


def as_markdown(lines: Sequence[Sequence[str]]) -> str:
    """The same table in Markdown."""
    head, *rest = lines
    rule = ["---", "---", *["---:"] * (len(head) - 3), "---"]
    return "\n".join(f"| {' | '.join(line)} |" for line in (head, rule, *rest))


def newsletters(results: Results) -> dict[str, list[Row]]:
    """The rows by newsletter, in the order of measuring."""
    found: dict[str, list[Row]] = {}
    for row in results.rows:
        found.setdefault(row.newsletter, []).append(row)
    return found


def waits(results: Results) -> list[str]:
    """How long `broadsheet watch` lets an author wait, a line for each newsletter."""
    return [
        f"- {name}: from the save of a body to the event that reloads the page "
        f"{median(seconds) * 1e3:.0f} ms (median of {len(seconds)}, at most "
        f"{max(seconds) * 1e3:.0f} ms)"
        for name, seconds in results.reloads.items()
    ]


def document(results: Results, plot: str) -> str:
    """The whole `results.md`."""
    arguments = f" {results.arguments}" if results.arguments else ""
    parts = [
        "# Benchmark",
        _HOW.format(date=results.date, machine=machine(), arguments=arguments),
        f"![Wall time of each generator]({plot})",
    ]
    for name, rows in newsletters(results).items():
        parts += [f"## {name}", as_markdown(table(rows))]
        wrote = [f"- {each} wrote {pages}" for each, pages in results.pages[name].items()]
        parts += ["\n".join(wrote)] if wrote else []
    if results.startup:
        ours, bare = (round(each * 1e3) for each in results.startup)
        more = f"{ours - bare} ms more (medians of 15)"
        parts.append("## Start-up")
        parts.append(f"`broadsheet version` takes {ours} ms, `python -c pass` {bare} ms: {more}.")
    if results.reloads:
        parts += ["## Watching", "\n".join(waits(results))]
    parts.append("## Generators")
    parts.append(
        "\n".join(
            f"- **{name}** {version}: `{results.commands.get(name, '–')}`"
            + (f"; {results.notes[name]}" if results.notes.get(name) else "")
            for name, version in results.versions.items()
        )
    )
    return "\n\n".join(parts) + "\n"
