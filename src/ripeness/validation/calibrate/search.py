"""Search: parameters under which the simulated wars look like the record.

1. Points are drawn from the prior, wars simulated at each, and the record's likelihood told from them.
2. A smooth surface is laid through these noisy likelihoods (emulator.py); the next points are drawn from prior times
   surface to a power that rises from round to round to 1 (tempering), so that rounds close in on what fits.
3. After the last round the posterior is drawn from prior times surface. How well the surface tells the likelihood of a
   point that was left out is reported beside it.
4. At the points drawn the likelihood is simulated once more, with more runs. Were the surface right, all points would
   weigh alike; how many they are worth when weighed by simulated over emulated likelihood is reported.
Each round can be kept in a folder; a search that was broken off goes on after the last round that is kept.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from hashlib import sha256
from math import isnan, nan
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from ripeness.ensemble.engines.concurrent_ensembles import simulate_concurrently
from ripeness.store.atomic_write import make_folder, write_file
from ripeness.store.npz import read_npz
from ripeness.store.write_target import require_writable_file
from ripeness.study.progress import Progress, part_progress
from ripeness.validation.calibrate.emulator import Surface, fit_surface, sample
from ripeness.validation.calibrate.likelihood import LogLikelihoods, log_likelihoods
from ripeness.validation.calibrate.prior import ParameterPrior, parameter_prior
from ripeness.validation.calibrate.simulated_wars import SimulatedWars, simulate_kind
from ripeness.validation.history.coding import Kind, count_kinds
from ripeness.validation.history.record import PastWar
from ripeness.world.fault import Fault, Place

Array = NDArray[np.float64]
POINTS, ROUNDS, RUNS_PER_WAR = 600, 6, 10
FEWEST_RUNS = 8  # a kind of which the record has a single war
DRAWN = 400  # points of the posterior
FIRST_POWER = 0.1  # of the likelihood, in the round after the prior's
LATE = 2  # rounds at full power: the last ones, so that the surface is known where it matters
ARRAYS = {"mark": "", "scores": "ND", "wars": "NW", "channels": "N"}  # of a kept round, with their axes
SEED_STEP = 1000003  # rounds have random draws of their own
CHECK_RUNS = 16  # times the runs of a round at each point drawn: fewer would make points more unequal by chance


@dataclass(frozen=True, slots=True)
class SearchResult:
    """Points of the posterior, and what the record says at each.

    Shapes: scores (N, D); log_weight (N,), normalised; wars (N, W) and channels (N,), log-likelihoods; numbers of the
    wars in the order of `wars`. `residual` is the error with which the surface tells the log-likelihood of a point left
    out (the noise of the runs included), `explained` the share of its variance. `reweighted` is how many equally
    weighted points these are worth once each is weighed by its simulated over its emulated likelihood (not a number:
    not asked).
    """

    prior: ParameterPrior
    numbers: tuple[int, ...]
    scores: Array
    log_weight: Array
    wars: Array
    channels: Array
    residual: float
    explained: float
    tried: int
    reweighted: float = nan

    @property
    def weight(self) -> Array:
        """Shapes: (N,), sums to 1."""
        return np.asarray(np.exp(self.log_weight))

    @property
    def effective(self) -> float:
        """How many equally weighted points these are worth by their weights, so by the surface."""
        return effective_number(self.log_weight)

    def __repr__(self) -> str:
        worth = "" if isnan(self.reweighted) else f", by simulated likelihood worth {self.reweighted:.0f}"
        return (
            f"<Found {len(self.scores):,} points after {self.tried:,} were tried{worth}; {len(self.numbers)} wars; "
            f"surface explains {self.explained:.2f}, error {self.residual:.1f}>"
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
    check_runs: int = 0,
) -> SearchResult:
    """Look for parameters under which simulated wars look like these. Wars without an outcome are not asked.

    `check_runs`: with how many times the runs of a round likelihoods are simulated at the points drawn; 0: not at all.

    Raises: Fault where no war has an outcome, a kept round is damaged or belongs to another search, or none can be
    kept.
    """
    with_outcome = [war for war in wars if war.outcome]
    if not with_outcome:
        raise Fault("no war has a known outcome: there is nothing to calibrate on")
    if keep is not None:
        make_folder(keep)
        require_writable_file(_path(keep, 0))
    prior = parameter_prior()
    check_parts = -(-DRAWN * check_runs // points)  # how many rounds the check takes as long as
    parts = rounds + check_parts
    mark = _mark(with_outcome, seed, points, runs_per_war, reading, prior)
    scores: list[Array] = []
    likelihoods: list[Array] = []
    ends: list[Array] = []
    for number in range(rounds):
        round_result = _read_round(keep, number, mark)
        if round_result is None:
            points_drawn = prior.draw(seed, 0, points)
            if number:
                points_drawn = _next_points(
                    scores, likelihoods, ends, points_drawn, _power(number, rounds), seed + number
                )
            likelihood = _likelihood_at(
                prior,
                points_drawn,
                with_outcome,
                runs_per_war,
                seed + SEED_STEP * number,
                reading,
                part_progress(progress, number, parts),
            )
            round_result = (points_drawn, likelihood.wars, likelihood.channels)
            _write_round(keep, number, mark, round_result)
        for series, value in zip((scores, likelihoods, ends), round_result, strict=True):
            series.append(value)
        if progress is not None:
            progress(number + 1, parts)
    surface = _surface(scores, likelihoods, ends)
    start = prior.draw(seed, points, max(DRAWN, points))
    points_drawn = sample(surface, len(start), 1.0, seed + rounds, _spread(scores[-1], start))[:DRAWN]
    emulated = surface.parts(points_drawn)
    reweighted = nan
    if check_runs:
        likelihood = _likelihood_at(
            prior,
            points_drawn,
            with_outcome,
            check_runs * runs_per_war,
            seed + SEED_STEP * (rounds + 1),
            reading,
            _check_progress(progress, rounds, check_parts),
        )
        reweighted = effective_number(likelihood.total - surface.total(points_drawn))
    return SearchResult(
        prior,
        tuple(war.number for war in with_outcome),
        points_drawn,
        np.full(len(points_drawn), -np.log(len(points_drawn))),
        emulated[:, :-1],
        emulated[:, -1],
        surface.residual,
        surface.explained,
        sum(len(scores_of_round) for scores_of_round in scores),
        reweighted,
    )


def _check_progress(progress: Progress | None, rounds: int, check_parts: int) -> Progress | None:
    """Progress of the check as progress of rounds and check together."""
    if progress is None:
        return None
    return lambda done, total: progress(rounds * total + check_parts * done, (rounds + check_parts) * total)


def _power(number: int, rounds: int) -> float:
    """Powers of the likelihood: from a tenth up, at 1 in the last rounds."""
    rising = max(rounds - 1 - LATE, 1)
    return float(min(FIRST_POWER ** (1 - (number - 1) / rising), 1.0))


def _surface(scores: Sequence[Array], wars: Sequence[Array], ends: Sequence[Array]) -> Surface:
    parts = np.column_stack([np.concatenate(list(wars)), np.concatenate(list(ends))])
    return fit_surface(np.concatenate(list(scores)), parts)


def _next_points(
    scores: Sequence[Array], wars: Sequence[Array], ends: Sequence[Array], plain: Array, power: float, seed: int
) -> Array:
    """The next round's points."""
    return sample(_surface(scores, wars, ends), len(plain), power, seed, _spread(scores[-1], plain))


def _spread(last: Array, plain: Array) -> Array:
    """Where walks start: half at the last round's points, half anywhere the prior allows."""
    start = plain.copy()
    half = min(len(last), len(plain)) // 2
    start[:half] = last[:half]
    return start


def simulate_kinds(
    wars: Sequence[PastWar],
    values: dict[str, Array],
    runs_per_war: int,
    seed: int,
    reading: str = "factional",
    progress: Progress | None = None,
    fewest: int = FEWEST_RUNS,
) -> dict[Kind, SimulatedWars]:
    """Simulate wars of every kind that the record has, the more of a kind the more it has of it.

    A cluster takes several count_kinds side by side: one alone would occupy few of its workers.
    """
    counts = count_kinds(wars)

    def simulate(kind: Kind) -> Callable[[Progress | None], SimulatedWars]:
        runs = max(runs_per_war * counts[kind], fewest)
        return lambda part: simulate_kind(kind, values, runs, seed, reading, part)

    simulated: dict[Kind, SimulatedWars] = {}
    for kind, wars_of_kind in simulate_concurrently({kind: simulate(kind) for kind in counts}):
        simulated[kind] = wars_of_kind
        if progress is not None:
            progress(len(simulated), len(counts))
    return {kind: simulated[kind] for kind in counts}


def _likelihood_at(
    prior: ParameterPrior,
    points_drawn: Array,
    wars: Sequence[PastWar],
    runs: int,
    seed: int,
    reading: str,
    progress: Progress | None,
) -> LogLikelihoods:
    values = prior.values(points_drawn)
    return log_likelihoods(simulate_kinds(wars, values, runs, seed, reading, progress), values, wars)


def _mark(wars: Sequence[PastWar], seed: int, points: int, runs: int, reading: str, prior: ParameterPrior) -> str:
    """What a kept round must agree with to be gone on from."""
    text = repr(
        (
            seed,
            points,
            runs,
            reading,
            [(name, repr(number)) for name, number in prior.numbers.items()],
            [repr(war) for war in wars],
        )
    )
    return sha256(text.encode()).hexdigest()


def _path(keep: Path, number: int) -> Path:
    return keep / f"round-{number + 1}.npz"


def _read_round(keep: Path | None, number: int, mark: str) -> tuple[Array, Array, Array] | None:
    if keep is None:
        return None
    place = Place(str(_path(keep, number)))
    try:
        raw = _path(keep, number).read_bytes()
    except FileNotFoundError:
        return None
    except OSError as error:
        raise Fault(f"cannot be read: {error.strerror or error}", place) from None
    try:
        arrays = read_npz(raw, ARRAYS, place)
    except Fault as fault:
        message = f"this kept round {fault.message}; take it away, and the search makes it again"
        raise Fault(message, place) from None
    if str(arrays["mark"]) != mark:
        raise Fault(
            "this round belongs to another search (seed, points, wars or priors differ); name another folder", place
        )
    return arrays["scores"], arrays["wars"], arrays["channels"]


def _write_round(keep: Path | None, number: int, mark: str, round_: tuple[Array, Array, Array]) -> None:
    if keep is None:
        return
    make_folder(keep)
    scores, wars, ends = round_

    def write(path: Path) -> None:
        with path.open("wb") as stream:
            np.savez_compressed(stream, mark=np.array(mark), scores=scores, wars=wars, channels=ends)

    write_file(_path(keep, number), write)
