"""Feedback loops: chains of causes that return to their start; reinforcing or balancing."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from math import prod

from ripeness.study.causal_map.arrows import Arrow

LONGEST = 8  # arrows in a loop: longer ones nobody can follow


@dataclass(frozen=True, slots=True)
class Loop:
    """A loop inside one polity. `carries`: what its weakest link that can be cut moves; none where no link can be."""

    polity: str
    nodes: tuple[str, ...]
    reinforcing: bool
    links: tuple[str, ...]
    carries: float | None


def causal_loops(arrows: Sequence[Arrow], moved: Mapping[str, float]) -> tuple[Loop, ...]:
    """All loops of up to eight arrows, those that carry most first.

    A loop with an even number of falling arrows strengthens what starts it (reinforcing); with an odd number it holds
    it back (balancing).
    Source: Sterman 2000, "Business dynamics", ch. 5.
    """
    loops = []
    for polity in dict.fromkeys(arrow.polity for arrow in arrows):
        polity_arrows = [arrow for arrow in arrows if arrow.polity == polity]
        for chain in cycles(polity_arrows):
            links = tuple(dict.fromkeys(arrow.link for arrow in chain if arrow.link))
            carries = min((moved.get(link, 0.0) for link in links), default=None)
            nodes = tuple(arrow.cause for arrow in chain)
            loops.append(Loop(polity, nodes, prod(arrow.sign for arrow in chain) > 0, links, carries))
    return tuple(sorted(loops, key=lambda loop: (-(loop.carries or 0.0), len(loop.nodes), loop.polity, loop.nodes)))


def cycles(arrows: Sequence[Arrow]) -> Iterator[tuple[Arrow, ...]]:
    """Every simple cycle once, beginning at its first node by name.

    >>> chain = [Arrow("n", "a", "b", 1), Arrow("n", "b", "a", -1), Arrow("n", "b", "c", 1)]
    >>> [[arrow.cause for arrow in cycle] for cycle in cycles(chain)]
    [['a', 'b']]
    """
    leaving: dict[str, list[Arrow]] = {}
    for arrow in arrows:
        leaving.setdefault(arrow.cause, []).append(arrow)
    for start in sorted(leaving):
        paths: list[tuple[Arrow, ...]] = [(arrow,) for arrow in leaving[start] if arrow.effect >= start]
        while paths:
            path = paths.pop()
            end = path[-1].effect
            if end == start:
                yield path
            elif len(path) < LONGEST:
                visited = {arrow.cause for arrow in path}
                paths += [
                    (*path, arrow)
                    for arrow in leaving.get(end, ())
                    if arrow.effect == start or (arrow.effect > start and arrow.effect not in visited)
                ]
