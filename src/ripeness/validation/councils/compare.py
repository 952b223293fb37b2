"""Compare: how much better a rule did than "leader decides", how far that can be trusted, and whether it hangs on one
body.

Decisions of one body are not independent, so whole bodies are drawn again, with replacement: a paired bootstrap by
body.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from math import log as natural_log
from math import nan

import numpy as np
from numpy.typing import NDArray

from ripeness.ledger.scores.interval import ScoreInterval
from ripeness.scenario.council import Council
from ripeness.validation.councils.contender import LEADER, MEAN
from ripeness.validation.councils.graded import ContenderChances, Grade, fits
from ripeness.world.chance import SAMPLE, stable_id, uniforms

Array = NDArray[np.float64]
BOOTSTRAP_SAMPLES = 4000  # samples of bodies: the ends of a 90 % interval stand to about a hundredth
FEWEST_BODIES = 5  # below this an interval from drawing bodies again says nothing
BADLY = natural_log(2)  # a decision is badly wrong where its option got less than half of what "all alike" gives


@dataclass(frozen=True, slots=True)
class ContenderScore:
    """One contender over all decisions; smaller is better, and gains above 0 say better than the reference.

    Gains are in the log score. `hangs_on` names bodies without which the verdict against "leader decides" differs.
    """

    contender: str
    kind: str
    says: str
    n: int
    log: float
    brier: float
    error: float
    noise: float
    leader_weight: float
    quota: float
    against_leader: ScoreInterval
    against_mean: ScoreInterval
    badly_wrong: tuple[str, ...]
    hangs_on: tuple[str, ...]

    @property
    def verdict(self) -> int:
        """1 where the interval against "leader decides" lies above 0, -1 where below, else 0."""
        return verdict(self.against_leader)


def verdict(gain: ScoreInterval) -> int:
    """Which way an interval decides.

    >>> verdict(ScoreInterval(.2, .1, .3, 9)), verdict(ScoreInterval(.1, -.1, .3, 9))
    (1, 0)
    """
    return int(gain.low > 0) - int(gain.high < 0)


def gain(own: Sequence[Grade], other: Sequence[Grade], *, seed: int = 1) -> ScoreInterval:
    """How much smaller one mean log score is than another on the same decisions, with a 90 % interval over bodies."""
    mine, theirs = (np.array([one.log for one in grades]) for grades in (own, other))
    return mean_gain(mine, theirs, [one.body for one in own], seed=seed)


def mean_gain(own: Array, other: Array, bodies: Sequence[str], *, seed: int = 1) -> ScoreInterval:
    """The mean of other - own with a 90 % interval from drawing bodies again.

    Shapes: own and other (D,), in the order of `bodies`.
    Source: Efron and Tibshirani 1993, ch. 8 (resampling whole groups).
    """
    difference = other - own
    names = list(dict.fromkeys(bodies))
    value = float(difference.mean())
    if len(names) < FEWEST_BODIES:
        return ScoreInterval(value, nan, nan, len(own))
    place = np.array([names.index(body) for body in bodies])
    sums, sizes = np.bincount(place, difference), np.bincount(place).astype(float)
    times = bootstrap_bodies(len(names), seed)
    low, high = np.quantile(times @ sums / (times @ sizes), [0.05, 0.95])
    return ScoreInterval(value, float(low), float(high), len(own))


@cache
def bootstrap_bodies(bodies: int, seed: int) -> Array:
    """How often each body stands in each sample of bodies. Shapes: (BOOTSTRAP_SAMPLES, B), rows summing to B."""
    shares = np.empty((4 * -(-bodies // 4), BOOTSTRAP_SAMPLES))
    for block in range(0, bodies, 4):
        key = stable_id(f"bodies/{block}")
        uniforms(seed, np.arange(BOOTSTRAP_SAMPLES, dtype=np.uint64), 0, SAMPLE, key, shares[block : block + 4])
    chosen = (shares[:bodies] * bodies).astype(np.intp)
    return np.array([(chosen == body).sum(axis=0) for body in range(bodies)], dtype=float).T


def score(
    grades: Mapping[str, Sequence[Grade]], laid: Sequence[ContenderChances], hanging: Mapping[str, tuple[str, ...]]
) -> tuple[ContenderScore, ...]:
    """Every contender's score, the best first by log score."""
    about = {one.contender.name: one.contender for one in laid}
    found = []
    for name, own in grades.items():
        kind, says = (about[name].kind, about[name].says) if name in about else ("baseline", "Knows nothing")
        found.append(
            ContenderScore(
                name,
                kind,
                says,
                len(own),
                log=float(np.mean([g.log for g in own])),
                brier=float(np.mean([g.brier for g in own])),
                error=float(np.mean([g.error for g in own])),
                noise=float(np.median([g.noise for g in own])),
                leader_weight=float(np.median([g.leader_weight for g in own])),
                quota=float(np.median([g.quota for g in own])),
                against_leader=gain(own, grades[LEADER]),
                against_mean=gain(own, grades[MEAN]),
                badly_wrong=tuple(g.decision for g in own if g.log > natural_log(len(g.chance)) + BADLY),
                hangs_on=hanging.get(name, ()),
            )
        )
    return tuple(sorted(found, key=lambda one: one.log))


def without_each(
    laid: Sequence[ContenderChances],
    councils: Sequence[Council],
    further: Sequence[ContenderChances] = (),
    others: Sequence[Council] = (),
) -> dict[str, dict[str, ScoreInterval]]:
    """Gains against "leader decides" with each body scored left out altogether, noise and settings fitted anew: by
    body and contender. `others`, with what contenders say of them in `further`, are fitted on, too.

    Empty where too few bodies would be left for an interval.
    """
    bodies = list(dict.fromkeys(one.body_key for one in councils))
    if len(bodies) <= FEWEST_BODIES:
        return {}
    known = list(dict.fromkeys([*bodies, *(one.body_key for one in others)]))
    place = np.array([known.index(one.body_key) for one in (*councils, *others)])
    scored = place[: len(councils)]
    logs = {}
    for n, one in enumerate(laid):
        fit = fits(one, councils)
        fit = np.concatenate([fit, fits(further[n], others)]) if others else fit
        logs[one.contender.name] = _logs_without(fit, place, len(bodies), len(councils))
    found: dict[str, dict[str, ScoreInterval]] = {}
    for n, body in enumerate(bodies):
        kept = np.flatnonzero(scored != n)
        found[body] = {
            name: mean_gain(own[n, kept], logs[LEADER][n, kept], [bodies[k] for k in scored[kept]])
            for name, own in logs.items()
        }
    return found


def _logs_without(fit: Array, place: NDArray[np.intp], bodies: int, scored: int) -> Array:
    """Log scores of the first decisions where one of the first bodies is left out of everything and another is scored.

    Shapes: fit (D, S, K); place (D,); returns (bodies, scored).
    """
    many, flat = int(place.max()) + 1, fit.reshape(len(fit), -1)
    sums = np.zeros((many, flat.shape[1]))
    np.add.at(sums, place, flat)
    total, found = sums.sum(axis=0), np.empty((bodies, scored))
    for out in range(bodies):
        best = (total - sums[out] - sums[:bodies]).argmax(axis=1)
        found[out] = -flat[np.arange(scored), best[place[:scored]]]
    return found


def hangs_on(
    full: Mapping[str, ScoreInterval], without: Mapping[str, Mapping[str, ScoreInterval]]
) -> dict[str, tuple[str, ...]]:
    """For each contender the bodies without which its verdict against "leader decides" would differ."""
    return {
        name: tuple(body for body, gains in without.items() if verdict(gains[name]) != verdict(one))
        for name, one in full.items()
    }
