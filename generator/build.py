"""The whole build: load, plan, render, write."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path

import msgspec

from generator.config import Config
from generator.diagnostics import Diagnostic, error, has_errors, in_order
from generator.jobs import Progress, choose_jobs, make_executor
from generator.loading import load_library
from generator.locate import located
from generator.lock import Locked, locked
from generator.output import Written, close_stage, open_stage, publish
from generator.plan.library import Held
from generator.plan.plan import Plan, make_plan
from generator.render.render import RenderSettings
from generator.rendering import render_all
from generator.settings import FILE, read_site
from generator.theme import assets, folders
from generator.views import Copy, Page


class Options(msgspec.Struct, frozen=True):
    """What a build is told beside the site's own files. `jobs` 0 lets the build choose."""

    site: Path
    now: datetime
    output: Path | None = None
    drafts: bool = False
    jobs: int = 0


class Report(msgspec.Struct, frozen=True):
    """What a build did. `output` is None where nothing was published."""

    diagnostics: tuple[Diagnostic, ...]
    output: Path | None = None
    articles: int = 0
    weeks: int = 0
    pages: int = 0
    written: Written = Written()
    held: tuple[Held, ...] = ()
    next_due: datetime | None = None
    left_out: tuple[tuple[str, str], ...] = ()


def build(options: Options, progress: Progress | None = None) -> Report:
    """Builds a site. Whatever is wrong is in the report; with any error nothing is published."""
    config, said = read_settings(options.site)
    if config is None:
        return Report(in_order(said))
    output = options.output or options.site / config.output
    layouts = folders(options.site / config.layouts)
    jobs = choose_jobs(options.jobs, _markdown_files(options.site / config.content.folder))
    with make_executor(jobs) as executor:
        library = load_library(options.site, config, executor, progress)
        plan = make_plan(
            library.content, config, options.now, assets(layouts), drafts=options.drafts
        )
        said = (*said, *library.diagnostics, *located(plan.findings, options.site, config))
        if has_errors(said):
            return Report(in_order(said), left_out=library.left_out)
        settings = RenderSettings(tuple(map(str, layouts)), str(options.site), plan.site)
        files: tuple[Page | Copy, ...] = (*plan.pages, *plan.copies)
        try:
            with locked(output):
                open_stage(output)
                staged, problems = render_all(
                    files, library.bodies, settings, output, executor, progress
                )
                said = (*said, *problems)
                written = None if problems else publish(output, staged)
                close_stage(output)
        except Locked:
            said = (*said, error(str(output), "another build is writing to this folder"))
            return Report(in_order(said))
        except OSError as why:
            said = (*said, _unwritable(output, why))
            return Report(in_order(said))
    if written is None:
        return Report(in_order(said), left_out=library.left_out)
    return _report(plan, said, output, written, library.left_out)


def read_settings(site: Path) -> tuple[Config | None, tuple[Diagnostic, ...]]:
    """The settings of the site in that folder, or what is wrong with them."""
    try:
        data = (site / FILE).read_bytes()
    except OSError as why:
        hint = "`broadsheet init DIR` makes a new newsletter; --site DIR names the folder of one"
        return None, (error(FILE, f"cannot be read: {why.strerror}", hint=hint),)
    return read_site(data)


def _markdown_files(folder: Path) -> int:
    return sum(1 for path in folder.rglob("*.m*"))


def _unwritable(output: Path, why: OSError) -> Diagnostic:
    place = why.filename2 or why.filename or output
    return error(str(place), f"cannot be written: {why.strerror or why}")


def _report(
    plan: Plan,
    said: tuple[Diagnostic, ...],
    output: Path,
    written: Written,
    left_out: tuple[tuple[str, str], ...],
) -> Report:
    return Report(
        in_order(said),
        output,
        articles=len(plan.selection.articles),
        weeks=plan.weeks,
        pages=sum(1 for page in plan.pages if page.path.endswith(".html")),
        written=written,
        held=plan.selection.held,
        next_due=plan.selection.next_due,
        left_out=left_out,
    )
