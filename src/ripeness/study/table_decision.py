"""Decide an actor table: every issue by one rule, on draws of the ranges in the table."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from ripeness.decision.rule import CAPTOR, DEFAULTS, FOLLOWS, QUOTA, ROUNDS, Rule
from ripeness.scenario.actor_table import ActorTable
from ripeness.world.arithmetic import normal_block
from ripeness.world.chance import DECISION, INPUT, stable_id, uniforms

Array = NDArray[np.float64]
Z90 = 1.6448536269514722  # standard normal quantile at .95: half of a 90 % interval in standard deviations
ENDS = (0.05, 0.95)
EFFORT = 3e9  # steps; a rule that would need more on a large table gets fewer draws, and says so


@dataclass(frozen=True, slots=True)
class RuleOutcome:
    """What one rule decides: the median over draws and the 90 % interval, in the table's own unit.

    `rounds` holds the outcome of every round where the rule is played in rounds.
    """

    rule: str
    outcome: float
    low: float
    high: float
    rounds: tuple[float, ...] = ()


@dataclass(frozen=True, slots=True)
class Council:
    """The drawn inputs: power (F, R), salience and position (I, F, R), positions as shares of the issue's length.

    `follows` (R,) is 1 in draws in which a choice follows the leader, 0 where the pivot.
    """

    table: ActorTable
    power: Array
    salience: Array
    position: Array
    leader: int
    leader_weight: float
    quota: float
    captor: int
    status_quo: float
    follows: Array


def draw_followed(leader_share: float, draws: int, seed: int) -> Array:
    """Whom choices follow, the leader (1) or the pivot (0); in a single draw the likelier. Shapes: returns (draws,).

    >>> float(draw_followed(0.36, 1, seed=1)[0]), float(draw_followed(0.36, 2000, seed=1).mean().round(1))
    (0.0, 0.4)
    """
    random = np.full((4, draws), 0.5)
    if draws > 1:
        uniforms(seed, np.arange(draws, dtype=np.uint64), 0, DECISION, stable_id("leader"), random)
    return (random[0] < leader_share).astype(np.float64)


def draw_table(table: ActorTable, draws: int, seed: int) -> tuple[Array, Array, Array]:
    """Draw every number once per draw; luck is keyed by names, so the order of rows and columns changes nothing.

    Shapes: returns power (F, R), salience and position (I, F, R).
    """
    low = table.ends[:, 0, None, None]
    length = np.diff(table.ends)[..., None]
    length = np.where(length > 0, length, 1.0)
    power = np.empty((len(table.actors), draws))
    salience = np.empty((len(table.issues), len(table.actors), draws))
    position = np.empty_like(salience)
    for f, actor in enumerate(table.actors):
        weight = _normal(table.influence[f], table.best.influence[f], draws, seed, f"{actor}/influence")
        power[f] = np.maximum(weight, 0.0)
        for i, issue in enumerate(table.issues):
            care = _normal(table.salience[i, f], table.best.salience[i, f], draws, seed, f"{actor}/{issue}/salience")
            salience[i, f] = np.clip(care, 0.0, 1.0)
            best = table.best.position[i, f]
            position[i, f] = _normal(table.position[i, f], best, draws, seed, f"{actor}/{issue}/position")
    return power, salience, (position - low) / length


def _normal(ends: Array, best: float, draws: int, seed: int, name: str) -> Array:
    """A number from its 90 % interval, normal on either side of its best guess; the same luck for the same name, seed
    and draw. Without a best guess, which is then not a number, the middle of the interval takes its place.
    """
    low, high = float(ends[0]), float(ends[1])
    if low == high:
        return np.full(draws, low)
    luck, out = np.empty((4, draws)), np.empty(draws)
    uniforms(seed, np.arange(draws, dtype=np.uint64), 0, INPUT, stable_id(name), luck)
    normal_block(luck[0], out, np.empty(draws))
    if np.isnan(best):
        return (low + high) / 2 + out * ((high - low) / 2 / Z90)
    return best + out * np.where(out < 0, best - low, high - best) / Z90


def decide_by(rule: Rule, council: Council, notes: list[str]) -> tuple[RuleOutcome, ...]:
    """What one rule decides on every issue, back in the table's unit."""
    issues, factions, draws = council.position.shape
    used = int(max(1, min(draws, EFFORT / steps_of_rule(rule, issues, factions))))
    if used < draws:
        notes.append(f"{rule.name}: {used} draws only, the table is large")
    back = outcomes_by_draw(rule, council, used)
    low, high = np.quantile(back[:, -1], ENDS, axis=-1)
    middle = np.median(back, axis=-1)
    return tuple(
        RuleOutcome(
            rule.name,
            float(middle[i, -1]),
            float(low[i]),
            float(high[i]),
            tuple(float(value) for value in middle[i]) if rule.rounds else (),
        )
        for i in range(issues)
    )


def outcomes_by_draw(rule: Rule, council: Council, used: int) -> Array:
    """What one rule decides in the first `used` draws, in the table's unit.

    Shapes: returns (I, rounds, used); one round where the rule is not played in rounds.
    """
    issues, factions, _ = council.position.shape
    settings = np.repeat(DEFAULTS[:, None], used, axis=1)
    settings[QUOTA], settings[CAPTOR], settings[FOLLOWS] = council.quota, council.captor, council.follows[:used]
    ends = council.table.ends
    length = np.where(ends[:, 1] > ends[:, 0], ends[:, 1] - ends[:, 0], 1.0)
    out = np.empty((issues, int(DEFAULTS[ROUNDS]) if rule.rounds else 1, used))
    (rule.rounds or rule.kernel)(
        np.ascontiguousarray(council.power[:, :used]),
        np.ascontiguousarray(council.salience[..., :used]),
        np.ascontiguousarray(council.position[..., :used]),
        np.zeros(factions, dtype=np.bool_),
        council.leader,
        np.full(used, council.leader_weight),
        np.repeat((council.status_quo - ends[:, 0])[:, None] / length[:, None], used, axis=1),
        settings,
        out if rule.rounds else out[:, 0],
    )
    back: Array = ends[:, 0, None, None] + out * length[:, None, None]
    return back


def steps_of_rule(rule: Rule, issues: int, factions: int) -> float:
    """About how many steps a rule takes for one draw: only its order of growth matters."""
    if rule.joint:
        return float(issues**3 * factions**3)
    return float(issues * factions**3 * (24 if rule.rounds else 1))
