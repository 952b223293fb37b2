"""Pairs of factions whose wishes crossed: in which decisions, who got its way, and what those alone say of the two."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import combinations

import numpy as np
from numpy.typing import NDArray

from ripeness.study.who_decides.council_likelihood import CouncilLikelihood
from ripeness.study.who_decides.item import Item
from ripeness.study.who_decides.posterior import CouncilPosterior

Array = NDArray[np.float64]
SHARES = (np.arange(200) + 0.5) / 200  # of the power of two factions, the first one's; symmetric, without one half
SCORES = np.linspace(-2.5, 2.5, 11)  # standard deviations of the noise, over which it is averaged


@dataclass(frozen=True, slots=True)
class Crossing:
    """Decisions in which two factions stood on opposite sides.

    `first_won` and `second_won` count decisions that went either's way; `weight` adds up the chances that their records
    say anything, by their grades; `log_bayes_factor` is the natural log of how much likelier these decisions alone are
    if the first has more power than the second than if it has less. `decisions` are the ids of the items.
    """

    polity: str
    first: str
    second: str
    decisions: tuple[str, ...]
    first_won: int
    second_won: int
    weight: float
    log_bayes_factor: float


@dataclass(frozen=True, slots=True)
class _Contest:
    """One decision between two: whether the first won, its doubt, and the log of the ratio of saliences."""

    item: str
    first_won: bool
    doubt: float
    log_salience: float


def crossings(posterior: CouncilPosterior) -> tuple[Crossing, ...]:
    """Pairs of factions whose wishes crossed in at least one choice or act, those of most weight first.

    A wish is the option that a faction stood behind, or the one nearest to its position where none is stated and
    options have places. Choices in which neither got its way are left out. An act is for the faction that it favours
    and against the other.

    Assumes that the two decide between them: what allies did for either counts as its own power. Before these
    decisions the first's share of the power of both is even from 0 to 1, and the noise as on the record of councils.
    """
    council = posterior.council
    rows = []
    for a, b in combinations(range(len(council.factions)), 2):
        contests = [contest for item in council.items if (contest := _contest(council, item, a, b)) is not None]
        if not contests:
            continue
        log_factor = _log_bayes_factor(council, contests)
        ordered = (a, b) if log_factor >= 0 else (b, a)
        n_first = sum(contest.first_won for contest in contests)
        wins = (n_first, len(contests) - n_first)
        rows.append(
            Crossing(
                council.polity,
                council.factions[ordered[0]],
                council.factions[ordered[1]],
                tuple(contest.item for contest in contests),
                wins[ordered[0] != a],
                wins[ordered[0] == a],
                float(sum(1 - contest.doubt for contest in contests)),
                abs(log_factor),
            )
        )
    return tuple(sorted(rows, key=lambda row: -row.weight))


def _contest(council: CouncilLikelihood, item: Item, a: int, b: int) -> _Contest | None:
    first, second = council.factions[a], council.factions[b]
    log_salience = 0.0
    if item.issue:
        saliences = council.salience[council.issues.index(item.issue)]
        if min(saliences[a], saliences[b]) <= 0:
            return None
        log_salience = float(np.log(saliences[a] / saliences[b]))
    if item.kind == "act":
        if {item.favours, item.against} != {first, second}:
            return None
        return _Contest(item.id, item.favours == first, item.doubt, log_salience)
    if item.kind != "choice":
        return None
    wishes = _wish(council, item, a), _wish(council, item, b)
    if None in wishes or wishes[0] == wishes[1] or int(item.at) not in wishes:
        return None
    return _Contest(item.id, wishes[0] == int(item.at), item.doubt, log_salience)


def _wish(council: CouncilLikelihood, item: Item, f: int) -> int | None:
    """The option that a faction stood behind or stands nearest to; none where neither is known, or two are as near."""
    stance = item.stances.get(council.factions[f])
    if stance is not None:
        return stance
    if None in item.alternatives:
        return None
    position = council.values(np.zeros((council.unknowns, 1)))[:-3, 0].reshape(len(council.issues), -1)
    distance = np.abs(np.array(item.alternatives, dtype=np.float64) - position[council.issues.index(item.issue), f])
    nearest = np.flatnonzero(np.isclose(distance, distance.min()))
    return int(nearest[0]) if len(nearest) == 1 else None


def _log_bayes_factor(council: CouncilLikelihood, contests: list[_Contest]) -> float:
    """Log of the evidence if the first has more than half of the power of both, over that if it has less."""
    centre, spread = council.record.noise
    noises = np.exp(centre + spread * SCORES)[:, None]
    log_chance = np.zeros((len(SCORES), len(SHARES)))
    for contest in contests:
        lead = (np.log(SHARES / (1 - SHARES)) + contest.log_salience) / noises
        prevails = 1 / (1 + np.exp(-np.clip(lead if contest.first_won else -lead, -700, 700)))
        log_chance += np.log((1 - contest.doubt) * prevails + contest.doubt / 2)
    weight = np.exp(-(SCORES**2) / 2)[:, None] * np.exp(log_chance - log_chance.max())
    return float(np.log(weight[:, SHARES > 1 / 2].sum() / weight[:, SHARES < 1 / 2].sum()))


def contest_directions(council: CouncilLikelihood) -> Array:
    """Along which directions of power choices with stated wishes, and acts, can tell. Shapes: returns (R, F).

    One row an option of a choice (who stood behind it) and one an act (for whom and against whom), each less its mean.
    """
    rows = []
    for item in council.items:
        if item.kind == "act":
            rows.append([(faction == item.favours) - float(faction == item.against) for faction in council.factions])
        elif item.stances:
            rows += [
                [float(item.stances.get(faction) == option) for faction in council.factions]
                for option in range(len(item.alternatives))
            ]
    directions = np.array(rows, dtype=np.float64).reshape(len(rows), len(council.factions))
    return directions - directions.mean(axis=1, keepdims=True)
