"""Conditions: how a war is simulated, and what holds for all of its months, whatever happens in them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from ripeness.war.block import PATHWAY, Array, Record, Records
from ripeness.war.intervention import Intervention


@dataclass(frozen=True, slots=True)
class Conditions:
    """How a war is simulated: its seed, whether chance is on, which pathways are disabled, which policies are forced.

    Shapes: pathways (30,), in the order of pathway.py: 1 when one is active, 0 when it is disabled.
    """

    seed: int
    pathways: Array
    quiet: bool = False
    interventions: tuple[Intervention, ...] = ()


class Constants(NamedTuple):
    """What holds for a whole war, as stages read it.

    `fought` are the months from its beginning to the start. Shapes: allowed (N,), shares that can be agreed on.
    """

    pathways: Record
    interventions: Records
    allowed: NDArray[np.float64]
    step: float
    fought: float
    seed: int
    quiet: bool
    recent: bool
    within_state: bool


def pathway_record(active: Array) -> Record:
    """Which pathways are active, as stages read it. Shapes: active (30,), in the order of pathway.py."""
    return np.ascontiguousarray(active, dtype=np.float64).copy().view(PATHWAY).view(np.recarray)[0]
