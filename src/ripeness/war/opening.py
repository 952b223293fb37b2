"""Opening: what the situation at the start implies before the first month is fought: strengths, beliefs, demands."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from ripeness.war.begin import begin, draw_lines, stated_deaths
from ripeness.war.decide import decide, take_positions
from ripeness.war.fight import move_front
from ripeness.war.month import arm, carry_out_all, earn_rents, receive, see_losses, want
from ripeness.war.react import dissatisfaction, protest
from ripeness.war.shift import press
from ripeness.war.supply import EMPTY

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from ripeness.war.prepare import Side, War
    from ripeness.war.situation import Array, Belligerent, Situation

SETTLING = 24  # steps after which participation at the start has found its low stable point
LEAST_DEATHS = 1e-9


def open_war(war: War, drawn: Array, draws: NDArray[np.uint64], links: Array) -> Situation:
    """Set the scene and let everybody take a first position.

    Shapes: drawn (K, R); draws (R,).
    """
    situation = begin(war, drawn, draws)
    shared, pair = situation.shared, situation.belligerents()
    for polity, sign in zip(pair, (1.0, -1.0), strict=True):
        polity.front[:] = sign * shared.front
        polity.front_start[:] = polity.front
    for side, polity in zip(war.sides, situation.sides, strict=True):
        for flow in side.flows[:1]:
            polity.front[:] = polity.front_start[:] = pair[flow.toward].front
        decide(side, polity)
    carry_out_all(war, situation, links)
    receive(war, situation, links)
    for polity in pair:
        inflow = polity.production * polity.effort * polity.economy + polity.aid
        polity.supplied[:] = np.maximum(polity.munitions + inflow, EMPTY)
    arm(situation, links)
    _scale_losses(war, drawn, situation)
    arm(situation, links)
    _compare(situation, links)
    for side, polity in zip(war.sides[:2], pair, strict=True):
        _feel(side, polity, situation, links)
        draw_lines(side, polity, shared.laws)
    want(situation, links)
    for side, polity in zip(war.sides[:2], pair, strict=True):
        _demand(side, polity, links)
    return situation


def _scale_losses(war: War, drawn: Array, situation: Situation) -> None:
    """Where a scenario states losses at the start, scale the law to them; a side that states none takes its rival's scale."""
    pair = situation.belligerents()
    stated = [stated_deaths(side, drawn) for side in war.sides[:2]]
    scales = [None if known is None else known / np.maximum(polity.expected, LEAST_DEATHS)
              for known, polity in zip(stated, pair, strict=True)]  # fmt: skip
    for polity, own, other in zip(pair, scales, scales[::-1], strict=True):
        chosen = own if own is not None else other
        if chosen is not None:
            polity.scaling[:] = chosen


def _compare(situation: Situation, links: Array) -> None:
    """True strength ratio at the start, and beliefs around it. No time passes: the front stays."""
    shared, (first, second) = situation.shared, situation.belligerents()
    still = np.zeros_like(shared.front)
    move_front(
        first.men, first.skill, second.men, second.skill, first.effort, second.effort, shared.intensity, shared.hidden, still,
        shared.laws, links, 0.0, shared.ratio, shared.front, shared.moved,
    )
    first.mean += shared.ratio
    second.mean -= shared.ratio


def _feel(side: Side, polity: Belligerent, situation: Situation, links: Array) -> None:
    shared, traits = situation.shared, polity.traits
    polity.fresh[:] = polity.usual[:] = polity.expected
    see_losses(polity, shared.laws, 1.0)
    for f in side.streets:
        for _ in range(SETTLING):
            protest(
                polity.weariness[f], polity.economy, traits.organisation[f], traits.distance[f], polity.repression, shared.laws, links,
                1.0, polity.participation[f],
            )
    polity.participation_start[:] = polity.participation
    press(polity.front, polity.front_start, polity.squeeze_level, polity.economy, polity.power, polity.weariness, polity.weary, polity.pressure)
    polity.weary_start[:], polity.pressure_start[:] = polity.weary, polity.pressure
    earn_rents(side, polity)
    polity.rents_start[:] = polity.rents


def _demand(side: Side, polity: Belligerent, links: Array) -> None:
    polity.reservation_start[:] = polity.reservation
    take_positions(side, polity, links)
    decide(side, polity)
    polity.demand[:] = polity.demand_start[:] = polity.decided[side.terms]
    dissatisfaction(
        polity.position, polity.salience, polity.decided, side.terms, polity.demand,
        np.empty((1, len(polity.demand))), polity.dissatisfied,
    )
