"""Sense: which assumptions move the answer, how much hangs on each source, and how much of it all is luck."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from ripeness.ensemble.gather import Ensemble
from ripeness.scenario.law import law_sources
from ripeness.scenario.schema import Scenario
from ripeness.study.parameter_labels import parameter_label
from ripeness.study.sensitivity.groups import NONE, HeldAtMedians, ParameterGroup, compare_held, group_shares
from ripeness.study.sensitivity.inert import InertParameters, find_inert
from ripeness.study.sensitivity.pawn import DUMMY, pawn_indices
from ripeness.study.sensitivity.sample_means import sample_means
from ripeness.study.sensitivity.sobol import SobolIndex
from ripeness.study.sensitivity.variance_shares import VarianceShares, variance_shares
from ripeness.study.target import Target
from ripeness.world.quantity import Quantity

ASIDE = ("evidence.", "readings.")  # numbers that tell of the war and enter none of its months
LEADING = 30  # numbers of which PAWN is asked: it takes a thirtieth of a second for each


@dataclass(frozen=True, slots=True)
class ParameterSensitivity:
    """One uncertain number: its range, what it rests on, and how much of the decided variance hangs on it alone.

    `slope`: change of the probability for a rise by one standard deviation. `matters`: its share or its slope is above
    what the luckiest of as many numbers would reach by chance (95 %). `pawn` only for the leading numbers.
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


@dataclass(frozen=True, slots=True)
class Sensitivity:
    """What moves an outcome. `luck`: share of one run's variance that luck decides; none where it cannot be seen.

    `exact`: judged or assumed numbers without a range, which cannot move anything and so are not tested. `inert`:
    uncertain numbers that move nothing in this war as it is read; they are in no ranking. `faint`: what the inputs
    decide cannot be told from luck, so that no share of it is known.
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
        """The numbers whose share is more than chance."""
        return tuple(one for one in self.numbers if one.matters)

    def by(self, what: str) -> tuple[ParameterGroup, ...]:
        """The groups by source, kind or grade, those that stand out first, then by what holding them or they do."""
        return tuple(sorted((group for group in self.groups if group.by == what), key=lambda group: group.rank))


def sense(
    ensemble: Ensemble, target: Target, weights: NDArray[np.float64] | None = None, *, leading: int = LEADING
) -> Sensitivity:
    """Measure on an ensemble that is there which numbers move an outcome; no further run is needed.

    Shapes: weights (R,), one a run, such as the posterior of a what-was-observed; none: all alike.
    """
    found = sample_means(target.hits(ensemble), ensemble.point, weights)
    drawn = tuple(path for path in ensemble.input_names if not path.startswith(ASIDE))
    idle = find_inert(ensemble, target, drawn) if found.decided > 0 else InertParameters((), 0)
    rows = [n for n, path in enumerate(ensemble.input_names) if path in drawn and path not in set(idle.paths)]
    paths = [ensemble.input_names[n] for n in rows]
    inputs = ensemble.inputs[rows]
    told = variance_shares(inputs, found, ensemble.design.seed)
    order = told.order
    tested = order[:leading] if found.decided > 0 else order[:0]
    distances = pawn_indices(inputs[tested], found.mean, [paths[n] for n in tested]) if len(tested) else {}
    quantities = {path: ensemble.war.numbers[path] for path in paths}
    grades = _grades(ensemble.scenario)
    numbers = tuple(
        _number(ensemble.scenario, paths[n], quantities[paths[n]], grades, told, int(n), distances) for n in order
    )
    exact = tuple(
        path
        for path, one in ensemble.war.numbers.items()
        if not one.uncertain and one.kind in {"judged", "assumed"} and not path.startswith((*ASIDE, "constant."))
    )
    return Sensitivity(
        target,
        ensemble.design.draws,
        len(found.mean),
        found.p,
        found.luck,
        found.decided,
        _together(told),
        told.chance,
        told.chance_slope,
        told.bins,
        distances.get(DUMMY),
        numbers,
        _groups(ensemble.scenario, quantities, grades, told),
        exact,
        idle,
        told.faint,
    )


def _together(told: VarianceShares) -> float:
    """Share of what the inputs decide that the numbers that matter decide one by one; at most all of it."""
    part = float(np.maximum(told.share[told.matters], 0.0).sum())
    return min(part, 1.0)


def hold_sources_at_medians(
    told: Sensitivity,
    base: Ensemble,
    run: Callable[[Mapping[str, float]], Ensemble],
    many: int,
    named: Collection[str] = (),
) -> Sensitivity:
    """Run the wars again with all numbers of a source at their medians, on the same draws.

    That is done for the leading sources among those that stand out, and for those named. Of a named source whose
    numbers move nothing in this war it is said that holding it does nothing.
    """
    numbers = base.war.numbers
    titles, there = _titles(base.scenario), {group.name for group in told.by("source")}
    nothing = HeldAtMedians(told.p, 0.0, 0.0, 0.0, 0.0, 0.0, 0.0)
    found = [
        ParameterGroup("source", name, titles.get(name, name), 0, 0.0, 0.0, 0.0, fixed=nothing)
        for name in named
        if name not in there
    ]
    left = many
    for group in told.groups:
        leads = left > 0 and group.stands_out
        if group.by == "source" and group.name != NONE and (leads or group.name in named):
            left -= leads
            medians = {one.path: numbers[one.path].centre for one in told.numbers if group.name in one.sources}
            group = replace(group, fixed=compare_held(base, run(medians), told.target))  # noqa: PLW2901
        found.append(group)
    return replace(told, groups=tuple(found))


def _number(
    scenario: Scenario,
    path: str,
    one: Quantity,
    grades: Mapping[str, str],
    told: VarianceShares,
    n: int,
    distances: Mapping[str, float],
) -> ParameterSensitivity:
    low, median, high = one.interval()
    cited = tuple(sorted({grades[key] for key in one.sources if key in grades}))
    return ParameterSensitivity(
        path,
        parameter_label(scenario, path),
        low,
        median,
        high,
        one.unit,
        str(one.kind),
        one.sources,
        cited,
        float(told.shown[n]),
        float(told.low[n]),
        float(told.high[n]),
        float(told.slope[n]),
        bool(told.matters[n]),
        distances.get(path),
    )


def _grades(scenario: Scenario) -> dict[str, str]:
    laws = {key: source.grade for key, source in law_sources().items()}
    return laws | {key: form.grade for key, form in scenario.sources.items()}


def _titles(scenario: Scenario) -> dict[str, str]:
    laws = {key: f"{source.author}: {source.title}" for key, source in law_sources().items()}
    own = {key: f"{form.author}: {form.title}" if form.author else form.title for key, form in scenario.sources.items()}
    return laws | own | {NONE: "numbers that name none"}


def _groups(
    scenario: Scenario, quantities: Mapping[str, Quantity], grades: Mapping[str, str], told: VarianceShares
) -> tuple[ParameterGroup, ...]:
    members: dict[str, dict[str, list[int]]] = {"source": {}, "kind": {}, "grade": {}}
    for n, one in enumerate(quantities.values()):
        for key in one.sources or (NONE,):
            members["source"].setdefault(key, []).append(n)
        members["kind"].setdefault(str(one.kind), []).append(n)
        for grade in sorted({grades[key] for key in one.sources if key in grades}) or [NONE]:
            members["grade"].setdefault(grade, []).append(n)
    titles = _titles(scenario)
    found: list[ParameterGroup] = []
    for by, rows in members.items():
        found += group_shares(by, rows, titles if by == "source" else {}, told)
    return tuple(found)
