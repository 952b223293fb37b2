"""`ripeness forecast pool`: base rate, model, blend and one's own view side by side, and their pools."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Annotated

import typer

from ripeness.cli.output import say_json
from ripeness.store.json_text import plain_value
from ripeness.world.dates import as_day


def pool(
    question: Annotated[str, typer.Argument(help="One question. Default: all that wait for their date.")] = "",
    member: Annotated[
        list[str] | None, typer.Option(help="Pool only this forecaster, or 'base rate'; repeatable. Default: all.")
    ] = None,
    topic: Annotated[str, typer.Option(help="Only questions on this topic.")] = "",
    as_of: Annotated[str, typer.Option(help="As on this day. Default: today.")] = "",
    ledger: Annotated[
        str | None,
        typer.Option("--ledger", "-l", help="SQLite file or postgresql://user@host/db. Default: your own ledger."),
    ] = None,
    as_json: Annotated[bool, typer.Option("--json", help="Print one JSON object.")] = False,
) -> None:
    """Put base rate, forecasts and their pools side by side, weighed by past scores, with skill over the base rate.

    ripeness forecast pool truce-2027
    """
    from ripeness.ledger.show.pool_tables import pool_layout
    from ripeness.ledger.verbs import forecast as workbench
    from ripeness.show.terminal import Terminal

    sheet = workbench.pool(
        question,
        as_of=as_day(as_of or None, "--as-of") or datetime.now(UTC).date(),
        topic=topic,
        members=tuple(member or ()),
        ledger=ledger,
    )
    if as_json:
        say_json(plain_value(sheet), indent=1)
    else:
        Terminal().print(pool_layout(sheet))
