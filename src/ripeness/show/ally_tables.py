"""Armed allies in a table: whether each would accept what the principals agree on, and how it may leave before."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from ripeness.show.cell import dim, number_cell, numbers, row, styled
from ripeness.show.number_cells import share_cell
from ripeness.show.table import Table, numeric_table
from ripeness.show.words import outcome
from ripeness.study.armed_allies import WAYS, AllyForecast

HEADINGS = {
    "separate peace": "separate\npeace",
    "changed camp": "changes\ncamp",
    "left the war": "leaves\nthe war",
    "spent": "army\nspent",
}


def ally_tables(allies: Sequence[AllyForecast], names: Mapping[str, str]) -> list[Table]:
    """One row an armed ally; nothing in a war of two."""
    if not allies:
        return []
    rows = [
        row(
            styled(names[ally.polity], (f"\nbeside {names[ally.beside]}", "dim")),
            *(share_cell(ally.ways[departure]) for departure in WAYS),
            share_cell(ally.accepts) if ally.agreed.p else number_cell("-", None),
            number_cell("-", None)
            if ally.terms_apart is None
            else number_cell(f"{100 * ally.terms_apart.mean:.0f}", 100 * ally.terms_apart.mean, "%"),
        )
        for ally in allies
    ]
    columns = [
        *(numbers(HEADINGS[departure], "% of runs") for departure in WAYS),
        numbers("accepts\nan agreed\nend", "% of these"),
        numbers("its\nterms", "%"),
    ]
    note = (
        f"Percent of the simulations, ± Monte Carlo error. An agreed end: a {outcome('settlement', None, names)}, "
        f"ceasefire or {outcome('frozen', None, names)} between the principals; an ally that does not "
        "accept it fights on. Its terms: the share of the stake that a separate peace gives to the camp it leaves."
    )
    return [numeric_table("Armed allies", columns, rows, "ally", notes=(dim(note),))]
