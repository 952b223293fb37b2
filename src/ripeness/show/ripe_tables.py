"""Ripeness tables: for whom the war is ripe, the bargaining range, guarantees, what breaks a peace."""

from __future__ import annotations

from collections.abc import Sequence
from math import isnan

from ripeness.show.ally_tables import ally_tables
from ripeness.show.blocker_tables import blockers
from ripeness.show.cell import (
    TableCell,
    TableRow,
    bold,
    decimal_cell,
    dim,
    drawing,
    number_cell,
    numbers,
    row,
    styled,
)
from ripeness.show.mediator_tables import mediator_tables
from ripeness.show.number_cells import faction_name, share_alone, share_alone_cell, share_cell
from ripeness.show.ripe_words import necessity, sentence, would_accept
from ripeness.show.table import Layout, Table, layout, numeric_table
from ripeness.show.wedge_tables import wedge_tables
from ripeness.show.words import bare_percent, percent
from ripeness.study.ripeness.answer import CAVEATS, FactionMonth, Ripeness
from ripeness.study.ripeness.bargaining_range import TermsStrip
from ripeness.study.ripeness.guarantees import Guarantee
from ripeness.world.wording import join_words

AXIS = 41  # columns of the axis from 0 to 1
MOST_LATER_MONTHS = 3  # beside the start in the table of factions
MOST_NAMED = 4  # factions left out of a settlement that are named
BREAKING_PARTS = {
    "base": "as any peace does",
    "rearming": "because a side could take back more",
    "left out": "because of those left out",
}
UNIT = "% of wars still fought"


def tables(ripeness: Ripeness) -> Layout:
    """Everything, the answer first."""
    return layout(
        bold(sentence(ripeness)),
        *would_accept(ripeness),
        by_month(ripeness),
        by_faction(ripeness),
        over_time(ripeness),
        strip_table(ripeness),
        *wedge_tables(ripeness.wedges, ripeness.names),
        blockers(ripeness),
        guarantees(ripeness),
        *mediator_tables(ripeness),
        *ally_tables(ripeness.allies, ripeness.names),
        breaking(ripeness),
        dim(f"{necessity(ripeness)} {CAVEATS}"),
    )


def by_month(ripeness: Ripeness) -> Table:
    """The war as a whole."""
    months = [ripeness.at(month) for month in ripeness.shown]
    first, second = (ripeness.names[key] for key in ripeness.sides)
    rows = [
        row("still fought, of all simulations", *(share_alone_cell(at.fighting) for at in months), emphasis="dim"),
        row(f"ripe for {first}", *(share_cell(at.polities[0]) for at in months)),
        row(f"ripe for {second}", *(share_cell(at.polities[1]) for at in months)),
        row("ripe for both: the war", *(share_cell(at.ripe) for at in months), emphasis="bold"),
        row("zone of agreement open", *(share_cell(at.open) for at in months)),
    ]
    other_thresholds = join_words(
        [f"in {percent(share.p)} with theta {theta:g}" for theta, share in ripeness.other_thetas]
    )
    note = (
        "± is the 90 % Monte Carlo error, which more simulations make smaller. A polity is ripe when those of "
        f"its factions are that win by its own rule on terms. Threshold theta: {ripeness.theta:g} of "
        f"the stake; at the start it is ripe {other_thresholds}."
    )
    columns = [numbers(_month(month), UNIT) for month in ripeness.shown]
    return numeric_table("Ripe, in percent of the wars still fought", columns, rows, notes=(dim(note),))


def by_faction(ripeness: Ripeness) -> Table:
    """Each faction at the start, and whether it is ripe later."""
    later = [month for month in ripeness.shown if month > 0][:MOST_LATER_MONTHS]

    def cells(polity: str, faction: str) -> list[TableCell]:
        now = at[polity, faction, 0.0]
        shares = [now.stalemate, now.hurting, now.way_out, now.ripe]
        shares += [at[polity, faction, month].ripe for month in later]
        return [share_alone_cell(share) for share in shares]

    at = _by_faction_and_month(ripeness)
    headings = ["stalemate", "hurting", "way out", "ripe\nnow", *(f"ripe\nat {month:g}" for month in later)]
    note = (
        "First four columns at the start, then ripe at later months. Stalemate: sees no way to win, or nothing "
        "worth winning. Hurting: fighting on is worth less to it than what is held. Way out: sees terms that it "
        "would take and thinks the rival would give. Ripe: all three."
    )
    rows = [
        line
        for polity in ripeness.sides
        for line in (
            row(bold(ripeness.names[polity])),
            *(
                _faction_row(ripeness, polity, faction, cells(polity, faction))
                for faction in _factions(ripeness, polity)
            ),
        )
    ]
    columns = [numbers(heading, UNIT) for heading in headings]
    return numeric_table("For whom, in percent of the wars still fought", columns, rows, notes=(dim(note),))


def over_time(ripeness: Ripeness) -> Table:
    """Zartman's two conditions for each faction, month after month."""
    at = _by_faction_and_month(ripeness)
    rows = []
    for polity in ripeness.sides:
        rows.append(row(bold(ripeness.names[polity])))
        for faction in _factions(ripeness, polity):
            cells = [_conditions_cell(at[polity, faction, month]) for month in ripeness.shown]
            rows.append(_faction_row(ripeness, polity, faction, cells))
    title = "Hurting stalemate / way out, in percent of the wars still fought"
    columns = [numbers(_month(month), UNIT) for month in ripeness.shown]
    return numeric_table(title, columns, rows, notes=(dim("Hurting stalemate: both of the first two at once."),))


def _by_faction_and_month(ripeness: Ripeness) -> dict[tuple[str, str, float], FactionMonth]:
    return {(view.polity, view.faction, view.month): view for view in ripeness.factions}


def _factions(ripeness: Ripeness, polity: str) -> list[str]:
    return list(dict.fromkeys(view.faction for view in ripeness.factions if view.polity == polity))


def _faction_row(ripeness: Ripeness, polity: str, faction: str, cells: Sequence[TableCell]) -> TableRow:
    return row(ripeness.names[f"{polity}/{faction}"], *cells, level=1)


def _conditions_cell(view: FactionMonth) -> TableCell:
    text = f"{share_alone(view.hurting_stalemate)} / {share_alone(view.way_out)}"
    shares = (("hurting stalemate", view.hurting_stalemate.p), ("way out", view.way_out.p))
    return TableCell(styled(text), tuple((name, None if isnan(p) else 100 * p) for name, p in shares))


def strip_table(ripeness: Ripeness, month: float = 0.0) -> Table:
    """One axis for everybody: how much of the stake the first belligerent gets."""
    first, second = (ripeness.names[key] for key in ripeness.sides)
    rows = []
    for strip in ripeness.strips:
        if strip.month != month:
            continue
        is_first = strip.polity == ripeness.sides[0]
        bar = TableCell(
            styled(_strip(strip, is_first=is_first)), (("low", strip.share.low), ("high", strip.share.high))
        )
        median = decimal_cell(strip.share.median)
        if strip.faction is None:
            asks = f"{first} asks at least" if is_first else f"{second} leaves at most"
            rows.append(row(bold(asks), bar, median))
        else:
            rows.append(row(ripeness.names[f"{strip.polity}/{strip.faction}"], bar, median, level=1))
    zone = next(width for at, width in ripeness.zones if at == month)
    note = (
        "|: median; line: 5 to 95 % of the simulations; > would take that or more, < would leave that or less. Zone of "
        f"agreement: median {zone.median:+.2f} ({zone.low:+.2f} to {zone.high:+.2f}); below 0, one asks more "
        "than the other leaves."
    )
    return numeric_table(
        f"The bargain at {_month(month)}: share of the stake that goes to {first}",
        [drawing("0" + "1".rjust(AXIS - 1)), numbers("median", "share of the stake")],
        rows,
        notes=(dim(note),),
        heading_emphasis="dim",
    )


def _strip(strip: TermsStrip, *, is_first: bool) -> str:
    low, middle, high = (_axis_place(x) for x in (strip.share.low, strip.share.median, strip.share.high))
    line = [" "] * AXIS
    for n in range(low, high + 1):
        line[n] = ">" if is_first else "<"
    line[middle] = "|"
    return "".join(line)


def _axis_place(share: float) -> int:
    return 0 if isnan(share) else round(min(max(share, 0.0), 1.0) * (AXIS - 1))


def guarantees(ripeness: Ripeness) -> Table:
    """Which guarantee opens the zone."""
    rows = [
        row(
            _binds(guarantee, ripeness),
            decimal_cell(guarantee.zone_without, "+.2f"),
            decimal_cell(guarantee.zone_stated, "+.2f"),
            decimal_cell(guarantee.zone_full, "+.2f"),
            _least_cell(guarantee),
        )
        for guarantee in ripeness.guarantees
    ]
    full = ripeness.guarantees[0]
    notes = [
        dim(
            f"Inputs with an open zone: {percent(full.open_without.p)} without any, {percent(full.open_stated.p)} as"
            f" stated, {percent(full.open_full.p)} with a full guarantee for all."
        )
    ]
    if abs(full.zone_full - full.zone_without) < 1 / 200:
        notes.append(
            dim(
                "A guarantee for all moves the median zone by less than .005: it hardly changes what factions would"
                " settle for."
            )
        )
    headings = ["none", "as stated", "full", "opens the zone at"]
    return numeric_table("Guarantees, and the median zone at the start", headings, rows, notes=notes)


def _binds(guarantee: Guarantee, ripeness: Ripeness) -> str:
    return "binds both sides" if guarantee.binds is None else f"binds {ripeness.names[guarantee.binds]} alone"


def _least_cell(guarantee: Guarantee) -> TableCell:
    if not guarantee.needed:
        return number_cell("open without", None)
    if guarantee.least is None:
        return number_cell("not even in full", None)
    return number_cell(f"{bare_percent(guarantee.least)} %", 100 * guarantee.least, "%")


def breaking(ripeness: Ripeness) -> Layout:
    """What breaks a settlement later."""
    breaks = ripeness.breaking
    title = bold("\nWhat would break the peace later")
    if breaks.yearly is None:
        no_settlement = "No settlement, so none to break. More simulations, or looking further ahead, may show one."
        return layout(title, styled(no_settlement))
    parts = ", ".join(f"{percent(part.mean)} {BREAKING_PARTS[name]}" for name, part in breaks.parts)
    unsatisfied = [faction for faction in breaks.left_out if faction.share.p >= 1 / 4][:MOST_NAMED]
    names = "; ".join(
        f"{faction_name(faction.polity, faction.faction, ripeness.names)} ({percent(faction.share.p)})"
        for faction in unsatisfied
    )
    return layout(
        title,
        styled(
            f"The settlements ({percent(breaks.settled.p)} of all simulations) break at "
            f"{percent(breaks.yearly.mean)} a year: {parts}."
        ),
        styled(
            f"Most often left with less than they would settle for: {names}."
            if names
            else "No faction is left with less than it would settle for in a quarter of them or more."
        ),
    )


def _month(month: float) -> str:
    return "start" if month == 0 else f"month {month:g}"
