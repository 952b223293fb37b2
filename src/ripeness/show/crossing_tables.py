"""Terminal table of pairs of factions whose wishes crossed."""

from __future__ import annotations

from collections.abc import Sequence

from ripeness.show.cell import decimal_cell, dim, number_cell, row
from ripeness.show.table import Table, text_table
from ripeness.study.who_decides.crossings import Crossing

MOST_PAIRS = 8  # pairs that the terminal lists


def crossing_table(pairs: Sequence[Crossing]) -> Table:
    """Pairs by weight of their crossed decisions: who got its way how often, and what these decisions alone say."""
    rows = [
        row(
            pair.first,
            pair.second,
            number_cell(str(len(pair.decisions)), len(pair.decisions)),
            number_cell(f"{pair.first_won} : {pair.second_won}", pair.first_won),
            decimal_cell(pair.weight, ".1f"),
            decimal_cell(pair.log_bayes_factor, ".1f"),
        )
        for pair in pairs[:MOST_PAIRS]
    ]
    notes = [dim("weight: decisions times the chance that their records say anything; log BF: the first outweighs")]
    if len(pairs) > MOST_PAIRS:
        notes.append(dim(f"{len(pairs) - MOST_PAIRS} pairs of less weight are in --json"))
    numeric = ("decisions", "won", "weight", "log BF")
    return text_table(
        ("first", "second", *numeric), rows, numeric=numeric, title="Wishes that crossed", notes=notes, spaced=True
    )
