"""Ripeness: the whole answer, by month and faction, with who blocks, which guarantee helps, and what breaks later."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from ripeness.ensemble.design import Design
from ripeness.ensemble.gather import Ensemble
from ripeness.ensemble.inputs import Overrides
from ripeness.ensemble.past import Past
from ripeness.ensemble.run import Progress, run
from ripeness.scenario.schema import Scenario
from ripeness.study.armed_allies import AllyForecast, ally_forecasts
from ripeness.study.arms import display_names
from ripeness.study.forecast import table_months
from ripeness.study.ripeness.bargaining_range import (
    BargainingRange,
    TermsStrip,
    bargaining_ranges,
    range_steps,
    terms_strips,
)
from ripeness.study.ripeness.blockers import Blockers, find_blockers
from ripeness.study.ripeness.faction_conditions import THETA
from ripeness.study.ripeness.guarantees import Guarantee, try_guarantees
from ripeness.study.ripeness.mediators import MediatorEffect, try_mediators
from ripeness.study.ripeness.moment import FIRST, HURTING, OPEN, RIPE, SECOND, STALEMATE, WAY_OUT
from ripeness.study.ripeness.opening_situation import open_situation, parameter_samples
from ripeness.study.ripeness.opening_trial import OpeningTrial
from ripeness.study.ripeness.recorder import RipenessRecorder
from ripeness.study.ripeness.settlements import PeaceHazard, RipenessCondition, peace_hazard, ripeness_condition
from ripeness.study.ripeness.terms_council import terms_councils
from ripeness.study.ripeness.wedges import Wedges, find_wedges
from ripeness.study.weighted_statistics import (
    RunQuantiles,
    ShareEstimate,
    Weights,
    estimate_share,
    run_weights,
    weigh,
    weighted_quantiles,
)

Array = NDArray[np.float64]
BOTH = FIRST + SECOND
MIN_SHARE_FIGHTING = 1 / 10  # of the runs; below it those still fighting are too unusual to name a best month by
CAVEATS = (
    "Ripeness is computed from the inputs, never from the outcome. A way out that both sides see overlaps with an open "
    "zone of agreement by construction."
)


@dataclass(frozen=True, slots=True)
class FactionMonth:
    """One faction at one month: share of the runs still fighting in which each condition holds."""

    polity: str
    faction: str
    month: float
    stalemate: ShareEstimate
    hurting: ShareEstimate
    hurting_stalemate: ShareEstimate
    way_out: ShareEstimate
    ripe: ShareEstimate


@dataclass(frozen=True, slots=True)
class WarMonth:
    """The war at one month: share of all runs still fighting, and of those, in which it is ripe and the zone is open.

    `polities`: ripe for each belligerent.
    """

    month: float
    fighting: ShareEstimate
    polities: tuple[ShareEstimate, ShareEstimate]
    ripe: ShareEstimate
    open: ShareEstimate
    ripe_and_open: ShareEstimate


@dataclass(frozen=True, slots=True)
class Ripeness:
    """Is it ripe, for whom, who blocks, which guarantee opens the zone, what breaks the peace.

    `shown` are the months of factions, strips and the table; `ranges` hold strips at months between, too;
    `months` holds every step for the war as a whole.
    `other_thetas`: share of the runs ripe at the start if theta were this. `wedges`: where stated terms contradict what
    traits imply.
    """

    sides: tuple[str, str]
    names: dict[str, str]
    draws: int
    points: int
    theta: float
    shown: tuple[float, ...]
    months: tuple[WarMonth, ...]
    factions: tuple[FactionMonth, ...]
    strips: tuple[TermsStrip, ...]
    zones: tuple[tuple[float, RunQuantiles], ...]
    ranges: tuple[BargainingRange, ...]
    blockers: Blockers
    guarantees: tuple[Guarantee, ...]
    mediators: tuple[MediatorEffect, ...]
    allies: tuple[AllyForecast, ...]
    breaking: PeaceHazard
    condition: RipenessCondition
    other_thetas: tuple[tuple[float, ShareEstimate], ...]
    wedges: Wedges

    def at(self, month: float) -> WarMonth:
        """The war at a month."""
        return next(war_month for war_month in self.months if war_month.month == month)

    def peak(self) -> WarMonth:
        """Return the month in which most runs still fighting are ripe, while at least one run in ten goes on.

        Months are compared by the lower ends of their Monte Carlo intervals: the highest of many noisy shares is one
        favoured by chance.
        """
        candidates = [war_month for war_month in self.months if war_month.fighting.p >= MIN_SHARE_FIGHTING]
        return max(candidates, key=lambda war_month: np.nan_to_num(war_month.ripe.low, nan=-1.0))


def ripeness(
    scenario: Scenario,
    design: Design | None = None,
    *,
    theta: float = THETA,
    months: Sequence[float] | None = None,
    weights: Weights = None,
    cuts: Sequence[str] = (),
    overrides: Overrides | None = None,
    past: Past | None = None,
    progress: Progress | None = None,
) -> Ripeness:
    """Compute ripeness in every month of every run, then who blocks and what would open the zone.

    Shapes: weights (draws,), how much each run counts (from evidence, say); equally where nothing is said.
    Raises: Fault for an unknown link or path.
    """
    design = design or Design()
    war, values = parameter_samples(scenario, design, overrides, past)
    start = open_situation(war, values, cuts)
    at = (0.0, *(table_months(war.horizon * war.step) if months is None else sorted(set(months) - {0.0})))
    steps = [min(round(month / war.step), war.horizon) for month in at]
    ranges = range_steps(war.horizon, war.step, steps)
    recorder = RipenessRecorder(war, design, theta, ranges)
    ensemble = run(scenario, design, cuts=cuts, overrides=overrides, watch=recorder, progress=progress, past=past)
    if not ensemble.elapsed:
        recorder.open(start)
    scaled_weights = run_weights(design.draws, weigh(ensemble, weights))
    by_point: Array = np.bincount(ensemble.point, weights=scaled_weights, minlength=design.points).astype(np.float64)
    trial = OpeningTrial(war, values, by_point, tuple(cuts), start)
    return Ripeness(
        sides=(war.sides[0].key, war.sides[1].key),
        names=display_names(scenario),
        draws=design.draws,
        points=design.points,
        theta=theta,
        shown=at,
        months=tuple(_war_month(recorder, ensemble, step, scaled_weights) for step in range(war.horizon + 1)),
        factions=_factions(recorder, ensemble, dict(zip(at, steps, strict=True)), scaled_weights),
        strips=tuple(
            strip
            for month, step in zip(at, steps, strict=True)
            for strip in terms_strips(recorder, step, month, scaled_weights)
        ),
        zones=tuple((month, _zone(recorder, step, scaled_weights)) for month, step in zip(at, steps, strict=True)),
        ranges=bargaining_ranges(recorder, ranges, war.step, scaled_weights),
        blockers=find_blockers(terms_councils(war, start), war.allowed, by_point, design.seed),
        guarantees=try_guarantees(trial),
        mediators=try_mediators(scenario, trial),
        allies=ally_forecasts(ensemble, scaled_weights),
        breaking=peace_hazard(ensemble, recorder, scaled_weights),
        condition=ripeness_condition(ensemble, recorder, scaled_weights),
        wedges=find_wedges(war, values, start, by_point, cuts),
        other_thetas=tuple(_ripe_at_theta(recorder, start, other_theta, by_point) for other_theta in (0.0, 2 * theta)),
    )


def _war_month(recorder: RipenessRecorder, ensemble: Ensemble, step: int, weights: Array) -> WarMonth:
    marks = recorder.run_marks[step]
    among = marks > 0
    sample_of_run = ensemble.point

    def of(hit: NDArray[np.bool_]) -> ShareEstimate:
        return estimate_share(hit, sample_of_run, weights, among)

    ripe, open_ = (marks & BOTH) == BOTH, (marks & OPEN) > 0
    return WarMonth(
        step * ensemble.war.step,
        estimate_share(among, sample_of_run, weights),
        (of((marks & FIRST) > 0), of((marks & SECOND) > 0)),
        of(ripe),
        of(open_),
        of(ripe & open_),
    )


def _factions(
    recorder: RipenessRecorder, ensemble: Ensemble, steps: dict[float, int], weights: Array
) -> tuple[FactionMonth, ...]:
    keys = [(side.key, key) for side in ensemble.war.sides[:2] for key in side.faction_keys]
    rows = []
    for month, step in steps.items():
        among = recorder.run_marks[step] > 0
        for n, key in enumerate(keys):
            marks = recorder.marks[step, n]
            hits = [(marks & mark) == mark for mark in (STALEMATE, HURTING, STALEMATE + HURTING, WAY_OUT, RIPE)]
            rows.append(
                FactionMonth(*key, month, *(estimate_share(hit, ensemble.point, weights, among) for hit in hits))
            )
    return tuple(rows)


def _zone(recorder: RipenessRecorder, step: int, weights: Array) -> RunQuantiles:
    return weighted_quantiles(1 - recorder.demand[step].sum(axis=0), weights)


def _ripe_at_theta(
    recorder: RipenessRecorder, start: object, theta: float, weights: Array
) -> tuple[float, ShareEstimate]:
    from ripeness.study.ripeness.moment import judge_ripeness

    marks = judge_ripeness(recorder.war, start, theta).run_marks  # type: ignore[arg-type]
    return theta, estimate_share((marks & BOTH) == BOTH, np.arange(len(weights)), weights)
