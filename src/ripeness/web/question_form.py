"""The form of a question, made from its declaration: which fields a page has, in whose words, with which choices."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import date
from typing import Any

from ripeness.show.plain_words import field_words
from ripeness.web.flag_words import help_words, labels_of, page_label
from ripeness.web.form_fields import FormField, Kind
from ripeness.web.question import READINGS
from ripeness.web.questions import asked_of
from ripeness.web.scenario_reading import ScenarioSummary
from ripeness.workbench.parameter import Parameter
from ripeness.workbench.parameter import ValueKind as Declared
from ripeness.workbench.question import Verb
from ripeness.world.calendar import date_after

QUOTED = re.compile(r"'([^']+)'")
DEFAULT = re.compile(r"Default: ([^.;]+)[.;]")
ADVANCED = (
    "own_options",
    "draws",
    "seed",
    "particles",
    "month",
    "draw",
)  # usual on the command line; few ask for them on a page
HINTS = {"draws": "How many times the war is simulated. More make the error by chance smaller, and take longer."}


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
    if parameter.name == "by" and summary is not None and any(other.name == "month" for other in asked_of(verb)):
        default = date_after(date.fromisoformat(summary.start), usual_month(verb, summary.months))
    if parameter.name == "dates" and summary is not None:
        default = usual_days(summary)
    if parameter.required and choices:
        default = next(iter(choices))
    meant = DEFAULT.search(parameter.help)
    if kind == "choice" and default is None and meant is not None:
        choices = {"": meant[1], **choices}
    return FormField(
        parameter.name,
        page_label(parameter),
        kind,
        default,
        _hint(parameter, kind, labels_of(verb)),
        parameter.least,
        high if parameter.most_served is None else min(high or parameter.most_served, parameter.most_served),
        choices,
        _example(parameter, kind),
        parameter.optional,
        usual=not parameter.expert and parameter.name not in ADVANCED,
    )


def _hint(parameter: Parameter, kind: Kind, labels: Mapping[str, str]) -> str:
    """The help of a field in the words of a page; where one chooses one of some, the choices say it."""
    if kind == "choice":
        return ""
    if parameter.name in HINTS:
        return HINTS[parameter.name]
    several = {"lines": "; one a line", "changes": "; one a line", "numbers": "; several with commas"}
    text = field_words(help_words(parameter, labels, several.get(kind, "")))
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
