"""What an event can do to a war: the numbers that it can change, and what it can hit at once, with their names."""

from __future__ import annotations

from collections.abc import Iterator

from ripeness.scenario.form_paths import number_field_at, path_steps
from ripeness.scenario.number_field import NumberField
from ripeness.scenario.validation.events import (
    ANY_CONDUCT,
    CONDUCT,
    PATRON_NUMBERS,
    RESOURCES,
    SHOCKS,
    TRAITS,
)
from ripeness.web.editing.draft import Draft, Path
from ripeness.web.editing.fault_summary import place_words
from ripeness.web.editing.labels import label_of
from ripeness.web.editing.number_view import UNSTATED, MonthlyChance
from ripeness.world.quantity import Scale

HAZARD = MonthlyChance("per month", 0, 10, Scale.LOG)
FACTOR = NumberField(UNSTATED, 0, 1000, Scale.LOG)
ANY_NUMBER = NumberField(UNSTATED, -1e9, 1e9)
BEYOND = 10.0  # times what a number can span: so far the track of what is added to it can reach
OPERATIONS = {"set": "becomes", "add": "moves by", "scale": "is multiplied by"}
SHOCK_WORDS = {
    "front": "the front",
    "weariness": "weariness of the war",
    "economy": "economy",
    "munitions": "stock of munitions",
    "forces": "forces",
    "participation": "protest in the street",
    "optimism": "optimism about the war",
}
SHOCK_HINTS = {
    "front": "Above 0: ground gained; the log odds of the share held.",
    "weariness": "Above 0: wearier. An index; 0.05 is a little, 0.2 is much.",
    "optimism": "Above 0: more hopeful of its strength; 0.1 is about a tenth.",
}
TALKS = ("guarantee", "mediation", "misperception", "monitoring", "disarmament")
WHOLE_WAR = ""  # in the place of a side: what is the same for all
SHOCK = "shock"


def effect_number(draft: Draft, path: Path) -> NumberField | None:
    """What a number of an event admits, which hangs on what it changes; none where it is not one of an event.

    `path` leads to the chance of the event, to what one of its changes sets, adds or multiplies by, or to a shock.
    """
    if path[:1] != ("events",) or len(path) < 3:
        return None
    if path[2] == "hazard":
        return HAZARD
    if path[2] == SHOCK and len(path) == 5:
        return shock_field(path[3])
    if path[2] == "changes" and len(path) == 5:
        return operation_field(draft.text((*path[:4], "path")), path[4])
    return None


def shock_field(target: str) -> NumberField:
    """What a shock to something admits."""
    unit, highest = SHOCKS.get(target, (UNSTATED, BEYOND))
    return NumberField(unit, -highest * BEYOND, highest * BEYOND)


def operation_field(changed: str, operation: str) -> NumberField:
    """What an operation on a number admits, in the unit of that number."""
    if operation == "scale":
        return FACTOR
    field = number_field_at(path_steps(changed)) if changed else None
    if field is None:
        return ANY_NUMBER
    reach = (field.high - field.low) * BEYOND
    return field if operation == "set" else NumberField(field.unit, -reach, reach)


def change_words(draft: Draft, changed: str) -> str:
    """What a change is to, in names."""
    path = tuple(path_steps(changed)) if changed else ()
    return place_words(draft, path) if path else "nothing yet"


def shock_words(draft: Draft, target: str, side: str) -> str:
    """What a shock hits, in names."""
    name = draft.name(("polities", side)) if side in draft.keys(("polities",)) else side
    return f"{name}, {SHOCK_WORDS.get(target, target)}"


def effect_choices(draft: Draft, side: str) -> dict[str, str]:
    """What an event can change of a side, or of the war as a whole: the path of a number, or `shock.TARGET`."""
    if side == WHOLE_WAR:
        paths = [("talks", key) for key in TALKS]
        return {".".join(path): label_of(path) for path in paths if _has_number(draft, path)}
    base: Path = ("polities", side)
    fights = draft.text((*base, "role")) == "belligerent"
    shocks = {f"{SHOCK}.{key}": f"At once: {words}" for key, words in SHOCK_WORDS.items()} if fights else {}
    lasting = {".".join(path): _within_side(draft, path) for path in _paths_of(draft, base, fights=fights)}
    return shocks | lasting


def _paths_of(draft: Draft, base: Path, *, fights: bool) -> Iterator[Path]:
    factions = [(*base, "factions", key) for key in draft.keys((*base, "factions"))]
    issues = draft.keys((*base, "issues"))
    paths = [(*faction, "positions", issue) for issue in issues for faction in factions]
    paths += [(*faction, "power") for faction in factions]
    paths += [(*base, "conduct", key) for key in (CONDUCT if fights else ANY_CONDUCT)]
    if fights:
        paths += [(*base, "resources", key) for key in RESOURCES]
        paths += [(*faction, "traits", key) for key in TRAITS for faction in factions]
    else:
        paths += [(*base, key) for key in PATRON_NUMBERS]
    yield from (path for path in paths if _has_number(draft, path))


def _has_number(draft: Draft, path: Path) -> bool:
    view = draft.number(path)
    return view is not None and view.ends is not None


def _within_side(draft: Draft, path: Path) -> str:
    words = place_words(draft, path).removeprefix(f"{draft.name(path[:2])}, ")
    return words[:1].upper() + words[1:]
