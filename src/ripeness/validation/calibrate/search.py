"""Search: parameters under which the simulated wars look like the record.

1. Points are drawn from the prior, wars simulated at each, and the record's likelihood computed from them.
2. A smooth surface is laid through these likelihoods (emulator.py), those with less noise weighing more; the next
   points are drawn from prior times surface to a power that rises from round to round to 1 (tempering), so that rounds
   close in on what fits.
3. The surface only proposes. Points drawn from prior times the last surface are simulated again, with many times the
   runs of a round. Simulated over emulated likelihood, to a power that rises to 1, weighs them; they are drawn again by
   these weights and each is moved: a few steps of a walk over the surface propose another point, which is simulated and
   taken or refused by simulated over emulated likelihood (tempered sequential Monte Carlo, Del Moral, Doucet and Jasra
   2006; proposals screened by a surrogate, Christen and Fox 2005).
4. What the runs of a point miss by chance must not tell points apart. Half the runs are simulated apart from the other
   half, so that chance is measured; the logarithms of simulated over emulated likelihood are drawn to their mean by the
   share of their variance that chance explains (best linear prediction; Henderson 1975).
Each round can be kept in a folder; a search that was broken off goes on after the last round that is kept.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from ripeness.store.atomic_write import make_folder
from ripeness.store.write_target import require_writable_file
from ripeness.study.progress import Progress
from ripeness.validation.calibrate.cloud import effective_number, move_to_simulated
from ripeness.validation.calibrate.emulator import Surface, fit_surface, sample
from ripeness.validation.calibrate.kept_rounds import read_round, round_path, search_mark, write_round
from ripeness.validation.calibrate.prior import ParameterPrior, parameter_prior
from ripeness.validation.calibrate.rounds import CHECK_RUNS, SEED_STEP, Round, simulate_halves, simulate_round
from ripeness.validation.history.record import PastWar
from ripeness.world.fault import Fault

Array = NDArray[np.float64]
POINTS, ROUNDS, RUNS_PER_WAR = 300, 9, 10
DRAWN = 300  # points that are drawn from a surface and weighed
FIRST_POWER = 0.1  # of the likelihood, in the round after the prior's
LATE = 4  # rounds at full power: the last ones, so that the surface is known where it matters
MOVES = 4  # times that weighed points are moved; at the last ones simulated likelihood counts in full


@dataclass(frozen=True, slots=True)
class SearchResult:
    """Points of the posterior, and what the record says at each.

    Shapes: scores (N, D); log_weight (N,), normalised; wars (N, W) and channels (N,), simulated log-likelihoods;
    numbers of the wars in the order of `wars`. `residual` is the error with which the surface tells the log-likelihood
    of a point left out (the noise of the runs included), `explained` the share of its variance; `noise` the sd of the
    log-likelihood of a point by the luck of its runs; `ancestors` from how many points that the surface proposed these
    have come by moves, of which a share `taken` was not refused.
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
    ancestors: int
    taken: float

    @property
    def weight(self) -> Array:
        """Shapes: (N,), sums to 1."""
        return np.asarray(np.exp(self.log_weight))

    @property
    def effective(self) -> float:
        """How many equally weighted points these are worth, by simulated likelihood."""
        return effective_number(self.log_weight)

    def __repr__(self) -> str:
        return (
            f"<SearchResult {len(self.scores):,} points worth {self.effective:.0f}, of {self.ancestors} ancestors, "
            f"after {self.tried:,} were tried and {self.taken:.2f} of moves taken; {len(self.numbers)} wars; surface "
            f"explains {self.explained:.2f}, error {self.residual:.1f}, noise {self.noise:.1f}>"
        )


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
    parts = rounds + (1 + MOVES) * weighing_parts
    mark = search_mark(with_outcome, seed, points, runs_per_war, reading, prior)

    def simulate(number: int, scores: Array) -> Round:
        """Simulate at some points, as a round of the search or, after these, with many times the runs."""
        weighing = number >= rounds
        name = f"weighing-{number - rounds + 1}-of-{rounds}-rounds" if weighing else f"round-{number + 1}"
        kept = read_round(keep, name, mark)
        if kept is None:
            before = rounds + (number - rounds) * weighing_parts if weighing else number
            part = _part(progress, before, weighing_parts if weighing else 1, parts)
            at_points = simulate_halves if weighing else simulate_round
            first_seed = seed + SEED_STEP * number
            kept = at_points(prior, scores, with_outcome, runs_per_war, first_seed, reading, part)
            write_round(keep, name, mark, kept)
        return kept

    done: list[Round] = []
    for number in range(rounds):
        start = prior.draw(seed, number * points, points)
        if number:
            start = sample(
                fit_surface_to(done),
                points,
                tempering_power(number, rounds),
                seed + number,
                spread_starts(done[-1].scores, start),
            )
        done.append(simulate(number, start))
    surface = fit_surface_to(done)
    start = prior.draw(seed, rounds * points, points)
    start = sample(surface, points, 1.0, seed + rounds, spread_starts(done[-1].scores, start))[:drawn]
    cloud = move_to_simulated(surface, lambda n, scores: simulate(rounds + n, scores), start, MOVES, seed)
    return SearchResult(
        prior,
        tuple(war.number for war in with_outcome),
        cloud.points.scores,
        np.log(cloud.times / cloud.times.sum()),
        cloud.points.wars,
        cloud.points.channels,
        surface.residual,
        surface.explained,
        cloud.noise,
        sum(len(points.scores) for points in done) + (1 + MOVES) * drawn,
        cloud.ancestors,
        cloud.taken,
    )


def _part(progress: Progress | None, before: int, length: int, parts: int) -> Progress | None:
    """Progress of a round, that takes as long as some parts of all, as progress of the whole search."""
    if progress is None:
        return None
    return lambda done, total: progress(before * total + length * done, parts * total)


def tempering_power(number: int, rounds: int) -> float:
    """Powers of the likelihood: from a tenth up, at 1 in the last rounds."""
    rising = max(rounds - 1 - LATE, 1)
    return float(min(FIRST_POWER ** (1 - (number - 1) / rising), 1.0))


def fit_surface_to(rounds: Sequence[Round]) -> Surface:
    """The surface through all that was simulated so far."""
    scores, total, noise = (
        np.concatenate([getattr(points, name) for points in rounds]) for name in ("scores", "total", "noise")
    )
    return fit_surface(scores, total, noise)


def spread_starts(last: Array, plain: Array) -> Array:
    """Where walks start: half at the last round's points, half anywhere the prior allows."""
    start = plain.copy()
    half = min(len(last), len(plain)) // 2
    start[:half] = last[:half]
    return start
