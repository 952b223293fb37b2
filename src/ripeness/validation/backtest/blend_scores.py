"""Scores of the blend: the model of a war, the record of other wars, and their blend as `run` makes it, on past wars.

A forecast after so many months of fighting gives a probability to every cell: how the war ends (as the file has it) by
the span of months ahead in which it does. The record is what the other wars of the file did: hazards of ending by month
fought, and the era's rates of how wars end. The strength of the record is learnt on the other wars alone.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from ripeness.ledger.scores.brier import brier
from ripeness.ledger.scores.calibration import COARSE, Bin, calibration
from ripeness.validation.backtest.baselines import era_rate, outcomes_of
from ripeness.validation.backtest.folds import FEWEST, at_risk
from ripeness.validation.backtest.forward_in_time import later, undated
from ripeness.validation.backtest.model_scores import paired_interval
from ripeness.validation.backtest.strength import StrengthPosterior, learn_strength
from ripeness.validation.backtest.war_model import FLOOR, WarModel
from ripeness.validation.calibrate.measure import EDGES
from ripeness.validation.history.record import HORIZONS, OUTCOMES, PastWar

Array = NDArray[np.float64]
SPANS = (1.0, 3.0, 6.0, 12.0, 24.0, 48.0, np.inf)  # months ahead that part the cells
OVER = (6.0, 12.0, 24.0)  # months ahead by which it is scored whether a war is over
ALIKE = 0.5  # ends and, in proportion, months of fighting added to each span of months fought
PARENTS = ("record", "model")


@dataclass(frozen=True, slots=True)
class BlendScore:
    """Brier scores (0 to 2) of record, model and blend on one question after so many months of fighting.

    `less_record`: the blend's less the record's, `less_better` less that of the parent that is the better one on these
    wars, each with its 90 % paired interval. `strength`: mean over the folds of the record's strength.
    """

    question: str
    months_fought: int
    n: int
    record: float
    model: float
    blend: float
    less_record: float
    record_low: float
    record_high: float
    less_better: float
    low: float
    high: float
    strength: float


@dataclass(frozen=True, slots=True)
class CellForecasts:
    """Forecasts of the wars that still go on after so many months. Shapes: record, model (N, K, B), by outcome and
    span ahead; truth (N, 2), place of what came true.
    """

    months: int
    wars: tuple[PastWar, ...]
    record: Array
    model: Array
    truth: NDArray[np.intp]

    def hits(self) -> Array:
        """The probability that record and model gave to what came true. Shapes: returns (N, 2)."""
        n, (outcome, span) = np.arange(len(self.wars)), self.truth.T
        return np.column_stack([self.record[n, outcome, span], self.model[n, outcome, span]])


def scorable(wars: Sequence[PastWar]) -> list[PastWar]:
    """The wars of which is known how and when they ended."""
    return [war for war in wars if war.outcome and not np.isnan(war.months)]


def record_cells(train: Sequence[PastWar], war: PastWar, months: int) -> Array:
    """What other wars did, as a forecast of one that has lasted some months. Shapes: returns (K, B).

    Hazards are constant within spans of months fought; in each they are drawn a little towards the hazard of all.
    """
    edges = np.array([0.0, *EDGES, np.inf])
    lengths = np.array([past.months for past in train])
    exposure = np.clip(lengths[:, None], edges[:-1], edges[1:]) - edges[:-1]
    ends = np.histogram(np.maximum(lengths, 1e-9), edges)[0]
    overall = len(lengths) / lengths.sum()
    hazard = (ends + ALIKE) / (exposure.sum(axis=0) + ALIKE / overall)
    ahead = months + np.array([0.0, *SPANS[:-1]])
    passed = np.clip(ahead[:, None], edges[:-1], np.minimum(edges[1:], ahead.max() + 1)) - edges[:-1]
    surviving = np.exp(-(passed * hazard).sum(axis=1))
    surviving = np.append(surviving / surviving[0], 0.0)
    still = [past for past in train if past.ongoing_after(months)] or list(train)
    return np.outer(era_rate(still, [war], months)[0], -np.diff(surviving))


def model_cells(model: WarModel, war: PastWar, months: int) -> Array:
    """Weight of each cell at each point of the fitted parameters. Shapes: returns (S, K * B)."""
    runs, points = model.simulated[war.kind], len(model.posterior.scores)
    weight = model.weights_of_runs(war, months)
    span = np.searchsorted(SPANS, runs.months - months, side="left").clip(0, len(SPANS) - 1)
    cell = model.outcome[war.kind] * len(SPANS) + span
    place = np.repeat(np.arange(points), runs.per_point) * len(OUTCOMES) * len(SPANS) + cell
    size = points * len(OUTCOMES) * len(SPANS)
    return np.bincount(place, weights=weight, minlength=size).reshape(points, -1) / runs.per_point


def forecast_cells(model: WarModel, cells: Array, without: Sequence[int]) -> Array:
    """The model's forecast with some wars taken out of its parameters. Shapes: cells (S, K * B); returns (K, B)."""
    weighted = model.posterior.without(without) @ cells
    total, size = weighted.sum(), cells.shape[1]
    shares = weighted / total if total > 0 else np.full(size, 1 / size)
    return ((1 - FLOOR) * shares + FLOOR / size).reshape(len(OUTCOMES), len(SPANS))


def forecasts_leaving_one_out(
    model: WarModel, wars: Sequence[PastWar], months: int, excluded: Sequence[PastWar] = ()
) -> CellForecasts:
    """Forecast every war that still goes on after so many months, each without itself and without those excluded."""
    numbers = {war.number for war in excluded}
    others = [war for war in scorable(wars) if war.number not in numbers]
    tested = at_risk(others, months) if len(others) > 1 else []  # a war alone has no record to be forecast from
    record = [record_cells([w for w in others if w.number != war.number], war, months) for war in tested]
    fitted = [forecast_cells(model, model_cells(model, war, months), [war.number, *sorted(numbers)]) for war in tested]
    return _cells(months, tested, record, fitted)


def forward(model: WarModel, wars: Sequence[PastWar], months: int) -> CellForecasts:
    """Forecast every war from those that began before it, once there are enough of them, in order of their days."""
    order = sorted(scorable(wars), key=lambda war: (war.began, war.number))
    tested, record, fitted = [], [], []
    for war in at_risk(order, months):
        earlier = [w for w in order if w.began < war.began]
        if len(earlier) >= FEWEST:
            tested.append(war)
            record.append(record_cells(earlier, war, months))
            fitted.append(forecast_cells(model, model_cells(model, war, months), later(wars, war)))
    return _cells(months, tested, record, fitted)


def _cells(months: int, wars: Sequence[PastWar], record: Sequence[Array], model: Sequence[Array]) -> CellForecasts:
    shape = (len(wars), len(OUTCOMES), len(SPANS))
    span = np.searchsorted(SPANS, [war.months - months for war in wars], side="left")
    truth = np.column_stack([outcomes_of(wars), span]).astype(np.intp).reshape(len(wars), 2)
    return CellForecasts(months, tuple(wars), np.reshape(record, shape), np.reshape(model, shape), truth)


def learnt(forecasts: Sequence[CellForecasts]) -> StrengthPosterior:
    """The strength of the record from forecasts after several numbers of months; each war counts once in all."""
    times: dict[int, int] = {}
    for cells in forecasts:
        for war in cells.wars:
            times[war.number] = times.get(war.number, 0) + 1
    hits = np.concatenate([cells.hits() for cells in forecasts] or [np.empty((0, 2))])
    weight = np.array([1 / times[war.number] for cells in forecasts for war in cells.wars])
    return learn_strength(hits, weight)


@dataclass(frozen=True, slots=True)
class BlendBins:
    """How often came true what record, model or blend had said on one question after so many months of fighting."""

    question: str
    months_fought: int
    n: int
    forecaster: str
    bins: tuple[Bin, ...]


@dataclass(frozen=True, slots=True)
class BlendBacktest:
    """Scores of the blend on past wars, each left out and forward in time, the strength that all of them teach, and the
    calibration where each is left out.
    """

    scores: tuple[BlendScore, ...]
    ahead: tuple[BlendScore, ...]
    strength: StrengthPosterior
    calibration: tuple[BlendBins, ...] = ()


def backtest_blend(model: WarModel, wars: Sequence[PastWar], seed: int) -> BlendBacktest:
    """Learn the strength of the record and score the blend."""
    forecasts = [forecasts_leaving_one_out(model, wars, months) for months in HORIZONS]
    ahead = () if undated(model, wars) else tuple(score_forward(model, wars, seed))
    strengths = strengths_leaving_one_out(model, wars)
    return BlendBacktest(
        tuple(score for cells in forecasts for score in score_cells(cells, strengths, seed)),
        ahead,
        learnt(forecasts),
        tuple(bins for cells in forecasts for bins in calibrate_cells(cells, strengths)),
    )


def score_leave_one_out(model: WarModel, wars: Sequence[PastWar], seed: int) -> list[BlendScore]:
    """Score the blend, its strength learnt for each war on all others, which are forecast without either."""
    strengths = strengths_leaving_one_out(model, wars)
    forecasts = [forecasts_leaving_one_out(model, wars, months) for months in HORIZONS]
    return [score for cells in forecasts for score in score_cells(cells, strengths, seed)]


def strengths_leaving_one_out(model: WarModel, wars: Sequence[PastWar]) -> dict[int, float]:
    """The strength of the record for each war, by number, learnt on all others, which are forecast without it."""
    return {
        war.number: learnt([forecasts_leaving_one_out(model, wars, months, [war]) for months in HORIZONS]).mean
        for war in scorable(wars)
    }


def score_forward(model: WarModel, wars: Sequence[PastWar], seed: int) -> list[BlendScore]:
    """Score the blend forward in time, its strength learnt from what was forecast of the wars before."""
    forecasts = [forward(model, wars, months) for months in HORIZONS]
    strengths = {}
    for war in {w.number: w for cells in forecasts for w in cells.wars}.values():
        strengths[war.number] = learnt([_before(cells, war) for cells in forecasts]).mean
    return [score for cells in forecasts for score in score_cells(cells, strengths, seed)]


def _before(cells: CellForecasts, war: PastWar) -> CellForecasts:
    keep = np.array([w.began < war.began for w in cells.wars], dtype=bool)
    wars = tuple(w for w in cells.wars if w.began < war.began)
    return CellForecasts(cells.months, wars, cells.record[keep], cells.model[keep], cells.truth[keep])


def score_cells(cells: CellForecasts, strengths: Mapping[int, float], seed: int) -> list[BlendScore]:
    """Score forecasts on how the wars ended, and on whether they were over by some months later."""
    if not cells.wars:
        return []
    strength = np.array([strengths[war.number] for war in cells.wars])[:, None, None]
    return [
        _score(question, forecasts, truth, cells, strength, seed)
        for question, forecasts, truth in _questions(cells, strength)
    ]


def calibrate_cells(cells: CellForecasts, strengths: Mapping[int, float]) -> list[BlendBins]:
    """How often came true what was said; of a war that is over or not, only that it is over is counted."""
    if not cells.wars:
        return []
    strength = np.array([strengths[war.number] for war in cells.wars])[:, None, None]
    bins_of_questions = []
    for question, forecasts, truth in _questions(cells, strength):
        for name, forecast in zip((*PARENTS, "blend"), forecasts, strict=True):
            hits = np.eye(forecast.shape[1], dtype=np.int64)[truth]
            columns = slice(0, 1) if forecast.shape[1] == 2 else slice(None)
            bins = calibration(forecast[:, columns].clip(0, 1).ravel(), hits[:, columns].ravel(), COARSE)
            bins_of_questions.append(BlendBins(question, cells.months, len(cells.wars), name, bins))
    return bins_of_questions


def _questions(cells: CellForecasts, strength: Array) -> list[tuple[str, list[Array], NDArray[np.intp]]]:
    """Each question with the forecasts of record, model and blend, and what came true."""
    blend = (1 - strength) * cells.model + strength * cells.record
    parts = (cells.record, cells.model, blend)
    questions = [("how it ends", [part.sum(axis=2) for part in parts], cells.truth[:, 0])]
    for month in OVER:
        spans = SPANS.index(month) + 1
        over = [part[:, :, :spans].sum(axis=(1, 2)) for part in parts]
        two = [np.column_stack([p, 1 - p]) for p in over]
        questions.append((f"over {month:g} months later", two, (cells.truth[:, 1] >= spans).astype(np.intp)))
    return questions


def _score(
    question: str, forecasts: Sequence[Array], truth: NDArray[np.intp], cells: CellForecasts, strength: Array, seed: int
) -> BlendScore:
    record, model, blend = (brier(forecast, truth) for forecast in forecasts)
    better = record if record.mean() <= model.mean() else model
    gap = blend - better
    low, high = paired_interval(gap, seed)
    less_record = blend - record
    record_low, record_high = paired_interval(less_record, seed)
    return BlendScore(
        question=question,
        months_fought=cells.months,
        n=len(cells.wars),
        record=float(record.mean()),
        model=float(model.mean()),
        blend=float(blend.mean()),
        less_record=float(less_record.mean()),
        record_low=record_low,
        record_high=record_high,
        less_better=float(gap.mean()),
        low=low,
        high=high,
        strength=float(strength.mean()),
    )
