"""Arms: the same war fought several times on the same draws, so that what differs between them is no luck."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from math import ceil

import numpy as np
from numpy.typing import NDArray

from ripeness.ensemble.design import CHUNK, Design
from ripeness.ensemble.gather import Ensemble
from ripeness.ensemble.inputs import Overrides
from ripeness.ensemble.past import Past
from ripeness.ensemble.run import Progress, run
from ripeness.ensemble.stated import Stated
from ripeness.scenario.schema import Scenario
from ripeness.study.chances import merged_kinds
from ripeness.study.ledgers import borne, polities
from ripeness.study.tally import Difference, Share, mean, share
from ripeness.war.intervention import Intervention
from ripeness.war.prepare import War
from ripeness.war.situation import Situation

Array = NDArray[np.float64]
Floats = NDArray[np.floating]
PARTS = 4  # chunks into which a small ensemble is cut at least


@dataclass(frozen=True)
class Arm:
    """One way in which the war could be fought: all its runs, and the reform at the end. Shapes: reform (2, R)."""

    name: str
    words: str
    ensemble: Ensemble
    reform: Floats


@dataclass(frozen=True, slots=True)
class OutcomeRow:
    """One outcome by the horizon in one arm: its share of the runs, and how much more than in the first arm."""

    outcome: str
    polity: str | None
    share: Share
    more: Difference


@dataclass(frozen=True, slots=True)
class MeasureRow:
    """One number in one arm: its mean over the runs, and how much more than in the first arm."""

    measure: str
    polity: str | None
    unit: str
    mean: Difference
    more: Difference


def even_chunk(draws: int) -> int:
    """How many runs are worked on at once, so that even a small ensemble has work for every processor.

    >>> even_chunk(2_000), even_chunk(20_000)
    (500, 1024)
    """
    return max(1, min(CHUNK, ceil(draws / PARTS)))


def fought(
    scenario: Scenario,
    design: Design,
    name: str,
    words: str,
    *,
    orders: Sequence[Intervention] = (),
    cuts: Sequence[str] = (),
    overrides: Overrides | None = None,
    progress: Progress | None = None,
    stated: Stated | None = None,
    past: Past | None = None,
) -> Arm:
    """Fight one arm. No histories are kept. `stated` is the war as stated, where this arm is a what-if beside it.

    Raises: Fault for an unknown link or path.
    """
    reform = np.zeros((2, design.draws), dtype=np.float32)

    def note(_: int, situation: Situation, place: NDArray[np.intp]) -> None:
        here = np.flatnonzero(place >= 0)
        runs = situation.shared.run_ids[here].astype(np.intp)
        for row, polity in zip(reform, situation.belligerents(), strict=True):
            row[runs] = polity.reform[here]

    reforms = any(issue.role == "reform" for polity in scenario.polities.values() for issue in polity.issues.values())
    ensemble = run(
        scenario,
        replace(design, kept=0, chunk=min(design.chunk, even_chunk(design.draws))),
        orders=orders,
        cuts=cuts,
        overrides=overrides,
        progress=progress,
        watch=note if reforms else None,
        stated=stated,
        past=past,
    )
    return Arm(name, words, ensemble, reform)


def names(war: War) -> dict[str, str]:
    """Names of polities by key, and of factions by 'polity/faction'."""
    found = {side.key: side.name for side in war.sides}
    for side in war.sides:
        found |= {f"{side.key}/{key}": name for key, name in zip(side.faction_keys, side.faction_names, strict=True)}
    return found


def outcome_rows(arm: Arm, base: Arm, weights: Array) -> tuple[OutcomeRow, ...]:
    """Every outcome by the horizon. Shapes: weights (draws,)."""
    keys, point = polities(arm.ensemble), arm.ensemble.point
    found = []
    for kind in merged_kinds():
        here, there = (np.isin(one.ensemble.code, kind.codes).astype(np.float64) for one in (arm, base))
        whose = None if kind.side is None else keys[kind.side]
        found.append(OutcomeRow(kind.outcome, whose, share(here, point, weights), mean(here - there, point, weights)))
    return tuple(found)


def measure_rows(arm: Arm, base: Arm, weights: Array) -> tuple[MeasureRow, ...]:
    """How long, on what terms, at what price. Shapes: weights (draws,)."""
    keys, point = polities(arm.ensemble), arm.ensemble.point
    found = []
    for name, unit, side, value in MEASURES:
        here, there = (value(one.ensemble).astype(np.float64) for one in (arm, base))
        whose = None if side is None else keys[side]
        found.append(MeasureRow(name, whose, unit, mean(here, point, weights), mean(here - there, point, weights)))
    return tuple(found)


def _row(name: str, side: int | None) -> Callable[[Ensemble], Floats]:
    """A result of one belligerent, or of both together."""

    def value(ensemble: Ensemble) -> Floats:
        rows = borne(ensemble, name)
        return rows.sum(axis=0) if side is None else rows[side]

    return value


MEASURES: tuple[tuple[str, str, int | None, Callable[[Ensemble], Floats]], ...] = (
    ("months fought", "months", None, lambda ensemble: ensemble.results["months"]),
    ("share at the end", "share", 0, lambda ensemble: ensemble.results["share"]),
    ("aim met", "share", 0, _row("aims", 0)),
    ("aim met", "share", 1, _row("aims", 1)),
    ("leader falls", "share", 0, _row("fell", 0)),
    ("leader falls", "share", 1, _row("fell", 1)),
    ("peace breaks", "share", None, lambda ensemble: ensemble.results["renewed"]),
    ("all deaths", "thousand persons", None, _row("lives", None)),
    ("all deaths", "thousand persons", 0, _row("lives", 0)),
    ("all deaths", "thousand persons", 1, _row("lives", 1)),
    ("displaced", "thousand persons", None, _row("displaced", None)),
    ("output lost", "billion dollars", None, _row("output_lost", None)),
)
"""What arms are compared in: name, unit, whose (none: both together), and how it is read off an ensemble."""
