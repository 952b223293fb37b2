"""What if: the war with other parameters or disabled pathways, compared with the war as stated."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date

from ripeness.ensemble.design import Design
from ripeness.ensemble.inputs import Overrides
from ripeness.ensemble.past import Past
from ripeness.ensemble.run import Progress, links
from ripeness.ensemble.stated import as_stated
from ripeness.scenario.number_paths import replace_numbers
from ripeness.scenario.schema import Scenario
from ripeness.study.arms import (
    MeasureComparison,
    OutcomeComparison,
    compare_measures,
    compare_outcomes,
    display_names,
    early_share,
    simulate_arm,
)
from ripeness.study.progress import part_progress
from ripeness.study.weighted_statistics import Weights, run_weights, weigh
from ripeness.world.calendar import date_after

STATED = "as stated"


@dataclass(frozen=True, slots=True)
class WhatIfChange:
    """What one arm changes: parameters by path, each written as in a scenario file, and disabled pathways."""

    name: str
    numbers: Mapping[str, object] = field(default_factory=dict)
    cuts: tuple[str, ...] = ()

    @property
    def words(self) -> str:
        """The change as it was asked for."""
        return ", ".join(
            [f"{path} = {value}" for path, value in self.numbers.items()] + [f"cut {c}" for c in self.cuts]
        )


@dataclass(frozen=True, slots=True)
class WhatIfArm:
    """One arm: what was changed, and its outcomes compared with the war as stated.

    `early`: share of the runs that end before the day of the forecast, since what is changed holds from the start on.
    """

    name: str
    words: str
    outcomes: tuple[OutcomeComparison, ...]
    measures: tuple[MeasureComparison, ...]
    early: float = 0.0


@dataclass(frozen=True, slots=True)
class WhatIf:
    """Several arms with common random numbers; the first is the war as stated. `day`: that of the forecast."""

    names: dict[str, str]
    draws: int
    points: int
    horizon: float
    arms: tuple[WhatIfArm, ...]
    day: date | None = None


def whatif(
    scenario: Scenario,
    changes: Sequence[WhatIfChange],
    design: Design | None = None,
    *,
    weights: Weights = None,
    cuts: Sequence[str] = (),
    overrides: Overrides | None = None,
    past: Past | None = None,
    progress: Progress | None = None,
    month: float | None = None,
) -> WhatIf:
    """Simulate the war as stated and once for each change, with common random numbers.

    `weights` of the runs, which all arms share, or what gives those of the war as stated; `month`: by which outcomes
    count, the horizon if none is given. Shapes: weights (draws,).
    Raises: Fault for an unknown link or path, or a value that does not fit there.
    """
    design = design or Design()
    scenarios = [
        replace_numbers(scenario, change.numbers) for change in changes
    ]  # faults first, before anything is simulated
    n_arms = len(changes) + 1

    stated_run = as_stated(scenario, design, overrides, links(cuts), past)
    base = simulate_arm(
        scenario,
        design,
        STATED,
        "",
        cuts=cuts,
        overrides=overrides,
        progress=part_progress(progress, 0, n_arms),
        past=past,
    )
    arms = [base] + [
        simulate_arm(
            changed,
            design,
            change.name,
            change.words,
            cuts=(*cuts, *change.cuts),
            overrides={path: value for path, value in (overrides or {}).items() if path not in change.numbers},
            progress=part_progress(progress, n, n_arms),
            stated=stated_run,
            past=past,
        )
        for n, (change, changed) in enumerate(zip(changes, scenarios, strict=True), 1)
    ]
    scaled_weights = run_weights(design.draws, weigh(base.ensemble, weights))
    return WhatIf(
        display_names(base.ensemble.scenario),
        design.draws,
        design.points,
        base.ensemble.horizon if month is None else month,
        tuple(
            WhatIfArm(
                arm.name,
                arm.words,
                compare_outcomes(arm, base, scaled_weights, month),
                compare_measures(arm, base, scaled_weights),
                early_share(arm, scaled_weights),
            )
            for arm in arms
        ),
        date_after(scenario.start, base.ensemble.elapsed),
    )
