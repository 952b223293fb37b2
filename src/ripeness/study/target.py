"""Target: the outcome and the month that a question is about."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

import numpy as np
from numpy.typing import NDArray

from ripeness.ensemble.gather import Ensemble
from ripeness.study.probabilities import OutcomeKind, merged_kinds
from ripeness.world.fault import ArgumentFault
from ripeness.world.outcome import ENDS, FIGHTING
from ripeness.world.wording import did_you_mean, join_words

USUAL_MONTH = 24.0  # a look two years ahead, where the horizon allows it
OWNED = ("victory", "collapse")  # outcomes that belong to one belligerent


@dataclass(frozen=True, slots=True)
class Target:
    """An outcome, whose it is (none for shared ones), and the month by which it counts; `day` where a day was asked."""

    outcome: str
    polity: str | None
    month: float
    codes: tuple[int, ...]
    day: date | None = None

    @property
    def name(self) -> str:
        """As an analyst types it."""
        return f"{self.outcome}:{self.polity}" if self.polity else self.outcome

    def hits(self, ensemble: Ensemble) -> NDArray[np.float64]:
        """Return which runs are at this outcome at the month. Shapes: returns (R,), 0 or 1."""
        return np.isin(outcome_codes_at(ensemble, self.month), self.codes).astype(np.float64)


def outcome_codes_at(ensemble: Ensemble, month: float) -> NDArray[np.int64]:
    """Return each run's outcome code at a month; a war that ends later is still fighting. Shapes: returns (R,)."""
    return np.where(ensemble.months <= month, ensemble.code, FIGHTING).astype(np.int64)


def outcomes_by_name(belligerents: Sequence[str]) -> dict[str, OutcomeKind]:
    """Return every outcome by the name that an analyst types.

    >>> list(outcomes_by_name(["north", "south"]))[:3]
    ['victory:north', 'victory:south', 'collapse:north']
    """
    return {
        kind.outcome if kind.side is None else f"{kind.outcome}:{belligerents[kind.side]}": kind
        for kind in merged_kinds()
    }


def read_target(outcome: str, belligerents: Sequence[str], month: float | None, horizon: float) -> Target:
    """Read an outcome's name: settlement, ceasefire, frozen, fighting, or victory:POLITY, collapse:POLITY.

    Without a month: two years ahead, or the horizon where that is nearer.

    Raises: Fault for an outcome that the war does not have, or a month beyond the horizon.

    >>> read_target("victory:north", ["north", "south"], 12, 60).codes
    (1, 3)
    """
    kinds = outcomes_by_name(belligerents)
    if outcome in OWNED:
        several = join_words([name for name in kinds if name.startswith(outcome)], "or")
        raise ArgumentFault("outcome", f": whose {outcome}? Write {several}")
    if outcome not in kinds:
        hint = did_you_mean(outcome, kinds, f"outcomes are {', '.join(kinds)}", cutoff=0.5)
        raise ArgumentFault("outcome", f": '{outcome[:60]}' is not an outcome of this war; {hint}")
    at = min(USUAL_MONTH, horizon) if month is None else float(month)
    if not 0 < at <= horizon:
        raise ArgumentFault("month", f": month {at:g} lies outside the forecast, which runs to month {horizon:g}")
    kind = kinds[outcome]
    owner = None if kind.side is None else belligerents[kind.side]
    return Target(kind.outcome, owner, at, kind.codes)


def outcome_shares(ensemble: Ensemble, month: float, weights: NDArray[np.float64] | None = None) -> dict[str, float]:
    """Probability of every outcome at a month, by name. Shapes: weights (R,)."""
    codes = outcome_codes_at(ensemble, month)
    weight = np.ones(len(codes)) if weights is None else weights
    counts = np.bincount(codes, weights=weight, minlength=len(ENDS)) / weight.sum()
    keys = [side.key for side in ensemble.war.sides[:2]]
    return {name: float(counts[list(kind.codes)].sum()) for name, kind in outcomes_by_name(keys).items()}
