"""Mediators: who works for a peace, how hard, whom it favours, and what each of its levers is to the zone."""

from __future__ import annotations

from ripeness.show.cell import decimal_cell, decimal_text, dim, number_cell, row
from ripeness.show.table import Table, numeric_table
from ripeness.show.words import bare_percent
from ripeness.study.ripeness.answer import Ripeness
from ripeness.study.ripeness.mediators import MediatorEffect

NO_LEAN = 0.05  # leaning below which a mediator counts as neutral


def mediator_tables(ripeness: Ripeness) -> tuple[Table, ...]:
    """Who mediates and by which lever; nothing where nobody does."""
    if not ripeness.mediators:
        return ()
    rows = [
        row(
            f"{ripeness.names[mediator.polity]}: {lever.words}",
            number_cell(f"{bare_percent(mediator.effort)} %", 100 * mediator.effort, "%"),
            decimal_cell(lever.stated),
            decimal_cell(mediator.zone - lever.zone_without, "+.3f"),
        )
        for mediator in ripeness.mediators
        for lever in mediator.levers
    ]
    headings = ["its effort", "can bring", "adds to the zone"]
    notes = [dim(_words(mediator, ripeness)) for mediator in ripeness.mediators]
    notes.append(
        dim(
            "Can bring: at full effort, of 1. The zone is that at the start. What mediators tell each side of the"
            " other, and how they bring talks about, takes months: `ripeness options` with 'mediate' and 'stay out'"
            " shows what comes of it."
        )
    )
    return (numeric_table("Mediators, and the median zone at the start", headings, rows, notes=notes),)


def _words(mediator: MediatorEffect, ripeness: Ripeness) -> str:
    """How hard one mediator works and whom it favours."""
    favoured = ripeness.names[ripeness.sides[0] if mediator.lean > 0 else ripeness.sides[1]]
    lean = f"leans to {favoured}" if abs(mediator.lean) > NO_LEAN else "favours neither side"
    moved = decimal_text(mediator.zone - mediator.zone_without, "+.3f")
    effect = f"moves the zone by {moved}" if float(moved) else "moves the zone by less than .001"
    return (
        f"{ripeness.names[mediator.polity]} works for a peace at {bare_percent(mediator.effort)} % of its effort and"
        f" {lean}; all that it brings {effect}."
    )
