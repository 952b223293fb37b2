"""Sensitivity of an outcome: to each parameter, to each source, and how much of it is random."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping
from collections.abc import Set as AbstractSet
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from ripeness.ensemble.gather import Ensemble
from ripeness.scenario.model_parameters import parameter_sources
from ripeness.scenario.number_paths import enters_the_war
from ripeness.scenario.parameter_points import FITTED, FITTED_JOINTLY
from ripeness.scenario.schema import Scenario
from ripeness.study.parameter_labels import parameter_label
from ripeness.study.sensitivity.groups import NO_SOURCE, HeldAtMedians, ParameterGroup, compare_held, group_shares
from ripeness.study.sensitivity.inert import InertParameters, find_inert, war_inputs
from ripeness.study.sensitivity.salib_indices import DUMMY, SobolIndex, pawn_indices
from ripeness.study.sensitivity.sample_means import sample_means
from ripeness.study.sensitivity.variance_shares import VarianceShares, variance_shares
from ripeness.study.target import Target
from ripeness.world.quantity import Quantity

LEADING = 30  # numbers of which PAWN is asked: it takes a thirtieth of a second for each


@dataclass(frozen=True, slots=True)
class ParameterSensitivity:
    """One uncertain parameter: its range, its sources, and its first-order share of the variance.

    `slope`: change of the probability for a rise by one standard deviation. `matters`: its share or its slope is above
    the maximum that as many parameters would reach by chance (95 %). `pawn` only for the leading numbers. `jointly`: a
    fitted parameter, whose share and slope hold what its companions do when it is high or low.
    """

    path: str
    name: str
    low: float
    median: float
    high: float
    unit: str
    kind: str
    sources: tuple[str, ...]
    grades: tuple[str, ...]
    share: float
    share_low: float
    share_high: float
    slope: float
    matters: bool
    pawn: float | None
    jointly: bool = False


@dataclass(frozen=True, slots=True)
class Sensitivity:
    """Sensitivity of an outcome. `luck`: share of one run's variance that is random; none where unknown.

    `exact`: judged or assumed numbers without a range, which cannot move anything and so are not tested. `inert`:
    uncertain numbers that move nothing in this war as it is read; they are in no ranking. `faint`: what the inputs
    decide does not differ from noise, so that no share of it is known.
    """

    target: Target
    draws: int
    points: int
    p: float
    luck: float | None
    decided: float
    explained: float
    chance: float
    chance_slope: float
    bins: int
    pawn_chance: float | None
    numbers: tuple[ParameterSensitivity, ...]
    groups: tuple[ParameterGroup, ...]
    exact: tuple[str, ...]
    inert: InertParameters
    faint: bool
    sobol: tuple[SobolIndex, ...] = ()

    @property
    def mattering(self) -> tuple[ParameterSensitivity, ...]:
        """The parameters whose share is more than chance."""
        return tuple(number for number in self.numbers if number.matters)

    def by(self, kind: str) -> tuple[ParameterGroup, ...]:
        """The groups by source, kind or grade, those that stand out first, then by what holding them or they do."""
        return tuple(sorted((group for group in self.groups if group.by == kind), key=lambda group: group.rank))


def sense(
    ensemble: Ensemble, target: Target, weights: NDArray[np.float64] | None = None, *, leading: int = LEADING
) -> Sensitivity:
    """Measure the sensitivity of an outcome on an existing ensemble; no further run is needed.

    Shapes: weights (R,), one a run, such as posterior weights; none: all alike.
    """
    means = sample_means(target.hits(ensemble), ensemble.point, weights)
    input_paths = war_inputs(ensemble)
    idle = find_inert(ensemble, target, input_paths) if means.decided > 0 else InertParameters((), 0)
    rows = [n for n, path in enumerate(ensemble.input_names) if path in input_paths and path not in set(idle.paths)]
    paths = [ensemble.input_names[n] for n in rows]
    inputs = ensemble.inputs[rows]
    joint_paths = set(ensemble.war.points.paths)
    jointly = np.array([n for n, path in enumerate(paths) if path in joint_paths], dtype=np.intp)
    variance = variance_shares(inputs, means, ensemble.design.seed, jointly)
    order = variance.order
    tested = order[:leading] if means.decided > 0 else order[:0]
    distances = pawn_indices(inputs[tested], means.mean, [paths[n] for n in tested]) if len(tested) else {}
    quantities = {path: ensemble.war.numbers[path] for path in paths}
    grades = _grades(ensemble.scenario)
    numbers = tuple(
        replace(
            _number(ensemble.scenario, paths[n], quantities[paths[n]], grades, variance, int(n), distances),
            jointly=paths[n] in joint_paths,
        )
        for n in order
    )
    exact = tuple(
        path
        for path, number in ensemble.war.numbers.items()
        if not number.uncertain
        and number.kind in {"judged", "assumed"}
        and enters_the_war(path)
        and not path.startswith("constant.")
    )
    return Sensitivity(
        target,
        ensemble.design.draws,
        len(means.mean),
        means.p,
        means.noise_share,
        means.decided,
        _share_explained(variance),
        variance.chance,
        variance.chance_slope,
        variance.bins,
        distances.get(DUMMY),
        numbers,
        _groups(ensemble.scenario, quantities, joint_paths, variance),
        exact,
        idle,
        variance.faint,
    )


def _share_explained(variance: VarianceShares) -> float:
    """Share of what the inputs decide that the numbers that matter decide one by one; at most all of it."""
    part = float(np.maximum(variance.share[variance.matters], 0.0).sum())
    return min(part, 1.0)


def hold_sources_at_medians(
    sensitivity: Sensitivity,
    base: Ensemble,
    run: Callable[[Mapping[str, float]], Ensemble],
    n_sources: int,
    named_sources: Collection[str] = (),
    weights: NDArray[np.float64] | None = None,
) -> Sensitivity:
    """Simulate again with all parameters of a source at their medians, with common random numbers.

    That is done for the leading sources among those that stand out, and for those named. Of a named source whose
    numbers move nothing in this war it is said that holding it does nothing. Fitted parameters are held at the most
    central point of their joint posterior, all together, whatever sources they rest on. Shapes: weights (R,), shared by
    all.
    """
    titles, ranked_sources = _titles(base.scenario), {group.name for group in sensitivity.by("source")}
    no_change = HeldAtMedians(sensitivity.p, 0.0, 0.0, 0.0, 0.0, 0.0, 0.0)
    groups = [
        ParameterGroup("source", name, titles.get(name, name), 0, 0.0, 0.0, 0.0, fixed=no_change)
        for name in named_sources
        if name not in ranked_sources
    ]
    remaining = n_sources
    for group in sensitivity.groups:
        leads = remaining > 0 and group.stands_out
        if group.by == "source" and group.name != NO_SOURCE and (leads or group.name in named_sources):
            remaining -= leads
            medians = _medians_of_group(base, group.name, sensitivity)
            group = replace(group, fixed=compare_held(base, run(medians), sensitivity.target, weights))  # noqa: PLW2901
        groups.append(group)
    return replace(sensitivity, groups=tuple(groups))


def _medians_of_group(base: Ensemble, name: str, sensitivity: Sensitivity) -> dict[str, float]:
    points = base.war.points
    if name == FITTED:
        return dict(zip(points.paths, points.centre().tolist(), strict=True))
    return {
        number.path: base.war.numbers[number.path].centre
        for number in sensitivity.numbers
        if name in number.sources and number.path not in points.paths
    }


def _number(
    scenario: Scenario,
    path: str,
    quantity: Quantity,
    grades: Mapping[str, str],
    variance: VarianceShares,
    n: int,
    distances: Mapping[str, float],
) -> ParameterSensitivity:
    low, median, high = quantity.interval()
    cited = tuple(sorted({grades[key] for key in quantity.sources if key in grades}))
    return ParameterSensitivity(
        path,
        parameter_label(scenario, path),
        low,
        median,
        high,
        quantity.unit,
        str(quantity.kind),
        quantity.sources,
        cited,
        float(variance.bounded_share[n]),
        float(variance.low[n]),
        float(variance.high[n]),
        float(variance.slope[n]),
        bool(variance.matters[n]),
        distances.get(path),
    )


def _grades(scenario: Scenario) -> dict[str, str]:
    laws = {key: source.grade for key, source in parameter_sources().items()}
    return laws | {key: form.grade for key, form in scenario.sources.items()}


def _titles(scenario: Scenario) -> dict[str, str]:
    laws = {key: f"{source.author}: {source.title}" for key, source in parameter_sources().items()}
    own_titles = {
        key: f"{form.author}: {form.title}" if form.author else form.title for key, form in scenario.sources.items()
    }
    return laws | own_titles | {NO_SOURCE: "numbers that name none", FITTED: FITTED_JOINTLY}


def _groups(
    scenario: Scenario, quantities: Mapping[str, Quantity], joint_paths: AbstractSet[str], variance: VarianceShares
) -> tuple[ParameterGroup, ...]:
    """Groups by source, kind and grade. Fitted parameters are drawn jointly, so that they are one group in each."""
    grades = _grades(scenario)
    members: dict[str, dict[str, list[int]]] = {"source": {}, "kind": {}, "grade": {}}
    for n, (path, quantity) in enumerate(quantities.items()):
        if path in joint_paths:
            for rows in members.values():
                rows.setdefault(FITTED, []).append(n)
            continue
        for key in quantity.sources or (NO_SOURCE,):
            members["source"].setdefault(key, []).append(n)
        members["kind"].setdefault(str(quantity.kind), []).append(n)
        for grade in sorted({grades[key] for key in quantity.sources if key in grades}) or [NO_SOURCE]:
            members["grade"].setdefault(grade, []).append(n)
    titles = _titles(scenario)
    groups: list[ParameterGroup] = []
    for by, rows in members.items():
        groups += group_shares(by, rows, titles if by == "source" else {}, variance)
    return tuple(groups)
