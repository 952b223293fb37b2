"""Catalogue: the 27 mechanisms of the essay's way of reasoning, each with its levers, or with where its answer stands.

The first lever of a mechanism stands in the table; it is named here, and not chosen by what it moves.
"""

from __future__ import annotations

from dataclasses import dataclass

from ripeness.scenario.armed_polities import PRINCIPALS, armed
from ripeness.scenario.polity_names import is_inside_a_state
from ripeness.scenario.schema import Scenario
from ripeness.study.mechanisms import civil_levers as civil
from ripeness.study.mechanisms import faction_levers as inside
from ripeness.study.mechanisms import peace_levers as peace
from ripeness.study.mechanisms import war_levers as between
from ripeness.study.mechanisms.lever import LeverBuilder


@dataclass(frozen=True, slots=True)
class Mechanism:
    """One mechanism: its id and name, its levers, and the verb that answers it where it is no lever.

    `figure` names what is measured of it without a lever (see `outputs.py`), if anything is.
    """

    id: str
    name: str
    levers: tuple[LeverBuilder, ...] = ()
    verb: str = ""
    figure: str = ""


MECHANISMS = (
    Mechanism("M1", "sides are factions", (inside.rival_factions,)),
    Mechanism("M2", "leaders mediate", (inside.weight_of_leaders, inside.weight_of_hawkish_leaders)),
    Mechanism("M3", "two ledgers", verb="run", figure="ledgers"),
    Mechanism(
        "M4",
        "small interests steer",
        (inside.veto_of_small_faction, inside.quota_for_terms, inside.rule_by_army_or_trade),
    ),
    Mechanism("M5", "decisions show power", verb="infer", figure="decisions"),
    Mechanism("M6", "trade across the front", (inside.trade_rents,)),
    Mechanism("M7", "whose will is followed", verb="infer", figure="power"),
    Mechanism("M8", "options by their aim", verb="options"),
    Mechanism("M9", "pressure and reform", (inside.pressure,)),
    Mechanism("M10", "exit and loyalty", (inside.without_exits,)),
    Mechanism("M11", "what the rival wants", (between.optimism, between.rival_as_one, peace.information_of_mediators)),
    Mechanism(
        "M12",
        "the leader's own fate",
        (
            inside.punishment_of_losing_leader,
            inside.blameless_losing_leader,
            inside.fate,
            inside.audience_costs,
            peace.political_power_sharing,
        ),
    ),
    Mechanism("M13", "a bad peace costs", (between.peace_cost,)),
    Mechanism(
        "M14",
        "no paper binds",
        (
            between.guarantee,
            between.mutual_rearming,
            peace.guarantee_of_mediators,
            peace.disarmament_without_guarantee,
            peace.military_power_sharing,
        ),
    ),
    Mechanism("M15", "media show the turn", verb="indicators", figure="media"),
    Mechanism("M16", "discontent and protest", (inside.organisation_of_the_public,)),
    Mechanism("M17", "hidden losses", (inside.reporting, inside.leaks)),
    Mechanism("M18", "arms and men", (between.means_of_war, inside.obstruction)),
    Mechanism("M19", "defeat and collapse", (between.defeats,)),
    Mechanism("M20", "outside powers help", (between.aid, between.more_aid, between.sanctions)),
    Mechanism("M21", "unreliable allies", (between.reliability_of_patrons,)),
    Mechanism("M22", "reports of low grade", verb="infer", figure="evidence"),
    Mechanism("M23", "frozen fronts", (between.freezing,)),
    Mechanism("M24", "some profit by war", (inside.war_gain_of_leaders, inside.war_gain_of_armies)),
    Mechanism("M25", "attrition", (between.casualty_aversion, between.strength_of_the_stronger)),
    Mechanism("M26", "once X happens", verb="indicators", figure="indicator"),
    Mechanism("M27", "negotiate now?", (between.mediation, between.meet_halfway, peace.efforts_of_mediators)),
)

# What the essay does not speak of: wars inside a state, and more than two armed sides. Measured where a war has them.
CIVIL_MECHANISMS = (
    Mechanism("C1", "ceasefires", (civil.ceasefires, civil.monitoring)),
    Mechanism("C2", "splinter groups", (civil.leavers_fight_on,)),
    Mechanism("C3", "income from war", (civil.income_from_war,)),
    Mechanism("C4", "separate peace", (civil.separate_peace,)),
    Mechanism("C5", "mediators", (peace.efforts_of_mediators, peace.guarantee_of_mediators)),
    Mechanism("C6", "power-sharing", (peace.political_power_sharing, peace.military_power_sharing)),
    Mechanism("C7", "disarmament", (peace.disarmament_without_guarantee,)),
    Mechanism("C8", "support from outside", (between.more_aid,)),
)


def mechanisms_of(scenario: Scenario) -> tuple[Mechanism, ...]:
    """The mechanisms that are asked of a war: those of the essay, and of a war inside a state or of several sides more.

    >>> from ripeness.scenario.read import read_scenario
    >>> len(mechanisms_of(read_scenario("japan-1945")))
    27
    """
    more = is_inside_a_state(scenario) or len(armed(scenario)) > PRINCIPALS
    return MECHANISMS + (CIVIL_MECHANISMS if more else ())
