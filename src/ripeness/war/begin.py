"""Begin: the situation at the start of a forecast, from the drawn inputs."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from ripeness.decision.rule import DEFAULTS, NOISE, QUOTA, SETTINGS
from ripeness.war import rows as at
from ripeness.war.body import Array, Body
from ripeness.war.fight import SURVIVORS
from ripeness.war.happen import LEAST_QUALITY
from ripeness.war.law import BARRIER, MIXED_LINE, OFFICE_LINE, PUNISHMENT_LINE
from ripeness.war.pace import paced
from ripeness.war.prepare import TRAITS, Side, War
from ripeness.war.situation import Belligerent, Patron, Shared, Situation

if TYPE_CHECKING:
    from numpy.typing import NDArray

LEAST_POWER = 1e-6  # power has a logarithm


def begin(war: War, drawn: Array, draws: NDArray[np.uint64]) -> Situation:
    """Set the scene: powers, positions, beliefs and means at the start.

    Shapes: drawn (K, R), one column a run; draws (R,), the numbers of the runs.
    """
    runs = drawn.shape[1]
    laws = paced(drawn[war.laws], war.step)
    shared = Shared(draws, laws, np.zeros((len(war.happenings), runs)), np.zeros((at.SHARED, runs)))
    held = np.clip(drawn[war.row["stake.held"]], 1e-6, 1 - 1e-6)
    shared.front = np.clip(np.log(held / (1 - held)), -laws[BARRIER], laws[BARRIER])
    shared.hidden = drawn[war.row["laws.hidden"]]
    shared.mediation, shared.misperception = drawn[war.row["talks.mediation"]], drawn[war.row["talks.misperception"]]
    shared.guarantee = drawn[war.row["talks.guarantee"]]
    return Situation(shared, [_belligerent(side, drawn) if side.fights else _patron(side, drawn) for side in war.sides])


def _body(side: Side, drawn: Array, rows: int, faction_rows: int) -> Body:
    """Tables of one polity with what its factions have, want and stated. The rest is 0 until somebody writes it."""
    runs, many, issues = drawn.shape[1], side.factions, len(side.issue_keys)
    body = Body(
        np.zeros((rows, runs)), np.zeros((faction_rows, many, runs)), np.zeros((3, issues, many, runs)),
        np.zeros((2, issues, runs)), np.empty((SETTINGS, runs)), drawn[side.response_rows],
    )  # fmt: skip
    for name, found in zip(TRAITS, side.traits, strict=True):
        body.faction[getattr(at, name.upper())] = drawn[found]
    power = np.maximum(drawn[side.power], LEAST_POWER)
    power /= power.sum(axis=0)
    body.faction[at.POWER], body.faction[at.LOG_POWER] = power, np.log(power)
    body.issue[at.STATED] = body.issue[at.POSITION] = drawn[side.stated]
    body.issue[at.SALIENCE], body.table[at.REFERENCE] = drawn[side.salience], drawn[side.reference]
    body.settings[:] = DEFAULTS[:, None]
    body.settings[QUOTA], body.settings[NOISE] = drawn[side.conduct["quota"]], drawn[side.conduct["noise"]]
    body.own[at.LEADER_WEIGHT] = drawn[side.conduct["leader_weight"]]
    body.own[at.REPRESSION] = drawn[side.conduct["repression"]]
    return body


def _patron(side: Side, drawn: Array) -> Patron:
    patron = Patron(_body(side, drawn, at.OF_PATRON, at.FACTION_INSIDE))
    for name, found in side.patron.items():
        setattr(patron, name, drawn[found])
    return patron


def _belligerent(side: Side, drawn: Array) -> Belligerent:
    polity = Belligerent(_body(side, drawn, at.OF_BELLIGERENT, at.FACTION_AT_WAR))
    means = {name: drawn[found] for name, found in side.resources.items()}
    conduct = {name: drawn[found] for name, found in side.conduct.items()}
    for name in ("pool", "economy", "call_up", "production", "displaced", "output", "civilian_harm", "occupation_harm"):
        setattr(polity, name, means[name])
    for name in ("reporting", "rearm", "claim", "aim", "guarantee"):
        setattr(polity, name, conduct[name])
    polity.forces = polity.forces_start = np.maximum(means["forces"], SURVIVORS)
    polity.munitions = polity.supplied = means["munitions"]
    polity.population = np.maximum(means["population"], SURVIVORS)
    polity.quality = np.maximum(means["quality"], LEAST_QUALITY)
    polity.scaling = np.ones(drawn.shape[1])
    polity.wounded_ratio, polity.displaced_start = means["wounded"], means["displaced"]
    polity.deaths = polity.deaths_start = means["deaths_so_far"]
    polity.reported = means["deaths_so_far"] * conduct["reporting"]
    polity.stated_terms = conduct["public_terms"]
    polity.mean, polity.precision = polity.traits.optimism, polity.traits.stubbornness
    polity.culpable = np.repeat(side.culpable[:, None], drawn.shape[1], axis=1)
    return polity


def stated_deaths(side: Side, drawn: Array) -> Array | None:
    """Deaths a month that the scenario states for this belligerent, where it states any. Shapes: (R,)."""
    return drawn[side.resources["deaths"]] if side.states_deaths else None


def draw_lines(side: Side, polity: Belligerent, laws: Array) -> None:
    """Set the shares below which a culpable leader loses office, or more, by regime (Goemans 2000)."""
    held = 1 / (1 + np.exp(-polity.front))
    if side.regime == "mixed":
        polity.office_line[:] = polity.punishment_line[:] = laws[MIXED_LINE] * held
    else:
        polity.office_line[:] = laws[OFFICE_LINE] * held
        polity.punishment_line[:] = np.minimum(laws[PUNISHMENT_LINE], laws[OFFICE_LINE]) * held
