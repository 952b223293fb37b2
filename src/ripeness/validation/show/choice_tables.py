"""Choice tables: whom choices of councils follow, with and without further files, and what bodies left out say."""

from __future__ import annotations

from math import isnan

from ripeness.scenario.choice_record import ANY_RULE
from ripeness.show.cell import TableCell, bold, decimal_cell, number_cell, row, styled
from ripeness.show.number_cells import interval_cell
from ripeness.show.table import Layout, Table, layout, text_table
from ripeness.validation.councils.choice_ways import DRAWN
from ripeness.validation.councils.judged_ranges import Span
from ripeness.validation.councils.measure_choices import ChoiceMeasure

CODED = (
    "The pivot is the weighted median by formal weight and salience. Shares are of a body that is not on the record: "
    "5 %, middle and 95 %. One coder who knew every decision coded the positions."
)


def choice_tables(measure: ChoiceMeasure) -> Layout:
    """The answer, the leader share by regime and voting rule, and scores on bodies left out."""
    scores = [_left_out(measure)] if measure.scores else []
    return layout(bold(measure.sentence()), _shares(measure), *scores, styled(CODED))


def _shares(measure: ChoiceMeasure) -> Table:
    """One line a regime and voting rule; without further files beside, where there are any."""
    headings = ("decisions", "leader share") + (("without files",) if measure.shipped else ())
    rows = []
    for line in measure.fit.rows:
        label = line.regime if line.voting == ANY_RULE else f"  voting: {line.voting}"
        cells = [number_cell(str(line.decisions), line.decisions), _share_cell(line.share)]
        if measure.shipped:
            cells.append(_share_cell(measure.shipped.row(line.regime, line.voting).share))
        rows.append(row(label, *cells))
    noises = [_share_cell(fit.noise) for fit in (measure.fit, measure.shipped) if fit]
    rows.append(row("noise of a choice", "", *noises))
    return text_table(("regime", *headings), rows, numeric=headings)


def _left_out(measure: ChoiceMeasure) -> Table:
    """One line a way to choose, the best first."""
    rows = []
    for score in measure.scores:
        gain = score.gain
        text = "" if score.way == DRAWN else f"{gain.value:+.2f}"
        text += "" if not text or isnan(gain.low) else f" [{gain.low:+.2f}, {gain.high:+.2f}]"
        rows.append(
            row(
                score.way,
                decimal_cell(score.log),
                interval_cell(text, gain.value, gain.low, gain.high),
                decimal_cell(score.log_evidence, ".1f"),
            )
        )
    headings = ("log", f"gain of '{DRAWN}'", "log evidence")
    note = "Each body is scored by what all others say; smaller scores are better; 90 % intervals draw bodies again."
    return text_table(("way to choose", *headings), rows, numeric=headings, notes=(styled(note),))


def _share_cell(span: Span) -> TableCell:
    low, middle, high = span
    return number_cell(f"{middle:.2f} [{low:.2f}, {high:.2f}]", middle, low=low, high=high)
