"""Calibration tables: what each law and coefficient was before the record of wars, and is after it."""

from __future__ import annotations

from typing import Any

from ripeness.show.cell import TableCell, decimal_cell, dim, number_cell, row
from ripeness.show.table import Layout, layout, text_table

CONTRACTION = "Contraction is 1 less posterior over prior variance: 0 nothing learnt. Controls must stay near 0."


def fits(calibration: Any) -> Layout:
    """One table a fit; `calibration` is what the verb `calibrate` returns."""
    headings = ("before", "after", "contraction")
    tables = []
    for seed, fit, laws in zip(calibration.seeds, calibration.fits, calibration.moved(), strict=True):
        rows = [
            row(
                f"{law.name} (control)" if law.control else law.name,
                _interval_cell(law.before),
                _interval_cell(law.after),
                decimal_cell(law.contraction),
            )
            for law in laws
        ]
        title = f"seed {seed}: {fit!r}; 90 % intervals"
        tables.append(text_table(("law or coefficient", *headings), rows, numeric=headings, title=title))
    return layout(*tables, dim(CONTRACTION))


def _interval_cell(points: tuple[float, float, float]) -> TableCell:
    low, median, high = points
    return number_cell(f"{median:.3g} [{low:.3g}, {high:.3g}]", median, low=low, high=high)
