"""The whole build: load, plan, render, write."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from datetime import datetime
from functools import partial
from pathlib import Path

import msgspec

from generator.alike import alike_texts
from generator.cache.content import ContentCache
from generator.changes import find_changes, published_before
from generator.config import Config
from generator.diagnostics import Diagnostic, error, has_errors, in_order
from generator.fingerprint import fingerprint_bytes
from generator.freshness import Stale
from generator.image_files import image_cache
from generator.jobs import WORTH_A_POOL, Progress, WorkerLost, Workers
from generator.loading import Loaded, load, shown_path
from generator.locate import located
from generator.lock import Locked
from generator.options import Options
from generator.output import Written, close_stage, foreign, open_stage, publish
from generator.plan.findings import Finding
from generator.plan.library import Held
from generator.planning import Planned
from generator.rendering import get_ready, render
from generator.search.update import Search
from generator.theme import Theme, read_theme
from generator.views import RenderSettings
from generator.words import vocabulary
from generator.workspace import FILE, FOLDER, Damaged, Workspace, discard, workspace

__all__ = ["Options", "Report", "build", "read_settings"]


class Report(msgspec.Struct, frozen=True):
    """What a build did. `output` is None where nothing was published.

    `rendered` tells, for each page that was rendered, which part of what it is made from is new.
    """

    diagnostics: tuple[Diagnostic, ...]
    output: Path | None = None
    timezone: str = "UTC"
    articles: int = 0
    weeks: int = 0
    pages: int = 0
    written: Written = Written()
    held: tuple[Held, ...] = ()
    next_due: datetime | None = None
    left_out: tuple[tuple[str, str], ...] = ()
    rendered: tuple[tuple[str, tuple[str, ...]], ...] = ()
    # How many files were derived of images, by decoding and encoding.
    images: int = 0


Published = Callable[[Report], None]


def build(
    options: Options, progress: Progress | None = None, published: Published | None = None
) -> Report:
    """Builds a site. Whatever is wrong is in the report; with any error nothing is published.

    `published` is told the report as soon as the output folder is as it is to be, before what the
    next build needs is kept.
    """
    if not (options.site / FILE).is_file():
        return Report(read_settings(options.site)[1])
    try:
        try:
            with workspace(options.site) as work:
                return _build(options, work, progress, published)
        except Damaged as damaged:
            discard(*damaged.args)
            with workspace(options.site) as work:
                return _build(options, work, progress, published)
    except Damaged as damaged:
        hint = "is the disk full, or the folder not to be written?"
        return Report((error(str(damaged.args[0]), "the cache cannot be used", hint=hint),))
    except Locked:
        return Report((error(str(options.site), "another build of this site is running"),))
    except WorkerLost:
        hint = "it was killed, or the memory was not enough; --jobs 1 needs the least"
        return Report((error(str(options.site), "a worker process ended too early", hint=hint),))
    except OSError as why:
        place = str(why.filename2 or why.filename or options.output or options.site)
        return Report((error(place, f"cannot be written: {why.strerror or why}"),))


def _build(
    options: Options, work: Workspace, progress: Progress | None, published: Published | None
) -> Report:
    config, said = _settings(options.site, work.content)
    if config is None:
        return Report(in_order(said))
    output = options.output or options.site / config.output
    misplaced = _misplaced(output, options.site, config)
    if misplaced:
        return Report(misplaced)
    if output.is_relative_to(options.site):
        config = msgspec.structs.replace(config, output=output.relative_to(options.site).as_posix())
    cache = work.pages(output)
    with Workers(options.jobs) as workers:
        ready = partial(get_ready, config.language)
        before = published_before(options, cache, output, workers, ready)
        theme = read_theme(options.site, config.layouts, cache, work.now, options.changed)
        if not options.plain_assets:
            theme = msgspec.structs.replace(theme, assets=theme.hashed)
        loaded = load(options.site, config, work, workers, options.changed, progress)
        caches = (work.content, cache)
        changes = find_changes(options, config, theme, loaded, caches, output, before)
        plan = changes.plan
        said = (*said, *loaded.diagnostics, *theme.problems)
        # What hangs on a file with errors is told once that file is right.
        findings = [
            each
            for each in _findings(work.content, loaded, plan.planned)
            if each.severity == "error" or not has_errors(loaded.diagnostics)
        ]
        said = in_order((*said, *located(findings, options.site, config)))
        if has_errors(said):
            return Report(said, timezone=config.timezone, left_out=loaded.left_out)
        open_stage(output)
        settings = _render_settings(options, config, theme, plan.planned)
        search = Search(config, cache, output)
        # In a build that somebody waits for, what is told of changes is published first of all.
        waited_for = options.changed is not None and search.is_there
        # Where processes are forked for the pages, no thread may run beside them.
        beside = not waited_for and changes.count < WORTH_A_POOL
        places = (work.content, loaded.bodies)
        with search.updating(plan, places, options.jobs, beside=beside) as updated:
            made = render(changes, settings, (output, work.content.path), workers, progress)
            index = search.unchanged() if made.problems or waited_for else updated()
    staged = (*made.staged, *index.staged)
    old = changes.files_before(output, index.last.written.keys())
    problems = made.problems or index.problems or _in_the_way(output, foreign(output, staged, old))
    if problems:
        plan.keep()
        close_stage(output)
        said = in_order((*said, *problems))
        return Report(said, timezone=config.timezone, left_out=loaded.left_out)
    written = publish(output, changes.files(index.now.written.keys()), staged, old)
    written = index.without_index(written)
    report = _report(said, config, plan.planned, output, written, changes.stale, loaded.left_out)
    report = msgspec.structs.replace(report, images=made.images)
    if published:
        published(report)
    close_stage(output)
    changes.keep(output, index.state(output))
    if plan.is_new:
        image_cache(work.folder).keep_only(plan.derived())
    return report


def _render_settings(
    options: Options, config: Config, theme: Theme, planned: Planned
) -> RenderSettings:
    languages = (config.language, *planned.languages)
    words = tuple(vocabulary(each, theme.words) for each in languages)
    return RenderSettings(theme.folders, str(options.site), planned.site, words)


def _findings(cache: ContentCache, loaded: Loaded, planned: Planned) -> list[Finding]:
    """What is wrong between files: as the plan found it, and texts that are nearly the same."""
    held = {each.source for each in planned.held}
    told = {each.source for each in planned.findings if each.path == ("source", "url")}
    return [*planned.findings, *alike_texts(cache, loaded, held, told)]


def _misplaced(output: Path, site: Path, config: Config) -> tuple[Diagnostic, ...]:
    """An error where the output would be mixed with what the site is made from."""
    place = output.resolve()
    for name in (config.content.folder, config.layouts, FOLDER):
        folder = (site / name).resolve()
        inside = folder in place.parents and folder != site.resolve()
        if place == folder or inside or place in folder.parents:
            hint = "name another folder with --output or `output:` in site.yaml"
            return (error(str(output), f"the output cannot be where {name} is", hint=hint),)
    return ()


def _in_the_way(output: Path, paths: list[str]) -> tuple[Diagnostic, ...]:
    """A file that somebody else put into the output folder is never touched."""
    hint = "move it away, or delete the folder if all of it came from builds"
    return tuple(
        error(str(output / path), "this file was not written by Broadsheet", hint=hint)
        for path in paths[:10]
    )


def _settings(site: Path, cache: ContentCache) -> tuple[Config | None, tuple[Diagnostic, ...]]:
    """The site's settings; as the cache has them where the file's bytes are the same."""
    try:
        stamp = fingerprint_bytes((site / FILE).read_bytes())
    except OSError:
        return read_settings(site)
    known = cache.get("settings")
    if known is not None:
        last = msgspec.msgpack.decode(known, type=tuple[str, Config, tuple[Diagnostic, ...]])
        if last[0] == stamp:
            return last[1], last[2]
    config, said = read_settings(site)
    if config is not None:
        cache.put("settings", msgspec.msgpack.encode((stamp, config, said)))
    return config, said


def read_settings(site: Path) -> tuple[Config | None, tuple[Diagnostic, ...]]:
    """The settings of the site in that folder, or what is wrong with them."""
    from generator.settings import read_site

    try:
        data = (site / FILE).read_bytes()
    except OSError as why:
        hint = "`broadsheet init DIR` makes a new newsletter; --site DIR names the folder of one"
        return None, (error(FILE, f"cannot be read in {site}: {why.strerror}", hint=hint),)
    return read_site(data)


def _report(
    said: tuple[Diagnostic, ...],
    config: Config,
    planned: Planned,
    output: Path,
    written: Written,
    stale: Iterable[Stale],
    left_out: tuple[tuple[str, str], ...],
) -> Report:
    return Report(
        said,
        output,
        config.timezone,
        articles=planned.articles,
        weeks=planned.weeks,
        pages=planned.pages,
        written=written,
        held=tuple(
            msgspec.structs.replace(each, source=shown_path(each.source, config))
            for each in planned.held
        ),
        next_due=planned.until,
        left_out=left_out,
        rendered=tuple((each.page.path, each.reasons) for each in stale),
    )
