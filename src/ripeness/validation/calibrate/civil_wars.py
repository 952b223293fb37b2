"""Civil wars as forecasts meet them: the civil template, opened where each span of months begins, at points of the
parameters.

Wars are first simulated from their first day, which tells with what probability each lasts to the beginning of every
span; then the template is opened there, with the same parameter samples, and each weighs by that probability. No draw
ends a war: its hazards tell the probability of every end in every month (competing_risks.py says why).
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import cache
from typing import ClassVar

import numpy as np
from numpy.typing import NDArray

from ripeness.ensemble.design import Design
from ripeness.ensemble.past import Past
from ripeness.ensemble.recorder import RunRecorder
from ripeness.ensemble.run import run
from ripeness.scenario.armed_polities import principals
from ripeness.scenario.parameter_points import ParameterPoints
from ripeness.scenario.schema import Scenario
from ripeness.study.record.civil_counts import WAYS
from ripeness.study.record.hazards import CELLS
from ripeness.study.war_so_far import FIRST_BORROWED_RUN
from ripeness.validation.calibrate.prior import shares
from ripeness.validation.calibrate.simulated_wars import FRAILTY
from ripeness.validation.calibrate.typical_war import template_opened
from ripeness.war.situation import Situation
from ripeness.world import outcome
from ripeness.world.outcome import ENDS

Array = NDArray[np.float64]
SPAN_STARTS = (0, *(int(cell) for cell in CELLS[2:]))  # months; the first week, of coups and raids, is left out
LAST = 120  # months to which the last span is simulated
SPANS = len(SPAN_STARTS)
SPAN_ENDS = (*SPAN_STARTS[1:], LAST)
LEAST_SURVIVAL = 1e-3  # below which what a war could still say is not asked
FOUGHT = (0, 12, 60)  # months after which the template is forecast
AHEAD = (6, 12, 24, 60)  # months from then
TINY = 1e-300


def way_of(end: outcome.End, movement: int) -> str:
    """As what the record would write an end down; `movement` is the place of the movement among the belligerents.

    A movement that falls apart ceases to exist; a government that does has lost.

    >>> way_of(ENDS[0], movement=1)
    'government_victory'
    """
    if end.side is None:
        return {"settlement": "agreement", "frozen": "low_activity"}.get(end.outcome, end.outcome)
    if end.outcome == "collapse":
        return "actor_ceases" if end.side == movement else "movement_victory"
    return "movement_victory" if end.side == movement else "government_victory"


@cache
def _ways_of_codes(movement: int) -> tuple[int, ...]:
    """The place in WAYS of each code of an end, from 1 on."""
    ended = sorted((end for end in ENDS if end.code), key=lambda end: end.code)
    return tuple(WAYS.index(way_of(end, movement)) for end in ended)


class SpanRecorder(RunRecorder):
    """Notes, of each run that no draw ends, by span: how it would end, how long it is fought, and whether it lasts.

    Shapes: ended (S, W, R), probability to end in the span by each way; fought (S, R), months that are expected in it;
    lasts (S, R), probability to be fought still at its beginning. S spans between the `bounds`, in steps of a month.
    """

    arrays: ClassVar[tuple[str, ...]] = ("ended", "fought", "lasts")
    ended: Array
    fought: Array
    lasts: Array
    summed: Array

    def __init__(self, bounds: tuple[int, ...], movement: int) -> None:
        """Note between some months."""
        self.bounds, self.ways = bounds, np.array(_ways_of_codes(movement))

    def allocate(self, runs: int) -> None:
        """Nothing seen yet."""
        spans = len(self.bounds) - 1
        self.ended = np.zeros((spans, len(WAYS), runs))
        self.fought, self.lasts = np.zeros((spans, runs)), np.zeros((spans, runs))
        self.summed = np.zeros(runs)

    def __call__(self, step: int, situation: Situation, place: NDArray[np.intp]) -> None:
        """Take note of a month's hazards, and let its wars go on."""
        runs = self.columns(situation, place >= 0)
        hazard = situation.shared.hazard
        span = int(np.searchsorted(self.bounds, step, side="right")) - 1
        surviving = np.exp(-self.summed[runs])
        if step == self.bounds[span]:
            self.lasts[span, runs] = surviving
        total = hazard.sum(axis=0)
        ends = surviving * -np.expm1(-total)
        by_code = hazard * (ends / np.maximum(total, TINY))
        for code, ending in enumerate(self.ways):
            self.ended[span, ending, runs] += by_code[code]
        self.fought[span, runs] += np.where(total > 0, ends / np.maximum(total, TINY), surviving)
        self.summed[runs] += total
        is_over = (np.exp(-self.summed[runs]) < LEAST_SURVIVAL) | (step + 1 >= self.bounds[-1])
        situation.shared.outcome = is_over.astype(np.float64)


@dataclass(frozen=True, slots=True)
class SpanForecasts:
    """What each run of the civil template says, as forecasts opened at the beginning of each span meet it.

    Run r is under point r // per_point. Shapes: ended (S, W, R), fought (S, R), both weighed by the probability to
    last to the span.
    """

    per_point: int
    ended: Array
    fought: Array

    def ended_by_point(self) -> Array:
        """Shapes: returns (P, S, W)."""
        spans, ways, runs = self.ended.shape
        return self.ended.reshape(spans, ways, runs // self.per_point, self.per_point).sum(axis=3).transpose(2, 0, 1)

    def fought_by_point(self) -> Array:
        """Shapes: returns (P, S)."""
        spans, runs = self.fought.shape
        return self.fought.reshape(spans, runs // self.per_point, self.per_point).sum(axis=2).T

    def hazards(self) -> Array:
        """Hazards a month at each point. Shapes: returns (P, S, W)."""
        return np.asarray(self.ended_by_point() / np.maximum(self.fought_by_point(), TINY)[:, :, None])


@dataclass(frozen=True, slots=True)
class PointShares:
    """How forecasts of the civil template end at each point, after each of FOUGHT and by each of AHEAD.

    Shapes: ended (F, W + 1, M, P), probability to have ended in each way, and last to be fought still; lasted (F, P),
    probability that a war is fought still on the day of the forecast, by which the former is multiplied.
    """

    ended: Array
    lasted: Array

    def shares(self, weight: Array) -> Array:
        """Shares of all points together. Shapes: weight (P,); returns (F, W + 1, M)."""
        return np.asarray((self.ended @ weight) / np.maximum(self.lasted @ weight, TINY)[:, None, None])


def point_shares(points: ParameterPoints, per_point: int, seed: int) -> PointShares:
    """Forecast the template at points that are shipped."""
    inputs = _inputs_of(points, per_point)
    runs = len(points.weight) * per_point
    bounds = tuple(sorted({*AHEAD, *FOUGHT}))
    first_day = _simulate(0, 0, (*bounds, bounds[-1] + 1), inputs, runs, seed)
    ended, lasted = [], []
    for fought in FOUGHT:
        opened = _simulate(fought, 0, (0, *AHEAD), inputs, runs, seed) if fought else first_day
        lasts = first_day.lasts[bounds.index(fought)]
        by_month = np.cumsum(opened.ended[: len(AHEAD)], axis=0) * lasts
        by_way = np.concatenate([by_month, lasts - by_month.sum(axis=1, keepdims=True)], axis=1)
        ended.append(_by_point(by_way.transpose(1, 0, 2), per_point))
        lasted.append(_by_point(lasts, per_point))
    return PointShares(np.array(ended), np.array(lasted))


def _by_point(values: Array, per_point: int) -> Array:
    return values.reshape(*values.shape[:-1], -1, per_point).sum(axis=-1)


def _inputs_of(points: ParameterPoints, per_point: int) -> dict[str, Array]:
    return {f"laws.{name}": np.repeat(row, per_point) for name, row in zip(points.names, points.values, strict=True)}


@cache
def civil_template(fought: int = 0, others: int = 0) -> Scenario:
    """The civil template, forecast some months after its war began, with other movements like the first beside it.

    >>> [polity.beside for polity in civil_template(0, 1).polities.values()]
    [None, None, 'front']
    """
    scenario = template_opened("civil", fought)
    first = principals(scenario)[movement_place(scenario)]
    ally = scenario.polities[first].model_copy(update={"beside": first})
    further = {f"{first}_{number}": ally for number in range(2, 2 + others)}
    return scenario.model_copy(update={"polities": {**scenario.polities, **further}})


def first_asked(fought: float) -> float:
    """Months that dyads of the record have lasted with which the template is compared: a week at least.

    >>> first_asked(12)
    12.0
    """
    return max(float(fought), float(CELLS[1]))


def movement_place(scenario: Scenario) -> int:
    """The place of the movement among the two principals.

    >>> movement_place(civil_template())
    1
    """
    return next(place for place, key in enumerate(principals(scenario)) if scenario.polities[key].kind == "movement")


def forecast_spans(
    values: Mapping[str, Array],
    per_point: int,
    seed: int,
    others: int = 0,
    progress: Callable[[int, int], None] | None = None,
) -> SpanForecasts:
    """Simulate the template at points of the parameters, and of the spreads over wars, as each span meets it.

    Shapes: values by name (P,).
    """
    return _as_met(civil_overrides(values, per_point, seed), per_point, seed, others, progress)


def point_forecasts(points: ParameterPoints, per_point: int, seed: int, others: int = 0) -> SpanForecasts:
    """The same at points that are shipped, each with its own draw of what no number of a war shows."""
    return _as_met(_inputs_of(points, per_point), per_point, seed, others)


def _as_met(
    inputs: Mapping[str, Array],
    per_point: int,
    seed: int,
    others: int,
    progress: Callable[[int, int], None] | None = None,
) -> SpanForecasts:
    runs = len(next(iter(inputs.values())))
    recorder = _simulate(0, others, (*SPAN_STARTS, SPAN_STARTS[-1] + 1), inputs, runs, seed)
    ended, fought = recorder.ended.copy(), recorder.fought.copy()
    for span, (start, until) in enumerate(zip(SPAN_STARTS, SPAN_ENDS, strict=True)):
        if start:
            opened = _simulate(start, others, (0, until - start), inputs, runs, seed)
            ended[span] = recorder.lasts[span] * opened.ended[0]
            fought[span] = recorder.lasts[span] * opened.fought[0]
        if progress is not None:
            progress(span + 1, SPANS)
    return SpanForecasts(per_point, ended, fought)


def civil_overrides(values: Mapping[str, Array], per_point: int, seed: int) -> dict[str, Array]:
    """What every run is set to: the parameters of its point, and its draw of what no number of a war shows.

    Shapes: values by name (P,); returns each (P * per_point,).
    """
    repeated = {name: np.repeat(value, per_point) for name, value in values.items()}
    laws = {f"laws.{name}": value for name, value in repeated.items() if not name.endswith("_spread")}
    hidden, frailty = _latents(len(next(iter(repeated.values()))), per_point, seed)
    laws["laws.hidden"] = repeated["hidden_spread"] * hidden
    laws["laws.frailty"] = np.clip(np.exp(repeated["frailty_spread"] * frailty), *FRAILTY)
    return laws


def _latents(runs: int, per_point: int, seed: int) -> tuple[Array, Array]:
    """Normal scores that fill the plane evenly at each point, moved by a shift (Cranley and Patterson 1976)."""
    from scipy.special import ndtri
    from scipy.stats import qmc

    net = qmc.Sobol(2, scramble=False).random(1 << (per_point - 1).bit_length())[:per_point]
    shift = np.column_stack([shares(f"civil/{name}", seed, 0, runs // per_point) for name in ("hidden", "frailty")])
    moved = np.mod(net[None] + shift[:, None], 1.0).reshape(runs, 2)
    first, second = ndtri(np.clip(moved, 1e-6, 1 - 1e-6)).T
    return first, second


def _simulate(
    fought: int, others: int, bounds: tuple[int, ...], inputs: Mapping[str, Array], runs: int, seed: int
) -> SpanRecorder:
    scenario = civil_template(fought, others)
    recorder = SpanRecorder(bounds, movement_place(scenario))
    recorder.allocate(runs)
    design = Design(runs, seed, per_point=1, kept=0, horizon=bounds[-1])
    samples = np.arange(runs, dtype=np.uint64)
    # Who lasts has no better luck after it: what is opened late has random draws of its own.
    numbers = samples + np.uint64(FIRST_BORROWED_RUN) if fought else None
    run(scenario, design, overrides=inputs, watch=recorder, past=Past(samples, numbers, bounds[-1]))
    return recorder
