"""Where work is done: in this process, or in several. Results never depend on which."""

from __future__ import annotations

import gc
import os
import threading
from collections import deque
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import ExitStack
from itertools import islice
from typing import TYPE_CHECKING, Any, TypeVar

from generator.helper import Helper, can_fork

if TYPE_CHECKING:
    # Loaded where a pool is made: a build that finds nothing to do has no use for it.
    from concurrent.futures import Executor, Future

_Item = TypeVar("_Item")
_Result = TypeVar("_Result")

# Told what is being done, and how many of how many files are done.
Progress = Callable[[str, int, int], None]

# Starting processes costs some 50 ms, as long as loading or rendering this many files takes.
WORTH_A_POOL = 200
# A helper costs as much as it saves where this many files of an output folder have to be looked at.
WORTH_A_HELPER = 1_000
# How many chunks of work wait for each process: enough that none is idle, and no more in memory.
_AHEAD = 4


def process_pool(jobs: int) -> Executor:
    """An executor of that many worker processes, which end when this process does."""
    import multiprocessing
    from concurrent.futures import ProcessPoolExecutor

    # A forked process starts at once with all modules loaded.
    context = multiprocessing.get_context("fork" if can_fork() else "spawn")
    return ProcessPoolExecutor(jobs, context, initializer=_begin)


def _begin() -> None:
    # A worker lives as long as one build, and what it makes has few cycles.
    gc.disable()
    _end_with_parent()


def _end_with_parent() -> None:
    """Lets a worker end when its parent is killed: it would wait for work, and hold locks, for ever."""
    import multiprocessing
    from multiprocessing.connection import wait

    parent = multiprocessing.parent_process()
    if parent is None:
        return

    def watch() -> None:
        wait([parent.sentinel])
        os._exit(1)

    threading.Thread(target=watch, daemon=True).start()


class WorkerLost(Exception):
    """A worker process ended before its work did: killed, or out of memory."""


class Workers:
    """Does tasks in this process, or through an executor where there is enough to do.

    `jobs` 0 lets the number of files decide; any other number is taken as it is. The executor is
    made by `make` when it is first needed, and can be any that `concurrent.futures` knows.
    """

    def __init__(self, jobs: int, make: Callable[[int], Executor] = process_pool) -> None:
        self._jobs = jobs or os.cpu_count() or 1
        self._least = WORTH_A_POOL if jobs == 0 else 2
        self._make = make
        self._stack = ExitStack()
        self._executor: Executor | None = None
        self._helper: Helper | None = None

    def __enter__(self) -> Workers:
        return self

    def __exit__(self, *what: Any) -> None:
        self._stack.close()

    def begin(
        self, first: Callable[[], bytes], then: Callable[[], object], count: int
    ) -> Callable[[], bytes]:
        """What tells what `first` comes to, which looks at `count` files.

        Where that pays it is begun at once in a helper, which afterwards makes itself ready with
        `then` for tasks that are too few for the executor.
        """
        if self._jobs == 1 or count < WORTH_A_HELPER or not can_fork():
            return first
        helper = self._helper = Helper(first, then)
        self._stack.callback(helper.close)
        return lambda: first() if helper.first is None else helper.first

    def run(
        self,
        task: Callable[[Sequence[_Item]], Sequence[_Result]],
        items: Iterable[_Item],
        count: int,
        size: int,
        *,
        helped: bool = False,
    ) -> Iterator[_Result]:
        """The results of a task that takes up to `size` items at once, in the order of the items.

        The `count` items are taken from their iterator only as fast as they are worked on. Those
        that are too few for the executor are done here, or `helped` by the helper.
        """
        chunks = _chunks(items, size)
        if self._jobs == 1 or count < self._least:
            for chunk in chunks:
                done = self._helper.do(task, chunk) if helped and self._helper else None
                yield from task(chunk) if done is None else done
            return
        if self._executor is None:
            self._executor = self._stack.enter_context(self._make(self._jobs))
        from concurrent.futures import BrokenExecutor

        submit = self._executor.submit
        under_way: deque[Future[Sequence[_Result]]] = deque()
        try:
            for chunk in chunks:
                under_way.append(submit(task, chunk))
                if len(under_way) >= self._jobs * _AHEAD:
                    yield from under_way.popleft().result()
            while under_way:
                yield from under_way.popleft().result()
        except BrokenExecutor as why:
            raise WorkerLost from why


def _chunks(items: Iterable[_Item], size: int) -> Iterator[list[_Item]]:
    iterator = iter(items)
    while chunk := list(islice(iterator, size)):
        yield chunk
