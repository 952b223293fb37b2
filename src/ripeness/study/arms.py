"""Arms of an experiment: one war simulated several times with common random numbers."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from math import ceil

import numpy as np
from numpy.typing import NDArray

from ripeness.ensemble.design import CHUNK, Design
from ripeness.ensemble.gather import Ensemble
from ripeness.ensemble.inputs import Overrides
from ripeness.ensemble.past import Past
from ripeness.ensemble.recorder import RunRecorder
from ripeness.ensemble.run import Progress, run
from ripeness.ensemble.stated import Stated
from ripeness.scenario.armed_polities import armed
from ripeness.scenario.polity_names import PolityNames, polity_names
from ripeness.scenario.schema import Scenario
from ripeness.study.aims_and_costs import belligerent_keys, cost_per_run
from ripeness.study.probabilities import merged_kinds
from ripeness.study.target import outcome_codes_at
from ripeness.study.weighted_statistics import MeanEstimate, ShareEstimate, estimate_mean, estimate_share
from ripeness.war.intervention import Intervention
from ripeness.war.situation import Situation
from ripeness.war.state import BLOCK
from ripeness.world.outcome import FIGHTING

Array = NDArray[np.float64]
Floats = NDArray[np.floating]
PARTS = 4  # chunks into which a small ensemble is cut at most


@dataclass(frozen=True)
class Arm:
    """One arm: the ensemble of all its runs, and the reform at the end of each. Shapes: reform (B, R)."""

    name: str
    words: str
    ensemble: Ensemble
    reform: Floats


class ReformRecorder(RunRecorder):
    """Reform of all belligerents at the end of each run. Shapes: reform (B, R)."""

    arrays = ("reform",)
    reform: NDArray[np.float32]

    def __init__(self, belligerents: int) -> None:
        """Note how many polities fight."""
        self.belligerents = belligerents

    def allocate(self, runs: int) -> None:
        """No reform in any run."""
        self.reform = np.zeros((self.belligerents, runs), dtype=np.float32)

    def __call__(self, step: int, situation: Situation, place: NDArray[np.intp]) -> None:  # noqa: ARG002
        """Record where it stands after a step."""
        active = np.flatnonzero(place >= 0)
        columns = self.columns(situation, active)
        for row, polity in zip(self.reform, situation.belligerents(), strict=True):
            row[columns] = polity.reform[active]


@dataclass(frozen=True, slots=True)
class OutcomeComparison:
    """One outcome by the horizon in one arm: its share of the runs, and how much more than in the first arm."""

    outcome: str
    polity: str | None
    share: ShareEstimate
    more: MeanEstimate


@dataclass(frozen=True, slots=True)
class MeasureComparison:
    """One measure in one arm: its mean over the runs, and how much more than in the first arm."""

    measure: str
    polity: str | None
    unit: str
    mean: MeanEstimate
    more: MeanEstimate


def even_chunk(n_runs: int) -> int:
    """Return a chunk size with which even a small ensemble occupies several processors, but no block stands half empty.

    >>> even_chunk(256), even_chunk(1_000), even_chunk(2_000), even_chunk(20_000)
    (256, 500, 500, 1024)
    """
    parts = min(max(ceil(n_runs / BLOCK), 1), PARTS)
    return max(1, min(CHUNK, ceil(n_runs / parts)))


def simulate_arm(
    scenario: Scenario,
    design: Design,
    name: str,
    words: str,
    *,
    orders: Sequence[Intervention] = (),
    cuts: Sequence[str] = (),
    overrides: Overrides | None = None,
    progress: Progress | None = None,
    stated: Stated | None = None,
    past: Past | None = None,
) -> Arm:
    """Simulate one arm without keeping histories. `stated` is the war as stated that this arm is compared with.

    Raises: Fault for an unknown link or path.
    """
    recorder = ReformRecorder(len(armed(scenario)))
    recorder.allocate(design.draws)
    reforms = any(issue.role == "reform" for polity in scenario.polities.values() for issue in polity.issues.values())
    ensemble = run(
        scenario,
        replace(design, kept=0, chunk=min(design.chunk, even_chunk(design.draws))),
        orders=orders,
        cuts=cuts,
        overrides=overrides,
        progress=progress,
        watch=recorder if reforms else None,
        stated=stated,
        past=past,
    )
    return Arm(name, words, ensemble, recorder.reform)


def display_names(scenario: Scenario) -> PolityNames:
    """Names of polities by key, and of factions by 'polity/faction'."""
    names_by_key = polity_names(scenario)
    for key, polity in scenario.polities.items():
        names_by_key |= {f"{key}/{faction}": form.name or faction for faction, form in polity.factions.items()}
    return names_by_key


def compare_outcomes(arm: Arm, base: Arm, weights: Array, month: float | None = None) -> tuple[OutcomeComparison, ...]:
    """Compare the share of every outcome by a month, by default the horizon, with the base arm.

    Shapes: weights (draws,). Units: month from the day of the forecast.
    """
    keys, sample_of_run = belligerent_keys(arm.ensemble), arm.ensemble.point
    arm_codes, base_codes = (
        either.ensemble.code if month is None else outcome_codes_at(either.ensemble, month) for either in (arm, base)
    )
    rows = []
    for kind in merged_kinds():
        hits, base_hits = (np.isin(codes, kind.codes).astype(np.float64) for codes in (arm_codes, base_codes))
        owner = None if kind.side is None else keys[kind.side]
        rows.append(
            OutcomeComparison(
                kind.outcome,
                owner,
                estimate_share(hits, sample_of_run, weights),
                estimate_mean(hits - base_hits, sample_of_run, weights),
            )
        )
    return tuple(rows)


def early_share(arm: Arm, weights: Array) -> float:
    """Share of the runs that end before the day of the forecast. Shapes: weights (draws,)."""
    early = (arm.ensemble.code != FIGHTING) & (arm.ensemble.months < 0)
    return float(np.average(early, weights=weights))


def compare_measures(arm: Arm, base: Arm, weights: Array) -> tuple[MeasureComparison, ...]:
    """Compare duration, terms and costs with the base arm. Shapes: weights (draws,)."""
    keys, sample_of_run = belligerent_keys(arm.ensemble), arm.ensemble.point
    rows = []
    for name, unit, side, value in MEASURES:
        values, base_values = (value(either.ensemble).astype(np.float64) for either in (arm, base))
        owner = None if side is None else keys[side]
        rows.append(
            MeasureComparison(
                name,
                owner,
                unit,
                estimate_mean(values, sample_of_run, weights),
                estimate_mean(values - base_values, sample_of_run, weights),
            )
        )
    return tuple(rows)


def _row(name: str, side: int | None) -> Callable[[Ensemble], Floats]:
    """A result of one belligerent, or of both together."""

    def value(ensemble: Ensemble) -> Floats:
        rows = cost_per_run(ensemble, name)
        return rows.sum(axis=0) if side is None else rows[side]

    return value


MEASURES: tuple[tuple[str, str, int | None, Callable[[Ensemble], Floats]], ...] = (
    ("months fought", "months", None, lambda ensemble: ensemble.results["months"]),
    ("share at the end", "share", 0, lambda ensemble: ensemble.results["share"]),
    ("aim met", "share", 0, _row("aims", 0)),
    ("aim met", "share", 1, _row("aims", 1)),
    ("leader falls", "share", 0, _row("fell", 0)),
    ("leader falls", "share", 1, _row("fell", 1)),
    ("peace breaks", "share", None, lambda ensemble: ensemble.results["renewed"]),
    ("all deaths", "thousand persons", None, _row("lives", None)),
    ("all deaths", "thousand persons", 0, _row("lives", 0)),
    ("all deaths", "thousand persons", 1, _row("lives", 1)),
    ("displaced", "thousand persons", None, _row("displaced", None)),
    ("output lost", "billion dollars", None, _row("output_lost", None)),
)
"""What arms are compared in: name, unit, whose (none: both together), and how it is read off an ensemble."""
