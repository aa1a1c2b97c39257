"""The whole build: load, plan, render, write."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path

import msgspec

from generator.cache.signature import signature_of
from generator.config import Config
from generator.diagnostics import Diagnostic, error, has_errors, in_order
from generator.fingerprint import fingerprint
from generator.freshness import key_of, reasons
from generator.jobs import Progress, choose_jobs, make_executor
from generator.loading import load
from generator.locate import located
from generator.lock import Locked
from generator.output import Written, close_stage, open_stage, publish
from generator.plan.library import Held
from generator.planning import CurrentPlan, current_plan, keep_plan
from generator.render.render import RenderSettings
from generator.rendering import render
from generator.settings import FILE, read_site
from generator.theme import read_theme
from generator.workspace import Damaged, Workspace, discard, workspace


class Options(msgspec.Struct, frozen=True):
    """What a build is told beside the site's own files. `jobs` 0 lets the build choose."""

    site: Path
    now: datetime
    output: Path | None = None
    drafts: bool = False
    jobs: int = 0


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


def build(options: Options, progress: Progress | None = None) -> Report:
    """Builds a site. Whatever is wrong is in the report; with any error nothing is published."""
    config, said = read_settings(options.site)
    if config is None:
        return Report(in_order(said))
    output = options.output or options.site / config.output
    try:
        try:
            with workspace(options.site, output) as work:
                return _build(options, config, said, output, work, progress)
        except Damaged as damaged:
            discard(*damaged.args)
            with workspace(options.site, output) as work:
                return _build(options, config, said, output, work, progress)
    except Locked:
        return Report((*said, error(str(output), "another build is writing to this folder")))
    except OSError as why:
        place = str(why.filename2 or why.filename or output)
        return Report((*said, error(place, f"cannot be written: {why.strerror or why}")))


def _build(
    options: Options,
    config: Config,
    said: tuple[Diagnostic, ...],
    output: Path,
    work: Workspace,
    progress: Progress | None,
) -> Report:
    theme = read_theme(options.site / config.layouts, work.pages, work.now)
    jobs = choose_jobs(options.jobs, len(work.content.known()))
    with make_executor(jobs) as executor:
        loaded = load(options.site, config, work.content, work.now, executor, progress)
        plan = current_plan(work, loaded, config, theme.assets, options.now, drafts=options.drafts)
        findings = located(plan.planned.findings, options.site, config)
        said = (*said, *loaded.diagnostics, *theme.problems, *findings)
        if has_errors(said):
            return _report(config, said, left_out=loaded.left_out)
        settings = RenderSettings(theme.folders, str(options.site), plan.planned.site)
        shared = fingerprint(plan.planned.site)
        now = {
            page.path: key_of(page, loaded.bodies, theme.templates, shared) for page in plan.pages
        }
        why = {
            page.path: reasons(page, now[page.path], lambda path: signature_of(output / path))
            for page in plan.pages
        }
        stale = [page for page in plan.pages if why[page.path]]
        open_stage(output)
        folders = (output, work.content.path)
        staged, problems = render(stale, plan.views, settings, folders, executor, progress)
        if problems:
            close_stage(output)
            return _report(config, (*said, *problems), left_out=loaded.left_out)
        written = publish(output, (page.path for page in plan.pages), staged)
        close_stage(output)
    done = (
        msgspec.structs.replace(page, key=now[page.path], written=signature_of(output / page.path))
        for page in stale
    )
    work.pages.keep(done, keep_plan(plan.planned))
    rendered = tuple((page.path, why[page.path]) for page in stale)
    return _report(config, said, plan, output, written, loaded.left_out, rendered)


def read_settings(site: Path) -> tuple[Config | None, tuple[Diagnostic, ...]]:
    """The settings of the site in that folder, or what is wrong with them."""
    try:
        data = (site / FILE).read_bytes()
    except OSError as why:
        hint = "`broadsheet init DIR` makes a new newsletter; --site DIR names the folder of one"
        return None, (error(FILE, f"cannot be read: {why.strerror}", hint=hint),)
    return read_site(data)


def _report(
    config: Config,
    said: tuple[Diagnostic, ...],
    plan: CurrentPlan | None = None,
    output: Path | None = None,
    written: Written = Written(),
    left_out: tuple[tuple[str, str], ...] = (),
    rendered: tuple[tuple[str, tuple[str, ...]], ...] = (),
) -> Report:
    if plan is None:
        return Report(in_order(said), timezone=config.timezone, left_out=left_out)
    return Report(
        in_order(said),
        output,
        config.timezone,
        articles=plan.planned.articles,
        weeks=plan.planned.weeks,
        pages=plan.planned.pages,
        written=written,
        held=plan.planned.held,
        next_due=plan.planned.next_due,
        left_out=left_out,
        rendered=rendered,
    )
