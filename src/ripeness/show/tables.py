"""Tables: a forecast in a terminal of 80 to 100 columns, the two uncertainties always told apart."""

from __future__ import annotations

from collections.abc import Sequence
from math import isnan

from rich.console import Group, RenderableType
from rich.text import Text

from ripeness.show.differing import differing
from ripeness.show.fitted import Fitted
from ripeness.show.lines import bare, quiet
from ripeness.show.sheet import Sheet
from ripeness.show.terminal import as_text as plain_text
from ripeness.show.words import at, bare_percent, between, day, months, outcome, percent, rough, span
from ripeness.study.aims_and_costs import COSTS, RunDistribution
from ripeness.study.probabilities import OutcomeProbability
from ripeness.study.who_decides.evidence import observed_until

WIDTH = 88  # columns of a table as text
FINE = 0.1  # percentage points below which a Monte Carlo error is only said to be below it
COST_UNITS = {"thousand persons": "thousands", "billion dollars": "billion dollars"}


def tables(sheet: Sheet) -> RenderableType:
    """Every table of a forecast, then the sentence and the honest note."""
    return Group(
        heading(sheet),
        outcomes(sheet),
        how_long(sheet),
        *beside(sheet),
        aims(sheet),
        costs(sheet),
        Text(),
        Text(sheet.sentence, style="bold"),
        Text(sheet.note, style="dim"),
    )


def as_text(what: RenderableType, width: int = WIDTH) -> str:
    """A table as plain text."""
    return plain_text(what, width)


def heading(sheet: Sheet) -> Text:
    """What was run."""
    about = sheet.about
    changed = "".join(f"\nset {path} = {value}" for path, value in about.get("set", {}).items())
    known = about.get("given") or {}
    seen = f"\ngiven {observed_until(known['items'], known.get('newest', ''), known['as_of'])}" if known else ""
    return Text.assemble(
        (sheet.title, "bold"),
        f"\ncoding {about['coding']}, reading {about['reading']}, from {day(sheet.start)}\n"
        f"{about['draws']:,} draws, seed {about['seed']}, scenario {about['scenario_hash'][:12]}",
        (seen + changed, "dim"),
    )


def outcomes(sheet: Sheet) -> Group:
    """How the war stands at some months: in each cell the probability with Monte Carlo error, below it the spread."""
    told = sheet.forecast
    table = bare("How the war stands after", [f"{at(month)} months" for month in told.months])
    for group in _by_kind(told.merged):
        first = group[0]
        table.add_row(Text(outcome(first.outcome, first.polity, sheet.names)), *[_cell(one) for one in group])
        ways = [one for one in told.outcomes if one.how and (one.outcome, one.polity) == (first.outcome, first.polity)]
        for way in _by_kind(ways):
            if any(one.p > 0 for one in way):
                table.add_row(Text(f"  by {way[0].how}", style="dim"), *[_dim(percent(one.p)) for one in way])
    return Group(
        table,
        quiet("Upper line: percent of runs, ± Monte Carlo error (90 %); it shrinks with draws."),
        quiet("Lower line: 5-95 % spread over uncertain inputs, luck averaged out; it stays."),
    )


def how_long(sheet: Sheet) -> Group:
    """When the war ends, on what terms, whether the peace holds, and whether leaders fall."""
    told = sheet.forecast
    table = bare("When, on what terms, and for how long", ["median", "90 % of runs"])
    beyond, lasts = at(told.horizon), told.duration
    table.add_row("months to the end", months(lasts.median, beyond), span(lasts.low, lasts.high, beyond))
    if told.terms.share is not None:
        table.add_row(Text(f"terms if settled: share of {sheet.names[told.terms.polity]}"), *_shares(told.terms.share))
    peace = told.durability
    if peace.yearly_hazard is not None:
        table.add_row("yearly hazard that a peace breaks", *_shares(peace.yearly_hazard))
    if peace.broken is not None:
        broken = f"{percent(peace.broken)} ±{_error(peace.broken_low, peace.broken_high)}"
        table.add_row(f"peaces broken by month {beyond}", broken, "")
    for fallen in told.leaders:
        chance = f"{percent(fallen.p)} ±{_error(fallen.mc_low, fallen.mc_high)}"
        table.add_row(Text(f"leader falls before the end, {sheet.names[fallen.polity]}"), chance, "")
    return Group(table, quiet("90 % of runs: one run in twenty lies below it, one in twenty above. ±: as above."))


def beside(sheet: Sheet) -> list[RenderableType]:
    """What is decided on issues without a role in the war, where there are any."""
    found = sheet.forecast.decided
    if not found:
        return []
    table = bare("Decided beside the war, 0 to 100 from one end to the other", ["at the start", "at the end"])
    for one in found:
        name, low, high = sheet.issues[f"{one.polity}/{one.issue}"]
        label = Text(f"{sheet.names[one.polity]}, {name}").append(f"\n0: {low}\n100: {high}", style="dim")
        table.add_row(label, *[_hundredths(when) for when in (one.start, one.end)])
    return [table]


def _hundredths(one: RunDistribution) -> Text:
    low, median, high = (f"{100 * x:.0f}" for x in (one.low, one.median, one.high))
    return Text(median).append(f"\n{low} to {high}", style="dim")


def aims(sheet: Sheet) -> Group:
    """The first ledger."""
    told = sheet.forecast
    table = bare("Ledger 1: political aims met, worth to each faction", ["median", "90 % of runs", "in full"])
    for aim in told.aims:
        table.add_row(Text(f"aim of {sheet.names[aim.polity]}"), *_shares(aim.interval), percent(aim.full))
        for worth in (one for one in told.worth if one.polity == aim.polity):
            name = sheet.faction_names[f"{worth.polity}/{worth.faction}"]
            table.add_row(Text(f"  {name}", style="dim"), *_stakes(worth.interval), "")
    return Group(
        table,
        quiet("In full: runs where the aim is met wholly. Worth to a faction, less its costs:"),
        quiet("1 is the whole stake at no cost, 0 nothing at no cost; below 0, worse than that."),
    )


def costs(sheet: Sheet) -> Fitted:
    """The second ledger."""
    told = sheet.forecast
    table = bare("Ledger 2: human cost from the start on, median and 90 % of runs", [*told.names, "both"])
    for key, (words, unit) in COSTS.items():
        row = [one.interval for one in told.costs if one.cost == key]
        label = Text(f"{words}, {COST_UNITS[unit]}", style="bold" if key == "lives" else "")
        table.add_row(label, *[_cost(one) for one in row])
    return table


def side_by_side(sheets: Sequence[Sheet]) -> Group:
    """Several codings or readings of one case, at the last month they share."""
    last = min(sheet.forecast.months[-1] for sheet in sheets)
    table = bare(f"Side by side, after {at(last)} months", [_label(sheet, sheets) for sheet in sheets])
    rows = [[one for one in sheet.forecast.merged if one.month == last] for sheet in sheets]
    for across in zip(*rows, strict=True):
        name = outcome(across[0].outcome, across[0].polity, sheets[0].names)
        table.add_row(Text(name), *[_cell(one) for one in across])
    beyond = at(last)
    lasts = [sheet.forecast.duration for sheet in sheets]
    table.add_row(
        "months to the end",
        *[Text(months(d.median, beyond)).append(f"\n{span(d.low, d.high, beyond)}", style="dim") for d in lasts],
    )
    table.add_row("all deaths, thousands", *[_cost(sheet.forecast.lives()) for sheet in sheets])
    return Group(
        table,
        quiet("Percent of runs, ± Monte Carlo error (90 %); below, 5-95 % spread over inputs."),
        quiet("Codings differ in judgement, not luck: between them lies a third uncertainty."),
        Text(),
        Text(differing({_label(sheet, sheets): sheet.forecast for sheet in sheets}, sheets[0].names), style="bold"),
    )


def _label(sheet: Sheet, sheets: Sequence[Sheet]) -> str:
    coding, reading = str(sheet.about["coding"]), str(sheet.about["reading"])
    return reading if len({one.about["coding"] for one in sheets}) == 1 else coding


def _by_kind(rows: Sequence[OutcomeProbability]) -> list[list[OutcomeProbability]]:
    """Rows of one kind of outcome, month after month."""
    kinds: dict[tuple[str, str | None, str | None], list[OutcomeProbability]] = {}
    for row in rows:
        kinds.setdefault((row.outcome, row.polity, row.how), []).append(row)
    return list(kinds.values())


def _cell(one: OutcomeProbability) -> Text:
    cell = Text(f"{bare_percent(one.p)} ±{_error(one.mc_low, one.mc_high)}")
    if not isnan(one.p_low):
        cell.append(f"\n{between(one.p_low, one.p_high)}", style="dim")
    return cell


def _error(low: float | None, high: float | None) -> str:
    """Half of a Monte Carlo interval, in percentage points."""
    half = 50 * ((high or 0.0) - (low or 0.0))
    return f"{half:.1f}" if half >= FINE else f"<{FINE}"


def _shares(one: RunDistribution) -> tuple[str, str]:
    return percent(one.median), f"{bare_percent(one.low)} to {bare_percent(one.high)} %"


def _stakes(one: RunDistribution) -> tuple[Text, Text]:
    return _dim(f"{one.median:.2f}"), _dim(f"{one.low:.2f} to {one.high:.2f}")


def _dim(text: str) -> Text:
    return Text(text, style="dim")


def _cost(one: RunDistribution) -> Text:
    return Text(rough(one.median)).append(f"\n{rough(one.low)} to {rough(one.high)}", style="dim")
