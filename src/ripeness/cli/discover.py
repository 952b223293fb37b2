"""`ripeness discover`: under which conditions an outcome happens, in plain words."""

from __future__ import annotations

from typing import Annotated

import typer

from ripeness.cli import aiming, asking


def discover(
    case: asking.CaseArgument,
    outcome: aiming.OutcomeFlag = "settlement",
    month: aiming.MonthFlag = None,
    density: Annotated[
        float | None,
        typer.Option("--density", help="The widest conditions under which it happens at least this often, 0 to 1."),
    ] = None,
    coding: asking.CodingFlag = None,
    reading: asking.ReadingFlag = "factional",
    draws: asking.DrawsFlag = 20_000,
    seed: asking.SeedFlag = 1,
    horizon: asking.HorizonFlag = None,
    set_: asking.SetFlag = None,
    given: asking.GivenFlag = "",
    as_of: asking.AsOfFlag = "",
    observe: asking.ObserveFlag = None,
    as_json: asking.JsonFlag = False,
    out: asking.OutFlag = None,
    plot: asking.PlotFlag = None,
) -> None:
    """Under which conditions an outcome happens: ranges of a few numbers, how often it happens there, what it misses.

    ripeness discover ukraine-2023-03 --outcome frozen
    """
    from ripeness.cli.settings import changes_of
    from ripeness.workbench.discover import discover as work

    changes, evidence = changes_of(set_ or []), asking.known(given, as_of, observe)
    asking.answer(
        lambda progress: work(
            case,
            outcome=outcome,
            month=month,
            coding=coding,
            reading=reading,
            draws=draws,
            seed=seed,
            horizon=horizon,
            changes=changes,
            density=density,
            progress=progress,
            **evidence,
        ),
        as_json=as_json,
        out=out,
        plot=plot,
    )
