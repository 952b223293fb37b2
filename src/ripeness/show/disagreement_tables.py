"""Disagreement tables: one row an outcome, a mark for each version and actor model, and which numbers make it so."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from math import isnan

from ripeness.show.brief import brief_layout, with_note
from ripeness.show.cell import (
    StyledText,
    TableCell,
    TableRow,
    bold,
    dim,
    drawing,
    number_cell,
    numbers,
    row,
    styled,
    words,
)
from ripeness.show.number_cells import error_text, range_cell, real
from ripeness.show.table import Layout, Table, layout, text_table
from ripeness.show.words import bare_percent, day, outcome
from ripeness.study.disagreement import GroupPart, PairPart
from ripeness.study.version_spread import Disagreement, OutcomeSpread, VersionChance
from ripeness.world.wording import join_words

STRIP = 21  # places of a strip, five points each
MOST_NAMED = 3  # groups that the sentence names
FACTIONS, LEADER, BOTH, BAR = "o", "x", "*", "-"
READING_WORDS = {"factional": "rival factions", "unitary": "each country as one person"}
MARKS_NOTE = "o: rival factions; x: each country as one person; *: both; the bar runs from lowest to highest."
BRIEF_NOTE = f"±: 90 % Monte Carlo error. {MARKS_NOTE}"
ERROR_NOTE = "Percent, ± Monte Carlo error (90 %)."
MOST = 0.5  # share from which a group makes most of a difference


def sentence(disagreement: Disagreement, names: Mapping[str, str]) -> str:
    """How far versions differ, and which numbers make the difference."""
    parts = (spread_sentence(disagreement, names), cause_sentence(disagreement))
    return " ".join(part for part in parts if part)


def spread_sentence(disagreement: Disagreement, names: Mapping[str, str]) -> str:
    """How far versions differ on the main outcome, and with every country as one person."""
    spread = disagreement.main_outcome
    label, by = outcome(spread.outcome, spread.polity, names), day(disagreement.on)
    low, high = spread.lowest, spread.highest
    if not spread.differs:
        return (
            f"Analysts' versions do not differ by more than chance on {label} by {by}: "
            f"{_range(low.p, high.p)} in 100."
        )
    return (
        f"Analysts differ: {label} by {by} {_range(low.p, high.p)} in 100 (lowest in {low.version}, highest in "
        f"{high.version}){_other_model(disagreement, spread)}."
    )


def _other_model(disagreement: Disagreement, spread: OutcomeSpread) -> str:
    """The range under the other actor model."""
    readings = dict.fromkeys(chance.reading for chance in disagreement.chances)
    for reading in readings:
        if reading != disagreement.reading:
            others = [chance.p for chance in disagreement.of(spread.outcome, spread.polity, reading)]
            told = [p for p in others if not isnan(p)]
            if told:
                return f"; with {READING_WORDS[reading]} {_range(min(told), max(told))}"
    return ""


def cause_sentence(disagreement: Disagreement) -> str:
    """Which groups of numbers make versions differ on the main outcome; empty where that was not asked."""
    split = disagreement.main_outcome.split
    if split is None:
        return ""
    leading = split.leading[:MOST_NAMED]
    if not leading:
        return (
            f"Which numbers make the difference cannot be told from {disagreement.mixtures} mixtures of versions with "
            f"{disagreement.mixture_draws:,} runs each."
        )
    first, *others = leading
    how_much = "Most of it comes" if first.low > MOST else "The largest part comes"
    then = f", then from {join_words([_with_share(part) for part in others])}" if others else ""
    return f"{how_much} from how they code {_with_share(first)}{then}."


def _with_share(part: GroupPart) -> str:
    """A group with its share of the variance and the 90 % interval.

    >>> _with_share(GroupPart("power", "the powers of factions", 0.61, 0.5, 0.72))
    'the powers of factions (61 %, 50 to 72)'
    """
    return f"{part.label} ({100 * part.share:.0f} %, {100 * part.low:.0f} to {100 * part.high:.0f})"


def _range(low: float, high: float) -> str:
    """Two probabilities in percent; one, where they read alike."""
    ends = bare_percent(low), bare_percent(high)
    return ends[0] if ends[0] == ends[1] else f"{ends[0]} to {ends[1]}"


def tables(disagreement: Disagreement, names: Mapping[str, str]) -> Layout:
    """The sentence and all tables."""
    parts: list[Table | StyledText] = [
        bold(sentence(disagreement, names)),
        spread_table(disagreement, names),
        other_model_table(disagreement, names),
    ]
    if disagreement.mixtures:
        parts += [causes_table(disagreement, names), pairs_table(disagreement, names)]
    if disagreement.note:
        parts.append(dim(f"{disagreement.note[:1].upper()}{disagreement.note[1:]}."))
    return layout(*parts)


def brief(disagreement: Disagreement, names: Mapping[str, str]) -> Layout:
    """The sentence, and the table of outcomes."""
    table = replace(spread_table(disagreement, names), title=f"By {day(disagreement.on)}, {_basis(disagreement)}")
    return brief_layout(sentence(disagreement, names), with_note(table, BRIEF_NOTE))


def spread_table(disagreement: Disagreement, names: Mapping[str, str]) -> Table:
    """One row an outcome: every version under the actor model asked about, and a strip with a mark for each."""
    columns = (
        words("outcome"),
        *(numbers(version, "%") for version in disagreement.versions),
        numbers("all", "%"),
        drawing(_scale()),
    )
    rows = [_spread_row(disagreement, spread, names) for spread in disagreement.outcomes]
    return text_table(
        columns,
        rows,
        title=f"Analysts' versions by {day(disagreement.on)}, {READING_WORDS[disagreement.reading]}; {_basis(disagreement)}",
        notes=(dim(f"{ERROR_NOTE} All: from lowest to highest of both actor models."), dim(MARKS_NOTE)),
    )


def _basis(disagreement: Disagreement) -> str:
    return "blend of model and past conflicts" if disagreement.blended else "the model alone"


def _spread_row(disagreement: Disagreement, spread: OutcomeSpread, names: Mapping[str, str]) -> TableRow:
    read = disagreement.of(spread.outcome, spread.polity, disagreement.reading)
    cells = [_chance_cell(chance) for chance in read]
    ends = range_cell(_range(spread.least, spread.most), 100 * spread.least, 100 * spread.most, unit="%")
    name = styled((outcome(spread.outcome, spread.polity, names), "bold" if spread.name == disagreement.main else ""))
    return row(name, *cells, ends, strip(disagreement, spread))


def _chance_cell(chance: VersionChance) -> TableCell:
    if isnan(chance.p):
        return number_cell("-", None)
    text = f"{bare_percent(chance.p)} ±{error_text(chance.low, chance.high)}"
    return number_cell(text, real(100 * chance.p), **{"error low": 100 * chance.low, "error high": 100 * chance.high})


def _scale() -> str:
    """The heading of a strip: where 0 and 100 stand.

    >>> len(_scale()) == STRIP
    True
    """
    return f"0{'50':^{STRIP - 4}}100"


def strip(disagreement: Disagreement, spread: OutcomeSpread) -> str:
    """The versions of one outcome as marks on a line from 0 to 100, for a terminal."""
    factional, unitary = (
        {_place(chance.p) for chance in disagreement.of(spread.outcome, spread.polity, reading) if not isnan(chance.p)}
        for reading in READING_WORDS
    )
    first, last = _place(spread.least), _place(spread.most)
    marks = []
    for place in range(STRIP):
        bar = BAR if first <= place <= last else " "
        marks.append(
            BOTH if place in factional & unitary else FACTIONS if place in factional else LEADER if place in unitary else bar
        )
    return "".join(marks)


def _place(p: float) -> int:
    """Where a probability stands on the strip.

    >>> _place(0.0), _place(0.5), _place(1.0)
    (0, 10, 20)
    """
    return round(p * (STRIP - 1))


def other_model_table(disagreement: Disagreement, names: Mapping[str, str]) -> Table:
    """The same under the other actor model."""
    other = "unitary" if disagreement.reading == "factional" else "factional"
    columns = (words("outcome"), *(numbers(version, "%") for version in disagreement.versions))
    rows = [
        row(
            outcome(spread.outcome, spread.polity, names),
            *(_chance_cell(chance) for chance in disagreement.of(spread.outcome, spread.polity, other)),
        )
        for spread in disagreement.outcomes
    ]
    return text_table(columns, rows, title=f"The same with {READING_WORDS[other]}", notes=(dim(ERROR_NOTE),))


def causes_table(disagreement: Disagreement, names: Mapping[str, str]) -> Table:
    """Which part of the variance between versions each group of numbers makes, an outcome a column."""
    told = [spread for spread in disagreement.outcomes if spread.split is not None and spread.split.clear]
    labels = {part.group: part.label for spread in told for part in (spread.split.parts if spread.split else ())}
    rows = []
    for group, label in labels.items():
        parts = [
            next(part for part in spread.split.parts if part.group == group) for spread in told if spread.split is not None
        ]
        rows.append(row(label, *map(_share_cell, parts)))
    deviations = [100 * spread.split.deviation for spread in told if spread.split is not None]
    rows.append(row("standard deviation, points", *(number_cell(f"{x:.1f}", x, "points") for x in deviations)))
    untold = [
        outcome(spread.outcome, spread.polity, names)
        for spread in disagreement.outcomes
        if spread.split is not None and not spread.split.clear
    ]
    cannot = f" Cannot be told for {join_words(untold)}." if untold else ""
    return text_table(
        (words("group of numbers"), *(numbers(outcome(s.outcome, s.polity, names), "%") for s in told)),
        rows,
        title="What makes versions differ, percent of the variance between them",
        notes=(
            dim(
                f"Shapley shares from {disagreement.mixtures} mixtures of versions, {disagreement.mixture_draws:,} runs each, "
                f"with 90 % intervals; below 0: works against the difference.{cannot}"
            ),
        ),
    )


def _share_cell(part: GroupPart) -> TableCell:
    text = f"{100 * part.share:.0f} ±{50 * (part.high - part.low):.0f}"
    return number_cell(styled((text, "" if part.clear else "dim")), real(100 * part.share), low=100 * part.low, high=100 * part.high)


def pairs_table(disagreement: Disagreement, names: Mapping[str, str]) -> Table:
    """By how many points each group makes one version's main outcome differ from another's."""
    spread = disagreement.main_outcome
    pairs = spread.split.pairs if spread.split is not None else ()
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
