"""Evidence left out: shares of power without any of the items, from the draws that are there, without sampling anew.

Draws from after the evidence are weighted by what they owe to the items left out; draws from before it by what they
owe to the items that stay. Both answer the same question; the one behind which more effective draws stand is taken.
Source: Gelfand, Dey and Chang 1992 (case deletion by importance weights).
"""

from __future__ import annotations

from base64 import b64decode, b64encode
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from ripeness.study.weighted_statistics import weighted_quantiles
from ripeness.study.who_decides.certainty import spread_over_runs
from ripeness.study.who_decides.posterior import CouncilPosterior, sample_prior
from ripeness.study.who_decides.tempered_smc import effective_size

Array = NDArray[np.float64]
LEAST_EFFECTIVE = 30.0  # effective draws below which no number is said; above it each has its error
MOST_BEFORE = 2000  # draws from before the evidence that are kept
HALF = np.dtype("<f2")  # draws are kept in half precision: three digits, far below their own error


@dataclass(frozen=True, slots=True)
class EvidenceDraws:
    """Draws of power in one polity at the last date, before and after the evidence, with what items say of each.

    `runs` independent runs of the sampler stand one after the other in `after`; `ancestors` is the effective number of
    first particles behind them. Shapes: after (F, N), after_by_item (n, N), before (F, M), before_by_item (n, M).
    """

    factions: tuple[str, ...]
    items: tuple[str, ...]
    runs: int
    ancestors: float
    after: Array
    after_by_item: Array
    before: Array
    before_by_item: Array

    def plain(self) -> dict[str, Any]:
        """The draws as plain values, arrays in half precision as text."""
        arrays = {name: getattr(self, name) for name in ("after", "after_by_item", "before", "before_by_item")}
        return {
            "factions": list(self.factions),
            "items": list(self.items),
            "runs": self.runs,
            "ancestors": self.ancestors,
        } | {name: b64encode(array.astype(HALF).tobytes()).decode() for name, array in arrays.items()}


@dataclass(frozen=True, slots=True)
class ShareWithout:
    """A faction's share of power without some evidence, with its 90 % interval.

    `leads` is the probability that it has most power, `led` the same before any evidence; errors are standard errors
    over runs of the sampler.
    """

    faction: str
    mean: float
    low: float
    high: float
    error: float
    leads: float
    leads_error: float
    led: float


@dataclass(frozen=True, slots=True)
class AnswerWithout:
    """Shares of power in a polity without some items; `effective` draws stand behind them, first
    particles that they share counted.

    `reliable` is false where those are too few for a number to be said.
    """

    shares: tuple[ShareWithout, ...]
    effective: float
    reliable: bool

    def strongest(self) -> ShareWithout:
        """The faction that most likely has most power."""
        return max(self.shares, key=lambda share: share.leads)


def evidence_draws(posterior: CouncilPosterior, seed: int = 1) -> EvidenceDraws:
    """What is kept of a posterior to answer without some of its items."""
    council = posterior.council
    before = sample_prior(council, seed=seed)[:, :MOST_BEFORE]
    return EvidenceDraws(
        council.factions,
        tuple(item.id for item in council.items),
        posterior.runs,
        posterior.ancestors,
        council.power(posterior.unknowns)[-1],
        posterior.by_item,
        council.power(before)[-1],
        council.by_item(before),
    )


def read_evidence_draws(plain: Mapping[str, Any]) -> EvidenceDraws:
    """Draws from the plain values that they were kept as."""
    factions, items = tuple(plain["factions"]), tuple(plain["items"])

    def array(name: str, rows: int) -> Array:
        numbers = np.frombuffer(b64decode(plain[name]), dtype=HALF).astype(np.float64)
        return numbers.reshape(rows, -1) if rows else np.empty((0, 0))

    return EvidenceDraws(
        factions,
        items,
        int(plain["runs"]),
        float(plain["ancestors"]),
        array("after", len(factions)),
        array("after_by_item", len(items)),
        array("before", len(factions)),
        array("before_by_item", len(items)),
    )


def answer_without(draws: EvidenceDraws, left_out: Collection[str] = ()) -> AnswerWithout:
    """Shares of power without some items, from whichever draws stand more effectively behind them.

    Not reliable where so few effective draws do that the sampler would have to be run again.
    """
    out = np.array([item in left_out for item in draws.items], dtype=bool)
    after = _weights(-draws.after_by_item[out].sum(axis=0), draws.after.shape[1])
    before = _weights(draws.before_by_item[~out].sum(axis=0), draws.before.shape[1])
    after_size = effective_size(after) * min(1.0, draws.ancestors / draws.after.shape[1])
    before_size = effective_size(before)
    if not out.any() or after_size >= before_size:
        power, weight, effective, runs = draws.after, after, after_size, draws.runs
    else:
        power, weight, effective, runs = draws.before, before, before_size, 1
    return AnswerWithout(
        tuple(
            _share(faction, row, power, draws.before, weight, effective, runs)
            for row, faction in enumerate(draws.factions)
        ),
        effective,
        bool(not out.any() or effective >= LEAST_EFFECTIVE),
    )


def _weights(logs: Array, draws: int) -> Array:
    return np.exp(logs - logs.max()) if np.size(logs) else np.ones(draws)


def _share(
    faction: str, row: int, power: Array, before: Array, weight: Array, effective: float, runs: int
) -> ShareWithout:
    leads = (power.argmax(axis=0) == row).astype(np.float64)
    points = weighted_quantiles(power[row], weight)
    mean, error = _mean_and_error(power[row], weight, effective, runs)
    chance, chance_error = _mean_and_error(leads, weight, effective, runs)
    led = float((before.argmax(axis=0) == row).mean())
    return ShareWithout(faction, mean, points.low, points.high, error, chance, chance_error, led)


def _mean_and_error(values: Array, weight: Array, effective: float, runs: int) -> tuple[float, float]:
    """A weighted mean and its standard error: over the runs, and no less than the effective draws allow."""
    mean = float(values @ weight / weight.sum())
    floor = float(np.sqrt(((values - mean) ** 2) @ weight / weight.sum() / max(effective, 1.0)))
    by_run, weight_by_run = values.reshape(runs, -1), weight.reshape(runs, -1)
    means = (by_run * weight_by_run).sum(axis=1) / np.maximum(weight_by_run.sum(axis=1), np.finfo(float).tiny)
    return mean, max(spread_over_runs(means), floor)
