"""Answer of the record: the curve at the months asked for and month by month, what moves it, and past conflicts."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from ripeness.scenario.parameter_points import CIVIL_KINDS
from ripeness.study.record.civil_counts import OTHERS, shipped_civil_counts
from ripeness.study.record.coefficients import shipped_coefficients
from ripeness.study.record.curve import RecordCurve, RecordProbability, month_grid, record_curve
from ripeness.study.record.effects import TraitEffect, trait_effects
from ripeness.study.record.nearest import PastConflict
from ripeness.study.record.traits import ConflictTraits

STEPS_SHOWN = 60  # of the picture


@dataclass(frozen=True, slots=True)
class MeasuredRecord:
    """How conflicts like one ended. Units: months_fought in months; months of incidence and path from now.

    `by_side`: of civil conflicts, victories told apart by side and actors that cease to exist as an end of their own,
    by other armed parties alone; empty of wars between states.
    """

    traits: ConflictTraits
    months_fought: float
    incidence: tuple[RecordProbability, ...]
    path: RecordCurve
    effects: tuple[TraitEffect, ...]
    nearest: tuple[PastConflict, ...]
    provenance: Mapping[str, str]
    by_side: tuple[RecordProbability, ...]

    def at(self, end: str, month: float) -> RecordProbability:
        """The probability of an end by a month that was asked for."""
        return next(row for row in self.incidence if row.end == end and row.month == month)

    def months(self) -> tuple[float, ...]:
        """The months that were asked for."""
        return tuple(dict.fromkeys(row.month for row in self.incidence))


def measure_record(
    traits: ConflictTraits, months_fought: float, months: Sequence[float], nearest: Sequence[PastConflict] = ()
) -> MeasuredRecord:
    """Read the record for a conflict.

    Units: months from now.

    >>> measured = measure_record(ConflictTraits("interstate", None, "war", 0, 2023), 10, [6])
    >>> 0.2 < 1 - measured.at("fighting", 6).p < 0.45
    True
    """
    fitted = shipped_coefficients()
    last = float(max(months))
    return MeasuredRecord(
        traits,
        months_fought,
        record_curve(traits, months_fought, np.asarray(months, dtype=np.float64), fitted).rows(),
        record_curve(traits, months_fought, month_grid(last, last / STEPS_SHOWN), fitted),
        trait_effects(traits, months_fought, fitted),
        tuple(nearest),
        fitted.provenance,
        _by_side(traits, months_fought, np.asarray(months, dtype=np.float64)),
    )


def _by_side(
    traits: ConflictTraits, months_fought: float, months: NDArray[np.float64]
) -> tuple[RecordProbability, ...]:
    if traits.kind not in CIVIL_KINDS:
        return ()
    return shipped_civil_counts().rows(months_fought, months, min(traits.other_parties, OTHERS[-1]))
