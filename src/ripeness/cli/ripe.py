"""`ripeness ripe`: is it ripe, for whom, who blocks, and what would open the zone of agreement."""

from __future__ import annotations

from typing import Annotated

import typer

from ripeness.cli import asking


def ripe(
    case: asking.CaseArgument,
    coding: asking.CodingFlag = None,
    reading: asking.ReadingFlag = "factional",
    draws: asking.DrawsFlag = 20_000,
    seed: asking.SeedFlag = 1,
    horizon: asking.HorizonFlag = None,
    at: Annotated[str, typer.Option("--at", help="Months of the tables, such as 3,6,18, beside the start.")] = "",
    theta: Annotated[float, typer.Option("--theta", help="Share of the stake too small to fight on for.")] = 0.05,
    set_: asking.SetFlag = None,
    given: asking.GivenFlag = "",
    as_of: asking.AsOfFlag = "",
    observe: asking.ObserveFlag = None,
    as_json: asking.JsonFlag = False,
    out: asking.OutFlag = None,
    plot: asking.PlotFlag = None,
) -> None:
    """Ask whether it is ripe, for whom, who blocks, which guarantee would help, and what breaks the peace later.

    ripeness ripe ukraine-2023-03 --coding essay
    """
    from ripeness.cli.settings import changes_of, months_of
    from ripeness.workbench.ripe import ripe as work

    changes, months = changes_of(set_ or []), months_of(at)
    told = asking.known(given, as_of, observe)
    asking.answer(
        lambda progress: work(
            case,
            coding=coding,
            reading=reading,
            draws=draws,
            seed=seed,
            horizon=horizon,
            changes=changes,
            theta=theta,
            months=months,
            progress=progress,
            **told,
        ),
        as_json=as_json,
        out=out,
        plot=plot,
    )
