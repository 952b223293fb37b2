"""Simulated: councils that decide by known leader weights, weighed as if they were the record: are the true values
found?

Simulation-based calibration: where true values are drawn from the priors, the posterior's probability of lying below
the
truth is uniform between 0 and 1. A bend or a slope in it betrays a mistake in the equations or in the code.

Source: Talts, Betancourt, Simpson, Vehtari and Gelman 2018, arXiv 1804.06788.
"""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
from numpy.typing import NDArray

from ripeness.validation.councils.leader_weight import (
    LOGITS,
    NOISE_SCATTERS,
    REGIMES,
    SCATTERS,
    CouncilRecord,
    LeaderWeightPosterior,
    leader_weight_prior,
    scatter_matrix,
    update_leader_weight,
)
from ripeness.validation.councils.noise import NOISES
from ripeness.world.chance import SAMPLE, stable_id, uniforms

Array = NDArray[np.float64]
BINS = 10
Truth = dict[str, int]


def rank_simulations(record: CouncilRecord, simulations: int = 120, *, seed: int = 1) -> dict[str, Array]:
    """Where the true values of simulated records lie in their posteriors, 0 to 1, by name. Shapes: (simulations,)
    each.
    """
    ranks_by_name: dict[str, list[float]] = {}
    for number in range(simulations):
        truth, decided = simulate_record(record, number, seed)
        posterior = posteriors(update_leader_weight(record, decided))
        for name, place in truth.items():
            below = float(posterior[name][:place].sum())
            ranks_by_name.setdefault(name, []).append(
                below + posterior[name][place] * uniform_draw(seed, number, f"rank/{name}")
            )
    return {name: np.array(values) for name, values in ranks_by_name.items()}


def posteriors(posterior: LeaderWeightPosterior) -> dict[str, Array]:
    """Every unknown that a simulated record draws for its regimes, by name."""
    parts = {"weight": posterior.typical, "noise": posterior.noise, "quota": posterior.quota}
    by_name = {f"{quantity} {name}": part[name] for quantity, part in parts.items() for name in REGIMES}
    return {**by_name, "scatter": posterior.apart}


def simulate_record(record: CouncilRecord, number: int, seed: int) -> tuple[Truth, list[int]]:
    """Draw true values from the priors, then what every council of the record decides under them."""
    prior = leader_weight_prior(record.chance[0].shape[0])
    scatter, noise_scatter_matrix = scatter_matrix(LOGITS, SCATTERS), scatter_matrix(np.log(NOISES), NOISE_SCATTERS)
    draw: Callable[[Array, str], int] = lambda share, name: draw_index(share, uniform_draw(seed, number, name))
    truth = {"scatter": draw(prior.apart, "scatter")}
    noise_scatter = draw(prior.noise_apart, "scatter of noise")
    for name in REGIMES:
        truth[f"weight {name}"] = draw(prior.weight[name], f"weight/{name}")
        truth[f"noise {name}"] = draw(prior.noise, f"noise/{name}")
        truth[f"quota {name}"] = draw(prior.quota[name], f"quota/{name}")
    body_values = {}
    for body in dict.fromkeys(record.bodies):
        centre, noise = truth[f"weight {body[1]}"], truth[f"noise {body[1]}"]
        key = "/".join(body)
        body_values[body] = (
            truth[f"quota {body[1]}"],
            draw(scatter[truth["scatter"], centre], f"{key}/weight"),
            draw(noise_scatter_matrix[noise_scatter, noise], f"{key}/noise"),
        )
    decided = [draw(record.chance[n][body_values[body]], f"decision/{n}") for n, body in enumerate(record.bodies)]
    return truth, decided


def draw_index(share: Array, number: float) -> int:
    """The place at which shares added up pass a number between 0 and 1.

    >>> draw_index(np.array([0.25, 0.75]), 0.3)
    1
    """
    return min(int(np.searchsorted(np.cumsum(share), number)), len(share) - 1)


def uniform_draw(seed: int, number: int, name: str) -> float:
    """A uniform number by name, for one simulated record."""
    out = np.empty((4, 1))
    uniforms(seed, np.array([number], dtype=np.uint64), 0, SAMPLE, stable_id(f"simulated/{name}"), out)
    return float(out[0, 0])


def unevenness(rank: Array) -> float:
    """How far ranks are from uniform: Pearson's chi-square over ten equal bins, 9 degrees of freedom.

    >>> unevenness((np.arange(20) + 0.5) / 20)
    0.0
    """
    count = np.histogram(rank, BINS, (0, 1))[0]
    expected = len(rank) / BINS
    return float(((count - expected) ** 2 / expected).sum())
