"""Beside: a war with other numbers beside the war as stated, fought while somebody drags a slider.

It is work for a worker, which keeps the wars that it set up last.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import lru_cache
from typing import TYPE_CHECKING

from ripeness.web.ask import Asked
from ripeness.web.question import QuestionRecord
from ripeness.world.fault import Fault

if TYPE_CHECKING:
    from ripeness.study.whatif import WhatIf
    from ripeness.workbench.bench import Bench

MOST_WARS = 8  # wars that stay set up; some megabytes each


def beside(
    asked: Asked, mark: str, changes: Mapping[str, object], cuts: Sequence[str]
) -> tuple[QuestionRecord, WhatIf]:
    """What changes and cut links make of a war whose scenario has this mark, and what that is an answer to.

    Raises: Fault for an unknown path or link, a value that does not fit, or a scenario that is not the marked one any
    more.
    """
    arms = _set_up(asked, mark).beside(changes, cuts)
    design, scenario = arms.asked.design, arms.asked.scenario
    question = QuestionRecord(
        asked.case,
        scenario.coding,
        arms.asked.reading,
        arms.told.draws,
        design.seed,
        str(scenario.start),
        arms.told.horizon,
    )
    return question, arms.told


@lru_cache(maxsize=MOST_WARS)
def _set_up(asked: Asked, mark: str) -> Bench:
    from ripeness.workbench.bench import Bench

    if asked.mark() != mark:
        raise Fault("the scenario was changed since; load the page again")
    return Bench(asked.source, coding=asked.coding or None)
