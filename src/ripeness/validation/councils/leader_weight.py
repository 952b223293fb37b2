"""Leader weight: what the record says of how much a leader counts beyond his seat, and of a quota's size, by regime.

A body's leader weight (in log-odds) scatters around its regime's, and so does its noise; the scatter itself is
estimated, so that a body with one decision leans on the others of its regime. A body under another regime is another
body. All unknowns stand on grids and every sum over them is carried out, so that the answer has no chance in it beyond
the draws over the coded ranges.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from ripeness.validation.councils.contender import coalition, least_demand, move_to_leader, rule_outcome
from ripeness.validation.councils.noise import NOISES, chances
from ripeness.validation.councils.sitting import Sitting

Array = NDArray[np.float64]
REGIMES = ("democracy", "mixed", "autocracy")
LOGITS = np.linspace(-6, 6, 41)  # leader weights from .0025 to .9975
QUOTAS = np.linspace(0.15, 0.95, 17)  # steps of a twentieth: finer than any quota is known
SCATTERS = np.array([0.15, 0.4, 0.8, 1.2, 1.8, 2.5])  # scatter of bodies around their regime, log-odds
NOISE_SCATTERS = np.array([0.1, 0.3, 0.6, 1.0])  # scatter of bodies' noise, logarithms
# Priors, judged before the decisions were looked at: wide, so that 90 % of leader weights lie within .08 to .92.
WEIGHT_SPREAD, SCATTER, NOISE_CENTRE, NOISE_SPREAD, NOISE_SCATTER = 1.5, 1.0, 0.2, 0.8, 0.5
TINY = 1e-300
RULES = ("weighted_mean", "weighted_median", "quota")
LEAST_DEMAND = "least_demand"  # the quota rule as terms of peace use it
COALITIONS = {"quota": coalition, LEAST_DEMAND: least_demand}


@dataclass(frozen=True, slots=True)
class LeaderWeightPrior:
    """What is believed before: shapes weight (J,) and quota (Q,) by regime, noise (K,), apart (T,), noise_apart (W,).

    Each sums to 1.
    """

    weight: dict[str, Array]
    noise: Array
    apart: Array
    noise_apart: Array
    quota: dict[str, Array]


def leader_weight_prior(quotas: int = 1, width: float = 1.0) -> LeaderWeightPrior:
    """The stated priors on the grids; `width` makes that of the leader weight wider or narrower."""
    logs = np.log(NOISES / NOISE_CENTRE)
    return LeaderWeightPrior(
        dict.fromkeys(REGIMES, log_share(-0.5 * (LOGITS / (WEIGHT_SPREAD * width)) ** 2)),
        log_share(-0.5 * (logs / NOISE_SPREAD) ** 2),
        log_share(-0.5 * (SCATTERS / SCATTER) ** 2, np.gradient(SCATTERS)),
        log_share(-0.5 * (NOISE_SCATTERS / NOISE_SCATTER) ** 2, np.gradient(NOISE_SCATTERS)),
        dict.fromkeys(REGIMES, np.full(quotas, 1 / quotas)),
    )


def log_share(logs: Array, width: Array | float = 1.0) -> Array:
    """Shares that sum to 1 from their logarithms; `width` is how much of the scale a point of the grid stands for."""
    raw = np.exp(logs - logs.max()) * width
    return np.asarray(raw / raw.sum())


def scatter_matrix(grid: Array, apart: Array) -> Array:
    """How bodies scatter around a regime's value. Shapes: grid (J,), apart (T,); returns (T, J, J), rows sum to 1."""
    gap = (grid[None, :, None] - grid[None, None, :]) / apart[:, None, None]
    raw = np.exp(-0.5 * gap**2)
    return np.asarray(raw / raw.sum(axis=-1, keepdims=True))


def option_chances(rule: str, sitting: Sitting) -> Array:
    """The chance of each option by quota, leader weight and noise; one quota where the rule has none.

    Shapes: returns (Q, J, K, O).
    """
    weights = tuple(float(x) for x in 1 / (1 + np.exp(-LOGITS)))
    if rule in COALITIONS:
        settings = tuple((weight, float(quota)) for quota in QUOTAS for weight in weights)
        probabilities = chances(COALITIONS[rule](settings, sitting), sitting.options)
        return probabilities.reshape(len(QUOTAS), len(LOGITS), *probabilities.shape[1:])
    outcomes = move_to_leader(weights, rule_outcome(rule, sitting), sitting.position[sitting.leader])
    return chances(outcomes, sitting.options)[None]


@dataclass(frozen=True, slots=True)
class LeaderWeightPosterior:
    """The posterior under one rule.

    Shapes: by regime: typical (J,) the regime's own leader weight, body (J,) that of a body of the regime, noise (K,),
    quota (Q,); apart (T,). All sum to 1.
    """

    rule: str
    log_evidence: float
    typical: dict[str, Array]
    body: dict[str, Array]
    noise: dict[str, Array]
    quota: dict[str, Array]
    apart: Array


@dataclass(frozen=True, slots=True)
class CouncilRecord:
    """Decisions laid out for weighing. Shapes: chance of each decision (Q, J, K, O); one body and regime a decision."""

    rule: str
    chance: tuple[Array, ...]
    bodies: tuple[tuple[str, str], ...]


def council_record(rule: str, sittings: Sequence[Sitting]) -> CouncilRecord:
    """Lay out councils under one rule."""
    bodies = tuple((sitting.body, sitting.regime) for sitting in sittings)
    return CouncilRecord(rule, tuple(option_chances(rule, sitting) for sitting in sittings), bodies)


def update_leader_weight(
    record: CouncilRecord, decided: Sequence[int], prior: LeaderWeightPrior | None = None
) -> LeaderWeightPosterior:
    """What the decisions leave of the priors.

    1. A body's likelihood is the product of its decisions', by quota, leader weight and noise.
    2. It is averaged over where the body may lie around its regime, for each size of scatter.
    3. A regime's likelihood is the product of its bodies'; quota, weight and noise are a regime's own.
    4. The scatter is common to all regimes, and all is multiplied with the priors and summed.
    """
    quotas = record.chance[0].shape[0]
    prior = prior or leader_weight_prior(quotas)
    spread, noise_scatter = scatter_matrix(LOGITS, SCATTERS), scatter_matrix(np.log(NOISES), NOISE_SCATTERS)
    regimes = {
        name: np.zeros((quotas, len(SCATTERS), len(NOISE_SCATTERS), len(LOGITS), len(NOISES))) for name in REGIMES
    }
    for body in dict.fromkeys(record.bodies):
        places = [n for n, body_of_decision in enumerate(record.bodies) if body_of_decision == body]
        logs = np.sum([np.log(record.chance[n][..., decided[n]]) for n in places], axis=0)
        top = logs.max()
        across = np.matmul(spread, np.exp(logs - top)[:, None])  # (Q, T, J, K)
        regimes[body[1]] += top + np.log(np.matmul(across[:, :, None], noise_scatter.transpose(0, 2, 1)))
    joint = {
        name: _logs(prior.quota[name])[:, None, None, None, None]
        + _logs(prior.weight[name])[:, None]
        + _logs(prior.noise)
        + log_likelihood
        for name, log_likelihood in regimes.items()
    }
    sums = {name: _log_sum(log_likelihood, (0, 3, 4)) for name, log_likelihood in joint.items()}  # (T, W)
    log_total = sum(sums.values()) + _logs(prior.apart)[:, None] + _logs(prior.noise_apart)
    scatter = np.exp(log_total - _log_sum(log_total, (0, 1)))
    posterior = {
        name: np.exp(joint[name] - sums[name][:, :, None, None]) * scatter[:, :, None, None] for name in REGIMES
    }
    return LeaderWeightPosterior(
        record.rule,
        float(_log_sum(log_total, (0, 1))),
        {name: part.sum(axis=(0, 1, 2, 4)) for name, part in posterior.items()},
        {name: np.einsum("tj,tjk->k", part.sum(axis=(0, 2, 4)), spread) for name, part in posterior.items()},
        {name: part.sum(axis=(0, 1, 2, 3)) for name, part in posterior.items()},
        {name: part.sum(axis=(1, 2, 3, 4)) for name, part in posterior.items()},
        scatter.sum(axis=1),
    )


def _log_sum(logs: Array, axes: tuple[int, ...]) -> Array:
    top = logs.max(axis=axes, keepdims=True)
    return np.asarray(np.log(np.exp(logs - top).sum(axis=axes)) + top.squeeze(axes))


def _logs(share: Array) -> Array:
    """Logarithms of shares; what cannot be stays so unlikely that nothing of it is left in a sum."""
    return np.asarray(np.log(np.maximum(share, TINY)))


def body_priors(prior: LeaderWeightPrior) -> dict[str, Array]:
    """What priors say of the leader weight of a body of each regime. Shapes: returns (J,) by regime."""
    spread = scatter_matrix(LOGITS, SCATTERS)
    return {name: np.einsum("t,j,tjk->k", prior.apart, share, spread) for name, share in prior.weight.items()}
