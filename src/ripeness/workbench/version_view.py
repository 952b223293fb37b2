"""Version view: what a simulated version says by a month: every outcome, and the classes of ends with the record."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from ripeness.study.outcome_classes import ClassShares, class_shares
from ripeness.study.outlook import VersionView
from ripeness.study.probabilities import OutcomeProbability
from ripeness.study.record.classes import CLASSES
from ripeness.workbench.chance_by import BLEND, RECORD, class_chances, outcome_chances

if TYPE_CHECKING:
    from ripeness.ensemble.gather import Ensemble
    from ripeness.workbench.run_weights import RunWeights


@dataclass(frozen=True, slots=True)
class SimulatedVersion:
    """A version under one actor model, simulated.

    `outcomes` are in the view that answers. `record`: past conflicts by class, and `record_cases` how many had lasted
    as long; none where the record is left out, and then `no_record` says why.
    """

    outcomes: tuple[OutcomeProbability, ...]
    view: VersionView
    record: ClassShares | None
    record_cases: float | None
    no_record: str


def simulated_version(
    ensemble: Ensemble, weigh: RunWeights, month: float, version: str, reading: str
) -> SimulatedVersion:
    """What the runs of a version say by a month, with and without the record. Units: months from their first day."""
    model = class_shares(ensemble, month)
    outcomes = outcome_chances(ensemble, weigh, month)
    if weigh.strength is None:
        return SimulatedVersion(outcomes, VersionView(version, reading, model), None, None, weigh.note)
    record, blend = (_in_view(ensemble, weigh, month, view) for view in (RECORD, BLEND))
    cases = weigh.record_rows(ensemble, [month])
    return SimulatedVersion(
        outcomes, VersionView(version, reading, model, blend), record, float(cases[0].n) if cases else None, ""
    )


def _in_view(ensemble: Ensemble, weigh: RunWeights, month: float, view: str) -> ClassShares:
    chances = class_chances(ensemble, weigh, month, view)
    parts = ((chances[name].p, chances[name].low, chances[name].high) for name in CLASSES)
    p, low, high = zip(*parts, strict=True)
    return ClassShares(month, p, low, high)
