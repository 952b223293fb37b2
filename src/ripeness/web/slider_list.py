"""Sliders of a war's numbers: each with the stated value marked on its track, its way back, and what it was measured to
do.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from html import escape
from math import log
from typing import Any

from nicegui import ui

from ripeness.show.human_numbers import human_number
from ripeness.web.leading_order import LeadingOrder, MeasuredMove
from ripeness.web.what_if_state import WhatIfState

STEPS = 200  # of a slider from end to end
WIDE = 12.0  # ends that lie so many times apart are told on a track of ratios
FIRST = 10  # sliders at once; the search finds the others
MOST_FOUND = 20
# Before anything was measured: what most people ask about.
ASKED_OFTEN = ("talks.", "stake.", ".aid_capacity", ".sanctions_weight", ".resources.", ".conduct.", ".factions.")


@dataclass(frozen=True, slots=True)
class SettableNumber:
    """A number that can be moved: its words, and its 5 %, middle and 95 % point as stated; `of`: of what a share is.

    `meaning` says what none and all of it mean, where it is a position on an issue.
    """

    path: str
    words: str
    low: float
    middle: float
    high: float
    unit: str
    of: str = ""
    meaning: str = ""

    def in_words(self, value: float) -> str:
        """A value in human units."""
        return human_number(value, self.unit, self.of)

    def briefly(self, value: float) -> str:
        """The same without what it is of, as the ends of a track have it."""
        return human_number(value, self.unit, brief=True)


class SliderList:
    """The ten numbers that move the outcome asked about most, those that were moved, and a search for the others."""

    def __init__(self, state: WhatIfState, changed: Callable[[], None], note: Callable[[str], str]) -> None:
        self.state, self.changed, self.note = state, changed, note
        self.numbers: dict[str, SettableNumber] = {}
        self.order: LeadingOrder | None = None
        self.target: tuple[str, float] = ("settlement", 24.0)
        self.rows: dict[str, SliderRow] = {}
        self.about = ui.html("", sanitize=False)
        self.list = ui.element("div").classes("numbers").props('data-part="leading"')
        with ui.expansion("Parameters of the model").classes("lines of-the-model") as self.of_the_model:
            ui.html('<p class="quiet">The same in every war; they say how wars of this kind go.</p>', sanitize=False)
            self.model_list = ui.element("div").classes("numbers")
        self.search = ui.input("Find another number: a country, a faction, a word", on_change=lambda _: self._find())
        self.search.props("dense outlined clearable").classes("search")
        self.results = ui.element("div").classes("numbers")

    def show(
        self, numbers: Mapping[str, SettableNumber], order: LeadingOrder | None, target: tuple[str, float]
    ) -> None:
        """Show the sliders for the outcome and month asked about."""
        self.numbers, self.order, self.target = dict(numbers), order, target
        self.rows.clear()
        leading = order.leading(*target) if order is not None else sorted(self.numbers, key=self._usual_rank)
        leading = [path for path in leading if path in self.numbers]
        moved = [path for path in self.state.changes if path in self.numbers]
        of_the_war = [path for path in leading if not path.startswith("laws.")][:FIRST]
        self._fill(self.list, [*(path for path in moved if path not in of_the_war), *of_the_war])
        of_the_model = [path for path in leading if path.startswith("laws.") and path not in moved]
        self._fill(self.model_list, of_the_model[:FIRST])
        self.of_the_model.set_visibility(bool(of_the_model))
        self.about.set_content(f'<p class="quiet">{escape(self.note(self._measured_words()))}</p>')
        self._find()

    def refresh(self) -> None:
        """Show every slider where the state has it, such as after a preset."""
        for path in self.state.changes:
            if path in self.numbers and path not in self.rows:
                with self.list:
                    self.rows[path] = self._row(path)
        for row in self.rows.values():
            row.refresh()

    def _measured_words(self) -> str:
        return "" if self.order is None else f"{self.order.draws:,} simulations at each end"

    def _fill(self, place: ui.element, paths: Sequence[str]) -> None:
        place.clear()
        with place:
            for path in paths:
                self.rows[path] = self._row(path)

    def _row(self, path: str) -> SliderRow:
        move = self.order.move(path, *self.target) if self.order is not None else None
        return SliderRow(self.numbers[path], self.state, self.changed, move)

    def _usual_rank(self, path: str) -> tuple[object, ...]:
        """What most people ask about first: what presets set, then talks, help from outside, and means of war."""
        preset = any(path in preset.changes for preset in self.state.available.values())
        return not preset, [part not in path for part in ASKED_OFTEN], path

    def _find(self) -> None:
        """The numbers that have every word that is typed."""
        words = str(self.search.value or "").lower().split()
        self.results.clear()
        if not words:
            return
        paths = [path for path, number in self.numbers.items() if all(word in number.words.lower() for word in words)]
        new = [path for path in paths if path not in self.rows or self.rows[path].place.is_deleted]
        with self.results:
            for path in new[:MOST_FOUND]:
                self.rows[path] = self._row(path)
            if len(new) > MOST_FOUND:
                ui.label(f"{len(new) - MOST_FOUND:,} more: type another word").classes("quiet")
            elif not new:
                ui.label("All that has this word stands above" if paths else "No number has this word").classes("quiet")


class SliderRow:
    """One slider. Its track is linear, or of ratios where its ends lie far apart."""

    def __init__(
        self, number: SettableNumber, state: WhatIfState, changed: Callable[[], None], move: MeasuredMove | None
    ) -> None:
        self.number, self.state, self.changed = number, state, changed
        value = state.changes.get(number.path)
        self.low = min(number.low, number.low if value is None else value)
        self.high = max(number.high, number.high if value is None else value)
        self.is_set_here = False  # whether the slider is being put where the state has it
        self.place = ui.element("div").classes("number").props(f'data-number="{escape(number.path, quote=True)}"')
        with self.place:
            with ui.element("div").classes("name"):
                ui.label(number.words)
                self.value = ui.label().classes("value")
                self.back = ui.button(icon="undo", on_click=self._reset).props(
                    f'flat round dense size="sm" aria-label="Back to as stated: {escape(number.words, quote=True)}"'
                )
            with ui.element("div").classes("track"):
                self.slider = ui.slider(min=0, max=STEPS, step=1, value=self._place_of(number.middle))
                self.slider.props(f'aria-label="{escape(number.words, quote=True)}"')
                self.tick = ui.element("i").classes("tick")
            self.ends = ui.html("", sanitize=False).classes("ends")
            if number.meaning:
                ui.label(number.meaning).classes("meaning")
            if move is not None:
                ui.label(_move_words(move)).classes("measured" if move.is_told else "measured untold")
        self.slider.on_value_change(self._moved)
        self.refresh()

    def refresh(self) -> None:
        """Show what the state has."""
        value = self.state.changes.get(self.number.path)
        if value is not None and not self.low <= value <= self.high:
            self.low, self.high = min(self.low, value), max(self.high, value)
        self.is_set_here = True
        self.slider.value = self._place_of(self.number.middle if value is None else value)
        self.is_set_here = False
        self._tell(value)

    def _tell(self, value: float | None) -> None:
        number = self.number
        self.value.text = number.in_words(number.middle if value is None else value)
        self.back.set_visibility(value is not None)
        self.place.classes(add="moved") if value is not None else self.place.classes(remove="moved")
        self.tick.style(f"left: {100 * self._place_of(number.middle) / STEPS:.1f}%")
        self.slider.props(f'aria-valuetext="{escape(self.value.text, quote=True)}"')
        self.ends.set_content(
            f"<span>{escape(number.briefly(self.low))}</span><span>as stated: "
            f"{escape(number.briefly(number.middle))}</span><span>{escape(number.briefly(self.high))}</span>"
        )

    def _moved(self, event: Any) -> None:
        if self.is_set_here:
            return
        value = self._value_at(float(event.value))
        self.state.move(self.number.path, value)
        self._tell(value)
        self.changed()

    def _reset(self) -> None:
        self.state.reset(self.number.path)
        self.refresh()
        self.changed()

    @property
    def _is_of_ratios(self) -> bool:
        return self.low > 0 and self.high / self.low >= WIDE

    def _place_of(self, value: float) -> int:
        if self.high <= self.low:
            return 0
        if self._is_of_ratios:
            return round(STEPS * log(value / self.low) / log(self.high / self.low))
        return round(STEPS * (value - self.low) / (self.high - self.low))

    def _value_at(self, place: float) -> float:
        share = place / STEPS
        if self._is_of_ratios:
            return float(self.low * (self.high / self.low) ** share)
        return self.low + share * (self.high - self.low)


def _move_words(move: MeasuredMove) -> str:
    half = 50 * (move.high - move.low)
    if not move.is_told:
        return f"end to end: no effect that can be told ({100 * move.mean:+.0f} ±{half:.0f} points)"
    return f"end to end: {100 * move.mean:+.0f} points (±{half:.0f})"
