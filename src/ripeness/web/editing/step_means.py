"""The steps on how a side decides and bargains, and on what it fights with."""

from __future__ import annotations

from ripeness.scenario.form_paths import form_keys
from ripeness.scenario.mediator_form import Mediator, PowerSharing
from ripeness.scenario.polity_form import Conduct, PolityForm, Resources
from ripeness.scenario.schema import Talks
from ripeness.web.editing.draft import Draft, Path
from ripeness.web.editing.fields import choice_field, day_field, field_faults, field_id, number_field
from ripeness.web.editing.hints import hint_of
from ripeness.web.editing.labels import CHOICES, USUAL_RULE
from ripeness.web.editing.step_actors import fields_in_a_row, fold, section

DECIDES = ("leader_weight", "leader_share", "quota", "noise")
BARGAINS = ("public_terms", "posture", "aim", "estimate_error", "reporting")
MATTERS_FIRST = ("forces", "quality", "deaths", "munitions", "production", "economy")
OF_BOTH_SIDES = ("information", "guarantee", "monitoring", "cost")
BY_SIDE = {
    "payments": "What it adds to a peace for",
    "threats": "Aid that it holds back from",
    "penalties": "Cost of a month of war to",
}
OF_PATRONS = ("aid_capacity", "sanctions_weight", "trade_weight", "reliability")


def decides_step(draft: Draft, side: str, issue: str) -> str:  # noqa: ARG001  (as every step)
    """Whose will decisions follow, and how a side bargains."""
    path: Path = ("polities", side)
    conduct: Path = (*path, "conduct")
    further_keys = [key for key in form_keys(Conduct) if key not in DECIDES + BARGAINS]
    return (
        section(
            "How it decides",
            field_faults(draft, conduct, below=False),
            *(number_field(draft, (*conduct, key), hint_of(Conduct, key)) for key in DECIDES),
            note="Defaults follow from the regime, or from how a movement is held together.",
        )
        + section("By which rule", fields_in_a_row(*(_rule(draft, path, key) for key in draft.keys((*path, "issues")))))
        + section(
            "How it bargains",
            *(number_field(draft, (*conduct, key), hint_of(Conduct, key)) for key in BARGAINS),
            _terms_since(draft, path),
        )
        + fold(
            draft,
            field_id(conduct),
            "More of its conduct",
            lambda: "".join(number_field(draft, (*conduct, key), hint_of(Conduct, key)) for key in further_keys),
        )
    )


def _terms_since(draft: Draft, path: Path) -> str:
    if draft.text((*path, "role")) != "belligerent":
        return ""
    hint = "the day on which it first stated its present terms; empty: when the war began"
    return fields_in_a_row(day_field(draft, (*path, "terms_since"), hint))


def _rule(draft: Draft, path: Path, issue: str) -> str:
    from ripeness.workbench.decide import rule_titles

    factions = {
        f"capture:{key}": f"{draft.name((*path, 'factions', key))} decides alone"
        for key in draft.keys((*path, "factions"))
    }
    titles = {name: title for name, title in rule_titles().items() if name != "capture"}
    rules = {"": USUAL_RULE, **titles, **factions}
    return choice_field(draft, (*path, "issues", issue, "rule"), rules, label=draft.name((*path, "issues", issue)))


def means_step(draft: Draft, side: str, issue: str) -> str:  # noqa: ARG001
    """What stands between the sides, and what one of them has."""
    return _means_of(draft, side) + _between(draft)


def _means_of(draft: Draft, side: str) -> str:
    path: Path = ("polities", side)
    if draft.text((*path, "role")) == "patron":
        fields = [number_field(draft, (*path, key), hint_of(PolityForm, key)) for key in OF_PATRONS]
        return section("What it can give and withhold", *fields) + _as_mediator(draft, (*path, "mediator"))
    resources: Path = (*path, "resources")
    further_keys = [key for key in form_keys(Resources) if key not in MATTERS_FIRST]
    return section(
        "What it fights with",
        field_faults(draft, resources, below=False),
        *(number_field(draft, (*resources, key), hint_of(Resources, key)) for key in MATTERS_FIRST),
        note="Defaults are neutral: they make both sides equal.",
    ) + fold(
        draft,
        field_id(resources),
        "People, losses so far, and what else it has",
        lambda: "".join(number_field(draft, (*resources, key), hint_of(Resources, key)) for key in further_keys),
    )


def _as_mediator(draft: Draft, path: Path) -> str:
    """What a patron can bring to a peace, some of it for each side; a fold, since few patrons mediate."""
    sides = draft.belligerents()

    def fill() -> str:
        fields = [number_field(draft, (*path, key), hint_of(Mediator, key)) for key in OF_BOTH_SIDES]
        fields += [
            number_field(draft, (*path, key, side), label=f"{words} {draft.name(('polities', side))}")
            for key, words in BY_SIDE.items()
            for side in sides
        ]
        return "".join(fields)

    summary = "What it brings as a mediator" if draft.node(path) is not None else "It could mediate: say what it brings"
    return fold(draft, field_id(path), summary, fill)


def _between(draft: Draft) -> str:
    movement = any(draft.text(("polities", key, "kind")) == "movement" for key in draft.belligerents())
    talks = ["mediation", "guarantee", "misperception", "monitoring", *(["disarmament"] if movement else [])]
    sharing = form_keys(PowerSharing) if movement else ()
    fire: Path = ("ceasefire",)
    ceasefire = [choice_field(draft, (*fire, "kind"), CHOICES["ceasefire.kind"], label="Ceasefire in force")]
    watched = ""
    if draft.text((*fire, "kind")):
        ceasefire.append(day_field(draft, (*fire, "since")))
        watched = number_field(draft, (*fire, "monitored"))
    return section(
        "Between the sides",
        field_faults(draft, ("talks",), below=False),
        *(number_field(draft, ("talks", key), hint_of(Talks, key)) for key in talks),
        *(number_field(draft, ("talks", "power_sharing", key), hint_of(PowerSharing, key)) for key in sharing),
        field_faults(draft, fire, below=False),
        fields_in_a_row(*ceasefire),
        watched,
        note="Of the war as a whole, the same for all sides.",
    )
