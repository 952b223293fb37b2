"""Answer: one row for each mechanism that is asked of a war, and one for each of their levers."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from ripeness.ensemble.design import Design
from ripeness.ensemble.inputs import Overrides
from ripeness.ensemble.past import Past
from ripeness.ensemble.run import Progress
from ripeness.scenario.schema import Scenario
from ripeness.study.mechanisms.catalogue import Mechanism, mechanisms_of
from ripeness.study.mechanisms.lever import LONGER, SHORTER, Lever, LeverContext, lever_context
from ripeness.study.mechanisms.measure import LeverRuns
from ripeness.study.mechanisms.outputs import OutputFigure, output_figure
from ripeness.study.weighted_statistics import MeanEstimate, Weights

LEVER, OUTPUT, ABSENT = "lever", "output", "absent"
WORDS = {LONGER: "longer", SHORTER: "shorter"}


@dataclass(frozen=True, slots=True)
class MechanismRow:
    """One mechanism, or one of its levers, and what it did; None where there is nothing to measure.

    `months`, its 90 % error, and all shares of outcomes and `terms` (the first belligerent's share at the end) are
    differences: after less before. `expected`: what the theory says: longer, shorter, or None. `right` and `wrong`:
    shares of samples that move that way and the opposite way. `kind`: lever; output, which no lever moves;
    absent, where the war has nothing that the lever could move. `idle`: not one run goes otherwise. `verb` is where an
    output is answered.
    Units: months; shares.
    """

    id: str
    mechanism: str
    moved: str
    months: float | None
    months_error: float | None
    right: float | None
    wrong: float | None
    settlement: float | None
    frozen: float | None = None
    victory: float | None = None
    collapse: float | None = None
    fighting: float | None = None
    terms: float | None = None
    longer: float | None = None
    shorter: float | None = None
    expected: str | None = None
    kind: str = LEVER
    idle: bool = False
    verb: str = ""

    @property
    def is_told_from_zero(self) -> bool:
        """Whether mean months move by more than their error."""
        return self.months is not None and abs(self.months) > (self.months_error or 0.0)


@dataclass(frozen=True, slots=True)
class MeasuredMechanisms:
    """Rows of all mechanisms in the order of their ids, and of all their levers.

    `mean_months` of the war as stated. Units: months.
    """

    mechanisms: tuple[MechanismRow, ...]
    levers: tuple[MechanismRow, ...]
    mean_months: float
    draws: int
    samples: int
    replications: int
    horizon: float

    def strongest(self) -> tuple[MechanismRow, ...]:
        """The mechanisms' rows whose months are told from zero, the strongest first."""
        told_apart = [row for row in self.mechanisms if row.kind == LEVER and row.is_told_from_zero]
        return tuple(sorted(told_apart, key=lambda row: -abs(row.months or 0.0)))


def measure_mechanisms(
    scenario: Scenario,
    design: Design,
    *,
    every_lever: bool = True,
    overrides: Overrides | None = None,
    past: Past | None = None,
    weights: Weights = None,
    progress: Progress | None = None,
) -> MeasuredMechanisms:
    """Move every lever that the war has, or the first of each mechanism, on the same samples and random draws.

    All arms count their runs by the same `weights`.

    >>> from ripeness.scenario.read import read_scenario
    >>> design = Design(draws=64, per_point=32, horizon=3, kept=0)
    >>> len(measure_mechanisms(read_scenario("japan-1945"), design).mechanisms)
    27
    """
    context = lever_context(scenario, design, overrides, past)
    levers = [
        (mechanism, [build(context) for build in mechanism.levers[: None if every_lever else 1]])
        for mechanism in mechanisms_of(scenario)
    ]
    arms = 1 + sum(_new_arms(lever) for _, built in levers for lever in built)
    runs = LeverRuns(scenario, design, overrides or {}, past, progress, arms, weights)
    rows = [[_lever_row(mechanism, lever, runs) for lever in built] for mechanism, built in levers]
    first = [
        measured[0] if measured else _output_row(mechanism, context, runs)
        for (mechanism, _), measured in zip(levers, rows, strict=True)
    ]
    base = runs.base()
    return MeasuredMechanisms(
        tuple(first),
        tuple(row for measured in rows for row in measured),
        float(np.average(base.months, weights=runs.run_weights())),
        design.draws,
        design.points,
        design.per_point,
        base.horizon,
    )


def _new_arms(lever: Lever | str) -> int:
    if isinstance(lever, str):
        return 0
    return (not lever.before.is_as_stated) + (not lever.after.is_as_stated)


def _lever_row(mechanism: Mechanism, lever: Lever | str, runs: LeverRuns) -> MechanismRow:
    if isinstance(lever, str):
        return _empty_row(mechanism, lever, ABSENT)
    effect = runs.effect(lever)
    return MechanismRow(
        mechanism.id,
        mechanism.name,
        lever.moved,
        effect.months.mean,
        _half(effect.months),
        effect.right,
        effect.wrong,
        effect.outcomes["settlement"].mean + effect.outcomes["ceasefire"].mean,
        effect.outcomes["frozen"].mean,
        effect.outcomes["victory"].mean,
        effect.outcomes["collapse"].mean,
        effect.outcomes["fighting"].mean,
        terms=effect.terms.mean,
        longer=effect.signs.longer,
        shorter=effect.signs.shorter,
        expected=None if lever.expected is None else WORDS[lever.expected],
        idle=effect.idle,
    )


def _output_row(mechanism: Mechanism, context: LeverContext, runs: LeverRuns) -> MechanismRow:
    figure = (
        output_figure(mechanism.figure, context, runs) if mechanism.figure else OutputFigure("an output, not a lever")
    )
    return _empty_row(mechanism, figure.words, OUTPUT, figure)


def _empty_row(mechanism: Mechanism, words: str, kind: str, figure: OutputFigure | None = None) -> MechanismRow:
    months, error = (figure.months, figure.months_error) if figure else (None, None)
    return MechanismRow(
        mechanism.id, mechanism.name, words, months, error, None, None, None, kind=kind, verb=mechanism.verb
    )


def _half(estimate: MeanEstimate) -> float:
    return (estimate.high - estimate.low) / 2
