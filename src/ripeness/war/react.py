"""React: weariness, grievance, protest, and leaving.

Weariness is logarithmic in losses (Mueller 1973), with a term in recent ones (Gartner and Segura 1998). Participation
follows a threshold map that may tip (Granovetter 1978; Kuran 1991). A faction below its loyalty line may leave
(Hirschman 1970).
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from ripeness.war.law import (
    TIP_DISTANCE,
    TIP_GAIN,
    TIP_GRIEVANCE,
    TIP_REPRESSION,
    TIP_SPEED,
    TIP_THRESHOLD,
    WEARINESS_BASE,
    WEARINESS_DECADES,
    WEARINESS_RECENT,
)
from ripeness.war.link import GRIEVANCE_PROTEST
from ripeness.world.arithmetic import exp, log_block
from ripeness.world.compiled import compiled

if TYPE_CHECKING:
    from ripeness.war.body import Array, Whole

LOG_TEN = 2.302585092994046
NOBODY_CARES = 1e-9  # salience below which an issue does not count
USUAL = 0.1  # weight of the newest month in what counts as usual losses


@compiled
def grow_weary(
    deaths: Array,
    reported: Array,
    fresh: Array,
    usual: Array,
    population: Array,
    informed: Array,
    laws: Array,
    step: float,
    scratch: Array,
    weariness: Array,
) -> None:
    """Weariness of each faction of one belligerent.

    Shapes: deaths, reported, fresh, usual (deaths a month), population (R,), thousand persons; informed (F, R);
    scratch (3, R); usual and weariness (F, R) are written.
    """
    for r in range(deaths.shape[0]):
        monthly = fresh[r] / step
        scratch[2, r] = laws[WEARINESS_RECENT, r] * min(
            max(monthly / max(usual[r], monthly / 2.0 + 1e-9) - 1.0, 0.0), 1.0
        )
        usual[r] += min(USUAL * step, 1.0) * (monthly - usual[r])
    for f in range(weariness.shape[0]):
        for r in range(deaths.shape[0]):
            believed = informed[f, r] * deaths[r] + (1.0 - informed[f, r]) * reported[r]
            scratch[1, r] = 1.0 + believed / population[r] * 1e6 / laws[WEARINESS_BASE, r]
        log_block(scratch[1], weariness[f], scratch[0])
        for r in range(deaths.shape[0]):
            weariness[f, r] = weariness[f, r] / (LOG_TEN * laws[WEARINESS_DECADES, r]) + scratch[2, r]


@compiled
def strain(shock: Array, weariness: Array) -> None:
    """Add what events have done to weariness. Shapes: shock (R,); weariness (F, R), written."""
    for f in range(weariness.shape[0]):
        for r in range(shock.shape[0]):
            weariness[f, r] += shock[r]


@compiled
def protest(
    weariness: Array,
    economy: Array,
    organisation: Array,
    distance: Array,
    repression: Array,
    laws: Array,
    links: Array,
    step: float,
    participation: Array,
) -> None:
    """Participation of one faction in open protest moves towards what a threshold map makes of it.

    Shapes: all (R,); participation, a share of those who could, is written.
    """
    for r in range(participation.shape[0]):
        grievance = (weariness[r] + 1.0 - economy[r]) * links[GRIEVANCE_PROTEST]
        pull = laws[TIP_GAIN, r] * organisation[r] * participation[r] + laws[TIP_GRIEVANCE, r] * grievance
        hold = laws[TIP_THRESHOLD, r] + laws[TIP_REPRESSION, r] * repression[r] + laws[TIP_DISTANCE, r] * distance[r]
        drawn = 1.0 / (1.0 + exp(hold - pull))
        participation[r] += min(laws[TIP_SPEED, r] * step, 1.0) * (drawn - participation[r])


@compiled
def dissatisfaction(
    position: Array,
    salience: Array,
    decided: Array,
    coupled: Whole,
    terms: int,
    demand: Array,
    scratch: Array,
    out: Array,
) -> None:
    """Distance of each faction from what is decided, weighted by salience; terms beyond 0..1 count as their end.

    Issues without a role are decided and reported, and move nobody.
    Shapes: position, salience (I, F, R); decided (I, R); coupled (I,), 1 or 0; demand (R,); scratch (1, R); out (F, R),
    written.
    """
    weight = scratch[0]
    for f in range(out.shape[0]):
        for r in range(out.shape[1]):
            out[f, r] = 0.0
            weight[r] = NOBODY_CARES
        for i in range(position.shape[0]):
            if coupled[i] == 0:
                continue
            settled = demand if i == terms else decided[i]
            for r in range(out.shape[1]):
                here = min(max(position[i, f, r], 0.0), 1.0)
                there = min(max(settled[r], 0.0), 1.0)
                out[f, r] += salience[i, f, r] * abs(here - there)
                weight[r] += salience[i, f, r]
        for r in range(out.shape[1]):
            out[f, r] /= weight[r]


@compiled
def leave(dissatisfied: Array, loyalty: Array, rate: Array, luck: Array, leader: int, step: float, gone: Array) -> None:
    """Let factions below their loyalty line leave, with their hazard. The leader stays.

    Shapes: all (F, R); gone (0 or 1) is written.
    """
    for f in range(gone.shape[0]):
        for r in range(gone.shape[1]):
            below = 1.0 if dissatisfied[f, r] > loyalty[f, r] and f != leader else 0.0
            leaves = 1.0 if luck[f, r] < 1.0 - exp(-rate[f, r] * step) else 0.0
            gone[f, r] = max(gone[f, r], below * leaves)
