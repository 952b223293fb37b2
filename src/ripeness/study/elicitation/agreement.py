"""Agreement of judges: number by number, and over all numbers of a kind."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import combinations

import numpy as np
from numpy.typing import NDArray

from ripeness.scenario.judge_questions import KINDS
from ripeness.study.elicitation.opinions import Opinions, opinions_of
from ripeness.study.table_agreement import interval_alpha
from ripeness.world.quantity import Quantity

Array = NDArray[np.float64]
SHARES = ("power", "positions", "salience")  # kinds whose numbers share a unit, so that they can be compared


@dataclass(frozen=True, slots=True)
class NumberAgreement:
    """How far judges agree on one number.

    `least` and `most` are the lowest and the highest best guess, by `lowest_judge` and `highest_judge`. `between`:
    share of the pooled variance that lies between judges, from 0 (they differ by nothing) to 1 (each is certain of
    something else), on the number's scale. `overlap`: mean overlap of two judges' distributions, 1 where they are the
    same.
    """

    path: str
    judges: int
    least: float
    most: float
    lowest_judge: str
    highest_judge: str
    between: float
    overlap: float
    unit: str


@dataclass(frozen=True, slots=True)
class KindAgreement:
    """How far judges agree on all numbers of one kind.

    `alpha` is Krippendorff's for interval data over best guesses: 1 is full agreement, 0 what chance would give; None
    where the numbers share no unit or do not vary. `between` and `overlap` are means over the numbers.
    """

    kind: str
    numbers: int
    alpha: float | None
    between: float
    overlap: float


def number_agreement(path: str, judges: Sequence[str], numbers: Sequence[Quantity]) -> NumberAgreement:
    """How far judges agree on one number that at least two of them have judged."""
    opinions = opinions_of(numbers)
    centres = [number.centre for number in numbers]
    least, most = int(np.argmin(centres)), int(np.argmax(centres))
    between = float(opinions.centre.var())
    within = float(np.where(opinions.certain, 0.0, opinions.variance()).mean())
    total = between + within
    return NumberAgreement(
        path,
        len(judges),
        centres[least],
        centres[most],
        judges[least],
        judges[most],
        between / total if total > 0 else 0.0,
        _mean_overlap(opinions),
        numbers[0].unit,
    )


def kind_agreement(
    judged: Mapping[str, Mapping[str, Quantity]], rows: Sequence[NumberAgreement]
) -> list[KindAgreement]:
    """How far judges agree on each kind of number. `judged` holds each judge's numbers by path."""
    summary = []
    for kind in KINDS:
        of_kind = [row for row in rows if row.path.split(".")[4] == kind]
        if of_kind:
            table = np.array(
                [
                    [numbers[row.path].centre if row.path in numbers else np.nan for row in of_kind]
                    for numbers in judged.values()
                ]
            )
            summary.append(
                KindAgreement(
                    kind,
                    len(of_kind),
                    interval_alpha(table) if kind in SHARES else None,
                    float(np.mean([row.between for row in of_kind])),
                    float(np.mean([row.overlap for row in of_kind])),
                )
            )
    return summary


def _mean_overlap(opinions: Opinions) -> float:
    """The mean over pairs of judges of the mass that two distributions share."""
    grid = opinions.grid()
    masses = np.diff(opinions.cumulative(grid), axis=1)
    pairs = combinations(range(len(masses)), 2)
    return float(np.mean([np.minimum(masses[a], masses[b]).sum() for a, b in pairs]))
