"""Search: parameters under which the simulated wars look like the record.

1. Points are drawn from the prior, wars simulated at each, and the record's likelihood computed from them.
2. A smooth surface is laid through these likelihoods (emulator.py), those with less noise weighing more; the next
   points are drawn from prior times surface to a power that rises from round to round to 1 (tempering), so that rounds
   close in on what fits.
3. The surface only proposes. Points drawn from prior times the last surface are simulated again, with many times the
   runs of a round, and weighed by simulated over emulated likelihood (importance sampling). This is done several times,
   each time with a surface that has learnt from the time before, and all of these points together, each time counting
   by what its points are worth, are the posterior.
Each round can be kept in a folder; a search that was broken off goes on after the last round that is kept.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from hashlib import sha256
from math import isfinite, log
from pathlib import Path
from typing import TypeVar

import numpy as np
from numpy.typing import NDArray

from ripeness.ensemble.engines.concurrent_ensembles import simulate_concurrently
from ripeness.store.atomic_write import make_folder, write_file
from ripeness.store.npz import read_npz
from ripeness.store.write_target import require_writable_file
from ripeness.study.progress import Progress, part_progress
from ripeness.validation.calibrate.competing_risks import AROUND, EndDistribution, simulate_ends
from ripeness.validation.calibrate.emulator import Surface, fit_surface, sample
from ripeness.validation.calibrate.likelihood import end_month, log_likelihoods
from ripeness.validation.calibrate.pareto import pareto_k
from ripeness.validation.calibrate.prior import ParameterPrior, parameter_prior
from ripeness.validation.calibrate.simulated_wars import SimulatedWars, simulate_kind
from ripeness.validation.history.coding import HORIZON, Kind, count_kinds
from ripeness.validation.history.record import PastWar
from ripeness.world.fault import Fault, Place

Array = NDArray[np.float64]
Runs = TypeVar("Runs")
POINTS, ROUNDS, RUNS_PER_WAR = 400, 8, 8
FEWEST_RUNS = 4  # a kind of which the record has a single war
DRAWN = 300  # points that are drawn from a surface and weighed
FIRST_POWER = 0.1  # of the likelihood, in the round after the prior's
LATE = 2  # rounds at full power: the last ones, so that the surface is known where it matters
WEIGHINGS = 3  # times that points are drawn from a surface and weighed
CHECK_RUNS = 3  # times the runs of a round with which points are weighed
ARRAYS = {"mark": "", "scores": "ND", "wars": "NW", "channels": "N", "noise": "N"}  # of a kept round, with their axes
SEED_STEP = 1000003  # rounds have random draws of their own
AT_ONCE = 40_000  # runs for which what they say is held in memory at a time


@dataclass(frozen=True, slots=True)
class Round:
    """Points at which wars were simulated. Shapes: scores (N, D); wars (N, W) and channels (N,), log-likelihoods;
    noise (N,), the sd of their sum by chance.
    """

    scores: Array
    wars: Array
    channels: Array
    noise: Array

    @property
    def total(self) -> Array:
        """Log-likelihood of the whole record. Shapes: (N,)."""
        return np.asarray(self.wars.sum(axis=1) + self.channels)


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
        require_writable_file(_path(keep, 0))
    prior = parameter_prior()
    drawn = min(DRAWN, points)
    weighing_parts = -(-drawn * CHECK_RUNS // points)  # how many rounds one weighing takes as long as
    parts = rounds + WEIGHINGS * weighing_parts
    mark = _mark(with_outcome, seed, points, runs_per_war, reading, prior)
    done: list[Round] = []
    ratios: list[Array] = []
    for number in range(rounds + WEIGHINGS):
        weighing = number >= rounds
        surface = _surface(done) if number else None
        kept = _read_round(keep, number, mark)
        if kept is None:
            start = prior.draw(seed, number * points, points)
            scores = start
            if surface is not None:
                power = 1.0 if weighing else _power(number, rounds)
                scores = sample(surface, points, power, seed + number, _spread(done[-1].scores, start))
            scores = scores[:drawn] if weighing else scores
            before = rounds + (number - rounds) * weighing_parts if weighing else number
            kept = _simulate_round(
                prior,
                scores,
                with_outcome,
                runs_per_war * (CHECK_RUNS if weighing else 1),
                seed + SEED_STEP * number,
                reading,
                _part(progress, before, weighing_parts if weighing else 1, parts),
            )
            _write_round(keep, number, mark, kept)
        if weighing and surface is not None:
            ratios.append(kept.total - surface.total(kept.scores))
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
    parts = np.concatenate([np.column_stack([one.wars, one.channels]) for one in rounds])
    return fit_surface(
        np.concatenate([one.scores for one in rounds]), parts, np.concatenate([one.noise for one in rounds])
    )


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

    return _by_kind({kind: simulate(kind) for kind in counts}, progress)


def _by_kind(
    simulations: Mapping[Kind, Callable[[Progress | None], Runs]], progress: Progress | None
) -> dict[Kind, Runs]:
    """Simulate every kind, several at once where the engine gains by it; answers in the order of the kinds."""
    simulated: dict[Kind, Runs] = {}
    for kind, runs in simulate_concurrently(simulations):
        simulated[kind] = runs
        if progress is not None:
            progress(len(simulated), len(simulations))
    return {kind: simulated[kind] for kind in simulations}


def _simulate_round(
    prior: ParameterPrior,
    scores: Array,
    wars: Sequence[PastWar],
    runs_per_war: int,
    seed: int,
    reading: str,
    progress: Progress | None,
) -> Round:
    """Simulate the ends of wars of every kind at some points, a few points at a time, and compute likelihoods."""
    counts = count_kinds(wars)
    per_point = sum(max(runs_per_war * count, FEWEST_RUNS) for count in counts.values())
    at_once = max(AT_ONCE // per_point, 1)
    batches = [slice(first, first + at_once) for first in range(0, len(scores), at_once)]
    likelihoods = []
    for n, batch in enumerate(batches):
        values = prior.values(scores[batch])
        part = part_progress(progress, n, len(batches))
        ends = _simulate_ends(wars, values, runs_per_war, seed + n, reading, part)
        likelihoods.append(log_likelihoods(ends, values, wars))
    return Round(
        scores,
        np.concatenate([one.wars for one in likelihoods]),
        np.concatenate([one.channels for one in likelihoods]),
        np.concatenate([one.noise for one in likelihoods]),
    )


def _simulate_ends(
    wars: Sequence[PastWar],
    values: dict[str, Array],
    runs_per_war: int,
    seed: int,
    reading: str,
    progress: Progress | None,
) -> dict[Kind, EndDistribution]:
    """The ends of wars of every kind; each run is asked for the months in which wars of its era ended."""
    counts = count_kinds(wars)
    moments = {
        era: sorted({end_month(war) for war in wars if war.recent is era and isfinite(war.months)})
        for era in (False, True)
    }

    def simulate(kind: Kind) -> Callable[[Progress | None], EndDistribution]:
        runs, asked = max(runs_per_war * counts[kind], FEWEST_RUNS), moments[kind[0]]
        last = HORIZON - 1 if kind[0] else min(round((1 + AROUND) * max(asked, default=HORIZON)), HORIZON - 1)
        return lambda part: simulate_ends(kind, values, runs, seed, asked, last, reading, part)

    return _by_kind({kind: simulate(kind) for kind in counts}, progress)


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


def _read_round(keep: Path | None, number: int, mark: str) -> Round | None:
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
    return Round(arrays["scores"], arrays["wars"], arrays["channels"], arrays["noise"])


def _write_round(keep: Path | None, number: int, mark: str, round_: Round) -> None:
    if keep is None:
        return
    make_folder(keep)

    def write(path: Path) -> None:
        with path.open("wb") as stream:
            np.savez_compressed(
                stream,
                mark=np.array(mark),
                scores=round_.scores,
                wars=round_.wars,
                channels=round_.channels,
                noise=round_.noise,
            )

    write_file(_path(keep, number), write)
