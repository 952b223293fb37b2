"""Blind: score every contender on a record of councils and say in words what the intervals say, and no more."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from ripeness.ledger.scores.calibration import COARSE, Bin, calibration
from ripeness.ledger.scores.interval import ScoreInterval
from ripeness.scenario.council import CouncilDecision
from ripeness.validation.councils.compare import (
    FEWEST_BODIES,
    ContenderScore,
    hangs_on,
    score_contenders,
    score_gain,
    verdict,
    without_each,
)
from ripeness.validation.councils.contender import LEADER, MEAN, contenders
from ripeness.validation.councils.grades import UNIFORM, Grade, grade, tabulate_chances, uniform
from ripeness.validation.councils.sitting import DRAWS, sitting
from ripeness.world.wording import join_words

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
        return tuple(score.contender for score in self.scores if score.kind in TESTED and score.verdict > 0)

    def __repr__(self) -> str:
        """One line: how much was scored, and what came of it."""
        return f"Blind({self.decisions} decisions of {self.bodies} bodies: {self.sentence()})"

    def sentence(self) -> str:
        """What the intervals say."""
        if self.bodies < FEWEST_BODIES:
            bodies = "1 body is" if self.bodies == 1 else f"{self.bodies} bodies are"
            return f"{bodies} too few for intervals; the scores stand without them.{self._fitted()}"
        tested = [score for score in self.scores if score.kind in TESTED]
        if self.better:
            first = (
                f"{len(self.better)} of {len(tested)} rules beat 'leader decides' (90 % interval over bodies above 0): "
                f"{', '.join(self.better)}. With {len(tested)} rules tried at once, one may do so by luck."
            )
        else:
            first = f"No rule beats 'leader decides': none of {len(tested)} has a 90 % interval over bodies above 0."
        worse = [score.contender for score in tested if score.verdict < 0]
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
        plain = [score.contender for score in self.scores if score.kind == "baseline" and score.verdict > 0]
        if not plain:
            return ""
        text = " Of the plain baselines these beat it: " + ", ".join(plain)
        dependent = {name: self.of(name).hangs_on for name in plain if self.of(name).hangs_on}
        parts = [f"{name} not without {join_words(bodies, 'or')}" for name, bodies in dependent.items()]
        return text + (f" (but {'; '.join(parts)})." if parts else ".")

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
        return next(score for score in self.scores if score.contender == contender)


def score_blind(
    councils: Sequence[CouncilDecision], others: Sequence[CouncilDecision] = (), *, draws: int = DRAWS, seed: int = 1
) -> BlindScores:
    """Score every contender on councils; `others` are fitted on, too, and not scored.

    Noise, leader weight and quota come from bodies other than the one scored.
    """
    sittings = [sitting(council, draws=draws, seed=seed) for council in councils]
    other_sittings = [sitting(council, draws=draws, seed=seed) for council in others]
    tables = [tabulate_chances(contender, sittings) for contender in contenders()]
    other_tables = [tabulate_chances(contender, other_sittings) for contender in contenders()] if others else []
    grades = {
        table.contender.name: tuple(grade(table, councils, [(other_tables[n], others)] if others else ()))
        for n, table in enumerate(tables)
    }
    full = {name: score_gain(contender_grades, grades[LEADER]) for name, contender_grades in grades.items()}
    without = without_each(tables, councils, other_tables, others)
    grades[UNIFORM] = tuple(uniform(councils))
    scores = score_contenders(grades, tables, hangs_on(full, without))
    tested = [table.contender.name for table in tables if table.contender.kind in TESTED]
    better = {body: tuple(name for name in tested if verdict(gains[name]) > 0) for body, gains in without.items()}
    headline = any(verdict(full[name]) > 0 for name in tested)
    return BlindScores(
        len(councils),
        len({council.body_key for council in councils}),
        len(others),
        scores,
        grades,
        {name: _calibration(contender_grades) for name, contender_grades in grades.items()},
        _strata(councils, grades, scores),
        better,
        tuple(body for body, names in better.items() if bool(names) != headline),
        draws,
        seed,
    )


def _calibration(grades: Sequence[Grade]) -> tuple[Bin, ...]:
    """All options of all decisions: of those given 30 %, how many were taken? Options of one decision hang together."""
    probability = np.concatenate([grade.chance for grade in grades])
    happened = np.concatenate([np.arange(len(grade.chance)) == grade.decided for grade in grades])
    return calibration(np.clip(probability, 0, 1), happened, COARSE)


def _strata(
    councils: Sequence[CouncilDecision], grades: dict[str, tuple[Grade, ...]], scores: Sequence[ContenderScore]
) -> tuple[Stratum, ...]:
    """Parts of the record that a reader will doubt: is the result one of regime, of subject, or of how leaders are
    coded?
    """
    parts = {
        "leader minuted or reported": [council.members[council.leader].basis in KNOWN for council in councils],
        "leader minuted": [council.members[council.leader].basis == "minuted" for council in councils],
        "making war": [council.topic == "make" for council in councils],
        "other than making war": [council.topic != "make" for council in councils],
        **{
            regime: [council.regime == regime for council in councils] for regime in ("democracy", "mixed", "autocracy")
        },
    }
    best = [
        next((score.contender for score in scores if score.kind in kinds), MEAN) for kinds in (TESTED, ("baseline",))
    ]
    rows = []
    for name, selected in parts.items():
        for contender in dict.fromkeys([*best, MEAN]):
            contender_grades, leader_grades = (
                [grade for grade, keep in zip(grades[name_of_contender], selected, strict=True) if keep]
                for name_of_contender in (contender, LEADER)
            )
            if contender_grades:
                rows.append(Stratum(name, contender, score_gain(contender_grades, leader_grades)))
    return tuple(rows)
