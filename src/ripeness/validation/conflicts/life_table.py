"""Life table: how conflicts of each kind ended by month, with nothing but their kind known; what any model must beat.

The estimator of Aalen and Johansen 1978 for competing risks, which is that of Kaplan and Meier 1958 where there is one
end. Conflicts that change their kind are at risk under each for as long as they have it. A kind with few conflicts
borrows a little from all, so that what it has not seen is not impossible.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any

import numpy as np
from numpy.typing import NDArray

from ripeness.study.record.classes import CAUSES
from ripeness.study.record.hazards import CODES

Array = NDArray[np.float64]
BORROWED, EVEN = 0.4, 0.05  # weights of all kinds together, and of all ends alike: near the best for this baseline
LEAST_SURVIVING = 1e-9
TABLE_FILE = "life_table.json"


@dataclass(frozen=True, slots=True, eq=False)
class LifeTable:
    """Cumulative incidence of each end since the conflict began.

    Shapes: months (M,); incidence of each kind, and of all under "", (len(CAUSES), M).
    """

    months: Array
    incidence: Mapping[str, Array]

    def ahead(self, kind: str, fought: float, months: Array) -> Array:
        """Probability of each end within some months, and of going on, for a conflict that has lasted so long.

        Shapes: months (A,); returns (len(CAUSES) + 1, A). Units: months; those asked for stand in the table.
        """
        kinds = self._conditional(kind, fought, months)
        everything = self._conditional("", fought, months)
        share = (np.arange(len(months)) + 1) / (len(months) + 1)
        even = np.vstack([np.tile(share / len(CAUSES), (len(CAUSES), 1)), 1 - share])
        if kinds is None:
            kinds = even if everything is None else everything
        everything = kinds if everything is None else everything
        return (1 - BORROWED - EVEN) * kinds + BORROWED * everything + EVEN * even

    def plain(self) -> dict[str, Any]:
        """As plain values, as the file holds them."""
        rounded = {kind: [[round(float(p), 5) for p in row] for row in rows] for kind, rows in self.incidence.items()}
        return {"months": self.months.tolist(), "incidence": rounded}

    def _conditional(self, kind: str, fought: float, months: Array) -> Array | None:
        """None where no conflict has lasted so long."""
        incidence = self.incidence[kind]
        first = incidence[:, np.searchsorted(self.months, fought)]
        surviving = 1 - first.sum()
        if surviving < LEAST_SURVIVING:
            return None
        ended = (incidence[:, np.searchsorted(self.months, fought + months)] - first[:, None]) / surviving
        return np.vstack([ended, 1 - ended.sum(axis=0)])


@cache
def shipped_life_table() -> LifeTable:
    """The table of the conflicts to which the shipped coefficients were fitted."""
    values = json.loads((files("ripeness.validation.conflicts") / TABLE_FILE).read_text(encoding="utf-8"))
    incidence = {kind: np.asarray(rows, dtype=np.float64) for kind, rows in values["incidence"].items()}
    return LifeTable(np.asarray(values["months"], dtype=np.float64), incidence)


def life_table(spells: NDArray[np.void], months: Array) -> LifeTable:
    """Estimate the table from spells under risk. Shapes: spells (N,) of SPELL, months (M,), of which the first is 0.

    Units: months since the conflict began.
    """
    incidence = {"": _incidence(spells, months)}
    incidence |= {kind: _incidence(spells[spells["kind"] == code], months) for kind, code in CODES.items()}
    return LifeTable(months, incidence)


def _incidence(spells: NDArray[np.void], months: Array) -> Array:
    ended = spells[spells["cause"] >= 0]
    times, place = np.unique(ended["exit"], return_inverse=True)
    deaths = np.zeros((len(CAUSES), len(times)))
    np.add.at(deaths, (ended["cause"], place), 1.0)
    at_risk = np.searchsorted(np.sort(spells["entry"]), times, side="left") - np.searchsorted(
        np.sort(spells["exit"]), times, side="left"
    )
    survival = np.cumprod(1 - deaths.sum(axis=0) / np.maximum(at_risk, 1))
    before = np.concatenate([[1.0], survival[:-1]]) if len(times) else np.ones(0)
    cumulated = np.cumsum(before * deaths / np.maximum(at_risk, 1), axis=1)
    padded = np.hstack([np.zeros((len(CAUSES), 1)), cumulated])
    return padded[:, np.searchsorted(times, months, side="right")]
