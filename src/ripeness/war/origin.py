"""Origin: which drawn input each quantity of a war starts from."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from ripeness.decision.rule import FOLLOWS, NOISE, QUOTA
from ripeness.scenario.faction_form import TraitsForm
from ripeness.scenario.mediator_form import PowerSharing
from ripeness.war.situation import Belligerent, Patron, PolityView, Situation

if TYPE_CHECKING:
    from collections.abc import Mapping

    from ripeness.war.block import BlockLayout
    from ripeness.war.happening import Changed, Happening
    from ripeness.war.side import Side

NOWHERE = -1  # a row that starts at 0
TERMS = {"talks_monitoring": "talks.monitoring", "disarmament": "talks.disarmament"} | {
    name: f"talks.power_sharing.{name}" for name in PowerSharing.model_fields
}  # of a peace besides the stake: where each is stated, if it is


def origins(
    layout: BlockLayout,
    sides: tuple[Side, ...],
    parameters: NDArray[np.int64],
    row: Mapping[str, int],
    happenings: tuple[Happening, ...],
    changes: tuple[Changed, ...],
) -> NDArray[np.int64]:
    """For each row of a block that runs have, the row of the drawn inputs that it starts from, or NOWHERE.

    Reckoned on a block of one run whose numbers are the numbers of those rows. Shapes: parameters (L,), the rows of the
    model's coefficients; returns (Q,).
    """
    block = layout.block(1)
    block.memory[layout.run_rows] = NOWHERE
    situation = Situation([block])
    shared = situation.shared
    for name, number in zip(block.parameters.dtype.names, parameters, strict=False):
        setattr(situation.parameters, name, number)
    shared.front = row["stake.held"]
    shared.mediation, shared.misperception = row["talks.mediation"], row["talks.misperception"]
    shared.guarantee = row["talks.guarantee"]
    if "ceasefire.monitored" in row:
        shared.truce_monitored = row["ceasefire.monitored"]
    for name, path in TERMS.items():
        setattr(shared, name, row.get(path, NOWHERE))
    for event, happening in zip(block.state.events, happenings, strict=True):
        event.event_hazard[0] = happening.hazard
    for effect, change in zip(block.state.effects, changes, strict=True):
        effect.amount[0] = change.effect.row
    for side, polity in zip(sides, situation.sides, strict=True):
        _inside(side, polity)
        if isinstance(polity, Belligerent):
            _at_war(side, polity)
        elif isinstance(polity, Patron):
            for name, number in side.patron.items():
                setattr(polity, name, number)
            for name, numbers in side.leverage.items():
                setattr(polity, name, numbers[:, None])
    return block.memory[layout.run_rows].astype(np.int64)


def _inside(side: Side, polity: PolityView) -> None:
    """What the factions of any polity have, want and stated."""
    for name, numbers in zip(TraitsForm.model_fields, side.traits, strict=True):
        setattr(polity, name, numbers[:, None])
    polity.power = side.power[:, None]
    polity.stated = polity.position = side.stated[:, :, None]
    polity.salience, polity.reference = side.salience[:, :, None], side.reference[:, None]
    polity.settings[QUOTA], polity.settings[NOISE] = side.conduct["quota"], side.conduct["noise"]
    polity.settings[FOLLOWS] = side.conduct["leader_share"]
    polity.leader_weight, polity.repression = side.conduct["leader_weight"], side.conduct["repression"]
    polity.strength = side.response_rows[:, None]


def _at_war(side: Side, polity: Belligerent) -> None:
    """What a belligerent has, has lost, believes and does."""
    means, conduct = side.resources, side.conduct
    for name in ("pool", "economy", "call_up", "production", "displaced", "output", "civilian_harm", "occupation_harm"):
        setattr(polity, name, means[name])
    for name in ("reporting", "rearm", "claim", "aim", "guarantee", "posture", "estimate_error", "defection"):
        setattr(polity, name, conduct[name])
    polity.forces = polity.forces_start = means["forces"]
    polity.munitions = polity.supplied = means["munitions"]
    polity.population, polity.quality = means["population"], means["quality"]
    polity.wounded_ratio, polity.displaced_start = means["wounded"], means["displaced"]
    polity.deaths = polity.deaths_start = polity.reported = means["deaths_so_far"]
    polity.stated_terms = conduct["public_terms"]
    polity.belief, polity.precision = polity.optimism, polity.stubbornness
