"""Blind: score every contender on a record of councils and say in words what the intervals say, and no more."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from ripeness.ledger.scores.calibration import COARSE, Bin, calibration
from ripeness.ledger.scores.interval import ScoreInterval
from ripeness.scenario.council import Council
from ripeness.validation.councils.compare import (
    FEWEST_BODIES,
    ContenderScore,
    gain,
    hangs_on,
    score,
    verdict,
    without_each,
)
from ripeness.validation.councils.contender import LEADER, MEAN, contenders
from ripeness.validation.councils.graded import UNIFORM, Grade, grade, tabulate_chances, uniform
from ripeness.validation.councils.sitting import DRAWS, sitting

TESTED = ("rule", "led")
KNOWN = ("minuted", "reported")


@dataclass(frozen=True, slots=True)
class Stratum:
    """A part of the record, and how much better than "leader decides" a contender did there."""

    name: str
    contender: str
    gain: ScoreInterval


@dataclass(frozen=True, slots=True)
class BlindScores:
    """What came of scoring; `without` holds, by body left out, the rules that then beat "leader decides".

    `fitted_on` counts decisions that noise, leader weight and quota were fitted on beside those scored.
    """

    decisions: int
    bodies: int
    fitted_on: int
    scores: tuple[ContenderScore, ...]
    grades: dict[str, tuple[Grade, ...]]
    calibration: dict[str, tuple[Bin, ...]]
    strata: tuple[Stratum, ...]
    without: dict[str, tuple[str, ...]]
    flips: tuple[str, ...]
    draws: int
    seed: int

    @property
    def better(self) -> tuple[str, ...]:
        """Rules that beat "leader decides": their whole 90 % interval lies above 0."""
        return tuple(one.contender for one in self.scores if one.kind in TESTED and one.verdict > 0)

    def __repr__(self) -> str:
        """One line: how much was scored, and what came of it."""
        return f"Blind({self.decisions} decisions of {self.bodies} bodies: {self.sentence()})"

    def sentence(self) -> str:
        """What the intervals say."""
        if self.bodies < FEWEST_BODIES:
            few = "1 body is" if self.bodies == 1 else f"{self.bodies} bodies are"
            return f"{few} too few for intervals; the scores stand without them.{self._fitted()}"
        tested = [one for one in self.scores if one.kind in TESTED]
        if self.better:
            first = (
                f"{len(self.better)} of {len(tested)} rules beat 'leader decides' (90 % interval over bodies above 0): "
                f"{', '.join(self.better)}. With {len(tested)} rules tried at once, one may do so by luck."
            )
        else:
            first = f"No rule beats 'leader decides': none of {len(tested)} has a 90 % interval over bodies above 0."
        worse = [one.contender for one in tested if one.verdict < 0]
        middle = f" Worse than it: {', '.join(worse)}." if worse else ""
        return first + self._plain() + middle + self._best() + self._flips() + self._fitted()

    def _fitted(self) -> str:
        """On what else noise and settings rest."""
        if not self.fitted_on:
            return ""
        return (
            f" Noise, leader weight and quota are fitted on {self.fitted_on} shipped decisions, too, which are not"
            " scored."
        )

    def _plain(self) -> str:
        """Whether a plain guess does what the rules were to do."""
        plain = [one.contender for one in self.scores if one.kind == "baseline" and one.verdict > 0]
        if not plain:
            return ""
        told = " Of the plain baselines these beat it: " + ", ".join(plain)
        hung = {name: self.of(name).hangs_on for name in plain if self.of(name).hangs_on}
        parts = [f"{name} not without {' or '.join(bodies)}" for name, bodies in hung.items()]
        return told + (f" (but {'; '.join(parts)})." if parts else ".")

    def _best(self) -> str:
        best = self.scores[0]
        return f" The best log score has {best.contender} ({best.log:.2f}; 'leader decides' {self.of(LEADER).log:.2f})."

    def _flips(self) -> str:
        if not self.without:
            return f" Whether this hangs on single bodies is not known: without one, {self.bodies - 1} are too few."
        if not self.flips:
            return " Leaving out any single body does not change whether some rule beats it."
        rules = sorted({name for body in self.flips for name in {*self.without[body]} ^ {*self.better}})
        return (
            f" This hangs on single bodies: without any one of {len(self.flips)} of the {self.bodies} bodies it turns "
            f"round, for {', '.join(rules)} ({', '.join(self.flips)})."
        )

    def of(self, contender: str) -> ContenderScore:
        """One contender's score."""
        return next(one for one in self.scores if one.contender == contender)


def score_blind(
    councils: Sequence[Council], others: Sequence[Council] = (), *, draws: int = DRAWS, seed: int = 1
) -> BlindScores:
    """Score every contender on councils; `others` are fitted on, too, and not scored.

    Noise, leader weight and quota come from bodies other than the one scored.
    """
    sittings = [sitting(one, draws=draws, seed=seed) for one in councils]
    beside = [sitting(one, draws=draws, seed=seed) for one in others]
    laid = [tabulate_chances(one, sittings) for one in contenders()]
    further = [tabulate_chances(one, beside) for one in contenders()] if others else []
    grades = {
        one.contender.name: tuple(grade(one, councils, [(further[n], others)] if others else ()))
        for n, one in enumerate(laid)
    }
    full = {name: gain(own, grades[LEADER]) for name, own in grades.items()}
    without = without_each(laid, councils, further, others)
    grades[UNIFORM] = tuple(uniform(councils))
    scores = score(grades, laid, hangs_on(full, without))
    tested = [one.contender.name for one in laid if one.contender.kind in TESTED]
    better = {body: tuple(name for name in tested if verdict(gains[name]) > 0) for body, gains in without.items()}
    headline = any(verdict(full[name]) > 0 for name in tested)
    return BlindScores(
        len(councils),
        len({one.body_key for one in councils}),
        len(others),
        scores,
        grades,
        {name: _calibration(own) for name, own in grades.items()},
        _strata(councils, grades, scores),
        better,
        tuple(body for body, names in better.items() if bool(names) != headline),
        draws,
        seed,
    )


def _calibration(own: Sequence[Grade]) -> tuple[Bin, ...]:
    """All options of all decisions: of those given 30 %, how many were taken? Options of one decision hang together."""
    given = np.concatenate([one.chance for one in own])
    taken = np.concatenate([np.arange(len(one.chance)) == one.decided for one in own])
    return calibration(np.clip(given, 0, 1), taken, COARSE)


def _strata(
    councils: Sequence[Council], grades: dict[str, tuple[Grade, ...]], scores: Sequence[ContenderScore]
) -> tuple[Stratum, ...]:
    """Parts of the record that a reader will doubt: is the result one of regime, of subject, or of how leaders are
    coded?
    """
    parts = {
        "leader minuted or reported": [one.members[one.leader].basis in KNOWN for one in councils],
        "leader minuted": [one.members[one.leader].basis == "minuted" for one in councils],
        "making war": [one.topic == "make" for one in councils],
        "other than making war": [one.topic != "make" for one in councils],
        **{regime: [one.regime == regime for one in councils] for regime in ("democracy", "mixed", "autocracy")},
    }
    best = [next((one.contender for one in scores if one.kind in kinds), MEAN) for kinds in (TESTED, ("baseline",))]
    found = []
    for name, kept in parts.items():
        for contender in dict.fromkeys([*best, MEAN]):
            own, led = (
                [one for one, keep in zip(grades[who], kept, strict=True) if keep] for who in (contender, LEADER)
            )
            if own:
                found.append(Stratum(name, contender, gain(own, led)))
    return tuple(found)
