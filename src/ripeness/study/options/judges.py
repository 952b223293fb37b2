"""Judges that value an option: every faction, every patron, every objective that a polity states."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from ripeness.scenario.polity_form import Objective
from ripeness.study.aims_and_costs import belligerent_factions, cost_per_run
from ripeness.study.arms import Arm
from ripeness.war.prepare import Flow, War

Array = NDArray[np.float64]
PERCENT = 100.0
MONTHS_PER_YEAR = 12.0
UNITS = {"faction": "stakes", "patron": "share", "objective": "weighted", "people": "thousand deaths less"}


@dataclass(frozen=True, slots=True)
class Judge:
    """A faction, patron or objective that values outcomes. `key` is the faction's key or the objective's name."""

    kind: str
    polity: str
    key: str
    principal: bool = False

    @property
    def unit(self) -> str:
        """The unit in which it values."""
        return UNITS[self.kind]


def judges(arm: Arm, polity: str) -> tuple[Judge, ...]:
    """All of them: the polity's objectives, the principal one first; the lives of both sides; factions; patrons."""
    scenario = arm.ensemble.scenario
    objectives = sorted(scenario.polities[polity].objectives, key=lambda objective: not objective.principal)
    return (
        *(Judge("objective", polity, objective.name, objective.principal) for objective in objectives),
        Judge("people", "", "lives of both sides"),
        *(Judge("faction", *key) for key in belligerent_factions(arm.ensemble)),
        *(Judge("patron", side.key, "") for side in arm.ensemble.war.sides[2:] if _backed(side.flows) is not None),
    )


def value_for(judge: Judge, arm: Arm) -> Array:
    """Return the value of every run of an arm to a judge; more is better. Shapes: returns (draws,)."""
    ensemble = arm.ensemble
    if judge.kind == "faction":
        row = belligerent_factions(ensemble).index((judge.polity, judge.key))
        return ensemble.results["value"][row].astype(np.float64)
    if judge.kind == "people":
        return -cost_per_run(ensemble, "lives").sum(axis=0).astype(np.float64)
    if judge.kind == "patron":
        side = ensemble.war.sides[ensemble.war.side(judge.polity)]
        backed = _backed(side.flows)
        share = ensemble.results["share"].astype(np.float64)
        return share if backed == 0 else 1.0 - share
    return _objective_value(judge, arm)


def _backed(flows: tuple[Flow, ...]) -> int | None:
    """Which belligerent a patron backs: the one it aids, else the rival of the one it sanctions, else its partner."""
    for role in ("aid", "sanctions", "trade"):
        toward = {flow.toward for flow in flows if flow.role == role}
        if len(toward) == 1:
            side = toward.pop()
            return 1 - side if role == "sanctions" else side
    return None


def _objective_value(judge: Judge, arm: Arm) -> Array:
    """The weighted sum of what the objective names. Weights are drawn with the other inputs."""
    ensemble = arm.ensemble
    objectives = ensemble.scenario.polities[judge.polity].objectives
    number = next(n for n, objective in enumerate(objectives) if objective.name == judge.key)
    total = np.zeros(ensemble.design.draws)
    for component in objectives[number].weights:
        weight = _weight(
            arm, f"polities.{judge.polity}.objectives.{number}.weights.{component}", objectives[number], component
        )
        total += weight * objective_component(component, arm, ensemble.war.side(judge.polity))
    return total


def _weight(arm: Arm, path: str, objective: Objective, component: str) -> Array:
    ensemble = arm.ensemble
    if path in ensemble.input_names:
        return ensemble.inputs[ensemble.input_names.index(path)].astype(np.float64)[ensemble.point]
    return np.full(ensemble.design.draws, objective.weights[component].centre)  # type: ignore[index]


def objective_component(component: str, arm: Arm, side: int) -> Array:
    """Return one component of an objective, so that more is better.

    share and aims: own, 0 to 1. peace: 1 where the war is over and no new one comes within the horizon. deaths: own
    deaths in percent of the population, as a loss. output: years of pre-war output lost, as a loss. reform: as it stood
    at the end. leader: 1 where he does not fall. For a patron, `side` is that of the belligerent which it backs.
    Shapes: returns (draws,).
    """
    ensemble, war = arm.ensemble, arm.ensemble.war
    if side > 1:
        backed = _backed(war.sides[side].flows)
        side = 0 if backed is None else backed
    results = ensemble.results
    share = results["share"].astype(np.float64)
    if component == "share":
        return share if side == 0 else 1.0 - share
    if component == "peace":
        return ((results["code"] > 0) & (results["renewed"] == 0)).astype(np.float64)
    if component == "deaths":
        return -PERCENT * cost_per_run(ensemble, "lives")[side].astype(np.float64) / _resource(war, side, "population")
    if component == "output":
        return -results["output_lost"][side].astype(np.float64) / _resource(war, side, "output")
    if component == "reform":
        return arm.reform[side].astype(np.float64)
    row = results["fell" if component == "leader" else "aims"][side].astype(np.float64)
    return 1.0 - row if component == "leader" else row


def _resource(war: War, side: int, resource: str) -> float:
    """A resource at its centre: only a yardstick, so its range does not matter."""
    return max(war.numbers[f"polities.{war.sides[side].key}.resources.{resource}"].centre, 1.0)
