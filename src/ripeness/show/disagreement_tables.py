"""Disagreement tables: one row an outcome, a mark for each version and actor model, and which numbers make it so."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from math import ceil, isnan
from string import ascii_lowercase

from ripeness.show.brief import brief_layout, with_note
from ripeness.show.cell import (
    StyledText,
    TableCell,
    bold,
    dim,
    drawing,
    number_cell,
    numbers,
    row,
    styled,
    words,
)
from ripeness.show.disagreement_words import READING_WORDS, actor_models, range_in_words
from ripeness.show.disagreement_words import sentence as spread_and_causes
from ripeness.show.number_cells import ENDS_NOTE, range_cell, real, with_error
from ripeness.show.outlook_words import outlook_sentence, outlook_table
from ripeness.show.table import Layout, Table, layout, text_table
from ripeness.show.words import day, outcome
from ripeness.study.disagreement import GroupPart, PairPart
from ripeness.study.version_spread import OutcomeSpread, VersionChance, VersionDisagreement
from ripeness.world.wording import join_words

STRIP = 41  # places of a strip
SEVERAL, BAR = "*", "-"
ERROR_NOTE = f"Percent, ± Monte Carlo error (90 %), {ENDS_NOTE}."


def sentence(disagreement: VersionDisagreement, names: Mapping[str, str]) -> str:
    """Past wars, versions and blend in a sentence, then how far versions differ and which numbers make it so."""
    first = [] if disagreement.outlook is None else [outlook_sentence(disagreement.outlook, names)]
    return " ".join([*first, spread_and_causes(disagreement, names)])


def tables(disagreement: VersionDisagreement, names: Mapping[str, str]) -> Layout:
    """The sentence and all tables."""
    parts: list[Table | StyledText] = [
        bold(sentence(disagreement, names)),
        *_outlook(disagreement, names),
        marks_table(disagreement, names),
        *(version_table(disagreement, names, reading) for reading in actor_models(disagreement)),
    ]
    if disagreement.mixtures:
        tables_of_causes = (causes_table(disagreement, names), pairs_table(disagreement, names))
        parts += [table for table in tables_of_causes if table.rows]
    if disagreement.note:
        parts.append(dim(f"{disagreement.note[:1].upper()}{disagreement.note[1:]}."))
    return layout(*parts)


def brief(disagreement: VersionDisagreement, names: Mapping[str, str]) -> Layout:
    """The sentence, past wars, model and blend, and the outcomes as strips."""
    table = marks_table(disagreement, names)
    note = f"{_largest_error(disagreement)} {_marks_note(disagreement)}"
    anchors = [with_note(anchor) for anchor in _outlook(disagreement, names)]
    return brief_layout(sentence(disagreement, names), *anchors, with_note(table, note))


def _outlook(disagreement: VersionDisagreement, names: Mapping[str, str]) -> list[Table]:
    """Past wars, the model and the blend by class of end."""
    return [] if disagreement.outlook is None else [outlook_table(disagreement.outlook, names)]


def marks_table(disagreement: VersionDisagreement, names: Mapping[str, str]) -> Table:
    """One row an outcome: the range over versions and actor models, and a strip with a mark for each of them."""
    columns = (words("outcome"), numbers("all", "%"), drawing(_scale(axis_end(disagreement))))
    rows = [
        row(
            _name_cell(disagreement, spread, names),
            range_cell(range_in_words(spread.least, spread.most), 100 * spread.least, 100 * spread.most, unit="%"),
            marks_line(disagreement, spread),
        )
        for spread in disagreement.outcomes
    ]
    title = f"From lowest to highest by {day(disagreement.on)}, {_basis(disagreement)}"
    return text_table(columns, rows, title=title, notes=(dim(_marks_note(disagreement)),))


def _marks_note(disagreement: VersionDisagreement) -> str:
    """What the marks of a strip mean."""
    letters = ", ".join(f"{letter} {version}" for version, letter in mark_letters(disagreement.versions).items())
    return f"Marks: {letters}; capitals: each side as one person; {SEVERAL}: several."


def _largest_error(disagreement: VersionDisagreement) -> str:
    errors = [50 * (chance.high - chance.low) for chance in disagreement.chances if not isnan(chance.p)]
    return f"Percent; Monte Carlo error (90 %) at most ±{max(errors):.1f}."


def version_table(disagreement: VersionDisagreement, names: Mapping[str, str], reading: str) -> Table:
    """One row an outcome, a column a version, under one actor model."""
    columns = (words("outcome"), *(numbers(version, "%") for version in disagreement.versions))
    rows = [
        row(
            _name_cell(disagreement, spread, names),
            *(_chance_cell(chance) for chance in disagreement.of(spread.outcome, spread.polity, reading)),
        )
        for spread in disagreement.outcomes
    ]
    return text_table(columns, rows, title=f"Each version, {READING_WORDS[reading]}", notes=(dim(ERROR_NOTE),))


def _name_cell(disagreement: VersionDisagreement, spread: OutcomeSpread, names: Mapping[str, str]) -> StyledText:
    """The name of an outcome; the one that the sentence is about stands out."""
    return styled((outcome(spread.outcome, spread.polity, names), "bold" if spread.name == disagreement.main else ""))


def _basis(disagreement: VersionDisagreement) -> str:
    return "blend of model and past conflicts" if disagreement.blended else "the model alone"


def _chance_cell(chance: VersionChance) -> TableCell:
    if isnan(chance.p):
        return number_cell("-", None)
    text = with_error(chance.p, chance.low, chance.high)
    return number_cell(text, real(100 * chance.p), **{"error low": 100 * chance.low, "error high": 100 * chance.high})


def axis_end(disagreement: VersionDisagreement) -> float:
    """Where strip and picture end: the highest probability, rounded up to a tenth."""
    return ceil(round(10 * max(spread.most for spread in disagreement.outcomes), 6)) / 10 or 0.1


def _scale(end: float) -> str:
    """The heading of a strip: its ends in percent.

    >>> _scale(0.6)
    '0                                      60'
    """
    last = f"{100 * end:.0f}"
    return f"0{last:>{STRIP - 1}}"


def mark_letters(versions: Sequence[str]) -> dict[str, str]:
    """A small letter for each version: its initial, or a, b, c ... where two begin alike.

    >>> mark_letters(["public", "essay"]), mark_letters(["public", "peace"])
    ({'public': 'p', 'essay': 'e'}, {'public': 'a', 'peace': 'b'})
    """
    initials = [version[:1].lower() for version in versions]
    unique = len(set(initials)) == len(initials) and all(letter in ascii_lowercase for letter in initials)
    return dict(zip(versions, initials if unique else ascii_lowercase, strict=False))


def marks_line(disagreement: VersionDisagreement, spread: OutcomeSpread) -> str:
    """The versions of one outcome as letters on a line, for a terminal; capitals for one leader a side."""
    end, letters = axis_end(disagreement), mark_letters(disagreement.versions)
    first, last = _place(spread.least, end), _place(spread.most, end)
    marks = [BAR if first <= place <= last else " " for place in range(STRIP)]
    for reading in READING_WORDS:
        for chance in disagreement.of(spread.outcome, spread.polity, reading):
            if not isnan(chance.p):
                place = _place(chance.p, end)
                letter = letters.get(chance.version, SEVERAL)
                mark = letter if reading == "factional" else letter.upper()
                marks[place] = mark if marks[place] in {BAR, " "} else SEVERAL
    return "".join(marks).rstrip()


def _place(p: float, end: float) -> int:
    """Where a probability stands on a strip that ends at another.

    >>> _place(0.0, 0.6), _place(0.3, 0.6), _place(0.6, 0.6)
    (0, 20, 40)
    """
    return round(p / end * (STRIP - 1))


def causes_table(disagreement: VersionDisagreement, names: Mapping[str, str]) -> Table:
    """Which part of the variance between versions each group of numbers makes, an outcome a column."""
    clear = [spread for spread in disagreement.outcomes if spread.split is not None and spread.split.clear]
    splits = [spread.split for spread in clear if spread.split is not None]
    labels = {part.group: part.label for split in splits for part in split.parts}
    rows = [
        row(label, *(_share_cell(part) for split in splits for part in split.parts if part.group == group))
        for group, label in labels.items()
    ]
    deviations = [100 * split.deviation for split in splits]
    if splits:
        rows.append(row("standard deviation, points", *(number_cell(f"{x:.1f}", x, "points") for x in deviations)))
    unclear = [
        outcome(spread.outcome, spread.polity, names)
        for spread in disagreement.outcomes
        if spread.split is not None and not spread.split.clear
    ]
    cannot = f" Cannot be told for {join_words(unclear)}." if unclear else ""
    return text_table(
        (words("group of numbers"), *(numbers(outcome(s.outcome, s.polity, names), "%") for s in clear)),
        rows,
        title="What makes versions differ, percent of the variance between them",
        notes=(
            dim(
                f"Shapley shares from {disagreement.mixtures} mixtures of versions, {disagreement.mixture_draws:,} "
                f"runs each, with 90 % intervals; below 0: works against the difference.{cannot}"
            ),
        ),
    )


def _share_cell(part: GroupPart) -> TableCell:
    text = f"{100 * part.share:.0f} ±{50 * (part.high - part.low):.0f}"
    return number_cell(
        styled((text, "" if part.clear else "dim")), real(100 * part.share), low=100 * part.low, high=100 * part.high
    )


def pairs_table(disagreement: VersionDisagreement, names: Mapping[str, str]) -> Table:
    """By how many points each group makes one version's main outcome differ from another's."""
    spread = disagreement.main_outcome
    pairs = [part for part in (spread.split.pairs if spread.split is not None else ()) if not isnan(part.difference)]
    columns = dict.fromkeys((part.first, part.second) for part in pairs)
    labels = dict.fromkeys(part.label for part in pairs)
    by_place = {(part.first, part.second, part.label): part for part in pairs}
    rows = [row(label, *(_points_cell(by_place.get((*pair, label))) for pair in columns)) for label in labels]
    return text_table(
        (words("group of numbers"), *(numbers(f"{first} to {second}", "points") for first, second in columns)),
        rows,
        title=f"From one version to another: points of {outcome(spread.outcome, spread.polity, names)}",
        notes=(dim("± 90 % Monte Carlo error. The parts of a column add up to the difference of the two versions."),),
    )


def _points_cell(part: PairPart | None) -> TableCell:
    if part is None:
        return number_cell("", None)
    text = f"{100 * part.difference:+.1f} ±{50 * (part.high - part.low):.1f}"
    return number_cell(text, 100 * part.difference, low=100 * part.low, high=100 * part.high)
