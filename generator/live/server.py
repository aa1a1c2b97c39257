"""Serves an output folder on this machine, and the events by which open pages reload."""

from __future__ import annotations

import mimetypes
import socket
from pathlib import Path

from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import (
    FileResponse,
    HTMLResponse,
    RedirectResponse,
    Response,
    StreamingResponse,
)
from starlette.routing import Route

from generator.fingerprint import fingerprint_bytes
from generator.live.news import News

# How many ports after the one asked for are tried.
_PORTS = 50
_SCRIPT = b'<script src="/.broadsheet/live.js"></script>'
_EMPTY = b"<!doctype html><title>Broadsheet</title><body><h1>Nothing is here</h1>" + _SCRIPT

_TYPES = {
    ".xml": "application/xml; charset=utf-8",
    ".atom": "application/atom+xml; charset=utf-8",
    ".json": "application/json; charset=utf-8",
    ".opml": "text/x-opml; charset=utf-8",
    ".md": "text/markdown; charset=utf-8",
    ".js": "text/javascript; charset=utf-8",
    ".css": "text/css; charset=utf-8",
    ".txt": "text/plain; charset=utf-8",
    ".svg": "image/svg+xml",
    ".avif": "image/avif",
    ".webp": "image/webp",
    ".ics": "text/calendar; charset=utf-8",
    ".woff2": "font/woff2",
}


def make_app(output: Path, base: str, news: News) -> Starlette:
    """The application: the site below `base` (`/`, or `/blog/`), and the events of `news`."""

    async def events(_request: Request) -> Response:
        headers = {"Cache-Control": "no-store", "X-Accel-Buffering": "no"}
        return StreamingResponse(news.listen(), media_type="text/event-stream", headers=headers)

    async def script(_request: Request) -> Response:
        return FileResponse(Path(__file__).with_name("live.js"), media_type=_TYPES[".js"])

    async def page(request: Request) -> Response:
        path = request.url.path
        if not path.startswith(base):
            return RedirectResponse(base) if path == "/" else _missing(output, request)
        return _page(output, path, path[len(base) :], request)

    return Starlette(
        routes=[
            Route("/.broadsheet/events", events),
            Route("/.broadsheet/live.js", script),
            Route("/{path:path}", page),
        ]
    )


def _page(output: Path, address: str, path: str, request: Request) -> Response:
    file = _file(output, path)
    if file is None:
        return _missing(output, request)
    if file.is_dir():
        if not address.endswith("/"):
            return RedirectResponse(address + "/")
        file = file / "index.html"
        if not file.is_file():
            return _missing(output, request)
    if file.suffix == ".html":
        return _html(file, request)
    kind = _TYPES.get(file.suffix) or mimetypes.guess_type(file.name)[0]
    # Starlette's own response knows of ETags, conditions on ranges, and ranges.
    response = FileResponse(file, media_type=kind or "application/octet-stream")
    response.headers["Cache-Control"] = "no-cache"
    etag = _etag(file)
    response.headers["ETag"] = etag
    if etag in request.headers.get("if-none-match", ""):
        return Response(status_code=304, headers={"ETag": etag})
    return response


def _file(output: Path, path: str) -> Path | None:
    """The file or folder for a path, if it is in the output folder and not one of Broadsheet's."""
    parts = [part for part in path.split("/") if part]
    if any(part.startswith(".broadsheet") or "\0" in part for part in parts):
        return None
    try:
        file = output.joinpath(*parts).resolve()
        inside = file.is_relative_to(output.resolve()) and file.exists()
    except OSError:
        return None
    return file if inside else None


def _etag(file: Path) -> str:
    stat = file.stat()
    return f'"{stat.st_mtime_ns:x}-{stat.st_size:x}"'


def _html(file: Path, request: Request, status: int = 200) -> Response:
    """A page with the script that keeps it fresh; the file itself has none."""
    data = file.read_bytes()
    end = data.rfind(b"</body>")
    data = data[:end] + _SCRIPT + data[end:] if end >= 0 else data + _SCRIPT
    etag = f'"{fingerprint_bytes(data)}"'
    headers = {"ETag": etag, "Cache-Control": "no-cache"}
    if status == 200 and etag in request.headers.get("if-none-match", ""):
        return Response(status_code=304, headers=headers)
    return HTMLResponse(data, status, headers)


def _missing(output: Path, request: Request) -> Response:
    page = output / "404.html"
    if page.is_file():
        return _html(page, request, 404)
    return HTMLResponse(_EMPTY, 404)


def listen(host: str, port: int) -> socket.socket:
    """A listening socket at the port, or at the next one that is free. Raises OSError."""
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    last: OSError | None = None
    for each in range(port, min(port + _PORTS, 65536)):
        made = socket.socket(family, socket.SOCK_STREAM)
        made.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            made.bind((host, each))
            made.listen(128)
        except OSError as why:
            made.close()
            last = why
        else:
            return made
    raise last or OSError(f"no port from {port} on")
