"""Causal map: what each link carries, and the loops that it makes."""

from __future__ import annotations

from collections.abc import Mapping

from ripeness.show.brief import brief_layout, with_note, without_columns
from ripeness.show.cell import bold, decimal_cell, dim, number_cell, numbers, row, styled, words
from ripeness.show.table import Layout, Table, layout, numeric_table
from ripeness.show.target_words import outcome_in_words, reason_for_no_answer, target_in_words
from ripeness.show.words import at
from ripeness.study.causal_map.causal_map import CausalMap
from ripeness.study.causal_map.link_effects import LinkCut
from ripeness.study.causal_map.loops import Loop

MOST_LOOPS = 12  # rows
TINY = 0.0005  # probability moved below which a link is listed in a line only
EFFECTS = "what gains most, and means"  # a column that a screen has no room for
ROUND = 0.005  # of a share, below which a mean counts as unmoved


def sentence(causal_map: CausalMap, names: Mapping[str, str]) -> str:
    """The answer in one sentence."""
    cuts = causal_map.measured.cuts
    live = [cut for cut in cuts if not cut.idle]
    if not live:
        return "None of the links that were cut carries anything in this case."
    first = live[0]
    target = causal_map.target
    in_no_run = ""
    if not causal_map.measured.shares[target.name] > 0:
        in_no_run = f" {reason_for_no_answer(target, names, causal_map.draws, 0.0)}"
    direction = "more" if first.change > 0 else "less"
    return (
        f"The link that carries most is {first.link}: without it, {100 * first.moved:.0f} % of probability goes to "
        f"other outcomes, and '{target_in_words(target, names)}' is {abs(100 * first.change):.1f} points"
        f" {direction} likely; "
        f"of {len(cuts)} links, {_carry(len(causal_map.idle))} nothing here.{in_no_run}"
    )


def tables(causal_map: CausalMap, names: Mapping[str, str]) -> Layout:
    """Everything, the answer first."""
    answer = bold(sentence(causal_map, names))
    return layout(answer, link_table(causal_map, names), loops(causal_map, names))


def brief(causal_map: CausalMap, names: Mapping[str, str]) -> Layout:
    """The answer, and the links that carry most."""
    target = target_in_words(causal_map.target, names)
    note = f"moves: probability that changes its outcome without the link; target: '{target}', ± 90 % paired error."
    return brief_layout(
        sentence(causal_map, names), with_note(without_columns(link_table(causal_map, names), (EFFECTS,)), note)
    )


def link_table(causal_map: CausalMap, names: Mapping[str, str]) -> Table:
    """What each link carries."""
    cuts = [cut for cut in causal_map.measured.cuts if not cut.idle]
    rows = [
        row(
            cut.link,
            decimal_cell(100 * cut.moved, ".1f"),
            number_cell(f"{100 * cut.change:+.1f} ±{100 * cut.error:.1f}", 100 * cut.change, error=100 * cut.error),
            _effects(cut, causal_map, names),
        )
        for cut in cuts
        if cut.moved >= TINY
    ]
    sides = " / ".join(names[key] for key in _sides(causal_map))
    method = (
        f"Same wars, same luck, without the link, month {at(causal_map.target.month)}; {causal_map.draws:,} wars each."
        f" moves: probability that changes its outcome. target: '{target_in_words(causal_map.target, names)}', ±"
        " 90 % paired"
        f" error. means: in month {at(causal_map.measured.month)}, in points of a share; effort and demands of {sides},"
        " front of the first."
    )
    notes = [dim(method)]
    faint = [cut.link for cut in cuts if cut.moved < TINY]
    if faint:
        notes.append(dim(f"Changes how wars go, but next to nothing of how they end: {', '.join(faint)}."))
    if causal_map.idle:
        idle = ", ".join(causal_map.idle)
        notes.append(styled(f"Carry nothing in this case, not one war goes otherwise: {idle}."))
    columns = [numbers("moves, %", "%"), numbers("target, points", "points"), words(EFFECTS)]
    return numeric_table("What happens when a link is cut", columns, rows, notes=notes)


def loops(causal_map: CausalMap, names: Mapping[str, str]) -> Table:
    """The loops that carry most; the same loop on both sides stands once."""
    rows = []
    for loop, polities in _merged(causal_map.loops)[:MOST_LOOPS]:
        sides = "both sides" if len(polities) > 1 else names[polities[0]]
        kind = "reinforcing" if loop.reinforcing else "balancing"
        carries = None if loop.carries is None else 100 * loop.carries
        text = "" if carries is None else f"{carries:.1f}"
        rows.append(row(" > ".join((*loop.nodes, loop.nodes[0])), kind, number_cell(text, carries), sides))
    reinforcing = sum(loop.reinforcing for loop in causal_map.loops)
    count = len(causal_map.loops)
    note = dim(
        f"{count} loops of up to eight arrows: {reinforcing} reinforcing, {count - reinforcing} balancing. "
        "carries: what cutting its weakest link moves."
    )
    columns = [words("kind", align="right"), numbers("carries, %", "%"), words("where", align="right")]
    return numeric_table("Loops", columns, rows, notes=(note,))


def _carry(count: int) -> str:
    return "none carries" if count == 0 else f"{count} {'carries' if count == 1 else 'carry'}"


def _sides(causal_map: CausalMap) -> list[str]:
    return list(dict.fromkeys(arrow.polity for arrow in causal_map.arrows))


def _merged(loops: tuple[Loop, ...]) -> list[tuple[Loop, list[str]]]:
    """Each loop once, with the polities in which it stands."""
    rows: dict[tuple[tuple[str, ...], bool], tuple[Loop, list[str]]] = {}
    for loop in loops:
        rows.setdefault((loop.nodes, loop.reinforcing), (loop, []))[1].append(loop.polity)
    return list(rows.values())


def _effects(cut: LinkCut, causal_map: CausalMap, names: Mapping[str, str]) -> str:
    """The outcome that gains most; front, effort and demands, where they move."""
    gains = {name: p - causal_map.measured.shares[name] for name, p in cut.shares.items()}
    top = max(gains, key=lambda name: gains[name])
    effects = [f"{outcome_in_words(top, names)} {100 * gains[top]:+.1f}"] if gains[top] > 0 else []
    if abs(cut.means.get("line", 0.0)) >= ROUND:
        effects.append(f"front {round(100 * cut.means['line']):+d}")
    for key_end, word in (("effort", "effort"), ("offer", "demands")):
        values = [value for key, value in cut.means.items() if key.endswith(f".{key_end}")]
        if any(abs(value) >= ROUND for value in values):
            effects.append(f"{word} {'/'.join(f'{round(100 * value):+d}' for value in values)}")
    return ", ".join(effects)
