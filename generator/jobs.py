"""Where work is done: in this process, or in several. Results never depend on which."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import Executor, Future
from typing import Any, TypeVar

_Item = TypeVar("_Item")
_Result = TypeVar("_Result")

# Told what is being done, and how many of how many files are done.
Progress = Callable[[str, int, int], None]

# Below this many articles, starting processes costs more than they save.
WORTH_A_POOL = 400


class Inline(Executor):
    """An executor that does each task at once, in this process."""

    def submit(self, fn: Callable[..., Any], /, *args: Any, **kwargs: Any) -> Future[Any]:
        """Does the task; the future that comes back is done."""
        future: Future[Any] = Future()
        try:
            future.set_result(fn(*args, **kwargs))
        except BaseException as why:
            future.set_exception(why)
            if not isinstance(why, Exception):
                raise
        return future


def make_executor(jobs: int) -> Executor:
    """An executor with that many worker processes; this process itself for 1."""
    if jobs <= 1:
        return Inline()
    from concurrent.futures import ProcessPoolExecutor

    return ProcessPoolExecutor(jobs)


def choose_jobs(wanted: int, articles: int) -> int:
    """The number of processes: as wanted, else (0) one for each core where it pays."""
    if wanted > 0:
        return wanted
    return (os.cpu_count() or 1) if articles >= WORTH_A_POOL else 1


def in_chunks(
    executor: Executor,
    task: Callable[[Sequence[_Item]], Sequence[_Result]],
    items: Sequence[_Item],
    size: int,
) -> Iterator[_Result]:
    """The results of a task that takes several items at once, in the order of the items."""
    chunks = [items[start : start + size] for start in range(0, len(items), size)]
    for results in executor.map(task, chunks):
        yield from results
