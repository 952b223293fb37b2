"""Dialogs of the ledger: ask a question, forecast on one, say what happened, withdraw; faults stand at their fields."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping
from html import escape
from typing import TYPE_CHECKING, Any

from nicegui import ui

from ripeness.ledger.show.score_words import EARLY, day_in_words
from ripeness.ledger.verbs import forecast
from ripeness.web.chance_fields import LOOK, ChanceFields
from ripeness.web.field_dialog import FieldDialog, day_of, missing, now, today

if TYPE_CHECKING:
    from ripeness.ledger.book.docket import Docket
    from ripeness.web.services import Services

LONGEST_ID = 40  # letters of the name that a question gets from its text
BAD_OUTCOME = re.compile(r"[\t=;|:]")
NOT_IN_IDS = re.compile(r"[^a-z0-9]+")


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
        latest = last.get(forecast.author(), {})
        chances = ChanceFields(question.outcomes, [latest[name] for name in question.outcomes] if latest else [])
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
        settled = day_of("on", on.value)
        if settled > today():
            raise FieldFault("on", "an outcome cannot be known before it has happened; choose today or an earlier day")
        if settled < question.opens:
            raise FieldFault(
                "on",
                f"the question was asked only on {day_in_words(question.opens)}; where the answer was known before, "
                "withdraw it",
            )
        forecast.resolve(
            question.id,
            outcome=str(outcome.value),
            on=settled,
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
