"""Choice rule: how often a body's choice follows its leader and how often its pivot, by regime and voting rule.

Every choice follows one of the two: with a chance that is the body's own (its leader share) it is made where the leader
stands, else where the pivot stands. In log-odds, a body's leader share scatters around what its regime and its voting
rule add to what all bodies have in common; how much regimes and voting rules differ is unknown, and may be nothing.
The noise of a choice scatters between bodies likewise. All unknowns stand on grids, and every sum is carried out.

A body under another regime or voting rule counts as another body.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from itertools import product

import numpy as np
from numpy.typing import NDArray

from ripeness.scenario.choice_record import VOTING_RULES
from ripeness.validation.councils.choice_ways import DRAWN, LOGITS, WAYS
from ripeness.validation.councils.leader_weight import REGIMES, log_share, scatter_matrix
from ripeness.validation.councils.noise import NOISES
from ripeness.validation.councils.sitting import Sitting

Array = NDArray[np.float64]
Cell = tuple[str, str]  # a regime and a voting rule
EFFECTS = np.linspace(-3, 3, 9)  # what a voting rule adds; the same steps as those of the leader shares
# Priors: nine in ten leader shares lie within .08 to .92; whether regimes or voting rules differ stands at even odds.
CENTRE_SPREAD, SCATTER_SCALE, DIFFERENCE_SCALE = 1.5, 1.0, 0.8
NOISE_MIDDLE, NOISE_WIDTH, NOISE_SCATTER_SCALE = 0.2, 0.8, 0.5
DIFFERENCES = np.array([0.0, 0.4, 0.8, 1.4])  # scatter of regimes, or of voting rules; 0: they do not differ


@dataclass(frozen=True, slots=True)
class ChoiceGrid:
    """What is summed over besides leader shares: scatter of bodies (S,), and centre (K,) and scatter (W,) of noise."""

    scatters: Array = field(default_factory=lambda: np.array([0.3, 0.8, 1.4, 2.2]))
    centres: Array = field(default_factory=lambda: NOISES[::2])
    noise_scatters: Array = field(default_factory=lambda: np.array([0.15, 0.4, 0.8]))

    @property
    def prior(self) -> Array:
        """The chance of each combination before the record. Shapes: (S * W * K,), summing to 1."""
        scatter = _half_normal(self.scatters, SCATTER_SCALE)
        apart = _half_normal(self.noise_scatters, NOISE_SCATTER_SCALE)
        centre = log_share(-0.5 * (np.log(self.centres / NOISE_MIDDLE) / NOISE_WIDTH) ** 2)
        return np.asarray((scatter[:, None, None] * apart[:, None] * centre).ravel())

    @property
    def body_shares(self) -> Array:
        """How leader shares of bodies lie around a centre. Shapes: (S, J, J), rows sum to 1."""
        return scatter_matrix(LOGITS, self.scatters)

    @property
    def body_noises(self) -> Array:
        """How the noises of bodies lie around a centre. Shapes: (W, K, all noises), rows sum to 1."""
        gap = np.log(self.centres)[None, :, None] - np.log(NOISES)
        raw = np.exp(-0.5 * (gap / self.noise_scatters[:, None, None]) ** 2)
        return np.asarray(raw / raw.sum(axis=-1, keepdims=True))


GRID = ChoiceGrid()
NO_SHARE_GRID = ChoiceGrid(scatters=np.array([SCATTER_SCALE]))  # for ways to choose that know no leader share


@dataclass(frozen=True, slots=True)
class ChoiceData:
    """Choices laid out for the fit. Shapes: chance of each choice (J, K, O), by leader share, noise and option."""

    chance: tuple[Array, ...]
    bodies: tuple[str, ...]
    cells: tuple[Cell, ...]

    def part(self, places: Sequence[int]) -> ChoiceData:
        """Some of the choices."""
        return ChoiceData(
            tuple(self.chance[n] for n in places),
            tuple(self.bodies[n] for n in places),
            tuple(self.cells[n] for n in places),
        )


def choice_data(sittings: Sequence[Sitting], voting: Sequence[str], choice_way: str = DRAWN) -> ChoiceData:
    """Lay out councils for the fit under one of the WAYS; `voting` is the voting rule of each."""
    return ChoiceData(
        tuple(WAYS[choice_way](sitting) for sitting in sittings),
        tuple(sitting.body for sitting in sittings),
        tuple((sitting.regime, rule) for sitting, rule in zip(sittings, voting, strict=True)),
    )


@dataclass(frozen=True, slots=True)
class ChoicePosterior:
    """What the record leaves.

    Shapes: differ (T, T) by the scatter of voting rules and of regimes, summing to 1; cell (C, J) for each regime and
    voting rule: scatter and noise jointly with the centre of the leader shares of its bodies; combination (C,).
    """

    log_evidence: float
    differ: Array
    cell: dict[Cell, Array]
    combination: Array
    grid: ChoiceGrid

    def body_share(self, cell: Cell) -> Array:
        """The leader share of a body that is not on the record. Shapes: (J,), summing to 1."""
        by_scatter = self.cell[cell].reshape(len(self.grid.scatters), -1, len(LOGITS)).sum(axis=1)
        return np.asarray(np.einsum("sj,sjk->k", by_scatter, self.grid.body_shares))

    def body_noise(self) -> Array:
        """The noise of a body that is not on the record. Shapes: (all noises,), summing to 1."""
        grid = self.grid
        by_noise = self.combination.reshape(-1, len(grid.noise_scatters), len(grid.centres)).sum(axis=0)
        return np.asarray(np.einsum("wc,wck->k", by_noise, grid.body_noises))

    def chance(self, data: ChoiceData, n: int) -> Array:
        """The chance of each option of a choice by a body that is not on the record. Shapes: (O,)."""
        grid = self.grid
        joint = self.cell[data.cells[n]].reshape(
            len(grid.scatters), len(grid.noise_scatters), len(grid.centres), len(LOGITS)
        )
        weight = np.einsum("swcj,sji,wck->ik", joint, grid.body_shares, grid.body_noises, optimize=True)
        return np.asarray(np.einsum("ik,iko->o", weight, data.chance[n]))

    @property
    def regimes_differ(self) -> float:
        """The probability that regimes differ; a half before the record."""
        return float(self.differ[:, 1:].sum())

    @property
    def voting_differs(self) -> float:
        """The probability that voting rules differ; a half before the record."""
        return float(self.differ[1:].sum())


def update_choice_rule(
    data: ChoiceData, decided: Sequence[int], grid: ChoiceGrid = GRID, cells: Sequence[Cell] | None = None
) -> ChoicePosterior:
    """What decisions leave of the priors; `cells` names those whose posterior is wanted, all by default.

    1. A body's likelihood is the product of its choices', by leader share and noise, averaged over its scatter.
    2. For each voting rule it is summed over what the rule adds, given the three regimes' values.
    3. The product over voting rules is summed over regimes' values, which scatter around what is common to all.
    """
    tables = _cell_likelihoods(data, decided, grid)
    effects, regimes = effect_priors(), regime_priors()
    by_rule = [
        _sum_over_effects(tables, rule, effects, len(grid.prior)) for rule in VOTING_RULES
    ]  # each (T, C, J^3), as logarithms
    log_joint = np.sum(by_rule, axis=0)
    top = log_joint.max(axis=2, keepdims=True)
    sums = np.exp(log_joint - top) @ regimes.T  # (T, C, T)
    differences = np.log(difference_prior())
    log_total = top + np.log(sums) + np.log(grid.prior)[:, None] + differences[:, None, None] + differences
    highest = float(log_total.max())
    raw = np.exp(log_total - highest)
    weight = raw / raw.sum()
    evidence = highest + float(np.log(raw.sum()))
    share = weight / sums  # (T, C, T): the weight of a unit of likelihood
    posterior = np.exp(log_joint - top) * (share @ regimes)  # (T, C, J^3), summing to 1
    wanted = tuple(product(REGIMES, VOTING_RULES)) if cells is None else tuple(cells)
    return ChoicePosterior(
        evidence,
        weight.sum(axis=1),
        {cell: _cell_posterior(tables, cell, effects, posterior, by_rule) for cell in wanted},
        weight.sum(axis=(0, 2)),
        grid,
    )


def _cell_likelihoods(data: ChoiceData, decided: Sequence[int], grid: ChoiceGrid) -> dict[Cell, Array]:
    """Log likelihood of each regime's and voting rule's bodies by the centre of their leader shares. Shapes: (C, J)."""
    places: dict[tuple[str, Cell], list[int]] = {}
    for n, body in enumerate(zip(data.bodies, data.cells, strict=True)):
        places.setdefault(body, []).append(n)
    tables: dict[Cell, Array] = {}
    for (_, cell), choices in places.items():
        logs = np.sum([np.log(data.chance[n][..., decided[n]]) for n in choices], axis=0)  # (J, K)
        top = logs.max()
        across = grid.body_shares @ np.exp(logs - top)  # (S, J, K)
        scattered = np.einsum("sjk,wck->swcj", across, grid.body_noises, optimize=True)
        tables[cell] = tables.get(cell, 0.0) + top + np.log(scattered.reshape(-1, len(LOGITS)))
    return tables


def _half_normal(grid: Array, scale: float) -> Array:
    """A half-normal prior on a grid that starts above 0; 1 where the grid has one point."""
    width = np.gradient(grid) if len(grid) > 1 else 1.0
    return log_share(-0.5 * (grid / scale) ** 2, width)


def difference_prior() -> Array:
    """Even odds on no difference, the other half on differences of the stated size. Shapes: (T,)."""
    some = log_share(-0.5 * (DIFFERENCES[1:] / DIFFERENCE_SCALE) ** 2, np.gradient(DIFFERENCES)[1:])
    return np.concatenate([[0.5], 0.5 * some])


def effect_priors() -> Array:
    """What a voting rule may add, by how much the rules differ. Shapes: (T, E), rows sum to 1."""
    nothing = (EFFECTS == 0).astype(float)
    rows = [nothing, *(log_share(-0.5 * (EFFECTS / apart) ** 2) for apart in DIFFERENCES[1:])]
    return np.array(rows)


def regime_priors() -> Array:
    """Regimes' values around what all have in common, by how much they differ. Shapes: (T, J^3), rows sum to 1."""
    common = log_share(-0.5 * (LOGITS / CENTRE_SPREAD) ** 2)
    around = [np.eye(len(LOGITS)), *scatter_matrix(LOGITS, DIFFERENCES[1:])]
    return np.array([np.einsum("m,mi,mj,mk->ijk", common, row, row, row, optimize=True).ravel() for row in around])


def _shifted(tables: dict[Cell, Array], rule: str, combinations: int) -> tuple[list[Array], Array]:
    """Likelihoods of one voting rule's three regimes by what the rule adds, and their logarithm taken out.

    Shapes: three (C, J, E); (C,).
    """
    step = EFFECTS[1] - EFFECTS[0]
    place = np.arange(len(LOGITS))[:, None] + np.rint(EFFECTS / step).astype(np.intp)
    place = np.clip(place, 0, len(LOGITS) - 1)
    shifted, taken_out = [], np.zeros(combinations)
    for regime in REGIMES:
        logs = tables.get((regime, rule), np.zeros((combinations, len(LOGITS))))
        top = logs.max(axis=1)
        shifted.append(np.exp(logs - top[:, None])[:, place])
        taken_out += top
    return shifted, taken_out


def _sum_over_effects(tables: dict[Cell, Array], rule: str, effects: Array, combinations: int) -> Array:
    """Log likelihood of a voting rule's bodies given the regimes' values. Shapes: returns (T, C, J^3)."""
    (first, second, third), taken_out = _shifted(tables, rule, combinations)
    pairs = (first[:, :, None] * second[:, None]).reshape(len(first), -1, len(EFFECTS))
    out = np.empty((len(effects), len(first), len(LOGITS) ** 3))
    for t, prior in enumerate(effects):
        used = prior > 0
        sums = (pairs[..., used] * prior[used]) @ third[..., used].transpose(0, 2, 1)
        out[t] = np.log(sums).reshape(len(first), -1) + taken_out[:, None]
    return out


def _cell_posterior(
    tables: dict[Cell, Array], cell: Cell, effects: Array, posterior: Array, by_rule: Sequence[Array]
) -> Array:
    """Scatter and noise jointly with the centre of a cell's leader shares. Shapes: returns (C, J)."""
    regime, rule = cell
    shifted, taken_out = _shifted(tables, rule, posterior.shape[1])
    axis = REGIMES.index(regime)
    of_regime = shifted.pop(axis)
    others = (shifted[0][:, :, None] * shifted[1][:, None]).reshape(len(of_regime), -1, len(EFFECTS))
    step = EFFECTS[1] - EFFECTS[0]
    shift = np.rint(EFFECTS / step).astype(np.intp)
    out = np.zeros((len(of_regime), len(LOGITS)))
    for t, prior in enumerate(effects):
        without_rule = posterior[t] * np.exp(taken_out[:, None] - by_rule[VOTING_RULES.index(rule)][t])
        cube = without_rule.reshape(len(of_regime), *(len(LOGITS),) * 3)
        others_summed = np.moveaxis(cube, 1 + axis, 1).reshape(len(of_regime), len(LOGITS), -1) @ others  # (C, J, E)
        joint = of_regime * others_summed * prior
        for e, by in enumerate(shift):
            place = np.clip(np.arange(len(LOGITS)) + by, 0, len(LOGITS) - 1)
            for j, moved in enumerate(place):
                out[:, moved] += joint[:, j, e]
    return out
