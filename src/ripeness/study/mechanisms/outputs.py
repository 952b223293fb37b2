"""Outputs: what can be measured of mechanisms that are answers of the model rather than levers in it."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from ripeness.ensemble.design import Design
from ripeness.ensemble.gather import Ensemble
from ripeness.ensemble.run import run
from ripeness.scenario.schema import Scenario
from ripeness.study.aims_and_costs import belligerent_keys, cost_per_run
from ripeness.study.arms import display_names
from ripeness.study.conditioning import condition_on_evidence
from ripeness.study.indicators.indicators import Indicator, RankedIndicators, indicators
from ripeness.study.indicators.observables import observation_recorder
from ripeness.study.mechanisms.lever import LeverContext
from ripeness.study.mechanisms.measure import LeverRuns
from ripeness.study.target import Target, read_target
from ripeness.study.who_decides.evidence import source_doubt
from ripeness.world.fault import Fault
from ripeness.world.identity_cache import IdentityCache
from ripeness.world.quantity import Z90

Array = NDArray[np.float64]
SOUND = "AB"  # reliability of sources that are not of low grade
CREDIBLE = "12"  # credibility of claims that are not of low grade
_RANKED: IdentityCache[RankedIndicators] = IdentityCache(1)


@dataclass(frozen=True, slots=True)
class OutputFigure:
    """What was measured of a mechanism, in words, and in months where that can be, with the 90 % error."""

    words: str
    months: float | None = None
    months_error: float | None = None


def output_figure(name: str, context: LeverContext, runs: LeverRuns) -> OutputFigure:
    """Measure what a mechanism of the catalogue names."""
    return FIGURES[name](context, runs)


def two_ledgers(context: LeverContext, runs: LeverRuns) -> OutputFigure:
    """M3: whether wars that meet a side's aim more fully are those that cost it fewer lives."""
    ensemble = runs.base()
    names = display_names(context.scenario)
    parts = []
    for n, key in enumerate(belligerent_keys(ensemble)):
        met, lives = cost_per_run(ensemble, "aims")[n], cost_per_run(ensemble, "lives")[n]
        if np.ptp(met) == 0 or np.ptp(lives) == 0:
            parts.append(f"{names[key]} the same in all runs")
        else:
            parts.append(f"{names[key]} {_rank_correlation(met, lives, runs.run_weights()):+.2f}")
    return OutputFigure(f"rank correlation of aim met and lives lost: {', '.join(parts)}")


def decisions_on_record(context: LeverContext, runs: LeverRuns) -> OutputFigure:  # noqa: ARG001
    """M5: how many observed decisions there are to learn from."""
    count = sum(item.issue is not None for item in context.scenario.evidence)
    return OutputFigure(f"{count} observed decisions to learn power from" if count else "no decision is on record")


def strongest_factions(context: LeverContext, runs: LeverRuns) -> OutputFigure:  # noqa: ARG001
    """M7: the most powerful faction of each side at the start."""
    names = display_names(context.scenario)
    parts = []
    for side, power in zip(context.belligerents, context.power, strict=True):
        mean = (power / power.sum(axis=0)).mean(axis=1)
        top = int(mean.argmax())
        parts.append(f"{names[f'{side.key}/{side.faction_keys[top]}']} {100 * mean[top]:.0f} %")
    return OutputFigure(f"most power at the start: {', '.join(parts)}")


def media_line(context: LeverContext, runs: LeverRuns) -> OutputFigure:
    """M15: what the media lines of both sides tell about the end."""
    ranking = _ranked(context, runs)
    lines = [indicator for indicator in ranking.indicators if indicator.key.endswith(".media")]
    if not lines:
        return OutputFigure("no media line tells more than chance")
    first = lines[0]
    place = ranking.indicators.index(first) + 1
    return OutputFigure(
        f"{first.name}: {_settles(first):.0f} % of what is open, place {place} of {len(ranking.indicators)} observables"
    )


def low_grade_evidence(context: LeverContext, runs: LeverRuns) -> OutputFigure:
    """M22: mean months given all evidence, less given only what is graded B2 or better; in the model alone, as both
    have runs of their own.
    """
    scenario = context.scenario
    sound = tuple(item for item in scenario.evidence if _is_sound(source_doubt(scenario, item)[1]))
    dropped = len(scenario.evidence) - len(sound)
    if not scenario.evidence:
        return OutputFigure("there is no evidence")
    if dropped == 0:
        return OutputFigure("no evidence is graded below B2")
    try:
        every, best = (
            _run_given(scenario.model_copy(update={"evidence": items}), runs.design)
            for items in (scenario.evidence, sound)
        )
    except Fault:
        return OutputFigure(f"all evidence of decisions is graded below B2 ({dropped} items)")
    difference = float(best.months.mean() - every.months.mean())
    error = Z90 * float(np.hypot(_error_of_mean(best), _error_of_mean(every)))
    return OutputFigure(
        f"without {dropped} of {len(scenario.evidence)} items, graded below B2 (the model alone)", difference, error
    )


def telling_indicator(context: LeverContext, runs: LeverRuns) -> OutputFigure:
    """M26: how far one observation can move the chance of a settlement."""
    ranking = _ranked(context, runs)
    if not ranking.indicators:
        return OutputFigure("no observation tells more than chance")
    moves = [
        (abs(meaning.chances["settlement"] - _chance_in(look.readings)), indicator, look, meaning)
        for indicator in ranking.indicators
        for look in (indicator.best,)
        for meaning in look.readings
    ]
    _, indicator, look, meaning = max(moves, key=lambda move: move[0])
    before = _chance_in(look.readings)
    return OutputFigure(
        f"settlement by month {ranking.target.month:g} from {100 * before:.0f} to "
        f"{100 * meaning.chances['settlement']:.0f} % by {indicator.name} in month {look.month:g}"
    )


FIGURES: Mapping[str, Callable[[LeverContext, LeverRuns], OutputFigure]] = {
    "ledgers": two_ledgers,
    "decisions": decisions_on_record,
    "power": strongest_factions,
    "media": media_line,
    "evidence": low_grade_evidence,
    "indicator": telling_indicator,
}


def _target(runs: LeverRuns) -> Target:
    base = runs.base()
    return read_target("settlement", belligerent_keys(base), None, base.horizon)


def _ranked(context: LeverContext, runs: LeverRuns) -> RankedIndicators:
    """What can be seen of the war, by what it tells; two mechanisms ask for it."""
    return _RANKED.get([context, runs], (), lambda: _rank(context, runs))


def _rank(context: LeverContext, runs: LeverRuns) -> RankedIndicators:
    target = _target(runs)
    recorder = observation_recorder(context.war, context.scenario, runs.design.draws, target.month)
    ensemble = run(context.scenario, runs.design, overrides=runs.overrides, past=runs.past, watch=recorder)
    return indicators(ensemble, recorder, target, runs.run_weights())


def _chance_in(readings: tuple[object, ...]) -> float:
    seen = sum(meaning.seen for meaning in readings)  # type: ignore[attr-defined]
    total = sum(meaning.seen * meaning.chances["settlement"] for meaning in readings)  # type: ignore[attr-defined]
    return float(total / seen)


def _settles(indicator: Indicator) -> float:
    """Percent of what is open about the end that an indicator settles at its best month."""
    return 100 * indicator.best.bits / indicator.best.entropy if indicator.best.entropy > 0 else 0.0


def _is_sound(grade: str) -> bool:
    return grade[0] in SOUND and grade[1] in CREDIBLE


def _run_given(scenario: Scenario, design: Design) -> Ensemble:
    return run(scenario, design, **condition_on_evidence(scenario, design).run_arguments())


def _error_of_mean(ensemble: Ensemble) -> float:
    """Standard error of mean months, by parameter samples."""
    means = np.bincount(ensemble.point, weights=ensemble.months) / np.bincount(ensemble.point)
    return float(means.std(ddof=1) / np.sqrt(len(means))) if len(means) > 1 else 0.0


def _rank_correlation(x: Array, y: Array, weights: Array) -> float:
    """Correlation of the ranks of weighted runs: Spearman's where all count alike.

    >>> _rank_correlation(np.array([1.0, 2.0, 5.0]), np.array([3.0, 2.0, 1.0]), np.ones(3))
    -1.0
    """
    covariance = np.cov(_ranks(x), _ranks(y), aweights=weights)
    return float(covariance[0, 1] / np.sqrt(covariance[0, 0] * covariance[1, 1]))


def _ranks(x: Array) -> Array:
    """The rank of each value, the mean of their ranks where some are equal.

    >>> _ranks(np.array([2.0, 1.0, 2.0]))
    array([2.5, 1. , 2.5])
    """
    _, place, counts = np.unique(x, return_inverse=True, return_counts=True)
    ranks: Array = (np.cumsum(counts) - (counts - 1) / 2)[place]
    return ranks
