"""Run weights: how the runs of a question count: as its user gives it, as the blend has it, or all alike."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import ArrayLike, NDArray

from ripeness.ensemble.gather import Ensemble
from ripeness.scenario.schema import Scenario
from ripeness.study.blend import Anchored, BlendProbability, anchor, blend_probabilities, cell_edges
from ripeness.study.record.curve import RecordCurve, RecordProbability, record_curve
from ripeness.study.record.strength import RecordStrength, record_strength
from ripeness.study.record.traits import ConflictTraits, traits_of
from ripeness.world.calendar import months_between
from ripeness.world.fault import Fault

if TYPE_CHECKING:
    from ripeness.workbench.question import WarQuestion

Array = NDArray[np.float64]
KIND_UNKNOWN = (
    "no blend with past conflicts: say which kind of conflict this is, `conflict: {kind: interstate}` (or intrastate, "
    "internationalised) in the scenario"
)
IGNORED = "the record of past conflicts is left out: the model alone"


@dataclass
class RunWeights:
    """Weighs the runs of the war as stated; all arms of a question share these weights.

    `own_weights` are weights of the user's own, one a draw; they take the place of the blend's. `traits` are none
    where the kind of conflict is unknown, `ignored` where the record is to be left out. `fought`: months from the day
    that counts as the beginning to the start of the scenario. `named_months`: those that the question names.
    """

    traits: ConflictTraits | None
    fought: float
    own_weights: Array | None = None
    ignored: bool = False
    named_months: tuple[float, ...] = ()
    anchored: Anchored | None = field(default=None, init=False)

    @property
    def strength(self) -> RecordStrength | None:
        """The strength of the record, where there is a blend."""
        if self.traits is None or self.ignored or self.own_weights is not None:
            return None
        return record_strength(self.traits.kind)

    @property
    def note(self) -> str:
        """Why there is no blend, in one line; empty where there is one."""
        if self.own_weights is not None:
            return ""
        if self.ignored:
            return IGNORED
        return KIND_UNKNOWN if self.traits is None else ""

    def words(self) -> str:
        """What the runs follow, as it ends a heading; empty where they count alike."""
        if self.anchored is None:
            return ", runs weighted" if self.own_weights is not None else ""
        return f", anchored to past conflicts ({self.anchored.effective:,.0f} effective draws)"

    @property
    def remarks(self) -> tuple[str, ...]:
        """What the answer must say of the weights: why there is no blend, or what limits it."""
        limits = () if self.anchored is None else self.anchored.warnings
        return (self.note, *limits) if self.note else limits

    def __call__(self, ensemble: Ensemble) -> Array | None:
        """Weigh the runs of the war as stated; none where all count alike. Shapes: returns (R,)."""
        strength = self.strength
        if strength is None:
            return self.own_weights
        curve = self.curve(ensemble, cell_edges(ensemble.horizon, self.named_months))
        self.anchored = anchor(ensemble, curve, strength.strength)
        return self.anchored.weights

    def curve(self, ensemble: Ensemble, months: Sequence[float]) -> RecordCurve:
        """The record's curve at some months from the day of the forecast.

        Raises: Fault where the kind of conflict is unknown.
        """
        if self.traits is None:
            raise Fault(KIND_UNKNOWN)
        return record_curve(self.traits, self.fought + ensemble.elapsed, np.asarray(months, dtype=np.float64))

    def record_rows(self, ensemble: Ensemble, months: Sequence[float]) -> tuple[RecordProbability, ...]:
        """The record by end and month; none where there is no blend."""
        if self.strength is None:
            return ()
        return self.curve(ensemble, months).rows()

    def blend_rows(self, ensemble: Ensemble, months: Sequence[float]) -> tuple[BlendProbability, ...]:
        """The blend by class and month; none where there is none."""
        strength = self.strength
        if strength is None:
            return ()
        return blend_probabilities(ensemble, self.curve(ensemble, months), strength.strength)

    def about(self) -> dict[str, Any]:
        """Which record the weights rest on; nothing where there is no blend."""
        strength = self.strength
        if strength is None or self.anchored is None:
            return {}
        return {"anchor": {"kind": strength.kind, "basis": strength.basis, **self.anchored.about()}}


def all_alike() -> RunWeights:
    """Weights of a question that has none: all runs count alike."""
    return RunWeights(None, 0.0, ignored=True)


def weights_of_question(
    question: WarQuestion[Any], scenario: Scenario, months: Sequence[float] | None = None
) -> RunWeights:
    """How the runs of a question count. `months`: those that it names; by default those of its tables.

    Raises: Fault for weights of the user's own that do not fit the draws.
    """
    named_months = (getattr(question, "months", None) or ()) if months is None else months
    began = scenario.start if question.ignore_duration else scenario.began
    return RunWeights(
        traits_of(scenario, question.day("as_of")),
        max(months_between(began, scenario.start), 0.0),
        check_weights(getattr(question, "weights", None), question.draws),
        question.ignore_record,
        tuple(float(month) for month in named_months),
    )


def check_weights(weights: ArrayLike | None, draws: int) -> Array | None:
    """Weights of the runs, one a draw; none where all count alike.

    Raises: Fault for another number of weights, negative ones, or none above zero.
    """
    if weights is None:
        return None
    values = np.asarray(weights, dtype=np.float64)
    if values.shape != (draws,) or not np.isfinite(values).all() or (values < 0).any() or values.sum() <= 0:
        raise Fault(f"weights must be {draws} numbers, none below zero and not all zero")
    return values
