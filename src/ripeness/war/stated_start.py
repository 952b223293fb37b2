"""What a scenario states of the start, losses and terms, brought together with what the model expects there."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from ripeness.war.situation import Belligerent, Situation
from ripeness.war.truce import set_lull

if TYPE_CHECKING:
    from ripeness.war.block import Array, Block, Record
    from ripeness.war.prepare import War
    from ripeness.war.side import Side

LEAST_DEATHS = 1e-9


def scale_losses(war: War, drawn: Array, point: NDArray[np.intp], situation: Situation) -> None:
    """Where a scenario states losses at the start, scale what the model expects to them.

    A side that states none takes its rival's scale; an ally that of the opposing principal, else of its own.
    """
    fighters = situation.belligerents()
    scales = [
        drawn[side.resources["deaths"]][point] / np.maximum(polity.expected_deaths, LEAST_DEATHS)
        if side.states_deaths
        else None
        for side, polity in zip(war.armed, fighters, strict=True)
    ]
    for side, polity, own in zip(war.armed, fighters, scales, strict=True):
        known = [scale for scale in (own, scales[1 - side.beside], scales[side.beside]) if scale is not None]
        if known:
            polity.loss_scale = known[0]


def hold_to_terms(side: Side, polity: Belligerent, concession: Array, fought: float) -> None:
    """Set how much of stated terms is bluff by now, and move reservations towards them by the rest.

    Bluff would have faded in the months since the terms were stated, at the latest when the war began: that they still
    stand makes it less likely that they are bluff (Bayes' rule for a share p of bluff that survives with chance a).
    Shapes: concession (R,).
    """
    stood = min(fought, side.terms_stood)
    survives = np.exp(-stood * (1 + polity.pressure) / concession)
    bluff = polity.posture * survives
    polity.posture = bluff / (1 - polity.posture + bluff)
    polity.bluff = 1.0
    states = (side.terms_stated >= 0)[:, None]
    meant = states * (1 - polity.posture) * (polity.stated[side.terms] - polity.reservation_start)
    polity.understated_stake = meant
    polity.reservation = polity.reservation + meant


def open_ceasefire(war: War, block: Block, situation: Situation, pathways: Record) -> None:
    """Put the ceasefire in force that the scenario states of the start."""
    shared = situation.shared
    shared.truce = shared.truce_noted = float(war.truce)
    shared.truce_months = shared.truce_longest = war.truce_months
    set_lull(block.state.shared, block.state.parameters, pathways, block.n_runs)
    shared.intensity = shared.full_intensity * shared.lull
