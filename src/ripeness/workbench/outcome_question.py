"""Questions about one outcome by one month or day: what they share."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, ClassVar

from ripeness.workbench.question import Answer_co, WarQuestion, declared, python_only, question
from ripeness.world.fault import ArgumentFault

if TYPE_CHECKING:
    from numpy.typing import ArrayLike

BY_OR_MONTH = " says by when, and so does {month}; give one of them"
BY_HELP = "By which day, such as 2027-07-01, instead of a month."


@question
class MonthQuestion(WarQuestion[Answer_co]):
    """A question about how the war stands by one month or day."""

    month: float | None = declared(
        default=None,
        above=0,
        most_served=1_800,
        label="By month",
        help="By which month. Default: 24, or the horizon where it is nearer.",
    )
    by: date | str | None = declared(default=None, label="By day", help=BY_HELP)

    def check(self) -> None:
        """Refuse a month and a day that both say by when."""
        super().check()
        if self.month is not None and self.by is not None:
            raise ArgumentFault("by", BY_OR_MONTH)


@question
class OutcomeQuestion(MonthQuestion[Answer_co]):
    """A question about one outcome by one month.

    `late`: without a month it asks by the horizon, not two years ahead.
    """

    first: ClassVar[tuple[str, ...]] = ("outcome", "month", "by")
    late: ClassVar[bool] = False

    outcome: str = declared(
        default="settlement",
        suggest="outcomes",
        help="settlement, ceasefire, frozen, fighting, victory:POLITY or collapse:POLITY.",
    )
    weights: ArrayLike | None = python_only(default=None)
