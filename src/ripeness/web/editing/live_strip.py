"""The live strip: what the text as it stands would be forecast to bring, and what has changed since it was saved."""

from __future__ import annotations

import asyncio
from html import escape
from pathlib import Path

from nicegui import background_tasks, ui

from ripeness.show.palette import outcome_colour
from ripeness.show.words import day, outcome
from ripeness.web.quick_outcomes import SIMULATIONS, QuickOutcome, QuickOutcomes, quick_outcomes
from ripeness.web.workers import Workers
from ripeness.world.fault import Fault

CALM = 0.5  # seconds without a change before it is simulated
LONG = 8.0  # seconds after which it is said why this takes so long
SEEN = 0.005  # of the chances: what is less is not named, and its place in the bar hardly seen
MINUS = "\N{MINUS SIGN}"
MOVED = 0.005  # of the chances: a change that is shown


class LiveStrip:
    """The strip of one page: grey while a newer text is simulated, paused while that has faults."""

    def __init__(self, workers: Workers, scenarios: Path, name: str) -> None:
        self.workers, self.scenarios, self.name = workers, scenarios, name
        self.turn, self.running = 0, False
        self.text, self.saved_text = "", ""
        self.place = ui.element("section").classes("g-live stale").props('aria-label="Quick forecast"')
        with self.place:
            self.head = ui.html('<div class="g-head"><b>Quick forecast</b></div>', sanitize=False)
            self.body = ui.html('<p class="g-hint">Setting up the simulations.</p>', sanitize=False)
            self.body.props('role="status" aria-live="polite"')

    def follow(self, text: str, saved_text: str) -> None:
        """Simulate a text that holds together, and the saved one beside it."""
        if (text, saved_text) == (self.text, self.saved_text):
            self._say("", stale=False)
            return
        self.text, self.saved_text = text, saved_text
        self.turn += 1
        self._say("simulating", stale=True)
        if not self.running:
            background_tasks.create(self._catch_up())

    def pause(self, count: int) -> None:
        """Say that nothing is simulated while there are faults."""
        self.turn += 1
        self.text = ""
        self._say(f"paused: {count} to mend" if count else "paused: the text cannot be read", stale=True)

    def _say(self, state: str, *, stale: bool) -> None:
        words = f'<span class="g-hint">{escape(state)}</span>' if state else ""
        title = f"Quick forecast, from {SIMULATIONS:,} simulations"
        self.head.set_content(f'<div class="g-head"><b>{title}</b>{words}</div>')
        self.place.classes(add="stale") if stale else self.place.classes(remove="stale")

    def _excuse(self, turn: int) -> None:
        if turn == self.turn and not self.place.is_deleted:
            self._say("preparing the model; the first time takes a few minutes", stale=True)

    async def _catch_up(self) -> None:
        self.running = True
        shown = -1
        try:
            while shown != self.turn and self.text and not self.place.is_deleted:
                shown = self.turn
                await asyncio.sleep(CALM)
                if shown == self.turn:
                    await self._simulate(shown)
        finally:
            self.running = False

    async def _simulate(self, turn: int) -> None:
        text, saved_text = self.text, self.saved_text
        patience = asyncio.get_running_loop().call_later(LONG, self._excuse, turn)
        try:
            now = await self.workers.slide(quick_outcomes, self.scenarios, text, self.name)
            saved = await self.workers.slide(quick_outcomes, self.scenarios, saved_text, self.name)
        except Fault as fault:
            self._say(str(fault), stale=True)
            return
        finally:
            patience.cancel()
        if turn == self.turn and now is not None and not self.place.is_deleted:
            with self.place:
                self.body.set_content(outcome_strip(now, saved if saved_text != text else None))
            self._say("", stale=False)


def outcome_strip(now: QuickOutcomes, saved: QuickOutcomes | None) -> str:
    """The chances as a bar and a legend; beside each what it was in the saved version, where that differs."""
    before = {(row.outcome, row.polity): row.chance for row in saved.outcomes} if saved is not None else {}
    rows = [row for row in now.outcomes if max(row.chance, before.get((row.outcome, row.polity), 0.0)) >= SEEN]
    bars = "".join(f'<i style="width:{100 * row.chance:.2f}%;background:{_colour(row)}"></i>' for row in rows)
    items = "".join(_item(row, now, before) for row in rows)
    change = "In brackets: the change since the saved version, in percentage points, on the same random numbers."
    return (
        f'<div class="strip" aria-hidden="true">{bars}</div><ul class="legend">{items}</ul>'
        f'<span class="g-hint">By {day(now.until)}. {change if before else ""}</span>'
    )


def _colour(row: QuickOutcome) -> str:
    """The colour of an outcome; that of fighting follows the light of the page."""
    return "var(--fighting)" if row.outcome == "fighting" else outcome_colour(row.outcome, row.side)


def _item(row: QuickOutcome, now: QuickOutcomes, before: dict[tuple[str, str | None], float]) -> str:
    name = outcome(row.outcome, row.polity, now.names)
    more = row.chance - before.get((row.outcome, row.polity), row.chance)
    words = ""
    if abs(more) >= MOVED:
        kind = "g-more-of" if more > 0 else "g-less-of"
        words = f' <b class="{kind}">({"+" if more > 0 else MINUS}{abs(100 * more):.0f})</b>'
    return f'<li><i style="background:{_colour(row)}"></i>{escape(name)} <b>{100 * row.chance:.0f} %</b>{words}</li>'
