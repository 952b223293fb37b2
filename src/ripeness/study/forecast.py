"""Forecast: what an ensemble says about how and when the war ends, at what price, and how long the peace holds."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from ripeness.ensemble.gather import Ensemble
from ripeness.study.aims_and_costs import (
    AimMet,
    FactionValue,
    HumanCost,
    OutcomeGain,
    RunDistribution,
    aims_met,
    belligerent_keys,
    faction_values,
    human_costs,
    outcome_gains,
    principal_keys,
    run_distribution,
)
from ripeness.study.armed_allies import AllyForecast, ally_forecasts
from ripeness.study.ceasefires import CeasefireForecast, ceasefire_forecast
from ripeness.study.probabilities import OutcomeProbability, merged_kinds, monte_carlo_interval, outcome_probabilities
from ripeness.world.outcome import CEASEFIRE, FIGHTING, FROZEN, SETTLEMENT

MONTHS = (6.0, 12.0, 24.0, 60.0)  # at which a table shows the outcomes
HONEST = (
    "The record of past wars can test when and how wars end; it cannot validate the factional machinery, "
    "which rests on recovery tests and documented decisions."
)


@dataclass(frozen=True, slots=True)
class WarDuration:
    """Months from the start to the end: median, 5 and 95 % points over the runs; none where beyond the horizon.

    `ended`: share of the runs that end within the horizon.
    """

    low: float | None
    median: float | None
    high: float | None
    ended: float


@dataclass(frozen=True, slots=True)
class SettlementTerms:
    """Terms of the settlements, as the first belligerent's share of the stake; no interval when none was reached."""

    polity: str
    settled: float
    share: RunDistribution | None


@dataclass(frozen=True, slots=True)
class PeaceDurability:
    """Of the settlements, lasting ceasefires and frozen fronts: how many break before the horizon, and their yearly
    hazard of renewed war.
    """

    peaces: int
    broken: float | None
    broken_low: float | None
    broken_high: float | None
    yearly_hazard: RunDistribution | None


@dataclass(frozen=True, slots=True)
class LeaderFall:
    """How often a polity's leader falls before the end, with its 90 % Monte Carlo interval."""

    polity: str
    p: float
    mc_low: float
    mc_high: float


@dataclass(frozen=True, slots=True)
class WarForecast:
    """Summary of an ensemble. `outcomes` separates kinds of victory and sums to 1 in each month; `merged` does not."""

    polities: tuple[str, str]
    names: tuple[str, str]
    draws: int
    points: int
    horizon: float
    months: tuple[float, ...]
    outcomes: tuple[OutcomeProbability, ...]
    merged: tuple[OutcomeProbability, ...]
    duration: WarDuration
    terms: SettlementTerms
    aims: tuple[AimMet, ...]
    worth: tuple[FactionValue, ...]
    costs: tuple[HumanCost, ...]
    gains: tuple[OutcomeGain, ...]
    durability: PeaceDurability
    leaders: tuple[LeaderFall, ...]
    ceasefires: CeasefireForecast
    allies: tuple[AllyForecast, ...]
    decided: tuple[IssueDecision, ...]

    def __repr__(self) -> str:
        """One line."""
        top = self.likeliest()
        owner = f" of {top.polity}" if top.polity else ""
        return (
            f"<Forecast, {self.draws:,} runs: by month {top.month:g} most likely {top.outcome}{owner}, p = {top.p:.2f}>"
        )

    def likeliest(self) -> OutcomeProbability:
        """The most likely outcome at the last month shown."""
        return max((row for row in self.merged if row.month == self.months[-1]), key=lambda row: row.p)

    def lives(self) -> RunDistribution:
        """All deaths of all belligerents, in thousands."""
        return next(cost.interval for cost in self.costs if cost.polity is None and cost.cost == "lives")


def forecast(ensemble: Ensemble, months: Sequence[float] | None = None) -> WarForecast:
    """Summarise an ensemble. Without months: the usual ones within the horizon, and the horizon where it is another."""
    at = table_months(ensemble.horizon) if months is None else tuple(months)
    arguments = (ensemble.code, ensemble.months, ensemble.point, belligerent_keys(ensemble), at)
    first, second = (side.name for side in ensemble.war.sides[:2])
    return WarForecast(
        polities=principal_keys(ensemble),
        names=(first, second),
        draws=ensemble.design.draws,
        points=ensemble.design.points,
        horizon=ensemble.horizon,
        months=at,
        outcomes=tuple(outcome_probabilities(*arguments)),
        merged=tuple(outcome_probabilities(*arguments, merged_kinds())),
        duration=_duration(ensemble),
        terms=_terms(ensemble),
        aims=aims_met(ensemble),
        worth=faction_values(ensemble),
        costs=human_costs(ensemble),
        gains=outcome_gains(ensemble),
        durability=_durability(ensemble),
        leaders=_leaders(ensemble),
        ceasefires=ceasefire_forecast(ensemble),
        allies=ally_forecasts(ensemble),
        decided=issue_decisions(ensemble),
    )


def probabilities_by_month(ensemble: Ensemble) -> list[OutcomeProbability]:
    """Return every outcome's probability at each month to the horizon, kinds of victory taken together."""
    arguments = (ensemble.code, ensemble.months, ensemble.point, belligerent_keys(ensemble))
    return outcome_probabilities(*arguments, every_month(ensemble.horizon), merged_kinds())


def every_month(horizon: float) -> list[float]:
    """Each month to the horizon, and the horizon itself.

    >>> every_month(2.5)
    [0.0, 1.0, 2.0, 2.5]
    """
    return [float(month) for month in np.unique(np.append(np.arange(0.0, horizon), horizon))]


def table_months(horizon: float) -> tuple[float, ...]:
    """The months of the table.

    >>> table_months(36)
    (6.0, 12.0, 24.0, 36.0)
    """
    return tuple(sorted({month for month in MONTHS if month <= horizon} | {float(horizon)}))


def _duration(ensemble: Ensemble) -> WarDuration:
    ended = ensemble.code != FIGHTING
    months = np.where(ended, ensemble.months, np.inf)
    quantiles = np.quantile(months, (0.05, 0.5, 0.95), method="inverted_cdf")
    low, median, high = (float(x) if np.isfinite(x) else None for x in quantiles)
    return WarDuration(low, median, high, float(ended.mean()))


def _terms(ensemble: Ensemble) -> SettlementTerms:
    settled = ensemble.code == SETTLEMENT
    share = run_distribution(ensemble.results["share"][settled]) if settled.any() else None
    return SettlementTerms(belligerent_keys(ensemble)[0], float(settled.mean()), share)


def _durability(ensemble: Ensemble) -> PeaceDurability:
    peaces = np.isin(ensemble.code, (SETTLEMENT, CEASEFIRE, FROZEN))
    if not peaces.any():
        return PeaceDurability(0, None, None, None, None)
    p, low, high = _share(ensemble.results["renewed"][peaces], ensemble.point[peaces])
    return PeaceDurability(int(peaces.sum()), p, low, high, run_distribution(ensemble.results["renewal"][peaces]))


def _leaders(ensemble: Ensemble) -> tuple[LeaderFall, ...]:
    fell = ensemble.results["fell"] > 0
    return tuple(
        LeaderFall(key, *_share(falls, ensemble.point))
        for key, falls in zip(belligerent_keys(ensemble), fell, strict=True)
    )


def _share(hit: np.ndarray, sample_of_run: np.ndarray) -> tuple[float, float, float]:
    """A share among runs, with its Monte Carlo interval. Shapes: (R,)."""
    runs = np.bincount(sample_of_run).astype(np.float64)
    used = runs > 0
    hits, runs = np.bincount(sample_of_run, weights=hit).astype(np.float64)[used], runs[used]
    low, high = monte_carlo_interval(hits[None], runs)
    return float(hits.sum() / runs.sum()), float(low[0]), float(high[0])


@dataclass(frozen=True, slots=True)
class IssueDecision:
    """One issue without a role: the decision at the start and when the war ends or the horizon comes.

    Over the runs that were kept whole. Units: shares of the way from the issue's first end to its second.
    """

    polity: str
    issue: str
    start: RunDistribution
    end: RunDistribution


def issue_decisions(ensemble: Ensemble) -> tuple[IssueDecision, ...]:
    """Summarise decisions on every issue without a role; none where no run was kept whole."""
    rows = []
    for side in ensemble.war.sides:
        pages = ensemble.album.get(f"{side.key}.decided")
        if pages is None or not pages.shape[-1]:
            continue
        for n in [n for n, has_role in enumerate(side.has_role) if not has_role]:
            course = pages[:, n]
            steps_run = (~np.isnan(course)).sum(axis=0)
            last = course[steps_run - 1, np.arange(course.shape[1])]
            rows.append(
                IssueDecision(side.key, side.issue_keys[n], run_distribution(course[0]), run_distribution(last))
            )
    return tuple(rows)
