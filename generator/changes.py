"""What a build has to do: the plan of now, and those of its pages that are not as they should be."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from collections.abc import Set as AbstractSet
from functools import partial
from pathlib import Path
from typing import NamedTuple

import msgspec

from generator.cache.content import ContentCache
from generator.cache.signature import signature_of
from generator.cache.site import PageRecord, SiteCache
from generator.config import Config
from generator.fingerprint import fingerprint
from generator.freshness import Stale, stale_pages
from generator.jobs import Workers
from generator.loading import Loaded
from generator.options import Options
from generator.output import MANIFEST, listed
from generator.planning import CurrentPlan, Keys, current_plan
from generator.publication import Basis, Publication, last_publication, publication
from generator.routes import is_for_programs
from generator.theme import Theme


class Before(NamedTuple):
    """What the last build published, and what tells which of its files are no longer as they were."""

    last: Publication | None
    altered: Callable[[], Iterable[str]]


def published_before(
    options: Options,
    cache: SiteCache,
    output: Path,
    workers: Workers,
    ready: Callable[[], object],
) -> Before:
    """What the last build published; its files are looked at beside whatever is done meanwhile.

    Whoever looks at them makes itself `ready` afterwards for the pages that are to be rendered.
    """
    last = last_publication(cache)
    if last is None or options.changed is not None:
        return Before(last, tuple)
    look = partial(_altered, last, f"{output}/")
    altered = workers.begin(look, ready, len(last))
    return Before(last, lambda: altered().decode().split("\n")[:-1])


def _altered(last: Publication, place: str) -> bytes:
    return "".join(f"{path}\n" for path in last.altered(place)).encode()


class Changes:
    """The plan, its stale pages, and what to keep of them when they have been published.

    `found` are the `count` stale pages, and `stale` those of them that have been taken. `last` is
    the last publication, where it was of the same plan, templates and settings.
    """

    def __init__(
        self,
        plan: CurrentPlan,
        found: Iterable[Stale],
        count: int,
        basis: Basis,
        bodies: dict[str, str],
        last: Publication | None,
    ) -> None:
        self.plan = plan
        self.count = count
        self.stale: list[Stale] = []
        self._found = found
        self._basis = basis
        self._bodies = bodies
        self._last = last
        self._files = last.files() if last else None

    def take(self) -> Iterator[PageRecord]:
        """The pages to render, each once."""
        for each in self._found:
            self.stale.append(each)
            yield each.page

    def files(self, more: AbstractSet[str]) -> AbstractSet[str]:
        """Every file of the plan, and those that are published beside it."""
        files = self._files or {page.path for page in self.plan.pages}
        return files | more if more else files

    def files_before(self, output: Path, more: AbstractSet[str]) -> AbstractSet[str]:
        """Every file in the output folder that builds wrote, `more` of them beside the plan."""
        if self._files is None:
            return listed(output)
        return self._files | more if more else self._files

    def keep(self, output: Path, state: Mapping[str, bytes]) -> None:
        """Keeps for the next build that all is published now, and with it `state`."""
        pages = [_published(each, f"{output}/") for each in self.stale]
        self.plan.keep(pages, {**self._state(output, pages), **state})

    def _state(self, output: Path, pages: Sequence[PageRecord]) -> dict[str, bytes]:
        manifest = signature_of(output / MANIFEST)
        last = self._last
        if last is None:
            now = self.plan.pages_after(pages)
            return publication(self._basis, manifest, self._bodies, now)
        if pages or last.bodies != self._bodies or not last.is_of(self._basis, manifest):
            return last.after(self._bodies, manifest, pages)
        return {}


def find_changes(
    options: Options,
    config: Config,
    theme: Theme,
    loaded: Loaded,
    caches: tuple[ContentCache, SiteCache],
    output: Path,
    before: Before,
) -> Changes:
    """The plan and its stale pages; made anew where the last plan lacks the values of one."""
    content, cache = caches
    keys = Keys(loaded, config, theme, drafts=options.drafts)
    hurried = options.changed is not None
    place = f"{output}/"
    while True:
        plan = current_plan(content, cache, keys, config, theme, options.now, hurried=hurried)
        settings = fingerprint(plan.planned.site)
        basis = Basis(plan.planned.name, fingerprint(theme.templates), settings)
        last = before.last
        if plan.is_new or last is None or not last.is_of(basis, signature_of(place + MANIFEST)):
            last = None
            pages = plan.each_page()
        else:
            suspects = {*last.showing_new(loaded.bodies), *before.altered()}
            pages = iter(plan.some_pages(sorted(suspects)))
        stale = stale_pages(
            pages,
            loaded.bodies,
            theme.templates,
            settings,
            lambda path: signature_of(place + path),
        )
        if plan.is_first:
            # All are stale: so each is looked at while those before it are being rendered.
            return Changes(plan, stale, plan.planned.files, basis, loaded.bodies, last)
        found = list(stale)
        if all(plan.can_show(each.page) for each in found):
            if last is not None and hurried:
                return _seen_first(plan, found, basis, loaded.bodies, last)
            return Changes(plan, found, len(found), basis, loaded.bodies, last)
        cache.forget_plan()


def _seen_first(
    plan: CurrentPlan,
    found: Sequence[Stale],
    basis: Basis,
    bodies: dict[str, str],
    last: Publication,
) -> Changes:
    """What open pages show, where somebody waits for them; feeds and the like wait for a later build."""
    seen = [each for each in found if each.page.source or not is_for_programs(each.page.path)]
    if len(seen) < len(found):
        # Not published as a whole: whatever these bodies are then, their pages are looked at.
        new = [source for source, body in bodies.items() if last.bodies.get(source) != body]
        bodies = {**bodies, **dict.fromkeys(new, "")}
    return Changes(plan, seen, len(seen), basis, bodies, last)


def _published(stale: Stale, place: str) -> PageRecord:
    written = signature_of(place + stale.page.path)
    return msgspec.structs.replace(stale.page, key=stale.key, written=written)
