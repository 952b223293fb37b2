"""Happen: events on a date or by chance change numbers, shock the situation, or bring a patron into the war."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from ripeness.scenario.address import admitted
from ripeness.war import rows
from ripeness.war.agenda import agenda
from ripeness.war.fight import SURVIVORS
from ripeness.war.supply import EMPTY, RUINED
from ripeness.world.calendar import STEPS, months_between
from ripeness.world.chance import EVENT, stable_id, uniforms

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import date

    from numpy.typing import NDArray

    from ripeness.scenario.schema import Change, Event, Scenario
    from ripeness.war.body import Array
    from ripeness.war.situation import Belligerent, Polity, Situation

NEVER = 10**9
LEAST_POWER = 1e-6
LEAST_QUALITY = 1e-3  # quality has a logarithm
LEAST = {"quality": LEAST_QUALITY}  # what has a logarithm
SHOCKED = {
    "economy": (RUINED, 1.0), "munitions": (EMPTY, np.inf), "forces": (SURVIVORS, np.inf), "participation": (0.0, 1.0),
}  # fmt: skip


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
            Effect(f"shock.{what}", "add", row[f"events.{key}.shock.{what}.{who}"], order.index(who), low=low, high=high)
            for who in hit
        ]
    if event.beside and f"events.{key}.strength" in row:
        found.append(Effect("ally", "add", row[f"events.{key}.strength"], order.index(event.beside)))
    return found


def _change(n: int, change: Change, key: str, scenario: Scenario, order: list[str], row: Mapping[str, int]) -> Effect:
    how = "set" if change.set is not None else "add" if change.add is not None else "scale"
    at = row[f"events.{key}.changes.{n}.{how}"]
    parts, bounds = change.path.split("."), admitted(scenario, change.path)
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


def happen(
    happenings_: tuple[Happening, ...],
    situation: Situation,
    drawn: Mapping[int, Array],
    seed: int,
    month: int,
    step: float,
    quiet: bool,
) -> None:
    """Let events of this step happen.

    Shapes: drawn, the inputs of the runs that go on by row, (R,) each. `quiet` switches chance off: only dated events happen.
    """
    if not happenings_:
        return
    shared = situation.shared
    luck = np.empty((4, len(shared.draws)))
    for n, one in enumerate(happenings_):
        if one.due >= 0:
            now = np.full(len(shared.draws), one.due == month)
        elif one.hazard >= 0 and one.first <= month < one.last and not quiet:
            uniforms(seed, shared.draws, month, EVENT, one.luck, luck)
            now = (luck[0] < 1 - np.exp(-drawn[one.hazard] * step)) & (shared.happened[n] == 0)
        else:
            continue
        if not now.any():
            continue
        shared.happened[n][now] = 1
        for effect in one.effects:
            _apply(effect, situation, now, drawn[effect.row])


def inputs(happenings_: tuple[Happening, ...]) -> list[int]:
    """Rows of the drawn inputs that events read."""
    return sorted(
        {one.hazard for one in happenings_ if one.hazard >= 0} | {e.row for one in happenings_ for e in one.effects}
    )


def _apply(effect: Effect, situation: Situation, now: NDArray[np.bool_], amount: Array) -> None:
    if effect.what == "power":
        _empower(effect, situation.sides[effect.side], now, amount)
        return
    target = _target(effect, situation)
    if effect.how == "set":
        target[..., now] = amount[now]
    elif effect.how == "scale":
        target[..., now] *= amount[now]
    else:
        target[..., now] += amount[now]
    np.clip(target, effect.low, effect.high, out=target)


def _empower(effect: Effect, side: Polity, now: NDArray[np.bool_], amount: Array) -> None:
    """Give a faction another share of power; the others keep their proportions."""
    share = side.power[effect.faction]
    wanted = {"set": amount, "scale": share * amount, "add": share + amount}[effect.how]
    wanted = np.clip(wanted, LEAST_POWER, 1 - LEAST_POWER)
    strength = np.exp(side.log_power)
    others = strength.sum(axis=0) - strength[effect.faction]
    side.log_power[effect.faction][now] = (np.log(wanted / (1 - wanted)) + np.log(others))[now]


def _target(effect: Effect, situation: Situation) -> Array:
    shared = situation.shared
    if effect.what.startswith("talks."):
        return _array(getattr(shared, effect.what.removeprefix("talks.")))
    side = situation.sides[effect.side]
    if effect.what.startswith("traits."):
        return side.faction[getattr(rows, effect.what.removeprefix("traits.").upper()), effect.faction]
    if effect.what == "positions":
        return side.stated[effect.issue, effect.faction]
    if effect.what == "quota":
        return side.settings[0]
    if effect.what.startswith("shock."):
        return _shocked(effect, situation)
    return _array(getattr(side, effect.what))


def _shocked(effect: Effect, situation: Situation) -> Array:
    side: Belligerent = situation.belligerents()[effect.side]
    what = effect.what.removeprefix("shock.")
    if what == "front":
        return side.jolt
    if what == "optimism":
        return side.mean
    if what == "weariness":
        return side.strain
    return _array(getattr(side, what))


def _array(value: object) -> Array:
    if not isinstance(value, np.ndarray):
        msg = "an event can change arrays only"
        raise TypeError(msg)
    return value
