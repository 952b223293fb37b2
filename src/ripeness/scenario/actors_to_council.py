"""From an actor table and a decision to the file of a council: numbers filled in, documents left to the coder."""

from __future__ import annotations

import re
from typing import Any

import numpy as np

from ripeness.scenario.actor_shares import ActorShares
from ripeness.scenario.actors_to_scenario import ScenarioText
from ripeness.scenario.council_check import ROUNDING
from ripeness.scenario.council_contradictions import TO_FILL_IN
from ripeness.scenario.council_form import HALF_WIDTH, SALIENCE_HALF_WIDTH, ruled_range
from ripeness.scenario.write import yaml_flow
from ripeness.world.fault import Fault, Place

SAME_OPTION = 0.005  # within which a decision is one of the ends


def council_from_actors(template: str, shares: ActorShares, decided: float, file: str) -> ScenarioText:
    """The file of a council whose members are the actors of a table, and whose decision lay at `decided`.

    `template` is the text of a council's file as `new` writes it: what no table holds (documents, regime, voting) stays
    as there, or says that it is to be filled in.

    Units: `decided` from 0 to 1.
    Raises: Fault where the table has several issues, fewer than three actors, or an actor without position.
    """
    if len(shares.issues) != 1:
        raise Fault(f"a council decides one issue, and the table has {len(shares.issues)}", Place(file))
    if len(shares.actors) < 3:
        raise Fault(f"a council has three members or more, and the table {len(shares.actors)}", Place(file))
    if not 0 <= decided <= 1:
        raise Fault(f"the decision lies at {decided:g} of the issue; it can be 0 to 1", Place(file))
    notes = list(shares.notes)
    for row, name in enumerate(shares.actors):
        if np.isnan(shares.position[0, row, 0]):
            raise Fault(f"'{name[:40]}' takes no position; a council's file holds those who do", Place(file))
        if shares.influence[row, 0] < shares.influence[row, 2]:
            notes.append(f"the range of the weight of {name} is left out: a council's weights are formal")
    keys = member_keys(shares.actors)
    low, high = (end or TO_FILL_IN for end in shares.ends[0])
    cited = {"source": "minutes", "place": TO_FILL_IN}
    options = [{"key": "low", "at": 0, "name": low}, {"key": "high", "at": 1, "name": high}]
    chosen = next((str(o["key"]) for o in options if abs(float(str(o["at"])) - decided) <= SAME_OPTION), "middle")
    if chosen == "middle":
        options.insert(1, {"key": chosen, "at": decided, "name": f"what was decided, {TO_FILL_IN}"})
    leader = int(np.argmax(shares.influence[:, 1]))
    parts: dict[str, Any] = {
        "issue": {
            "name": TO_FILL_IN if shares.issues[0] == "issue" else shares.issues[0],
            "low": low,
            "high": high,
            **cited,
        },
        "options": [option | cited for option in options],
        "status_quo": {"at": 0.5, "range": [0, 1], "why": TO_FILL_IN, **cited},
        "voting": {"rule": "consensus", "quota": 0.5, "why": TO_FILL_IN, **cited},
        "leader": {"member": keys[leader], "divided": False, "why": TO_FILL_IN},
        "members": [_member(shares, row, key, notes) for row, key in enumerate(keys)],
        "decision": {
            "option": chosen,
            "at": decided,
            "range": list(ruled_range(decided, HALF_WIDTH["minuted"])),
            "for": [],
            "leader": "mediated",
            "text": TO_FILL_IN,
            **cited,
        },
        "coder": dict.fromkeys(("hindsight", "doubtful", "checked"), TO_FILL_IN),
    }
    notes.append(f"{shares.actors[leader]} leads, having most weight: say who does")
    notes.append("who has a whole weight has a vote, and who attends with half a weight none, by the rule of coding")
    notes.append(
        "basis of each member is the one whose rule makes the range of the table: check it against the documents"
    )
    return ScenarioText(_with_parts(template, parts, file), tuple(notes))


def member_keys(names: tuple[str, ...]) -> list[str]:
    """Keys of members, made of their names; a number tells those apart that would be the same.

    >>> member_keys(("War Minister", "War-Minister", "3rd bureau"))
    ['war_minister', 'war_minister_2', 'x3rd_bureau']
    """
    keys: list[str] = []
    for name in names:
        key = re.sub(r"[^a-z0-9]+", "_", name.lower()).strip("_") or "member"
        key = key if key[0].isalpha() else f"x{key}"
        alike = sum(1 for other in keys if other == key or re.fullmatch(rf"{key}_\d+", other))
        keys.append(f"{key}_{alike + 1}" if alike else key)
    return keys


def _member(shares: ActorShares, row: int, key: str, notes: list[str]) -> dict[str, Any]:
    """A member with the numbers of the table."""
    name = shares.actors[row]
    low, at, high = (float(value) for value in shares.position[0, row])
    basis = _basis(low, at, high)
    position: dict[str, Any] = {"at": at}
    if _within_rule(low, at, high, HALF_WIDTH[basis]):
        position["range"] = [low, high]
    elif low < high:
        ruled = ruled_range(at, HALF_WIDTH[basis])
        notes.append(
            f"the range {low:g} to {high:g} of the position of {name} is none that the rule of coding makes: "
            f"'{basis}' is nearest, {ruled[0]:g} to {ruled[1]:g}"
        )
    care_low, care, care_high = (float(value) for value in shares.salience[0, row])
    salience: dict[str, Any] = {"at": care}
    if _within_rule(care_low, care, care_high, SALIENCE_HALF_WIDTH):
        salience["range"] = [care_low, care_high]
    elif care_low < care_high:
        notes.append(
            f"the range {care_low:g} to {care_high:g} of the salience of {name} is left out: the rule makes it"
        )
    return {
        "key": key,
        "office": name,
        "basis": basis,
        "position": position,
        "salience": salience,
        "weight": float(shares.influence[row, 1]),
        "vote": bool(shares.influence[row, 1] >= 1 and float(shares.influence[row, 1]).is_integer()),
        "said": [{"date": None, "text": TO_FILL_IN, "source": "minutes", "place": TO_FILL_IN}],
    }


def _within_rule(low: float, at: float, high: float, half: float) -> bool:
    """Whether a range is the one that the rule of coding makes, to two digits."""
    ruled = ruled_range(at, half)
    return max(abs(low - ruled[0]), abs(high - ruled[1])) <= ROUNDING


def _basis(low: float, at: float, high: float) -> str:
    """The basis whose range is nearest; without a range, that of a position inferred."""
    if low == high:
        return "inferred"
    gaps = {}
    for basis, half in HALF_WIDTH.items():
        ruled = ruled_range(at, half)
        gaps[basis] = max(abs(low - ruled[0]), abs(high - ruled[1]))
    return min(gaps, key=lambda basis: gaps[basis])


def _with_parts(template: str, parts: dict[str, Any], file: str) -> str:
    """The template with these parts in place of its own, a line an entry, and the sources that are cited."""
    day = re.search(r"^date: (\S+)", template, re.MULTILINE)
    lines = [
        f"# The file of a council from the actor table '{file}': whatever says '{TO_FILL_IN}' is the coder's to state."
    ]
    at = template.splitlines()
    kept: list[str] = []
    skipping = False
    for line in at:
        key = re.match(r"([a-z_]+):", line)
        if key is not None:
            skipping = key[1] in parts
            if skipping:
                kept += _lines(key[1], parts[key[1]], day[1] if day else "")
        elif line.startswith("#"):
            skipping = False
        if not skipping:
            kept.append(line)
    text = "\n".join([*lines, *kept[1:]]) + "\n"
    return re.sub(r"  memoir:\n    \{.*\}\n", "", text)


def _lines(key: str, part: Any, day: str) -> list[str]:
    """An entry of the file: of a list one item a line, of a mapping one key a line."""
    if isinstance(part, list):
        lines = [f"{key}:"]
        for item in part:
            statements = [entry | {"date": day} for entry in item.get("said", [])]
            lines.append(f"  - {yaml_flow(item | ({'said': statements} if statements else {}))}")
        return lines
    return [f"{key}:", *(f"  {name}: {yaml_flow(value)}" for name, value in part.items())]
