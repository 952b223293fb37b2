"""A month of war: the twelve stages in order. Read this page first.

perceive -> want -> decide -> carry out -> supply -> fight -> report -> react -> shift -> lead -> talk -> end

Each stage is a loop over the runs in the file of its name; mind.py and deed.py say what it reads and what it changes. What
comes before the decision (think) and after it (act) is compiled as a whole; the decision itself is a rule out of a table.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from ripeness.war.body import Array, Body, Plan
from ripeness.war.decide import decide, follow, take_positions
from ripeness.war.deed import arm, draw_luck, fight, lead, mobilise, provide, shift_power, suffer, talk
from ripeness.war.end import end
from ripeness.war.happen import happen
from ripeness.war.mind import learn, want
from ripeness.war.order import Order, obey
from ripeness.war.patronage import drift, look_on, receive
from ripeness.war.prepare import War
from ripeness.war.situation import Situation
from ripeness.world.chance import END, uniforms
from ripeness.world.compiled import compiled

Draws = NDArray[np.uint64]
MONTHS_PER_YEAR = 12.0


@dataclass(frozen=True, slots=True)
class Conditions:
    """How a war is simulated: its seed, whether chance is on, which links are cut, which policies are forced."""

    seed: int
    links: Array
    quiet: bool = False
    orders: tuple[Order, ...] = ()


def month(war: War, situation: Situation, drawn: Mapping[int, Array], number: int, how: Conditions) -> Array:
    """Take all runs of a chunk through one step of war, and say how it ended for each.

    Shapes: drawn, the inputs of events by row, (R,) each; returns (2, R): a code of world/outcome.py, 0 when fighting goes
    on, and the share of the step that was fought. Reads and changes the situation.
    """
    shared, (first, second) = situation.shared, situation.belligerents()
    one, other = war.sides[0].plan, war.sides[1].plan
    happen(war.happenings, situation, drawn, how.seed, number, war.step, how.quiet)
    heard = war.step if number > 0 else 0.0  # before the first step nothing has been fought that could teach
    think(one, first.body, other, second.body, shared.rows, shared.laws, how.links, heard)
    for side, polity in zip(war.sides[2:], situation.sides[2:], strict=True):
        look_on(side, polity, situation, number * war.step / MONTHS_PER_YEAR)
        take_positions(side.plan, polity.body, how.links)
    for side, polity in zip(war.sides, situation.sides, strict=True):
        decide(side, polity)
    obey(tuple(order for order in how.orders if order.issue >= 0), situation, number)
    for plan, polity in ((one, first), (other, second)):
        follow(polity.decided[plan.terms], shared.laws, war.step, polity.demand)
    obey(tuple(order for order in how.orders if order.issue < 0), situation, number)
    receive(war, situation, how.links)
    ending = np.empty((2, len(shared.draws)))
    act(one, first.body, other, second.body, shared.rows, shared.laws, shared.draws, how.links, war.step, number, how.seed,
        how.quiet, war.recent, war.allowed, ending)  # fmt: skip
    if war.happenings:
        for patron in situation.sides[2:]:
            drift(patron)
    return ending


@compiled
def think(
    one: Plan, first: Body, other: Plan, second: Body, rows: Array, laws: Array, links: Array, heard: float
) -> None:
    """Let both belligerents perceive what was fought (`heard`, in months) and want, and every faction take its positions."""
    learn(1.0, first, rows, laws, links, heard)
    learn(-1.0, second, rows, laws, links, heard)
    want(first, second, rows, laws, links)
    take_positions(one, first, links)
    take_positions(other, second, links)


@compiled
def act(
    one: Plan, first: Body, other: Plan, second: Body, rows: Array, laws: Array, draws: Draws, links: Array, step: float,
    number: int, seed: int, quiet: bool, recent: bool, allowed: Array, ending: Array,
) -> None:  # fmt: skip
    """Take both belligerents from what is decided to what comes of it. Shapes: ending (2, R), written."""
    runs = rows.shape[1]
    luck, rival_luck, scratch = np.empty((4, runs)), np.empty((4, runs)), np.empty((10, runs))
    draw_luck(seed, draws, number, one.luck, quiet, luck, scratch)
    draw_luck(seed, draws, number, other.luck, quiet, rival_luck, scratch)
    mobilise(one, first, other, second, rows, links)
    provide(first.own, rows, laws, step)
    provide(second.own, rows, laws, step)
    arm(first, second, rows, laws, links)
    fight(first.own, second.own, luck, rival_luck, rows, laws, links, step)
    suffer(one, first, luck, rows, laws, links, step, scratch)
    suffer(other, second, rival_luck, rows, laws, links, step, scratch)
    shift_power(1.0, one, first, rows, laws, draws, links, step, number, seed, quiet)
    shift_power(-1.0, other, second, rows, laws, draws, links, step, number, seed, quiet)
    lead(1.0, one, first, rows, laws, links, step, luck[3], scratch)
    lead(-1.0, other, second, rows, laws, links, step, rival_luck[3], scratch)
    talk(first.own, second.own, rows, laws, step, recent, allowed, scratch)
    uniforms(seed, draws, number, END, 0, luck)
    end(scratch, luck, step, quiet, ending[0], ending[1])
