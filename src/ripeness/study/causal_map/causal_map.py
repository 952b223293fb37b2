"""Causal map: signed arrows, feedback loops, and the measured effect of each pathway in this case."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from ripeness.scenario.schema import Scenario
from ripeness.study.causal_map.arrows import Arrow, causal_arrows
from ripeness.study.causal_map.link_effects import LinkEffects, SimulateWithout, measure_links
from ripeness.study.causal_map.loops import Loop, causal_loops
from ripeness.study.target import Target
from ripeness.study.weighted_statistics import Weights
from ripeness.war.prepare import War
from ripeness.world.pathway_names import NAMES


@dataclass(frozen=True, slots=True)
class CausalMap:
    """Causes and effects, and how much of the outcome goes through each pathway."""

    target: Target
    draws: int
    arrows: tuple[Arrow, ...]
    loops: tuple[Loop, ...]
    measured: LinkEffects

    @property
    def idle(self) -> tuple[str, ...]:
        """The pathways without any effect in this case."""
        return tuple(cut.link for cut in self.measured.cuts if cut.idle)

    def moved(self, link: str) -> float | None:
        """The effect of a pathway on the outcomes; none where it was not disabled."""
        return next((cut.moved for cut in self.measured.cuts if cut.link == link), None)


def causal_map(
    war: War,
    scenario: Scenario,
    target: Target,
    simulate: SimulateWithout,
    n_runs: int,
    *,
    links: Sequence[str] = NAMES,
    weights: Weights = None,
) -> CausalMap:
    """Draw the map that a scenario implies, and measure its pathways by disabling each with common random numbers."""
    effects = measure_links(war, scenario, target, simulate, n_runs, links=links, weights=weights)
    moved = {cut.link: cut.moved for cut in effects.cuts}
    arrows = causal_arrows(scenario)
    idle = {cut.link for cut in effects.cuts if cut.idle}
    live = [arrow for arrow in arrows if arrow.link not in idle]
    return CausalMap(target, n_runs, arrows, causal_loops(live, moved), effects)
