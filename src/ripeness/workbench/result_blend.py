"""Result blend: what a run says together with the record of past conflicts, and the weights of its runs."""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import cached_property
from typing import TYPE_CHECKING, Any

from ripeness.ensemble.gather import Ensemble
from ripeness.study.forecast import WarForecast, every_month
from ripeness.study.probabilities import OutcomeProbability
from ripeness.workbench.run_weights import RunWeights, all_alike

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    from ripeness.study.blend import BlendProbability
    from ripeness.study.coded_ends import CodedEnd
    from ripeness.study.record.curve import RecordProbability


@dataclass(frozen=True, kw_only=True)
class BlendedResult:
    """The part of a result that past conflicts have a share in."""

    ensemble: Ensemble
    forecast: WarForecast
    weigh: RunWeights = field(default_factory=all_alike)

    @property
    def path(self) -> tuple[OutcomeProbability, ...]:
        """Chances of every outcome at each month, of the model alone."""
        raise NotImplementedError

    @cached_property
    def weights(self) -> NDArray[np.float64] | None:
        """Weights under which the runs follow the blend; none where there is none. Shapes: (draws,), mean 1."""
        return self.weigh(self.ensemble)

    @cached_property
    def record(self) -> tuple[RecordProbability, ...]:
        """How past conflicts like this one ended, at the months of the table; empty where there is no blend."""
        return self.weigh.record_rows(self.ensemble, self.forecast.months)

    @cached_property
    def ends(self) -> tuple[CodedEnd, ...]:
        """The model's outcomes as the field codes ends, beside the record of past conflicts where there is one."""
        from ripeness.study.coded_ends import coded_ends

        return coded_ends(self.forecast.merged, self.record)

    @cached_property
    def blend(self) -> tuple[BlendProbability, ...]:
        """The blend of model and record at the months of the table; empty where there is none."""
        return self.weigh.blend_rows(self.ensemble, self.forecast.months)

    @cached_property
    def blend_path(self) -> tuple[BlendProbability, ...]:
        """The blend and its parents at each month; empty where there is none."""
        return self.weigh.blend_rows(self.ensemble, every_month(self.ensemble.horizon))

    @property
    def effective_draws(self) -> float:
        """How many equal runs the weighted ones are worth (Kish 1965); all of them where there is no blend."""
        if self.weights is None or self.weigh.anchored is None:
            return float(self.ensemble.design.draws)
        return self.weigh.anchored.effective

    def blend_note(self) -> str:
        """How the blend is made, in one line, or why there is none."""
        strength = self.weigh.strength
        if strength is None:
            return self.weigh.note
        return f"{strength.words()[:1].upper()}{strength.words()[1:]}; {self.effective_draws:,.0f} effective draws."

    def blended(self) -> dict[str, Any]:
        """Which record the blend rests on; nothing where there is no blend."""
        return {} if self.weights is None else self.weigh.about()
