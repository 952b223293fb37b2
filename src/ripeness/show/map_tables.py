"""A causal map in a terminal: what each link carries, and the loops that it makes."""

from __future__ import annotations

from collections.abc import Mapping

from rich.console import Group, RenderableType
from rich.table import Table
from rich.text import Text

from ripeness.show.lines import bare, quiet
from ripeness.show.never import aimed_at, called, never
from ripeness.study.causal_map.causal_map import CausalMap
from ripeness.study.causal_map.link_effects import LinkCut
from ripeness.study.causal_map.loops import Loop

LOOPS = 12  # rows
TINY = 0.0005  # probability moved below which a link is listed in a line only
ROUND = 0.005  # of a share, below which a mean counts as unmoved


def sentence(told: CausalMap, names: Mapping[str, str]) -> str:
    """The answer in one sentence."""
    cuts = told.measured.cuts
    live = [cut for cut in cuts if not cut.idle]
    if not live:
        return "None of the links that were cut carries anything in this case."
    first = live[0]
    unseen = "" if told.measured.shares[told.target.name] > 0 else f" {never(told.target, names, told.draws, 0.0)}"
    way = "more" if first.change > 0 else "less"
    return (
        f"The link that carries most is {first.link}: without it, {100 * first.moved:.0f} % of probability goes to "
        f"other outcomes, and '{aimed_at(told.target, names)}' is {abs(100 * first.change):.1f} points {way} likely; "
        f"of {len(cuts)} links, {_nothing(len(told.idle))} nothing here.{unseen}"
    )


def tables(told: CausalMap, names: Mapping[str, str]) -> RenderableType:
    """Everything, the answer last."""
    return Group(links(told, names), loops(told, names), Text(), Text(sentence(told, names), style="bold"))


def links(told: CausalMap, names: Mapping[str, str]) -> Group:
    """What each link carries."""
    said = aimed_at(told.target, names)
    table = bare("What happens when a link is cut", ["moves, %", "target, points", "what gains most, and means"])
    _words(table)
    cuts = [cut for cut in told.measured.cuts if not cut.idle]
    for cut in cuts:
        if cut.moved >= TINY:
            points = f"{100 * cut.change:+.1f} ±{100 * cut.error:.1f}"
            table.add_row(cut.link, f"{100 * cut.moved:.1f}", points, Text(_effects(cut, told, names)))
    faint = [cut.link for cut in cuts if cut.moved < TINY]
    lines: list[RenderableType] = [
        table,
        quiet(
            f"Same wars, same luck, without the link, month {told.target.month:g}; {told.draws:,} wars each. moves:"
            f" probability that changes its outcome. target: '{said}', ± 90 % paired error. means: in month"
            f" {told.measured.month:g}, in points of a share; effort and demands of"
            f" {' / '.join(names[key] for key in _sides(told))}, front of the first."
        ),
    ]
    if faint:
        lines.append(quiet(f"Changes how wars go, but next to nothing of how they end: {', '.join(faint)}."))
    if told.idle:
        lines.append(Text(f"Carry nothing in this case, not one war goes otherwise: {', '.join(told.idle)}."))
    return Group(*lines)


def _words(table: Table) -> None:
    """The last column holds words, not numbers."""
    table.columns[-1].justify = "left"


def loops(told: CausalMap, names: Mapping[str, str]) -> Group:
    """The loops that carry most; the same loop on both sides stands once."""
    table = bare("Loops", ["kind", "carries, %", "where"])
    for loop, whose in _merged(told.loops)[:LOOPS]:
        sides = "both sides" if len(whose) > 1 else names[whose[0]]
        kind = "reinforcing" if loop.reinforcing else "balancing"
        carries = "" if loop.carries is None else f"{100 * loop.carries:.1f}"
        table.add_row(Text(" > ".join((*loop.nodes, loop.nodes[0]))), kind, carries, Text(sides))
    many = sum(loop.reinforcing for loop in told.loops)
    return Group(
        table,
        quiet(
            f"{len(told.loops)} loops of up to eight arrows: {many} reinforcing, {len(told.loops) - many} balancing. "
            "carries: what cutting its weakest link moves."
        ),
    )


def _nothing(many: int) -> str:
    return "none carries" if many == 0 else f"{many} {'carries' if many == 1 else 'carry'}"


def _sides(told: CausalMap) -> list[str]:
    return list(dict.fromkeys(arrow.polity for arrow in told.arrows))


def _merged(found: tuple[Loop, ...]) -> list[tuple[Loop, list[str]]]:
    rows: dict[tuple[tuple[str, ...], bool], tuple[Loop, list[str]]] = {}
    for loop in found:
        rows.setdefault((loop.nodes, loop.reinforcing), (loop, []))[1].append(loop.polity)
    return list(rows.values())


def _effects(cut: LinkCut, told: CausalMap, names: Mapping[str, str]) -> str:
    """The outcome that gains most; front, effort and demands, where they move."""
    more = {name: p - told.measured.shares[name] for name, p in cut.shares.items()}
    top = max(more, key=lambda name: more[name])
    said = [f"{called(top, names)} {100 * more[top]:+.1f}"] if more[top] > 0 else []
    if abs(cut.means.get("line", 0.0)) >= ROUND:
        said.append(f"front {round(100 * cut.means['line']):+d}")
    for what, word in (("effort", "effort"), ("offer", "demands")):
        both = [value for key, value in cut.means.items() if key.endswith(f".{what}")]
        if any(abs(value) >= ROUND for value in both):
            said.append(f"{word} {'/'.join(f'{round(100 * value):+d}' for value in both)}")
    return ", ".join(said)
