"""Search: find changes that flip the order of outcomes, with few runs, and confirm each by a run of the full design.

1. The ensemble itself says which assumptions move the target against its strongest rival (slopes on normal scores).
2. The leading ones are each run at the end of their range, on the same draws.
3. Those that flip alone, then pairs, then triples that do not contain an answer already, are run at their ends.
4. Whatever flips there is brought back along the shortest way by false position.
5. Each answer is run with all draws; where that run shows a wide lead or none, the way is searched again.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from itertools import combinations

import numpy as np
from numpy.typing import NDArray
from scipy.special import ndtri

from ripeness.ensemble.gather import Ensemble
from ripeness.scenario.number_paths import enters_the_war
from ripeness.study.flipping.change import FlipLever, ParameterChange, change_along
from ripeness.study.target import Target, outcome_shares
from ripeness.study.target import read_target as read
from ripeness.study.weighted_statistics import Weights, weigh
from ripeness.world.quantity import Quantity

SCREENED = 12  # assumptions that are each run at the end of their range
JOINED = 8  # of which pairs and triples are made
TRIED = 6  # pairs run at their ends, and as many triples
NARROWED = 5  # runs with few draws in which the way is narrowed down
LEAST_PART = 0.1  # of the bracket that each of them takes off
CLEAR = 0.002  # margin sought on few draws, so that the run with all draws is likely to confirm it
CLOSE = 0.02  # margin below which a confirmed change is as short as it need be
CONFIRMED = 3  # runs with all draws on one way
SimulateChange = Callable[[Mapping[str, float], int], Ensemble]


@dataclass
class FlipSearch:
    """State of the search: target, simulator, and the margins measured so far.

    `simulate` takes values by path and a number of draws. `given_weights` are those of the runs, or what gives those of
    the war as stated. Shapes: weights (R,), cut to the draws at hand.
    """

    target: Target
    simulate: SimulateChange
    n_runs: int
    trial_draws: int
    without: tuple[str, ...] = ()
    given_weights: Weights = None
    weights: NDArray[np.float64] | None = None
    runs: int = 0
    simulated: int = 0
    nearest: tuple[float, ParameterChange] | None = None
    margins: dict[ParameterChange, float] = field(default_factory=dict)
    answered: list[frozenset[str]] = field(default_factory=list)
    numbers: Mapping[str, Quantity] = field(default_factory=dict)
    base_margin: float = 0.0
    small_margin: float = 0.0

    def start(self) -> tuple[Ensemble, dict[str, float]]:
        """Simulate the war as stated, with all runs and with few."""
        base = self.simulate({}, self.n_runs)
        self.weights = weigh(base, self.given_weights)
        shares = outcome_shares(base, self.target.month, self.weights)
        self.base_margin = self.margin(shares)
        self.small_margin = self._trial_margin({})
        self.numbers = base.war.numbers
        self.simulated += self.n_runs
        return base, shares

    def margin(self, shares: Mapping[str, float]) -> float:
        """Return the target's probability less that of the most likely other outcome."""
        return shares[self.target.name] - max(p for name, p in shares.items() if name != self.target.name)

    def estimate(self, change: ParameterChange) -> float:
        """Estimate the margin after a change: the margin without it, plus the change measured on few runs."""
        if change not in self.margins:
            self.margins[change] = (
                self.base_margin + self._trial_margin(change.values(self.numbers)) - self.small_margin
            )
            if self.nearest is None or self.margins[change] > self.nearest[0]:
                self.nearest = self.margins[change], change
        return self.margins[change]

    def _trial_margin(self, values: Mapping[str, float]) -> float:
        shares = outcome_shares(self.simulate(values, self.trial_draws), self.target.month, self._cut(self.trial_draws))
        self.runs += 1
        self.simulated += self.trial_draws
        return self.margin(shares)

    def confirm(self, change: ParameterChange) -> dict[str, float]:
        """Return the probabilities of all outcomes after a change, simulated with all runs."""
        self.runs += 1
        self.simulated += self.n_runs
        return outcome_shares(self.simulate(change.values(self.numbers), self.n_runs), self.target.month, self.weights)

    def _cut(self, n_runs: int) -> NDArray[np.float64] | None:
        return None if self.weights is None else self.weights[:n_runs]

    def levers(self, base: Ensemble, shares: Mapping[str, float]) -> list[FlipLever]:
        """Return the parameters with the largest effects, each simulated at the end of its range."""
        guessed = margin_slopes(base, self.target, shares, self.without, self.weights)
        tested = []
        for path, slope in guessed[:SCREENED]:
            direction = 1 if slope > 0 else -1
            effect = self.estimate(ParameterChange(((path, float(direction)),))) - self.base_margin
            tested.append(FlipLever(path, direction, effect))
        return sorted((lever for lever in tested if lever.effect > 0), key=lambda lever: -lever.effect)

    def candidates(self, levers: list[FlipLever]) -> Iterator[tuple[FlipLever, ...]]:
        """Single assumptions, pairs and triples to try, the most promising of each first.

        Ask for the next only after `answered` holds what was found: sets that contain an answer are left out, and
        those that share nothing with any answer come before those that do.
        """
        for size in (1, 2, 3):
            limit = SCREENED if size == 1 else TRIED
            sets: Iterable[tuple[FlipLever, ...]] = combinations(levers[: SCREENED if size == 1 else JOINED], size)
            untried = sorted(sets, key=lambda group: -sum(lever.effect for lever in group))
            for shares_one in (False, True):
                for _ in range(limit):
                    next_group = next((group for group in untried if self._is_new(group, shares_one=shares_one)), None)
                    if next_group is None:
                        break
                    untried.remove(next_group)
                    yield next_group

    def _is_new(self, levers: tuple[FlipLever, ...], *, shares_one: bool) -> bool:
        paths = frozenset(lever.path for lever in levers)
        if any(answer <= paths for answer in self.answered):
            return False
        return any(answer & paths for answer in self.answered) == shares_one

    def shortest(self, levers: tuple[FlipLever, ...]) -> tuple[ParameterChange, dict[str, float]] | None:
        """Return the shortest change on its path that a simulation with all runs confirms; none where none does.

        Each such run also measures the error of few runs there; the path is then searched again, corrected for it.
        """
        confirmed, nearest, off = None, 1.0, 0.0
        for _ in range(CONFIRMED):
            fraction = self._shortest_distance(levers, off)
            if fraction is None or (confirmed is not None and fraction >= nearest):
                break
            change = change_along(levers, fraction)
            shares = self.confirm(change)
            margin = self.margin(shares)
            if margin > 0:
                confirmed, nearest = (change, shares), fraction
            if 0 < margin <= CLOSE:
                break
            off = margin - self.estimate(change)
        return confirmed

    def _shortest_distance(self, levers: tuple[FlipLever, ...], off: float) -> float | None:
        """Return the distance at which a change begins to flip on few runs; none where its far end does not.

        False position (Illinois), kept off the ends of the bracket: margins bend, but they grow.
        """

        def lead(fraction: float) -> float:
            return self.estimate(change_along(levers, fraction)) + off - CLEAR

        low, high, below, above = 0.0, 1.0, self.base_margin - CLEAR, lead(1.0)
        if above <= 0:
            return None
        at_high = above
        for _ in range(NARROWED):
            if at_high <= CLOSE / 2:
                break
            part = min(max(below / (below - above), LEAST_PART), 1 - LEAST_PART)
            middle = low + part * (high - low)
            middle_lead = lead(middle)
            if middle_lead > 0:
                high, at_high, above, below = middle, middle_lead, middle_lead, below / 2
            else:
                low, below, above = middle, middle_lead, above / 2
        return high


def strongest_rival(target: Target, shares: Mapping[str, float]) -> str:
    """The name of the most likely outcome other than the target."""
    return max((name for name in shares if name != target.name), key=lambda name: shares[name])


def margin_slopes(
    base: Ensemble,
    target: Target,
    shares: Mapping[str, float],
    without: tuple[str, ...],
    weights: NDArray[np.float64] | None,
) -> list[tuple[str, float]]:
    """How the target's lead over its strongest rival changes with each assumption, the steepest first.

    Least squares on normal scores: ranks of the numbers turned into standard normal quantiles. Inputs are independent,
    so that each slope stands alone; those of fitted parameters, which are drawn jointly, are of one regression.
    """
    rival = strongest_rival(target, shares)
    lead = target.hits(base) - _rival(base, target, rival).hits(base)
    weight = np.ones(len(lead)) if weights is None else weights
    total = np.bincount(base.point, weights=weight)
    mean = np.bincount(base.point, weights=weight * lead) / np.where(total > 0, total, 1.0)
    part = total / total.sum()
    centred = part * (mean - float((part * mean).sum()))
    slopes, joint_scores, joint_paths = [], {}, set(base.war.points.paths)
    for row, path in zip(base.inputs, base.input_names, strict=True):
        if enters_the_war(path) and not path.startswith(without) and path in base.war.numbers:
            score = ndtri((np.argsort(np.argsort(row, kind="stable"), kind="stable") + 1 / 2) / len(row))
            slopes.append((path, float(score @ centred)))
            if path in joint_paths:
                joint_scores[path] = score
    if joint_scores:
        scores = np.array(list(joint_scores.values()))
        partial = np.linalg.pinv(scores @ scores.T / scores.shape[1], hermitian=True) @ (scores @ centred)
        together = dict(zip(joint_scores, partial.tolist(), strict=True))
        slopes = [(path, together.get(path, slope)) for path, slope in slopes]
    return sorted(slopes, key=lambda entry: (-abs(entry[1]), entry[0]))


def _rival(base: Ensemble, target: Target, name: str) -> Target:
    return read(name, [side.key for side in base.war.sides[:2]], target.month, base.horizon)
