"""Builds the same newsletters with Broadsheet and its peers, and tells what each build cost."""

from __future__ import annotations

import argparse
import shutil
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import date
from pathlib import Path
from statistics import median

from benchmarks.checks import count, missing, stale
from benchmarks.generate import Newsletter, Post, heavy, light, posts
from benchmarks.measure import Costs, Failed, Sample, run
from benchmarks.peers import GENERATORS, Generator, Site, Unavailable
from benchmarks.peers.base import Change
from benchmarks.peers.broadsheet import Broadsheet
from benchmarks.plot import plot
from benchmarks.report import CASES, Results, Row, as_text, document, machine, table

_HERE = Path(__file__).resolve().parent
_WORK = _HERE / "work"
# From this size on, only Broadsheet is measured.
_ALONE = 50_000


def main() -> None:
    arguments = _arguments()
    results = Results(arguments.date, " ".join(sys.argv[1:]))
    print(machine(), flush=True)
    if "broadsheet" in arguments.only:
        results.startup = _startup()
        print("start-up: {:.0f} ms, bare Python {:.0f} ms".format(
            *(each * 1e3 for each in results.startup)
        ))  # fmt: skip
    generators = list(_installed(arguments, results))
    for newsletter in _newsletters(arguments):
        name = _shown(newsletter)
        print(f"\n{name}", flush=True)
        results.pages[name] = {}
        for generator in generators:
            if newsletter.count < _ALONE or generator.name == "broadsheet":
                _measure(generator, newsletter, arguments, results)
        for missed, version in results.versions.items():
            if version.startswith("not installed") and newsletter.count < _ALONE:
                results.rows.append(Row(name, newsletter.count, missed, "cold", None, version))
        print(as_text(table(row for row in results.rows if row.newsletter == name)), flush=True)
        for each, pages in results.pages[name].items():
            print(f"{each}: {pages}")
        _save(results, arguments.results)


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m benchmarks", description=__doc__)

    def names(text: str) -> list[str]:
        chosen = text.split(",")
        unknown = set(chosen) - set(GENERATORS)
        if unknown:
            raise argparse.ArgumentTypeError(f"there are {', '.join(GENERATORS)}")
        return chosen

    def sizes(text: str) -> list[int]:
        return [int(each) for each in text.split(",") if each]

    parser.add_argument("--runs", type=int, default=5, help="runs of each case (default: 5)")
    parser.add_argument(
        "--patience",
        type=float,
        default=120,
        metavar="SECONDS",
        help="no further run of a case that has taken so long (default: 120)",
    )
    parser.add_argument("--only", type=names, default=list(GENERATORS), metavar="NAME,…")
    parser.add_argument("--sizes", type=sizes, default=[1_000, 10_000, 100_000], metavar="N,…")
    parser.add_argument("--cases", type=lambda text: text.split(","), default=list(CASES))
    parser.add_argument("--heavy", action=argparse.BooleanOptionalAction, default=True)
    parser.add_argument("--heavy-articles", type=int, default=700, metavar="N")
    parser.add_argument("--quick", action="store_true", help="1,000 articles, one run, no heavy")
    parser.add_argument("--jobs", type=int, default=0, help="processes of Broadsheet (0: its own)")
    parser.add_argument("--date", default=f"{date.today():%Y-%m-%d}", help="as the report says it")  # noqa: DTZ011  # the reader's day
    parser.add_argument("--results", type=Path, default=_HERE / "results.md", metavar="FILE")
    arguments = parser.parse_args()
    if arguments.quick:
        arguments.sizes, arguments.runs, arguments.heavy = [1_000], 1, False
    return arguments


def _newsletters(arguments: argparse.Namespace) -> Iterator[Newsletter]:
    for size in arguments.sizes:
        yield light(size)
    if arguments.heavy:
        yield heavy(arguments.heavy_articles)


def _shown(newsletter: Newsletter) -> str:
    terms = sum(map(len, newsletter.terms.values()))
    return f"{newsletter.count:,} articles of {newsletter.size // 1_000} KB, {terms:,} terms"


def _installed(arguments: argparse.Namespace, results: Results) -> Iterator[Generator]:
    for name in arguments.only:
        generator = GENERATORS[name](_WORK)
        if isinstance(generator, Broadsheet):
            generator.jobs = arguments.jobs
        try:
            results.versions[name] = generator.install()
        except Unavailable as why:
            results.versions[name] = f"not installed: {why}"
        else:
            results.notes[name] = generator.note
            yield generator
        print(f"{name} {results.versions[name]}", flush=True)


def _measure(
    generator: Generator, newsletter: Newsletter, arguments: argparse.Namespace, results: Results
) -> None:
    """All cases of one generator with one newsletter."""
    name = _shown(newsletter)
    site, newest = _written(generator, newsletter)
    log = site.root.parent / f"{generator.name}.log"

    def build(change: Change) -> Sample:
        command = generator.command(site, change)
        shown = " ".join(command.arguments).replace(str(site.root), "SITE")
        if change.case == "cold":
            results.commands[generator.name] = shown.replace(str(_WORK), "work").replace(
                sys.executable, "python"
            )
        return run(command.arguments, site.root, log, environment=command.environment)

    def add(case: str, costs: Costs | None, note: str) -> None:
        results.rows.append(Row(name, newsletter.count, generator.name, case, costs, note))
        seconds = f"{costs.wall:.2f} s, CPU {costs.cpu:.2f} s" if costs else "–"
        print(f"  {generator.name} {CASES[case]}: {seconds} {note}", flush=True)

    try:
        costs = _cold(generator, site, build, arguments)
    except Failed as why:
        add("cold", None, f"failed: {why}")
        return
    results.pages[name][generator.name] = str(count(site))
    add("cold", costs, ", ".join(missing(site, newsletter, newest)))
    # What is kept for the next build may be kept only from the second build on.
    build(Change("same"))
    for case in arguments.cases:
        if case == "cold":
            continue
        try:
            costs, wrong = _warm(generator, site, case, build, arguments)
        except Failed as why:
            add(case, None, f"failed: {why}")
        else:
            add(case, costs, ", ".join(wrong))


_Build = Callable[[Change], Sample]


def _cold(generator: Generator, site: Site, build: _Build, arguments: argparse.Namespace) -> Costs:
    def once(_: int) -> Sample:
        generator.forget(site)
        return build(Change("cold"))

    return _repeated(once, arguments)


def _warm(
    generator: Generator, site: Site, case: str, build: _Build, arguments: argparse.Namespace
) -> tuple[Costs, list[str]]:
    """The costs of builds after a change, each run with one of its own, and what was stale."""
    if case == "same":
        return _repeated(lambda _: build(Change("same")), arguments), []
    file = site.partial if case == "partial" else site.newest
    wrong: dict[str, None] = {}
    with _kept(file) as text:

        def once(number: int) -> Sample:
            mark = f"edited{case}{number}"
            if case == "body":
                file.write_text(f"{text}\nThis was {mark} for you.\n", "utf-8")
            elif case == "title":
                file.write_text(generator.retitled(text, f"This was {mark} for you"), "utf-8")
            else:
                file.write_text(f"{text}<p>{mark}</p>\n", "utf-8")
            sample = build(Change(case, file))
            wrong.update(dict.fromkeys(stale(site, case, mark)))
            return sample

        costs = _repeated(once, arguments)
    build(Change("same", file))
    return costs, list(wrong)


def _repeated(once: Callable[[int], Sample], arguments: argparse.Namespace) -> Costs:
    samples: list[Sample] = []
    started = time.monotonic()
    while len(samples) < arguments.runs:
        samples.append(once(len(samples) + 1))
        if time.monotonic() - started > arguments.patience:
            break
    return Costs.of(samples)


@contextmanager
def _kept(file: Path) -> Iterator[str]:
    """The file's text; whatever happens to it, it is as it was afterwards."""
    text = file.read_text("utf-8")
    try:
        yield text
    finally:
        file.write_text(text, "utf-8")


def _written(generator: Generator, newsletter: Newsletter) -> tuple[Site, Post]:
    """The newsletter in a generator's form; written anew where the benchmark itself has changed."""
    folder = _WORK / "sites" / newsletter.name
    root = folder / generator.name
    shutil.rmtree(root, ignore_errors=True)
    root.parent.mkdir(parents=True, exist_ok=True)
    listed = posts(newsletter)
    newest = next(listed)
    return generator.write(newsletter, _chained(newest, listed), root), newest


def _chained(first: Post, rest: Iterator[Post]) -> Iterator[Post]:
    yield first
    yield from rest


def _startup() -> tuple[float, float]:
    """Seconds that `broadsheet version` takes, and Python that does nothing."""
    ours, bare = [], []
    commands = ((ours, ("-m", "generator", "version")), (bare, ("-c", "pass")))
    _WORK.mkdir(exist_ok=True)
    for _ in range(15):
        for times, arguments in commands:
            sample = run((sys.executable, *arguments), _HERE.parent, _WORK / "startup.log")
            times.append(sample.wall)
    return median(ours), median(bare)


def _save(results: Results, path: Path) -> None:
    picture = path.with_suffix(".svg")
    picture.write_text(plot(results), "utf-8")
    path.write_text(document(results, picture.name), "utf-8")


if __name__ == "__main__":
    main()
