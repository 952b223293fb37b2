"""What-ifs: every arm compared with the war as stated, differences with their error."""

from __future__ import annotations

from ripeness.show.brief import brief_layout, with_note
from ripeness.show.cell import TableCell, bold, dim, number_cell, row, styled
from ripeness.show.number_cells import difference_cell, points_cell, share_cell
from ripeness.show.table import Layout, Table, layout, numeric_table
from ripeness.show.words import month_or_day, number, outcome
from ripeness.study.arms import MeasureComparison
from ripeness.study.whatif import WhatIf

AS_SHARES = "share"


def tables(whatif: WhatIf) -> Layout:
    """Everything, the answer first."""
    return layout(bold(sentence(whatif)), changed(whatif), outcomes(whatif), measures(whatif))


def brief(whatif: WhatIf) -> Layout:
    """The answer, and the outcomes under each arm."""
    note = "First column: percent of the simulations. Others: points more, ± 90 % error of the paired difference."
    return brief_layout(sentence(whatif), *changed(whatif), with_note(outcomes(whatif), note))


def sentence(whatif: WhatIf) -> str:
    """What the arms change most, in one sentence."""
    effects = []
    for arm in whatif.arms[1:]:
        top = max(arm.outcomes, key=lambda chance: abs(chance.more.mean))
        if top.more.mean == 0 and all(measure.more.mean == 0 for measure in arm.measures):
            effects.append(f"'{arm.name}' changes nothing")
            continue
        if top.more.mean == 0:
            effects.append(f"'{arm.name}' changes the probability of no outcome")
            continue
        name = outcome(top.outcome, top.polity, whatif.names)
        unsure = "" if top.more.low > 0 or top.more.high < 0 else ", within its error"
        direction = "more" if top.more.mean >= 0 else "less"
        points = abs(100 * top.more.mean)
        effects.append(f"'{arm.name}' makes {name} {points:.1f} points {direction} likely{unsure}")
    return f"By {month_or_day(whatif.horizon, whatif.day)} {'; '.join(effects)}."


def changed(whatif: WhatIf) -> Layout:
    """What each arm changes, and where that ends wars of which it is known that they last."""
    early = (
        dim(
            f"{100 * arm.early:.0f} % of the simulations of '{arm.name}' end before {whatif.day}, the day of the "
            "forecast: what is changed holds from the start of the scenario."
        )
        for arm in whatif.arms[1:]
        if arm.early
    )
    return layout(*(styled(f"{arm.name}: {arm.words}") for arm in whatif.arms[1:]), *early)


def outcomes(whatif: WhatIf) -> Table:
    """Outcomes at the horizon."""
    rows = []
    never = []
    for n, chance in enumerate(whatif.arms[0].outcomes):
        name = outcome(chance.outcome, chance.polity, whatif.names)
        across = [arm.outcomes[n] for arm in whatif.arms]
        if all(in_arm.share.p == 0 for in_arm in across):
            never.append(name)
        else:
            rows.append(row(name, share_cell(chance.share), *(points_cell(in_arm.more) for in_arm in across[1:])))
    notes = [
        dim(
            "First column: percent of the simulations. Others: how many percentage points more, ± 90 % error of "
            "the paired difference (same inputs, same luck; clustered by input point). 0 is exactly zero."
        )
    ]
    if never:
        notes.append(
            dim(
                f"In no simulation of any arm: {', '.join(never)}. More simulations, or looking further ahead, "
                "may show it."
            )
        )
    return numeric_table(
        f"Outcomes by {month_or_day(whatif.horizon, whatif.day)}", _headings(whatif), rows, notes=notes
    )


def measures(whatif: WhatIf) -> Table:
    """How long, on what terms, at what price."""
    rows = []
    for n, measure in enumerate(whatif.arms[0].measures):
        cell = points_cell if measure.unit == AS_SHARES else difference_cell
        differences = (cell(arm.measures[n].more) for arm in whatif.arms[1:])
        rows.append(row(_measure(measure, whatif), _mean_cell(measure), *differences))
    return numeric_table("Means over the runs", _headings(whatif), rows)


def _mean_cell(measure: MeasureComparison) -> TableCell:
    mean = measure.mean.mean
    if measure.unit == AS_SHARES:
        return number_cell(f"{100 * mean:.0f} %", 100 * mean, "%")
    return number_cell(number(mean), mean, measure.unit)


def _measure(measure: MeasureComparison, whatif: WhatIf) -> str:
    unit = ""
    if measure.unit not in {AS_SHARES, "months"}:
        unit = f", {measure.unit.replace('thousand persons', 'thousands')}"
    return f"{measure.measure}{unit}" + (f", {whatif.names[measure.polity]}" if measure.polity else "")


def _headings(whatif: WhatIf) -> list[str]:
    return [arm.name for arm in whatif.arms]
