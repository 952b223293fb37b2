"""Conditions in a terminal: each as a sentence with names and ranges."""

from __future__ import annotations

from collections.abc import Mapping

from rich.console import Group, RenderableType
from rich.text import Text

from ripeness.show.lines import bare, quiet
from ripeness.show.never import aimed_at, fine, never
from ripeness.show.words import number, percent
from ripeness.study.discovery.discover import BoxCondition, BoxLimit, DiscoveredConditions


def sentence(told: DiscoveredConditions, names: Mapping[str, str]) -> str:
    """The answer in one sentence."""
    nothing = never(told.target, names, told.draws, told.p)
    if nothing:
        return nothing
    if not told.conditions:
        said = aimed_at(told.target, names)
        return (
            f"No range of a few numbers makes '{said}' more frequent than {fine(told.p)} beyond what chance would, with"
            f" {told.draws:,} draws at {told.points:,} points of inputs; more draws show narrower ranges."
        )
    return _said(told.conditions[0], told, names)


def tables(told: DiscoveredConditions, names: Mapping[str, str]) -> RenderableType:
    """Everything, the answer last."""
    if not 0 < told.p < 1 or not told.conditions:
        return Text(sentence(told, names), style="bold")
    parts: list[RenderableType] = []
    for n, one in enumerate(told.conditions, 1):
        outside = "" if n == 1 else ", outside of those above"
        table = bare(f"Condition {n}{outside}", ["between", "90 % range", "quasi-p"])
        for limit in one.limits:
            usual = f"{number(limit.usual_low)} to {number(limit.usual_high)}"
            table.add_row(Text(limit.name), _range(limit), usual, _p(limit.quasi_p))
        parts += [
            table,
            quiet(
                f"inside: it happens in {fine(one.density)} of the runs (in all: {fine(told.p)}); it holds "
                f"{percent(one.coverage)} of all its cases in {percent(one.mass)} of the points."
            ),
        ]
    parts.append(
        quiet(
            f"Found by peeling (PRIM) over the {told.tested} numbers on which it hangs most; {told.points:,} points of"
            " inputs. quasi-p: chance of as dense a box if that range did nothing; it is too small by some, since the"
            f" box was sought for. {told.inert:,} numbers that move nothing in this war under this reading were left"
            " out."
        )
    )
    return Group(*parts, Text(), Text(sentence(told, names), style="bold"))


def _said(one: BoxCondition, told: DiscoveredConditions, names: Mapping[str, str]) -> str:
    where = " and ".join(f"'{limit.name}' is {_words(limit)}" for limit in one.limits)
    return (
        f"'{aimed_at(told.target, names)}' happens in {fine(one.density)} of the runs instead of {fine(told.p)} "
        f"where {where}; {percent(one.coverage)} of its cases lie there{_aside(told)}."
    )


def _aside(told: DiscoveredConditions) -> str:
    """What the search is worth beyond the points on which it sought."""
    held = told.held_out
    if held is None:
        return ""
    return f". Sought without a fifth of the points, five times, such ranges gave {fine(held.density)} in that fifth"


def _words(limit: BoxLimit) -> str:
    if limit.low is None:
        return f"below {number(limit.high or 0.0)}"
    return (
        f"above {number(limit.low)}" if limit.high is None else f"between {number(limit.low)} and {number(limit.high)}"
    )


def _range(limit: BoxLimit) -> str:
    return _words(limit).removeprefix("between ").replace(" and ", " to ")


def _p(p: float) -> str:
    return "<.001" if p < 0.001 else f"{p:.3f}".lstrip("0")
