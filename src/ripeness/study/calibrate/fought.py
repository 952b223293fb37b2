"""Wars fought by computer for each kind of war of the record, with other laws at every point."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from threading import Lock

import numpy as np
from numpy.typing import NDArray

from ripeness.ensemble.design import Design
from ripeness.ensemble.run import run
from ripeness.study.calibrate.prior import normals, shares
from ripeness.study.history.coding import FIRST, SECOND, Kind, coefficients, scenario_of
from ripeness.study.history.record import HORIZONS
from ripeness.war.situation import Situation

Array = NDArray[np.float64]
MOMENTS = tuple(month for month in HORIZONS if month > 0)
QUALITY_UNKNOWN = 1e-9


@dataclass(frozen=True, slots=True)
class Fought:
    """Simulated wars of one kind, run r under the laws of point r // per_point.

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


@dataclass
class Losses:
    """Notes both sides' cumulated losses at some months, while wars are being fought."""

    runs: int
    chunk: int
    seen: Array = field(init=False)
    lock: Lock = field(default_factory=Lock)

    def __post_init__(self) -> None:
        """Nothing seen yet: a war that ends earlier stays without a number."""
        self.seen = np.full((len(MOMENTS), 2, self.runs), np.nan, dtype=np.float32)

    def __call__(self, number: int, situation: Situation, place: NDArray[np.intp]) -> None:
        """Take note after a month of fighting."""
        if number + 1 not in MOMENTS:
            return
        moment, going = MOMENTS.index(number + 1), place >= 0
        runs = situation.shared.run_ids[going].astype(np.intp)
        for side, polity in enumerate(situation.belligerents()):
            self.seen[moment, side, runs] = (polity.deaths - polity.deaths_start)[going]


def fight(
    kind: Kind,
    values: Mapping[str, Array],
    per_point: int,
    seed: int,
    reading: str = "factional",
    progress: Callable[[int, int], None] | None = None,
) -> Fought:
    """Fight wars of one kind: at each point of the laws `per_point` wars that differ in what no number shows.

    Shapes: values by name (points,).
    """
    points = len(next(iter(values.values())))
    design = Design(points * per_point, seed, per_point=1, kept=0)
    watch = Losses(design.draws, design.chunk)
    found = run(
        scenario_of(kind, reading),
        design,
        overrides=overrides(kind, values, per_point, seed),
        watch=watch,
        progress=progress,
    )
    results = found.results
    code, months, share, losses, fell = (
        np.asarray(results[name], dtype=np.float64) for name in ("code", "months", "share", "deaths", "fell")
    )
    return Fought(kind, per_point, code, months, share, losses, np.asarray(watch.seen, dtype=np.float64), fell)


def overrides(kind: Kind, values: Mapping[str, Array], per_point: int, seed: int) -> dict[str, Array]:
    """What every run is set to: the laws of its point, and a draw of what differs between wars and no number shows."""
    each = {name: np.repeat(value, per_point) for name, value in values.items()}
    runs = len(next(iter(each.values())))
    key = "/".join(map(str, kind))
    laws = {f"laws.{name}": value for name, value in each.items() if name not in coefficients()}
    laws["laws.hidden"] = each["initiative"] + each["hidden_spread"] * normals(f"{key}/hidden", seed, 0, runs)
    laws["laws.lethality"] = np.minimum(
        each["lethality"] * np.exp(each["lethality_spread"] * normals(f"{key}/lethality", seed, 0, runs)), 1.0
    )
    if kind[0]:
        laws["laws.settle"] = np.minimum(each["settle"] * each["settle_era"], 10.0)
        laws["laws.advance"] = np.minimum(each["advance"] * each["fall_era"], 10.0)
    gap = each["quality_spread"] * normals(f"{key}/quality", seed, 0, runs) / 2
    for side, sign in ((FIRST, 1.0), (SECOND, -1.0)):
        laws[f"polities.{side}.resources.quality"] = np.exp(sign * gap)
        laws[f"polities.{side}.conduct.rearm"] = -each["rearm_mean"] * np.log(
            shares(f"{key}/rearm/{side}", seed, 0, runs)
        )
    return laws
