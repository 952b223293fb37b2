"""Conditions of an outcome: each as a sentence and a table of names and ranges."""

from __future__ import annotations

from collections.abc import Mapping

from ripeness.show.brief import brief_layout
from ripeness.show.cell import TableCell, bold, dim, number_cell, row
from ripeness.show.number_cells import range_cell
from ripeness.show.table import Layout, Table, layout, numeric_table
from ripeness.show.target_words import fine_percent, reason_for_no_answer, target_in_words
from ripeness.show.words import number, percent
from ripeness.study.discovery.discover import BoxCondition, BoxLimit, DiscoveredConditions
from ripeness.world.wording import join_words


def sentence(discovery: DiscoveredConditions, names: Mapping[str, str]) -> str:
    """The answer in one sentence."""
    reason = reason_for_no_answer(discovery.target, names, discovery.draws, discovery.p)
    if reason:
        return reason
    if not discovery.conditions:
        target = target_in_words(discovery.target, names)
        return (
            f"No range of a few numbers makes '{target}' more frequent than {fine_percent(discovery.p)} beyond"
            " what chance "
            f"would, with {discovery.draws:,} draws at {discovery.points:,} points of inputs; more simulations "
            "show narrower ranges."
        )
    return _in_words(discovery.conditions[0], discovery, names)


def tables(discovery: DiscoveredConditions, names: Mapping[str, str]) -> Layout:
    """Everything, the answer first."""
    answer = bold(sentence(discovery, names))
    if not 0 < discovery.p < 1 or not discovery.conditions:
        return layout(answer)
    method = (
        f"Found by peeling (PRIM) over the {discovery.tested} numbers on which it hangs most; {discovery.points:,}"
        " points of inputs. quasi-p: chance of as dense a box if that range did nothing; it is too small by some, since"
        f" the box was sought for. {discovery.inert:,} numbers that move nothing in this war under this reading were"
        " left out."
    )
    conditions = [_condition(n, condition, discovery) for n, condition in enumerate(discovery.conditions, 1)]
    return layout(answer, *conditions, dim(method))


def brief(discovery: DiscoveredConditions, names: Mapping[str, str]) -> Layout:
    """The answer, and the ranges of the first condition."""
    answer = sentence(discovery, names)
    if not 0 < discovery.p < 1 or not discovery.conditions:
        return brief_layout(answer)
    return brief_layout(answer, _condition(1, discovery.conditions[0], discovery))


def _condition(n: int, condition: BoxCondition, discovery: DiscoveredConditions) -> Table:
    """The ranges of one condition, and how often the outcome happens inside them."""
    rows = [
        row(
            limit.name,
            range_cell(_range(limit), limit.low, limit.high),
            range_cell(f"{number(limit.usual_low)} to {number(limit.usual_high)}", limit.usual_low, limit.usual_high),
            _p_cell(limit.quasi_p),
        )
        for limit in condition.limits
    ]
    inside = (
        f"inside: it happens in {fine_percent(condition.density)} of the simulations (in all:"
        f" {fine_percent(discovery.p)}); it holds "
        f"{percent(condition.coverage)} of all its cases in {percent(condition.mass)} of the points."
    )
    outside = "" if n == 1 else ", outside of those above"
    columns = ["between", "90 % range", "quasi-p"]
    return numeric_table(f"Condition {n}{outside}", columns, rows, notes=(dim(inside),))


def _in_words(condition: BoxCondition, discovery: DiscoveredConditions, names: Mapping[str, str]) -> str:
    where = join_words([f"'{limit.name}' is {_words(limit)}" for limit in condition.limits])
    return (
        f"'{target_in_words(discovery.target, names)}' happens in {fine_percent(condition.density)} of the simulations"
        " instead of "
        f"{fine_percent(discovery.p)} where {where}; {percent(condition.coverage)} of its cases lie there"
        f"{_on_held_out_points(discovery)}."
    )


def _on_held_out_points(discovery: DiscoveredConditions) -> str:
    """What the search is worth on points that it has not seen."""
    fold = discovery.held_out
    if fold is None:
        return ""
    return (
        f". Sought without a fifth of the points, five times, such ranges gave {fine_percent(fold.density)}"
        " in that fifth"
    )


def _words(limit: BoxLimit) -> str:
    if limit.low is None:
        return f"below {number(limit.high or 0.0)}"
    return (
        f"above {number(limit.low)}" if limit.high is None else f"between {number(limit.low)} and {number(limit.high)}"
    )


def _range(limit: BoxLimit) -> str:
    return _words(limit).removeprefix("between ").replace(" and ", " to ")


def _p_cell(p: float) -> TableCell:
    return number_cell("<.001" if p < 0.001 else f"{p:.3f}".lstrip("0"), p)
