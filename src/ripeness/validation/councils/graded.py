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
from ripeness.scenario.council import Council
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
    found = [contender.outcomes(one) for one in sittings]
    chance = tuple(chances(out, one.options) for out, one in zip(found, sittings, strict=True))
    return ContenderChances(contender, chance, tuple(np.median(out, axis=1) for out in found))


def grade(
    laid: ContenderChances,
    councils: Sequence[Council],
    fitted_on: Sequence[tuple[ContenderChances, Sequence[Council]]] = (),
) -> list[Grade]:
    """Score a contender on each decision with the noise and settings that fit the other bodies best.

    `fitted_on` adds decisions of further bodies to fit on. Raises: ValueError where there is no other body to fit on.
    """
    record = [(laid, councils), *fitted_on]
    bodies = np.array([one.body_key for _, those in record for one in those])
    fit = np.concatenate([fits(part, those) for part, those in record])
    best = {body: _best(fit[bodies != body]) for body in dict.fromkeys(one.body_key for one in councils)}
    return [_grade(laid, n, one, *best[one.body_key]) for n, one in enumerate(councils)]


def fits(laid: ContenderChances, councils: Sequence[Council]) -> Array:
    """Log chance of what was decided, by setting and noise. Shapes: returns (D, S, K)."""
    return np.log([laid.chance[n][:, :, one.decided] for n, one in enumerate(councils)])


def _best(fit: Array) -> tuple[int, int]:
    """The setting and noise under which the other bodies' decisions were likeliest. Shapes: fit (D, S, K)."""
    if not len(fit):
        raise ValueError("the noise is fitted on other bodies, and there is none")
    total = fit.sum(axis=0)
    setting, noise = np.unravel_index(int(total.argmax()), total.shape)
    return int(setting), int(noise)


def _grade(laid: ContenderChances, n: int, council: Council, setting: int, noise: int) -> Grade:
    given = laid.chance[n][setting, noise]
    weight, quota = laid.contender.settings[setting]
    return Grade(
        council.id,
        council.body_key,
        laid.contender.name,
        tuple(float(p) for p in given),
        council.decided,
        float(log_score(given, council.decided)),
        float(brier(given, council.decided)),
        float(abs(laid.place[n][setting] - council.decided_position)),
        float(NOISES[noise]),
        weight,
        quota,
    )


def uniform(councils: Sequence[Council]) -> list[Grade]:
    """The grades of somebody who knows the options and nothing else; in the middle of the issue for the distance."""
    found = []
    for one in councils:
        given = np.full(len(one.options), 1 / len(one.options))
        error = abs(0.5 - one.decided_position)
        found.append(
            Grade(
                one.id,
                one.body_key,
                UNIFORM,
                tuple(given.tolist()),
                one.decided,
                float(log_score(given, one.decided)),
                float(brier(given, one.decided)),
                float(error),
                np.nan,
                np.nan,
                np.nan,
            )
        )
    return found
