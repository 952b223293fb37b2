"""Graded: every contender's chances for every decision, its noise and settings fitted on the other bodies, and its
scores.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from ripeness.ledger.scores.brier import brier
from ripeness.ledger.scores.log import log_score
from ripeness.scenario.council import CouncilDecision
from ripeness.validation.councils.contender import Contender
from ripeness.validation.councils.noise import NOISES, chances
from ripeness.validation.councils.sitting import Sitting

Array = NDArray[np.float64]
UNIFORM = "all options alike"


@dataclass(frozen=True, slots=True)
class Grade:
    """One contender on one decision. `chance` is per option; `error` the distance from the position decided."""

    decision: str
    body: str
    contender: str
    chance: tuple[float, ...]
    decided: int
    log: float
    brier: float
    error: float
    noise: float
    leader_weight: float
    quota: float


@dataclass(frozen=True, slots=True)
class ContenderChances:
    """One contender on all decisions, before fitting. Shapes: chance by decision (S, K, O); place by decision (S,)."""

    contender: Contender
    chance: tuple[Array, ...]
    place: tuple[Array, ...]


def tabulate_chances(contender: Contender, sittings: Sequence[Sitting]) -> ContenderChances:
    """Ask a contender about every council."""
    outcomes = [contender.outcomes(sitting) for sitting in sittings]
    chance = tuple(chances(out, sitting.options) for out, sitting in zip(outcomes, sittings, strict=True))
    return ContenderChances(contender, chance, tuple(np.median(out, axis=1) for out in outcomes))


def grade(
    chances_of: ContenderChances,
    councils: Sequence[CouncilDecision],
    fitted_on: Sequence[tuple[ContenderChances, Sequence[CouncilDecision]]] = (),
) -> list[Grade]:
    """Score a contender on each decision with the noise and settings that fit the other bodies best.

    `fitted_on` adds decisions of further bodies to fit on. Raises: ValueError where there is no other body to fit on.
    """
    record = [(chances_of, councils), *fitted_on]
    bodies = np.array([council.body_key for _, scored in record for council in scored])
    fit = np.concatenate([log_chances(part, scored) for part, scored in record])
    best = {body: _best(fit[bodies != body]) for body in dict.fromkeys(council.body_key for council in councils)}
    return [_grade(chances_of, n, council, *best[council.body_key]) for n, council in enumerate(councils)]


def log_chances(chances_of: ContenderChances, councils: Sequence[CouncilDecision]) -> Array:
    """Log chance of what was decided, by setting and noise. Shapes: returns (D, S, K)."""
    return np.log([chances_of.chance[n][:, :, council.decided] for n, council in enumerate(councils)])


def _best(fit: Array) -> tuple[int, int]:
    """The setting and noise under which the other bodies' decisions were likeliest. Shapes: fit (D, S, K)."""
    if not len(fit):
        raise ValueError("the noise is fitted on other bodies, and there is none")
    total = fit.sum(axis=0)
    setting, noise = np.unravel_index(int(total.argmax()), total.shape)
    return int(setting), int(noise)


def _grade(chances_of: ContenderChances, n: int, council: CouncilDecision, setting: int, noise: int) -> Grade:
    probabilities = chances_of.chance[n][setting, noise]
    weight, quota = chances_of.contender.settings[setting]
    return Grade(
        council.id,
        council.body_key,
        chances_of.contender.name,
        tuple(float(p) for p in probabilities),
        council.decided,
        float(log_score(probabilities, council.decided)),
        float(brier(probabilities, council.decided)),
        float(abs(chances_of.place[n][setting] - council.decided_position)),
        float(NOISES[noise]),
        weight,
        quota,
    )


def uniform(councils: Sequence[CouncilDecision]) -> list[Grade]:
    """The grades of somebody who knows the options and nothing else; in the middle of the issue for the distance."""
    grades = []
    for council in councils:
        probabilities = np.full(len(council.options), 1 / len(council.options))
        error = abs(0.5 - council.decided_position)
        grades.append(
            Grade(
                council.id,
                council.body_key,
                UNIFORM,
                tuple(probabilities.tolist()),
                council.decided,
                float(log_score(probabilities, council.decided)),
                float(brier(probabilities, council.decided)),
                float(error),
                np.nan,
                np.nan,
                np.nan,
            )
        )
    return grades
