"""Edits of events: a new one, a new effect, and what an entry in a field of an event changes with it."""

from __future__ import annotations

from ripeness.web.editing.draft import Draft, Path, judgement
from ripeness.web.editing.event_effects import SHOCK, operation_field, shock_field
from ripeness.web.editing.number_view import Ends, number_text, number_view

RARE = "0.003 to 0.03"  # a month: the chance of an event until its author says it
SOME_STRENGTH = "0.1 to 0.5"  # log ratio: what a power that enters adds until its author says it
SOME_WATCH = "0.1 to 0.5"
NEUTRAL: dict[str, Ends] = {"add": (-10.0, -5.0, 0.0), "scale": (0.7, 0.85, 1.0)}
SMALL: Ends = (-0.2, -0.1, 0.0)
WEARIER: Ends = (0.0, 0.05, 0.1)


def event_field_edits(draft: Draft, path: Path, words: str, kind: str) -> dict[str, object] | None:
    """What an entry in a field of an event changes; none where it changes no more than its value."""
    event = path[:2]
    if kind == "event-when":
        return _timed(draft, event, words)
    if kind == "operation":
        return _operated(draft, path, words)
    if path[2:] == ("enters",):
        return _entered(draft, event, words)
    if path[2:] == ("ceasefire",):
        value: dict[str, object] = {".".join(path): words or None}
        in_force = words not in {"", "none"}
        has_watch = draft.node((*event, "monitored")) is not None
        if has_watch is not in_force:
            value[".".join((*event, "monitored"))] = SOME_WATCH if in_force else None
        return value
    return None


def _timed(draft: Draft, event: Path, when: str) -> dict[str, object]:
    on, hazard = ".".join((*event, "on")), ".".join((*event, "hazard"))
    if when == "day":
        gone = [key for key in ("hazard", "after", "before") if draft.node((*event, key)) is not None]
        first: dict[str, object] = {on: draft.text(("start",))}
        return first | {".".join((*event, key)): None for key in gone}
    return {hazard: {"range": RARE, "kind": "judged"}} | ({on: None} if draft.node((*event, "on")) else {})


def _entered(draft: Draft, event: Path, power: str) -> dict[str, object]:
    def path(key: str) -> str:
        return ".".join((*event, key))

    if not power:
        return {path(key): None for key in ("enters", "beside", "strength") if draft.node((*event, key)) is not None}
    wanted: dict[str, object] = {"beside": next(iter(draft.belligerents()), ""), "strength": SOME_STRENGTH}
    missing = {path(key): value for key, value in wanted.items() if draft.node((*event, key)) is None}
    return {path("enters"): power} | missing


def _operated(draft: Draft, change: Path, operation: str) -> dict[str, object]:
    """A change that is made in another way: what it was before goes, with its number."""
    gone = [key for key in ("set", "add", "scale") if key != operation and draft.node((*change, key)) is not None]
    ends = usual_ends(draft, draft.text((*change, "path")), operation)
    number = number_of_effect(draft.text((*change, "path")), operation, ends)
    return {".".join((*change, operation)): number} | {".".join((*change, key)): None for key in gone}


def usual_ends(draft: Draft, changed: str, operation: str) -> Ends:
    """Low end, value and high end of an effect until its author says them: what stands there now, or a little less."""
    if changed.startswith(f"{SHOCK}."):
        if changed.endswith(".weariness"):
            return WEARIER
        field = shock_field(changed.removeprefix(f"{SHOCK}."))
        return NEUTRAL["add"] if field.unit in {"share", "thousand persons"} else SMALL
    if operation == "set":
        view = draft.number(tuple(changed.split(".")))
        return view.ends if view is not None and view.ends is not None else (0.0, 0.0, 0.0)
    if operation == "add" and operation_field(changed, operation).unit != "share":
        return SMALL
    return NEUTRAL[operation]


def number_of_effect(changed: str, operation: str, ends: Ends) -> dict[str, object]:
    """What is written for the size of an effect, as its author's judgement."""
    is_shock = changed.startswith(f"{SHOCK}.")
    field = shock_field(changed.removeprefix(f"{SHOCK}.")) if is_shock else operation_field(changed, operation)
    return number_text(number_view("", None, field), ends, judgement())


def new_event(key: str, name: str, day: str = "") -> dict[str, object]:
    """An event with a name, on a day or at a small chance."""
    when: dict[str, object] = {"on": day} if day else {"hazard": {"range": RARE, "kind": "judged"}}
    return {f"events.{key}": {"name": name} | when}


def new_effect(
    event: str, side: str, changed: str, operation: str, number: dict[str, object]
) -> tuple[dict[str, object], tuple[tuple[str, object], ...]]:
    """What a new effect sets, and what it appends."""
    if changed.startswith(f"{SHOCK}."):
        return {f"events.{event}.{changed}.{side}": number}, ()
    return {}, ((f"events.{event}.changes", {"path": changed, operation: number}),)
