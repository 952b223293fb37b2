"""The outcome and the month that a laboratory is asked about: a choice and a slider, and their words of the address."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date

from nicegui import ui

from ripeness.show.words import day
from ripeness.web.question_form import outcome_choices
from ripeness.web.scenario_reading import ScenarioSummary
from ripeness.world.calendar import date_after

USUAL_OUTCOME, USUAL_MONTH = "settlement", 24.0


class AskedAbout:
    """The controls; `changed` is called when either is."""

    def __init__(self, summary: ScenarioSummary, changed: Callable[[], None]) -> None:
        self.changed = changed
        self.first_day = date.fromisoformat(summary.start)
        self.last = max(1, int(summary.months))
        self.usual = int(min(USUAL_MONTH, self.last))
        with ui.row().classes("asked-about"):
            self.outcome = ui.select(
                outcome_choices(summary.sides()), value=USUAL_OUTCOME, label="Ask about", on_change=self._changed
            ).props("dense outlined options-dense stack-label")
            with ui.element("div").classes("by"):
                self.words_of_month = ui.label().classes("by-words")
                self.month = ui.slider(min=1, max=self.last, step=1, value=self.usual, on_change=self._changed)
                self.month.props('aria-label="By which month"')
        self.tell(self.first_day)

    @property
    def value(self) -> tuple[str, float]:
        """The outcome as an analyst types it, and the month from the day of the forecast."""
        return str(self.outcome.value), float(self.month.value)

    @property
    def outcome_words(self) -> str:
        """The outcome in words."""
        options: dict[str, str] = dict(self.outcome.options)
        return options[str(self.outcome.value)]

    def tell(self, first_day: date) -> None:
        """Say which day the month is, counted from the day as of which the war is looked at."""
        self.first_day = first_day
        self.words_of_month.text = f"by {day(date_after(first_day, float(self.month.value)))}"

    def words(self) -> dict[str, str]:
        """What differs from the usual, as words of an address."""
        outcome, month = self.value
        return {
            "outcome": "" if outcome == USUAL_OUTCOME else outcome,
            "month": "" if month == self.usual else f"{month:g}",
        }

    def read_words(self, words: Mapping[str, str]) -> None:
        """Set what the words of an address say; what they cannot mean is left as it is."""
        if words.get("outcome") in self.outcome.options:
            self.outcome.value = words["outcome"]
        if words.get("month", "").isdecimal() and 1 <= int(words["month"]) <= self.last:
            self.month.value = int(words["month"])

    def _changed(self) -> None:
        self.tell(self.first_day)
        self.changed()
