"""Search: laws under which the simulated wars look like the record, by tempered population Monte Carlo.

1. Points are drawn from the prior, wars fought at each, and the record's likelihood told from them.
2. The likelihood is tempered to the power at which a set number of points would count; their weighted mean and spread
   give the next proposal, always mixed with the prior. Where a number has hardly moved, it is proposed from the prior.
3. After the last round every point of every round is weighted by prior times likelihood over the mixture of all
   proposals (Cappe et al. 2004; Cornuet et al. 2012).
Each round can be kept in a folder; a search that was broken off goes on after the last round that is kept.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from ripeness.store.whole import write_file
from ripeness.study.calibrate.fought import Fought, fight
from ripeness.study.calibrate.likelihood import evidence
from ripeness.study.calibrate.prior import Prior, normals, prior, shares
from ripeness.study.history.coding import Kind, kinds
from ripeness.study.history.record import PastWar
from ripeness.world.fault import Fault, Place

Array = NDArray[np.float64]
Progress = Callable[[int, int], None]
POINTS, ROUNDS, RUNS_PER_WAR = 500, 6, 6
FEWEST_RUNS = 8  # a kind of which the record has a single war
EFFECTIVE = 0.2  # of the points so far, how many should count at the tempering of a round
DEFENCE = 0.2  # share of each proposal that is the prior itself
WIDER = 1.3  # proposals are wider than what they are made from: importance weights need tails
MOVED = 2.5  # standard errors by which a mean must have moved for its number to be proposed anew
SEED_STEP = 1000003  # rounds have luck of their own


@dataclass(frozen=True, slots=True)
class Proposal:
    """A normal proposal, number by number independent. Shapes: mean, spread (D,)."""

    mean: Array
    spread: Array

    def log_density(self, scores: Array) -> Array:
        """Shapes: scores (N, D); returns (N,)."""
        return np.asarray((-0.5 * ((scores - self.mean) / self.spread) ** 2 - np.log(self.spread)).sum(axis=1))


@dataclass(frozen=True, slots=True)
class Found:
    """Points tried, and what they are worth.

    Shapes: scores (N, D); log_weight (N,), normalised; wars (N, W) and channels (N,), log-likelihoods; numbers of the
    wars in the order of `wars`.
    """

    prior: Prior
    numbers: tuple[int, ...]
    scores: Array
    log_weight: Array
    wars: Array
    channels: Array

    @property
    def weight(self) -> Array:
        """Shapes: (N,), sums to 1."""
        return np.asarray(np.exp(self.log_weight))

    @property
    def effective(self) -> float:
        """How many equally weighted points the weighted ones are worth (Kong 1992)."""
        return float(1 / (self.weight**2).sum())

    def __repr__(self) -> str:
        return f"<Found {len(self.scores):,} points, worth {self.effective:.0f}; {len(self.numbers)} wars>"


def search(
    wars: Sequence[PastWar], seed: int = 1, points: int = POINTS, rounds: int = ROUNDS, runs_per_war: int = RUNS_PER_WAR,
    keep: Path | None = None, progress: Progress | None = None, reading: str = "factional",
) -> Found:
    """Look for laws under which simulated wars look like these. Wars without an outcome are not asked.

    Raises: Fault where no war has an outcome, or a kept round belongs to another search.
    """
    known = [war for war in wars if war.outcome]
    if not known:
        raise Fault("no war has a known outcome: there is nothing to calibrate on")
    asked = prior()
    mark = _mark(known, seed, points, runs_per_war, reading, asked)
    start = Proposal(np.zeros(len(asked.names)), np.ones(len(asked.names)))
    proposals, scores, likelihoods, ends = [start], [], [], []
    for number in range(rounds):
        kept = _kept(keep, number, mark)
        if kept is None:
            drawn = _draw(asked, proposals[-1], seed, number, points)
            told = _told(asked, drawn, known, runs_per_war, seed + SEED_STEP * number, reading, _part(progress, number, rounds))
            kept = (drawn, told.wars, told.channels)
            _keep(keep, number, mark, kept)
        for into, value in zip((scores, likelihoods, ends), kept, strict=True):
            into.append(value)
        if number + 1 < rounds:
            proposals.append(_next(np.concatenate(scores), np.concatenate(likelihoods).sum(axis=1) + np.concatenate(ends), proposals))
        if progress is not None:
            progress(number + 1, rounds)
    everything = tuple(np.concatenate(each) for each in (scores, likelihoods, ends))
    log_weight = _log_weight(everything[0], everything[1].sum(axis=1) + everything[2], proposals, 1.0)
    return Found(asked, tuple(war.number for war in known), everything[0], log_weight, everything[1], everything[2])


def _part(progress: Progress | None, number: int, rounds: int) -> Progress | None:
    if progress is None:
        return None
    return lambda done, total: progress(number * total + done, rounds * total) if done else None


def fight_all(
    wars: Sequence[PastWar], values: dict[str, Array], runs_per_war: int, seed: int, reading: str = "factional",
    progress: Progress | None = None, fewest: int = FEWEST_RUNS,
) -> dict[Kind, Fought]:
    """Fight wars of every kind that the record has, the more of a kind the more it has of it."""
    found: dict[Kind, Fought] = {}
    wanted = kinds(wars)
    for n, (kind, count) in enumerate(wanted.items()):
        found[kind] = fight(kind, values, max(runs_per_war * count, fewest), seed, reading)
        if progress is not None:
            progress(n + 1, len(wanted))
    return found


def _told(asked: Prior, drawn: Array, wars: Sequence[PastWar], runs: int, seed: int, reading: str, progress: Progress | None):  # type: ignore[no-untyped-def]  # noqa: ANN202
    values = asked.values(drawn)
    return evidence(fight_all(wars, values, runs, seed, reading, progress), values, wars)


def _draw(asked: Prior, proposal: Proposal, seed: int, number: int, points: int) -> Array:
    """Points of a round: some from the prior, the others from the proposal; keyed by their numbers."""
    first = number * points
    plain = asked.draw(seed, first, points)
    moved = proposal.mean + proposal.spread * plain
    defended = shares("defence", seed, first, points) < DEFENCE
    return np.asarray(np.where(defended[:, None], plain, moved))


def _next(scores: Array, likelihood: Array, proposals: list[Proposal]) -> Proposal:
    """A proposal from the points so far, at the temper at which enough of them count."""
    power = _temper(scores, likelihood, proposals)
    weight = np.exp(_log_weight(scores, likelihood, proposals, power))
    mean = weight @ scores
    spread = np.sqrt(np.maximum(weight @ (scores - mean) ** 2, 0.0))
    error = 1 / np.sqrt(1 / (weight**2).sum())
    moved = (np.abs(mean) > MOVED * error) | (np.abs(spread**2 - 1) > MOVED * np.sqrt(2) * error)
    return Proposal(np.where(moved, mean, 0.0), np.where(moved, np.clip(WIDER * spread, 0.3, 1.0), 1.0))


def _temper(scores: Array, likelihood: Array, proposals: list[Proposal]) -> float:
    """The highest power of the likelihood, up to 1, at which enough points count."""
    low, high = 0.0, 1.0
    wanted = EFFECTIVE * len(scores)
    for _ in range(40):
        middle = (low + high) / 2
        weight = np.exp(_log_weight(scores, likelihood, proposals, middle))
        if 1 / (weight**2).sum() >= wanted:
            low = middle
        else:
            high = middle
    return low


def _log_weight(scores: Array, likelihood: Array, proposals: list[Proposal], power: float) -> Array:
    """Prior times tempered likelihood over the mixture of all proposals, normalised."""
    start = proposals[0].log_density(scores)
    each = [start] + [
        np.logaddexp(np.log(DEFENCE) + start, np.log(1 - DEFENCE) + proposal.log_density(scores)) for proposal in proposals[1:]
    ]
    raw = start + power * likelihood - np.logaddexp.reduce(each, axis=0)
    return np.asarray(raw - np.logaddexp.reduce(raw))


def _mark(wars: Sequence[PastWar], seed: int, points: int, runs: int, reading: str, asked: Prior) -> str:
    """What a kept round must agree with to be gone on from."""
    text = repr((seed, points, runs, reading, [(name, repr(number)) for name, number in asked.numbers.items()], [repr(war) for war in wars]))
    return sha256(text.encode()).hexdigest()


def _path(keep: Path, number: int) -> Path:
    return keep / f"round-{number + 1}.npz"


def _kept(keep: Path | None, number: int, mark: str) -> tuple[Array, Array, Array] | None:
    if keep is None or not _path(keep, number).exists():
        return None
    try:
        with np.load(_path(keep, number), allow_pickle=False) as file:
            if str(file["mark"]) != mark:
                raise Fault("this round belongs to another search (seed, points, wars or priors differ); name another folder", Place(str(_path(keep, number))))
            return file["scores"], file["wars"], file["channels"]
    except (OSError, ValueError, KeyError) as error:
        if isinstance(error, Fault):
            raise
        raise Fault(f"cannot be read as a kept round: {error}", Place(str(_path(keep, number)))) from None


def _keep(keep: Path | None, number: int, mark: str, round_: tuple[Array, Array, Array]) -> None:
    if keep is None:
        return
    keep.mkdir(parents=True, exist_ok=True)
    scores, wars, ends = round_

    def write(path: Path) -> None:
        with path.open("wb") as stream:
            np.savez_compressed(stream, mark=np.array(mark), scores=scores, wars=wars, channels=ends)

    write_file(_path(keep, number), write)


__all__ = ["Found", "fight_all", "normals", "search"]
