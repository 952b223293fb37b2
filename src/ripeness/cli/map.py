"""`ripeness map`: the causal map that a scenario implies, measured by cutting its links."""

from __future__ import annotations

from typing import Annotated

import typer

from ripeness.cli import aiming, asking


def map(  # noqa: A001  (the verb is called so on the command line)
    case: asking.CaseArgument,
    outcome: aiming.OutcomeFlag = "settlement",
    month: aiming.MonthFlag = None,
    link: Annotated[
        list[str] | None, typer.Option("--link", help="Cut only this link; repeatable. Default: each in turn.")
    ] = None,
    coding: asking.CodingFlag = None,
    reading: asking.ReadingFlag = "factional",
    draws: Annotated[int, typer.Option("--draws", help="How many wars to fight for each link.")] = 4_000,
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
    """What drives what, which loops reinforce or balance, and how much each causal link carries.

    ripeness map ukraine-2023-03 --plot map.svg
    """
    from ripeness.cli.settings import changes_of
    from ripeness.workbench.map import map as work

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
            links=link or (),
            progress=progress,
            **evidence,
        ),
        as_json=as_json,
        out=out,
        plot=plot,
    )
