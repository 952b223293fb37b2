"""Age: what a scenario leaves unstated opens where a war of that age is.

A war that has been fought for some months has dead, armies grown or worn, stocks used up, beliefs corrected and efforts
that answer to all this. A default says how a war begins. It is carried from there to the start by the equations of the
months themselves, at their expected course: nobody falls or leaves, and the front and powers, which a scenario states,
stay where they are; efforts answer to the ground that would be lost on average. What a scenario states of the start
holds throughout.
"""

from __future__ import annotations

from contextlib import contextmanager
from math import ceil
from typing import TYPE_CHECKING

import numpy as np

from ripeness.scenario.armed_polities import PRINCIPALS
from ripeness.war.block import agenda_of, factions_of
from ripeness.war.combat import assess_strengths, entrench, fade_surprise, move_front, take_losses
from ripeness.war.decide import measure_drivers, respond
from ripeness.war.patronage import observe
from ripeness.war.perceive import learn
from ripeness.war.react import update_protest, update_weariness
from ripeness.war.report import expect_reports
from ripeness.war.shift import update_pressure, update_rents
from ripeness.war.supply import provide, set_drain
from ripeness.world.compiled import compiled

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from ripeness.war.block import Array, Block, Flags, Record, State
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
LEAST_SPREAD = 1e-6  # log odds: a front that chance does not move is reckoned with as one that it hardly moves
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
    stated = [_Stated(side, polity) for side, polity in zip(war.armed, pair, strict=True)]
    course = _Course(situation)
    steps = min(ceil(round(war.fought / war.step, 9)), MOST_STEPS)
    step = war.fought / steps
    for number in range(steps):
        _take_positions(war, situation, state, pathways, number * step)
        act()
        with course.follow(step):
            pass_step(state, pathways, step, n_runs)
        _bound_movements(war, situation)
        for statement in stated:
            statement.hold()
    _take_positions(war, situation, state, pathways, war.fought)
    for polity in situation.sides:
        polity.stated = polity.position
    for polity in pair:
        polity.deaths_start = polity.deaths
        polity.wounded = polity.occupied = 0.0
        polity.front_start = polity.front


def _bound_movements(war: War, situation: Situation) -> None:
    """Let no principal that is a movement be worn below what it can fight with: it would have lost before the start.

    That is the share of the rival's forces below which it falls (`rout`), of the first ratio where it was outnumbered.
    """
    principals = situation.belligerents()[:PRINCIPALS]
    for side, own, rival in zip(war.armed, principals, reversed(principals), strict=False):
        if side.is_movement:
            began = np.minimum(own.forces_start / rival.forces_start, 1.0)
            own.forces = np.maximum(own.forces, situation.parameters.outnumbered * began * rival.forces)


class _Course:
    """How far the front may have moved, and what the loss of ground has put each side under by way of pressure.

    The front itself stays where the scenario states it. How far it has come in the own frame is taken as normal with
    mean m and variance s^2, so ground lost is L = max(-m - s z, 0). Efforts answer to 1 - exp(-pressure), which is
    right on average for a loss of -ln E[exp(-L)], with E[exp(-L)] = Phi(m / s) + exp(m + s^2 / 2) Phi(-m / s - s).
    """

    def __init__(self, situation: Situation) -> None:
        self.situation, self.front = situation, situation.shared.front.copy()
        self.mean, self.variance = np.zeros_like(self.front), np.zeros_like(self.front)

    @contextmanager
    def follow(self, step: float) -> Iterator[None]:
        """Take note of how far the front moves in a step, and set it back."""
        shared, parameters = self.situation.shared, self.situation.parameters
        volatility = shared.mobility * parameters.volatility
        yield
        self.mean += shared.moved
        self.variance += volatility * volatility * shared.intensity * step
        shared.front = self.front
        for polity in self.situation.belligerents():
            polity.front_start = polity.front + self._lost(polity.camp * self.mean)

    def _lost(self, mean: Array) -> Array:
        """Ground whose loss weighs what loss is expected to weigh. Units: log odds. Shapes: mean, returns (R,)."""
        from scipy.special import log_ndtr  # slow to import; only wars with unstated numbers need it

        spread = np.maximum(np.sqrt(self.variance), LEAST_SPREAD)
        held, lost = log_ndtr(mean / spread), mean + 0.5 * self.variance + log_ndtr(-mean / spread - spread)
        ground: Array = -np.logaddexp(held, lost)
        return ground


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
    follow_drivers(state, pathways, months, state.shared.n_runs)
    for side, polity in zip(war.sides, situation.sides, strict=True):
        stays = ~side.unstated_positions
        polity.position[stays] = polity.stated[stays]


@compiled
def follow_drivers(state: State, pathways: Record, months: float, n_runs: int) -> None:
    """Measure what drives positions, and move these."""
    for n in range(state.polities.shape[0]):
        polity, factions = state.polities[n], factions_of(state, n)
        if n >= state.shared.belligerents:
            observe(polity, state.polities, state.parameters, months, n_runs)
        measure_drivers(polity, factions, state.parameters, n_runs)
        responses = state.responses[polity.first_response : polity.end_response]
        respond(polity, factions, agenda_of(state, n), responses, pathways, n_runs)


@compiled
def pass_step(state: State, pathways: Record, step: float, n_runs: int) -> None:
    """Let a step pass over supply, losses, reports, beliefs, weariness and protest, each at what is expected of it."""
    shared, parameters = state.shared, state.parameters
    for n in range(shared.belligerents):
        set_drain(state.polities[n], shared, parameters, n_runs)
        provide(state.polities[n], shared, parameters, step, n_runs)
    assess_strengths(state, pathways, n_runs)
    move_front(state.camps[0], state.camps[1], shared, parameters, pathways, step, n_runs)
    for n in range(shared.belligerents):
        polity, factions = state.polities[n], factions_of(state, n)
        for r in range(n_runs):
            polity.random[1, r] = 0.5 * parameters.luck_of_losses[r]  # at which losses are what is expected
        take_losses(polity, shared, parameters, step, n_runs)
        expect_reports(polity, parameters, step, n_runs)
        learn(polity, factions, shared, parameters, pathways, step, n_runs)
        update_weariness(polity, factions, shared, parameters, step, n_runs)
        update_protest(polity, factions, parameters, pathways, step, n_runs)
        update_pressure(polity, factions, n_runs)
        update_rents(factions, agenda_of(state, n), n_runs)
    fade_surprise(shared, parameters, step, n_runs)
    entrench(shared, parameters, step, n_runs)
