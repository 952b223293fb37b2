"""What questions about one outcome have in common on the command line: which outcome, and by which month."""

from __future__ import annotations

from typing import Annotated

import typer

OutcomeFlag = Annotated[
    str,
    typer.Option("--outcome", help="settlement, frozen, fighting, victory:POLITY or collapse:POLITY."),
]
MonthFlag = Annotated[
    float | None, typer.Option("--month", help="By which month. Default: 24, or the horizon where it is nearer.")
]
