"""What would change the answer of a report most: the numbers of the war that move it, each moved from end to end."""

from __future__ import annotations

from dataclasses import dataclass
from math import ceil
from typing import TYPE_CHECKING

from ripeness.study.parameter_labels import parameter_label
from ripeness.study.weighted_statistics import MeanEstimate
from ripeness.workbench.bench import Bench
from ripeness.world.fault import Fault

if TYPE_CHECKING:
    from ripeness.workbench.studied import Studied

TRIED, TRIED_WITH = 5, 2_000  # numbers that are moved, and simulations at each of their ends


@dataclass(frozen=True, slots=True)
class MeasuredLever:
    """A number of the war, and by how much more often the likeliest outcome comes about at its high end than its low.

    `low` and `high` are the ends of its 90 % range, in its `unit`.
    """

    name: str
    low: float
    high: float
    unit: str
    moved: MeanEstimate

    @property
    def is_told_from_zero(self) -> bool:
        """Whether it moves the outcome by more than its error."""
        return self.moved.low > 0 or self.moved.high < 0


def measured_levers(studied: Studied) -> tuple[MeasuredLever, ...]:
    """The numbers that move the likeliest outcome by the day of the answer, the strongest first.

    None where the run knows what no bench can be set up with: changed numbers, or a file of months.
    """
    result, target = studied.result, studied.summary().target
    paths = _candidates(studied)
    if result.changes or result.information.path is not None or not paths:
        return ()
    arguments = studied.arguments(Bench, TRIED_WITH) | {
        "horizon": ceil(round(target.month / result.ensemble.war.step, 9))
    }
    try:
        bench = Bench(arguments.pop("case_or_path"), **arguments)
        effects = [bench.end_to_end(path) for path in paths]
    except Fault:
        return ()
    levers = []
    for effect in effects:
        low, _, high = result.ensemble.war.numbers[effect.path].interval()
        unit, name = result.ensemble.war.numbers[effect.path].unit, parameter_label(result.scenario, effect.path)
        levers.append(MeasuredLever(name, low, high, unit, effect.differences[target.name][-1]))
    return tuple(sorted(levers, key=lambda lever: -abs(lever.moved.mean)))


def _candidates(studied: Studied) -> list[str]:
    """Numbers of the war, not of the model, with which the likeliest outcome goes most in the run."""
    sensing = studied.sensing()
    if sensing is None:
        return []
    of_the_war = [row for row in sensing.value.numbers if not row.path.startswith("laws.")]
    return [row.path for row in sorted(of_the_war, key=lambda row: -abs(row.slope))[:TRIED]]
