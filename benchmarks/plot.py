"""The plot beside the tables, written as SVG by hand."""

from __future__ import annotations

from collections.abc import Iterator
from html import escape
from math import ceil, floor, log10

from benchmarks.report import CASES, Results, Row, newsletters

_COLOURS = {"broadsheet": "#c2410c", "hugo": "#0369a1", "eleventy": "#4d7c0f", "pelican": "#7e22ce"}
_WIDTH = 760
_LEFT = 168
_RIGHT = 70
_BAR = 13
_STYLE = (
    "text{font:12px system-ui,sans-serif;fill:#1f2937}.head{font-weight:600;font-size:14px}"
    ".minor{fill:#6b7280}.grid{stroke:#9ca3af;stroke-width:.5;stroke-dasharray:2 3}"
    "@media(prefers-color-scheme:dark){text{fill:#e5e7eb}.minor{fill:#9ca3af}}"
)


def plot(results: Results) -> str:
    """Bars of the wall times, a panel for each newsletter, on one logarithmic scale."""
    times = [row.costs.wall for row in results.rows if row.costs]
    low = 10.0 ** floor(log10(min(times, default=0.1)))
    high = 10.0 ** ceil(log10(max(times, default=10.0)))
    height = 34.0
    parts: list[str] = []
    for name, rows in newsletters(results).items():
        panel = list(_panel(name, rows, height, low, high))
        parts += panel[:-1]
        height = float(panel[-1])
    legend = _legend(results)
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {_WIDTH} {height:.0f}" '
        f'role="img" aria-label="Wall time of each build in seconds">'
        f"<style>{_STYLE}</style>{legend}{''.join(parts)}</svg>\n"
    )


def _legend(results: Results) -> str:
    parts = ['<text class="head" x="8" y="20">Wall time, seconds (log)</text>']
    place = 250
    for name in results.versions:
        parts.append(
            f'<rect x="{place}" y="10" width="12" height="12" fill="{_colour(name)}"/>'
            f'<text x="{place + 17}" y="20">{escape(name)}</text>'
        )
        place += 110
    return "".join(parts)


def _panel(name: str, rows: list[Row], top: float, low: float, high: float) -> Iterator[str]:
    """The parts of one panel, and last the place where it ends."""

    def place(seconds: float) -> float:
        share = log10(max(seconds, low) / low) / log10(high / low)
        return _LEFT + share * (_WIDTH - _LEFT - _RIGHT)

    yield f'<text class="head" x="8" y="{top + 16:.0f}">{escape(name)}</text>'
    start = y = top + 26
    for case, title in CASES.items():
        shown = [row for row in rows if row.case == case and row.costs]
        if not shown:
            continue
        yield f'<text x="8" y="{y + 11:.0f}">{escape(title)}</text>'
        for row in shown:
            assert row.costs is not None
            end = place(row.costs.wall)
            yield (
                f'<rect x="{_LEFT}" y="{y:.0f}" width="{max(end - _LEFT, 1):.1f}" '
                f'height="{_BAR - 2}" fill="{_colour(row.generator)}"/>'
                f'<text x="{end + 5:.1f}" y="{y + 10:.0f}">{row.costs.wall:.2f}</text>'
            )
            y += _BAR
        y += 7
    for power in range(round(log10(low)), round(log10(high)) + 1):
        x = place(10.0**power)
        yield (
            f'<line class="grid" x1="{x:.1f}" x2="{x:.1f}" y1="{start - 4:.0f}" y2="{y:.0f}"/>'
            f'<text class="minor" x="{x:.1f}" y="{y + 12:.0f}" text-anchor="middle">'
            f"{10.0**power:g}</text>"
        )
    yield str(y + 26)


def _colour(name: str) -> str:
    return _COLOURS.get(name, "#374151")
