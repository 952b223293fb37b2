"""Age: what a scenario leaves unstated opens where a war of that age is.

A war that has been fought for some months has dead, armies grown or worn, stocks used up, beliefs corrected and efforts
that answer to all this. A default says how a war begins. It is carried from there to the start by the equations of the
months themselves, at their expected course: chance is switched off, fronts and powers stay where the scenario states
them, and nobody falls or leaves. What a scenario states of the start stays as stated throughout.
"""

from __future__ import annotations

from math import ceil
from typing import TYPE_CHECKING

from ripeness.war.block import agenda_of, factions_of
from ripeness.war.combat import assess_strengths, entrench, fade_surprise, move_front, take_losses
from ripeness.war.decide import measure_drivers, respond
from ripeness.war.patronage import observe
from ripeness.war.perceive import learn
from ripeness.war.react import update_protest, update_weariness
from ripeness.war.report import expect_reports
from ripeness.war.shift import update_pressure, update_rents
from ripeness.war.state import SIDES
from ripeness.war.supply import provide, set_drain
from ripeness.world.compiled import compiled

if TYPE_CHECKING:
    from collections.abc import Callable

    from ripeness.war.block import Block, Flags, Record, State
    from ripeness.war.prepare import War
    from ripeness.war.side import Side
    from ripeness.war.situation import Belligerent, Situation

CARRIED = {
    "forces": "forces",
    "pool": "pool",
    "munitions": "munitions",
    "economy": "economy",
    "deaths_so_far": "deaths",
}  # resources that change with the months, and the quantity of the state that each is
MOST_STEPS = 120  # months that are gone through one by one; longer wars take longer steps


def leaves_unstated(war: War) -> bool:
    """Whether the war is older than its start says anything of: months were fought, and something is a default."""
    return war.fought > 0 and any(
        side.unstated_positions.any()
        or (side.fights and (side.unstated & CARRIED.keys() or believes_by_default(side).any()))
        for side in war.sides
    )


def age(war: War, block: Block, situation: Situation, pathways: Record, act: Callable[[], None]) -> None:
    """Carry what is unstated from the day on which the war began to the start.

    The situation is that of the first day, with beliefs in the ratio of strengths; `act` lets all polities decide, and
    belligerents do as they have decided.
    """
    pair, state, n_runs = situation.belligerents(), block.state, block.n_runs
    stated = [_Stated(side, polity) for side, polity in zip(war.sides[:SIDES], pair, strict=True)]
    steps = min(ceil(round(war.fought / war.step, 9)), MOST_STEPS)
    step = war.fought / steps
    for number in range(steps):
        _take_positions(war, situation, state, pathways, number * step)
        act()
        pass_step(state, pathways, step, n_runs)
        for statement in stated:
            statement.hold()
    _take_positions(war, situation, state, pathways, war.fought)
    for polity in situation.sides:
        polity.stated = polity.position
    for polity in pair:
        polity.deaths_start = polity.deaths
        polity.wounded = polity.occupied = 0.0


class _Stated:
    """What a scenario states of a belligerent's start: it holds throughout."""

    def __init__(self, side: Side, polity: Belligerent) -> None:
        names = [name for resource, name in CARRIED.items() if resource not in side.unstated]
        names += ["reported"] if "deaths_so_far" not in side.unstated else []
        self.polity, self.values = polity, {name: getattr(polity, name).copy() for name in names}
        self.factions = ~believes_by_default(side)
        self.belief, self.precision = polity.belief[self.factions], polity.precision[self.factions]

    def hold(self) -> None:
        """Set what is stated back to what it is."""
        for name, values in self.values.items():
            setattr(self.polity, name, values)
        self.polity.belief[self.factions] = self.belief
        self.polity.precision[self.factions] = self.precision


def believes_by_default(side: Side) -> Flags:
    """Which factions' first beliefs the scenario leaves to defaults. Shapes: returns (F,)."""
    believes: Flags = side.unstated_traits["optimism"] & side.unstated_traits["stubbornness"]
    return believes


def _take_positions(war: War, situation: Situation, state: State, pathways: Record, months: float) -> None:
    """Let unstated positions follow what drives them, `months` after the war began; stated ones stay."""
    look(state, pathways, months, state.shared.n_runs)
    for side, polity in zip(war.sides, situation.sides, strict=True):
        stays = ~side.unstated_positions
        polity.position[stays] = polity.stated[stays]


@compiled
def look(state: State, pathways: Record, months: float, n_runs: int) -> None:
    """Measure what drives positions, and move these."""
    for n in range(state.polities.shape[0]):
        polity, factions = state.polities[n], factions_of(state, n)
        if n >= SIDES:
            observe(polity, state.polities[0], state.polities[1], state.parameters, months, n_runs)
        measure_drivers(polity, factions, state.parameters, n_runs)
        responses = state.responses[polity.first_response : polity.end_response]
        respond(polity, factions, agenda_of(state, n), responses, pathways, n_runs)


@compiled
def pass_step(state: State, pathways: Record, step: float, n_runs: int) -> None:
    """Let a step pass over supply, losses, reports, beliefs, weariness and protest, each at what is expected of it."""
    shared, parameters = state.shared, state.parameters
    for n in range(SIDES):
        set_drain(state.polities[n], shared, parameters, n_runs)
        provide(state.polities[n], shared, parameters, step, n_runs)
    assess_strengths(state, pathways, n_runs)
    move_front(state.polities[0], state.polities[1], shared, parameters, pathways, 0.0, n_runs)
    for sign, n in ((1.0, 0), (-1.0, 1)):
        polity, factions = state.polities[n], factions_of(state, n)
        for r in range(n_runs):
            polity.random[1, r] = 0.5 * parameters.luck_of_losses[r]  # at which losses are what is expected
        take_losses(polity, parameters, step, n_runs)
        expect_reports(polity, parameters, step, n_runs)
        learn(sign, factions, shared, parameters, pathways, step, n_runs)
        update_weariness(polity, factions, shared, parameters, step, n_runs)
        update_protest(polity, factions, parameters, pathways, step, n_runs)
        update_pressure(polity, factions, n_runs)
        update_rents(factions, agenda_of(state, n), n_runs)
    fade_surprise(shared, parameters, step, n_runs)
    entrench(shared, parameters, step, n_runs)
