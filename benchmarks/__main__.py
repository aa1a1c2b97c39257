"""Builds the same newsletters with Broadsheet and its peers, and tells what each build cost."""

from __future__ import annotations

import argparse
import os
import sys
import time
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date
from itertools import chain
from pathlib import Path
from statistics import median

from benchmarks.checks import count, missing, stale
from benchmarks.generate import Newsletter, Post, heavy, light, posts
from benchmarks.measure import Costs, Failed, Sample, run
from benchmarks.peers import GENERATORS, Generator, Site, Unavailable
from benchmarks.peers.base import Change
from benchmarks.peers.broadsheet import Broadsheet
from benchmarks.plot import plot
from benchmarks.report import CASES, Results, Row, as_text, document, machine, table, waits
from benchmarks.trash import Trash
from benchmarks.watching import save_to_reload

_HERE = Path(__file__).resolve().parent
# From this size on, only Broadsheet is measured.
_ALONE = 50_000


def main() -> None:
    arguments = _arguments()
    with Trash(arguments.work / "trash") as trash:
        _benchmark(arguments, trash)


def _benchmark(arguments: argparse.Namespace, trash: Trash) -> None:
    results = Results(arguments.date, " ".join(_told(sys.argv[1:])))
    print(machine(), flush=True)
    if "broadsheet" in arguments.only:
        results.startup = _startup(arguments.work)
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
                _measure(generator, newsletter, _Terms(arguments, trash, results))
        for missed, version in results.versions.items():
            if version.startswith("not installed") and newsletter.count < _ALONE:
                results.rows.append(Row(name, newsletter.count, missed, "cold", None, version))
        print(as_text(table(row for row in results.rows if row.newsletter == name)), flush=True)
        for each, pages in results.pages[name].items():
            print(f"{each}: {pages}")
        print("\n".join(waits(results)[-1:]), flush=True)
        _save(results, arguments.results)


def _told(arguments: Sequence[str]) -> Iterator[str]:
    """The arguments without the places on this machine."""
    places = ("--work", "--results")
    for before, each in zip(("", *arguments), arguments, strict=False):
        if before not in places and not each.startswith(places):
            yield each


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m benchmarks", description=__doc__)

    def some_of(known: Iterable[str]) -> Callable[[str], list[str]]:
        def chosen(text: str) -> list[str]:
            if set(text.split(",")) <= set(known):
                return text.split(",")
            raise argparse.ArgumentTypeError(f"there are {', '.join(known)}")

        return chosen

    def sizes(text: str) -> list[int]:
        return [int(each) for each in text.split(",") if each]

    parser.add_argument("--runs", type=int, default=5, help="runs of each case (default: 5)")
    parser.add_argument(
        "--patience",
        type=float,
        default=120,
        metavar="SECONDS",
        help="no further run of a case, and no further case of a generator that is not "
        "incremental, once that has taken so long (default: 120)",
    )
    parser.add_argument(
        "--only", type=some_of(GENERATORS), default=list(GENERATORS), metavar="NAME,…"
    )
    parser.add_argument("--sizes", type=sizes, default=[1_000, 10_000, 100_000], metavar="N,…")
    parser.add_argument("--cases", type=some_of(CASES), default=list(CASES), metavar="CASE,…")
    parser.add_argument("--watch", action=argparse.BooleanOptionalAction, default=True)
    parser.add_argument("--heavy", action=argparse.BooleanOptionalAction, default=True)
    parser.add_argument("--heavy-articles", type=int, default=700, metavar="N")
    parser.add_argument("--quick", action="store_true", help="1,000 articles, one run, no heavy")
    parser.add_argument("--jobs", type=int, default=0, help="processes of Broadsheet (0: its own)")
    parser.add_argument("--date", default=f"{date.today():%Y-%m-%d}", help="as the report says it")  # noqa: DTZ011  # the reader's day
    parser.add_argument(
        "--work",
        type=Path,
        default=_HERE / "work",
        metavar="DIR",
        help="where generators and newsletters are put (default: benchmarks/work)",
    )
    parser.add_argument("--results", type=Path, default=_HERE / "results.md", metavar="FILE")
    arguments = parser.parse_args()
    arguments.work = arguments.work.absolute()
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
        generator = GENERATORS[name](arguments.work)
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


@dataclass(frozen=True)
class _Terms:
    """How it is measured, and where the numbers go."""

    arguments: argparse.Namespace
    trash: Trash
    results: Results

    def repeated(self, once: Callable[[int], Sample]) -> Costs:
        """The costs of several runs, of fewer when they take long."""
        samples: list[Sample] = []
        started = time.monotonic()
        while len(samples) < self.arguments.runs:
            samples.append(once(len(samples) + 1))
            if time.monotonic() - started > self.arguments.patience:
                break
        return Costs.of(samples)


def _measure(generator: Generator, newsletter: Newsletter, terms: _Terms) -> None:
    """All cases of one generator with one newsletter."""
    name, results = _shown(newsletter), terms.results
    site, newest = _written(generator, newsletter, terms)
    log = site.root.parent / f"{generator.name}.log"

    def build(change: Change) -> Sample:
        command = generator.command(site, change)
        if change.case == "cold":
            results.commands[generator.name] = _command(command.arguments, site, terms)
        return run(command.arguments, site.root, log, environment=command.environment)

    def add(case: str, costs: Costs | None, note: str) -> None:
        results.rows.append(Row(name, newsletter.count, generator.name, case, costs, note))
        seconds = f"{costs.wall:.2f} s, CPU {costs.cpu:.2f} s" if costs else "–"
        print(f"  {generator.name} {CASES[case]}: {seconds} {note}", flush=True)

    def cold(_: int) -> Sample:
        generator.forget(site, terms.trash)
        return build(Change("cold"))

    try:
        costs = terms.repeated(cold)
        results.pages[name][generator.name] = str(count(site))
        add("cold", costs, ", ".join(missing(site, newsletter, newest)))
        # What is kept for the next build may be kept only from the second build on.
        build(Change("same"))
    except Failed as why:
        add("cold", None, f"failed: {why}")
        return
    if costs.wall > terms.arguments.patience and not generator.incremental:
        # Its other builds are cold ones, too.
        return
    for case in terms.arguments.cases:
        if case == "cold":
            continue
        try:
            costs, wrong = _warm(generator, site, case, build, terms)
        except Failed as why:
            add(case, None, f"failed: {why}")
        else:
            add(case, costs, ", ".join(wrong))
    if terms.arguments.watch and isinstance(generator, Broadsheet):
        _watch(generator, newsletter, site, terms)


def _watch(generator: Generator, newsletter: Newsletter, site: Site, terms: _Terms) -> None:
    """How long a running `broadsheet watch` takes from a save to the reload."""
    environment = {**os.environ, **generator.command(site, Change("body")).environment}
    try:
        seconds = save_to_reload(site.root, site.newest, terms.arguments.runs, environment)
    except Failed as why:
        print(f"  watch: {why}")
    else:
        terms.results.reloads[_shown(newsletter)] = seconds


def _command(arguments: Sequence[str], site: Site, terms: _Terms) -> str:
    """A command as the reader may type it."""
    shown = " ".join(arguments).replace(str(site.root), "SITE")
    return shown.replace(f"{terms.arguments.work}/", "").replace(sys.executable, "python")


_Build = Callable[[Change], Sample]


def _warm(
    generator: Generator, site: Site, case: str, build: _Build, terms: _Terms
) -> tuple[Costs, list[str]]:
    """The costs of builds after a change, each run with one of its own, and what was stale."""
    if case == "same":
        return terms.repeated(lambda _: build(Change("same"))), []
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
            sample = build(Change(case))
            wrong.update(dict.fromkeys(stale(site, case, mark)))
            return sample

        costs = terms.repeated(once)
    build(Change("same"))
    return costs, list(wrong)


@contextmanager
def _kept(file: Path) -> Iterator[str]:
    """The file's text; whatever happens to it, it is as it was afterwards."""
    text = file.read_text("utf-8")
    try:
        yield text
    finally:
        file.write_text(text, "utf-8")


def _written(generator: Generator, newsletter: Newsletter, terms: _Terms) -> tuple[Site, Post]:
    """The newsletter in a generator's form."""
    root = terms.arguments.work / "sites" / newsletter.name / generator.name
    terms.trash.take(root)
    root.parent.mkdir(parents=True, exist_ok=True)
    listed = posts(newsletter)
    newest = next(listed)
    return generator.write(newsletter, chain([newest], listed), root), newest


def _startup(work: Path) -> tuple[float, float]:
    """Seconds that `broadsheet version` takes, and Python that does nothing."""
    ours: list[float] = []
    bare: list[float] = []
    commands = ((ours, ("-m", "generator", "version")), (bare, ("-c", "pass")))
    for _ in range(15):
        for times, arguments in commands:
            sample = run((sys.executable, *arguments), _HERE.parent, work / "startup.log")
            times.append(sample.wall)
    return median(ours), median(bare)


def _save(results: Results, path: Path) -> None:
    picture = path.with_suffix(".svg")
    picture.write_text(plot(results), "utf-8")
    path.write_text(document(results, picture.name), "utf-8")


if __name__ == "__main__":
    main()
