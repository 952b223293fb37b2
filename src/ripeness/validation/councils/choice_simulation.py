"""Simulated choices: bodies that choose by known leader shares, fitted as if they were the record, for the ranks of
true values (simulation-based calibration, Talts and others 2018, arXiv 1804.06788).
"""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
from numpy.typing import NDArray

from ripeness.scenario.choice_record import VOTING_RULES
from ripeness.validation.councils.choice_rule import (
    CENTRE_SPREAD,
    DIFFERENCES,
    EFFECTS,
    Cell,
    ChoiceData,
    ChoiceGrid,
    ChoicePosterior,
    difference_prior,
    effect_priors,
    update_choice_rule,
)
from ripeness.validation.councils.choice_ways import LOGITS
from ripeness.validation.councils.leader_weight import REGIMES, log_share, scatter_matrix
from ripeness.validation.councils.simulation_check import draw_index, uniform_draw

Array = NDArray[np.float64]


def simulate_choices(data: ChoiceData, grid: ChoiceGrid, number: int, seed: int) -> tuple[dict[str, int], list[int]]:
    """Draw true values from the priors, then what every body of the record chooses under them.

    Returns the places of the true values on their grids by name, and the option chosen by decision.
    """
    draw: Callable[[Array, str], int] = lambda share, name: draw_index(
        share, uniform_draw(seed, number, f"choice/{name}")
    )
    combination = draw(grid.prior, "combination")
    scatter, noise_scatter, centre = np.unravel_index(
        combination, (len(grid.scatters), len(grid.noise_scatters), len(grid.centres))
    )
    voting_differs, regimes_differ = (draw(difference_prior(), name) for name in ("voting", "regimes"))
    common = draw(log_share(-0.5 * (LOGITS / CENTRE_SPREAD) ** 2), "common")
    regime_value = dict.fromkeys(REGIMES, common)
    if DIFFERENCES[regimes_differ] > 0:
        around = scatter_matrix(LOGITS, DIFFERENCES[regimes_differ : regimes_differ + 1])[0, common]
        regime_value = {name: draw(around, f"regime/{name}") for name in REGIMES}
    step = EFFECTS[1] - EFFECTS[0]
    shift = {
        rule: int(np.rint(EFFECTS[draw(effect_priors()[voting_differs], f"voting/{rule}")] / step))
        for rule in VOTING_RULES
    }
    cell_value: dict[Cell, int] = {
        (regime, rule): int(np.clip(value + shift[rule], 0, len(LOGITS) - 1))
        for regime, value in regime_value.items()
        for rule in VOTING_RULES
    }
    decided = []
    for n, (body, cell) in enumerate(zip(data.bodies, data.cells, strict=True)):
        key = "/".join((body, *cell))
        share = draw(grid.body_shares[scatter, cell_value[cell]], f"{key}/share")
        noise = draw(grid.body_noises[noise_scatter, centre], f"{key}/noise")
        decided.append(draw(data.chance[n][share, noise], f"decision/{n}"))
    truth = {"/".join(cell): cell_value[cell] for cell in set(data.cells)}
    return truth | {"voting": voting_differs, "regimes": regimes_differ, "combination": combination}, decided


def choice_marginals(posterior: ChoicePosterior) -> dict[str, Array]:
    """The posterior of every true value that a simulated record draws, by name."""
    cells = {"/".join(cell): joint.sum(axis=0) for cell, joint in posterior.cell.items()}
    return cells | {
        "voting": posterior.differ.sum(axis=1),
        "regimes": posterior.differ.sum(axis=0),
        "combination": posterior.combination,
    }


def rank_choices(data: ChoiceData, grid: ChoiceGrid, simulations: int, *, seed: int = 1) -> dict[str, Array]:
    """Where the true values of simulated records lie in their posteriors, 0 to 1. Shapes: (simulations,) each."""
    cells = tuple(dict.fromkeys(data.cells))
    ranks: dict[str, list[float]] = {}
    for number in range(simulations):
        truth, decided = simulate_choices(data, grid, number, seed)
        marginals = choice_marginals(update_choice_rule(data, decided, grid, cells))
        for name, place in truth.items():
            share = marginals[name]
            within = share[place] * uniform_draw(seed, number, f"choice rank/{name}")
            ranks.setdefault(name, []).append(float(share[:place].sum()) + within)
    return {name: np.array(values) for name, values in ranks.items()}
