"""New parts of a scenario: a faction, an issue, a side, with what each needs so that the whole stays sound."""

from __future__ import annotations

import re
from unicodedata import normalize

from ripeness.web.editing.draft import Draft
from ripeness.web.editing.draft import Path as ValuePath
from ripeness.web.editing.edits import Edits

OPEN_POSITION = "0.3 to 0.7"  # of a faction whose place on a new issue is not known yet
SMALL_POWER = "0.05 to 0.15"  # of a faction that is added
NEEDS: dict[str, dict[str, object]] = {
    "aid": {"aid_capacity": "0.1 to 0.5"},
    "sanctions": {"sanctions_weight": "0.001 to 0.004"},
    "trade": {"trade_weight": "0.001 to 0.004"},
    "mediation": {"mediator": {"information": "0.1 to 0.6"}},
}


def new_key(name: str, taken: list[str], fallback: str) -> str:
    """A key for a new part, made of its name.

    >>> new_key("Généraux & Co", ["generaux-co"], "faction")
    'generaux-co-2'
    """
    letters = normalize("NFKD", name).encode("ascii", "ignore").decode().lower()
    stem = re.sub(r"[^a-z0-9]+", "-", letters).strip("-")[:40] or fallback
    return next(key for n in range(1, 1000) if (key := stem if n == 1 else f"{stem}-{n}") not in taken)


def new_faction(draft: Draft, side: str, name: str, archetype: str) -> Edits:
    """A faction with little power, and with a place on every issue that has no usual one."""
    path: ValuePath = ("polities", side, "factions")
    issues = draft.keys(("polities", side, "issues"))
    bare = {key: OPEN_POSITION for key in issues if not draft.text(("polities", side, "issues", key, "role"))}
    entry: dict[str, object] = {"name": name, "archetype": archetype, "power": SMALL_POWER}
    key = new_key(name, draft.keys(path), "faction")
    return Edits({".".join((*path, key)): entry | ({"positions": bare} if bare else {})})


def new_issue(draft: Draft, side: str, name: str, ends: tuple[str, str], role: str, toward: str = "") -> Edits:
    """An issue with its two ends; where no role gives positions, every faction is put in the middle of it."""
    path: ValuePath = ("polities", side)
    key = new_key(name, draft.keys((*path, "issues")), "issue")
    factions = draft.keys((*path, "factions"))
    entry: dict[str, object] = {"name": name, "ends": list(ends)}
    entry |= {"role": role} if role else {}
    entry |= {"toward": toward} if role in {"aid", "sanctions", "trade"} else {}
    entry |= {"hits": factions[-1:]} if role == "reform" else {}
    values: dict[str, object] = {".".join((*path, "issues", key)): entry}
    for needed, value in NEEDS.get(role, {}).items():
        values |= {".".join((*path, needed)): value} if draft.node((*path, needed)) is None else {}
    if not role:
        values |= {".".join((*path, "factions", faction, "positions", key)): OPEN_POSITION for faction in factions}
    return Edits(values)


def new_side(draft: Draft, name: str, part: str) -> Edits:
    """A side with one faction, its government; `part` is `patron`, or `beside:` and whose ally it is."""
    key = new_key(name, draft.keys(("polities",)), "side")
    _, _, beside = part.partition(":")
    entry: dict[str, object] = {"name": name, "role": "belligerent" if beside else "patron"}
    entry |= {"beside": beside} if beside else {}
    government = {"name": "Government", "archetype": "leader", "power": 1, "leads": True}
    return Edits({f"polities.{key}": entry | {"regime": "mixed", "factions": {"government": government}}})
