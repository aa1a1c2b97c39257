"""Brings the search index up to date: which of its parts must be made anew, and their files."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import ExitStack, contextmanager
from functools import partial
from pathlib import Path

import msgspec

from generator.cache.content import ContentCache
from generator.cache.signature import Signature, signature_of
from generator.cache.site import PageRecord, SiteCache
from generator.config import Config
from generator.diagnostics import Diagnostic, error
from generator.fingerprint import fingerprint
from generator.model import Body
from generator.output import Stage, Staged, Written
from generator.parts import FOLDER, part_of, parts
from generator.planning import CurrentPlan
from generator.search.records import SearchRecord, search_record
from generator.search.trouble import NoPagefind, PagefindFailed
from generator.views import ArticleView, View
from generator.workspace import FILE

_NAME = "search"
_ARTICLE = "article.html"


class Entry(msgspec.Struct, frozen=True, array_like=True):
    """An article's record as it was last made: what it was made from, and its fingerprint."""

    values: str
    body: str
    record: str


class Part(msgspec.Struct, frozen=True, array_like=True):
    """A part of the index: the fingerprint of its records and their language, and the files that it is made of."""

    key: str
    files: tuple[str, ...]


class Index(msgspec.Struct, frozen=True, array_like=True):
    """The index as it was last published.

    `basis` is the fingerprint of the plan and the bodies. `entries` are by the articles' files in the
    output folder, and `written` has the signature of each file of the index.
    """

    basis: str = ""
    entries: dict[str, Entry] = {}
    parts: tuple[Part, ...] = ()
    written: dict[str, Signature | None] = {}


class Update(msgspec.Struct, frozen=True):
    """The index that there was, the one that there will be, and the files to publish for it."""

    last: Index
    now: Index
    staged: tuple[Staged, ...] = ()
    problems: tuple[Diagnostic, ...] = ()

    def without_index(self, written: Written) -> Written:
        """What was written without the files of the index, of which open pages need not know."""
        gone = len(self.last.written.keys() - self.now.written.keys())
        changed = sum(1 for each in self.staged if each.name)
        return Written(max(0, written.changed - changed), max(0, written.removed - gone))

    def state(self, output: Path) -> dict[str, bytes]:
        """What to keep of it once its files have been published, as the cache keeps it."""
        if self.now is self.last:
            return {}
        written = {path: signature_of(output / path) for path in self.now.written}
        now = msgspec.structs.replace(self.now, written=written)
        return {_NAME: msgspec.msgpack.encode(now)}


class _Stale(msgspec.Struct, frozen=True):
    """What a new index is made of: the keys of its parts, and the records of those to be made."""

    basis: str
    entries: dict[str, Entry]
    keys: list[str]
    wanted: dict[int, list[SearchRecord]]


class Search:
    """The index of one output folder."""

    def __init__(self, config: Config, cache: SiteCache, output: Path) -> None:
        self._config = config
        self._output = output
        encoded = cache.get(_NAME)
        self._last = msgspec.msgpack.decode(encoded, type=Index) if encoded else Index()

    @contextmanager
    def updating(
        self,
        plan: CurrentPlan,
        bodies: tuple[ContentCache, Mapping[str, str]],
        jobs: int,
        *,
        beside: bool,
    ) -> Iterator[Callable[[], Update]]:
        """Waits for the index of a plan's articles, when what it yields is called.

        `bodies` are where the articles' bodies are, and their fingerprints. Pagefind is at work
        `beside` what this process does until then, or not before.
        """
        with ExitStack() as stack:
            begin = partial(self._begin, plan, bodies, jobs, stack)
            begun = begin() if beside else None

            def update() -> Update:
                return (begun or begin())()

            yield update

    def _begin(
        self,
        plan: CurrentPlan,
        bodies: tuple[ContentCache, Mapping[str, str]],
        jobs: int,
        stack: ExitStack,
    ) -> Callable[[], Update]:
        if not self._config.search:
            update = Update(self._last, Index() if self._last.basis else self._last)
            return lambda: update
        stale = self._compare(plan, _Records(plan, bodies, self._config.base_path))
        if stale is None:
            return self.unchanged
        from concurrent.futures import ThreadPoolExecutor

        # A thread only waits for its Pagefind, which uses one processor.
        threads = stack.enter_context(ThreadPoolExecutor(jobs or os.cpu_count() or 1))
        made = threads.map(self._run, stale.wanted.items())
        return lambda: self._told(stale, made)

    def _told(self, stale: _Stale, made: Iterator[dict[str, bytes]]) -> Update:
        try:
            return self._finished(stale, dict(zip(stale.wanted, made, strict=True)))
        except NoPagefind:
            hint = "pip install 'broadsheet[search]' installs it"
            problem = error(
                FILE, "`search: true` needs Pagefind, which is not installed", hint=hint
            )
        except PagefindFailed as why:
            hint = "pip install --force-reinstall 'broadsheet[search]', or `search: false`"
            problem = error(FILE, f"Pagefind could not make the search index: {why}", hint=hint)
        return Update(self._last, self._last, problems=(problem,))

    def unchanged(self) -> Update:
        """The index as it was, for a later build to bring up to date; where there is none, none."""
        return Update(self._last, self._last)

    @property
    def is_there(self) -> bool:
        """Whether there is an index of an earlier build."""
        return bool(self._last.basis)

    def _compare(self, plan: CurrentPlan, records: _Records) -> _Stale | None:
        """What must be made anew; None where there is nothing."""
        last = self._last
        basis = fingerprint(plan.planned.name, records.bodies)
        if last.basis == basis and all(map(self._is_sound, last.parts)):
            return None
        pages = [page for page in plan.pages if page.template == _ARTICLE]
        entries = {page.path: records.entry(page, last.entries.get(page.path)) for page in pages}
        members = _members(pages)
        language = self._config.language
        keys = [
            fingerprint(language, [entries[page.path].record for page in part]) for part in members
        ]
        wanted = {
            number: [records.of(page) for page in members[number]]
            for number in self._stale_parts(keys)
        }
        return _Stale(basis, entries, keys, wanted)

    def _finished(self, stale: _Stale, made: Mapping[int, dict[str, bytes]]) -> Update:
        """The index with the files that Pagefind made of its stale parts, which are staged."""
        stage, last = Stage(self._output, _NAME), self._last
        staged = {
            number: [stage.put(_path(number, name), data) for name, data in files.items()]
            for number, files in made.items()
        }
        parts = tuple(
            Part(key, tuple(file.path for file in staged[number]))
            if number in staged
            else last.parts[number]
            for number, key in enumerate(stale.keys)
        )
        written = {path: last.written.get(path) for part in parts for path in part.files}
        files = tuple(file for number in staged for file in staged[number])
        return Update(last, Index(stale.basis, stale.entries, parts, written), files)

    def _run(self, wanted: tuple[int, Sequence[SearchRecord]]) -> dict[str, bytes]:
        from generator.search.pagefind import run_pagefind

        number, records = wanted
        return run_pagefind(records, self._config.language, first=number == 0)

    def _stale_parts(self, keys: Sequence[str]) -> list[int]:
        """The parts that must be made: where their number is another one, all."""
        last = self._last.parts
        if len(keys) != len(last):
            return list(range(len(keys)))
        return [
            number
            for number, (key, part) in enumerate(zip(keys, last, strict=True))
            if part.key != key or not self._is_sound(part)
        ]

    def _is_sound(self, part: Part) -> bool:
        # Joined as texts: it is done for every file of the index in every build.
        place, written = f"{self._output}/", self._last.written
        return all(signature_of(place + path) == written[path] for path in part.files)


class _Records:
    """The records of a plan's articles, each made once."""

    def __init__(
        self,
        plan: CurrentPlan,
        bodies: tuple[ContentCache, Mapping[str, str]],
        base: str,
    ) -> None:
        self._content, self.bodies = bodies
        self._plan = plan
        self._base = base
        self._made: dict[str, SearchRecord] = {}
        self._view = msgspec.msgpack.Decoder(View).decode
        self._body = msgspec.msgpack.Decoder(Body).decode

    def entry(self, page: PageRecord, last: Entry | None) -> Entry:
        """The entry of an article's page: the last one where it is made from the same."""
        body = self.bodies[page.bodies[0]]
        if last is not None and (last.values, last.body) == (page.values, body):
            return last
        return Entry(page.values, body, fingerprint(self.of(page)))

    def of(self, page: PageRecord) -> SearchRecord:
        """The record of an article's page."""
        if page.path not in self._made:
            view = self._view(self._plan.view(page))
            assert isinstance(view, ArticleView), "it is the page of an article"
            body = self._body(self._content.body(view.body.source))
            self._made[page.path] = search_record(view, body, self._base)
        return self._made[page.path]


def _members(pages: Sequence[PageRecord]) -> list[list[PageRecord]]:
    """The pages of each part of the index, in the order of their paths."""
    if not pages:
        return []
    found: list[list[PageRecord]] = [[] for _ in range(parts(len(pages)))]
    for page in sorted(pages, key=lambda page: page.path):
        found[part_of(page.path, len(found))].append(page)
    return found


def _path(part: int, name: str) -> str:
    """Where a file of a part of the index goes, in the output folder."""
    return f"{FOLDER}/{part}/{name}" if part else f"{FOLDER}/{name}"
