"""The steps on who takes part: the war, its sides, and the factions within each."""

from __future__ import annotations

from collections.abc import Callable
from html import escape

from ripeness.scenario.archetypes import ORGANISATIONS, default_tables
from ripeness.scenario.faction_form import TraitsForm
from ripeness.scenario.form_paths import form_keys
from ripeness.web.editing.draft import Draft, Path
from ripeness.web.editing.fields import (
    action,
    choice_field,
    day_field,
    field_faults,
    field_id,
    number_field,
    quoted,
    switch_field,
    text_field,
    whole_field,
)
from ripeness.web.editing.hints import hint_of
from ripeness.web.editing.labels import CHOICES

MOVEMENT_KINDS = (
    "political_leadership",
    "commanders",
    "field_units",
    "militias",
    "financiers",
    "diaspora",
    "social_base",
    "handlers",
)
POWER_TOLERANCE = 2.0  # points by which written shares of power may miss 100


def section(title: str, *parts: str, note: str = "", tools: str = "") -> str:
    """A group of fields under a heading."""
    head = f'<div class="g-head"><h3>{escape(title)}</h3>{tools}</div>' if title or tools else ""
    words = f'<p class="g-note">{escape(note)}</p>' if note else ""
    return f'<section class="g-section">{head}{words}{"".join(parts)}</section>'


def fields_in_a_row(*parts: str) -> str:
    """Fields beside each other, as many as there is room for."""
    return f'<div class="g-grid">{"".join(parts)}</div>'


def fold(draft: Draft, key: str, summary: str, fill: Callable[[], str]) -> str:
    """Fields that are there when they are asked for."""
    inner, state = (fill(), "open") if key in draft.unfolded else ("", "")
    head = f'<details class="g-more" data-fold="{quoted(key)}" {state}><summary>{escape(summary)}</summary>'
    return f"{head}{inner}</details>"


def war_step(draft: Draft, side: str, issue: str) -> str:  # noqa: ARG001  (as every step)
    """The war, its days and its stake."""
    fighting = draft.belligerents()
    leading = {key: draft.name(("polities", key)) for key in fighting if not draft.text(("polities", key, "beside"))}
    first = next(iter(leading.values()), "the first side")
    ends = f"<span>0: nothing of it</span><span>100: all of it held by {escape(first)}</span>"
    return (
        section(
            "The war",
            text_field(draft, ("title",)),
            text_field(draft, ("about",), long=True),
            fields_in_a_row(
                day_field(draft, ("began",)),
                choice_field(draft, ("initiator",), {"": "nobody, or not known", **leading}),
                day_field(draft, ("start",), "what happened later is not known to the forecast"),
                whole_field(draft, ("horizon",), default="60"),
                choice_field(draft, ("step",), CHOICES["step"], default="month"),
            ),
        )
        + section(
            "Wars like it",
            fields_in_a_row(
                choice_field(draft, ("conflict", "kind"), CHOICES["conflict.kind"]),
                choice_field(draft, ("conflict", "over"), CHOICES["conflict.over"]),
                choice_field(draft, ("conflict", "intensity"), CHOICES["conflict.intensity"], default="war"),
                choice_field(draft, ("era",), CHOICES["era"], default="after 1945"),
                whole_field(draft, ("conflict", "other_parties"), "besides the two who lead the war", default="0"),
            ),
            note="By these traits past wars like this one are found; how they ended anchors the forecast.",
        )
        + section(
            "What is at stake",
            text_field(draft, ("stake", "name"), "one thing that can be divided: a territory, the government"),
            number_field(
                draft,
                ("stake", "held"),
                "at the day of the forecast",
                label=f"Share that {first} holds",
                ends=ends,
            ),
        )
    )


def sides_step(draft: Draft, side: str, issue: str) -> str:  # noqa: ARG001
    """A card a side."""
    cards = "".join(_side(draft, key) for key in draft.keys(("polities",)))
    add = action("add-side", ("polities",), "Add a side", "add") if draft.editable else ""
    note = "Two sides lead the war. Others fight beside one of them, or help or press from outside."
    return section("", field_faults(draft, ("polities",), below=False), cards, f"<p>{add}</p>", note=note)


def _side(draft: Draft, key: str) -> str:
    path = ("polities", key)
    movement = draft.text((*path, "kind")) == "movement"
    leading = [
        other for other in draft.belligerents() if other != key and not draft.text(("polities", other, "beside"))
    ]
    parts = {"belligerent": "leads the war on its side"}
    parts |= {f"beside:{other}": f"fights beside {draft.name(('polities', other))}" for other in leading}
    parts["patron"] = "helps or presses from outside"
    beside = draft.text((*path, "beside"))
    part = f"beside:{beside}" if beside else draft.text((*path, "role"))
    options = "".join(
        f'<option value="{quoted(value)}" {"selected" if value == part else ""}>{escape(words)}</option>'
        for value, words in (parts if part in parts else {part: part or "choose", **parts}).items()
    )
    role = (
        f'<div class="g-field"><label for="{field_id((*path, "role"))}">Part in the war</label><select'
        f' id="{field_id((*path, "role"))}" data-kind="part" data-path="{quoted(".".join(path))}"'
        f" {'' if draft.editable else 'disabled'}>{options}</select>{field_faults(draft, (*path, 'role'))}"
        f"{field_faults(draft, (*path, 'beside'))}</div>"
    )
    ruled = (
        choice_field(
            draft, (*path, "organisation"), {k: CHOICES["organisation"][k] for k in ORGANISATIONS}, default="unified"
        )
        if movement
        else choice_field(draft, (*path, "regime"), CHOICES["regime"], default="mixed")
    )
    kinds = {"state": "a state", "movement": "an armed movement"}
    tools = remove_tool(draft, path, draft.name(path))
    count = len(draft.keys((*path, "factions")))
    return section(
        draft.name(path),
        field_faults(draft, path, below=False),
        fields_in_a_row(
            text_field(draft, (*path, "name"), label="Name", usual=draft.name(path)),
            role,
            choice_field(draft, (*path, "kind"), kinds, label="What it is", default="state"),
            ruled,
        ),
        action(
            "go",
            ("factions", key),
            f"{count} factions" if count != 1 else "one faction",
            "groups",
            name=f"Factions of {draft.name(path)}",
        ),
        tools=tools,
    )


def remove_tool(draft: Draft, path: Path, name: str) -> str:
    """The button that removes a part, where it may be."""
    if not draft.editable:
        return ""
    return action("remove", path, "Remove", "delete_outline", name=f"Remove {name}", kind="g-quiet")


def factions_step(draft: Draft, side: str, issue: str) -> str:  # noqa: ARG001
    """A card a faction of a side."""
    path: Path = ("polities", side, "factions")
    keys = draft.keys(path)
    powers = [view.ends[1] for key in keys if (view := draft.number((*path, key, "power"))) and view.ends]
    total = sum(powers)
    even = len(powers) == len(keys) and abs(total - 100) > POWER_TOLERANCE
    share_out = action("share-out", path, "Bring them to 100 %", "balance") if even and draft.editable else ""
    words = f"The middle values of power add up to {total:.3g} %."
    add = action("add-faction", path, "Add a faction", "add") if draft.editable else ""
    return (
        section(
            "",
            field_faults(draft, path, below=False),
            f'<p class="g-sum">{words} {share_out}</p>',
            note="Power is influence on this side's decisions, not arms. Exactly one faction leads.",
        )
        + "".join(_faction(draft, (*path, key), movement=_is_movement(draft, side)) for key in keys)
        + f"<p>{add}</p>"
    )


def _is_movement(draft: Draft, side: str) -> bool:
    return draft.text(("polities", side, "kind")) == "movement"


def faction_kinds(*, movement: bool) -> dict[str, str]:
    """The kinds of faction with what they are, those of a movement first where it is one."""
    words = {
        key: f"{key.replace('_', ' ')}: {node.content}"
        for key, node in default_tables().at(["archetypes"]).map().items()
        if key != "country"
    }
    return dict(sorted(words.items(), key=lambda pair: (pair[0] in MOVEMENT_KINDS) is not movement))


def _faction(draft: Draft, path: Path, *, movement: bool) -> str:
    issues = {key: draft.name((*path[:2], "issues", key)) for key in draft.keys((*path[:2], "issues"))}

    def traits() -> str:
        trade = choice_field(
            draft, (*path, "rent_issue"), {"": "none", **issues}, label="Issue on which its trade hangs"
        )
        return trade + "".join(
            number_field(draft, (*path, "traits", key), hint_of(TraitsForm, key))
            for key in form_keys(TraitsForm)
            if key not in {"arms", "fights_on"} or movement or draft.node((*path, "traits", key)) is not None
        )

    stated = sum(draft.is_stated((*path, "traits", key)) for key in draft.keys((*path, "traits")))
    summary = f"What it values, risks and earns: {stated} stated, the rest by its kind"
    return section(
        draft.name(path),
        field_faults(draft, path, below=False),
        fields_in_a_row(
            text_field(draft, (*path, "name"), label="Name", usual=draft.name(path)),
            choice_field(draft, (*path, "archetype"), faction_kinds(movement=movement)),
        ),
        number_field(draft, (*path, "power"), label="Share of power"),
        '<div class="g-switches">',
        switch_field(draft, (*path, "leads")),
        switch_field(draft, (*path, "veto")),
        switch_field(draft, (*path, "culpable")),
        switch_field(draft, (*path, "public")),
        "</div>",
        fold(draft, field_id((*path, "traits")), summary, traits),
        tools=remove_tool(draft, path, draft.name(path)),
    )
