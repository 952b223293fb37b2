"""What breaks the peace later: the parts of the hazard of renewed war after the settlements that the runs reached."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from ripeness.ensemble.gather import Ensemble
from ripeness.study.ripeness.witness import Witness
from ripeness.study.tally import Difference, Share, mean, share
from ripeness.world.outcome import SETTLEMENT

Array = NDArray[np.float64]
PARTS = ("base", "rearming", "left out")


@dataclass(frozen=True, slots=True)
class LeftOut:
    """How often a settlement gives a faction less than it would settle for."""

    polity: str
    faction: str
    share: Share


@dataclass(frozen=True, slots=True)
class Breaking:
    """Yearly hazard that a settlement breaks and what it adds up from; no parts where no run settles."""

    settled: Share
    yearly: Difference | None
    parts: tuple[tuple[str, Difference], ...]
    left_out: tuple[LeftOut, ...]


def breaking(ensemble: Ensemble, witness: Witness, weights: Array) -> Breaking:
    """Sum up what the settlements rest on. Shapes: weights (draws,)."""
    hit = ensemble.code == SETTLEMENT
    settled = share(hit, ensemble.point, weights)
    if not (hit & (weights > 0)).any():
        return Breaking(settled, None, (), ())
    _, group = np.unique(ensemble.point[hit], return_inverse=True)
    those = group.astype(np.intp), weights[hit]
    rows = [
        LeftOut(side.key, key, share(witness.left_out[n][hit], *those))
        for n, (side, key) in enumerate((side, key) for side in ensemble.war.sides[:2] for key in side.faction_keys)
    ]
    return Breaking(
        settled,
        mean(witness.parts[:, hit].sum(axis=0), *those),
        tuple((name, mean(row[hit], *those)) for name, row in zip(PARTS, witness.parts, strict=True)),
        tuple(sorted(rows, key=lambda one: -one.share.p)),
    )
