"""Civil dyads: counts of how fighting between governments and armed movements ended, from episodes of the record."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from ripeness.study.record.civil_counts import OTHERS, WAYS, CivilCounts
from ripeness.study.record.hazards import CELLS, CODES
from ripeness.validation.conflicts import dyads
from ripeness.validation.conflicts.dyads import Episode
from ripeness.validation.conflicts.exposure import Exposure, exposure
from ripeness.world.fault import Fault

Array = NDArray[np.float64]
CIVIL_CODES = (CODES["intrastate"], CODES["internationalised"])
LEAST_SPREAD = 1.0  # times the variance of a Poisson count


def civil_counts(episodes: Sequence[Episode]) -> CivilCounts:
    """Sum up spells in which a government fights a movement; how often troops of other states help makes no difference.

    Raises: Fault where there is none.
    """
    record = exposure(episodes)
    by_conflict, names = counts_by_conflict(record)
    months, ended = by_conflict[:, :, 0].sum(axis=0), by_conflict[:, :, 1:].sum(axis=0)
    spells = _civil(record)
    group = np.minimum(spells["parties"].astype(int), OTHERS[-1])
    lasted = np.array(
        [
            [((group == n) & (spells["entry"] <= cell) & (cell < spells["exit"])).sum() for cell in CELLS]
            for n in range(len(OTHERS))
        ],
        dtype=np.float64,
    )
    source = f"{len(np.unique(spells['episode']))} episodes of {len(names)} conflicts; {dyads.CITATION}"
    dyads_seen = len(np.unique(spells["episode"]))
    return CivilCounts(months, ended, lasted, _spread(by_conflict), dyads_seen, len(names), source)


def counts_by_conflict(record: Exposure) -> tuple[Array, NDArray[np.str_]]:
    """What each conflict adds: months under risk, then ends by way, by other parties and cell.

    Shapes: returns (C, O, 1 + W, K), and the conflicts' identifiers (C,).

    Raises: Fault where no government fights a movement.
    """
    spells = _civil(record)
    if not len(spells):
        raise Fault("no row is of a conflict inside a state (types 3 and 4)")
    names, conflict = np.unique(record.conflict[spells["episode"]], return_inverse=True)
    group = np.minimum(spells["parties"].astype(int), OTHERS[-1])
    table = np.zeros((len(names), len(OTHERS), 1 + len(WAYS), len(CELLS)))
    months = spells["exit"] - spells["entry"]
    np.add.at(table[:, :, 0], (conflict, group, spells["cell"]), months)
    lengths = record.lengths()
    for row, place, parties in zip(spells, conflict, group, strict=True):
        ending = record.episodes[row["episode"]].way
        if ending and row["exit"] == lengths[row["episode"]]:
            table[place, parties, 1 + WAYS.index(ending), row["cell"]] += 1
    return table, names


def _civil(record: Exposure) -> NDArray[np.void]:
    return record.spells[np.isin(record.spells["kind"], CIVIL_CODES)]


def _spread(by_conflict: Array) -> Array:
    """By how many times the variance of each way's count exceeds a Poisson's, conflicts being clusters.

    Shapes: by_conflict (C, O, 1 + W, K); returns (W,). Source: Liang and Zeger 1986.
    """
    table = by_conflict.sum(axis=1)
    months, ended = table[:, 0], table[:, 1:]
    hazard = ended.sum(axis=0) / np.maximum(months.sum(axis=0), np.finfo(float).tiny)
    left = (ended - hazard * months[:, None, :]).sum(axis=2)
    return np.maximum((left**2).sum(axis=0) / np.maximum(ended.sum(axis=(0, 2)), 1.0), LEAST_SPREAD)
