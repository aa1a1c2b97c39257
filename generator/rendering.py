"""Renders and stages pages and all other files, in worker processes or not."""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from functools import lru_cache, partial
from itertools import chain
from pathlib import Path

import msgspec

from generator.cache.content import BodyReader
from generator.cache.site import PageRecord
from generator.changes import Changes
from generator.code import code_fingerprint
from generator.diagnostics import Diagnostic
from generator.image_files import Derived, ImageFolders, derive_images
from generator.jobs import Progress, Workers
from generator.model import Body
from generator.output import Stage, Staged
from generator.planning import CurrentPlan
from generator.views import Page, RenderSettings, View

_CHUNK = 32
# Enough for the articles of a feed, which its three forms show one after the other.
_KEPT = 40
# The folder of compiled templates, beside the cache of the content.
_COMPILED = "templates"


class Task(msgspec.Struct, frozen=True):
    """A file to make: a page with its encoded view, or (with `source`) a file to copy."""

    path: str
    template: str = ""
    view: bytes = b""
    url: str = ""
    origin: str = ""
    source: str = ""


class Rendered(msgspec.Struct, frozen=True):
    """All stale files staged, and what is wrong with templates and images.

    `images` is how many derived files of images had to be made.
    """

    staged: tuple[Staged, ...]
    problems: tuple[Diagnostic, ...]
    images: int = 0


def render(
    changes: Changes,
    settings: RenderSettings,
    folders: tuple[Path, Path],
    workers: Workers,
    progress: Progress | None = None,
) -> Rendered:
    """Every stale file staged: the pages in their order, then what is derived of images.

    `folders` are the output folder and the cache of the content, in which the bodies are.
    """
    output, bodies = folders
    build = os.urandom(4).hex()
    images: list[PageRecord] = []
    tasks = _tasks(changes.take(), changes.plan, images)
    places = (str(output), str(bodies))
    work = partial(_render_tasks, msgspec.msgpack.encode(settings), places, build)
    derived = derive_images(
        images, ImageFolders(settings.root, str(output), str(bodies.parent)), build, workers
    )
    staged: list[Staged] = []
    problems: list[Diagnostic] = []
    made = 0
    # The images are known when all pages have been taken.
    for each in chain(workers.run(work, tasks, changes.count, _CHUNK, helped=True), derived):
        if isinstance(each, Diagnostic):
            problems.append(each)
        elif isinstance(each, Derived):
            staged.append(each.staged)
            made += each.is_made
        else:
            staged.append(each)
        if progress:
            progress("writing", len(staged) + len(problems), changes.count)
    return Rendered(tuple(staged), tuple(problems), made)


def get_ready(language: str) -> None:
    """Loads what rendering needs, before there is anything to render."""
    import generator.feeds.xml
    import generator.render.compiled
    import generator.render.render  # noqa: F401  # each of these is kept by Python
    from generator.languages import Language

    # Any date: what all are written with is loaded with the first.
    Language(language).date(date(2000, 1, 1))


def _tasks(
    pages: Iterable[PageRecord], plan: CurrentPlan, images: list[PageRecord]
) -> Iterator[Task]:
    """A task for each page; those that are derived of images are only added to `images`."""
    values, view = "", b""
    for page in pages:
        if page.recipe is not None:
            images.append(page)
            continue
        if page.source:
            yield Task(page.path, source=page.source)
            continue
        # Pages that share a view follow each other.
        if page.values != values:
            values, view = page.values, plan.view(page)
        yield Task(page.path, page.template, view, page.url, page.origin)


def _render_tasks(
    settings: bytes, folders: tuple[str, str], build: str, tasks: Sequence[Task]
) -> list[Staged | Diagnostic]:
    worker = _worker(settings, folders, build)
    return [worker.do(task) for task in tasks]


@lru_cache(maxsize=1)
def _worker(settings: bytes, folders: tuple[str, str], build: str) -> _Worker:
    """What this process keeps while one build lasts; `build` names that build."""
    decoded = msgspec.msgpack.decode(settings, type=RenderSettings)
    output, bodies = folders
    stage = Stage(Path(output), f"{build}-{os.getpid()}")
    return _Worker(decoded, stage, BodyReader(bodies), Path(bodies).parent / _COMPILED)


class _Worker:
    """Renders one build's tasks with templates that are loaded once."""

    def __init__(
        self, settings: RenderSettings, stage: Stage, reader: BodyReader, compiled: Path
    ) -> None:
        # Jinja is loaded only in builds that render anything.
        from generator.render.compiled import CompiledTemplates
        from generator.render.render import Renderer

        self._root = Path(settings.root)
        self._bodies = _Bodies(reader)
        self._renderer = Renderer(
            settings, self._bodies, CompiledTemplates(compiled, code_fingerprint())
        )
        self._stage = stage
        self._decode = msgspec.msgpack.Decoder(View).decode
        self._last: tuple[bytes, View] | None = None

    def do(self, task: Task) -> Staged | Diagnostic:
        """Stages a file, or tells what is wrong with its template."""
        if task.source:
            return self._stage.put(task.path, (self._root / task.source).read_bytes())
        page = Page(task.path, task.template, self._view(task.view), task.origin, task.url)
        self._bodies.hold(page.bodies)
        data = self._renderer.render(page)
        return data if isinstance(data, Diagnostic) else self._stage.put(task.path, data)

    def _view(self, encoded: bytes) -> View:
        """The decoded view: once for the pages that share it, which follow each other."""
        if self._last is None or self._last[0] != encoded:
            self._last = (encoded, self._decode(encoded))
        return self._last[1]


class _Bodies(dict[str, Body]):
    """Bodies by their files: those of the page at hand, and a few of the pages before it."""

    def __init__(self, reader: BodyReader) -> None:
        super().__init__()
        self._reader = reader
        self._decode = msgspec.msgpack.Decoder(Body).decode

    def hold(self, sources: Iterable[str]) -> None:
        """Reads the bodies of files. Raises sqlite3.DatabaseError where one is not in order."""
        missing = [source for source in sources if source not in self]
        if len(self) + len(missing) > _KEPT:
            self.clear()
            missing = list(sources)
        for source in missing:
            self[source] = self._decode(self._reader.read(source))
