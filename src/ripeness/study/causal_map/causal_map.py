"""Causal map: arrows with their signs, loops, and what each link carries in this case."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from ripeness.scenario.schema import Scenario
from ripeness.study.causal_map.arrows import Arrow, arrows
from ripeness.study.causal_map.cutting import Fight, Measured, measure
from ripeness.study.causal_map.loops import Loop, loops
from ripeness.study.target import Target
from ripeness.war.pathway import NAMES
from ripeness.war.prepare import War


@dataclass(frozen=True, slots=True)
class CausalMap:
    """What drives what, and how much of the outcome goes through each link."""

    target: Target
    draws: int
    arrows: tuple[Arrow, ...]
    loops: tuple[Loop, ...]
    measured: Measured

    @property
    def idle(self) -> tuple[str, ...]:
        """The links that carry nothing in this case."""
        return tuple(cut.link for cut in self.measured.cuts if cut.idle)

    def moved(self, link: str) -> float | None:
        """What a link moves; none where it was not cut."""
        return next((cut.moved for cut in self.measured.cuts if cut.link == link), None)


def causal_map(
    war: War,
    scenario: Scenario,
    target: Target,
    fight: Fight,
    draws: int,
    *,
    links: Sequence[str] = NAMES,
    weights: NDArray[np.float64] | None = None,
) -> CausalMap:
    """Draw the map that a scenario implies, and measure its links by cutting each on the same draws."""
    measured = measure(war, scenario, target, fight, draws, links=links, weights=weights)
    moved = {cut.link: cut.moved for cut in measured.cuts}
    found = arrows(scenario)
    idle = {cut.link for cut in measured.cuts if cut.idle}
    live = [arrow for arrow in found if arrow.link not in idle]
    return CausalMap(target, draws, found, loops(live, moved), measured)
