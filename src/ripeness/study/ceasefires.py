"""Ceasefires: how likely one begins, holds, is violated, leads to a settlement, or is what ends the war."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from ripeness.ensemble.gather import Ensemble
from ripeness.study.weighted_statistics import ShareEstimate, estimate_share
from ripeness.world.ceasefire import KINDS
from ripeness.world.outcome import CEASEFIRE, FIGHTING, SETTLEMENT

WITHIN = (6.0, 12.0, 24.0)  # months within which a first ceasefire may begin
YEAR = 12.0
SELDOM = 0.005  # share of runs with a ceasefire below which nothing is said of them


@dataclass(frozen=True, slots=True)
class CeasefireOnset:
    """Share of runs in which a first ceasefire has begun by a month from the day of the forecast. Units: months."""

    month: float
    share: ShareEstimate


@dataclass(frozen=True, slots=True)
class CeasefireMonth:
    """Shares of the runs that were kept whole at one month: fought in full, in a ceasefire, over; they sum to 1.

    Units: months from the day of the forecast.
    """

    month: float
    fought: float
    ceasefire: float
    over: float


@dataclass(frozen=True, slots=True)
class CeasefireForecast:
    """What becomes of ceasefires. `at_start` is the kind in force at the start, if any.

    `any`: share of the runs that see one, that of the start counted. Among these: `held` a year or longer, at least one
    `broken`, `settled` out of one, `lasting`: it is what ends the war. `begun` counts ceasefires of each kind a run.
    """

    at_start: str | None
    onset: tuple[CeasefireOnset, ...]
    any: ShareEstimate
    held: ShareEstimate
    broken: ShareEstimate
    settled: ShareEstimate
    lasting: ShareEstimate
    begun: dict[str, float]
    by_month: tuple[CeasefireMonth, ...]

    @property
    def seen(self) -> bool:
        """Whether ceasefires are frequent enough for an answer to speak of them."""
        return self.any.p >= SELDOM


def ceasefire_forecast(ensemble: Ensemble) -> CeasefireForecast:
    """Summarise the ceasefires of an ensemble.

    >>> from ripeness.ensemble.design import Design
    >>> from ripeness.ensemble.run import run
    >>> from ripeness.scenario.read import read_scenario
    >>> ceasefires = ceasefire_forecast(run(read_scenario("ukraine-2023-03"), Design(draws=256, horizon=24)))
    >>> ceasefires.at_start, [row.month for row in ceasefires.onset], 0 < ceasefires.any.p < 1
    (None, [6.0, 12.0, 24.0], True)
    """
    results, code, points = ensemble.results, ensemble.code, ensemble.point
    weights = np.ones(len(code))
    at_start = ensemble.war.truce
    seen = (results["truces_begun"] > 0) | (at_start > 0)

    def among_seen(hit: NDArray[np.bool_]) -> ShareEstimate:
        return estimate_share(hit, points, weights, seen)

    return CeasefireForecast(
        KINDS[at_start - 1] if at_start else None,
        tuple(
            CeasefireOnset(month, estimate_share(results["truce_first"] - ensemble.elapsed <= month, points, weights))
            for month in WITHIN
            if month <= ensemble.horizon
        ),
        estimate_share(seen, points, weights),
        among_seen(results["truce_longest"] >= YEAR),
        among_seen(results["truces_broken"] > 0),
        among_seen((code == SETTLEMENT) & (results["truce"] > 0)),
        among_seen(code == CEASEFIRE),
        {kind: float(results[f"truces_{kind}"].mean()) for kind in KINDS},
        ceasefires_by_month(ensemble),
    )


def ceasefires_by_month(ensemble: Ensemble) -> tuple[CeasefireMonth, ...]:
    """Return how many of the runs that were kept whole are fought, in a ceasefire or over, step by step."""
    pages = ensemble.album.get("truce")
    if pages is None or pages.shape[-1] == 0:
        return ()
    kept = pages.shape[-1]
    months = np.arange(len(pages)) * ensemble.war.step - ensemble.elapsed
    over = (months[:, None] >= ensemble.months[:kept]) & (ensemble.code[:kept] != FIGHTING)
    ceasefire = ~over & (np.nan_to_num(pages) > 0)
    return tuple(
        CeasefireMonth(float(month), 1.0 - float((gone | quiet).mean()), float(quiet.mean()), float(gone.mean()))
        for month, gone, quiet in zip(months, over, ceasefire, strict=True)
        if month >= 0
    )
