"""Year ends: by when a page asks, one press for the end of each year that a forecast reaches, and for the usual day."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta

from nicegui import ui

from ripeness.show.words import day
from ripeness.web.question_controls import QuestionControls
from ripeness.web.scenario_reading import ScenarioSummary
from ripeness.world.calendar import date_after

MOST = 6  # years at a glance; for others there is the field
FIELD = "by"


class YearEnds:
    """A row of days beside the field that takes any: the one that holds is pressed; `chosen` is called after a press.

    `usual` is the day by which the page asks where none is named.
    """

    def __init__(
        self, form: QuestionControls, summary: ScenarioSummary, usual: date, chosen: Callable[[], object]
    ) -> None:
        self.form, self.usual, self.chosen = form, str(usual), chosen
        self.buttons: dict[str, ui.button] = {}
        first = date.fromisoformat(summary.start)
        ends = year_ends(first, date_after(first, summary.months))
        if not ends:
            return
        with ui.element("div").classes("year-ends").props('role="group" aria-label="By when"'):
            ui.html("By the end of", sanitize=False)
            for end in ends:
                self._add(str(end), str(end.year))
            if usual not in ends:
                ui.html("or by", sanitize=False)
                self._add(self.usual, day(usual))
        self.refresh()

    def refresh(self) -> None:
        """Press the day that the form says."""
        value = str(self.form.controls[FIELD].value or "") or self.usual
        for name, button in self.buttons.items():
            is_on = name == value
            button.classes(add="on") if is_on else button.classes(remove="on")
            button.props(f'aria-pressed="{"true" if is_on else "false"}"')

    def _add(self, name: str, words: str) -> None:
        button = ui.button(words, on_click=lambda: self._choose(name), color=None)
        self.buttons[name] = button.props(f'flat no-caps dense data-by="{name}"').classes("preset")

    def _choose(self, name: str) -> None:
        control, field = self.form.controls[FIELD], self.form.fields[FIELD]
        control.value = field.content(field.default) if name == self.usual else name
        self.chosen()


def year_ends(first: date, last: date) -> tuple[date, ...]:
    """The last days of the years that lie between two days, at least two months after the first; the first six.

    >>> [str(end) for end in year_ends(date(2023, 11, 15), date(2025, 12, 31))]
    ['2024-12-31', '2025-12-31']
    """
    ends = (date(year, 12, 31) for year in range(first.year, last.year + 1))
    return tuple(end for end in ends if first + timedelta(days=60) <= end <= last)[:MOST]
