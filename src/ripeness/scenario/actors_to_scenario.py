"""From an actor table to a scenario: another version of a case, with the numbers of the table as its author's."""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from itertools import count
from typing import Any

import numpy as np

from ripeness.scenario.actor_names import normal_form
from ripeness.scenario.actor_shares import ActorShares
from ripeness.scenario.polity_form import PolityForm
from ripeness.scenario.schema import Scenario
from ripeness.scenario.write import yaml_flow
from ripeness.world.fault import Fault, Place
from ripeness.world.quantity import Kind
from ripeness.world.wording import join_words, nearest, unknown_name

GRADE = "F6"  # Admiralty code: neither the reliability of who filled a table in nor its truth can be judged from it


@dataclass(frozen=True, slots=True)
class ScenarioText:
    """The text of a scenario made from a table, and what was not carried, or kept from the case."""

    text: str
    notes: tuple[str, ...]


def version_from_actors(scenario: Scenario, base: str, polity: str, shares: ActorShares, file: str) -> ScenarioText:
    """A version of a case in which a table states power, positions and salience of a polity; all else is kept.

    `base` is what the new file names as its base.

    Raises: Fault for a polity, an actor or an issue that the case does not have, with near names.
    """
    if polity not in scenario.polities:
        raise Fault(unknown_name("polity", polity, tuple(scenario.polities)))
    form = scenario.polities[polity]
    factions = [_key_of(name, _faction_labels(form), "faction", polity, file) for name in shares.actors]
    issues = [_key_of(name, _issue_labels(form), "issue", polity, file) for name in shares.issues]
    for kind, keys, names in (("faction", factions, shares.actors), ("issue", issues, shares.issues)):
        if doubled := next((key for key in keys if keys.count(key) > 1), None):
            both = [name for key, name in zip(keys, names, strict=True) if key == doubled]
            raise Fault(f"{join_words(both)} are one {kind} of {polity}: {doubled}", Place(file))
    others = (form.factions[key].power for key in form.factions if key not in factions)
    powers, power_note = shares.powers(1 - sum(power.centre for power in others if power is not None))
    source = _source_key(file, scenario.sources)
    parts: dict[str, Any] = {}
    for row, key in enumerate(factions):
        parts[key] = {
            "power": _number(powers[row], source),
            "positions": _by_issue(shares.position, row, issues, source),
            "salience": _by_issue(shares.salience, row, issues, source),
        }
        parts[key] = {name: part for name, part in parts[key].items() if part}
    kept_factions = [key for key in form.factions if key not in factions]
    kept_issues = [key for key in form.issues if key not in issues]
    kept = [f"{key} of {polity} is not in the table and keeps its numbers" for key in (*kept_factions, *kept_issues)]
    notes = [*shares.notes, *([power_note] if power_note else []), *kept]
    return ScenarioText(_version_text(scenario, base, polity, parts, (source, file)), tuple(notes))


def _version_text(scenario: Scenario, base: str, polity: str, parts: Mapping[str, Any], source: tuple[str, str]) -> str:
    """The file: its base, the numbers one faction a block, and the table as their source."""
    key, file = source
    lines = [
        f"# Power, positions and salience of {polity} as the actor table '{file}' has them; all else as in the base.",
        f"base: {yaml_flow(base)}",
        f"title: {yaml_flow(f'{scenario.title} (as {file} has it)')}",
        f"coding: {key}",
        "polities:",
        f"  {polity}:",
        "    factions:",
    ]
    for faction, numbers in parts.items():
        lines.append(f"      {faction}:")
        for name, number in numbers.items():
            if name == "power":
                lines.append(f"        power: {yaml_flow(number)}")
                continue
            lines.append(f"        {name}:")
            lines += [f"          {issue}: {yaml_flow(value)}" for issue, value in number.items()]
    lines += ["sources:", f"  {key}: {yaml_flow(table_source(file))}"]
    return "\n".join(lines) + "\n"


def table_source(file: str) -> dict[str, str]:
    """An actor table as a source."""
    return {"title": f"Actor table {file}", "author": "who filled the table in", "grade": GRADE}


def _number(low_best_high: Any, source: str) -> dict[str, Any]:
    """A number as a scenario writes it."""
    low, best, high = (float(value) for value in low_best_high)
    spread = {} if low == high else {"range": [low, high]}
    return {"value": best, **spread, "kind": str(Kind.JUDGED), "source": [source]}


def _by_issue(numbers: Any, row: int, issues: list[str], source: str) -> dict[str, Any]:
    """The numbers of an actor by issue, where the table states them."""
    return {key: _number(numbers[i, row], source) for i, key in enumerate(issues) if not np.isnan(numbers[i, row, 0])}


def _faction_labels(form: PolityForm) -> dict[str, str]:
    """Keys of factions by the normal forms of key and name."""
    names = {normal_form(faction.name): key for key, faction in form.factions.items() if faction.name}
    return names | {normal_form(key): key for key in form.factions}


def _issue_labels(form: PolityForm) -> dict[str, str]:
    names = {normal_form(issue.name): key for key, issue in form.issues.items() if issue.name}
    return names | {normal_form(key): key for key in form.issues}


def _key_of(name: str, labels: Mapping[str, str], kind: str, polity: str, file: str) -> str:
    """The key that a name of the table means."""
    wanted = normal_form(name)
    if wanted in labels:
        return labels[wanted]
    near = nearest(wanted, labels)
    keys = dict.fromkeys(labels.values())
    hint = f"did you mean '{near}'?" if near is not None else f"its {kind}s are {', '.join(keys)}"
    raise Fault(f"'{name[:40]}' is no {kind} of {polity}; {hint}", Place(file))


def _source_key(file: str, taken: Collection[str] = ()) -> str:
    """A key for the table that the case has not given to another source."""
    stem = re.sub(r"[^a-z0-9]+", "-", file.rpartition(".")[0].lower()).strip("-") or "table"
    key = stem if stem[0].isalpha() else f"table-{stem}"
    return next(name for n in count(1) if (name := key if n == 1 else f"{key}-{n}") not in taken)


def scenario_from_actors(template: str, polity: str, shares: ActorShares, file: str) -> ScenarioText:
    """A scenario of an invented war in which one polity has the actors and issues of a table; the rest is as in the
    template, to be replaced.

    Raises: Fault where two actors or issues would have the same key.
    """
    powers, power_note = shares.powers()
    source = _source_key(file)
    keys, issues = _keys(shares.actors, file), _keys(shares.issues, file)
    leader = int(np.argmax(powers[:, 1]))
    lines = [
        f"  {polity}:",
        "    role: belligerent",
        "    regime: mixed  # democracy, mixed or autocracy",
        "    issues:",
    ]
    for key, name, (low, high) in zip(issues, shares.issues, shares.ends, strict=True):
        ends = [low or f"the low end of {name}", high or f"the high end of {name}"]
        lines.append(f"      {key}: {yaml_flow({'name': name, 'ends': ends})}")
    lines.append(
        "    factions:  # give each the archetype that is nearest to it; defaults of its traits come from there"
    )
    for row, (key, name) in enumerate(zip(keys, shares.actors, strict=True)):
        lines += [
            f"      {key}:",
            f"        name: {yaml_flow(name[:80])}",
            f"        archetype: {'leader' if row == leader else 'party'}",
            f"        power: {yaml_flow(_number(powers[row], source))}",
        ]
        lines += ["        leads: true"] if row == leader else []
        for part, numbers in (("positions", shares.position), ("salience", shares.salience)):
            lines.append(f"        {part}:")
            values = _by_issue(numbers, row, issues, source)
            lines += [f"          {issue}: {yaml_flow(value)}" for issue, value in values.items()]
    start, end = template.index(f"  {polity}:"), template.index("  south:")
    text = template[:start] + "\n".join(lines) + "\n" + template[end:]
    text = text.rstrip("\n") + f"\nsources:\n  {source}: {yaml_flow(table_source(file))}\n"
    notes = [
        *shares.notes,
        *([power_note] if power_note else []),
        f"{shares.actors[leader]} leads, having most influence: say who does",
        "every other actor has the archetype 'party': give each its own",
    ]
    return ScenarioText(text, tuple(notes))


def _keys(names: tuple[str, ...], file: str) -> list[str]:
    """Keys made of names."""
    keys = []
    for name in names:
        key = re.sub(r"[^a-z0-9]+", "-", name.lower()).strip("-")
        key = key if key and key[0].isalpha() else f"x-{key}".rstrip("-")
        if key in keys:
            raise Fault(
                f"'{name[:40]}' would have the key '{key}', which another name has; write it otherwise", Place(file)
            )
        keys.append(key)
    return keys
