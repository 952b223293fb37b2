"""Contenders: every way of deciding that is set against the record, from the rules of the war to the plainest guesses.

Each says where a council would come out, in every draw and for each of its own settings, without seeing the decision.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial

import numpy as np
from numpy.typing import NDArray

from ripeness.decision.rule import CAPTOR, DEFAULTS, QUOTA
from ripeness.decision.rules import TABLE
from ripeness.validation.councils.sitting import Sitting
from ripeness.world.chance import SAMPLE, stable_id, uniforms

Array = NDArray[np.float64]
LEADS = tuple(float(x) for x in np.linspace(0, 1, 11))  # leader weights tried: steps of a tenth
QUOTAS = tuple(float(x) for x in np.linspace(0.15, 0.95, 9))  # quotas tried: from a small band to nearly all
LEADER, MEAN, EITHER = "leader decides", "weighted_mean", "pivot_or_leader"


@dataclass(frozen=True, slots=True)
class Contender:
    """A way of deciding; `settings` are the (leader weight, quota) pairs that are fitted on other bodies.

    `outcomes` gives, for each setting and draw, where the council comes out: shapes (S, R).
    """

    name: str
    kind: str
    says: str
    settings: tuple[tuple[float, float], ...]
    outcomes: Callable[[Sitting], Array]


def contenders() -> tuple[Contender, ...]:
    """Rules as they stand, rules with a leader's weight fitted on other bodies, and baselines.

    Of the rules for one issue, `capture` is told that the leader is the captor and `unitary` that nobody leads, so that
    the one equals "leader decides" and the other the mean by formal weight.
    """
    plain = [
        Contender(rule.name, "rule", rule.title, ((0.0, np.nan),), partial(_rule, rule.name))
        for rule in TABLE.values()
        if rule.name != EITHER
    ]
    weights = tuple((weight, np.nan) for weight in LEADS)
    with_leader = [
        Contender(
            f"{name} + leader",
            "led",
            f"{TABLE[name].title}, a leader's weight fitted",
            weights,
            partial(_rule_with_leader, name),
        )
        for name in (MEAN, "weighted_median")
    ]
    with_leader.append(Contender(EITHER, "led", f"{TABLE[EITHER].title}, how often fitted", weights, _drawn_between))
    weights_and_quotas = tuple((weight, quota) for weight in LEADS for quota in QUOTAS)
    with_leader.append(
        Contender(
            "quota + leader",
            "led",
            "Quota, its size and a leader's weight fitted",
            weights_and_quotas,
            partial(coalition, weights_and_quotas),
        )
    )
    return (*plain, *with_leader, *_baselines())


def _baselines() -> list[Contender]:
    no_settings = ((np.nan, np.nan),)
    return [
        Contender(LEADER, "baseline", "The leader's own view", no_settings, lambda s: s.position[s.leader][None]),
        Contender("mean", "baseline", "Each member alike", no_settings, lambda s: s.position.mean(axis=0)[None]),
        Contender(
            "median", "baseline", "The member in the middle", no_settings, lambda s: np.median(s.position, axis=0)[None]
        ),
        Contender(
            "majority", "baseline", "The option nearest to most voters", no_settings, lambda s: majority_option(s)[None]
        ),
        Contender("status quo", "baseline", "Nothing changes", no_settings, lambda s: s.status_quo[None]),
    ]


def majority_option(sitting: Sitting) -> Array:
    """The option nearest to most voters by number; a tie goes to the option nearer to the leader. Shapes: (R,)."""
    gap = np.abs(sitting.options[:, None, None] - sitting.position)
    counts = np.zeros((len(sitting.options), sitting.position.shape[1]))
    np.add.at(counts, (gap.argmin(axis=0), np.arange(counts.shape[1])), sitting.votes[:, None])
    # The leader's nearness lies between 0 and 1: a millionth of it breaks ties and nothing else.
    return np.asarray(sitting.options[(counts - 1e-6 * gap[:, sitting.leader]).argmax(axis=0)])


def _rule(name: str, sitting: Sitting) -> Array:
    if name == "quota":
        return coalition(((0.0, sitting.quota),), sitting)
    return rule_outcome(name, sitting)[None]


def _rule_with_leader(name: str, sitting: Sitting) -> Array:
    return move_to_leader(LEADS, rule_outcome(name, sitting), sitting.position[sitting.leader])


def _drawn_between(sitting: Sitting) -> Array:
    """The leader's position in a share of the draws, the pivot's in the others; both at even chances over draws.

    Shapes: returns (S, R).
    """
    key, draws = stable_id(f"{sitting.id}/{EITHER}"), sitting.position.shape[1]
    random = np.empty((4, draws))
    uniforms(0, np.arange(draws, dtype=np.uint64), 0, SAMPLE, key, random)
    place = random[0].argsort().argsort() / draws  # exactly that share of the draws
    follows = place < np.asarray(LEADS)[:, None]
    return np.where(follows, sitting.position[sitting.leader], rule_outcome("weighted_median", sitting))


def move_to_leader(weights: tuple[float, ...], outcome: Array, leader: Array) -> Array:
    """An outcome moved towards the leader by each weight. Shapes: outcome and leader (R,); returns (S, R)."""
    share = np.asarray(weights)[:, None]
    return np.asarray(share * leader + (1 - share) * outcome)


def rule_outcome(name: str, sitting: Sitting) -> Array:
    """What a rule gives without any weight of the leader. Shapes: returns (R,)."""
    draws = sitting.position.shape[1]
    rows = np.repeat(DEFAULTS[:, None], draws, axis=1)
    rows[CAPTOR] = sitting.leader
    out = np.empty((1, draws))
    TABLE[name].kernel(
        sitting.power,
        sitting.salience[None],
        sitting.position[None],
        sitting.veto,
        -1,
        np.zeros(draws),
        sitting.status_quo[None],
        rows,
        out,
    )
    return np.asarray(np.clip(out[0], 0.0, 1.0))


def coalition(settings: tuple[tuple[float, float], ...], sitting: Sitting) -> Array:
    """How far a coalition above the quota lets policy move away from where it stood, the leader's weight included.

    In war talks policy stands at fighting on, and the quota rule gives the least demand that a coalition accepts. A
    council
    may start anywhere: the rule is asked for moves down and, with the axis turned round, for moves up. Where neither
    coalition exists policy stays; where both do (a quota below a half), the leader's side wins.

    Shapes: returns (S, R).
    """
    status_quo, leader = sitting.status_quo, sitting.position[sitting.leader]
    down = _lowest_accepted(settings, sitting, sitting.position)
    up = 1 - _lowest_accepted(settings, sitting, 1 - sitting.position)
    falls, rises = down < status_quo, up > status_quo
    falls, rises = falls & ~(rises & (leader > status_quo)), rises & ~(falls & (leader <= status_quo))
    return np.asarray(np.clip(np.where(falls, down, np.where(rises, up, status_quo)), 0.0, 1.0))


def least_demand(settings: tuple[tuple[float, float], ...], sitting: Sitting) -> Array:
    """Where a coalition above the quota ends a war that is fought: the least position that it accepts.

    This is the rule of terms as the months of a war use it: policy stands at fighting on, only moves down are asked
    for, and a quota below a half lets a minority make peace. Shapes: returns (S, R).
    """
    return np.asarray(np.clip(_lowest_accepted(settings, sitting, sitting.position), 0.0, 1.0))


def _lowest_accepted(settings: tuple[tuple[float, float], ...], sitting: Sitting, position: Array) -> Array:
    """The least position that a coalition accepts, by setting. Shapes: position (F, R); returns (S, R)."""
    draws, count = position.shape[1], len(settings)
    rows = np.repeat(DEFAULTS[:, None], draws * count, axis=1)
    rows[QUOTA] = np.repeat([quota for _, quota in settings], draws)
    weight, out = np.repeat([leader_weight for leader_weight, _ in settings], draws), np.empty((1, draws * count))
    TABLE["quota"].kernel(
        np.tile(sitting.power, count),
        np.tile(sitting.salience, count)[None],
        np.tile(position, count)[None],
        sitting.veto,
        sitting.leader,
        weight,
        np.zeros((1, draws * count)),
        rows,
        out,
    )
    return out.reshape(count, draws)
