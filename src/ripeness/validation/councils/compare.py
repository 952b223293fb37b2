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
from ripeness.scenario.council import CouncilDecision
from ripeness.validation.councils.contender import LEADER, MEAN
from ripeness.validation.councils.grades import ContenderChances, Grade, log_chances
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


def score_gain(own_grades: Sequence[Grade], reference: Sequence[Grade], *, seed: int = 1) -> ScoreInterval:
    """How much smaller one mean log score is than another on the same decisions, with a 90 % interval over bodies."""
    scores, reference_scores = (np.array([grade.log for grade in grades]) for grades in (own_grades, reference))
    return mean_gain(scores, reference_scores, [grade.body for grade in own_grades], seed=seed)


def mean_gain(scores: Array, reference: Array, bodies: Sequence[str], *, seed: int = 1) -> ScoreInterval:
    """The mean of reference - scores with a 90 % interval from drawing bodies again.

    Shapes: scores and reference (D,), in the order of `bodies`.
    Source: Efron and Tibshirani 1993, ch. 8 (resampling whole groups).
    """
    difference = reference - scores
    names = list(dict.fromkeys(bodies))
    value = float(difference.mean())
    if len(names) < FEWEST_BODIES:
        return ScoreInterval(value, nan, nan, len(scores))
    place = np.array([names.index(body) for body in bodies])
    sums, sizes = np.bincount(place, difference), np.bincount(place).astype(float)
    times = bootstrap_bodies(len(names), seed)
    low, high = np.quantile(times @ sums / (times @ sizes), [0.05, 0.95])
    return ScoreInterval(value, float(low), float(high), len(scores))


@cache
def bootstrap_bodies(bodies: int, seed: int) -> Array:
    """How often each body stands in each sample of bodies. Shapes: (BOOTSTRAP_SAMPLES, B), rows summing to B."""
    shares = np.empty((4 * -(-bodies // 4), BOOTSTRAP_SAMPLES))
    for block in range(0, bodies, 4):
        key = stable_id(f"bodies/{block}")
        uniforms(seed, np.arange(BOOTSTRAP_SAMPLES, dtype=np.uint64), 0, SAMPLE, key, shares[block : block + 4])
    sampled = (shares[:bodies] * bodies).astype(np.intp)
    return np.array([(sampled == body).sum(axis=0) for body in range(bodies)], dtype=float).T


def score_contenders(
    grades: Mapping[str, Sequence[Grade]], chances: Sequence[ContenderChances], hanging: Mapping[str, tuple[str, ...]]
) -> tuple[ContenderScore, ...]:
    """Every contender's score, the best first by log score."""
    contender_of = {table.contender.name: table.contender for table in chances}
    rows = []
    for name, contender_grades in grades.items():
        kind, says = (
            (contender_of[name].kind, contender_of[name].says)
            if name in contender_of
            else ("baseline", "Knows nothing")
        )
        rows.append(
            ContenderScore(
                name,
                kind,
                says,
                len(contender_grades),
                log=float(np.mean([g.log for g in contender_grades])),
                brier=float(np.mean([g.brier for g in contender_grades])),
                error=float(np.mean([g.error for g in contender_grades])),
                noise=float(np.median([g.noise for g in contender_grades])),
                leader_weight=float(np.median([g.leader_weight for g in contender_grades])),
                quota=float(np.median([g.quota for g in contender_grades])),
                against_leader=score_gain(contender_grades, grades[LEADER]),
                against_mean=score_gain(contender_grades, grades[MEAN]),
                badly_wrong=tuple(g.decision for g in contender_grades if g.log > natural_log(len(g.chance)) + BADLY),
                hangs_on=hanging.get(name, ()),
            )
        )
    return tuple(sorted(rows, key=lambda row: row.log))


def without_each(
    chances: Sequence[ContenderChances],
    councils: Sequence[CouncilDecision],
    other_chances: Sequence[ContenderChances] = (),
    other_councils: Sequence[CouncilDecision] = (),
) -> dict[str, dict[str, ScoreInterval]]:
    """Gains against "leader decides" with each body scored left out altogether, noise and settings refitted: by
    body and contender. `other_councils`, with what contenders say of them in `other_chances`, are fitted on, too.

    Empty where too few bodies would be left for an interval.
    """
    bodies = list(dict.fromkeys(council.body_key for council in councils))
    if len(bodies) <= FEWEST_BODIES:
        return {}
    all_bodies = list(dict.fromkeys([*bodies, *(council.body_key for council in other_councils)]))
    place = np.array([all_bodies.index(council.body_key) for council in (*councils, *other_councils)])
    scored = place[: len(councils)]
    logs = {}
    for n, table in enumerate(chances):
        fit = log_chances(table, councils)
        fit = np.concatenate([fit, log_chances(other_chances[n], other_councils)]) if other_councils else fit
        logs[table.contender.name] = _logs_without(fit, place, len(bodies), len(councils))
    gains: dict[str, dict[str, ScoreInterval]] = {}
    for n, body in enumerate(bodies):
        remaining = np.flatnonzero(scored != n)
        gains[body] = {
            name: mean_gain(
                log_scores[n, remaining], logs[LEADER][n, remaining], [bodies[k] for k in scored[remaining]]
            )
            for name, log_scores in logs.items()
        }
    return gains


def _logs_without(fit: Array, place: NDArray[np.intp], bodies: int, scored: int) -> Array:
    """Log scores of the first decisions where one of the first bodies is left out of everything and another is scored.

    Shapes: fit (D, S, K); place (D,); returns (bodies, scored).
    """
    count, flat = int(place.max()) + 1, fit.reshape(len(fit), -1)
    sums = np.zeros((count, flat.shape[1]))
    np.add.at(sums, place, flat)
    total, log_scores = sums.sum(axis=0), np.empty((bodies, scored))
    for excluded in range(bodies):
        best = (total - sums[excluded] - sums[:bodies]).argmax(axis=1)
        log_scores[excluded] = -flat[np.arange(scored), best[place[:scored]]]
    return log_scores


def hangs_on(
    full: Mapping[str, ScoreInterval], without: Mapping[str, Mapping[str, ScoreInterval]]
) -> dict[str, tuple[str, ...]]:
    """For each contender the bodies without which its verdict against "leader decides" would differ."""
    return {
        name: tuple(body for body, gains in without.items() if verdict(gains[name]) != verdict(interval))
        for name, interval in full.items()
    }
