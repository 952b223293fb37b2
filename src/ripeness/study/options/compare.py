"""Options compared: what each brings, to whom, with what regret, and which are not beaten on every aim at once."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

import numpy as np
from numpy.typing import NDArray

from ripeness.ensemble.design import Design
from ripeness.ensemble.inputs import Overrides
from ripeness.ensemble.past import Past
from ripeness.ensemble.run import Progress
from ripeness.scenario.schema import Scenario
from ripeness.study.aims_and_costs import OutcomeGain, belligerent_factions, belligerent_keys
from ripeness.study.arms import (
    Arm,
    MeasureComparison,
    OutcomeComparison,
    compare_measures,
    compare_outcomes,
    display_names,
    simulate_arm,
)
from ripeness.study.options.judges import Judge, judges, value_for
from ripeness.study.options.policy import Policy
from ripeness.study.options.reasons import Reason, reasons
from ripeness.study.probabilities import merged_kinds
from ripeness.study.progress import part_progress
from ripeness.study.ripeness.opening_situation import open_situation, parameter_samples
from ripeness.study.ripeness.wedges import Wedges, find_wedges
from ripeness.study.weighted_statistics import MeanEstimate, Weights, estimate_mean, run_weights, weigh
from ripeness.world.calendar import date_after
from ripeness.world.fault import Fault

Array = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class OptionValue:
    """Value of one option to one judge.

    `more` than continuing; `regret`: how much less than the option that is best on average, zero for that one, and
    `behind` the same with the error of the paired difference; `best`:
    in what share of the runs it is best, with ties shared out; `better`: in what share it is better than continuing,
    and `same`: as good.
    """

    judge: Judge
    mean: MeanEstimate
    more: MeanEstimate
    regret: float
    behind: MeanEstimate
    best: float
    better: float
    same: float

    @property
    def tied(self) -> bool:
        """Whether it does not differ from the best on average, by the 90 % error of the paired difference."""
        return self.behind.low <= 0


@dataclass(frozen=True, slots=True)
class Option:
    """One option with everything that it brings."""

    name: str
    words: str
    note: str
    outcomes: tuple[OutcomeComparison, ...]
    measures: tuple[MeasureComparison, ...]
    worth: tuple[OptionValue, ...]
    efficient: bool


@dataclass(frozen=True, slots=True)
class Options:
    """Several options of one polity on the same draws; the first is to continue. `never`: outcomes that happen in none.

    `judges` are in order: the polity's objectives, the principal one first; lives; factions; patrons. `ranked` are the
    names by the first judge. `reasons`: why an option is worth more to a faction than to continue though it violates
    the terms that it states; `wedges`: where such terms contradict what its traits imply. `day`: that of the forecast.
    """

    polity: str
    names: dict[str, str]
    draws: int
    points: int
    horizon: float
    first: int
    judges: tuple[Judge, ...]
    options: tuple[Option, ...]
    ranked: tuple[str, ...]
    gains: tuple[OutcomeGain, ...]
    never: tuple[tuple[str, str | None], ...]
    reasons: tuple[Reason, ...]
    wedges: Wedges
    day: date | None = None

    def option(self, name: str) -> Option:
        """One option by name."""
        return next(option for option in self.options if option.name == name)

    def best_for(self, judge: Judge) -> Option:
        """The option that is best for a judge on average; the earlier one of equals."""
        row = self.judges.index(judge)
        return min(self.options, key=lambda option: option.worth[row].regret)

    def ties(self, judge: Judge) -> tuple[Option, ...]:
        """Return the other options that do not differ from a judge's best within the 90 % error."""
        row, top = self.judges.index(judge), self.best_for(judge)
        return tuple(option for option in self.options if option is not top and option.worth[row].tied)


def options(
    scenario: Scenario,
    polity: str,
    policies: Sequence[Policy],
    design: Design | None = None,
    *,
    weights: Weights = None,
    cuts: Sequence[str] = (),
    overrides: Overrides | None = None,
    past: Past | None = None,
    progress: Progress | None = None,
    first: int = 0,
    month: float | None = None,
) -> Options:
    """Simulate the war once for each policy with common random numbers, and value every run for every judge.

    The first policy is what the others are compared with; `month`: by which outcomes count, the horizon if none is
    given. Shapes: weights (draws,).
    Raises: Fault for an unknown link or path, or without a policy.
    """
    if not policies:
        raise Fault("there is no option to compare")
    design = design or Design()

    arms = [
        simulate_arm(
            scenario,
            design,
            policy.name,
            policy.words,
            orders=policy.orders,
            cuts=cuts,
            overrides=overrides,
            progress=part_progress(progress, n, len(policies)),
            past=past,
        )
        for n, policy in enumerate(policies)
    ]
    scaled_weights = run_weights(design.draws, weigh(arms[0].ensemble, weights))
    valued_by = judges(arms[0], polity)
    table = [_worths(judge, arms, scaled_weights) for judge in valued_by]
    aims = [row for judge, row in zip(valued_by, table, strict=True) if judge.kind in {"objective", "people"}]
    best = _efficient(np.array([[option_value.mean.mean for option_value in row] for row in aims]))
    compared = tuple(
        Option(
            arm.name,
            arm.words,
            policy.note,
            compare_outcomes(arm, arms[0], scaled_weights, month),
            compare_measures(arm, arms[0], scaled_weights),
            tuple(row[n] for row in table),
            bool(best[n]),
        )
        for n, (arm, policy) in enumerate(zip(arms, policies, strict=True))
    )
    order = np.argsort([worth.regret for worth in table[0]], kind="stable")
    war, values = parameter_samples(scenario, design, overrides, past)
    opened = open_situation(war, values, cuts)
    by_sample = np.bincount(arms[0].ensemble.point, weights=scaled_weights, minlength=design.points).astype(np.float64)
    return Options(
        polity,
        display_names(scenario),
        design.draws,
        design.points,
        arms[0].ensemble.horizon if month is None else month,
        first,
        valued_by,
        compared,
        tuple(compared[n].name for n in order),
        gains_over_options(arms, scaled_weights),
        _never(compared),
        reasons(arms, polity, opened, scaled_weights),
        find_wedges(war, values, opened, by_sample, cuts),
        date_after(scenario.start, arms[0].ensemble.elapsed),
    )


def _worths(judge: Judge, arms: Sequence[Arm], weights: Array) -> list[OptionValue]:
    rows = np.stack([value_for(judge, arm) for arm in arms])
    sample_of_run = arms[0].ensemble.point
    means = [estimate_mean(row, sample_of_run, weights) for row in rows]
    top = max(estimate.mean for estimate in means)
    leader = rows[int(np.argmax([estimate.mean for estimate in means]))]
    ahead = rows >= rows.max(axis=0)
    part = ahead / ahead.sum(axis=0)
    total_weight = weights.sum()

    def often(hit: NDArray[np.floating] | NDArray[np.bool_]) -> float:
        return float((hit * weights).sum() / total_weight)

    return [
        OptionValue(
            judge,
            means[n],
            estimate_mean(row - rows[0], sample_of_run, weights),
            top - means[n].mean,
            estimate_mean(leader - row, sample_of_run, weights),
            often(part[n]),
            often(row > rows[0]),
            often(row == rows[0]),
        )
        for n, row in enumerate(rows)
    ]


def _efficient(aims: Array) -> NDArray[np.bool_]:
    """Return the Pareto-efficient options. Shapes: aims (J, O); returns (O,).

    >>> _efficient(np.array([[1., 2., 1.], [1., 0., 0.]])).tolist()
    [True, True, False]
    """
    own_aims, other_aims = aims[:, :, None], aims[:, None, :]
    beaten = np.all(other_aims >= own_aims, axis=0) & np.any(other_aims > own_aims, axis=0)
    return np.asarray(~np.any(beaten, axis=1), dtype=np.bool_)


def gains_over_options(arms: Sequence[Arm], weights: Array) -> tuple[OutcomeGain, ...]:
    """Return who gains from which outcome, over the runs of all options; outcomes that never happen are left out."""
    first = arms[0].ensemble
    code = np.concatenate([arm.ensemble.code for arm in arms])
    values = np.concatenate([arm.ensemble.results["value"] for arm in arms], axis=1).astype(np.float64)
    scaled_weights = np.tile(weights, len(arms))
    usual = (values * scaled_weights).sum(axis=1) / scaled_weights.sum()
    rows = []
    for kind in merged_kinds():
        hits = np.isin(code, kind.codes) & (scaled_weights > 0)
        if not hits.any():
            continue
        owner = None if kind.side is None else belligerent_keys(first)[kind.side]
        means = (values[:, hits] * scaled_weights[hits]).sum(axis=1) / scaled_weights[hits].sum()
        rows += [
            OutcomeGain(*key, kind.outcome, owner, int(hits.sum()), float(means[n]), float(means[n] - usual[n]))
            for n, key in enumerate(belligerent_factions(first))
        ]
    return tuple(rows)


def _never(compared: Sequence[Option]) -> tuple[tuple[str, str | None], ...]:
    rows = zip(*(option.outcomes for option in compared), strict=True)
    return tuple(
        (across[0].outcome, across[0].polity) for across in rows if all(option.share.p == 0 for option in across)
    )
