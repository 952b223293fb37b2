"""`ripeness options`: what a polity could do from a date on, and what that would bring to whom."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Annotated

import typer

from ripeness.cli import asking


def options(
    case: asking.CaseArgument,
    polity: Annotated[str, typer.Option("--for", help="Whose options: the key of a belligerent or patron.")],
    since: Annotated[
        str,
        typer.Option(
            "--from", help="From which date on, such as 2023-09-01. Default: the start, or the end of the evidence."
        ),
    ] = "",
    option: Annotated[
        list[str] | None,
        typer.Option("--option", help="An option of your own, 'NAME: issue=value, offer<=.4'; repeatable."),
    ] = None,
    offer: Annotated[
        list[float] | None,
        typer.Option("--offer", help="Ask for no more than this own share of the stake, 0 to 1; repeatable."),
    ] = None,
    file: Annotated[
        Path | None, typer.Option("--options", help="A YAML file of options: NAME: issue=value, ...")
    ] = None,
    only: Annotated[str, typer.Option("--only", help="Only these of the built-in options, with commas.")] = "",
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
    """Compare what a polity could do: outcomes, worth to every faction, human cost, regret, best for whom.

    ripeness options ukraine-2023-03 --for ukraine --option "offer a third: offer=.67"
    """
    from ripeness.cli.settings import changes_of
    from ripeness.workbench import options as workbench
    from ripeness.world.fault import Fault

    own = [
        *(f"offer {share:g}: offer<={share:g}" for share in offer or []),
        *(workbench.read_options(file) if file is not None else ()),
        *(option or []),
    ]
    picked = [name.strip() for name in only.split(",") if name.strip()]
    if only and not picked:
        raise Fault(f"--only: '{only[:80]}' names no option; write names with commas, such as continue,freeze")
    changes, day = changes_of(set_ or []), _day(since)
    told = asking.known(given, as_of, observe)
    asking.answer(
        lambda progress: workbench.options(
            case,
            polity,
            since=day,
            own_options=own,
            only=picked,
            coding=coding,
            reading=reading,
            draws=draws,
            seed=seed,
            horizon=horizon,
            changes=changes,
            progress=progress,
            **told,
        ),
        as_json=as_json,
        out=out,
        plot=plot,
    )


def _day(text: str) -> date | None:
    from ripeness.world.fault import Fault

    if not text:
        return None
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise Fault(f"--from: '{text[:40]}' is not a date, such as 2023-09-01") from None
