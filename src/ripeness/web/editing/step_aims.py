"""The aims of a side: what its choices are valued by, each with the weights of what a war's end brings."""

from __future__ import annotations

from html import escape

from ripeness.web.editing.draft import Draft, Path
from ripeness.web.editing.fields import action, field_faults, field_id, number_field, switch_field, text_field
from ripeness.web.editing.step_actors import remove_tool, section

COMPONENTS = {
    "share": "Own share of what is at stake",
    "aims": "Its political aim is met in full",
    "peace": "The war is over and stays over",
    "deaths": "Own people spared",
    "output": "Own economy spared",
    "reform": "Burdens at home carried through",
    "leader": "Its leader does not fall",
}
COMPONENT_HINTS = {
    "deaths": "a weight for each per cent of the population that is killed",
    "output": "a weight for each year of output that is lost",
}


def aims_section(draft: Draft, side: str) -> str:
    """The aims of a side, one below the other."""
    path: Path = ("polities", side, "objectives")
    rows = "".join(_aim(draft, (*path, str(index))) for index in range(draft.items(path)))
    add = action("add-aim", path, "Add an aim", "add") if draft.editable else ""
    note = "Its choices are valued by these aims, the main one first. They move no decision in the war itself."
    return section(
        f"What {draft.name(('polities', side))} is after",
        field_faults(draft, path, below=False),
        rows,
        f"<p>{add}</p>",
        note=note,
    )


def _aim(draft: Draft, path: Path) -> str:
    weights: Path = (*path, "weights")
    stated = draft.keys(weights)
    numbers = "".join(
        number_field(draft, (*weights, key), COMPONENT_HINTS.get(key, ""), label=COMPONENTS.get(key, key))
        for key in stated
    )
    free = draft.editable and len(stated) < len(COMPONENTS)
    add = f"<p>{action('add-weight', path, 'Add what it is weighed by', 'add')}</p>" if free else ""
    main = switch_field(draft, (*path, "principal"), label="Its main aim")
    name = draft.text((*path, "name")) or "an aim"
    title = f"<h4>{escape(name[:1].upper() + name[1:])}</h4>"
    return (
        f'<div class="g-stand" id="{field_id(path)}"><div class="g-head">{title}{remove_tool(draft, path, name)}</div>'
        f"{field_faults(draft, path, below=False)}{field_faults(draft, weights, below=False)}"
        f"{text_field(draft, (*path, 'name'), label='What it wants')}"
        f'<div class="g-switches">{main}</div>{numbers}{add}</div>'
    )
