"""Happenings: a scenario's events as the war reads them: on a date or by chance, and what each of them changes."""

from __future__ import annotations

from dataclasses import dataclass
from inspect import getattr_static
from typing import TYPE_CHECKING

import numpy as np

from ripeness.decision.rule import QUOTA
from ripeness.scenario.number_paths import find_number_field
from ripeness.war import rows as at
from ripeness.war import where
from ripeness.war.agenda import agenda
from ripeness.war.fight import SURVIVORS
from ripeness.war.happen import WAYS, Events
from ripeness.war.situation import Belligerent, Patron, Shared
from ripeness.war.supply import EMPTY, RUINED
from ripeness.world.calendar import STEPS, months_between
from ripeness.world.chance import stable_id

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import date

    from ripeness.scenario.schema import Event, EventChange, Scenario
    from ripeness.war.body import Plan

NEVER = 10**9
LEAST_QUALITY = 1e-3  # quality has a logarithm
LEAST = {"quality": LEAST_QUALITY}  # what has a logarithm
SHOCKED = {
    "economy": (RUINED, 1.0),
    "munitions": (EMPTY, np.inf),
    "forces": (SURVIVORS, np.inf),
    "participation": (0.0, 1.0),
}
SHOCKS = {
    "front": "jolt",
    "optimism": "mean",
    "weariness": "strain",
}  # what a shock of this name changes, if not the like


@dataclass(frozen=True, slots=True)
class Effect:
    """One thing that an event does to the situation: `what` on a side, by `how`, with a row of the drawn inputs.

    What comes of it is kept between `low` and `high`, the bounds of what is changed.
    """

    what: str
    how: str
    row: int
    side: int = -1
    issue: int = -1
    faction: int = -1
    low: float = -np.inf
    high: float = np.inf


@dataclass(frozen=True, slots=True)
class Happening:
    """An event as the months read it: due at a step, or with a hazard between two steps."""

    key: str
    name: str
    luck: int
    due: int
    hazard: int
    first: int
    last: int
    effects: tuple[Effect, ...]


def happenings(scenario: Scenario, row: Mapping[str, int]) -> tuple[Happening, ...]:
    """Turn a scenario's events into rows and steps."""
    keys = [key for key, polity in scenario.polities.items() if polity.role == "belligerent"]
    order = keys + [key for key in scenario.polities if key not in keys]
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
    found = [_change(n, change, key, scenario, order, row) for n, change in enumerate(event.changes)]
    for what, hit in event.shock.items():
        low, high = SHOCKED.get(what, (-np.inf, np.inf))
        found += [
            Effect(
                f"shock.{what}", "add", row[f"events.{key}.shock.{what}.{who}"], order.index(who), low=low, high=high
            )
            for who in hit
        ]
    if event.beside and f"events.{key}.strength" in row:
        found.append(Effect("ally", "add", row[f"events.{key}.strength"], order.index(event.beside)))
    return found


def _change(
    n: int, change: EventChange, key: str, scenario: Scenario, order: list[str], row: Mapping[str, int]
) -> Effect:
    how = "set" if change.set is not None else "add" if change.add is not None else "scale"
    at = row[f"events.{key}.changes.{n}.{how}"]
    parts, bounds = change.path.split("."), find_number_field(scenario, change.path)
    low, high = bounds.low, bounds.high
    if parts[0] == "talks":
        return Effect(f"talks.{parts[1]}", how, at, low=low, high=high)
    side, polity = order.index(parts[1]), scenario.polities[parts[1]]
    if parts[2] != "factions":
        least = LEAST.get(parts[-1], low)
        return Effect(parts[-1], how, at, side, low=max(low, least), high=high)
    faction = list(polity.factions).index(parts[3])
    if parts[4] == "traits":
        return Effect(f"traits.{parts[5]}", how, at, side, -1, faction, low, high)
    issue = list(agenda(polity)).index(parts[5]) if parts[4] == "positions" else -1
    return Effect(parts[4], how, at, side, issue, faction, low, high)


def inputs(happenings_: tuple[Happening, ...]) -> list[int]:
    """Rows of the drawn inputs that events read."""
    return sorted(
        {one.hazard for one in happenings_ if one.hazard >= 0} | {e.row for one in happenings_ for e in one.effects}
    )


def events_of(happenings_: tuple[Happening, ...], plans: tuple[Plan, ...]) -> Events:
    """A war's events as its kernels read them.
    The drawn inputs that they read stand in the table after what has happened.
    """
    amounts = {row: at.HAPPENED + len(happenings_) + n for n, row in enumerate(inputs(happenings_))}
    times = [(one.luck, one.due, amounts.get(one.hazard, -1), one.first, one.last) for one in happenings_]
    found = [
        ((n, WAYS.index(effect.how), amounts[effect.row], *rows), (effect.low, effect.high))
        for n, one in enumerate(happenings_)
        for effect in one.effects
        for rows in _changed(effect, plans)
    ]
    shifted = {
        effect.side for one in happenings_ for effect in one.effects if effect.what == "power" and effect.side > 1
    }
    return Events(
        at.HAPPENED,
        np.array(times, dtype=np.int64).reshape(-1, 5),
        np.array([effect for effect, _ in found], dtype=np.int64).reshape(-1, 7),
        np.array([limits for _, limits in found], dtype=np.float64).reshape(-1, 2),
        np.array(sorted(shifted), dtype=np.int64),
    )


def _changed(effect: Effect, plans: tuple[Plan, ...]) -> list[tuple[int, int, int, int]]:
    """Rows of the table that an effect changes; for a power also its row, its polity's first log power,
    and how many.
    """
    if effect.what.startswith("talks."):
        return [(at.COMMON + getattr_static(Shared, effect.what.removeprefix("talks.")).row, -1, -1, -1)]
    plan = plans[effect.side]
    if effect.what == "power":
        own, power = (where.of_faction(plan, row, effect.faction) for row in (at.LOG_POWER, at.POWER))
        return [(own, power, where.of_faction(plan, at.LOG_POWER), plan.factions)]
    if effect.what.startswith("traits."):
        trait = getattr(at, effect.what.removeprefix("traits.").upper())
        return [(where.of_faction(plan, trait, effect.faction), -1, -1, -1)]
    if effect.what == "positions":
        return [(where.of_issue(plan, at.STATED, effect.issue, effect.faction), -1, -1, -1)]
    if effect.what == "quota":
        return [(where.of_setting(plan, QUOTA), -1, -1, -1)]
    shock = effect.what.removeprefix("shock.")
    name = SHOCKS.get(shock, shock) if shock != effect.what else effect.what
    found = getattr_static(Belligerent if effect.side < 2 else Patron, name)
    if found.table == "own":
        return [(plan.first + found.row, -1, -1, -1)]
    return [(where.of_faction(plan, found.row, f), -1, -1, -1) for f in range(plan.factions)]
