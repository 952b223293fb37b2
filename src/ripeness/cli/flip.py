"""`ripeness flip`: the smallest plausible changes that make another outcome the most likely one."""

from __future__ import annotations

from typing import Annotated

import typer

from ripeness.cli import aiming, asking


def flip(
    case: asking.CaseArgument,
    outcome: aiming.OutcomeFlag = "settlement",
    month: Annotated[float | None, typer.Option("--month", help="By which month. Default: the horizon.")] = None,
    answers: Annotated[int, typer.Option("--answers", help="How many distinct answers to look for.")] = 3,
    without: Annotated[
        list[str] | None,
        typer.Option("--without", help="Beginning of paths that are left alone, such as laws.; repeatable."),
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
    """The smallest plausible change of one, two or three assumptions that makes an outcome the most likely one.

    ripeness flip ukraine-2023-03 --outcome settlement
    """
    from ripeness.cli.settings import changes_of
    from ripeness.workbench.flip import flip as work

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
            answers=answers,
            without=without or (),
            progress=progress,
            **evidence,
        ),
        as_json=as_json,
        out=out,
        plot=plot,
    )
