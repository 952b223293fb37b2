"""The ledger: questions, forecasts on them, what came true, and how good the forecasts were."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from functools import partial
from html import escape
from typing import Any

from nicegui import ui

from ripeness.ledger.show.score_words import COUNTS, EARLY, SCORED, forecaster_words, overall_sentence, summary_words
from ripeness.ledger.verbs import forecast
from ripeness.web import ledger_dialogs as dialogs
from ripeness.web.chance_figures import calibration_figure
from ripeness.web.field_dialog import today
from ripeness.web.frame import build_or_show_fault, notify_faults, page_frame, show_fault
from ripeness.web.ledger_cards import card_html, example_docket, question_groups
from ripeness.web.screens import screen
from ripeness.web.services import Services
from ripeness.world.fault import Fault

HERE = screen("/ledger")
EMPTY = (
    "Nothing is forecast yet. Ask a question of your own, or open a case and choose “Track this forecast” below its "
    "outlook. A question has a text, a rule by which one will know, and a day; each forecast on it is dated and can "
    "never be changed, so that one can see afterwards who was right. This is what one looks like:"
)
EXAMPLE = "An example, with two forecasters who are not real"
BROKEN = (
    "This ledger is not what was written: {}. Only what can still be read is shown; it is not scored, and nothing can "
    "be added."
)


def register(services: Services) -> None:
    """Put the page at its address."""

    @ui.page(HERE.path)
    def ledger() -> None:
        with page_frame(HERE):
            LedgerPage(services)


class LedgerPage:
    """The page of one ledger."""

    def __init__(self, services: Services) -> None:
        self.services = services
        with ui.row().classes("form"):
            ui.button("Ask a question", icon="add", on_click=lambda: dialogs.ask_dialog(services, self.show)).props(
                'unelevated data-act="ask"'
            )
            check = ui.button("Check that nothing was altered", icon="verified", on_click=notify_faults(self._verify))
            export = ui.button("Download", icon="download", on_click=notify_faults(self._export))
            for button in (check, export):
                button.props("flat")
        self.place = ui.element("div").classes("ledger")
        self.show()

    def show(self) -> None:
        """List the questions, and the scores once there is something to score."""
        self.place.clear()
        with self.place:
            try:
                listing = forecast.listing(today=today(), ledger=self.services.ledger)
            except Fault as fault:
                show_fault(fault)
                return
            if listing.breaks:
                others = f" (and {len(listing.breaks) - 1} more)" if len(listing.breaks) > 1 else ""
                show_fault(Fault(BROKEN.format(f"{listing.breaks[0]}{others}")))
            if not listing.dockets:
                _teach()
                return
            settled = any(docket.status(listing.today) == "resolved" for docket in listing.dockets)
            if listing.sound and settled:
                build_or_show_fault(self._scores)
            for group in question_groups(listing):
                ui.html(f'<h2 class="group">{escape(group.title)}</h2>', sanitize=False)
                with ui.element("div").classes("questions"):
                    for docket in group.dockets:
                        self._card(docket, listing.today, sound=listing.sound)
            if listing.sound:
                build_or_show_fault(self._pools)
            _how_it_works()

    def _card(self, docket: Any, today: date, *, sound: bool) -> None:
        """A question with what can be done about it."""
        status, question = docket.status(today), docket.question
        label = escape(question.text, quote=True)
        acts = [
            ("Add or revise a forecast", dialogs.forecast_dialog, status == "open", "forecast"),
            ("Say what happened", dialogs.outcome_dialog, status in {"open", "closed", "due"}, "resolve"),
            ("Correct the outcome", dialogs.outcome_dialog, status == "resolved", "correct"),
            ("Withdraw", dialogs.withdraw_dialog, status in {"open", "closed", "due"}, "withdraw"),
        ]
        with ui.element("section").classes("card question").props(f'aria-label="{label}"'):
            ui.html(card_html(docket, today), sanitize=False)
            with ui.row().classes("take"):
                for name, dialog, offered, key in acts:
                    if offered and sound:
                        open_it = partial(dialog, self.services, docket, self.show)
                        ui.button(name, on_click=notify_faults(open_it)).props(f'flat dense data-act="{key}"')

    def _pools(self) -> None:
        """The views of each open question side by side, where there are several."""
        from ripeness.ledger.show.pool_tables import pool_layout

        sheet = forecast.pool(as_of=today(), ledger=self.services.ledger)
        several = replace(sheet, questions=tuple(part for part in sheet.questions if len(part.views) > 1))
        if several.questions:
            with ui.element("details").classes("fold"):
                ui.html("Several views of one question, and their average", sanitize=False, tag="summary")
                ui.html("".join(pool_layout(several).html_blocks()), sanitize=False)

    def _scores(self) -> None:
        """How good the forecasts were: a sentence, who did how well, a picture, and the numbers on demand."""
        from ripeness.web.scores import score_blocks

        sheet = forecast.score(as_of=today(), ledger=self.services.ledger)
        sentence = overall_sentence(sheet)
        if not sentence:
            return
        people = "".join(
            f"<li><b>{escape(forecaster_words(forecaster.name))}</b> {escape(summary_words(forecaster))}</li>"
            for forecaster in sheet.forecasters
        )
        with ui.element("section").classes("card scores"):
            ui.html(
                f'<h2>How good were the forecasts?</h2><p class="sentence">{escape(sentence)}</p>'
                f'<ul class="scored">{people}</ul>',
                sanitize=False,
            )
            if sheet.calibration:
                subtitle = "bars: 90 % intervals; figures count forecasts"
                title = "Did it happen as often as was said?"
                ui.html(calibration_figure(sheet.calibration, title, subtitle), sanitize=False)
            with ui.element("details").classes("fold"):
                ui.html("All scores", sanitize=False, tag="summary")
                ui.html("".join(score_blocks(sheet)), sanitize=False)

    def _verify(self) -> None:
        check = forecast.verify(ledger=self.services.ledger)
        if check.sound:
            text = f"{check.entries} lines: nothing was altered since they were written."
        else:
            text = f"This ledger was altered: {check.breaks[0]}."
        ui.notify(text, type="positive" if check.sound else "negative", multi_line=True, close_button="OK")

    def _export(self) -> None:
        _, text = forecast.export(None, ledger=self.services.ledger)
        ui.download.content(text, "ledger.json")


def _teach() -> None:
    """What a ledger is, by an example."""
    example = example_docket()
    ui.html(f'<p class="prose">{escape(EMPTY)}</p>', sanitize=False)
    with ui.element("section").classes("card question example").props(f'aria-label="{EXAMPLE}"'):
        ui.html(
            f'<p class="badge">{EXAMPLE}</p>{card_html(example, today())}',
            sanitize=False,
        )
    _how_it_works(opened=True)


def _how_it_works(*, opened: bool = False) -> None:
    """What counts, what early means, how it is scored."""
    parts = (("What counts", COUNTS), ("Known before the date", EARLY), ("How it is scored", SCORED))
    body = "".join(f"<dt>{title}</dt><dd>{escape(text)}</dd>" for title, text in parts)
    state = " open" if opened else ""
    ui.html(
        f'<details class="fold how"{state}><summary>How forecasts are settled and scored</summary><dl>{body}</dl>'
        "</details>",
        sanitize=False,
    )
