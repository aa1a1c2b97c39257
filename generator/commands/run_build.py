"""`broadsheet build`: one build, told to whoever asked for it."""

from __future__ import annotations

import gc
import os
import sys
import time
from typing import cast

import click

from generator.build import Options, build
from generator.commands.console import (
    Format,
    ProgressLine,
    show_diagnostics,
    show_reasons,
    show_report,
)


def run(options: Options, form: str, *, explain: bool, verbose: bool, quiet: bool) -> int:
    """Builds and tells; 0 when the site was published, 1 when its content has errors."""
    form = cast("Format", form)
    if not options.site.is_dir():
        raise click.BadParameter(f"there is no folder {options.site}", param_hint="--site")
    started = time.perf_counter()
    # A build makes many small values and few cycles, and the process ends with it.
    gc.disable()
    progress = ProgressLine(quiet=quiet)
    try:
        report = build(options, progress)
    except KeyboardInterrupt:
        progress.clear()
        click.echo("stopped; the last good site is as it was", err=True)
        return 130
    progress.clear()
    told = report.diagnostics
    if quiet:
        told = tuple(each for each in told if each.severity == "error")
    try:
        show_diagnostics(told, form)
        if explain and form == "text":
            show_reasons(report)
        if not quiet or form == "json":
            seconds = time.perf_counter() - started
            show_report(report, seconds, form, loud=verbose)
    except BrokenPipeError:
        # Who read the messages has gone; the site is published all the same.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
    return 0 if report.output is not None else 1
