"""Several actor tables compared: the answer first, each rule by table, which number matters, and agreement."""

from __future__ import annotations

from typing import Any

from ripeness.show.cell import StyledText, number_cell, row, styled
from ripeness.show.decide_tables import WHY_FIRST
from ripeness.show.table import Layout, Table, text_table
from ripeness.show.table import layout as laid_out
from ripeness.study.table_comparison import TableComparison
from ripeness.study.table_swaps import NumberSwap

SHOWN_SWAPS = 8
MOST_OF_IT = 0.5
MOST_NAMED = 3  # tables whose numbers the sentence names
RELIABLE = (0.8, 0.667)  # Krippendorff 2004, p. 241: customary, and the least for tentative conclusions


def tables_sentence(decided: Any) -> str:
    """How far the tables differ under the rule by which numbers were swapped, and on account of what."""
    comparison: TableComparison = decided.comparison
    spread = comparison.spread_of(comparison.widest)
    labels = decided.labels
    on_issue = f" on {spread.issue}" if len(decided.decisions[0].issues) > 1 else ""
    if spread.spread == 0:
        every = "both" if len(labels) == 2 else f"all {len(labels)}"
        return f"By {spread.rule}, {every} tables come to the same{on_issue}: {spread.lowest:.4g}."
    low = labels[spread.outcomes.index(spread.lowest)]
    high = labels[spread.outcomes.index(spread.highest)]
    reach = f"Tables differ{on_issue}: by {spread.rule} {spread.lowest:.4g} in {low} to {spread.highest:.4g} in {high}"
    return f"{reach}; {_reason(comparison, spread.issue, labels, (low, high))}."


def _reason(comparison: TableComparison, issue: str, labels: tuple[str, ...], ends: tuple[str, str]) -> str:
    """Which number the difference comes from, or which kind where no single number makes the most of it; of many
    tables those at the `ends` alone are named.
    """
    swap, kind = comparison.leading_swap(issue), comparison.leading_kind(issue)
    if swap is None or kind is None:
        return "no single number moves it"
    values = join_values(swap, labels, labels if len(labels) <= MOST_NAMED else ends)
    share = swap.share or 0.0
    number = f"the {swap.kind} of {swap.actor}: {values}"
    if share > MOST_OF_IT:
        return f"most of it comes from {number}"
    kind_share = f" ({100 * kind.share:.0f} in 100)" if kind.share is not None else ""
    number_share = f" ({100 * share:.0f} in 100)" if swap.share is not None else ""
    return (
        f"of kinds of numbers {kind.kind} does most{kind_share}, of single numbers the {swap.kind} of {swap.actor}"
        f"{number_share}: {values}"
    )


def join_values(swap: NumberSwap, labels: tuple[str, ...], named: tuple[str, ...]) -> str:
    """The number in each table that is named, in words."""
    pairs = [pair for pair in zip(swap.values, labels, strict=True) if pair[1] in named]
    return ", ".join(f"{'none' if value is None else f'{value:.3g}'} in {label}" for value, label in pairs)


def comparison_brief(decided: Any) -> Layout:
    """The sentence and the rules by table, for one screen."""
    return laid_out(
        styled(tables_sentence(decided)),
        *(styled(f"Warning: {text}.") for text in decided.warnings),
        *(_rules_by_table(decided, issue.issue) for issue in decided.decisions[0].issues),
        styled(_rules_or_tables(decided.comparison)),
        *map(styled, _notes(decided)),
    )


def comparison_layout(decided: Any) -> Layout:
    """Everything: the sentence, each rule by table, which number matters, agreement, and notes."""
    comparison: TableComparison = decided.comparison
    parts: list[Table | StyledText] = [styled(tables_sentence(decided))]
    parts += [styled(f"Warning: {text}.") for text in decided.warnings]
    for issue in decided.decisions[0].issues:
        parts += [_rules_by_table(decided, issue.issue), _swaps(decided, issue.issue), StyledText()]
    parts += [_alpha(comparison), _actors(comparison), _ranks(decided)]
    return laid_out(*parts, *map(styled, _legend(decided)))


def _rules_by_table(decided: Any, issue: str) -> Table:
    """Rules down, tables across, and the distance from the lowest to the highest."""
    rows = []
    for spread in decided.comparison.spreads:
        if spread.issue == issue:
            cells = (number_cell(f"{value:.5g}", value) for value in spread.outcomes)
            rows.append(row(spread.rule, *cells, number_cell(f"{spread.spread:.3g}", spread.spread)))
    headings = (*decided.labels, "spread")
    return text_table(("rule", *headings), rows, numeric=headings, title=issue)


def _swaps(decided: Any, issue: str) -> Table:
    """The kinds of numbers, and the single numbers that move the outcome most."""
    comparison: TableComparison = decided.comparison
    of_issue = [swap for swap in comparison.swaps if swap.issue == issue]
    kinds = [swap for swap in of_issue if not swap.actor]
    singles = [swap for swap in of_issue if swap.values and swap.effect > 0][:SHOWN_SWAPS]
    rows = []
    for swap in (*kinds, *singles):
        share = "" if swap.share is None else number_cell(f"{100 * swap.share:.0f}", 100 * swap.share)
        values = join_values(swap, decided.labels, decided.labels) if swap.values else ""
        name = f"{swap.kind} of {swap.actor}" if swap.actor else f"{swap.kind} of all"
        rows.append(row(name, number_cell(f"{swap.effect:.3g}", swap.effect), share, values))
    headings = ("moves it by", "of the difference")
    return text_table(
        ("swapped", *headings, "by table"),
        rows,
        numeric=headings,
        title=f"{issue}: what the disagreement on each number does to {comparison.rule}",
    )


def _alpha(comparison: TableComparison) -> Table:
    """Krippendorff's alpha by kind of number."""
    rows = []
    for kind, alpha in comparison.agreement.alpha.items():
        if alpha is None:
            rows.append(row(kind, "", "all numbers are equal, or none is given twice"))
            continue
        word = "customary" if alpha >= RELIABLE[0] else "tentative" if alpha >= RELIABLE[1] else "not reliable"
        rows.append(row(kind, number_cell(f"{alpha:.2f}", alpha), word))
    return text_table(
        ("kind of number", "alpha", "level"),
        rows,
        numeric=("alpha",),
        title="Agreement: Krippendorff's alpha for interval data (.8 and more is customary, .667 tentative)",
    )


def _actors(comparison: TableComparison) -> Table:
    """Mean absolute differences by actor."""
    rows = []
    for actor in comparison.agreement.actors:
        differences = (actor.influence, actor.position, actor.salience)
        cells = ("" if value is None else number_cell(f"{100 * value:.1f}", 100 * value) for value in differences)
        rows.append(row(actor.actor, *cells))
    headings = ("influence", "position", "salience")
    title = "Mean difference between two tables, in points of 100: of all influence, of the issue, of salience"
    return text_table(("actor", *headings), rows, numeric=headings, title=title)


def _ranks(decided: Any) -> Table:
    """Rank correlations of influence, one row a pair of tables."""
    rows = []
    for first, second, value in decided.comparison.agreement.rank_correlations:
        cell = "" if value is None else number_cell(f"{value:.2f}", value)
        rows.append(row(f"{decided.labels[first]} and {decided.labels[second]}", cell))
    headings = ("rank correlation",)
    return text_table(("influence", *headings), rows, numeric=headings, title="Who has more influence: Spearman's rho")


def _rules_or_tables(comparison: TableComparison) -> str:
    """Whether the table or the rule makes the greater difference; of one rule, the difference between tables alone."""
    by_table, by_rule = 100 * comparison.by_table, 100 * comparison.by_rule
    between = f"From table to table a rule's outcome differs by {by_table:.1f} points of 100 of the issue on average"
    if len({spread.rule for spread in comparison.spreads}) == 1:
        return f"{between}."
    return f"{between}; from rule to rule the outcome of a table differs by {by_rule:.1f}."


def _legend(decided: Any) -> list[str]:
    """What a reader needs to know about the numbers."""
    first = decided.decisions[0]
    lines = [_rules_or_tables(decided.comparison), WHY_FIRST]
    if first.uncertain:
        lines.append(f"Medians of {first.draws} draws (seed {first.seed}), the same for all tables.")
    if first.leader:
        lines.append(f"{first.leader} leads with weight {first.leader_weight:g}.")
    lines.append(
        "moves it by: how far the outcome moves when two tables exchange the number, the mean over pairs and both "
        "directions. of the difference: percent of the distance between the lowest and the highest table."
    )
    return [*lines, *_notes(decided)]


def _notes(decided: Any) -> list[str]:
    """The notes on the comparison, those that hold of every table, and with its name those of a single one."""
    shared = [note for note in decided.decisions[0].notes if all(note in answer.notes for answer in decided.decisions)]
    notes = [f"Note: {note}." for note in (*decided.notes, *shared)]
    for label, answer in zip(decided.labels, decided.decisions, strict=True):
        notes += [f"Note: {label}: {note}." for note in answer.notes if note not in shared]
    return notes
