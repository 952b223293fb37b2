"""Live comparison: a war with other numbers next to the war as stated, simulated while somebody drags a slider.

It is work for a worker, which keeps the wars that it set up last.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import lru_cache
from typing import TYPE_CHECKING, Any

from ripeness.web.question import QuestionRecord
from ripeness.web.questions import PageQuestion
from ripeness.world.fault import Fault

if TYPE_CHECKING:
    from ripeness.study.whatif import WhatIf
    from ripeness.workbench.bench import Bench

MOST_WARS = 8  # wars that stay set up; some megabytes each
CONDITIONS = ("coding", "reading", "seed", "horizon", "evidence", "as_of", "observe", "ignore_duration")


def compare_live(
    page_question: PageQuestion, mark: str, changes: Mapping[str, object], cuts: Sequence[str]
) -> tuple[QuestionRecord, WhatIf]:
    """What changes and cut links make of a war whose scenario has this mark, and what that is an answer to.

    `page_question` is the what-if of the page: its conditions hold; its number of wars and its arms are for the full
    answer.

    Raises: Fault for an unknown path or link, a value that does not fit, or a scenario that is not the marked one any
    more.
    """
    question: Any = page_question.question
    conditions = tuple((name, getattr(question, name)) for name in CONDITIONS)
    arms = _set_up(page_question.source, page_question.subject.coding, conditions, mark).beside(changes, cuts)
    design, scenario = arms.setup.design, arms.setup.scenario
    record = QuestionRecord(
        page_question.subject.case,
        scenario.coding,
        arms.setup.reading,
        arms.told.draws,
        design.seed,
        str(arms.setup.day),
        arms.told.horizon,
        more=page_question.words(),
        scenario=mark,
    )
    return record, arms.told


@lru_cache(maxsize=MOST_WARS)
def _set_up(source: Any, coding: str, conditions: tuple[tuple[str, Any], ...], mark: str) -> Bench:
    from ripeness.web.questions import mark_of
    from ripeness.workbench.bench import Bench

    if mark_of(source, coding) != mark:
        raise Fault("the scenario was changed since; load the page again")
    return Bench(source, **dict(conditions))
