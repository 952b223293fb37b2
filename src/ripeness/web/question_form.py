"""The form of a question, made from its declaration: the usual fields in a row, the others behind "More"."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping
from datetime import date
from html import escape
from typing import Any

from nicegui import ui
from nicegui.elements.mixins.value_element import ValueElement

from ripeness.web.flag_words import help_words, labels_of
from ripeness.web.form_fields import FormField, Kind
from ripeness.web.question import READINGS
from ripeness.web.questions import asked_of
from ripeness.web.scenario_reading import ScenarioSummary
from ripeness.workbench.parameter import Parameter
from ripeness.workbench.parameter import ValueKind as Declared
from ripeness.workbench.question import Verb
from ripeness.world.calendar import date_after

QUOTED = re.compile(r"'([^']+)'")
MOST_AT_A_GLANCE = 12  # choices; among more one searches
MOST_NARROW = 16  # letters of a label that a narrow field shows whole
DEFAULT = re.compile(r"Default: ([^.;]+)[.;]")
LOOK = "dense outlined stack-label"


KINDS: Mapping[Declared, Kind] = {
    Declared.TEXT: "text",
    Declared.WHOLE: "whole",
    Declared.NUMBER: "number",
    Declared.SWITCH: "switch",
    Declared.DAY: "day",
    Declared.TEXTS: "lines",
    Declared.NUMBERS: "numbers",
    Declared.CHANGES: "changes",
}


class QuestionControls:
    """The controls of a question by the names of its fields."""

    def __init__(self, fields: Iterable[FormField]) -> None:
        self.fields = {field.name: field for field in fields}
        self.controls: dict[str, ValueElement[Any]] = {}
        self.expansion: ui.expansion | None = None

    def build_usual(self) -> None:
        """Build the usual fields where one stands, in a row."""
        for field in self.fields.values():
            if field.usual:
                control = _control(field)
                control.classes(_width(field))
                if field.hint:
                    control.tooltip(field.hint)
                self.controls[field.name] = control

    def build_others(self) -> None:
        """Build the other fields, folded away until one wants them."""
        folded = [field for field in self.fields.values() if not field.usual]
        if not folded:
            return
        with (
            ui.expansion("More", icon="tune").classes("lines more") as self.expansion,
            ui.element("div").classes("fields"),
        ):
            for field in folded:
                with ui.element("div").classes("entry wide" if field.kind in {"lines", "changes"} else "entry"):
                    self.controls[field.name] = _control(field)
                    if field.hint:
                        ui.html(f'<p class="quiet">{escape(field.hint)}</p>', sanitize=False)
        self.on_change(self._count)
        self._count()

    def on_change(self, look: Callable[[], Any]) -> None:
        """Call this whenever a control changes."""
        for control in self.controls.values():
            control.on_value_change(lambda _: look())

    def values(self) -> dict[str, Any]:
        """What the controls say, by name; what stands at its default, too, but for the month where a day says by when.

        Raises: Fault for a value that cannot be.
        """
        values = {name: self.fields[name].value(control.value) for name, control in self.controls.items()}
        if values.get("by") is not None and "month" in values and values["month"] == self.fields["month"].default:
            values["month"] = None
        return values

    def labels(self) -> dict[str, str]:
        """What each field is called in a message about it."""
        return {name: f"'{field.label.lower()}'" for name, field in self.fields.items()}

    def fill(self, values: Mapping[str, Any]) -> None:
        """Set every control: to its value where one is given, to its default where none is."""
        for name, control in self.controls.items():
            field = self.fields[name]
            control.value = field.content(values.get(name, field.default))

    def _count(self) -> None:
        """Say how many of the folded fields differ from their defaults."""
        changed = sum(
            self.controls[field.name].value not in (field.content(field.default), None, "", [])
            for field in self.fields.values()
            if not field.usual
        )
        if self.expansion is not None:
            self.expansion.text = f"More ({changed} set)" if changed else "More"


def _width(field: FormField) -> str:
    """The classes that say how wide a usual field stands in its row; a label is never cut."""
    if field.kind in {"whole", "number", "day"}:
        return "narrow" if len(field.label) <= MOST_NARROW else "wide"
    return {"choice": "wide", "switch": "tick"}.get(field.kind, "wide grow")


def _control(field: FormField) -> ValueElement[Any]:
    """The control of a field, at its default."""
    value = field.content(field.default)
    control: Any
    if field.kind == "switch":
        return ui.checkbox(field.label, value=bool(value)).props("dense")
    if field.kind in {"choice", "choices"}:
        several, searched = field.kind == "choices", len(field.choices) > MOST_AT_A_GLANCE
        control = ui.select(dict(field.choices), value=value, label=field.label, multiple=several, with_input=searched)
        control.props(f"{LOOK} options-dense{' use-chips' if several else ''}")
        return control
    if field.kind in {"whole", "number"}:
        is_whole = field.kind == "whole"
        control = ui.number(
            field.label,
            value=value,
            min=field.low,
            max=field.high,
            step=1 if is_whole else None,
            format="%d" if is_whole else "%g",
            placeholder=field.example or None,
        )
    elif field.kind in {"lines", "changes"}:
        control = ui.textarea(field.label, value=value, placeholder=field.example or None).props("autogrow rows=1")
    else:
        example = field.example or ("YYYY-MM-DD" if field.kind == "day" else None)
        control = ui.input(field.label, value=value, placeholder=example)
    control.props(LOOK)
    return control


def fields_of(
    verb: type[Verb[Any]], summary: ScenarioSummary | None, usual: Mapping[str, Any] | None = None
) -> list[FormField]:
    """The fields of a question for a scenario; `usual` are the values with which a page begins where they are not the
    defaults.
    """
    return [_field(verb, parameter, summary, usual or {}) for parameter in asked_of(verb)]


def _field(
    verb: type[Verb[Any]], parameter: Parameter, summary: ScenarioSummary | None, usual: Mapping[str, Any]
) -> FormField:
    choices = _choices(parameter, summary)
    kind: Kind = KINDS[parameter.kind]
    if parameter.kind is Declared.TEXTS and parameter.commas:
        kind = "words"
    if choices:
        kind = "choices" if parameter.kind is Declared.TEXTS else "choice"
    default, high = usual.get(parameter.name, parameter.default), parameter.most
    if parameter.name == "month" and summary is not None:
        default = usual_month(verb, summary.months)
    if parameter.name == "dates" and summary is not None:
        default = usual_days(summary)
    if parameter.required and choices:
        default = next(iter(choices))
    meant = DEFAULT.search(parameter.help)
    if kind == "choice" and default is None and meant is not None:
        choices = {"": meant[1], **choices}
    return FormField(
        parameter.name,
        parameter.label,
        kind,
        default,
        _hint(parameter, kind, labels_of(verb)),
        parameter.least,
        high if parameter.most_served is None else min(high or parameter.most_served, parameter.most_served),
        choices,
        _example(parameter, kind),
        parameter.optional,
        usual=not parameter.expert,
    )


def _hint(parameter: Parameter, kind: Kind, labels: Mapping[str, str]) -> str:
    """The help of a field in the words of a page; where one chooses one of some, the choices say it."""
    if kind == "choice":
        return ""
    several = {"lines": "; one a line", "changes": "; one a line", "numbers": "; several with commas"}
    text = help_words(parameter, labels, several.get(kind, ""))
    if kind == "switch" and parameter.default is True:
        text = f"untick it: {text[:1].lower()}{text[1:]}"
    return text[:1].upper() + text[1:]


def _example(parameter: Parameter, kind: Kind) -> str:
    """How a value is written, as its help quotes it."""
    if kind == "changes":
        return "PATH = VALUE"
    quoted = QUOTED.search(parameter.help)
    if kind != "lines":
        return ""
    return quoted[1] if quoted else "one a line"


def _choices(parameter: Parameter, summary: ScenarioSummary | None) -> dict[str, str]:
    """What a field offers, with the words for each; nothing where one writes freely."""
    if parameter.name == "reading":
        return dict(READINGS)
    if parameter.choices:
        return {choice: choice.replace("_", " ") for choice in parameter.choices}
    if parameter.suggest == "links":
        from ripeness.workbench.whatif import cuttable_links

        return {link: link.replace("->", " → ") for link in cuttable_links()}
    if parameter.suggest == "rules":
        from ripeness.workbench.decide import rule_names

        return {name: name.replace("_", " ") for name in rule_names()}
    if summary is None:
        return {}
    offers = {
        "outcomes": outcome_choices(summary.sides()),
        "polities": dict(summary.polities),
        "sources": summary.sources,
    }
    return dict(offers.get(parameter.suggest, {}))


def outcome_choices(polities: Mapping[str, str]) -> dict[str, str]:
    """The outcomes that one can ask about, as one types them and in words; `polities` are the belligerents' names.

    >>> list(outcome_choices({"north": "North", "south": "South"}).values())[0]
    'victory of North'
    """
    from ripeness.show.words import outcome
    from ripeness.study.target import outcomes_by_name

    names = outcomes_by_name(list(polities))
    return {name: outcome(kind.outcome, name.partition(":")[2] or None, polities) for name, kind in names.items()}


def usual_days(summary: ScenarioSummary) -> tuple[str, ...]:
    """The days as of which a question forecasts where none is named: the start, and two later within the horizon."""
    start = date.fromisoformat(summary.start)
    return tuple(str(date_after(start, months)) for months in (0, 6, 12) if months < summary.months)


def usual_month(verb: type[Verb[Any]], last: float) -> float:
    """By which month a question asks where none is named; `last` is the last of the forecast."""
    from ripeness.study.target import USUAL_MONTH

    return last if getattr(verb, "late", False) else min(USUAL_MONTH, last)
