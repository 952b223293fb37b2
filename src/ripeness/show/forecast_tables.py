"""Forecast tables: outcomes by month, duration, aims and costs, the two uncertainties always told apart."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from math import isnan
from typing import Any

from ripeness.show.ally_tables import ally_tables
from ripeness.show.ceasefire_tables import ceasefire_tables
from ripeness.show.cell import StyledText, TableCell, TableRow, bold, dim, number_cell, numbers, row, styled
from ripeness.show.coded_end_tables import ends_table
from ripeness.show.coding_differences import coding_differences
from ripeness.show.forecast_sheet import ForecastSheet
from ripeness.show.number_cells import ENDS_NOTE, error_text, percent_cell, range_cell, real, rough_cell, with_error
from ripeness.show.table import Layout, Table, layout, numeric_table
from ripeness.show.terminal import as_text as plain_text
from ripeness.show.words import at, bare_percent, day, months, outcome, percent, percent_range, span
from ripeness.study.aims_and_costs import COSTS, RunDistribution
from ripeness.study.forecast import IssueDecision, WarDuration
from ripeness.study.probabilities import OutcomeProbability
from ripeness.study.who_decides.evidence import observed_until

WIDTH = 88  # columns of a table as text
BELOW = "; below, 5-95 % spread over inputs"
COST_UNITS = {"thousand persons": "thousands", "billion dollars": "billion dollars"}


def tables(sheet: ForecastSheet) -> Layout:
    """The sentence, every table of a forecast, and the honest note."""
    return layout(
        heading(sheet),
        bold(sheet.sentence),
        outcomes(sheet),
        ends_table(sheet.ends, sheet.names),
        *course(sheet),
        *issues_beside_the_war(sheet),
        aims(sheet),
        costs(sheet),
        dim(sheet.note),
    )


def tables_as_text(layout: object, width: int = WIDTH) -> str:
    """A table or a layout as plain text."""
    return plain_text(layout, width)  # type: ignore[arg-type]


def heading(sheet: ForecastSheet) -> StyledText:
    """What was run."""
    settings = sheet.about
    return styled(
        (sheet.title, "bold"),
        f"\ncoding {settings['coding']}, reading {settings['reading']}, from {day(sheet.start)}\n"
        f"{settings['draws']:,} draws, seed {settings['seed']}, scenario {settings['scenario_hash'][:12]}",
        (_conditions(settings), "dim"),
    )


def short_heading(title: str, settings: Mapping[str, Any], start: date) -> StyledText:
    """What was run, on two lines, and a line more for each condition."""
    version = f"coding {settings['coding']}, reading {settings['reading']}, from {day(start)}"
    drawn = f"{settings['draws']:,} draws, seed {settings['seed']}{_conditions(settings)}"
    return styled((title, "bold"), (f"\n{version}; {drawn}", "dim"))


def _conditions(settings: Mapping[str, Any]) -> str:
    """What was set and on which evidence it is conditioned, a line each."""
    changed = "".join(f"\nset {path} = {value}" for path, value in settings.get("set", {}).items())
    if not (evidence := settings.get("given")):
        return changed
    return f"\ngiven {observed_until(evidence['items'], evidence.get('newest', ''), evidence['as_of'])}{changed}"


def outcomes(sheet: ForecastSheet) -> Table:
    """How the war stands at some months: in each cell the probability with Monte Carlo error, below it the spread."""
    forecast = sheet.forecast
    rows = []
    for chances in _by_kind(forecast.merged):
        first = chances[0]
        rows.append(row(outcome(first.outcome, first.polity, sheet.names), *map(_chance_cell, chances)))
        ways = [
            chance
            for chance in forecast.outcomes
            if chance.how and (chance.outcome, chance.polity) == (first.outcome, first.polity)
        ]
        for same_way in _by_kind(ways):
            if any(chance.p > 0 for chance in same_way):
                cells = (percent_cell(chance.p, emphasis="dim") for chance in same_way)
                rows.append(row(dim(f"by {same_way[0].how}"), *cells, level=1))
    return numeric_table(
        f"{'The model alone. ' if sheet.blended else ''}How the war stands after",
        [numbers(f"{at(month)} months", "% of runs") for month in forecast.months],
        rows,
        notes=(
            dim("Upper line: percent of runs, ± Monte Carlo error (90 %); it shrinks with more simulations."),
            dim("Lower line: 5-95 % spread over uncertain inputs, luck averaged out; it stays."),
        ),
    )


def course(sheet: ForecastSheet) -> list[Table]:
    """When the war ends, and what becomes of ceasefires and armed allies until then."""
    forecast = sheet.forecast
    return [how_long(sheet), *ceasefire_tables(forecast.ceasefires), *ally_tables(forecast.allies, sheet.names)]


def how_long(sheet: ForecastSheet) -> Table:
    """When the war ends, on what terms, whether the peace holds, and whether leaders fall."""
    forecast = sheet.forecast
    horizon, duration = at(forecast.horizon), forecast.duration
    rows = [row("months to the end", *_duration_cells(duration, horizon))]
    if forecast.terms.share is not None:
        label = f"terms if settled: share of {sheet.names[forecast.terms.polity]}"
        rows.append(row(label, *_share_cells(forecast.terms.share)))
    peace = forecast.durability
    if peace.yearly_hazard is not None:
        rows.append(row("yearly hazard that a peace breaks", *_share_cells(peace.yearly_hazard)))
    if peace.broken is not None:
        rows.append(
            row(f"peaces broken by month {horizon}", _event_cell(peace.broken, peace.broken_low, peace.broken_high))
        )
    for leader in forecast.leaders:
        label = f"leader falls before the end, {sheet.names[leader.polity]}"
        rows.append(row(label, _event_cell(leader.p, leader.mc_low, leader.mc_high)))
    return numeric_table(
        "When, on what terms, and for how long",
        ["median", "90 % of runs"],
        rows,
        notes=(dim("90 % of runs: one run in twenty lies below it, one in twenty above. ±: as above."),),
    )


def issues_beside_the_war(sheet: ForecastSheet) -> list[Table]:
    """What is decided on issues without a role in the war, where there are any."""
    rows = [_issue_row(sheet, decision) for decision in sheet.forecast.decided]
    title = "Decided beside the war, 0 to 100 from one end to the other"
    return [numeric_table(title, ["at the start", "at the end"], rows)] if rows else []


def _issue_row(sheet: ForecastSheet, decision: IssueDecision) -> TableRow:
    issue, low, high = sheet.issues[f"{decision.polity}/{decision.issue}"]
    label = styled(f"{sheet.names[decision.polity]}, {issue}", (f"\n0: {low}\n100: {high}", "dim"))
    return row(label, *map(_position_cell, (decision.start, decision.end)))


def _position_cell(interval: RunDistribution) -> TableCell:
    low, median, high = (100 * value for value in (interval.low, interval.median, interval.high))
    return number_cell(styled(f"{median:.0f}", (f"\n{low:.0f} to {high:.0f}", "dim")), median, low=low, high=high)


def aims(sheet: ForecastSheet) -> Table:
    """The first ledger."""
    forecast = sheet.forecast
    rows = []
    for aim in forecast.aims:
        rows.append(row(f"aim of {sheet.names[aim.polity]}", *_share_cells(aim.interval), percent_cell(aim.full)))
        for worth in forecast.worth:
            if worth.polity == aim.polity:
                name = sheet.faction_names[f"{worth.polity}/{worth.faction}"]
                rows.append(row(dim(name), *_stake_cells(worth.interval), level=1))
    return numeric_table(
        "Ledger 1: political aims met, worth to each faction",
        ["median", "90 % of runs", "in full"],
        rows,
        notes=(
            dim("In full: runs where the aim is met wholly. Worth to a faction, less its costs:"),
            dim("1 is the whole stake at no cost, 0 nothing at no cost; below 0, worse than that."),
        ),
    )


def costs(sheet: ForecastSheet) -> Table:
    """The second ledger."""
    forecast = sheet.forecast
    rows = []
    for key, (words, unit) in COSTS.items():
        label = styled((f"{words}, {COST_UNITS[unit]}", "bold" if key == "lives" else ""))
        rows.append(row(label, *(_cost_cell(cost.interval) for cost in forecast.costs if cost.cost == key)))
    title = "Ledger 2: human cost from the start on, median and 90 % of runs"
    polities = list(dict.fromkeys(cost.polity for cost in forecast.costs if cost.polity is not None))
    columns = [*(sheet.names[key] for key in polities), "both" if len(polities) == len(forecast.polities) else "all"]
    return numeric_table(title, columns, rows)


def side_by_side(sheets: Sequence[ForecastSheet], *, full: bool = True, widest: bool = True) -> Layout:
    """Several codings or readings of one case, by the day of their answer.

    `full`: the model alone at its end, too; `widest`: also say on what they lie furthest apart.
    """
    labels = [_label(sheet, sheets) for sheet in sheets]
    answers = {label: sheet.answer for label, sheet in zip(labels, sheets, strict=True)}
    blended = {sheet.blended for sheet in sheets}
    basis = ", blend of model and past conflicts" if True in blended else ", the model alone"
    partly = " where there is one" if len(blended) > 1 else ""
    table = numeric_table(
        f"Side by side, by {day(sheets[0].by)}{basis}{partly}",
        labels,
        _rows_across(sheets, list(answers.values()), spread=full),
        notes=(
            dim(f"Percent, ± Monte Carlo error (90 %), {ENDS_NOTE}{BELOW if full and blended != {True} else ''}."),
            dim("Codings differ in judgement, not luck: between them lies a third uncertainty."),
        ),
    )
    sentence = styled(coding_differences(answers, sheets[0].names, widest=widest))
    return layout(sentence, table, _models_across(sheets, labels)) if full else layout(sentence, table)


def _models_across(sheets: Sequence[ForecastSheet], labels: Sequence[str]) -> Table:
    """What the models alone say at the last month they share, with the spread over the inputs."""
    last = min(sheet.forecast.months[-1] for sheet in sheets)
    chances = [[chance for chance in sheet.forecast.merged if chance.month == last] for sheet in sheets]
    rows = _rows_across(sheets, chances, spread=True)
    rows.append(row("months to the end", *(_months_cell(sheet.forecast.duration, at(last)) for sheet in sheets)))
    rows.append(row("all deaths, thousands", *(_cost_cell(sheet.forecast.lives()) for sheet in sheets)))
    return numeric_table(
        f"The model alone, after {at(last)} months",
        labels,
        rows,
        notes=(dim(f"Percent of runs, ± Monte Carlo error (90 %){BELOW}."),),
    )


def _rows_across(
    sheets: Sequence[ForecastSheet], chances: Sequence[Sequence[OutcomeProbability]], *, spread: bool
) -> list[TableRow]:
    """A row an outcome, a cell a sheet."""
    return [
        row(
            outcome(across[0].outcome, across[0].polity, sheets[0].names),
            *(_chance_cell(chance, spread=spread) for chance in across),
        )
        for across in zip(*chances, strict=True)
    ]


def _label(sheet: ForecastSheet, sheets: Sequence[ForecastSheet]) -> str:
    coding, reading = str(sheet.about["coding"]), str(sheet.about["reading"])
    return reading if len({some_sheet.about["coding"] for some_sheet in sheets}) == 1 else coding


def _by_kind(rows: Sequence[OutcomeProbability]) -> list[list[OutcomeProbability]]:
    """Rows of one kind of outcome, month after month."""
    kinds: dict[tuple[str, str | None, str | None], list[OutcomeProbability]] = {}
    for chance in rows:
        kinds.setdefault((chance.outcome, chance.polity, chance.how), []).append(chance)
    return list(kinds.values())


def _chance_cell(chance: OutcomeProbability, *, spread: bool = True) -> TableCell:
    """A probability with its Monte Carlo error, and below it the spread over the inputs, where there is one."""
    below = f"\n{percent_range(chance.p_low, chance.p_high)}" if spread and not isnan(chance.p_low) else ""
    ends = {"low": chance.p_low, "high": chance.p_high, "error low": chance.mc_low, "error high": chance.mc_high}
    upper = "-" if isnan(chance.p) else with_error(chance.p, chance.mc_low, chance.mc_high)
    return number_cell(
        styled(upper, (below, "dim")),
        real(100 * chance.p),
        **{name: real(100 * end) for name, end in ends.items()},
    )


def _duration_cells(duration: WarDuration, horizon: str) -> tuple[TableCell, TableCell]:
    median = number_cell(months(duration.median, horizon), duration.median, "months")
    ends = range_cell(span(duration.low, duration.high, horizon), duration.low, duration.high, unit="months")
    return median, ends


def _months_cell(duration: WarDuration, horizon: str) -> TableCell:
    text = styled(months(duration.median, horizon), (f"\n{span(duration.low, duration.high, horizon)}", "dim"))
    return number_cell(text, duration.median, low=duration.low, high=duration.high)


def _event_cell(p: float, low: float | None, high: float | None) -> TableCell:
    """How often something happens, with its Monte Carlo error."""
    ends = {"error low": low, "error high": high}
    return number_cell(
        f"{percent(p)} ±{error_text(low, high)}",
        100 * p,
        "%",
        **{name: None if end is None else 100 * end for name, end in ends.items()},
    )


def _share_cells(interval: RunDistribution) -> tuple[TableCell, TableCell]:
    text = f"{bare_percent(interval.low)} to {bare_percent(interval.high)} %"
    ends = range_cell(text, 100 * interval.low, 100 * interval.high, unit="%")
    return percent_cell(interval.median), ends


def _stake_cells(interval: RunDistribution) -> tuple[TableCell, TableCell]:
    ends = dim(f"{interval.low:.2f} to {interval.high:.2f}")
    return (
        number_cell(dim(f"{interval.median:.2f}"), interval.median, "stakes"),
        TableCell(ends, (("low", interval.low), ("high", interval.high)), "stakes"),
    )


def _cost_cell(interval: RunDistribution) -> TableCell:
    return rough_cell(interval.low, interval.median, interval.high)
