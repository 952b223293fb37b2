"""The server: one application that holds the pages and the JSON interface, behind one guard."""

from __future__ import annotations

import asyncio
import os
import sys
import webbrowser
from pathlib import Path
from typing import Any

from ripeness.web.access import Access, access
from ripeness.world.fault import Fault

STATIC = Path(__file__).parent / "static"
TITLE = "ripeness"
SOON = 1.5  # seconds after the start
KEEP_PAGE = 20.0  # seconds that a page waits for its server to come back, before it loads anew


def application(folder: Path, door: Access, ledger: str | Path | None = None) -> Any:
    """The whole workbench as one ASGI application.

    Raises: Fault where the workspace cannot be made.
    """
    os.environ.setdefault("NICEGUI_STORAGE_PATH", str(folder / ".pages"))
    from fastapi import FastAPI
    from fastapi.staticfiles import StaticFiles
    from nicegui import app as pages
    from nicegui import ui

    from ripeness.web.api.interface import interface
    from ripeness.web.chart_library import chart_library_route
    from ripeness.web.errors import internal, refused
    from ripeness.web.guard import Guard
    from ripeness.web.jobs import JobQueue
    from ripeness.web.login import login
    from ripeness.web.pages import register
    from ripeness.web.services import Services
    from ripeness.web.workspace import Workspace

    try:
        services = Services(Workspace(folder), JobQueue(), ledger)
    except OSError as error:
        raise Fault(f"--workspace: '{folder}' cannot be used: {error.strerror or error}") from None
    pages.config.quasar_config["loadingBar"]["skipHijack"] = True  # pages say themselves what is on its way
    app: FastAPI = interface(services)
    app.mount("/static", StaticFiles(directory=STATIC))
    app.include_router(login(door))
    app.include_router(chart_library_route())
    register(services)
    pages.add_exception_handler(404, refused)
    pages.add_exception_handler(Exception, internal)
    pages.on_shutdown(services.jobs.close)
    pages.on_shutdown(services.workers.close)
    pages.on_startup(_warm)
    ui.run_with(
        app,
        title=TITLE,
        dark=None,
        tailwind=False,
        show_welcome_message=False,
        reconnect_timeout=KEEP_PAGE,
        gzip_middleware_factory=None,
        favicon=STATIC / "favicon.svg",
        language="en-US",
    )
    return Guard(app, door)


def serve(
    *,
    host: str = "127.0.0.1",
    port: int = 8321,
    token: str = "",
    workspace: Path = Path("ripeness-workspace"),
    ledger: str | Path | None = None,
    browse: bool = True,
) -> None:
    """Serve the workbench until it is stopped.

    Raises: Fault for a port that is taken, a token that could be guessed, or a workspace that cannot be made.
    """
    import uvicorn

    door = access(host, port, token)
    guarded = application(Path(workspace), door, ledger)
    name = f"[{host}]" if ":" in host else host
    address = f"http://{name}:{port}/"
    config = uvicorn.Config(
        guarded,
        host=host,
        port=port,
        log_level="warning",
        server_header=False,
        date_header=False,
        proxy_headers=False,
        ws_max_size=8 * 2**20,
        timeout_graceful_shutdown=1,
    )
    server = uvicorn.Server(config)
    _free(host, port)
    asyncio.run(_until_stopped(server, door, address, browse=browse))


async def _until_stopped(server: Any, door: Access, address: str, *, browse: bool) -> None:
    serving = asyncio.ensure_future(server.serve())
    while not server.started and not serving.done():  # noqa: ASYNC110  (the server has no event for it)
        await asyncio.sleep(0.01)
    if server.started:
        print(f"the workbench is at {address} (stop it with Ctrl-C)", file=sys.stderr, flush=True)  # noqa: T201
        if door.token:
            print(f"token: {door.token}", file=sys.stderr, flush=True)  # noqa: T201
        if browse:
            webbrowser.open(address)
    await serving


async def _warm() -> None:
    """Load what the first answer will need, once the first page is on its way."""
    await asyncio.sleep(SOON)
    await asyncio.get_running_loop().run_in_executor(None, _load)


def _load() -> None:
    from ripeness.web.chart_library import chart_library
    from ripeness.web.workers import WORKERS

    WORKERS.warm()
    chart_library()


def _free(host: str, port: int) -> None:
    import socket

    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    try:
        with socket.socket(family) as probe:
            probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            probe.bind((host, port))
    except OSError as error:
        raise Fault(f"cannot listen at {host}, port {port}: {error.strerror or error}; try another --port") from None
