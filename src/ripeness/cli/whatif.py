"""`ripeness whatif`: change numbers or cut causal links, and compare with the war as stated."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

import typer

from ripeness.cli import asking
from ripeness.cli.output import say

if TYPE_CHECKING:
    from ripeness.study.whatif import WhatIfChange

LISTS = ("links", "numbers")


def whatif(
    case: asking.CaseArgument,
    set_: asking.SetFlag = None,
    cut: Annotated[
        list[str] | None, typer.Option("--cut", help="A causal link that shall carry nothing; repeatable.")
    ] = None,
    arm: Annotated[
        list[str] | None, typer.Option("--arm", help="A further arm, 'NAME: path=value; cut=link'; repeatable.")
    ] = None,
    list_: Annotated[str, typer.Option("--list", help="links or numbers: show what can be cut or set, and stop.")] = "",
    coding: asking.CodingFlag = None,
    reading: asking.ReadingFlag = "factional",
    draws: asking.DrawsFlag = 20_000,
    seed: asking.SeedFlag = 1,
    horizon: asking.HorizonFlag = None,
    given: asking.GivenFlag = "",
    as_of: asking.AsOfFlag = "",
    observe: asking.ObserveFlag = None,
    as_json: asking.JsonFlag = False,
    out: asking.OutFlag = None,
    plot: asking.PlotFlag = None,
) -> None:
    """Compare the war with itself under other numbers, or with causal links cut, on the same draws.

    ripeness whatif ukraine-2023-03 --set talks.mediation=2 --arm "no aid: cut=aid->munitions"
    """
    from ripeness.cli.settings import changes_of
    from ripeness.workbench.whatif import whatif as work

    if list_:
        _list(list_, case, coding)
        return
    changes, arms = changes_of(set_ or []), [_arm(one) for one in arm or []]
    told = asking.known(given, as_of, observe)
    asking.answer(
        lambda progress: work(
            case,
            changes,
            cuts=cut or [],
            arms=arms,
            coding=coding,
            reading=reading,
            draws=draws,
            seed=seed,
            horizon=horizon,
            progress=progress,
            **told,
        ),
        as_json=as_json,
        out=out,
        plot=plot,
    )


def _arm(text: str) -> WhatIfChange:
    """Read `NAME: path=value; cut=link`."""
    from ripeness.cli.settings import changes_of
    from ripeness.study.whatif import WhatIfChange
    from ripeness.world.fault import Fault

    name, colon, rest = text.partition(":")
    parts = [part.strip() for part in rest.split(";") if part.strip()]
    if not colon or not name.strip() or not parts:
        raise Fault(f"--arm: '{text[:80]}' is not 'NAME: path=value; cut=link'")
    cutting = [part for part in parts if part.partition("=")[0].strip() == "cut"]
    changes = changes_of([part for part in parts if part not in cutting], "--arm")
    return WhatIfChange(name.strip(), changes, tuple(part.partition("=")[2].strip() for part in cutting))


def _list(what: str, case: str, coding: str | None) -> None:
    from ripeness.show.words import number
    from ripeness.workbench.whatif import links, numbers
    from ripeness.world.fault import Fault

    if what == "links":
        say("\n".join(links()))
    elif what == "numbers":
        for path, (low, middle, high, unit) in numbers(case, coding).items():
            spread = f" ({number(low)} to {number(high)})" if low < high else ""
            say(f"{path} = {number(middle)}{spread} {unit}")
    else:
        raise Fault(f"--list: '{what[:40]}' is none of {', '.join(LISTS)}")
