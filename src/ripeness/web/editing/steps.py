"""The steps of the guided form, in the order in which one thinks of a war, and where each value is filled in."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from ripeness.web.editing.draft import Draft, Path
from ripeness.web.editing.step_actors import factions_step, sides_step, war_step
from ripeness.web.editing.step_events import events_step
from ripeness.web.editing.step_evidence import check_step, evidence_step
from ripeness.web.editing.step_means import decides_step, means_step
from ripeness.web.editing.step_presets import presets_step
from ripeness.web.editing.step_wants import wants_step


@dataclass(frozen=True, slots=True)
class EditorStep:
    """A step of the guided form: its name, what it asks, and its fields as HTML."""

    key: str
    name: str
    question: str
    fill: Callable[[Draft, str, str], str]


STEPS = (
    EditorStep("war", "The war", "Which war is it, from when does one look ahead, and what is at stake?", war_step),
    EditorStep("sides", "Sides", "Who fights, who fights beside them, and who helps from outside?", sides_step),
    EditorStep("factions", "Factions", "Who is within each side, and how much does each count?", factions_step),
    EditorStep("wants", "What each wants", "Where does each faction stand, and how much is it to them?", wants_step),
    EditorStep("decides", "Who decides", "How does each side come to its decisions?", decides_step),
    EditorStep("means", "Front and means", "What does each side fight with, and what stands between?", means_step),
    EditorStep("events", "Events", "What may happen, how likely is it, and what would it change?", events_step),
    EditorStep("presets", "What-ifs", "Which suppositions does What if offer by name?", presets_step),
    EditorStep("evidence", "Evidence", "What was seen, and which sources say so?", evidence_step),
    EditorStep("check", "Check", "Does it hold together, and what does it rest on?", check_step),
)
BY_SIDE = ("factions", "wants", "decides", "means")
OF_FACTION_WANTS = ("positions", "salience", "responds", "statements")
OF_MEANS = ("resources", "aid_capacity", "sanctions_weight", "trade_weight", "reliability", "mediator")
OF_WAR = ("title", "about", "hindsight", "began", "initiator", "start", "horizon", "step", "era", "conflict", "stake")


def editor_step_of(path: Path) -> str:
    """The step in which the value at a path is filled in; empty where only the text has it.

    >>> editor_step_of(("polities", "north", "factions", "army", "power")), editor_step_of(("readings", "court"))
    ('factions', '')
    """
    if not path or path[0] in OF_WAR:
        return "war" if path else ""
    if path[0] in {"events", "presets"}:
        return path[0]
    if path[0] in {"talks", "ceasefire"}:
        return "means"
    if path[0] in {"evidence", "sources", "window"}:
        return "evidence"
    if path[0] != "polities":
        return ""
    return _step_of_side(path[2:])


def _step_of_side(tail: Path) -> str:
    if not tail or tail[0] in {"name", "role", "kind", "regime", "organisation", "beside"}:
        return "sides"
    if tail[0] == "factions":
        return "wants" if len(tail) > 2 and tail[2] in OF_FACTION_WANTS else "factions"
    if tail[0] == "issues":
        return "decides" if tail[-1] == "rule" else "wants"
    if tail[0] == "objectives":
        return "wants"
    if tail[0] in {"conduct", "terms_since"}:
        return "decides"
    return "means" if tail[0] in OF_MEANS else ""


def fault_counts(draft: Draft) -> dict[str, int]:
    """How many faults stand in each step."""
    counts = dict.fromkeys((step.key for step in STEPS), 0)
    for path, mark in draft.marks:
        if mark.kind == "fault" and (step := editor_step_of(path)):
            counts[step] += 1
    return counts
