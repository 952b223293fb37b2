"""Civil counts: how dyads of a government and an armed movement ended, by months fought and other armed parties.

Victories are told apart by side, and a party that ceased to exist while its conflict went on is an end of its own.
From the file `civil_counts.json`, in which stand sums and no row of any producer.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from typing import Any

import numpy as np
from numpy.typing import NDArray

from ripeness.study.record.curve import BOUNDS, RecordProbability
from ripeness.study.record.hazards import CELLS, incidence
from ripeness.study.record.kind_counts import read_shipped_counts

Array = NDArray[np.float64]
FILE = "civil_counts.json"
WAYS = ("agreement", "ceasefire", "government_victory", "movement_victory", "low_activity", "actor_ceases")
WAY_WORDS: Mapping[str, str] = {
    "agreement": "peace agreement",
    "ceasefire": "ceasefire",
    "government_victory": "victory of the government",
    "movement_victory": "victory of the movement",
    "low_activity": "low activity (frozen)",
    "actor_ceases": "actor ceases to exist",
    "fighting": "still fighting",
}
OTHERS = (0, 1, 2)  # other armed parties to the same conflict; the last: so many or more
DRAWS = 2000  # of the hazards
HALF_AN_END = 0.5  # for which intervals take a count of none (the prior of Jeffreys)


@dataclass(frozen=True, slots=True, eq=False)
class CivilCounts:
    """What happened to such dyads, by other armed parties (OTHERS), way of ending (WAYS) and months fought (CELLS).

    Shapes: months (O, K), spent under risk; ended (O, W, K); lasted (O, K), how many had lasted to the beginning of
    the cell; spread (W,), how many times the variance of a Poisson count the counts have, dyads of one conflict
    belonging together. `dyads` and `conflicts` are how many there are in all.
    """

    months: Array
    ended: Array
    lasted: Array
    spread: Array
    dyads: int
    conflicts: int
    source: str

    def pooled(self, others: int | None = None) -> tuple[Array, Array]:
        """Months and ends with so many other parties, or with however many. Shapes: returns (K,), (W, K)."""
        if others is None:
            return self.months.sum(axis=0), self.ended.sum(axis=0)
        return self.months[OTHERS.index(others)], self.ended[OTHERS.index(others)]

    def hazards(self, others: int | None = None) -> Array:
        """Ends a month, by way and cell. Shapes: returns (W, K).

        >>> hazards = shipped_civil_counts().hazards()
        >>> hazards.shape == (len(WAYS), len(CELLS))
        True
        """
        months, ended = self.pooled(others)
        return ended / np.maximum(months, np.finfo(float).tiny)

    def drawn(self, draws: int = DRAWS, others: int | None = None, seed: int = 1) -> Array:
        """Hazards that agree with the counts, the spread between conflicts counted in.

        Shapes: returns (draws, W, K).
        """
        months, ended = self.pooled(others)
        spread = self.spread[:, None]
        worth = np.where(ended > 0, ended / spread, HALF_AN_END)
        random = np.random.default_rng(seed)
        scale = np.where(ended > 0, spread, 1.0) / np.maximum(months, 1.0)
        return random.standard_gamma(worth, (draws, *ended.shape)) * scale

    def shares(self, months_fought: float, months: Array, others: int | None = None) -> tuple[Array, Array, Array]:
        """Share of such dyads that had ended in each way some months after they had lasted so long, and of those still
        fought, with 90 % intervals.

        Shapes: months (M,); returns three (W + 1, M). Units: months.

        >>> p, low, high = shipped_civil_counts().shares(12, np.array([24.0]))
        >>> bool(abs(p.sum() - 1) < 1e-9 and (low <= p).all() and (p <= high).all())
        True
        """
        p = incidence(self.hazards(others), months_fought, months)
        low, high = np.quantile(incidence(self.drawn(others=others), months_fought, months), BOUNDS, axis=0)
        return p, np.minimum(low, p), np.maximum(high, p)

    def rows(self, months_fought: float, months: Array, others: int | None = None) -> tuple[RecordProbability, ...]:
        """The same as rows, an end and month each."""
        p, low, high = self.shares(months_fought, months, others)
        n = self.had_lasted(months_fought, others)
        return tuple(
            RecordProbability(end, float(month), float(p[w, m]), float(low[w, m]), float(high[w, m]), n)
            for w, end in enumerate((*WAYS, "fighting"))
            for m, month in enumerate(months)
        )

    def had_lasted(self, months_fought: float, others: int | None = None) -> int:
        """How many such dyads had lasted to the beginning of the cell in which so many months lie."""
        cell = int(np.searchsorted(CELLS, months_fought, side="right")) - 1
        lasted = self.lasted.sum(axis=0) if others is None else self.lasted[OTHERS.index(others)]
        return int(lasted[cell])

    def plain(self) -> dict[str, Any]:
        """As plain values, as the file holds them."""
        return {
            "source": self.source,
            "dyads": self.dyads,
            "conflicts": self.conflicts,
            "ways": list(WAYS),
            "others": list(OTHERS),
            "months": [[round(float(value), 2) for value in row] for row in self.months],
            "ended": [[[int(n) for n in row] for row in group] for group in self.ended],
            "lasted": [[int(n) for n in row] for row in self.lasted],
            "spread": [round(float(value), 3) for value in self.spread],
        }


@cache
def shipped_civil_counts() -> CivilCounts:
    """The counts that come with the program.

    >>> shipped_civil_counts().dyads > 500
    True
    """
    values = read_shipped_counts(FILE)
    months, ended, lasted, spread = (
        np.array(values[name], dtype=np.float64) for name in ("months", "ended", "lasted", "spread")
    )
    return CivilCounts(months, ended, lasted, spread, values["dyads"], values["conflicts"], values["source"])
