"""Chances as one states them: a slider in percent and its number; of several outcomes the others make room."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from html import escape
from typing import Any

from nicegui import ui

from ripeness.ledger.show.score_words import certainty_words, consequence_words

LOOK = "dense outlined stack-label"


class ChanceSlider(ui.slider):
    """A slider that moves at once with every key, and does not wait for the server's word first."""

    LOOPBACK = False


class ChanceFields:
    """One slider for a question of yes or no, else one for each outcome; they always add up to 100 %.

    `names` are the outcomes in words, `chances` what the sliders begin with.
    """

    def __init__(self, names: Sequence[str], chances: Sequence[float] = (), *, label: str = "Your probability") -> None:
        self.names = list(names)
        equal = [1 / len(self.names)] * len(self.names)
        self.percents = in_whole_percent(list(chances) or equal)
        self.setting = False  # while the fields are set by this class, and not by a person
        self.watchers: list[Callable[[], Any]] = []
        shown = self.names[:1] if len(self.names) == 2 else self.names
        self.sliders: list[ChanceSlider] = []
        self.numbers: list[ui.number] = []
        with ui.element("div").classes("chance-fields"):
            for n, name in enumerate(shown):
                title = f"{label} of “{name}”"
                with ui.element("div").classes("chance-field"):
                    ui.html(f"<span>{escape(title)}</span>", sanitize=False).classes("chance-name")
                    slider = ChanceSlider(min=0, max=100, step=1, value=self.percents[n])
                    slider.props(f'aria-label="{escape(title, quote=True)}"')
                    number = ui.number(value=self.percents[n], min=0, max=100, step=1, format="%.4g")
                    number.props(f'{LOOK} aria-label="{escape(title, quote=True)}, percent"').classes("chance-number")
                    ui.html("%", sanitize=False).props("aria-hidden=true")
                slider.on_value_change(lambda event, n=n: self._moved(n, event.value))
                number.on_value_change(lambda event, n=n: self._moved(n, event.value))
                self.sliders.append(slider)
                self.numbers.append(number)
            self.words = ui.html("", sanitize=False).classes("quiet")
        self._say()

    def shares(self) -> list[float]:
        """The chances in the order of the outcomes; they add up to 1."""
        return [value / 100 for value in self.percents]

    def fill(self, chances: Sequence[float]) -> None:
        """Set all sliders."""
        self.percents = in_whole_percent(list(chances))
        self._show()

    def on_change(self, look: Callable[[], Any]) -> None:
        """Call this whenever a person moves a slider."""
        self.watchers.append(look)

    def _moved(self, n: int, value: Any) -> None:
        """A person moved one slider: the others make room in proportion."""
        if self.setting or value is None:
            return
        self.percents = with_room(self.percents, n, min(max(float(value), 0.0), 100.0))
        self._show()
        for look in self.watchers:
            look()

    def _show(self) -> None:
        self.setting = True
        for n, (slider, number) in enumerate(zip(self.sliders, self.numbers, strict=True)):
            slider.value, number.value = self.percents[n], self.percents[n]
        self.setting = False
        self._say()

    def _say(self) -> None:
        shares = self.shares()
        never = certainty_words(shares, self.names)
        second = f"“{self.names[1]}” gets {self.percents[1]:g} %. " if len(self.names) == 2 else ""
        warning = f'<br><span class="warned">{escape(never)}</span>' if never else ""
        self.words.content = f"{escape(second + consequence_words(shares, self.names))}{warning}"


def in_whole_percent(chances: Sequence[float]) -> list[float]:
    """Chances in whole percent that add up to 100, by the largest remainders.

    >>> in_whole_percent([1 / 3, 1 / 3, 1 / 3])
    [34.0, 33.0, 33.0]
    """
    total = sum(chances) or 1.0
    exact = [100 * chance / total for chance in chances]
    percents = [float(int(value)) for value in exact]
    order = sorted(range(len(exact)), key=lambda n: percents[n] - exact[n])
    for n in order[: round(100 - sum(percents))]:
        percents[n] += 1
    return percents


def with_room(percents: Sequence[float], moved: int, value: float) -> list[float]:
    """The percents with one of them set; the others share what is left in proportion, of two without rounding.

    >>> with_room([50.0, 25.0, 25.0], 0, 80.0)
    [80.0, 10.0, 10.0]
    >>> with_room([50.0, 50.0], 0, 0.5)
    [0.5, 99.5]
    """
    left = 100 - value
    if len(percents) == 2:
        return [value, left] if moved == 0 else [left, value]
    value = float(round(value))
    left = 100 - value
    others = [percent for n, percent in enumerate(percents) if n != moved]
    shares = others if sum(others) > 0 else [1.0] * len(others)
    scaled = [float(int(left * share / sum(shares))) for share in shares]
    exact = [left * share / sum(shares) for share in shares]
    order = sorted(range(len(exact)), key=lambda n: scaled[n] - exact[n])
    for n in order[: round(left - sum(scaled))]:
        scaled[n] += 1
    room = iter(scaled)
    return [value if n == moved else next(room) for n in range(len(percents))]
