"""Opening: what the situation at the start implies before the first month is fought: strengths, beliefs, demands."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from ripeness.war.begin import begin, draw_lines, stated_deaths
from ripeness.war.decide import let_decide, take_positions
from ripeness.war.deed import arm, earn_rents, mobilise
from ripeness.war.fight import move_front
from ripeness.war.mind import feel_pressure, find_fault, see_losses, take_to_the_streets, want
from ripeness.war.patronage import receive
from ripeness.war.supply import EMPTY

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from ripeness.war.body import Array
    from ripeness.war.prepare import Side, War
    from ripeness.war.situation import Belligerent, Situation

SETTLING = 24  # steps after which participation at the start has found its low stable point
LEAST_DEATHS = 1e-9


def open_war(
    war: War,
    drawn: Array,
    draws: NDArray[np.uint64],
    links: Array,
    stated: tuple[Array, Array] | None = None,
    point: NDArray[np.intp] | None = None,
) -> Situation:
    """Set the scene and let everybody take a first position.

    Positions on terms that a scenario states move by what the reservation has moved since they were stated. `stated`
    are the belligerents' reservations then, where the war to be fought differs from the one in which they were stated.
    Shapes: drawn (K, N), the inputs at N points; draws (R,); stated, two (F, R); point (R,), the point that each run
    takes, where these are not one each.
    """
    point = np.arange(len(draws)) if point is None else point
    situation = begin(war, drawn, draws, point)
    shared, pair = situation.shared, situation.belligerents()
    for polity, sign in zip(pair, (1.0, -1.0), strict=True):
        polity.front = polity.front_start = sign * shared.front
    for side, sitting in zip(war.sides, situation.sides, strict=True):
        for flow in side.flows[:1]:
            sitting.front = sitting.front_start = pair[flow.toward].front
        let_decide(side, sitting)
    first, second = pair[0].body, pair[1].body
    one, other = war.sides[0].plan, war.sides[1].plan
    mobilise(one, first, other, second, shared.rows, links)
    receive(war.plans, situation.table, first, second, links)
    for polity in pair:
        inflow = polity.production * polity.effort * polity.economy + polity.aid
        polity.supplied = np.maximum(polity.munitions + inflow, EMPTY)
    arm(first, second, shared.rows, shared.laws, links)
    _scale_losses(war, drawn, point, situation)
    arm(first, second, shared.rows, shared.laws, links)
    _compare(situation, links)
    for side, polity in zip(war.sides[:2], pair, strict=True):
        _feel(side, polity, shared.laws, links)
        draw_lines(side, polity, shared.laws)
    want(first, second, shared.rows, shared.laws, links)
    then = stated or (pair[0].reservation, pair[1].reservation)
    for side, polity, reservation in zip(war.sides[:2], pair, then, strict=True):
        _demand(side, polity, reservation, links)
    return situation


def _scale_losses(war: War, drawn: Array, point: NDArray[np.intp], situation: Situation) -> None:
    """Where a scenario states losses at the start, scale the law to them;
    a side that states none takes its rival's scale.
    """
    pair = situation.belligerents()
    stated = [stated_deaths(side, drawn, point) for side in war.sides[:2]]
    scales = [
        None if known is None else known / np.maximum(polity.expected, LEAST_DEATHS)
        for known, polity in zip(stated, pair, strict=True)
    ]
    for polity, own, other in zip(pair, scales, scales[::-1], strict=True):
        chosen = own if own is not None else other
        if chosen is not None:
            polity.scaling = chosen


def _compare(situation: Situation, links: Array) -> None:
    """True strength ratio at the start, and beliefs around it. No time passes: the front stays."""
    shared, (first, second) = situation.shared, situation.belligerents()
    still = np.zeros_like(shared.front)
    move_front(
        first.men,
        first.skill,
        second.men,
        second.skill,
        first.effort,
        second.effort,
        shared.intensity,
        shared.hidden,
        still,
        shared.laws,
        links,
        0.0,
        shared.ratio,
        shared.front,
        shared.moved,
    )
    first.mean += shared.ratio
    second.mean -= shared.ratio


def _feel(side: Side, polity: Belligerent, laws: Array, links: Array) -> None:
    plan, body = side.plan, polity.body
    polity.fresh = polity.usual = polity.expected
    see_losses(body, laws, 1.0, np.empty((3, laws.shape[1])))
    for _ in range(SETTLING):
        take_to_the_streets(plan, body, laws, links, 1.0)
    polity.participation_start = polity.participation
    polity.street_start = polity.participation.max(axis=0)
    feel_pressure(body)
    polity.weary_start, polity.pressure_start = polity.weary, polity.pressure
    earn_rents(plan, body)
    polity.rents_start = polity.rents


def _demand(side: Side, polity: Belligerent, stated: Array, links: Array) -> None:
    polity.reservation_start = stated
    take_positions(side.plan, polity.body, links)
    let_decide(side, polity)
    polity.demand = polity.demand_start = polity.decided[side.terms]
    find_fault(side.plan, polity.body, np.empty((1, len(polity.demand))))
