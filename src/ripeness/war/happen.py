"""Happen: events on a date or by chance change numbers, shock the situation, or bring a patron into the war."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from ripeness.war.agenda import agenda
from ripeness.war.fight import SURVIVORS
from ripeness.war.supply import EMPTY, RUINED
from ripeness.world.calendar import STEPS, months_between
from ripeness.world.chance import EVENT, stable_id, uniforms

if TYPE_CHECKING:
    from collections.abc import Mapping

    from numpy.typing import NDArray

    from ripeness.scenario.schema import Change, Event, Scenario
    from ripeness.war.body import Array
    from ripeness.war.situation import Belligerent, Polity, Situation

NEVER = 10**9
CONDUCT = ("leader_weight", "repression", "reporting", "rearm", "guarantee", "claim")
RESOURCES = ("call_up", "production", "quality")
PATRON = ("aid_capacity", "sanctions_weight", "trade_weight", "reliability")
LEAST_POWER = 1e-6
LIMITS = {
    "shock.economy": (RUINED, 1.0),
    "shock.munitions": (EMPTY, np.inf),
    "shock.forces": (SURVIVORS, np.inf),
    "shock.participation": (0.0, 1.0),
    "positions": (0.0, 1.0),
}
TALKS = ("mediation", "misperception", "guarantee")


@dataclass(frozen=True, slots=True)
class Effect:
    """One thing that an event does to the situation: `what` on a side, by `how`, with a row of the drawn inputs."""

    what: str
    how: str
    row: int
    side: int = -1
    issue: int = -1
    faction: int = -1


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


def changeable(path: str) -> bool:
    """Whether an event may change the number at this path."""
    parts = path.split(".")
    if parts[0] == "talks":
        return parts[-1] in TALKS
    if parts[0] != "polities" or len(parts) < 4:
        return parts[0] == "polities" and len(parts) == 3 and parts[2] in PATRON
    if parts[2] in {"conduct", "resources"}:
        return parts[3] in (*CONDUCT, "quota") if parts[2] == "conduct" else parts[3] in RESOURCES
    return parts[2] == "factions" and len(parts) >= 5 and parts[4] in {"power", "positions"}


def happenings(scenario: Scenario, row: Mapping[str, int]) -> tuple[Happening, ...]:
    """Turn a scenario's events into rows and steps."""
    keys = [key for key, polity in scenario.polities.items() if polity.role == "belligerent"]
    order = keys + [key for key in scenario.polities if key not in keys]
    step = STEPS[scenario.step]

    def when(day: object, default: int) -> int:
        return default if day is None else max(round(months_between(scenario.start, day) / step), 0)  # type: ignore[arg-type]

    return tuple(
        Happening(
            key,
            event.name or key,
            stable_id(f"event/{key}"),
            due=when(event.on, -1),
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
        found += [
            Effect(f"shock.{what}", "add", row[f"events.{key}.shock.{what}.{who}"], order.index(who)) for who in hit
        ]
    if event.beside and f"events.{key}.strength" in row:
        found.append(Effect("ally", "add", row[f"events.{key}.strength"], order.index(event.beside)))
    return found


def _change(n: int, change: Change, key: str, scenario: Scenario, order: list[str], row: Mapping[str, int]) -> Effect:
    how = "set" if change.set is not None else "add" if change.add is not None else "scale"
    at = row[f"events.{key}.changes.{n}.{how}"]
    parts = change.path.split(".")
    if parts[0] == "talks":
        return Effect(f"talks.{parts[1]}", how, at)
    side, polity = order.index(parts[1]), scenario.polities[parts[1]]
    if parts[2] != "factions":
        return Effect(parts[-1], how, at, side)
    faction = list(polity.factions).index(parts[3])
    issue = list(agenda(polity)).index(parts[5]) if parts[4] == "positions" else -1
    return Effect(parts[4], how, at, side, issue, faction)


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
    low, high = LIMITS.get(effect.what, (-np.inf, np.inf))
    np.clip(target, low, high, out=target)


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
