"""What a newsletter that remembers costs: planning it anew, and the pages that an edit renders.

    python -m benchmarks.newsroom [--articles 10000] [--runs 5]

Every article has three related ones chosen by hand, two dated events and an audience; every other
one a prediction, every tenth is a part of a story. The site is built once. Then, in this process
and from the caches of that build, one title is edited (which makes a whole new plan), and one body
(which must render its own pages and little else). CPU is that of `current_plan`: reading the
records, and all of the plan.
"""

from __future__ import annotations

import argparse
import gc
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from random import Random
from statistics import median
from time import process_time
from typing import Any
from unittest.mock import patch

from benchmarks.generate import NOW, Post, light, posts
from benchmarks.peers.base import yaml_post
from benchmarks.peers.broadsheet import Broadsheet
from benchmarks.trash import Trash
from generator import changes
from generator.build import Options, Report, build

# One article in ten is a part of a story, and a story has ten of them.
_PARTS_APART = 10
_APART = 100
_AUDIENCES = ("Editors", "Engineers", "Readers")
_OUTCOMES = ("true", "false", "withdrawn")


def main() -> None:
    """Writes the newsletter, builds it, and prints what the edits cost."""
    arguments = _arguments()
    # As `broadsheet build` does.
    gc.disable()
    site = arguments.work / "sites" / f"newsroom-{arguments.articles}"
    with Trash(arguments.work / "trash") as trash:
        trash.take(site)
        listed = _write(arguments, site)
        _built(site, jobs=0)
        seconds = []
        for number in range(arguments.runs):
            with _edited(site, listed[0], "title:", f"title: Retitled {number}") as clock:
                _built(site)
            seconds.append(sum(clock))
        print(f"{arguments.articles:,} articles, planned anew: {median(seconds):.2f} s of CPU"
              f" (median of {len(seconds)}, {min(seconds):.2f} to {max(seconds):.2f})")  # fmt: skip
        for name, post in (("newest", listed[0]), ("in the middle", listed[len(listed) // 2])):
            with _edited(site, post, "It is", f"It is edited{name}", body=True) as clock:
                report = _built(site)
            kinds = Counter(path.rpartition(".")[2] for path, _ in report.rendered)
            told = ", ".join(f"{count} {kind}" for kind, count in sorted(kinds.items()))
            print(f"body of the {name} edited: {len(report.rendered)} files rendered ({told}),"
                  f" {sum(clock):.2f} s of planning")  # fmt: skip


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m benchmarks.newsroom", description=__doc__)
    parser.add_argument("--articles", type=int, default=10_000, help="how many (default: 10,000)")
    parser.add_argument("--runs", type=int, default=5, help="plans made (default: 5)")
    work = Path(__file__).resolve().parent / "work"
    parser.add_argument("--work", type=Path, default=work, help="where the newsletter is put")
    arguments = parser.parse_args()
    arguments.work = arguments.work.absolute()
    return arguments


def _write(arguments: argparse.Namespace, site: Path) -> list[Post]:
    newsletter = light(arguments.articles)
    listed = list(posts(newsletter))
    Broadsheet(arguments.work).write(newsletter, iter(listed), site)
    with (site / "site.yaml").open("a") as settings:
        settings.write("  audiences: {title: Audiences}\nstories:\n")
        for number in range(-(-arguments.articles // _APART)):
            settings.write(f"  story-{number}: The story number {number}\n")
    slugs = [post.slug for post in listed]
    for number, post in enumerate(listed):
        text = yaml_post(post, post.terms, _structure(number, post, slugs))
        text += "\nIt is as it was written.\n"
        (site / "content" / "articles" / post.path).write_text(text, "utf-8")
    return listed


def _structure(number: int, post: Post, slugs: list[str]) -> dict[str, Any]:
    """What an article has beside its text, drawn for its number."""
    rng = Random(f"structure {number}")
    words = post.hook.rstrip(".").split()
    found: dict[str, Any] = {
        "related": [slugs[rng.randrange(len(slugs))] for _ in range(3)],
        "tldr": {"changed": post.hook, "audience": [rng.choice(_AUDIENCES)]},
        "timeline": [
            {"date": f"{rng.randrange(2015, 2026)}-{rng.randrange(1, 13):02}-{day:02}",
             "event": " ".join(rng.sample(words, 6)).capitalize()}
            for day in (rng.randrange(1, 15), rng.randrange(15, 29))
        ],
    }  # fmt: skip
    if number % 2 == 0:
        found["implications"] = [_prediction(rng, post)]
    if number % _PARTS_APART == 0:
        found["story"] = f"story-{number // _APART}"
    return found


def _prediction(rng: Random, post: Post) -> dict[str, Any]:
    by = post.date.replace(year=post.date.year + rng.choice((-1, 0, 1)), day=rng.randrange(1, 28))
    claim: dict[str, Any] = {
        "claim": post.title,
        "who": rng.choice(_AUDIENCES),
        "said": f"{by.replace(year=by.year - 1):%Y-%m-%d}",
        "by": f"{by:%Y-%m-%d}",
        "probability": rng.randrange(5, 100, 5) / 100,
    }
    if by < NOW and rng.random() < 0.8:
        claim |= {"outcome": rng.choice(_OUTCOMES), "resolved": f"{by:%Y-%m-%d}"}
    return claim


@contextmanager
def _edited(
    site: Path, post: Post, line: str, instead: str, *, body: bool = False
) -> Iterator[list[float]]:
    """An article with one line replaced; what is planned meanwhile is timed, in seconds of CPU."""
    file = site / "content" / "articles" / post.path
    text = file.read_text("utf-8")
    at = text.rindex(f"\n{line}") if body else text.index(f"\n{line}")
    end = text.index("\n", at + 1)
    file.write_text(f"{text[:at]}\n{instead}{text[end:]}", "utf-8")
    clock: list[float] = []
    inner = changes.current_plan

    def timed(*arguments: Any) -> Any:
        started = process_time()
        plan = inner(*arguments)
        clock.append(process_time() - started)
        return plan

    with patch.object(changes, "current_plan", timed):
        yield clock


def _built(site: Path, jobs: int = 1) -> Report:
    report = build(Options(site.absolute(), NOW, jobs=jobs))
    assert report.output is not None, report.diagnostics[:5]
    return report


if __name__ == "__main__":
    main()
