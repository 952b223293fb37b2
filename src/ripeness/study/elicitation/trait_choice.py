"""Trait choice: which traits of factions move the answer most, and so are worth a judge's time."""

from __future__ import annotations

from collections.abc import Collection

from ripeness.ensemble.design import Design
from ripeness.ensemble.run import run
from ripeness.scenario.judge_questions import TRAIT
from ripeness.scenario.schema import Scenario
from ripeness.study.sensitivity.sense import sense
from ripeness.study.target import Target


def leading_traits(
    scenario: Scenario, target: Target, count: int, design: Design, polities: Collection[str] = ()
) -> tuple[str, ...]:
    """The paths of the traits with the largest shares of what the inputs decide, the first first.

    `polities`: only theirs; all if none is named. With few draws the order below the first is chance; the seed of the
    design repeats it. Source: as in `study/sensitivity/sense.py`.
    """
    if count < 1:
        return ()
    numbers = sense(run(scenario, design), target, leading=0).numbers
    traits = [number.path for number in numbers if TRAIT.fullmatch(number.path)]
    wanted = [path for path in traits if not polities or path.split(".")[1] in polities]
    return tuple(wanted[:count])
