"""What a scenario states of the start, losses and terms, brought together with what the model expects there."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from ripeness.war.situation import Belligerent, Situation

if TYPE_CHECKING:
    from ripeness.war.block import Array
    from ripeness.war.prepare import War
    from ripeness.war.side import Side

LEAST_DEATHS = 1e-9


def scale_losses(war: War, drawn: Array, point: NDArray[np.intp], situation: Situation) -> None:
    """Where a scenario states losses at the start, scale what the model expects to them;
    a side that states none takes its rival's scale.
    """
    scales = [
        drawn[side.resources["deaths"]][point] / np.maximum(polity.expected_deaths, LEAST_DEATHS)
        if side.states_deaths
        else None
        for side, polity in zip(war.sides[:2], situation.belligerents(), strict=True)
    ]
    for polity, own, other in zip(situation.belligerents(), scales, scales[::-1], strict=True):
        scale = own if own is not None else other
        if scale is not None:
            polity.loss_scale = scale


def hold_to_terms(side: Side, polity: Belligerent, concession: Array, fought: float) -> None:
    """Set how much of stated terms is bluff by now, and raise reservations by the rest.

    Bluff would have faded in the months since the war began: that the terms still stand makes it less likely that they
    are bluff (Bayes' rule for a share p of bluff that survives with chance a). Shapes: concession (R,).
    """
    survives = np.exp(-fought * (1 + polity.pressure) / concession)
    bluff = polity.posture * survives
    polity.posture = bluff / (1 - polity.posture + bluff)
    polity.bluff = 1.0
    states = (side.terms_stated >= 0)[:, None]
    meant = states * (1 - polity.posture) * (polity.stated[side.terms] - polity.reservation_start)
    polity.understated_stake = meant
    polity.reservation = polity.reservation + meant
