"""The ledger: questions, forecasts on them, what came true, and how good the forecasts were."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime
from html import escape
from typing import Any

from nicegui import ui

from ripeness.ledger.verbs import forecast
from ripeness.web.answer_view import show_pictures
from ripeness.web.frame import build_or_show_fault, notify_faults, page_frame, show_fault, show_lines
from ripeness.web.screens import screen
from ripeness.web.services import Services
from ripeness.world.fault import Fault

HERE = screen("/ledger")


def register(services: Services) -> None:
    """Put the page at its address."""

    @ui.page(HERE.path)
    def ledger() -> None:
        with page_frame(HERE):
            _Ledger(services)


class _Ledger:
    """The page of one ledger."""

    def __init__(self, services: Services) -> None:
        self.services = services
        with ui.row().classes("form"):
            ui.button("Ask a question", icon="add", on_click=self._ask).props('unelevated data-act="ask"')
            ui.button("Check the chain", icon="verified", on_click=notify_faults(self._verify)).props("flat")
            ui.button("Export", icon="download", on_click=notify_faults(self._export)).props("flat")
        self.place = ui.element("div")
        self.show()
        show_lines("ripeness forecast list", "ripeness.forecast.listing(today=date.today())")

    def show(self) -> None:
        """List the questions, and the scores once there is something to score."""
        self.place.clear()
        with self.place:
            try:
                listing = forecast.listing(today=_today(), ledger=self.services.ledger)
            except Fault as fault:
                show_fault(fault)
                return
            if listing.breaks:
                others = f" (and {len(listing.breaks) - 1} more)" if len(listing.breaks) > 1 else ""
                show_fault(
                    Fault(
                        f"This ledger is not what was written: {listing.breaks[0]}{others}. Only what can still be read"
                        " is shown; it is not scored, and nothing can be added."
                    )
                )
            if not listing.dockets:
                ui.html(
                    '<p class="quiet">Nothing is forecast yet. A question has a text, a rule by which one will know, '
                    "and a day; each forecast on it is dated and can never be changed.</p>",
                    sanitize=False,
                )
                return
            with ui.element("div").classes("cards"):
                for docket in listing.dockets:
                    self._card(docket, listing.today)
            if listing.sound:
                build_or_show_fault(self._pools)
            if listing.sound and any(docket.status(listing.today) == "resolved" for docket in listing.dockets):
                build_or_show_fault(self._scores)

    def _card(self, docket: Any, today: date) -> None:
        question, status = docket.question, docket.status(today)
        with ui.element("section").classes("card"):
            ui.html(
                f"<h2>{escape(question.text)}</h2><p class='quiet'><b>{escape(question.id)}</b> · {status} · settled "
                f"on {question.resolves} · {escape(question.criteria)}</p>{_came_true(docket)}",
                sanitize=False,
            )
            forecasts = "".join(
                f"<li>{dated.forecast.made.date()} {escape(dated.forecast.by)}: "
                + ", ".join(f"{escape(name)} {p:.0%}" for name, p in dated.forecast.probabilities.items())
                + "</li>"
                for dated in docket.forecasts[-4:]
            )
            ui.html(f'<ul class="dated">{forecasts or "<li>no forecast yet</li>"}</ul>', sanitize=False)
            with ui.row().classes("take"):
                if status in {"open", "closed", "due"}:
                    ui.button("Forecast", on_click=lambda: self._forecast(question)).props("flat dense")
                    ui.button("Resolve", on_click=lambda: self._resolve(question)).props("flat dense")

    def _pools(self) -> None:
        """The views of each open question side by side, where there are several."""
        from ripeness.ledger.show.pool_tables import pool_layout

        sheet = forecast.pool(as_of=_today(), ledger=self.services.ledger)
        several = replace(sheet, questions=tuple(part for part in sheet.questions if len(part.views) > 1))
        if several.questions:
            ui.html("<h2>Views side by side</h2>", sanitize=False)
            ui.html("".join(pool_layout(several).html_blocks()), sanitize=False)

    def _scores(self) -> None:
        from ripeness.web.scores import score_answer  # loads the model, for which no first page waits

        answer = score_answer(self.services, forecast.score(as_of=_today(), ledger=self.services.ledger))
        ui.html("<h2>How good were they?</h2>", sanitize=False)
        show_pictures(answer)
        ui.html("".join(answer.blocks), sanitize=False)

    def _ask(self) -> None:
        with ui.dialog(value=True) as dialog, ui.card():
            ui.html("<h2>Ask a question</h2>", sanitize=False)
            name = _field("Short name, such as truce-2027")
            text = _field("What is asked?")
            criteria = _field("How will one know?")
            resolves = _field("Settled on which day, such as 2027-07-01?")
            outcomes = _field("Outcomes", "yes, no")

            def enter() -> None:
                question = forecast.Asked(
                    text=str(text.value),
                    criteria=str(criteria.value),
                    resolves=_day(resolves.value),
                    outcomes=tuple(outcome.strip() for outcome in str(outcomes.value).split(",") if outcome.strip()),
                )
                self._add(str(name.value), question, forecast.Given())
                dialog.close()
                self.show()

            _buttons("Ask", enter, dialog)

    def _forecast(self, question: Any) -> None:
        with ui.dialog(value=True) as dialog, ui.card():
            ui.html(f"<h2>{escape(question.text)}</h2>", sanitize=False)
            fields = {
                name: ui.number(name, value=round(1 / len(question.outcomes), 2), min=0, max=1, step=0.01).props(
                    "dense outlined"
                )
                for name in question.outcomes
            }
            why = _field("Why?")

            def enter() -> None:
                shares = {name: float(field.value or 0) for name, field in fields.items()}
                self._add(question.id, forecast.Asked(), forecast.Given(shares, rationale=str(why.value)))
                dialog.close()  # before its card is drawn anew
                self.show()

            _buttons("Enter", enter, dialog)

    def _resolve(self, question: Any) -> None:
        with ui.dialog(value=True) as dialog, ui.card():
            ui.html(f"<h2>{escape(question.text)}</h2>", sanitize=False)
            outcome = ui.select(list(question.outcomes), value=question.outcomes[0], label="What came true").props(
                "dense outlined"
            )
            source = _field("By which source does one know?")
            on = _field("Since which day is it known?", str(_today()))

            def enter() -> None:
                forecast.resolve(
                    question.id,
                    outcome=str(outcome.value),
                    on=_day(on.value) or _today(),
                    source=str(source.value),
                    by=forecast.author(),
                    now=_now(),
                    ledger=self.services.ledger,
                )
                dialog.close()
                self.show()

            _buttons("Resolve", enter, dialog)

    def _add(self, name: str, question: Any, draft: Any) -> None:
        forecast.add(name, question, draft, by=forecast.author(), now=_now(), ledger=self.services.ledger)

    def _verify(self) -> None:
        check = forecast.verify(ledger=self.services.ledger)
        verdict = "nothing was changed" if check.sound else f"not what was written: {check.breaks[0]}"
        ui.notify(f"{check.entries} lines: {verdict}", type="positive" if check.sound else "negative")

    def _export(self) -> None:
        _, text = forecast.export(None, ledger=self.services.ledger)
        ui.download.content(text, "ledger.json")


def _came_true(docket: Any) -> str:
    """What came true, where that is known, and by which source."""
    resolution = docket.resolution
    if resolution is None:
        return ""
    verdict = "annulled" if resolution.annulled else f"came true: <b>{escape(resolution.outcome)}</b>"
    return f"<p>{verdict}, {escape(resolution.source)}</p>"


def _field(name: str, value: str = "") -> Any:
    return ui.input(name, value=value).props("dense outlined").style("width: 100%; min-width: min(70vw, 340px)")


def _buttons(name: str, act: Any, dialog: Any) -> None:
    with ui.row():
        ui.button(name, on_click=notify_faults(act)).props('unelevated data-act="enter"')
        ui.button("Cancel", on_click=dialog.close).props("flat")


def _day(text: Any) -> date | None:
    from ripeness.world.dates import parse_day

    return parse_day(str(text), "the day") if text else None


def _now() -> datetime:
    return datetime.now(UTC)


def _today() -> date:
    return _now().date()
