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

OF_THE_WAR, OF_THE_MODEL = 3, 2  # numbers that are moved
TRIED_WITH = 1_500  # simulations at each of their ends


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
    return studied.once("levers", lambda: _measured_levers(studied))


def _measured_levers(studied: Studied) -> tuple[MeasuredLever, ...]:
    result, target = studied.result, studied.aim()
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
    """Numbers of the war and of the model with which the likeliest outcome goes most in the run."""
    sensing = studied.sensing()
    if sensing is None:
        return []
    paths = [row.path for row in sorted(sensing.value.numbers, key=lambda row: -abs(row.slope))]
    of_the_model = [path for path in paths if path.startswith("laws.")]
    of_the_war = [path for path in paths if not path.startswith("laws.")]
    return [*of_the_war[:OF_THE_WAR], *of_the_model[:OF_THE_MODEL]]
