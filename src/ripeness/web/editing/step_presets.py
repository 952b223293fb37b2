"""The step on what-ifs: suppositions that What if offers by name, each with the numbers that it sets."""

from __future__ import annotations

from html import escape

from ripeness.web.editing.draft import Draft, Path
from ripeness.web.editing.event_effects import change_words
from ripeness.web.editing.fields import action, field_faults, field_id, figure_words, quoted, text_field
from ripeness.web.editing.preset_edits import supposed_changes, supposed_number
from ripeness.web.editing.step_actors import remove_tool, section


def presets_step(draft: Draft, side: str, issue: str) -> str:  # noqa: ARG001  (as every step)
    """A card a what-if."""
    cards = "".join(_preset(draft, ("presets", key)) for key in draft.keys(("presets",)))
    add = action("add-preset", ("presets",), "Add a what-if", "add") if draft.editable else ""
    note = (
        "Suppositions by name, such as “Western aid stops”, for the page What if. They change no forecast: each says "
        "which numbers hold instead when one chooses it."
    )
    empty = section("", '<p class="g-hint">None yet. What if offers those that fit any war: guarantees, mediation.</p>')
    faults = field_faults(draft, ("presets",), below=False)
    return f'<p class="g-note">{escape(note)}</p>{faults}{cards or empty}<p>{add}</p>'


def _preset(draft: Draft, path: Path) -> str:
    name = draft.name(path)
    rows = "".join(_supposed(draft, path, changed) for changed in supposed_changes(draft, path))
    cuts = draft.node((*path, "cuts"))
    links = ", ".join(str(item.content).replace("->", " to ") for item in cuts.items()) if cuts is not None else ""
    cut_line = f'<p class="g-note">Without effect: {escape(links)}</p>' if links else ""
    add = action("add-supposed", path, "Add a number", "add") if draft.editable else ""
    card = section(
        name,
        field_faults(draft, path, below=False),
        text_field(draft, (*path, "name"), label="What it supposes", usual=name),
        f"<ul class='g-works'>{rows}</ul>{cut_line}<p>{add}</p>",
        text_field(draft, (*path, "note"), label="Note"),
        tools=remove_tool(draft, path, name),
    )
    return f'<div id="{field_id(path)}">{card}</div>'


def _supposed(draft: Draft, preset: Path, changed: str) -> str:
    path: Path = (*preset, "changes", changed)
    view, words = supposed_number(draft, preset, changed), change_words(draft, changed)
    shown = view.text if view.ends is None else figure_words(view.ends[1])
    faults = field_faults(draft, path)
    state = f"{'aria-invalid=true' if faults else ''} {'' if draft.editable else 'readonly'}"
    return (
        f'<li><div class="g-head"><label for="{field_id(path)}">{escape(words)} is</label>'
        f'<span class="g-figures"><input type="text" inputmode="decimal" data-kind="supposed" id="{field_id(path)}"'
        f' value="{quoted(shown)}" data-path="{quoted(".".join(path))}" {state}>'
        f'<span class="g-unit">{escape(view.unit)}</span>{remove_tool(draft, path, words)}</span></div>{faults}</li>'
    )
