"""Origin: which drawn input each row of the war's table starts from."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from ripeness.decision.rule import NOISE, QUOTA
from ripeness.scenario.faction_form import TraitsForm
from ripeness.war import rows as at
from ripeness.war.happening import Happening, inputs
from ripeness.war.situation import Belligerent, Patron, Polity, Situation, table_rows

if TYPE_CHECKING:
    from collections.abc import Mapping

    from ripeness.war.side import Side

NOWHERE = -1  # a row that starts at 0


def origins(
    sides: tuple[Side, ...], laws: NDArray[np.int64], row: Mapping[str, int], happenings: tuple[Happening, ...]
) -> NDArray[np.int64]:
    """For each row of the war's table, the row of the drawn inputs that it starts from, or NOWHERE.

    Reckoned on a situation of one run whose numbers are the numbers of those rows. Shapes: returns (rows,).
    """
    plans = tuple(side.plan for side in sides)
    table = np.full((table_rows(plans), 1), float(NOWHERE))
    situation = Situation(plans, len(happenings), table, np.zeros(1, dtype=np.uint64))
    shared, read = situation.shared, inputs(happenings)
    shared.laws[: len(laws), 0] = laws
    shared.front = row["stake.held"]
    shared.hidden = row["laws.hidden"]
    shared.mediation, shared.misperception = row["talks.mediation"], row["talks.misperception"]
    shared.guarantee = row["talks.guarantee"]
    first = at.HAPPENED + len(happenings)
    table[first : first + len(read), 0] = read
    for side, polity in zip(sides, situation.sides, strict=True):
        _inside(side, polity)
        if isinstance(polity, Belligerent):
            _at_war(side, polity)
        elif isinstance(polity, Patron):
            for name, found in side.patron.items():
                setattr(polity, name, found)
    return table[:, 0].astype(np.int64)


def _inside(side: Side, polity: Polity) -> None:
    """What the factions of any polity have, want and stated."""
    for name, found in zip(TraitsForm.model_fields, side.traits, strict=True):
        polity.faction[getattr(at, name.upper()), :, 0] = found
    polity.power = side.power[:, None]
    polity.stated = polity.position = side.stated[:, :, None]
    polity.salience, polity.reference = side.salience[:, :, None], side.reference[:, None]
    polity.settings[QUOTA], polity.settings[NOISE] = side.conduct["quota"], side.conduct["noise"]
    polity.leader_weight, polity.repression = side.conduct["leader_weight"], side.conduct["repression"]
    polity.body.strength[:, 0] = side.response_rows


def _at_war(side: Side, polity: Belligerent) -> None:
    """What a belligerent has, has lost, believes and does."""
    means, conduct = side.resources, side.conduct
    for name in ("pool", "economy", "call_up", "production", "displaced", "output", "civilian_harm", "occupation_harm"):
        setattr(polity, name, means[name])
    for name in ("reporting", "rearm", "claim", "aim", "guarantee"):
        setattr(polity, name, conduct[name])
    polity.forces = polity.forces_start = means["forces"]
    polity.munitions = polity.supplied = means["munitions"]
    polity.population, polity.quality = means["population"], means["quality"]
    polity.wounded_ratio, polity.displaced_start = means["wounded"], means["displaced"]
    polity.deaths = polity.deaths_start = polity.reported = means["deaths_so_far"]
    polity.stated_terms = conduct["public_terms"]
    polity.mean, polity.precision = polity.traits.optimism, polity.traits.stubbornness
