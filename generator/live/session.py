"""One `broadsheet watch`: a thread that builds whenever something changed, and the server."""

from __future__ import annotations

import asyncio
import gc
import threading
import time
from collections.abc import Callable
from datetime import datetime
from pathlib import Path
from urllib.parse import urlsplit

import msgspec
import uvicorn

from generator.build import Options, Report, build, read_settings
from generator.cache.signature import signature_of
from generator.diagnostics import error
from generator.live.news import News
from generator.live.server import listen, make_app
from generator.live.watching import Watcher
from generator.theme import default_layouts
from generator.workspace import FILE, FOLDER

# The longest that nothing is looked at: file systems that tell of no changes exist.
_LONGEST_WAIT = 3600.0
# Everything is looked at when nothing was saved for so long: for twice as long as that took at most
# until now, so that who saves again and again seldom has to wait for it.
_LEAST_QUIET, _MOST_QUIET = 1.0, 5.0

Clock = Callable[[], datetime]
Told = Callable[[Report], None]


class Session:
    """Watches one site. `told` hears of every build, in the building thread."""

    def __init__(self, options: Options, clock: Clock, told: Told) -> None:
        self._seen = signature_of(options.site / FILE)
        self._config = config = read_settings(options.site)[0]
        self._options = options
        self._clock = clock
        self._told = told
        self.output = options.output or options.site / (config.output if config else "output")
        self.base = urlsplit(config.url).path if config else "/"
        self._news = News()
        self._stopped = threading.Event()

    def run(self, host: str, port: int, ready: Callable[[str], None]) -> None:
        """Builds, serves and builds again until it is interrupted. Raises OSError without a port.

        `ready` is told the address of the site once it can be opened.
        """
        with listen(host, port) as listening:
            address = _address(host, listening.getsockname()[1], self.base)
            app = make_app(self.output, self.base, self._news)
            config = uvicorn.Config(app, log_level="error", timeout_graceful_shutdown=1)
            server = uvicorn.Server(config)
            with Watcher((self.output, self._options.site / FOLDER)) as watcher:
                asyncio.run(self._serve(server, listening, watcher, lambda: ready(address)))

    async def _serve(
        self,
        server: uvicorn.Server,
        listening: object,
        watcher: Watcher,
        ready: Callable[[], None],
    ) -> None:
        loop = asyncio.get_running_loop()
        builder = threading.Thread(
            target=self._builds, args=(watcher, loop, ready), name="builder", daemon=True
        )
        builder.start()
        try:
            await _until_stopped(server, listening, self._news)
        finally:
            self._stopped.set()
            watcher.wake()
            await asyncio.to_thread(builder.join, 30)

    def _builds(
        self, watcher: Watcher, loop: asyncio.AbstractEventLoop, ready: Callable[[], None]
    ) -> None:
        self._follow(watcher)
        report = self._build(loop, None)
        ready()
        unsure = False
        quiet = _LEAST_QUIET
        while True:
            longest = self._seconds_to(report.next_due)
            changed = watcher.wait(min(longest, quiet) if unsure else longest)
            if self._stopped.is_set():
                return
            self._follow(watcher)
            # To be there at once, a build looks at nothing but what it is told of; everything is
            # looked at when there is time, and after a build that published nothing.
            started = time.monotonic()
            report = self._build(loop, changed if report.output else None)
            unsure = changed is not None
            if not unsure:
                quiet = max(quiet, min(2 * (time.monotonic() - started), _MOST_QUIET))

    def _follow(self, watcher: Watcher) -> None:
        """Watches what a build of the site reads, by its settings of now."""
        site = self._options.site
        seen = signature_of(site / FILE)
        if seen != self._seen:
            self._seen = seen
            self._config = read_settings(site)[0] or self._config
        config = self._config
        own = (site / config.content.folder, site / config.layouts) if config else ()
        try:
            watcher.follow(site, (*own, default_layouts()))
        except OSError as why:
            # A folder went away just now, or the system watches no more folders.
            message = f"cannot be watched: {why.strerror or why}"
            self._told(Report((error(str(why.filename or site), message),)))

    def _build(self, loop: asyncio.AbstractEventLoop, changed: frozenset[Path] | None) -> Report:
        def tell(report: Report) -> None:
            if not loop.is_closed():
                loop.call_soon_threadsafe(self._news.tell, report, self._options.site)

        options = msgspec.structs.replace(self._options, now=self._clock(), changed=changed)
        # A build makes many values and few cycles: to look for these while it lasts costs as much as
        # a plan does. What there are of them go between two builds.
        gc.disable()
        try:
            # Open pages are told before the build is quite done.
            report = build(options, published=tell)
        finally:
            gc.enable()
        if report.output is None:
            tell(report)
        self._told(report)
        return report

    def _seconds_to(self, due: datetime | None) -> float:
        """How long to wait at most: until the clock changes what is published."""
        if due is None:
            return _LONGEST_WAIT
        return min(_LONGEST_WAIT, max(0.0, (due - self._clock()).total_seconds()) + 0.1)


async def _until_stopped(server: uvicorn.Server, listening: object, news: News) -> None:
    serving = asyncio.create_task(server.serve(sockets=[listening]))  # type: ignore[list-item]  # a socket; the stubs of asyncio want no more
    while not server.should_exit and not serving.done():
        await asyncio.sleep(0.05)
    # Open pages would hold the server up: their connections never end by themselves.
    news.close()
    await serving


def _address(host: str, port: int, base: str) -> str:
    shown = f"[{host}]" if ":" in host else host
    return f"http://{shown}:{port}{base}"
