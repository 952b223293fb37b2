"""Counts by kind: how many past conflicts of a kind ended how, in which months fought; no trait but the kind counts.

From the file `kind_counts.json`, in which stand sums and no row of any producer.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any

import numpy as np
from numpy.typing import ArrayLike, NDArray

from ripeness.study.record.classes import CAUSES, CLASS_OF_END, CLASSES, ENDS
from ripeness.study.record.hazards import incidence
from ripeness.world.fault import ArgumentFault

Array = NDArray[np.float64]
FILE = "kind_counts.json"
DRAWS = 2000  # of the hazards
HALF_AN_END = 0.5  # for which the intervals take a count of none (the prior of Jeffreys)
BOUNDS = (0.05, 0.95)


@dataclass(frozen=True, slots=True, eq=False)
class KindCounts:
    """What happened to past conflicts of one kind, by the cell of the months fought.

    Shapes: months (len(CELLS),), spent under risk by all of them; ended (len(CAUSES), len(CELLS)); lasted
    (len(CELLS),), how many had lasted to the beginning of the cell.
    """

    months: Array
    ended: Array
    lasted: Array

    def hazards(self) -> Array:
        """Ends a month. Shapes: returns (len(CAUSES), len(CELLS))."""
        return self.ended / np.maximum(self.months, np.finfo(float).tiny)

    def drawn(self, draws: int, seed: int = 1) -> Array:
        """Hazards that agree with the counts: their mean is what was counted, and where no end was seen half of one.

        Shapes: returns (draws, len(CAUSES), len(CELLS)).
        """
        random = np.random.default_rng(seed)
        ended = np.where(self.ended > 0, self.ended, HALF_AN_END)
        return random.standard_gamma(ended, (draws, *ended.shape)) / np.maximum(self.months, 1.0)

    def plain(self) -> dict[str, Any]:
        """As plain values, as the file holds them."""
        return {
            "months": [round(float(value), 2) for value in self.months],
            "ended": {cause: [int(n) for n in row] for cause, row in zip(CAUSES, self.ended, strict=True)},
            "lasted": [int(n) for n in self.lasted],
        }


@dataclass(frozen=True, slots=True, eq=False)
class KindShares:
    """Share of past conflicts of a kind in each class, months after they had lasted so long, with 90 % intervals.

    Shapes: p, low, high (len(CLASSES), M).
    """

    p: Array
    low: Array
    high: Array


def read_shipped_counts(name: str) -> dict[str, Any]:
    """The plain values of a file of counts that comes with the program.

    >>> "interstate" in read_shipped_counts(FILE)["kinds"]
    True
    """
    values: dict[str, Any] = json.loads((files("ripeness.study.record") / name).read_text(encoding="utf-8"))
    return values


@cache
def shipped_kind_counts() -> Mapping[str, KindCounts]:
    """The counts that come with the program, by kind.

    >>> int(shipped_kind_counts()["interstate"].lasted[0])
    106
    """
    values = read_shipped_counts(FILE)
    return {
        kind: KindCounts(
            np.array(entry["months"], dtype=np.float64),
            np.array([entry["ended"][cause] for cause in CAUSES], dtype=np.float64),
            np.array(entry["lasted"], dtype=np.float64),
        )
        for kind, entry in values["kinds"].items()
    }


def kind_shares(kind: str, months_fought: float, months: ArrayLike) -> KindShares:
    """How past conflicts of a kind that had lasted so long stood some months later.

    Shapes: months (M,). Units: months, from the day on which they had lasted so long.

    Raises: ArgumentFault for a kind that is not counted.

    >>> kind_shares("interstate", 0, [24]).p.sum().round(6)
    np.float64(1.0)
    """
    kinds = shipped_kind_counts()
    if kind not in kinds:
        raise ArgumentFault("kind", f" is '{kind[:40]}'; it can be {', '.join(kinds)}")
    counts = kinds[kind]
    p = _by_class(incidence(counts.hazards(), months_fought, months))
    low, high = np.quantile(_by_class(incidence(counts.drawn(DRAWS), months_fought, months)), BOUNDS, axis=0)
    return KindShares(p, np.minimum(low, p), np.maximum(high, p))


def _by_class(chances: Array) -> Array:
    """Ends of one class together. Shapes: (..., len(ENDS), M) to (..., len(CLASSES), M)."""
    table = np.zeros((*chances.shape[:-2], len(CLASSES), chances.shape[-1]))
    for place, end in enumerate(ENDS):
        table[..., CLASSES.index(CLASS_OF_END[end]), :] += chances[..., place, :]
    return table
