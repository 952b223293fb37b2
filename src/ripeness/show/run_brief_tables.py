"""Run brief in words: one sentence with a date and a probability, then five lines."""

from __future__ import annotations

from collections.abc import Mapping
from math import isnan

from ripeness.show.brief import brief_layout
from ripeness.show.cell import StyledText, TableCell, TableRow, dim, number_cell, numbers, row, styled
from ripeness.show.disagreement_words import range_in_words
from ripeness.show.end_words import class_heading, class_phrase
from ripeness.show.narrowing_words import narrowing_words, short_name
from ripeness.show.table import Layout, Table, numeric_table
from ripeness.show.target_words import outcome_in_words
from ripeness.show.words import bare_percent, day, percent
from ripeness.study.outcome_classes import ClassShares
from ripeness.study.record.classes import CLASSES
from ripeness.study.run_brief import RunBrief, class_range, version_range


def brief_of_run(brief: RunBrief, names: Mapping[str, str]) -> Layout:
    """How analysts' versions differ, where there are several, then the sentence and the five lines."""
    return brief_layout(
        sentence_of_run(brief, names),
        class_table(brief, names),
        *notes(brief, names),
        above=versions_line(brief, names),
    )


def versions_line(brief: RunBrief, names: Mapping[str, str]) -> list[StyledText]:
    """The class of outcomes on which versions differ most, with its range; nothing where there is one version."""
    if len(brief.versions) < 2:
        return []
    spread = version_range(brief.versions)
    ends = f"{range_in_words(spread.low, spread.high)} in 100"
    about = f"{class_phrase(spread.name, names)} by {day(brief.on)}, {ends}"
    if not spread.differs:
        count = len(brief.versions)
        return [styled(f"{count} analysts' versions do not differ by more than chance: {about}.")]
    return [
        styled(
            f"Analysts differ: {about}, lowest in {spread.lowest}, highest in {spread.highest}. `ripeness disagree` "
            "says which numbers make it so."
        )
    ]


def sentence_of_run(brief: RunBrief, names: Mapping[str, str]) -> str:
    """The likeliest outcome by a date, with its probability, and the one that comes next."""
    shares = brief.shares
    first, second = shares.ranked()[:2]
    basis = "" if brief.blend is None else " (blend of the model and the record of such wars)"
    next_one = f"{class_phrase(second, names)} at {percent(shares.of(second))}"
    if shares.tied():
        return (
            f"By {day(brief.on)} these simulations cannot tell which is likelier, {class_phrase(first, names)} at "
            f"{percent(shares.of(first))} or {next_one}{basis}."
        )
    if first == "fighting":
        lead = f"On {day(brief.on)} the war most likely still goes on: {percent(shares.of(first))}"
    else:
        lead = f"By {day(brief.on)} the likeliest is {class_phrase(first, names)}: {percent(shares.of(first))}"
    return f"{lead}{basis}; next comes {next_one}."


def class_table(brief: RunBrief, names: Mapping[str, str]) -> Table:
    """Record, model, blend and the range over versions, one row each."""
    rows = [
        _row(
            "shorter past wars" if brief.record_cases == 0 else "wars like this one",
            brief.record,
            cases=brief.record_cases,
        ),
        _row("the model", brief.model, error=True),
        _row("blend", brief.blend),
        *([_versions_row(brief)] if brief.versions else []),
    ]
    columns = [numbers(class_heading(name, names), "%") for name in CLASSES]
    few = f"the other versions at {brief.version_draws:,} simulations each; " if brief.versions else ""
    past = _past_words(brief.record_cases)
    note = f"{past}{few}± is the 90 % Monte Carlo error."
    title = f"Probability in percent, by {day(brief.on)}"
    return numeric_table(title, columns, rows, notes=(dim(note[:1].upper() + note[1:]),))


def notes(brief: RunBrief, names: Mapping[str, str]) -> list[StyledText]:
    """What would change the answer, what would narrow it, and what is missing."""
    lines = [] if brief.versions else [styled(f"Analysts' versions: {brief.versions_note}.")]
    lines.append(styled(change_line(brief, names)))
    if brief.no_record:
        lines.append(dim(f"{brief.no_record[:1].upper()}{brief.no_record[1:]}."))
    return lines


def change_line(brief: RunBrief, names: Mapping[str, str]) -> str:
    """The largest lever with its direction, and the share of the spread that the leading inputs carry."""
    target = outcome_in_words(brief.target.name, names)
    if not brief.narrowing:
        return f"Would change it most: no single input moves '{target}' by more than chance in these simulations."
    first = brief.narrowing[0]
    direction = "more" if first.slope > 0 else "less"
    where = ", in the model" if brief.narrows_model else ""
    return (
        f"Would change it most{where}: {short_name(first)}; one standard deviation more makes '{target}' "
        f"{abs(100 * first.slope):.1f} points {direction} likely. {narrowing_words(brief.narrowing)}"
    )


def _past_words(cases: float | None) -> str:
    """Which past conflicts the row of the record counts, and what stands there where none had lasted as long."""
    if cases is None:
        return ""
    if cases == 0:
        return "no past conflict of this kind had lasted as long: the first row is what shorter ones tell; "
    return f"({cases:,.0f}): past conflicts that had lasted as long; "


def _row(label: str, shares: ClassShares | None, *, error: bool = False, cases: float | None = None) -> TableRow:
    if cases:
        label = f"{label} ({cases:,.0f})"
    if shares is None:
        return row(label, *(["-"] * len(CLASSES)))
    return row(label, *(_share_cell(shares, n, error=error) for n in range(len(CLASSES))))


def _share_cell(shares: ClassShares, n: int, *, error: bool) -> TableCell:
    half = 50 * (shares.high[n] - shares.low[n])
    text = f"{bare_percent(shares.p[n])}{f' ±{half:.0f}' if error else ''}"
    return number_cell(text, 100 * shares.p[n], low=100 * shares.low[n], high=100 * shares.high[n])


def _versions_row(brief: RunBrief) -> TableRow:
    missing = f" ({brief.versions_note})" if brief.versions_note else ""
    label = f"{len(brief.versions)} analysts' versions{missing}"
    return row(label, *(_range_cell(*class_range(brief.versions, name)) for name in CLASSES))


def _range_cell(low: float, high: float) -> TableCell:
    text = "-" if isnan(low) else range_in_words(low, high)
    return TableCell(styled(text), (("low", 100 * low), ("high", 100 * high)))
