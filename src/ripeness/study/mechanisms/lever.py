"""Lever: one thing that a mechanism moves: numbers, pathways, forced policies, or who decides."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from ripeness.ensemble.design import Design
from ripeness.ensemble.inputs import Overrides, inputs_of
from ripeness.ensemble.past import Past
from ripeness.scenario.schema import Scenario
from ripeness.war.intervention import Intervention
from ripeness.war.opening import open_war
from ripeness.war.prepare import Side, War, prepare
from ripeness.world.pathway_names import NAMES

Array = NDArray[np.float64]
LONGER, SHORTER = 1, -1


@dataclass(frozen=True, slots=True)
class NumberMove:
    """A number that is set, added to or scaled at every parameter sample, or at those in `among` only.

    What it becomes stays within the number's admissible bounds. Shapes: value () or (points,); among (points,).
    """

    path: str
    operation: str
    value: float | Array
    among: NDArray[np.bool_] | None = None

    def applied(self, drawn: Array, low: float, high: float) -> Array:
        """The number after the move. Shapes: drawn (points,); returns (points,).

        >>> NumberMove("talks.guarantee", "add", .5).applied(np.array([.2, .8]), 0, 1).tolist()
        [0.7, 1.0]
        """
        moved = {"set": drawn * 0 + self.value, "add": drawn + self.value, "scale": drawn * self.value}[self.operation]
        moved = np.clip(moved, low, high)
        return moved if self.among is None else np.where(self.among, moved, drawn)


@dataclass(frozen=True, slots=True)
class LeverArm:
    """A war that differs from the war as stated by moved numbers, cut pathways, forced policies, or who decides.

    `scenario`: the changed scenario, where more than numbers differs.
    """

    moves: tuple[NumberMove, ...] = ()
    cuts: tuple[str, ...] = ()
    orders: tuple[Intervention, ...] = ()
    scenario: Scenario | None = None

    @property
    def is_as_stated(self) -> bool:
        """Whether nothing is changed."""
        return not (self.moves or self.cuts or self.orders or self.scenario)


AS_STATED = LeverArm()


@dataclass(frozen=True, slots=True)
class Lever:
    """What is moved, from `before` to `after`, and which way the theory says that mean months go.

    `expected`: LONGER, SHORTER, or None, the theory says neither.
    """

    moved: str
    after: LeverArm
    expected: int | None = None
    before: LeverArm = AS_STATED


@dataclass(frozen=True, slots=True)
class LeverContext:
    """A war as levers find it: its scenario, its numbers, and at each parameter sample how it stands at the start.

    `advantage` is the first belligerent's log strength ratio, `deadlock` the ratio below which no front moves; `power`
    is that of each belligerent's factions. Shapes: advantage, deadlock (points,); power two (F, points).
    """

    scenario: Scenario
    war: War
    advantage: Array
    deadlock: Array
    power: tuple[Array, Array]

    @property
    def belligerents(self) -> tuple[Side, Side]:
        """Both belligerents, in the order of the file."""
        first, second = self.war.sides[:2]
        return first, second

    @property
    def patrons(self) -> tuple[Side, ...]:
        """All other polities."""
        return self.war.sides[2:]

    def losing(self, side: int) -> NDArray[np.bool_]:
        """At which samples the front moves against a belligerent at the start. Shapes: returns (points,)."""
        return np.asarray((self.advantage if side == 0 else -self.advantage) < -self.deadlock)

    def moves(self, operation: str, value: float, paths: Sequence[str]) -> tuple[NumberMove, ...]:
        """The same move of several numbers."""
        return tuple(NumberMove(path, operation, value) for path in paths)

    def has(self, path: str) -> bool:
        """Whether the number can be above zero in this war."""
        number = self.war.numbers.get(path)
        return number is not None and number.interval()[2] > 0


LeverBuilder = Callable[[LeverContext], Lever | str]
"""Makes a lever for a war, or says why the war has nothing that it could move."""


def both_sides(context: LeverContext, name: str, value: float) -> tuple[NumberMove, ...]:
    """A number of each belligerent, set to the same value."""
    return context.moves("set", value, [f"polities.{side.key}.{name}" for side in context.belligerents])


def every_faction(context: LeverContext, trait: str, operation: str, value: float) -> tuple[NumberMove, ...]:
    """A trait of every faction of both belligerents, moved alike."""
    return context.moves(operation, value, trait_paths(context, trait))


def trait_paths(context: LeverContext, trait: str) -> list[str]:
    """Where the trait of each faction of both belligerents stands."""
    return [
        f"polities.{side.key}.factions.{faction}.traits.{trait}"
        for side in context.belligerents
        for faction in side.faction_keys
    ]


def leader_trait_paths(context: LeverContext, trait: str) -> list[str]:
    """Where the trait of each belligerent's leader stands."""
    return [
        f"polities.{side.key}.factions.{side.faction_keys[side.leader]}.traits.{trait}" for side in context.belligerents
    ]


def lever_context(
    scenario: Scenario, design: Design, overrides: Overrides | None = None, past: Past | None = None
) -> LeverContext:
    """Open the war at every parameter sample of a design, to see who is stronger and who holds power.

    >>> from ripeness.scenario.read import read_scenario
    >>> context = lever_context(read_scenario("japan-1945"), Design(draws=64, per_point=32))
    >>> context.advantage.shape, bool((context.losing(0) & context.losing(1)).any())
    ((2,), False)
    """
    war = prepare(scenario, design.horizon)
    points = np.arange(design.points, dtype=np.uint64)
    drawn = inputs_of(war, design.seed, overrides, None if past is None else past.samples).at(points)
    opening = open_war(war, drawn, points, np.ones(len(NAMES)))
    first, second = (np.array(polity.power, dtype=np.float64) for polity in opening.principals())
    advantage, deadlock = (
        np.array(values, dtype=np.float64) for values in (opening.shared.ratio, opening.parameters.deadlock)
    )
    return LeverContext(scenario, war, advantage, deadlock, (first, second))
