"""Last day: questions about all that comes of a war that look ahead to a day instead of a number of steps."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from math import ceil
from typing import TYPE_CHECKING

from ripeness.workbench.question import Answer_co, WarQuestion, declared, question
from ripeness.world.fault import ArgumentFault

if TYPE_CHECKING:
    from ripeness.workbench.setup import StudySetup


@question
class LastDayQuestion(WarQuestion[Answer_co]):
    """A question that looks ahead to the horizon, or to a day."""

    by: date | str | None = declared(
        default=None, label="By day", help="Look ahead to this day, such as 2027-07-01, instead of the horizon."
    )

    def check(self) -> None:
        """Refuse a horizon and a day that both say how far to look."""
        super().check()
        if self.by is not None and self.horizon is not None:
            raise ArgumentFault("by", " says how far to look ahead, and so does {horizon}; give one of them")

    def looking_ahead(self, setup: StudySetup) -> tuple[StudySetup, float | None]:
        """The setup with as many steps as the day asks for, and the month that it is; none without a day.

        Raises: ArgumentFault for a day that is not after that of the forecast, or beyond the horizon.
        """
        from ripeness.world.calendar import STEPS, month_by

        day = self.day("by")
        if day is None:
            return setup, None
        step = STEPS[setup.scenario.step]
        month = month_by(day, setup.day, setup.scenario.horizon * step)
        setup.weigh.named_months = (*setup.weigh.named_months, month)
        return replace(setup, design=replace(setup.design, horizon=ceil(round(month / step, 9)))), month
