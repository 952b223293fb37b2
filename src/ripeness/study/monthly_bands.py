"""Monthly bands: median and 90 % band of a quantity over the runs that were kept."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from ripeness.ensemble.gather import Ensemble

MIN_WARS = 20  # wars below which no band is drawn: its ends would rest on one war


@dataclass(frozen=True, slots=True)
class MonthlyBand:
    """One month of one series: 5 %, median and 95 % points over the `runs` wars that still go on."""

    series: str
    month: float
    low: float
    median: float
    high: float
    runs: int


def front_bands(ensemble: Ensemble) -> list[MonthlyBand]:
    """The share of the stake that the first belligerent holds."""
    share = 1 / (1 + np.exp(-ensemble.album["front"]))
    return _bands(ensemble, {ensemble.war.sides[0].key: share})


def power_bands(ensemble: Ensemble, polity: str) -> list[MonthlyBand]:
    """The power of each faction of a polity."""
    side = ensemble.war.sides[ensemble.war.side(polity)]
    pages = ensemble.album[f"{polity}.power"]
    return _bands(ensemble, {key: pages[:, n] for n, key in enumerate(side.faction_keys)})


def demand_bands(ensemble: Ensemble) -> list[MonthlyBand]:
    """What both sides demand, as shares of the first belligerent: its own demand, and what its rival would leave it.

    Where the first line lies below the second, there is a zone of agreement.
    """
    first, second = (side.key for side in ensemble.war.sides[:2])
    return _bands(ensemble, {first: ensemble.album[f"{first}.demand"], second: 1 - ensemble.album[f"{second}.demand"]})


def _bands(ensemble: Ensemble, series: Mapping[str, NDArray[np.floating]]) -> list[MonthlyBand]:
    bands = []
    for name, pages in series.items():
        for step, row in enumerate(pages):
            going = row[~np.isnan(row)]
            if len(going) >= min(MIN_WARS, max(pages.shape[-1], 1)):
                low, median, high = (float(x) for x in np.quantile(going, (0.05, 0.5, 0.95)))
                bands.append(
                    MonthlyBand(name, step * ensemble.war.step - ensemble.elapsed, low, median, high, len(going))
                )
    return bands
