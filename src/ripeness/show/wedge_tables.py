"""Wedge tables: stated terms beside what traits imply, the zones that each makes, and what would close a wedge."""

from __future__ import annotations

from collections.abc import Mapping

from ripeness.show.cell import TableCell, TableRow, bold, decimal_cell, dim, number_cell, numbers, row
from ripeness.show.number_cells import interval_cell, share_cell
from ripeness.show.table import Table, numeric_table
from ripeness.show.wedge_words import zone_sentence
from ripeness.show.words import bare_percent, percent, rough
from ripeness.study.ripeness.closing import CLOSING_TRAITS, TraitChange
from ripeness.study.ripeness.wedges import Wedge, Wedges
from ripeness.study.weighted_statistics import RunQuantiles
from ripeness.world.wording import join_words

OWN_SHARE = "own share of the stake"
HEADINGS = {
    "stake_value": "worth of\nthe stake",
    "optimism": "optimism",
    "war_gain": "war gain",
    "casualty_aversion": "casualty\naversion",
}


def wedge_tables(wedges: Wedges, names: Mapping[str, str]) -> tuple[Table, ...]:
    """All tables; none where no stated terms lie far from what traits imply, and they close no zone."""
    if not wedges.that_matter() and not wedges.decide:
        return ()
    tables = (wedges_by_faction(wedges, names), zones_by_basis(wedges, names))
    return (*tables, closing(wedges, names)) if wedges.that_matter() else tables


def wedges_by_faction(wedges: Wedges, names: Mapping[str, str]) -> Table:
    """Stated terms beside what traits imply, a polity's demand and its factions below it."""
    rows: list[TableRow] = []
    for demand in wedges.demands:
        cells = (decimal_cell(demand.stated.median), _median_cell(demand.by_traits))
        difference = demand.stated.median - demand.by_traits.median
        rows.append(row(bold(names[demand.polity]), *cells, decimal_cell(difference, "+.2f"), emphasis="bold"))
        rows += [_wedge_row(wedge, names) for wedge in wedges.factions if wedge.polity == demand.polity]
    bluff = join_words([f"{percent(demand.bluff.median)} in {names[demand.polity]}" for demand in wedges.demands])
    note = (
        f"*: matters, being {rough(wedges.least)} of the stake or more between 0 and 1 (zone_scale, the width at which"
        f" a zone makes a settlement likely), with the same sign in {percent(wedges.sure)} of the samples or more."
        " Medians and 90 % intervals over the samples; a reservation below 0 accepts any share, one above 1 none."
        f" Taken for bluff that may fade, of each wedge: {bluff}; the rest for a stake that traits understate."
    )
    columns = [
        numbers("stated", OWN_SHARE),
        numbers("implied by\ntraits", OWN_SHARE),
        numbers("wedge", OWN_SHARE),
        numbers("same sign,\n% of samples", "%"),
    ]
    return numeric_table("Stated terms against traits, at the start", columns, rows, notes=(dim(note),))


def _wedge_row(wedge: Wedge, names: Mapping[str, str]) -> TableRow:
    return row(
        names[f"{wedge.polity}/{wedge.faction}"] + (" *" if wedge.matters else ""),
        decimal_cell(wedge.stated.median),
        _median_cell(wedge.reservation),
        _quantiles_cell(wedge.wedge, "+.2f"),
        number_cell(bare_percent(wedge.same_sign), 100 * wedge.same_sign),
        level=1,
    )


def _median_cell(quantiles: RunQuantiles) -> TableCell:
    return interval_cell(f"{quantiles.median:.2f}", quantiles.median, quantiles.low, quantiles.high)


def _quantiles_cell(quantiles: RunQuantiles, form: str = ".2f") -> TableCell:
    text = f"{quantiles.median:{form}} ({quantiles.low:{form}} to {quantiles.high:{form}})"
    return interval_cell(text, quantiles.median, quantiles.low, quantiles.high)


def zones_by_basis(wedges: Wedges, names: Mapping[str, str]) -> Table:
    """The zone of agreement by stated terms, by traits, and with the terms of one side alone."""
    labels = {
        2: "both as stated",
        0: "both by traits",
    }
    rows = [
        row(
            labels.get(
                len(zone.stated), f"{join_words([names[key] for key in zone.stated])} as stated, rival by traits"
            ),
            _quantiles_cell(zone.width, "+.2f"),
            share_cell(zone.open),
        )
        for zone in wedges.zones
    ]
    columns = [numbers("width", "share of the stake"), numbers("open, %\nof samples", "% of samples")]
    notes = (dim(zone_sentence(wedges, names)),)
    return numeric_table("Whose wedge closes the zone, at the start", columns, rows, "terms", notes=notes)


def closing(wedges: Wedges, names: Mapping[str, str]) -> Table:
    """What one trait alone would have to be for traits to imply the stated terms, below what it is."""
    rows = [
        row(
            f"{names[f'{wedge.polity}/{wedge.faction}']}, {names[wedge.polity]}",
            *(_change_cell(change) for change in wedge.changes),
        )
        for wedge in wedges.that_matter()
    ]
    note = (
        "What one trait alone would have to be for the traits to imply the stated terms at the median, in brackets what"
        " it is; =: inside its 90 % interval; none: no value that the trait admits. Where no trait can be so, the"
        " difference is bluff that may fade (conduct.posture), or a stake that the traits leave out."
    )
    columns = [numbers(HEADINGS[trait]) for trait in CLOSING_TRAITS]
    return numeric_table("What must be true for both to hold", columns, rows, notes=(dim(note),))


def _change_cell(change: TraitChange) -> TableCell:
    needed = "none" if change.needed is None else f"{'=' if change.inside else ''}{rough(change.needed)}"
    return number_cell(
        f"{needed} ({rough(change.present.median)})",
        change.needed,
        change.unit,
        low=change.present.low,
        high=change.present.high,
    )
