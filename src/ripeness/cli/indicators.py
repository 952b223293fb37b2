"""`ripeness indicators`: what to watch, what each value would mean, and when to look."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from ripeness.cli import aiming, asking

if TYPE_CHECKING:
    from ripeness.workbench.aimed import Progress
    from ripeness.workbench.indicators import Watchlist


def indicators(
    case: asking.CaseArgument,
    outcome: aiming.OutcomeFlag = "settlement",
    month: aiming.MonthFlag = None,
    ics: Annotated[Path | None, typer.Option("--ics", help="Write the dates to this calendar file.")] = None,
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
    """What to watch, ranked by what it would tell about the end; what each value would mean, and when it would show.

    ripeness indicators ukraine-2023-03 --ics dates.ics
    """
    from ripeness.cli.settings import changes_of
    from ripeness.store.write_target import require_writable_file
    from ripeness.workbench.indicators import indicators as work
    from ripeness.workbench.indicators import write_calendar

    if ics is not None:
        require_writable_file(ics)
    changes, evidence = changes_of(set_ or []), asking.known(given, as_of, observe)

    def told(progress: Progress) -> Watchlist:
        found = work(
            case,
            outcome=outcome,
            month=month,
            coding=coding,
            reading=reading,
            draws=draws,
            seed=seed,
            horizon=horizon,
            changes=changes,
            progress=progress,
            **evidence,
        )
        if ics is not None:
            write_calendar(found, ics)
        return found

    asking.answer(told, as_json=as_json, out=out, plot=plot)
