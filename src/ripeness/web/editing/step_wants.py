"""The step on what each faction wants: the issues of a side, and where each faction stands on one of them."""

from __future__ import annotations

from html import escape

from ripeness.web.editing.draft import Draft, Path
from ripeness.web.editing.fields import (
    action,
    choice_field,
    field_faults,
    field_id,
    number_field,
    quoted,
    switch_field,
    text_field,
)
from ripeness.web.editing.labels import CHOICES
from ripeness.web.editing.step_actors import fields_in_a_row, remove_tool, section
from ripeness.web.editing.step_aims import aims_section

BELLIGERENT_ROLES = ("terms", "effort", "restraint", "reform", "alignment")
PATRON_ROLES = ("aid", "sanctions", "trade", "mediation")


def wants_step(draft: Draft, side: str, issue: str) -> str:
    """The issues of a side to choose from, the chosen one with its ends, and each faction's position and weight."""
    path: Path = ("polities", side, "issues")
    keys = draft.keys(path)
    issue = issue if issue in keys else next(iter(keys), "")
    add = action("add-issue", path, "Add an issue", "add") if draft.editable else ""
    chips = "".join(_chip(draft, (*path, key), chosen=key == issue) for key in keys)
    head = f'<div class="g-chips" role="group" aria-label="Issues">{chips}{add}</div>'
    faults = field_faults(draft, path, below=False)
    if not issue:
        empty = "An outside power that only may enter the war has no issues."
        return section("Issues", faults, head, note=empty) + aims_section(draft, side)
    return section("Issues", faults, head) + _issue(draft, side, issue) + aims_section(draft, side)


def _chip(draft: Draft, path: Path, *, chosen: bool) -> str:
    side, issue = path[1], path[3]
    factions = [("polities", side, "factions", key) for key in draft.keys(("polities", side, "factions"))]
    concerned = [path, *((*faction, part, issue) for faction in factions for part in ("positions", "salience"))]
    count = draft.count_faults(concerned)
    mark = f'<span class="g-count" aria-label="{count} to mend">{count}</span>' if count else ""
    return (
        f'<button type="button" class="g-chip" data-act="issue" data-path="{quoted(".".join(path))}"'
        f' aria-pressed="{str(chosen).lower()}">{escape(draft.name(path))}{mark}</button>'
    )


def _issue(draft: Draft, side: str, issue: str) -> str:
    path: Path = ("polities", side, "issues", issue)
    is_patron = draft.text(("polities", side, "role")) == "patron"
    roles = {"": "decided and reported, no more"}
    roles |= {key: CHOICES["role"][key] for key in (PATRON_ROLES if is_patron else BELLIGERENT_ROLES)}
    is_stated = draft.is_stated(path)
    low, high = (draft.text((*path, "ends", str(end))) for end in (0, 1))
    toward = {key: draft.name(("polities", key)) for key in draft.belligerents()}
    factions = draft.keys(("polities", side, "factions"))
    ends = f"<span>0: {escape(low)}</span><span>100: {escape(high)}</span>"
    rows = "".join(
        _stand(draft, ("polities", side, "factions", key), issue, "" if number else ends)
        for number, key in enumerate(factions)
    )
    return section(
        draft.name(path),
        field_faults(draft, path, below=False),
        fields_in_a_row(
            text_field(draft, (*path, "name"), label="Name", usual=draft.name(path)),
            choice_field(draft, (*path, "role"), roles, label="What it moves in the war"),
            *([choice_field(draft, (*path, "toward"), {"": "choose", **toward}, label="Toward")] if is_patron else []),
            text_field(draft, (*path, "ends", "0"), label="0 means"),
            text_field(draft, (*path, "ends", "1"), label="100 means"),
        ),
        _hit(draft, path) if draft.text((*path, "role")) == "reform" else "",
        _as_choice(draft, path) if is_stated and draft.text((*path, "role")) != "terms" else "",
        tools=remove_tool(draft, path, draft.name(path)) if is_stated else "",
    ) + section(
        "Where each stands",
        '<div class="g-map" data-map></div>',
        rows,
        note="Position is what a faction wants. Weight is how much this issue is to it, beside its others.",
    )


def _hit(draft: Draft, path: Path) -> str:
    """Who loses by burdens at home."""
    factions: Path = (*path[:2], "factions")
    switches = "".join(
        switch_field(draft, (*path, "hits", key), label=draft.name((*factions, key)), kind="member")
        for key in draft.keys(factions)
    )
    faults = field_faults(draft, (*path, "hits"))
    return f'<h4 class="g-part">Who loses by it</h4><div class="g-switches">{switches}</div>{faults}'


def _as_choice(draft: Draft, path: Path) -> str:
    hint = "Decided by the leader or by whoever tips the balance; without this mark it is a matter of degree."
    switch = switch_field(draft, (*path, "choice"), hint, label="A choice between courses")
    return f'<div class="g-switches">{switch}</div>'


def _stand(draft: Draft, path: Path, issue: str, ends: str) -> str:
    name = draft.name(path)
    return (
        f'<div class="g-stand" id="{field_id((*path, "stand", issue))}"><h4>{escape(name)}</h4>'
        f"{number_field(draft, (*path, 'positions', issue), label='Position', ends=ends, unit='')}"
        f"{number_field(draft, (*path, 'salience', issue), label='Weight', unit='')}</div>"
    )
