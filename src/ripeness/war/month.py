"""A month of war: the twelve stages in order. Read this page first.

perceive -> want -> decide -> carry out -> supply -> fight -> report -> react -> shift -> lead -> talk -> end

Each stage is a loop over the runs in the file of its name; mind.py and deed.py say what it reads and what it changes. A
month is compiled as a whole, so that nothing of it waits for Python; only rules of decision that are not compiled into
it (decision/choose.py) are called in between.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, NamedTuple

import numpy as np
from numpy.typing import NDArray

from ripeness.war.body import Array, Body, Plan, Plans, body_in, plan_of
from ripeness.war.decide import decide, follow, let_decide, take_positions
from ripeness.war.deed import arm, draw_luck, fight, lead, mobilise, provide, shift_power, suffer, talk
from ripeness.war.end import end
from ripeness.war.happen import Events, happen
from ripeness.war.mind import learn, want
from ripeness.war.order import AFTER, BEFORE, Forced, Order, forced_by, obey
from ripeness.war.patronage import drift, look_on, receive
from ripeness.war.rows import COMMON, DECIDED, DEMAND, HAPPENED
from ripeness.world.chance import END, uniforms
from ripeness.world.compiled import whole, woven

if TYPE_CHECKING:
    from ripeness.war.prepare import War
    from ripeness.war.situation import Situation

Draws = NDArray[np.uint64]
MONTHS_PER_YEAR = 12.0
FIRST, SECOND = whole(0), whole(1)


@dataclass(frozen=True, slots=True)
class Conditions:
    """How a war is simulated: its seed, whether chance is on, which links are cut, which policies are forced."""

    seed: int
    links: Array
    quiet: bool = False
    orders: tuple[Order, ...] = ()


class Course(NamedTuple):
    """What holds for a whole war, as kernels read it. Shapes: allowed (N,), shares that can be agreed on;
    links (28,).
    """

    plans: Plans
    events: Events
    forced: Forced
    links: Array
    allowed: Array
    step: float
    seed: int
    quiet: bool
    recent: bool


def course(war: War, how: Conditions) -> Course:
    """Write down what holds for all months of a war."""
    forced = forced_by(how.orders, war.side_plans)
    return Course(war.plans, war.events, forced, how.links, war.allowed, war.step, how.seed, how.quiet, war.recent)


@woven
def month(war: Course, table: Array, draws: Draws, number: int, ending: Array) -> None:
    """Take all runs of a table through one step of war, and say how it ended for each.

    Shapes: table (rows, R), written; draws (R,), numbers of the runs; ending (2, R), written: a code of
    world/outcome.py, 0 when fighting goes on, and the share of the step that was fought.
    """
    make_up_minds(war, table, draws, number)
    for n in range(war.plans.numbers.shape[0]):
        plan = plan_of(war.plans, n)
        decide(plan, body_in(table, plan))
    carry_on(war, table, draws, number, ending)


def month_by_hand(war: War, situation: Situation, course: Course, number: int, ending: Array) -> None:
    """The same, with rules of decision that are not compiled into it."""
    make_up_minds(course, situation.table, situation.shared.draws, number)
    for side, polity in zip(war.sides, situation.sides, strict=True):
        let_decide(side, polity)
    carry_on(course, situation.table, situation.shared.draws, number, ending)


@woven
def make_up_minds(war: Course, table: Array, draws: Draws, number: int) -> None:
    """From events to positions: what happens, what both sides perceive and want, and where every faction stands."""
    happen(war.events, table, draws, war.seed, number, war.step, war.quiet)
    first, second = body_in(table, plan_of(war.plans, FIRST)), body_in(table, plan_of(war.plans, SECOND))
    laws, rows = table[:COMMON], table[COMMON:HAPPENED]
    heard = war.step if number > 0 else 0.0  # before the first step nothing has been fought that could teach
    for sign, body in ((1.0, first), (-1.0, second)):
        learn(sign, body, rows, laws, war.links, heard)
    want(first, second, rows, laws, war.links)
    for n in range(war.plans.numbers.shape[0]):
        plan = plan_of(war.plans, n)
        body = body_in(table, plan)
        if n > SECOND:
            look_on(plan.about, body, first, second, number * war.step / MONTHS_PER_YEAR)
        take_positions(plan, body, war.links)


@woven
def carry_on(war: Course, table: Array, draws: Draws, number: int, ending: Array) -> None:
    """From decisions to what comes of them."""
    one, other = plan_of(war.plans, FIRST), plan_of(war.plans, SECOND)
    first, second = body_in(table, one), body_in(table, other)
    laws, rows = table[:COMMON], table[COMMON:HAPPENED]
    obey(war.forced, table, number, BEFORE)
    for plan, body in ((one, first), (other, second)):
        follow(body.table[DECIDED, plan.terms], laws, war.step, body.own[DEMAND])
    obey(war.forced, table, number, AFTER)
    receive(war.plans, table, first, second, war.links)
    act(war, one, first, other, second, rows, laws, draws, number, ending)
    drift(war.plans, war.events.patrons, table)


@woven
def act(
    war: Course,
    one: Plan,
    first: Body,
    other: Plan,
    second: Body,
    rows: Array,
    laws: Array,
    draws: Draws,
    number: int,
    ending: Array,
) -> None:
    """Take both belligerents from what is decided to what comes of it. Shapes: ending (2, R), written."""
    runs, links, step = rows.shape[1], war.links, war.step
    luck, rival_luck, scratch = np.empty((4, runs)), np.empty((4, runs)), np.empty((10, runs))
    for plan, fate in ((one, luck), (other, rival_luck)):
        draw_luck(war.seed, draws, number, plan.luck, war.quiet, fate, scratch)
    mobilise(one, first, other, second, rows, links)
    for body in (first, second):
        provide(body.own, rows, laws, step)
    arm(first, second, rows, laws, links)
    fight(first.own, second.own, luck, rival_luck, rows, laws, links, step)
    for sign, plan, body, fate in ((1.0, one, first, luck), (-1.0, other, second, rival_luck)):
        suffer(plan, body, fate, rows, laws, links, step, scratch)
        shift_power(sign, plan, body, rows, laws, draws, links, step, number, war.seed, war.quiet)
        lead(sign, plan, body, rows, laws, links, step, fate[3], scratch)
    talk(first.own, second.own, rows, laws, step, war.recent, war.allowed, scratch)
    uniforms(war.seed, draws, number, END, FIRST, luck)
    end(scratch, luck, step, war.quiet, ending[0], ending[1])
