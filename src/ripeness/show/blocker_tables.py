"""Blocker tables: who keeps the zone of agreement closed, and which smallest changes would open it."""

from __future__ import annotations

from ripeness.show.cell import StyledText, TableCell, TableRow, bold, decimal_cell, dim, number_cell, row, styled
from ripeness.show.number_cells import (
    faction_name,
    percent_cell,
    points_text,
    share_alone,
    share_alone_cell,
    share_cell,
)
from ripeness.show.table import Layout, Table, layout, numeric_table
from ripeness.show.words import percent
from ripeness.study.ripeness.answer import Ripeness
from ripeness.study.ripeness.blockers import ZoneOpening

MOST_NAMED = 4  # rows: factions, and sets of them
RARELY = 1 / 20  # share of the resampled medians below which a smaller set is not worth a line
OPENINGS = (
    "terms: the least own share that it would settle for; power: its share of the say in its polity (the others give or"
    " take in proportion; 1.00 is all of it). least: in how many of 100 resampled medians no other change is smaller;"
    " =: a tie, which these simulations cannot decide. opens, too: of the inputs with a closed zone, in how many "
    "the same change opens it."
)


def blockers(ripeness: Ripeness) -> Layout:
    """Who blocks at the start, at the medians and over the inputs."""
    block = ripeness.blockers
    zone = f"zone {block.zone_range.low:+.2f} to {block.zone_range.high:+.2f}, 90 % Monte Carlo"
    parts: list[Table | StyledText] = [bold("\nWho blocks, at the start")]
    if block.open_at_medians:
        parts.append(styled(f"Nobody at the medians: a zone of {block.zone_at_medians:.2f} is open ({zone})."))
    else:
        twice = percent(-block.zone_at_medians)
        parts.append(styled(f"At the medians {twice} of the stake is claimed twice ({zone})."))
        if block.terms or block.power:
            parts.append(_openings(ripeness))
        if block.terms and block.smaller >= RARELY:
            parts.append(styled(f"In {percent(block.smaller)} of the resampled medians fewer are enough."))
        if not block.terms:
            parts.append(styled("No change of terms opens it."))
        if not block.power:
            parts.append(styled("No shift of power inside the polities that was tried opens it."))
    if block.closed.p > 0:
        parts.append(_over_inputs(ripeness))
    return layout(*parts)


def _over_inputs(ripeness: Ripeness) -> Table:
    """Which faction alone could open a closed zone, over the inputs, and whether the first two can be told apart."""
    block = ripeness.blockers
    able = [blocker for blocker in block.alone if blocker.opens.p > 0]
    rows = [
        row(
            faction_name(blocker.polity, blocker.faction, ripeness.names),
            share_cell(blocker.opens),
            share_alone_cell(blocker.least),
            decimal_cell(blocker.by),
        )
        for blocker in able[:MOST_NAMED]
    ]
    single, pair, three, larger = block.sets_of
    three_or_larger = TableCell(
        styled(f"{share_alone(three)} / {share_alone(larger)}"), (("three", 100 * three.p), ("more", 100 * larger.p))
    )
    rows += [
        row("one faction is enough", share_cell(single), emphasis="dim"),
        row("two together are needed", share_cell(pair), emphasis="dim"),
        row("three / more than three", three_or_larger, emphasis="dim"),
    ]
    notes = [dim("and by least: no other faction alone could open it by a smaller change; ties count for each.")]
    if block.ahead is not None and len(able) > 1:
        first, second = (faction_name(blocker.polity, blocker.faction, ripeness.names) for blocker in able[:2])
        gap = f"{points_text(block.ahead)} points on the same inputs"
        notes.append(
            dim(
                f"{first}, could open it more often than {second} ({gap})."
                if block.ahead.low > 0
                else f"A tie: it cannot be told whether {first}, or {second}, could open it more often ({gap})."
            )
        )
    closed = percent(block.closed.p)
    title = f"Of the {closed} of inputs with a closed zone, which faction's terms alone could open it"
    return numeric_table(title, ["percent", "and by least", "by (median)"], rows, notes=notes)


def _openings(ripeness: Ripeness) -> Table:
    """The smallest sets of factions whose change opens the zone; who must move together stands together."""
    block = ripeness.blockers
    rows = [
        line
        for opening in (*block.terms[:MOST_NAMED], *block.power[:MOST_NAMED])
        for line in _opening_rows(opening, ripeness)
    ]
    title = "The smallest sets of factions whose change opens the zone"
    return numeric_table(title, ["from", "to", "least", "opens, too"], rows, notes=(dim(OPENINGS),))


def _opening_rows(opening: ZoneOpening, ripeness: Ripeness) -> list[TableRow]:
    rows = []
    for n, moved in enumerate(opening.moved):
        change = f"{opening.what} of {faction_name(moved.polity, moved.faction, ripeness.names)}"
        levels = [number_cell(f"{max(share, 0.0):.2f}", max(share, 0.0)) for share in (moved.before, moved.after)]
        if n:
            rows.append(row(f"and {change}", *levels, level=1))
        else:
            least_cell = number_cell(f"{100 * opening.least:.0f}{' =' if opening.tied else '  '}", 100 * opening.least)
            is_known = opening.opens is not None and opening.opens.runs
            rows.append(
                row(change, *levels, least_cell, percent_cell(opening.opens.p) if is_known and opening.opens else "")
            )
    return rows
