"""`ripeness serve`: the workbench in the browser, on this machine alone unless told otherwise."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer


def serve(
    context: typer.Context,
    host: Annotated[
        str, typer.Option("--host", help="Where to listen. Away from this machine a token is required.")
    ] = "127.0.0.1",
    port: Annotated[int, typer.Option("--port", help="The port to listen at.")] = 8321,
    token: Annotated[
        str, typer.Option("--token", envvar="RIPENESS_TOKEN", help="The token to ask for. Default: one is made.")
    ] = "",
    workspace: Annotated[
        Path, typer.Option("--workspace", help="The folder for scenarios, drafts and answers.")
    ] = Path("ripeness-workspace"),
    ledger: Annotated[
        str | None, typer.Option("--ledger", "-l", help="The ledger of forecasts. Default: your own.")
    ] = None,
    no_open: Annotated[bool, typer.Option("--no-open", help="Do not open a browser.")] = False,
) -> None:
    """Serve the workbench in the browser.

    ripeness serve --port 8400 --workspace my-wars
    """
    from ripeness.world.extras import need_package

    for module in ("nicegui", "sqlalchemy"):
        need_package(module, "the workbench in the browser")
    from ripeness.web.server import serve as work

    if (add_pages := context.obj) is not None:
        add_pages()
    work(host=host, port=port, token=token, workspace=workspace, ledger=ledger, browse=not no_open)
