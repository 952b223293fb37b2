"""A dialog of fields for the ledger: what is wrong with one is said below it, and nothing is entered before."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import suppress
from datetime import UTC, date, datetime
from html import escape
from typing import Any

from nicegui import ui

from ripeness.web.chance_fields import LOOK
from ripeness.world.fault import Fault

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


def now() -> datetime:
    """This moment, in UTC, as all days of a ledger are."""
    return datetime.now(UTC)


def today() -> date:
    """This day, in UTC."""
    return now().date()
