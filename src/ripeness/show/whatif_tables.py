"""What-ifs in a terminal: every arm beside the war as stated, differences with their error."""

from __future__ import annotations

from rich.console import Group, RenderableType
from rich.text import Text

from ripeness.show.lines import bare, difference_cell, points_cell, quiet, share_cell
from ripeness.show.words import number, outcome
from ripeness.study.arms import MeasureComparison, OutcomeComparison
from ripeness.study.whatif import WhatIf

AS_SHARES = "share"


def tables(told: WhatIf) -> RenderableType:
    """Everything, the answer last."""
    return Group(changed(told), outcomes(told), measures(told), Text(), Text(sentence(told), style="bold"))


def sentence(told: WhatIf) -> str:
    """What the arms change most, in one sentence."""
    said = []
    for arm in told.arms[1:]:
        top = max(arm.outcomes, key=lambda row: abs(row.more.mean))
        if top.more.mean == 0 and all(row.more.mean == 0 for row in arm.measures):
            said.append(f"'{arm.name}' changes nothing")
            continue
        name = outcome(top.outcome, top.polity, told.names)
        sure = "" if top.more.low > 0 or top.more.high < 0 else ", within its error"
        more = "more" if top.more.mean >= 0 else "less"
        said.append(f"'{arm.name}' makes {name} {abs(100 * top.more.mean):.1f} points {more} likely{sure}")
    return f"By month {told.horizon:g} {'; '.join(said)}."


def changed(told: WhatIf) -> Group:
    """What each arm changes."""
    return Group(*[Text(f"{arm.name}: {arm.words}") for arm in told.arms[1:]])


def outcomes(told: WhatIf) -> Group:
    """Outcomes at the horizon."""
    table = bare(f"Outcomes by month {told.horizon:g}", _columns(told))
    for n, row in enumerate(told.arms[0].outcomes):
        across: list[OutcomeComparison] = [arm.outcomes[n] for arm in told.arms]
        if all(one.share.p == 0 for one in across):
            continue
        name = Text(outcome(row.outcome, row.polity, told.names))
        table.add_row(name, share_cell(row.share), *[points_cell(one.more) for one in across[1:]])
    never = [
        outcome(r.outcome, r.polity, told.names)
        for n, r in enumerate(told.arms[0].outcomes)
        if all(arm.outcomes[n].share.p == 0 for arm in told.arms)
    ]
    lines: list[RenderableType] = [
        table,
        quiet(
            "First column: percent of the runs. Others: how many percentage points more, ± 90 % error of the paired "
            "difference (same inputs, same luck; clustered by input point). 0 is exactly zero."
        ),
    ]
    if never:
        lines.append(
            quiet(f"In no run of any arm: {', '.join(never)}. More draws, or a longer --horizon, may show it.")
        )
    return Group(*lines)


def measures(told: WhatIf) -> Group:
    """How long, on what terms, at what price."""
    table = bare("Means over the runs", _columns(told))
    for n, row in enumerate(told.arms[0].measures):
        cell = points_cell if row.unit == AS_SHARES else difference_cell
        first = f"{100 * row.mean.mean:.0f} %" if row.unit == AS_SHARES else number(row.mean.mean)
        table.add_row(Text(_measure(row, told)), first, *[cell(arm.measures[n].more) for arm in told.arms[1:]])
    return Group(table)


def _measure(row: MeasureComparison, told: WhatIf) -> str:
    unit = "" if row.unit in {AS_SHARES, "months"} else f", {row.unit.replace('thousand persons', 'thousands')}"
    return f"{row.measure}{unit}" + (f", {told.names[row.polity]}" if row.polity else "")


def _columns(told: WhatIf) -> list[str]:
    return [told.arms[0].name, *[arm.name for arm in told.arms[1:]]]
