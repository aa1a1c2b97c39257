"""Where the time of one cold build goes: by stage, by kind of page, by function.

    python -m benchmarks.profile [--size 1000 | --heavy [--articles 70] | --site DIR] [--top 30]

The build is done twice in this process, with one job: once to time the stages as they are, and once
under cProfile, which makes small functions look dearer than they are.
"""

from __future__ import annotations

import argparse
import cProfile
import importlib
import pstats
from collections import Counter
from collections.abc import Callable
from contextlib import ExitStack
from pathlib import Path
from time import process_time
from typing import Any
from unittest.mock import patch

from benchmarks.generate import NOW, heavy, light, posts
from benchmarks.peers.broadsheet import Broadsheet
from benchmarks.trash import Trash
from generator.build import Options, build

# What the build calls, in order; what it does between them is the rest.
_STAGES = (
    ("load", "generator.build", "load"),
    ("plan", "generator.changes", "current_plan"),
    ("compare", "generator.changes", "stale_pages"),
    ("render", "generator.build", "render"),
    ("publish", "generator.build", "publish"),
)


def main() -> None:
    arguments = _arguments()
    with Trash(arguments.work / "trash") as trash:
        site = arguments.site or _site(arguments, trash)
        output = arguments.work / "profile-output"
        # Whatever is imported only once is no part of a stage.
        _built(site, output, trash)
        clock = _Clock()
        with clock.running():
            started = process_time()
            articles = _built(site, output, trash)
            seconds = process_time() - started
        clock.show(seconds, articles)
        profiler = cProfile.Profile()
        profiler.runcall(_built, site, output, trash)
        trash.take(output)
    statistics = pstats.Stats(profiler)
    statistics.sort_stats("tottime").print_stats(arguments.top)
    statistics.sort_stats("cumulative").print_stats(r"generator/", arguments.top)


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m benchmarks.profile", description=__doc__)
    parser.add_argument("--size", type=int, default=1_000, help="articles of 3 KB")
    parser.add_argument("--heavy", action="store_true", help="articles of 200 KB instead")
    parser.add_argument("--articles", type=int, default=70, help="how many heavy ones")
    parser.add_argument("--site", type=Path, help="any other newsletter; its cache is removed")
    work = Path(__file__).resolve().parent / "work"
    parser.add_argument("--work", type=Path, default=work, help="where the newsletter is put")
    parser.add_argument("--top", type=int, default=30, help="functions shown")
    arguments = parser.parse_args()
    arguments.work = arguments.work.absolute()
    return arguments


def _site(arguments: argparse.Namespace, trash: Trash) -> Path:
    newsletter = heavy(arguments.articles) if arguments.heavy else light(arguments.size)
    root: Path = arguments.work / "sites" / f"profile-{newsletter.name}"
    trash.take(root)
    root.parent.mkdir(parents=True, exist_ok=True)
    Broadsheet(arguments.work).write(newsletter, posts(newsletter), root)
    return root


def _built(site: Path, output: Path, trash: Trash) -> int:
    """Builds from nothing into a folder of its own, and tells how many articles there are."""
    for folder in (output, site / ".broadsheet"):
        trash.take(folder)
    report = build(Options(site.absolute(), NOW, output, jobs=1))
    assert report.output is not None, report.diagnostics
    return report.articles


class _Clock:
    """The CPU time of the stages, and of rendering by template."""

    def __init__(self) -> None:
        self._stages: Counter[str] = Counter()
        self._templates: Counter[str] = Counter()
        self._pages: Counter[str] = Counter()

    def running(self) -> ExitStack:
        """While it is entered, stages and pages are timed."""
        stack = ExitStack()
        for stage, module, name in _STAGES:
            inner = getattr(importlib.import_module(module), name)
            stack.enter_context(patch(f"{module}.{name}", self._stage(stage, inner)))
        renderer = importlib.import_module("generator.render.render").Renderer
        stack.enter_context(patch.object(renderer, "render", self._page(renderer.render)))
        return stack

    def _stage(self, stage: str, inner: Callable[..., Any]) -> Callable[..., Any]:
        def timed(*arguments: Any, **named: Any) -> Any:
            started = process_time()
            result = inner(*arguments, **named)
            # A generator works when it is read.
            result = list(result) if hasattr(result, "__next__") else result
            self._stages[stage] += process_time() - started  # type: ignore[assignment]
            return result

        return timed

    def _page(self, inner: Callable[..., Any]) -> Callable[..., Any]:
        def timed(renderer: Any, page: Any) -> Any:
            started = process_time()
            result = inner(renderer, page)
            self._templates[page.template] += process_time() - started  # type: ignore[assignment]
            self._pages[page.template] += 1
            return result

        return timed

    def show(self, seconds: float, articles: int) -> None:
        """What was timed, with the share of an article."""

        def line(name: str, spent: float, count: str = "") -> None:
            share = spent / articles * 1e3
            print(f"{name:24}{spent:8.2f} s {share:8.3f} ms/article  {count}")

        line("cold build, CPU", seconds)
        for stage, _, _ in _STAGES:
            line(f"  {stage}", self._stages[stage])
            if stage == "render":
                line("    of it, staging", self._stages[stage] - sum(self._templates.values()))
        line("  the rest", seconds - sum(self._stages.values()))
        print()
        for template, spent in self._templates.most_common():
            count = self._pages[template]
            line(template, spent, f"{count:,} × {spent / count * 1e3:.2f} ms")
        print()


if __name__ == "__main__":
    main()
