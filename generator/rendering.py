"""Renders and stages all pages of a plan, in worker processes or not."""

from __future__ import annotations

import os
import secrets
from collections.abc import Mapping, Sequence
from concurrent.futures import Executor
from functools import lru_cache, partial
from pathlib import Path

import msgspec

from generator.diagnostics import Diagnostic
from generator.jobs import Progress, in_chunks
from generator.model import Body
from generator.output import Stage, Staged
from generator.render.render import Renderer, RenderSettings
from generator.views import ArticleView, Copy, FeedView, Page

_CHUNK = 24


class Task(msgspec.Struct, frozen=True):
    """Some files to make, and the bodies of articles that they show."""

    files: tuple[Page | Copy, ...]
    bodies: dict[str, Body]


def render_all(
    files: Sequence[Page | Copy],
    bodies: Mapping[str, Body],
    settings: RenderSettings,
    output: Path,
    executor: Executor,
    progress: Progress | None = None,
) -> tuple[tuple[Staged, ...], tuple[Diagnostic, ...]]:
    """Every file staged in `output`, in the order given, and what is wrong with templates."""
    tasks = [
        Task(chunk, {source: bodies[source] for page in chunk for source in _sources(page)})
        for chunk in _chunks(tuple(files), _CHUNK)
    ]
    staged: list[Staged] = []
    problems: list[Diagnostic] = []
    encoded = msgspec.msgpack.encode(settings)
    work = partial(_render_tasks, encoded, str(output), secrets.token_hex(4))
    for results in in_chunks(executor, work, tasks, 1):
        for each in results:
            if isinstance(each, Diagnostic):
                problems.append(each)
            else:
                staged.append(each)
        if progress:
            progress("writing", len(staged) + len(problems), len(files))
    return tuple(staged), tuple(problems)


def _chunks(files: tuple[Page | Copy, ...], size: int) -> list[tuple[Page | Copy, ...]]:
    return [files[start : start + size] for start in range(0, len(files), size)]


def _sources(file: Page | Copy) -> tuple[str, ...]:
    """The articles whose bodies a file shows."""
    if isinstance(file, Copy):
        return ()
    if isinstance(file.view, ArticleView):
        return (file.view.article.source,)
    if isinstance(file.view, FeedView):
        return tuple(e.article.article.source for e in file.view.entries if e.article is not None)
    return ()


def _render_tasks(
    settings: bytes, output: str, build: str, tasks: Sequence[Task]
) -> list[list[Staged | Diagnostic]]:
    worker = _worker(settings, output, build)
    return [worker.do(task) for task in tasks]


@lru_cache(maxsize=1)
def _worker(settings: bytes, output: str, build: str) -> _Worker:
    """What this process keeps while one build lasts; `build` names that build."""
    decoded = msgspec.msgpack.decode(settings, type=RenderSettings)
    return _Worker(decoded, Stage(Path(output), f"{build}-{os.getpid()}"))


class _Worker:
    """Renders one build's tasks with templates that are compiled once."""

    def __init__(self, settings: RenderSettings, stage: Stage) -> None:
        self._bodies: dict[str, Body] = {}
        self._renderer = Renderer(settings, self._bodies)
        self._stage = stage

    def do(self, task: Task) -> list[Staged | Diagnostic]:
        """Stages each file of a task, or tells what is wrong with its template."""
        self._bodies.clear()
        self._bodies.update(task.bodies)
        return [self._make(file) for file in task.files]

    def _make(self, file: Page | Copy) -> Staged | Diagnostic:
        if isinstance(file, Copy):
            return self._stage.put(file.path, Path(file.source).read_bytes())
        data = self._renderer.render(file)
        return data if isinstance(data, Diagnostic) else self._stage.put(file.path, data)
