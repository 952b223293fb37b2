"""Live comparison: a war with other numbers next to the war as stated, simulated while somebody drags a slider.

It is work for a worker, which keeps the wars that it set up last.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING, Any

from ripeness.web.answer import Picture
from ripeness.web.question import QuestionRecord
from ripeness.web.questions import PageQuestion
from ripeness.world.fault import Fault

if TYPE_CHECKING:
    from datetime import date

    from ripeness.study.whatif import WhatIf
    from ripeness.workbench.bench import Bench

MOST_WARS = 8  # wars that stay set up; some megabytes each
CONDITIONS = ("coding", "reading", "seed", "horizon", "evidence", "as_of", "observe", "ignore_duration")


@dataclass(frozen=True, slots=True)
class LiveComparison:
    """What changes and cut links make of a war, what that is an answer to, and its picture. `first_day`: of the war
    as it is looked at; `outcome` and `month` are those asked about.
    """

    question: QuestionRecord
    comparison: WhatIf
    first_day: date
    last_month: float
    outcome: str
    picture: Picture
    is_changed: bool


def conditions_of(page_question: PageQuestion) -> tuple[tuple[str, Any], ...]:
    """Under which conditions the war of a what-if is compared with itself."""
    question: Any = page_question.question
    return tuple((name, getattr(question, name)) for name in CONDITIONS)


def compare_live(
    page_question: PageQuestion,
    mark: str,
    changes: Mapping[str, object],
    cuts: Sequence[str],
    outcome: str = "settlement",
    month: float | None = None,
) -> LiveComparison:
    """What changes and cut links make of a war whose scenario has this mark; outcomes count by `month`.

    `page_question` is the what-if of the page: its conditions hold; its number of wars and its arms are for the full
    answer.

    Raises: Fault for an unknown path or link, a value that does not fit, or a scenario that is not the marked one any
    more.
    """
    from ripeness.show.charts.change_beside_stated import change_beside_stated

    bench = set_up_war(page_question.source, page_question.subject.coding, conditions_of(page_question), mark)
    last = bench.stated.ensemble.horizon
    until = last if month is None else min(month, last)
    watched = bench.watch(changes, cuts, until)
    arms, is_changed = watched.arms, bool(changes or cuts)
    design, scenario = arms.setup.design, arms.setup.scenario
    record = QuestionRecord(
        page_question.subject.case,
        scenario.coding,
        arms.setup.reading,
        arms.value.draws,
        design.seed,
        str(arms.setup.day),
        until,
        more=page_question.words(),
        scenario=mark,
    )
    outcome = outcome if outcome in watched.stated else "settlement"
    light, dark = (
        change_beside_stated(
            watched.months,
            watched.stated,
            watched.changed,
            arms.value.names,
            arms.setup.day,
            _title(arms.value, outcome, is_changed=is_changed),
            month=until,
            is_changed=is_changed,
            dark=is_dark,
        ).to_dict()
        for is_dark in (False, True)
    )
    return LiveComparison(
        record, arms.value, arms.setup.day, last, outcome, Picture(light, dark), is_changed=is_changed
    )


def _title(comparison: WhatIf, target: str, *, is_changed: bool) -> str:
    """The finding: how the outcome asked about moves."""
    from ripeness.show.words import outcome, percent

    base, changed = (
        next(row for row in arm.outcomes if target in {row.outcome, f"{row.outcome}:{row.polity}"})
        for arm in (comparison.arms[0], comparison.arms[-1])
    )
    name = outcome(base.outcome, base.polity, comparison.names)
    name = name[:1].upper() + name[1:]
    if not is_changed:
        return f"{name}: {percent(base.share.p)} as stated"
    if changed.more.low <= 0 <= changed.more.high:
        return f"{name}: {percent(base.share.p)} as stated; the change cannot be told from none"
    return f"{name}: from {percent(base.share.p)} to {percent(changed.share.p)}"


@lru_cache(maxsize=MOST_WARS)
def set_up_war(source: Any, coding: str, conditions: tuple[tuple[str, Any], ...], mark: str) -> Bench:
    """The war of a scenario that has this mark, set up once.

    Raises: Fault for a scenario that is not the marked one any more.
    """
    from ripeness.web.questions import mark_of
    from ripeness.workbench.bench import Bench

    if mark_of(source, coding) != mark:
        raise Fault("the scenario was changed since; load the page again")
    return Bench(source, **dict(conditions))
