"""Shift: power inside a polity moves with rents, the war, blame and credit, protest, crackdown and chance."""

from __future__ import annotations

from math import sqrt
from typing import TYPE_CHECKING

from ripeness.war.law import POWER_CRACKDOWN, POWER_PROTEST, POWER_RENT, POWER_WALK
from ripeness.war.link import FRONT_POWER, PROTEST_POWER, REFORM_POWER, RENTS_POWER, WAR_POWER
from ripeness.world.arithmetic import exp
from ripeness.world.compiled import compiled

if TYPE_CHECKING:
    from ripeness.war.body import Array


@compiled
def press(
    front: Array,
    front_start: Array,
    squeeze_level: Array,
    economy: Array,
    power: Array,
    weariness: Array,
    weary: Array,
    pressure: Array,
) -> None:
    """Pressure on a polity: ground lost, sanctions, economic loss and weariness.

    Shapes: (R,) but power and weariness (F, R); weary (mean weariness by power) and pressure are written.
    """
    for r in range(front.shape[0]):
        weary[r] = 0.0
    for f in range(power.shape[0]):
        for r in range(front.shape[0]):
            weary[r] += power[f, r] * weariness[f, r]
    for r in range(front.shape[0]):
        pressure[r] = max(front_start[r] - front[r], 0.0) + squeeze_level[r] + 1.0 - economy[r] + weary[r]


@compiled
def shift(
    rents: Array,
    war_weight: Array,
    credit: Array,
    participation: Array,
    hit: Array,
    gone: Array,
    reform: Array,
    pressure: Array,
    intensity: Array,
    sign: float,
    moved: Array,
    luck: Array,
    laws: Array,
    links: Array,
    step: float,
    log_power: Array,
    power: Array,
) -> None:
    """Move the log power of each faction, and normalise; a faction that has left has none.

    Shapes: rents .. participation, gone, luck (F, R); hit (F,) is 1 for factions that reform hits; the rest (R,), the
    front's move in the first belligerent's frame with sign 1 for it and -1 for its rival;
    log_power and power (F, R) are written.
    """
    runs = moved.shape[0]
    for f in range(power.shape[0]):
        for r in range(runs):
            drift = war_weight[f, r] * intensity[r] * links[WAR_POWER]
            drift += laws[POWER_RENT, r] * rents[f, r] * links[RENTS_POWER]
            drift += laws[POWER_PROTEST, r] * participation[f, r] * links[PROTEST_POWER]
            drift -= laws[POWER_CRACKDOWN, r] * hit[f] * reform[r] * min(pressure[r], 1.0) * links[REFORM_POWER]
            jump = credit[f, r] * sign * moved[r] * links[FRONT_POWER] + laws[POWER_WALK, r] * sqrt(step) * luck[f, r]
            log_power[f, r] += drift * step + jump
            power[f, r] = exp(log_power[f, r]) * (1.0 - gone[f, r])
    normalise(power)


@compiled
def normalise(power: Array) -> None:
    """Scale shares to sum to 1 in each run. Shapes: power (F, R), written."""
    for r in range(power.shape[1]):
        total = 0.0
        for f in range(power.shape[0]):
            total += power[f, r]
        for f in range(power.shape[0]):
            power[f, r] /= total


@compiled
def earn(rent: Array, openness: Array, out: Array) -> None:
    """Rents that flow to one faction while its issue stands open. Shapes: all (R,); out written."""
    for r in range(out.shape[0]):
        out[r] = rent[r] * min(max(openness[r], 0.0), 1.0)
