"""Civil checks: the civil template as a user gets it, beside how dyads of the record ended."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from ripeness.ensemble.design import Design
from ripeness.ensemble.run import run
from ripeness.study.record.civil_counts import OTHERS, WAYS, shipped_civil_counts
from ripeness.study.war_so_far import condition_on_duration
from ripeness.validation.calibrate.civil_wars import AHEAD, FOUGHT, civil_template, first_asked, movement_place, way_of
from ripeness.world.outcome import ENDS

Array = NDArray[np.float64]
RUNS = 2000


@dataclass(frozen=True, slots=True)
class CivilCheck:
    """Share of wars in one state, so many months after a forecast: of the template and of the record (90 %).

    `way` is an end, or 'fighting'. Units: months.
    """

    others: int
    fought: int
    month: float
    way: str
    template: float
    record: float
    low: float
    high: float

    @property
    def inside(self) -> bool:
        """Whether the template lies within the record's interval."""
        return self.low <= self.template <= self.high


def civil_checks(
    fought: Sequence[int] = FOUGHT, others: int | None = None, runs: int = RUNS, seed: int = 7
) -> list[CivilCheck]:
    """Compare forecasts of the template with the record; `others` None: two sides alone, and all dyads of the record.

    A war that has just begun is compared with dyads that have lasted a week.
    """
    counts, rows = shipped_civil_counts(), []
    for months in fought:
        simulated = template_shares(months, others or 0, runs, seed)
        shares = counts.shares(first_asked(months), np.array(AHEAD, float), others)
        for w, end in enumerate((*WAYS, "fighting")):
            for m, month in enumerate(AHEAD):
                p, low, high = (float(part[w, m]) for part in shares)
                rows.append(CivilCheck(others or 0, months, month, end, float(simulated[w, m]), p, low, high))
    return rows


def template_shares(fought: int, others: int, runs: int, seed: int) -> Array:
    """Share of forecasts of the template that have ended in each way by each month, and of those still fought.

    Shapes: returns (len(WAYS) + 1, len(AHEAD)).
    """
    scenario = civil_template(fought, others)
    design = Design(runs, seed=seed, per_point=1, kept=0, horizon=AHEAD[-1] + 1)
    past = condition_on_duration(scenario, design).past if fought else None
    ensemble = run(scenario, design, past=past)
    movement = movement_place(scenario)
    way_of_code = {end.code: WAYS.index(way_of(end, movement)) for end in ENDS if end.code}
    ways = np.array([way_of_code.get(int(code), len(WAYS)) for code in ensemble.code])
    shares = np.zeros((len(WAYS) + 1, len(AHEAD)))
    for m, month in enumerate(AHEAD):
        state = np.where(ensemble.months <= month, ways, len(WAYS))
        shares[:, m] = np.bincount(state, minlength=len(WAYS) + 1) / runs
    return shares


def all_checks() -> list[CivilCheck]:
    """The template alone, and with other movements after a year."""
    by_others = [check for others in OTHERS for check in civil_checks((12,), others)]
    return [*civil_checks(), *by_others]
