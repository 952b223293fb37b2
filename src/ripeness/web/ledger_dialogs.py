"""Dialogs of the ledger: ask a question, forecast on one, say what happened, withdraw; faults stand at their fields."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping
from contextlib import suppress
from datetime import UTC, date, datetime
from html import escape
from typing import TYPE_CHECKING, Any

from nicegui import ui

from ripeness.ledger.show.score_words import EARLY, day_in_words
from ripeness.ledger.verbs import forecast
from ripeness.web.chance_fields import LOOK, ChanceFields
from ripeness.world.fault import Fault

if TYPE_CHECKING:
    from ripeness.ledger.book.docket import Docket
    from ripeness.web.services import Services

LONGEST_ID = 40  # letters of the name that a question gets from its text
BAD_OUTCOME = re.compile(r"[\t=;|:]")
NOT_IN_IDS = re.compile(r"[^a-z0-9]+")
NOT_NOW = {  # what a fault of a field that no dialog has says in the words of a page
    "made": "This question takes no forecasts any more: it is closed, or its outcome is known.",
    "corrects": "Somebody else has entered an outcome meanwhile; look at it first.",
}


class FieldDialog:
    """A dialog with fields by name; what is wrong with one is said below it, what is wrong with none at the end."""

    def __init__(
        self, title: str, act: str, enter: Callable[[], Any], done: Callable[[], Any], *, danger: bool = False
    ) -> None:
        self.fields: dict[str, Any] = {}
        self.enter_record, self.done = enter, done
        with ui.dialog(value=True) as self.dialog, ui.card().classes("ledger-dialog"):
            ui.html(f"<h2>{escape(title)}</h2>", sanitize=False)
            self.body = ui.element("div").classes("ledger-fields")
            self.fault = ui.html("", sanitize=False).props('role="alert"')
            with ui.row().classes("take"):
                self.button = ui.button(act, on_click=self.enter).props('unelevated data-act="enter"')
                if danger:
                    self.button.props('color="negative"')
                ui.button("Cancel", on_click=self.dialog.close).props("flat")

    def text(self, name: str, label: str, hint: str = "", value: str = "", *, long: bool = False) -> Any:
        """A field for a text; `hint` stands below it."""
        with self.body:
            field = ui.textarea(label, value=value).props("autogrow rows=2") if long else ui.input(label, value=value)
            return self._keep(name, field, hint)

    def day(self, name: str, label: str, value: date | None, hint: str = "", **bounds: date | None) -> Any:
        """A field with the calendar of the browser; `least` and `most` bound it."""
        with self.body:
            field = ui.input(label, value=str(value or "")).props("type=date")
            for word, bound in (("min", bounds.get("least")), ("max", bounds.get("most"))):
                if bound is not None:
                    field.props(f'{word}="{bound}"')
            return self._keep(name, field, hint)

    def enter(self) -> None:
        """Enter what the fields say, and close; or say at its field what is wrong."""
        for field in self.fields.values():
            field.error = None
        self.fault.content = ""
        try:
            self.enter_record()
        except Fault as fault:
            for problem in (fault, *fault.others):
                self.refuse(problem)
            return
        self.dialog.close()  # before the card in which it was opened is drawn anew
        self.done()

    def close_for_good(self) -> None:
        """Offer nothing but to go: what was asked for cannot be entered."""
        self.button.disable()
        for field in self.fields.values():
            field.disable()

    def refuse(self, fault: Fault) -> None:
        """Say what is wrong, at the field that is at fault where one is."""
        from ripeness.ledger.book.admission import FieldFault

        name = fault.field if isinstance(fault, FieldFault) else ""
        if name in self.fields:
            self.fields[name].error = fault.message[:1].upper() + fault.message[1:]
        else:
            self.fault.content = f'<p class="fault">{escape(NOT_NOW.get(name, fault.message))}</p>'

    def _keep(self, name: str, field: Any, hint: str) -> Any:
        field.props(f"{LOOK} hide-bottom-space").classes("full")
        if hint:
            with self.body:
                ui.html(escape(hint), sanitize=False).classes("quiet hint")
        self.fields[name] = field
        return field


def missing(*needed: tuple[str, Any, str]) -> None:
    """Refuse fields that are empty: the name of each, its value, and what belongs there.

    Raises: Fault that holds one for each that is empty.
    """
    from ripeness.ledger.book.admission import FieldFault

    empty = [FieldFault(name, words) for name, value, words in needed if not str(value or "").strip()]
    if empty:
        empty[0].others = tuple(empty[1:])
        raise empty[0]


def day_of(name: str, text: Any) -> date:
    """The day that a field says.

    Raises: Fault at the field where it is none.
    """
    from ripeness.ledger.book.admission import FieldFault

    with suppress(ValueError):
        return date.fromisoformat(str(text))
    raise FieldFault(name, "choose a day")


def free_name(text: str, taken: Iterable[str]) -> str:
    """The name of a new question, made of its text, that no other question has.

    >>> free_name("Will a truce hold?", ["will-a-truce-hold"])
    'will-a-truce-hold-2'
    """
    names = set(taken)
    stem = NOT_IN_IDS.sub("-", text.lower()).strip("-")[:LONGEST_ID].rstrip("-") or "question"
    return next(name for n in range(1, len(names) + 3) if (name := stem if n == 1 else f"{stem}-{n}") not in names)


def ask_dialog(services: Services, done: Callable[[], Any]) -> None:
    """Ask a question of one's own, with a first forecast."""
    from ripeness.ledger.book.admission import FieldFault

    def enter() -> None:
        missing(
            ("text", text.value, "say what is asked, so that it can be answered with one of the outcomes"),
            ("criteria", criteria.value, "say by which rule and source one will know the answer"),
            ("resolves", resolves.value, "choose the day on which the answer will be known"),
            ("by", by.value, "say who asks"),
        )
        settled = day_of("resolves", resolves.value)
        if settled < today():
            raise FieldFault("resolves", f"{day_in_words(settled)} is past; choose a day that is still to come")
        names = outcome_names(str(outcomes.value or ""))
        question = forecast.Asked(
            text=str(text.value).strip(), criteria=str(criteria.value).strip(), resolves=settled, outcomes=names
        )
        shares = dict(zip(names, chances[0].shares(), strict=True)) if with_forecast.value else None
        add_record(services, free_name(str(text.value), ids(services)), question, shares, str(why.value), str(by.value))

    form = FieldDialog("Ask a question", "Add to the ledger", enter, done)
    text = form.text("text", "What is asked?", "Such as: Will a ceasefire be in force on 1 July 2027?", long=True)
    criteria = form.text(
        "criteria",
        "How will one know?",
        "The rule and the source, so that somebody who disagrees with you reads it the same way. It cannot be changed "
        "afterwards. Such as: yes if both governments have signed one that is in force that day, by the UN's reports.",
        long=True,
    )
    resolves = form.day("resolves", "On which day is it settled?", None, least=today())
    outcomes = form.text("outcomes", "Possible outcomes, with commas between", value="yes, no")
    with form.body:
        with_forecast = ui.checkbox("Add my forecast now", value=True)
        place = ui.element("div").classes("full")
    chances = [fields_in(place, ["yes", "no"])]
    why = form.text("rationale", "Why? (for you, when you read it again)", long=True)
    by = form.text("by", "Your name", value=forecast.author())

    def renew() -> None:
        outcomes.error = None
        try:
            names = outcome_names(str(outcomes.value or ""))
        except FieldFault as fault:
            outcomes.error = fault.message
            return
        if list(names) != chances[0].names:
            place.clear()
            chances[0] = fields_in(place, names)

    outcomes.on("blur", renew)
    with_forecast.on_value_change(lambda event: place.set_visibility(bool(event.value)))


def fields_in(place: ui.element, names: Iterable[str]) -> ChanceFields:
    """Sliders in a place."""
    with place:
        return ChanceFields(list(names))


def outcome_names(text: str) -> tuple[str, ...]:
    """The outcomes as one types them.

    Raises: Fault where there are fewer than two, one stands twice, or one holds a sign that would part it.

    >>> outcome_names("yes, no")
    ('yes', 'no')
    """
    from ripeness.ledger.book.admission import FieldFault

    names = tuple(name.strip() for name in text.split(",") if name.strip())
    if len(names) < 2:
        raise FieldFault("outcomes", "name at least two outcomes, with commas between, such as: yes, no")
    twice = next((name for name in names if names.count(name) > 1), None)
    if twice:
        raise FieldFault("outcomes", f"“{twice}” stands twice")
    bad = next((name for name in names if BAD_OUTCOME.search(name)), None)
    if bad:
        raise FieldFault("outcomes", f"“{bad}” cannot be an outcome: use words without = ; : |")
    return names


def forecast_dialog(services: Services, docket: Docket, done: Callable[[], Any]) -> None:
    """A forecast on a question, or a revision of one's last."""
    question = docket.question
    last = {dated.forecast.by: dated.forecast.probabilities for dated in docket.forecasts}

    def enter() -> None:
        missing(("by", by.value, "say who forecasts"))
        shares = dict(zip(question.outcomes, chances.shares(), strict=True))
        add_record(services, question.id, forecast.Asked(), shares, str(why.value), str(by.value).strip())

    form = FieldDialog(question.text, "Add my forecast", enter, done)
    with form.body:
        ui.html(
            f'<p class="quiet">{escape(question.criteria)}</p><p class="quiet">Settled on '
            f"{day_in_words(question.resolves)}. Earlier forecasts stay; until it closes your last one counts.</p>",
            sanitize=False,
        ).classes("full")
        own = last.get(forecast.author(), {})
        chances = ChanceFields(question.outcomes, [own[name] for name in question.outcomes] if own else [])
    why = form.text("rationale", "Why? (for you, when you read it again)", long=True)
    by = form.text("by", "Your name", value=forecast.author())


def outcome_dialog(services: Services, docket: Docket, done: Callable[[], Any]) -> None:
    """Say what happened; where an outcome was entered already, correct it."""
    from ripeness.ledger.book.admission import FieldFault

    question, correct = docket.question, docket.resolution is not None

    def enter() -> None:
        missing(
            ("outcome", outcome.value, "say what happened"),
            ("source", source.value, "name the source: a document, a report, a newspaper and its date"),
        )
        known = day_of("on", on.value)
        if known > today():
            raise FieldFault("on", "an outcome cannot be known before it has happened; choose today or an earlier day")
        if known < question.opens:
            raise FieldFault(
                "on",
                f"the question was asked only on {day_in_words(question.opens)}; where the answer was known before, "
                "withdraw it",
            )
        forecast.resolve(
            question.id,
            outcome=str(outcome.value),
            on=known,
            source=str(source.value).strip(),
            by=forecast.author(),
            now=now(),
            correct=correct,
            ledger=services.ledger,
        )

    form = FieldDialog("Correct what happened" if correct else "What happened?", "Enter the outcome", enter, done)
    with form.body:
        ui.html(
            f"<p><b>{escape(question.text)}</b></p><p class='quiet'>{escape(question.criteria)}</p>", sanitize=False
        ).classes("full")
        outcome = ui.select(list(question.outcomes), label="Outcome").props(f"{LOOK} options-dense hide-bottom-space")
        outcome.classes("full")
        form.fields["outcome"] = outcome
    source = form.text("source", "By which source does one know?", "Such as: text of the agreement, UN Treaty Series")
    on = form.day("on", "Known since", min(today(), question.resolves), least=question.opens, most=today())
    with form.body:
        if correct:
            words = "What was entered before stays on record beside the correction; the correction counts."
        else:
            words = EARLY if today() <= question.resolves else "Once entered, it is scored at once."
        ui.html(f'<p class="quiet">{escape(words)}</p>', sanitize=False).classes("full")


def withdraw_dialog(services: Services, docket: Docket, done: Callable[[], Any]) -> None:
    """Withdraw a question that cannot be answered; it asks before it does."""
    question = docket.question

    def enter() -> None:
        missing(("source", reason.value, "say why, so that nobody takes it for a forecast that went wrong"))
        forecast.resolve(
            question.id,
            annul=True,
            on=today(),
            source=str(reason.value).strip(),
            by=forecast.author(),
            now=now(),
            correct=docket.resolution is not None,
            ledger=services.ledger,
        )

    form = FieldDialog("Withdraw this question?", "Withdraw", enter, done, danger=True)
    with form.body:
        count = len(docket.forecasts)
        forecasts = "its one forecast" if count == 1 else f"its {count} forecasts"
        ui.html(
            f"<p><b>{escape(question.text)}</b></p><p>It stays in the ledger with {forecasts}, marked as withdrawn, "
            "and is never scored. Withdraw what cannot be answered, not what went wrong.</p>",
            sanitize=False,
        ).classes("full")
    reason = form.text("source", "Why can it not be answered?", long=True)


def add_record(
    services: Services, name: str, question: Any, shares: Mapping[str, float] | None, why: str, by: str
) -> None:
    """Add a question, a forecast by hand, or both."""
    draft = forecast.Given(dict(shares) if shares else None, rationale=why.strip())
    forecast.add(name, question, draft, by=by.strip() or forecast.author(), now=now(), ledger=services.ledger)


def ids(services: Services) -> list[str]:
    """The names of all questions."""
    return [docket.question.id for docket in forecast.listing(today=today(), ledger=services.ledger).dockets]


def now() -> datetime:
    """This moment, in UTC, as all days of a ledger are."""
    return datetime.now(UTC)


def today() -> date:
    """This day, in UTC."""
    return now().date()
