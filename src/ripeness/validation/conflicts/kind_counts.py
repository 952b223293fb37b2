"""Counts by kind for the program: ends and months under risk of all conflicts of a kind, by months fought."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np

from ripeness.study.record.classes import CAUSES
from ripeness.study.record.hazards import CELLS, CODES
from ripeness.study.record.kind_counts import KindCounts
from ripeness.validation.conflicts import dyads, interstate
from ripeness.validation.conflicts.dyads import Episode
from ripeness.validation.conflicts.exposure import exposure


def count_by_kind(episodes: Sequence[Episode]) -> dict[str, KindCounts]:
    """Sum up episodes by kind; a spell of which the kind changes counts under the kind of each part."""
    spells = exposure(episodes).spells
    counts = {}
    for kind, code in CODES.items():
        of_kind = spells[spells["kind"] == code]
        months = np.bincount(of_kind["cell"], of_kind["exit"] - of_kind["entry"], len(CELLS)).astype(np.float64)
        ended = np.array(
            [np.bincount(of_kind["cell"][of_kind["cause"] == n], minlength=len(CELLS)) for n in range(len(CAUSES))]
        )
        lasted = np.array([((of_kind["entry"] <= cell) & (cell < of_kind["exit"])).sum() for cell in CELLS])
        counts[kind] = KindCounts(months, ended.astype(np.float64), lasted.astype(np.float64))
    return counts


def counts_by_kind(episodes: Sequence[Episode]) -> dict[str, Any]:
    """The counts as the file of the program holds them, with their sources."""
    source = f"{len(episodes)} episodes; {dyads.CITATION}; {interstate.CITATION}"
    return {"source": source, "kinds": {kind: counts.plain() for kind, counts in count_by_kind(episodes).items()}}
