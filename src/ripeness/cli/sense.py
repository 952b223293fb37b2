"""`ripeness sense`: which assumptions move the answer, and how much hangs on each source."""

from __future__ import annotations

from typing import Annotated

import typer

from ripeness.cli import aiming, asking


def sense(
    case: asking.CaseArgument,
    outcome: aiming.OutcomeFlag = "settlement",
    month: aiming.MonthFlag = None,
    sobol: Annotated[
        int,
        typer.Option(
            "--sobol",
            help="Also Sobol' indices, on a design of this size (a power of two, such as 128); 112 runs for each.",
        ),
    ] = 0,
    held: Annotated[
        int,
        typer.Option(
            "--held", help="Sources that stand out, at most so many, are also held at their medians; a run each."
        ),
    ] = 8,
    source: Annotated[
        list[str] | None, typer.Option("--source", help="A source that is shown and held in any case; repeatable.")
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
    """Which assumptions move the answer, how much hangs on each source, and how much is luck.

    ripeness sense ukraine-2023-03 --outcome settlement --month 24
    """
    from ripeness.cli.settings import changes_of
    from ripeness.workbench.sense import sense as work

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
            held=held,
            sources=source or (),
            sobol_base=sobol,
            progress=progress,
            **evidence,
        ),
        as_json=as_json,
        out=out,
        plot=plot,
    )
