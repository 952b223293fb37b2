"""Scores of the record: the hazards beside the life table, kind by kind and month by month, and their calibration."""

from __future__ import annotations

from collections.abc import Sequence
from math import isnan

from ripeness.ledger.scores.interval import ScoreInterval
from ripeness.show.cell import TableCell, TableRow, bold, decimal_cell, dim, number_cell, numbers, row, words
from ripeness.show.table import Layout, Table, layout, numeric_table
from ripeness.validation.conflicts.civil_held_out import EARLIEST, CivilScores
from ripeness.validation.conflicts.comparison import CalibrationBin, RecordComparison, RecordScore

NOTE = "Smaller scores are better; a difference below 0: the hazards are better. Brackets: 90 %, by conflict."


def tables(
    counts: tuple[int, int, int],
    comparisons: Sequence[RecordComparison],
    civil: Sequence[CivilScores],
    notes: Sequence[str],
) -> Layout:
    """All comparisons; `counts` are episodes, conflicts, and episodes that ended in a way that is known."""
    episodes, conflicts, ended = counts
    head = bold(
        f"{episodes:,} episodes of {conflicts:,} conflicts, {ended:,} of which ended in a way that is known, forecast "
        "after 0, 6, 12, 24 and 60 months of fighting."
    )
    parts: list[Table | str] = []
    for comparison in comparisons:
        parts += [comparison_sentence(comparison), comparison_table(comparison), over_by_then_table(comparison)]
    for score in civil:
        parts += [civil_sentence(score), civil_table(score)]
    return layout(head, *notes, *parts)


def civil_sentence(score: CivilScores) -> str:
    """What the log score of the civil template says, in a sentence or two."""
    share = score.strength
    return (
        f"\nThe civil template of the war model, {score.held_out}: {score.n:,} forecasts of {score.conflicts:,} civil "
        f"conflicts after {EARLIEST} months of fighting or more; it is {_beyond_chance(score.less_hazards)} the "
        f"record's hazards, {_signed(score.less_hazards)} nats. In a blend of both the record has {share.mean:.2f} "
        f"[{share.low:.2f}, {share.high:.2f}], as it is learnt from them."
    )


def civil_table(score: CivilScores) -> Table:
    """Log scores of the civil template of the war model, of the record's hazards and of the life table."""
    rows = [
        row("civil template", decimal_cell(score.model, ".3f")),
        row("hazards", decimal_cell(score.hazards, ".3f"), _interval(score.less_hazards)),
        row("life table by kind", decimal_cell(score.table, ".3f"), _interval(score.less_table)),
    ]
    note = "Smaller scores are better; a difference below 0: the template is better. Brackets: 90 %, by conflict."
    columns = [numbers("log score"), numbers("template less it")]
    return numeric_table("The civil template beside the record", columns, rows, "forecast by", notes=(dim(note),))


def comparison_sentence(comparison: RecordComparison) -> str:
    """What the log score says, in a sentence or two."""
    gain = comparison.log.difference
    parties = ""
    if comparison.parties is not None:
        parties = f" Other armed parties gain {_signed(comparison.parties)} nats a forecast."
    return (
        f"\n{comparison.held_out.capitalize()}: {comparison.n:,} forecasts of {comparison.conflicts:,} conflicts; the "
        f"hazards are {_beyond_chance(gain)} the life table by kind, {_signed(gain)} nats.{parties}"
    )


def _beyond_chance(difference: ScoreInterval) -> str:
    """Whether the first of two scores is better or worse than the second."""
    if difference.high < 0:
        return "better beyond chance than"
    return "worse beyond chance than" if difference.low > 0 else "not told apart from"


def comparison_table(comparison: RecordComparison) -> Table:
    """Log scores of all, by kind and by months fought; squared errors by months ahead."""
    rows = [
        _score(f"log, {score.part}", score) for score in (comparison.log, *comparison.by_kind, *comparison.by_fought)
    ]
    rows += [_score(f"Brier, {score.part} ahead", score) for score in comparison.brier]
    columns = [numbers("forecasts"), numbers("hazards"), numbers("life table"), numbers("difference")]
    return numeric_table("Scores", columns, rows, "score", notes=(dim(NOTE),))


def over_by_then_table(comparison: RecordComparison) -> Table:
    """Forecasts that it is over, and how often it was."""
    rows = [_calibrated(part) for part in comparison.calibration]
    outside = sum(not part.inside for part in comparison.calibration)
    note = f"{outside} of {len(rows)} shares lie outside of what the forecasts allow; of 90 % bands 1 in 10 would."
    columns = [
        numbers("forecasts"),
        numbers("mean", "%"),
        numbers("were over", "%"),
        numbers("90 % band", "%"),
        words(align="right"),
    ]
    return numeric_table("Calibration: over by then", columns, rows, "months ahead", notes=(dim(note),))


def _score(name: str, score: RecordScore) -> TableRow:
    return row(
        name,
        number_cell(f"{score.n:,}", score.n),
        decimal_cell(score.hazards, ".3f"),
        decimal_cell(score.table, ".3f"),
        _interval(score.difference),
    )


def _calibrated(part: CalibrationBin) -> TableRow:
    name = (
        f"{part.month:g}" if (part.least, part.most) == (0, 1) else f"{100 * part.least:.0f} to {100 * part.most:.0f} %"
    )
    is_all = (part.least, part.most) == (0, 1)
    return row(
        name,
        number_cell(f"{part.n:,}", part.n),
        decimal_cell(100 * part.mean, ".1f"),
        decimal_cell(100 * part.share, ".1f"),
        _band(part),
        "" if part.inside else "OUTSIDE",
        level=0 if is_all else 1,
    )


def _band(part: CalibrationBin) -> TableCell:
    """The band; a dash where too few conflicts allow one."""
    if isnan(part.low):
        return number_cell("-", None, low=None, high=None)
    return number_cell(f"{100 * part.low:.1f} to {100 * part.high:.1f}", None, low=100 * part.low, high=100 * part.high)


def _interval(value: ScoreInterval) -> TableCell:
    return number_cell(_signed(value), value.value, low=value.low, high=value.high)


def _signed(value: ScoreInterval) -> str:
    """A value with its interval; a dash where one conflict alone allows none."""
    if isnan(value.low):
        return f"{value.value:+.3f} [-]"
    return f"{value.value:+.3f} [{value.low:+.3f}, {value.high:+.3f}]"
