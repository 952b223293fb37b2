"""Simulated wars for each kind of war of the record, with other parameters at every point."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from ripeness.ensemble.design import Design
from ripeness.ensemble.recorder import RunRecorder
from ripeness.ensemble.run import run
from ripeness.validation.calibrate.prior import shares
from ripeness.validation.history.coding import FIRST, SECOND, Kind, coefficients, scenario_of
from ripeness.validation.history.factions import faction_overrides
from ripeness.validation.history.record import HORIZONS
from ripeness.war.situation import Situation

Array = NDArray[np.float64]
MOMENTS = tuple(month for month in HORIZONS if month > 0)
SIDED = tuple(f"{name}/{side}" for name in ("rearm", "estimate") for side in (FIRST, SECOND))
LATENT = ("hidden", "lethality", "frailty", *SIDED)
FRAILTY = (1e-3, 100.0)  # bounds of the law
MOST_REARMING = 9.0  # log ratio
SMALLEST = 1e-7  # how near to 0 or 1 a uniform number comes


@dataclass(frozen=True, slots=True)
class SimulatedWars:
    """Simulated wars of one kind, run r under the parameters of point r // per_point.

    Shapes: code, months, share, men (log of losses a month per soldier) (R,); losses (2, R); at (moments, 2, R),
    cumulated losses after 1, 3, 6, 12 months; fell (2, R).
    """

    kind: Kind
    per_point: int
    code: Array
    months: Array
    share: Array
    losses: Array
    at: Array
    fell: Array


class LossRecorder(RunRecorder):
    """Notes both sides' cumulated losses at some months, while wars are simulated. Shapes: losses (moments, 2, R)."""

    arrays = ("losses",)
    losses: NDArray[np.float32]

    def allocate(self, runs: int) -> None:
        """Nothing seen yet: a war that ends earlier stays without a number."""
        self.losses = np.full((len(MOMENTS), 2, runs), np.nan, dtype=np.float32)

    def __call__(self, step: int, situation: Situation, place: NDArray[np.intp]) -> None:
        """Take note after a month of fighting."""
        if step + 1 not in MOMENTS:
            return
        moment, active = MOMENTS.index(step + 1), place >= 0
        runs = self.columns(situation, active)
        for side, polity in enumerate(situation.belligerents()):
            self.losses[moment, side, runs] = (polity.deaths - polity.deaths_start)[active]


def simulate_kind(
    kind: Kind,
    values: Mapping[str, Array],
    per_point: int,
    seed: int,
    reading: str = "factional",
    progress: Callable[[int, int], None] | None = None,
) -> SimulatedWars:
    """Simulate wars of one kind: at each point of the parameters `per_point` wars that differ in what no number shows.

    Shapes: values by name (points,).
    """
    points = len(next(iter(values.values())))
    design = Design(points * per_point, seed, per_point=1, kept=0)
    losses_by_month = LossRecorder()
    losses_by_month.allocate(design.draws)
    ensemble = run(
        scenario_of(kind, reading),
        design,
        overrides=overrides(kind, values, per_point, seed, reading),
        watch=losses_by_month,
        progress=progress,
    )
    results = ensemble.results
    code, months, share, losses, fell = (
        np.asarray(results[name], dtype=np.float64) for name in ("code", "months", "share", "deaths", "fell")
    )
    return SimulatedWars(
        kind, per_point, code, months, share, losses, np.asarray(losses_by_month.losses, dtype=np.float64), fell
    )


def overrides(
    kind: Kind, values: Mapping[str, Array], per_point: int, seed: int, reading: str = "factional"
) -> dict[str, Array]:
    """What every run is set to: the parameters of its point, and a draw of what no number of a war shows."""
    repeated = {name: np.repeat(value, per_point) for name, value in values.items()}
    points = len(next(iter(values.values())))
    latent = latents("/".join(map(str, kind)), seed, points, per_point)
    laws = {f"laws.{name}": value for name, value in repeated.items() if name not in coefficients()}
    laws["laws.hidden"] = repeated["hidden_spread"] * _normal(latent["hidden"])
    lethality = repeated["lethality"] * np.exp(repeated["lethality_spread"] * _normal(latent["lethality"]))
    laws["laws.lethality"] = np.minimum(lethality, 1.0)
    laws["laws.frailty"] = np.clip(np.exp(repeated["frailty_spread"] * _normal(latent["frailty"])), *FRAILTY)
    for side in (FIRST, SECOND):
        laws[f"polities.{side}.conduct.rearm"] = np.minimum(rearming(repeated, latent[f"rearm/{side}"]), MOST_REARMING)
        laws[f"polities.{side}.conduct.estimate_error"] = repeated["estimate_spread"] * _normal(
            latent[f"estimate/{side}"]
        )
    if reading == "factional":
        runs, key = points * per_point, "/".join(map(str, kind))
        laws |= faction_overrides(kind, repeated, lambda name: shares(f"{key}/{name}", seed, 0, runs))
    return laws


def rearming(values: Mapping[str, Array], uniform: Array) -> Array:
    """What a side would gain by a truce: Weibull over wars, so that it can be near nothing in most and much in a few.

    Shapes: values by name and uniform (R,); returns (R,).

    >>> rearming({"rearm_mean": np.ones(2), "rearm_tail": np.ones(2)}, np.exp([-1.0, -2.0])).tolist()
    [1.0, 2.0]
    """
    from scipy.special import gamma

    tail = values["rearm_tail"]
    return np.asarray(values["rearm_mean"] * (-np.log(uniform)) ** tail / gamma(1 + tail))


def latents(key: str, seed: int, points: int, per_point: int) -> dict[str, Array]:
    """What no number of a war shows, as uniform numbers by name: a net that fills the cube evenly, moved at each point.

    Shapes: each (points * per_point,).
    Source: Sobol 1967; moved by uniform shifts (Cranley and Patterson 1976), so that every number is uniform.
    """
    from scipy.stats import qmc

    base = qmc.Sobol(len(LATENT), scramble=False).random(1 << (per_point - 1).bit_length())[:per_point]
    shift = np.column_stack([shares(f"{key}/{name}", seed, 0, points) for name in LATENT])
    moved = np.mod(base[None] + shift[:, None], 1.0).reshape(points * per_point, len(LATENT))
    kept = np.clip(moved, SMALLEST, 1 - SMALLEST)
    return {name: np.ascontiguousarray(kept[:, n]) for n, name in enumerate(LATENT)}


def _normal(uniform: Array) -> Array:
    from scipy.special import ndtri

    return np.asarray(ndtri(uniform))
