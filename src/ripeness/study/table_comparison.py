"""Actor tables of several judges compared: outcomes of each rule, agreement, and which number matters."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from ripeness.decision.rule import Rule
from ripeness.study.table_agreement import TableAgreement, measure_agreement
from ripeness.study.table_decision import Council, RuleOutcome
from ripeness.study.table_swaps import NumberSwap, swap_numbers

ROUNDING = 1e-12  # share of an issue within which outcomes differ by the rounding of sums alone


@dataclass(frozen=True, slots=True)
class RuleSpread:
    """One rule on one issue: what it decides by each table. Units: as in the tables."""

    issue: str
    rule: str
    outcomes: tuple[float, ...]
    lowest: float
    highest: float

    @property
    def spread(self) -> float:
        """The distance between the lowest and the highest table."""
        return self.highest - self.lowest


@dataclass(frozen=True, slots=True)
class TableComparison:
    """What tables make of the same decision.

    `rule` is the one by which numbers were swapped, `swaps` hold single numbers and groups, those that move most first.
    `widest` is the issue on which that rule's outcomes differ most, as a share of the issue's length.
    `by_table` and `by_rule` are mean spreads as shares of the issue: between tables under one rule, and between rules
    on one table.
    """

    rule: str
    spreads: tuple[RuleSpread, ...]
    agreement: TableAgreement
    swaps: tuple[NumberSwap, ...]
    widest: str
    by_table: float
    by_rule: float

    def spread_of(self, issue: str, rule: str = "") -> RuleSpread:
        """What a rule makes of an issue; without one, that by which numbers were swapped."""
        return next(row for row in self.spreads if (row.issue, row.rule) == (issue, rule or self.rule))

    def leading_swap(self, issue: str) -> NumberSwap | None:
        """The single number that most of the difference between the tables farthest apart goes with; None where none
        moves the outcome.
        """
        return _leading([swap for swap in self.swaps if swap.issue == issue and swap.values])

    def leading_kind(self, issue: str) -> NumberSwap | None:
        """The kind of number that most of that difference goes with; None where none moves the outcome."""
        return _leading([swap for swap in self.swaps if swap.issue == issue and not swap.actor])


def _leading(swaps: Sequence[NumberSwap]) -> NumberSwap | None:
    """The swap with the largest part of the difference, then with the largest effect."""
    moving = [swap for swap in swaps if swap.effect > 0]
    return max(moving, key=lambda swap: (swap.share or 0.0, swap.effect), default=None)


def compare_tables(
    councils: Sequence[Council], outcomes: Sequence[Sequence[Sequence[RuleOutcome]]], rule: Rule, notes: list[str]
) -> TableComparison:
    """Compare tables that were decided: `outcomes` holds for each table and issue the outcome of each rule."""
    table = councils[0].table
    spreads = []
    lengths = {name: float(high - low) or 1.0 for name, (low, high) in zip(table.issues, table.ends, strict=True)}
    by_rule = []
    for i, issue in enumerate(table.issues):
        for r, answer in enumerate(outcomes[0][i]):
            values = tuple(by_table[i][r].outcome for by_table in outcomes)
            low, high = min(values), max(values)
            if high - low <= ROUNDING * lengths[issue]:
                values, low, high = (values[0],) * len(values), values[0], values[0]
            spreads.append(RuleSpread(issue, answer.rule, values, low, high))
        for by_table in outcomes:
            values = tuple(answer.outcome for answer in by_table[i])
            by_rule.append((max(values) - min(values)) / lengths[issue])
    swaps, used = swap_numbers(rule, councils)
    if used < councils[0].position.shape[-1]:
        notes.append(f"numbers were swapped in the first {used} draws only, the tables are large")
    by_swapped_rule = [row for row in spreads if row.rule == rule.name]
    widest = max(by_swapped_rule, key=lambda row: row.spread / lengths[row.issue])
    return TableComparison(
        rule.name,
        tuple(spreads),
        measure_agreement([council.table for council in councils]),
        swaps,
        widest.issue,
        sum(row.spread / lengths[row.issue] for row in spreads) / len(spreads),
        sum(by_rule) / len(by_rule),
    )
