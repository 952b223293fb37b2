"""Armed allies: how likely each is to make a separate peace, change camp, leave, be spent, or to fight on."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from ripeness.ensemble.gather import Ensemble
from ripeness.scenario.armed_polities import PRINCIPALS
from ripeness.study.weighted_statistics import MeanEstimate, ShareEstimate, estimate_mean, estimate_share, run_weights
from ripeness.world.outcome import CEASEFIRE, FROZEN, SETTLEMENT
from ripeness.world.way_out import CHANGED_CAMP, FIGHTS_ON, LEFT, SEPARATE_PEACE, SPENT

WAYS = {
    "separate peace": SEPARATE_PEACE,
    "changed camp": CHANGED_CAMP,
    "left the war": LEFT,
    "spent": SPENT,
}


@dataclass(frozen=True, slots=True)
class AllyForecast:
    """What becomes of one armed ally by the end of the war, or the horizon.

    `beside`: the principal in whose camp it fights at the start. `ways`: share of the runs in which it leaves its camp
    in each way. `agreed`: share of the runs in which the principals come to an agreed end while it fights in a camp;
    among these `accepts` that end, the others fight on. `terms_apart`: its camp's share in separate peaces, none where
    there is none.
    """

    polity: str
    beside: str
    ways: dict[str, ShareEstimate]
    agreed: ShareEstimate
    accepts: ShareEstimate
    terms_apart: MeanEstimate | None


def ally_forecasts(ensemble: Ensemble, weights: NDArray[np.float64] | None = None) -> tuple[AllyForecast, ...]:
    """What becomes of each armed ally; nothing in a war of two. Shapes: weights (R,)."""
    allies = ensemble.war.armed[PRINCIPALS:]
    if not allies:
        return ()
    points, counted = ensemble.point, run_weights(ensemble.design.draws, weights)
    forecasts = []
    for n, side in enumerate(allies, PRINCIPALS):
        departure = ensemble.results["way_out"][n]
        fights_on = departure == FIGHTS_ON
        in_camp = (ensemble.results["camp"][n] != 0) | fights_on
        agreed = np.isin(ensemble.code, (SETTLEMENT, CEASEFIRE, FROZEN)) & in_camp
        apart = departure == SEPARATE_PEACE
        terms = np.where(apart, ensemble.results["terms_apart"][n], 0.0)
        forecasts.append(
            AllyForecast(
                side.key,
                str(ensemble.scenario.polities[side.key].beside),
                {name: estimate_share(departure == code, points, counted) for name, code in WAYS.items()},
                estimate_share(agreed, points, counted),
                estimate_share(~fights_on, points, counted, agreed),
                estimate_mean(terms[apart], points[apart], counted[apart]) if apart.any() else None,
            )
        )
    return tuple(forecasts)
