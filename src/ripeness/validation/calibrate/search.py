"""Search: parameters under which the simulated wars look like the record.

1. Points are drawn from the prior, wars simulated at each, and the record's likelihood computed from them.
2. A smooth surface is laid through these likelihoods (emulator.py), those with less noise weighing more; the next
   points are drawn from prior times surface to a power that rises from round to round to 1 (tempering), so that rounds
   close in on what fits.
3. The surface only proposes. Points drawn from prior times the last surface are simulated again, with many times the
   runs of a round, and weighed by simulated over emulated likelihood (importance sampling). This is done several times,
   each time with a surface that has learnt from the time before, and all of these points together, each time counting
   by what its points are worth, are the posterior.
4. What the runs of a point miss by chance must not tell points apart. Half the runs are simulated apart from the other
   half, so that chance is measured; logarithms of weights are drawn to their mean by the share of their variance that
   chance explains (best linear prediction; Henderson 1975).
Each round can be kept in a folder; a search that was broken off goes on after the last round that is kept.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from math import log
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from ripeness.store.atomic_write import make_folder
from ripeness.store.write_target import require_writable_file
from ripeness.study.progress import Progress
from ripeness.validation.calibrate.emulator import Surface, fit_surface, sample
from ripeness.validation.calibrate.kept_rounds import read_round, round_path, search_mark, write_round
from ripeness.validation.calibrate.pareto import pareto_k
from ripeness.validation.calibrate.prior import ParameterPrior, parameter_prior
from ripeness.validation.calibrate.rounds import CHECK_RUNS, SEED_STEP, Round, simulate_halves, simulate_round
from ripeness.validation.history.record import PastWar
from ripeness.world.fault import Fault

Array = NDArray[np.float64]
POINTS, ROUNDS, RUNS_PER_WAR = 300, 9, 10
DRAWN = 300  # points that are drawn from a surface and weighed
FIRST_POWER = 0.1  # of the likelihood, in the round after the prior's
LATE = 4  # rounds at full power: the last ones, so that the surface is known where it matters
WEIGHINGS = 4  # times that points are drawn from a surface and weighed


@dataclass(frozen=True, slots=True)
class SearchResult:
    """Points of the posterior, and what the record says at each.

    Shapes: scores (N, D); log_weight (N,), normalised; wars (N, W) and channels (N,), simulated log-likelihoods;
    numbers of the wars in the order of `wars`. `residual` is the error with which the surface tells the log-likelihood
    of a point left out (the noise of the runs included), `explained` the share of its variance; `noise` the sd of the
    log-likelihood of a point by the luck of its runs.
    """

    prior: ParameterPrior
    numbers: tuple[int, ...]
    scores: Array
    log_weight: Array
    wars: Array
    channels: Array
    residual: float
    explained: float
    noise: float
    tried: int

    @property
    def weight(self) -> Array:
        """Shapes: (N,), sums to 1."""
        return np.asarray(np.exp(self.log_weight))

    @property
    def effective(self) -> float:
        """How many equally weighted points these are worth, by simulated likelihood."""
        return effective_number(self.log_weight)

    @property
    def trust(self) -> float:
        """Pareto k of the weights: below .7 they can be trusted."""
        return pareto_k(self.log_weight)

    def __repr__(self) -> str:
        return (
            f"<SearchResult {len(self.scores):,} points worth {self.effective:.0f} (Pareto k {self.trust:.2f}) after "
            f"{self.tried:,} were tried; {len(self.numbers)} wars; surface explains {self.explained:.2f}, error "
            f"{self.residual:.1f}, noise {self.noise:.1f}>"
        )


def effective_number(log_weight: Array) -> float:
    """How many equally weighted points some weighted ones are worth; weights need not be normalised.

    Shapes: log_weight (N,).
    Source: Kong 1992.

    >>> round(effective_number(np.log(np.array([1.0, 1.0, 2.0]))), 6)
    2.666667
    """
    weight = np.exp(log_weight - np.max(log_weight))
    return float(weight.sum() ** 2 / (weight**2).sum())


def search(
    wars: Sequence[PastWar],
    seed: int = 1,
    points: int = POINTS,
    rounds: int = ROUNDS,
    runs_per_war: int = RUNS_PER_WAR,
    keep: Path | None = None,
    progress: Progress | None = None,
    reading: str = "factional",
) -> SearchResult:
    """Look for parameters under which simulated wars look like these. Wars without an outcome are not asked.

    Raises: Fault where no war has an outcome, a kept round is damaged or belongs to another search, or none can be
    kept.
    """
    with_outcome = [war for war in wars if war.outcome]
    if not with_outcome:
        raise Fault("no war has a known outcome: there is nothing to calibrate on")
    if keep is not None:
        make_folder(keep)
        require_writable_file(round_path(keep, "round-1"))
    prior = parameter_prior()
    drawn = min(DRAWN, points)
    weighing_parts = -(-drawn * CHECK_RUNS // points)  # how many rounds one weighing takes as long as
    parts = rounds + WEIGHINGS * weighing_parts
    mark = search_mark(with_outcome, seed, points, runs_per_war, reading, prior)
    done: list[Round] = []
    ratios: list[Array] = []
    for number in range(rounds + WEIGHINGS):
        weighing = number >= rounds
        surface = _surface(done) if number else None
        name = f"weighing-{number - rounds + 1}-of-{rounds}-rounds" if weighing else f"round-{number + 1}"
        kept = read_round(keep, name, mark)
        if kept is None:
            start = prior.draw(seed, number * points, points)
            scores = start
            if surface is not None:
                power = 1.0 if weighing else _power(number, rounds)
                scores = sample(surface, points, power, seed + number, _spread(done[-1].scores, start))
            scores = scores[:drawn] if weighing else scores
            before = rounds + (number - rounds) * weighing_parts if weighing else number
            asked = (prior, scores, with_outcome, runs_per_war)
            first_seed = seed + SEED_STEP * number
            part = _part(progress, before, weighing_parts if weighing else 1, parts)
            simulate = simulate_halves if weighing else simulate_round
            kept = simulate(*asked, first_seed, reading, part)
            write_round(keep, name, mark, kept)
        if weighing and surface is not None:
            ratios.append(_reliable(kept.total - surface.total(kept.scores), kept.noise))
        done.append(kept)
    weighed, surface = done[rounds:], _surface(done)
    return SearchResult(
        prior,
        tuple(war.number for war in with_outcome),
        np.concatenate([one.scores for one in weighed]),
        _combined(ratios),
        np.concatenate([one.wars for one in weighed]),
        np.concatenate([one.channels for one in weighed]),
        surface.residual,
        surface.explained,
        float(np.median(np.concatenate([one.noise for one in weighed]))),
        sum(len(one.scores) for one in done),
    )


def _reliable(log_ratio: Array, noise: Array) -> Array:
    """Log weights drawn to their mean by the share of their variance that chance explains. Shapes: each (N,).

    >>> _reliable(np.array([0.0, 2.0]), np.array([1.0, 1.0])).tolist()
    [1.0, 1.0]
    """
    mean, variance = log_ratio.mean(), max(float(log_ratio.var()), 1e-12)
    share = max(1 - float((noise**2).mean()) / variance, 0.0)
    return np.asarray(mean + share * (log_ratio - mean))


def _combined(log_ratios: Sequence[Array]) -> Array:
    """Weights of all points, each weighing counting by what its points are worth. Shapes: returns (N,), normalised."""
    parts = [ratio - np.logaddexp.reduce(ratio) + log(effective_number(ratio)) for ratio in log_ratios]
    together = np.concatenate(parts)
    return np.asarray(together - np.logaddexp.reduce(together))


def _part(progress: Progress | None, before: int, length: int, parts: int) -> Progress | None:
    """Progress of a round, that takes as long as some parts of all, as progress of the whole search."""
    if progress is None:
        return None
    return lambda done, total: progress(before * total + length * done, parts * total)


def _power(number: int, rounds: int) -> float:
    """Powers of the likelihood: from a tenth up, at 1 in the last rounds."""
    rising = max(rounds - 1 - LATE, 1)
    return float(min(FIRST_POWER ** (1 - (number - 1) / rising), 1.0))


def _surface(rounds: Sequence[Round]) -> Surface:
    scores, total, noise = (
        np.concatenate([getattr(one, name) for one in rounds]) for name in ("scores", "total", "noise")
    )
    return fit_surface(scores, total, noise)


def _spread(last: Array, plain: Array) -> Array:
    """Where walks start: half at the last round's points, half anywhere the prior allows."""
    start = plain.copy()
    half = min(len(last), len(plain)) // 2
    start[:half] = last[:half]
    return start
