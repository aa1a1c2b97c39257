"""`broadsheet watch`: writing with the newsletter open beside it."""

from __future__ import annotations

import gc
import time
import webbrowser
from collections.abc import Callable
from datetime import datetime
from urllib.parse import urlsplit

import click

from generator.build import Options, Report
from generator.commands.console import show_diagnostics, show_report
from generator.live.session import Session


def run(
    options: Options, host: str, port: int, *, browse: bool, clock: Callable[[], datetime]
) -> int:
    """Watches until Ctrl-C; 1 where no port is to be had."""
    started = time.perf_counter()
    # Builds make many small values and few cycles.
    gc.set_threshold(100_000, 20, 100)
    told_before: list[Report] = []

    def told(report: Report) -> None:
        nonlocal started
        if told_before and not _news(report, told_before[-1]):
            return
        seconds = time.perf_counter() - started
        show_diagnostics(report.diagnostics, "text")
        show_report(report, seconds if not told_before else None, "text", loud=False)
        told_before[:] = [report]

    def ready(address: str) -> None:
        if port and urlsplit(address).port != port:
            click.echo(f"port {port} is in use; the next free one is taken")
        click.echo(f"the newsletter is at {address}, Ctrl-C ends")
        if browse:
            webbrowser.open(address)

    try:
        Session(options, clock, told).run(host, port, ready)
    except KeyboardInterrupt:
        pass
    except OSError as why:
        click.echo(f"cannot listen at {host}:{port}: {why.strerror or why}", err=True)
        return 1
    return 0


def _news(report: Report, before: Report) -> bool:
    """Whether a build is worth telling: it changed the site, or what is said of it."""
    changed = bool(report.rendered or report.written.removed)
    return changed or report.diagnostics != before.diagnostics
