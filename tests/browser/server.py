"""Serves a built site on the loopback as a good host does: compressed, with lifetimes, with its 404."""

from __future__ import annotations

import socket
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import uvicorn
from starlette.applications import Starlette
from starlette.middleware import Middleware
from starlette.middleware.gzip import GZipMiddleware
from starlette.responses import Response
from starlette.routing import Mount
from starlette.staticfiles import StaticFiles
from starlette.types import Scope


class _Files(StaticFiles):
    """Files of which those with a hash in their names are never asked for again."""

    async def get_response(self, path: str, scope: Scope) -> Response:
        response = await super().get_response(path, scope)
        lasting = path.startswith(("assets/", "images/", "cards/"))
        response.headers["cache-control"] = f"max-age={31536000 if lasting else 600}"
        return response


@contextmanager
def serve(folder: Path) -> Iterator[str]:
    """Serves the folder, on a free port, for as long as the block runs; gives its address."""
    files = Mount("/", _Files(directory=folder, html=True))
    app = Starlette(routes=[files], middleware=[Middleware(GZipMiddleware)])
    server = uvicorn.Server(uvicorn.Config(app, log_config=None, lifespan="off"))
    with socket.create_server(("127.0.0.1", 0)) as listening:
        port = listening.getsockname()[1]
        thread = threading.Thread(target=server.run, kwargs={"sockets": [listening]})
        thread.start()
        try:
            yield f"http://127.0.0.1:{port}"
        finally:
            server.should_exit = True
            thread.join()
