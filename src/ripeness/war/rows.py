"""The situation by name and row: where each quantity stands in the tables that kernels read.

A kernel that is given `own` reads `own[DEATHS, r]` in run r; what a row means and its unit stand in situation.py.
"""

from __future__ import annotations

from ripeness.war.law import NAMES

# Of a polity, patron or belligerent, one number a run.
(
    LEADER_WEIGHT,
    REPRESSION,
    WEARY,
    WEARY_START,
    PRESSURE,
    PRESSURE_START,
    FRONT,
    FRONT_START,
    STREET,
    STREET_START,
) = range(10)
INSIDE = 10
# Of a patron only.
(
    AID_CAPACITY,
    SANCTIONS_WEIGHT,
    TRADE_WEIGHT,
    RELIABILITY,
) = range(INSIDE, INSIDE + 4)
OF_PATRON = INSIDE + 4
# Of a belligerent only.
(
    DEMAND,
    DEMAND_START,
    EFFORT,
    RESTRAINT,
    REFORM,
    FORCES,
    FORCES_START,
    POOL,
    MUNITIONS,
    SUPPLIED,
    ECONOMY,
    POPULATION,
    CALL_UP,
    QUALITY,
    PRODUCTION,
    ALLY,
    JOLT,
    STRAIN,
    SCALING,
    WOUNDED_RATIO,
    EXPECTED,
    FRESH,
    USUAL,
    DEATHS,
    DEATHS_START,
    WOUNDED,
    REPORTED,
    LEAKED,
    DISPLACED,
    DISPLACED_START,
    OUTPUT_LOST,
    AID,
    SQUEEZE,
    SQUEEZE_LEVEL,
    REPORTING,
    REARM,
    CLAIM,
    STATED_TERMS,
    AIM,
    GUARANTEE,
    OUTPUT,
    CIVILIAN_HARM,
    OCCUPATION_HARM,
    OFFICE_LINE,
    PUNISHMENT_LINE,
    MEN,
    SKILL,
    REMOVAL,
    COLLAPSE,
    FELL,
    RIVAL_COST,
) = range(INSIDE, INSIDE + 51)
OF_BELLIGERENT = INSIDE + 51
# Of each faction: its traits, and what every polity's factions have.
(
    STAKE_VALUE,
    CASUALTY_AVERSION,
    EXPOSURE,
    WAR_GAIN,
    TRADE_RENT,
    OPTIMISM,
    STUBBORNNESS,
    INFORMEDNESS,
    OFFICE,
    PUNISHMENT,
    PEACE_COST,
    AUDIENCE_COST,
    ORGANISATION,
    DISTANCE,
    OBSTRUCTION,
    EXIT_RATE,
    LOYALTY,
    WAR_WEIGHT,
    CREDIT,
    LOG_POWER,
    POWER,
    GONE,
    RENTS,
    RENTS_START,
    PARTICIPATION,
    PARTICIPATION_START,
    RESERVATION,
    RESERVATION_START,
) = range(28)
FACTION_INSIDE = 28
# Of each faction of a belligerent.
(
    MEAN,
    PRECISION,
    CULPABLE,
    MONTHLY,
    SHIFT,
    WORTH,
    WEARINESS,
    DISSATISFIED,
    BORNE,
) = range(FACTION_INSIDE, FACTION_INSIDE + 9)
FACTION_AT_WAR = FACTION_INSIDE + 9
# Of each issue and faction, and of each issue.
STATED, POSITION, SALIENCE = 0, 1, 2
DECIDED, REFERENCE = 0, 1
# What the two belligerents share.
(
    LINE,
    MOVED,
    RATIO,
    LUCK,
    INTENSITY,
    HIDDEN,
    MEDIATION,
    MISPERCEPTION,
    GUARANTORS,
    ZONE,
    TERMS,
) = range(11)
SHARED = 11
# The war's table begins with the laws and with what is shared; whether each event has happened, what events read, and
# the polities follow.
COMMON = len(NAMES) + 1  # with PACE below the laws
HAPPENED = COMMON + SHARED
