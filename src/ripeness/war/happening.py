"""Happenings: a scenario's events as the war reads them: on a date or by chance, and what each of them changes."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from ripeness.decision.rule import QUOTA
from ripeness.scenario.armed_polities import in_order_of_war
from ripeness.scenario.number_paths import find_number_field
from ripeness.war.agenda import agenda
from ripeness.war.block import FIELDS
from ripeness.war.combat import SURVIVORS
from ripeness.war.mediate import GUARANTEE, INFORMATION, MONITORING
from ripeness.war.supply import EMPTY, RUINED
from ripeness.world.calendar import STEPS, months_between
from ripeness.world.chance import stable_id

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import date

    from ripeness.scenario.schema import Event, EventChange, Scenario
    from ripeness.war.side import Side

NEVER = 10**9
LEAST_QUALITY = 1e-3  # quality has a logarithm
LEAST = {"quality": LEAST_QUALITY}  # what has a logarithm
SHOCKED = {
    "economy": (RUINED, np.inf),
    "munitions": (EMPTY, np.inf),
    "forces": (SURVIVORS, np.inf),
    "participation": (0.0, 1.0),
}
SHOCKS = {
    "front": "front_shock",
    "optimism": "belief",
    "weariness": "weariness_shock",
}  # what a shock of this name changes, if not the like

TALKS = {"monitoring": "talks_monitoring"}  # quantities of talks that have another name there than in a file
OFFERED = {
    "information": ("offers", INFORMATION),
    "guarantee": ("offers", GUARANTEE),
    "monitoring": ("offers", MONITORING),
    "cost": ("mediation_cost", 0),
}  # numbers of a mediator: quantity, and which of its rows


@dataclass(frozen=True, slots=True)
class Effect:
    """One thing that an event does to the situation: `what` on a side, by `how`, with a row of the drawn inputs.

    What comes of it is kept between `low` and `high`, the bounds of what is changed. `place`: which of several rows.
    """

    what: str
    how: str
    row: int
    side: int = -1
    issue: int = -1
    faction: int = -1
    low: float = -np.inf
    high: float = np.inf
    place: int = 0


@dataclass(frozen=True, slots=True)
class Happening:
    """An event as the months read it: due at a step, or with a hazard between two steps."""

    key: str
    name: str
    random_key: int
    due: int
    hazard: int
    first: int
    last: int
    effects: tuple[Effect, ...]


def happenings(scenario: Scenario, row: Mapping[str, int]) -> tuple[Happening, ...]:
    """Turn a scenario's events into rows and steps."""
    order = list(in_order_of_war(scenario))
    step = STEPS[scenario.step]

    def when(day: date | None, default: int) -> int:
        return default if day is None else round(months_between(scenario.start, day) / step)

    def due(event: Event) -> int:
        """The step of a dated event; one before the start has had its effect on what the scenario states."""
        past = event.on is not None and event.on < scenario.start
        return NEVER if past else when(event.on, -1)

    return tuple(
        Happening(
            key,
            event.name or key,
            stable_id(f"event/{key}"),
            due=due(event),
            hazard=row.get(f"events.{key}.hazard", -1),
            first=when(event.after, 0),
            last=when(event.before, NEVER),
            effects=tuple(_effects(key, event, scenario, order, row)),
        )
        for key, event in sorted(scenario.events.items())
    )


def _effects(key: str, event: Event, scenario: Scenario, order: list[str], row: Mapping[str, int]) -> list[Effect]:
    effects = [_change(n, change, key, scenario, order, row) for n, change in enumerate(event.changes)]
    for what, hit in event.shock.items():
        low, high = SHOCKED.get(what, (-np.inf, np.inf))
        effects += [
            Effect(
                f"shock.{what}", "add", row[f"events.{key}.shock.{what}.{who}"], order.index(who), low=low, high=high
            )
            for who in hit
        ]
    if event.ceasefire is not None:
        effects.append(Effect("talks.truce", "set", row[f"constant.ceasefire.{event.ceasefire}"]))
        watched = row.get(f"events.{key}.monitored", row["constant.zero"])
        effects.append(Effect("talks.truce_monitored", "set", watched, low=0.0, high=1.0))
    if event.beside and f"events.{key}.strength" in row:
        effects.append(Effect("ally", "add", row[f"events.{key}.strength"], order.index(event.beside)))
    return effects


def _change(
    n: int, change: EventChange, key: str, scenario: Scenario, order: list[str], row: Mapping[str, int]
) -> Effect:
    how = "set" if change.set is not None else "add" if change.add is not None else "scale"
    at = row[f"events.{key}.changes.{n}.{how}"]
    parts, bounds = change.path.split("."), find_number_field(scenario, change.path)
    low, high = bounds.low, bounds.high
    if parts[0] == "talks":
        return Effect(f"talks.{TALKS.get(parts[-1], parts[-1])}", how, at, low=low, high=high)
    side, polity = order.index(parts[1]), scenario.polities[parts[1]]
    if parts[2] == "mediator":
        name, number = OFFERED.get(parts[3], (parts[3], 0))
        number = order.index(parts[4]) if len(parts) > 4 else number
        return Effect(f"mediator.{name}", how, at, side, low=low, high=high, place=number)
    if parts[2] != "factions":
        least = LEAST.get(parts[-1], low)
        return Effect(parts[-1], how, at, side, low=max(low, least), high=high)
    faction = list(polity.factions).index(parts[3])
    if parts[4] == "traits":
        return Effect(f"traits.{parts[5]}", how, at, side, -1, faction, low, high)
    issue = list(agenda(polity)).index(parts[5]) if parts[4] == "positions" else -1
    return Effect(parts[4], how, at, side, issue, faction, low, high)


@dataclass(frozen=True, slots=True)
class Changed:
    """One row that an effect changes: of which event, and which quantity of which record (see block.address)."""

    event: int
    effect: Effect
    part: str
    number: int
    name: str
    row: int = 0


def changed_by(happenings_: tuple[Happening, ...], sides: tuple[Side, ...]) -> tuple[Changed, ...]:
    """Every row that events change, in the order in which they are changed."""
    return tuple(
        change
        for n, happening in enumerate(happenings_)
        for effect in happening.effects
        for change in _changed(n, effect, sides)
    )


def power_changes(happenings_: tuple[Happening, ...], side: int) -> bool:
    """Whether some event changes the powers of a polity's factions."""
    effects = (effect for happening in happenings_ for effect in happening.effects)
    return any(effect.what == "power" and effect.side == side for effect in effects)


def _changed(event: int, effect: Effect, sides: tuple[Side, ...]) -> list[Changed]:
    """The rows that one effect changes: one, or one of each faction of a polity."""
    if effect.what.startswith("talks."):
        return [Changed(event, effect, "shared", 0, effect.what.removeprefix("talks."))]
    if effect.what.startswith("mediator."):
        return [Changed(event, effect, "polities", effect.side, effect.what.removeprefix("mediator."), effect.place)]
    side, first = sides[effect.side], sum(side.factions for side in sides[: effect.side])
    if effect.what == "power":
        return [Changed(event, effect, "factions", first + effect.faction, "log_power")]
    if effect.what.startswith("traits."):
        return [Changed(event, effect, "factions", first + effect.faction, effect.what.removeprefix("traits."))]
    if effect.what == "positions":
        before = sum(len(side.issue_keys) * side.factions for side in sides[: effect.side])
        return [Changed(event, effect, "stated", before + effect.issue * side.factions + effect.faction, "stated")]
    if effect.what == "quota":
        return [Changed(event, effect, "polities", effect.side, "settings", QUOTA)]
    shock = effect.what.removeprefix("shock.")
    name = SHOCKS.get(shock, shock) if shock != effect.what else effect.what
    if name in FIELDS["polities"]:
        return [Changed(event, effect, "polities", effect.side, name)]
    return [Changed(event, effect, "factions", first + f, name) for f in range(side.factions)]
