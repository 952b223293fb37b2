"""The situation: everything that changes from month to month, as one table with the runs in the last axis.

Each quantity is a row of the table, so that a whole polity goes into a compiled loop as a few views of it, and runs
whose war is over are cleared out of one array. Here every row has its name: `polity.deaths` is the row itself, not a
copy.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from ripeness.war import rows as at
from ripeness.war.body import Array, Body, Plan, body_in, rows_of
from ripeness.world.compiled import compiled


@dataclass(frozen=True, slots=True)
class Row:
    """A name for one row of a table: reading gives the row itself, writing writes into it."""

    table: str
    row: int

    def __get__(self, holder: Polity | Traits | Shared, owner: type) -> Array:
        """The row."""
        found: Array = getattr(holder, self.table)[self.row]
        return found

    def __set__(self, holder: Polity | Traits | Shared, values: Array | NDArray[np.int64] | float) -> None:
        """Write the row's runs."""
        getattr(holder, self.table)[self.row][...] = values


@dataclass(frozen=True, slots=True)
class Traits:
    """Traits of the factions of one polity; every row is (F, R), units as in the scenario's form."""

    faction: Array

    stake_value = Row("faction", at.STAKE_VALUE)
    casualty_aversion = Row("faction", at.CASUALTY_AVERSION)
    exposure = Row("faction", at.EXPOSURE)
    war_gain = Row("faction", at.WAR_GAIN)
    trade_rent = Row("faction", at.TRADE_RENT)
    optimism = Row("faction", at.OPTIMISM)
    stubbornness = Row("faction", at.STUBBORNNESS)
    informedness = Row("faction", at.INFORMEDNESS)
    office = Row("faction", at.OFFICE)
    punishment = Row("faction", at.PUNISHMENT)
    peace_cost = Row("faction", at.PEACE_COST)
    audience_cost = Row("faction", at.AUDIENCE_COST)
    organisation = Row("faction", at.ORGANISATION)
    distance = Row("faction", at.DISTANCE)
    obstruction = Row("faction", at.OBSTRUCTION)
    exit_rate = Row("faction", at.EXIT_RATE)
    loyalty = Row("faction", at.LOYALTY)
    war_weight = Row("faction", at.WAR_WEIGHT)
    credit = Row("faction", at.CREDIT)


class Polity:
    """One polity's inside: who has power, who wants what, what is decided. Patrons have this and a little more.

    Shapes: power .. reservation_start (F, R); stated, position, salience (I, F, R); decided, reference (I, R);
    settings (S, R); leader_weight .. (R,).
    """

    def __init__(self, body: Body) -> None:
        """Stand on a body."""
        self.lay(body)

    def lay(self, body: Body) -> None:
        """Take another body, of fewer runs."""
        self.body = body
        self.own, self.faction, self.issue, self.table, self.settings, _ = body
        self.traits = Traits(body.faction)

    log_power = Row("faction", at.LOG_POWER)
    power = Row("faction", at.POWER)
    gone = Row("faction", at.GONE)
    rents = Row("faction", at.RENTS)
    rents_start = Row("faction", at.RENTS_START)
    participation = Row("faction", at.PARTICIPATION)
    participation_start = Row("faction", at.PARTICIPATION_START)
    reservation = Row("faction", at.RESERVATION)
    reservation_start = Row("faction", at.RESERVATION_START)
    stated = Row("issue", at.STATED)
    position = Row("issue", at.POSITION)
    salience = Row("issue", at.SALIENCE)
    decided = Row("table", at.DECIDED)
    reference = Row("table", at.REFERENCE)
    leader_weight = Row("own", at.LEADER_WEIGHT)
    repression = Row("own", at.REPRESSION)
    weary = Row("own", at.WEARY)
    weary_start = Row("own", at.WEARY_START)
    pressure = Row("own", at.PRESSURE)
    pressure_start = Row("own", at.PRESSURE_START)
    front = Row("own", at.FRONT)
    front_start = Row("own", at.FRONT_START)
    street = Row("own", at.STREET)
    street_start = Row("own", at.STREET_START)


class Belligerent(Polity):
    """A polity that fights, with its means, losses and beliefs.

    Shapes: mean .. borne (F, R); the rest (R,). Units: persons in thousands, munitions in months of fighting.
    """

    mean = Row("faction", at.MEAN)
    precision = Row("faction", at.PRECISION)
    culpable = Row("faction", at.CULPABLE)
    monthly = Row("faction", at.MONTHLY)
    shift = Row("faction", at.SHIFT)
    worth = Row("faction", at.WORTH)
    weariness = Row("faction", at.WEARINESS)
    dissatisfied = Row("faction", at.DISSATISFIED)
    borne = Row("faction", at.BORNE)
    demand = Row("own", at.DEMAND)
    demand_start = Row("own", at.DEMAND_START)
    effort = Row("own", at.EFFORT)
    restraint = Row("own", at.RESTRAINT)
    reform = Row("own", at.REFORM)
    forces = Row("own", at.FORCES)
    forces_start = Row("own", at.FORCES_START)
    pool = Row("own", at.POOL)
    munitions = Row("own", at.MUNITIONS)
    supplied = Row("own", at.SUPPLIED)
    economy = Row("own", at.ECONOMY)
    population = Row("own", at.POPULATION)
    call_up = Row("own", at.CALL_UP)
    quality = Row("own", at.QUALITY)
    production = Row("own", at.PRODUCTION)
    ally = Row("own", at.ALLY)
    jolt = Row("own", at.JOLT)
    strain = Row("own", at.STRAIN)
    scaling = Row("own", at.SCALING)
    wounded_ratio = Row("own", at.WOUNDED_RATIO)
    expected = Row("own", at.EXPECTED)
    fresh = Row("own", at.FRESH)
    usual = Row("own", at.USUAL)
    deaths = Row("own", at.DEATHS)
    deaths_start = Row("own", at.DEATHS_START)
    wounded = Row("own", at.WOUNDED)
    reported = Row("own", at.REPORTED)
    leaked = Row("own", at.LEAKED)
    displaced = Row("own", at.DISPLACED)
    displaced_start = Row("own", at.DISPLACED_START)
    output_lost = Row("own", at.OUTPUT_LOST)
    aid = Row("own", at.AID)
    squeeze = Row("own", at.SQUEEZE)
    squeeze_level = Row("own", at.SQUEEZE_LEVEL)
    reporting = Row("own", at.REPORTING)
    rearm = Row("own", at.REARM)
    claim = Row("own", at.CLAIM)
    stated_terms = Row("own", at.STATED_TERMS)
    aim = Row("own", at.AIM)
    guarantee = Row("own", at.GUARANTEE)
    output = Row("own", at.OUTPUT)
    civilian_harm = Row("own", at.CIVILIAN_HARM)
    occupation_harm = Row("own", at.OCCUPATION_HARM)
    office_line = Row("own", at.OFFICE_LINE)
    punishment_line = Row("own", at.PUNISHMENT_LINE)
    men = Row("own", at.MEN)
    skill = Row("own", at.SKILL)
    removal = Row("own", at.REMOVAL)
    collapse = Row("own", at.COLLAPSE)
    fell = Row("own", at.FELL)
    rival_cost = Row("own", at.RIVAL_COST)


class Patron(Polity):
    """A polity that helps or hinders from outside. Shapes: (R,)."""

    aid_capacity = Row("own", at.AID_CAPACITY)
    sanctions_weight = Row("own", at.SANCTIONS_WEIGHT)
    trade_weight = Row("own", at.TRADE_WEIGHT)
    reliability = Row("own", at.RELIABILITY)


@dataclass(slots=True)
class Shared:
    """What the two belligerents share: the front in the first one's frame, the talks, and whose war this is.

    Shapes: draws (R,), the numbers of the runs; laws (L, R); happened (E, R), 0 or 1; rows (N, R).
    """

    draws: NDArray[np.uint64]
    laws: Array
    happened: Array
    rows: Array

    front = Row("rows", at.LINE)
    moved = Row("rows", at.MOVED)
    ratio = Row("rows", at.RATIO)
    luck = Row("rows", at.LUCK)
    intensity = Row("rows", at.INTENSITY)
    hidden = Row("rows", at.HIDDEN)
    mediation = Row("rows", at.MEDIATION)
    misperception = Row("rows", at.MISPERCEPTION)
    guarantee = Row("rows", at.GUARANTORS)
    zone = Row("rows", at.ZONE)
    terms = Row("rows", at.TERMS)


class Situation:
    """A chunk of wars at one moment."""

    def __init__(self, plans: tuple[Plan, ...], happenings: int, table: Array, draws: NDArray[np.uint64]) -> None:
        """Stand on a table. Shapes: table (rows, R); draws (R,), the numbers of the runs."""
        self.plans, self.happenings = plans, happenings
        self.sides: list[Polity] = []
        self.lay(table, draws)

    def lay(self, table: Array, draws: NDArray[np.uint64]) -> None:
        """Take another table, of fewer runs perhaps."""
        self.table = table
        happened = table[at.HAPPENED : at.HAPPENED + self.happenings]
        self.shared = Shared(draws, table[: at.COMMON], happened, table[at.COMMON : at.HAPPENED])
        bodies = [body_in(table, plan) for plan in self.plans]
        if not self.sides:
            self.sides = [*map(Belligerent, bodies[:2]), *map(Patron, bodies[2:])]
        for side, body in zip(self.sides, bodies, strict=True):
            side.lay(body)

    def belligerents(self) -> tuple[Belligerent, Belligerent]:
        """The two that fight, the first one first."""
        first, second = self.sides[0], self.sides[1]
        if not isinstance(first, Belligerent) or not isinstance(second, Belligerent):
            msg = "a war has two belligerents, listed first"
            raise TypeError(msg)
        return first, second


def told_rows(plans: tuple[Plan, ...]) -> NDArray[np.int64]:
    """Rows of the table that the months change and that the results of a war are told from (aftermath.py)."""
    found = [np.arange(at.COMMON, at.HAPPENED)]
    for plan in plans[:2]:
        found.append(plan.first + np.array(TOLD))
        found += [
            plan.first + plan.own_rows + row * plan.factions + np.arange(plan.factions) for row in TOLD_OF_FACTIONS
        ]
    return np.concatenate(found).astype(np.int64)


TOLD = (
    at.DEATHS,
    at.WOUNDED,
    at.DISPLACED,
    at.OUTPUT_LOST,
    at.REPORTED,
    at.EXPECTED,
    at.FELL,
    at.GUARANTEE,
    at.FRONT,
    at.FRESH,
    at.REPORTING,
    at.ECONOMY,
)
TOLD_OF_FACTIONS = (at.CULPABLE, at.BORNE, at.MONTHLY, at.POWER, at.SHIFT, at.RESERVATION, at.GONE)


def table_rows(plans: tuple[Plan, ...]) -> int:
    """How many rows the table of a war has."""
    return plans[-1].first + rows_of(plans[-1])


@compiled
def tell(
    table: Array, rows: NDArray[np.int64], which: NDArray[np.uint64], place: NDArray[np.uint64], there: Array
) -> None:
    """Copy what is told of some runs to their places in another table.

    Shapes: table (N, R); rows (T,); which, place (K,); there (N, R'), written. Places are numbers without a sign, so
    that nothing has to be counted from the end.
    """
    for n in range(rows.shape[0]):
        source, target = table[rows[n]], there[rows[n]]
        for k in range(which.shape[0]):
            target[place[k]] = source[which[k]]


@compiled
def cut(table: Array, first: int, last: int) -> Array:
    """A copy of some runs that stand together. Shapes: table (N, R); returns (N, last - first)."""
    some = np.empty((table.shape[0], last - first))
    for n in range(table.shape[0]):
        source, target = table[n, first:last], some[n]
        for r in range(target.shape[0]):
            target[r] = source[r]
    return some


@compiled
def thin(table: Array, going: NDArray[np.uint64]) -> Array:
    """Close the ranks: keep only some runs of a table, in its own memory; the table as it was is lost.

    Shapes: table (N, R); going (R',), rising; returns (N, R').
    """
    rows, runs, left = table.shape[0], table.shape[1], going.shape[0]
    flat = table.reshape(rows * runs)
    for n in range(rows):
        source, target = flat[n * runs : (n + 1) * runs], flat[n * left : (n + 1) * left]
        for k in range(left):
            target[k] = source[going[k]]
    return flat[: rows * left].reshape((rows, left))
