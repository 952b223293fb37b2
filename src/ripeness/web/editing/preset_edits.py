"""Edits of what-ifs: a new one, a number that one supposes, and one that it no longer supposes."""

from __future__ import annotations

from contextlib import suppress
from typing import Any

from ripeness.scenario.form_paths import number_field_at, path_steps
from ripeness.web.editing.draft import Draft, Path
from ripeness.web.editing.event_effects import ANY_NUMBER, WHOLE_WAR, effect_choices, effect_number
from ripeness.web.editing.number_view import NumberView, number_view

CHANGES = 3  # steps to the numbers of a what-if: its place, its name, `changes`


def supposed_changes(draft: Draft, preset: Path) -> dict[str, Any]:
    """The numbers that a what-if supposes, by their paths."""
    node = draft.node((*preset, "changes"))
    return dict(node.plain()) if node is not None else {}


def supposed_number(draft: Draft, preset: Path, changed: str) -> NumberView:
    """A number that a what-if supposes as one reads it, in percent where it is a share."""
    path = tuple(path_steps(changed))
    field = effect_number(draft, path) or number_field_at(path) or ANY_NUMBER
    return number_view(changed, draft.node((*preset, "changes", changed)), field)


def suppose(draft: Draft, preset: Path, changed: str, words: str) -> dict[str, object]:
    """A number that a what-if supposes, as typed; what is no number is written as it is, and told there."""
    written: object = words
    with suppress(ValueError):
        written = supposed_number(draft, preset, changed).as_written(float(words.replace(",", ".").rstrip(" %")))
    return {".".join((*preset, "changes")): supposed_changes(draft, preset) | {changed: written}}


def no_longer_suppose(draft: Draft, preset: Path, changed: str) -> dict[str, object]:
    """A what-if without one of its numbers."""
    rest = {path: value for path, value in supposed_changes(draft, preset).items() if path != changed}
    return {".".join((*preset, "changes")): rest or None}


def supposable(draft: Draft, side: str) -> dict[str, str]:
    """What can be supposed of a side, or of the war as a whole, by path."""
    choices = {path: words for path, words in effect_choices(draft, side).items() if not path.startswith("shock.")}
    if side == WHOLE_WAR:
        keys = [key for key in draft.keys(("events",)) if draft.node(("events", key, "hazard")) is not None]
        choices |= {f"events.{key}.hazard": f"Chance a month: {draft.name(('events', key))}" for key in keys}
    return choices
