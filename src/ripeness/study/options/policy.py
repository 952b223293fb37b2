"""Policies of a polity from a date on, as interventions that overrule its factions; built-in and user-defined."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from ripeness.scenario.schema import Scenario
from ripeness.study.mediator_levers import levers_in_words
from ripeness.war.intervention import (
    CLAIM,
    DEMAND,
    DISARMAMENT,
    GUARANTEE,
    MEDIATION,
    MILITARY,
    OBSERVERS,
    POLITICAL,
    READINESS,
    TERRITORIAL,
    TRUCE,
    WATCH,
    Intervention,
)
from ripeness.war.prepare import Side, War
from ripeness.world.ceasefire import PRELIMINARY
from ripeness.world.fault import ArgumentFault, Fault
from ripeness.world.wording import did_you_mean

CONTINUE = "continue"
LAW_OF_WAR = (
    "lowers restraint: part of what is spared may be protected by the law of war (civilians, their objects, the "
    "wounded, prisoners). The model does not judge lawfulness; what is unlawful is no option."
)
BESIDE = {"offer": DEMAND, "demand": DEMAND, "mediation": MEDIATION, "claim": CLAIM, "guarantee": GUARANTEE}
SHARED_POWER = {"political": POLITICAL, "military": MILITARY, "territorial": TERRITORIAL}
MONITORING = {"monitoring": OBSERVERS}
ACCORD = MONITORING | SHARED_POWER | {"disarmament": DISARMAMENT}  # an issue of the same key goes before
HOW = {"=": "set", "<=": "at_most", ">=": "at_least", "+=": "add", "*=": "scale"}
MOST = {MEDIATION: 100.0}  # what the form of a scenario admits; all else are shares, 0 to 1
STEP = re.compile(r"^\s*([\w-]+)\s*(<=|>=|\+=|\*=|=)\s*(\S+)\s*$")


@dataclass(frozen=True, slots=True)
class Policy:
    """One option: a name, what it means in words, its orders, and a note where it touches the law of war."""

    name: str
    words: str
    orders: tuple[Intervention, ...]
    note: str = ""


def built_in_policies(war: War, scenario: Scenario, polity: str, first: int) -> tuple[Policy, ...]:
    """The options that every polity has: continue comes first, the others as far as its issues allow.

    Raises: Fault for a polity that the scenario does not have.
    """
    side = _side(war, polity)
    go_on = Policy(CONTINUE, "its factions go on deciding everything", ())
    if not war.sides[side].fights:
        return (go_on, *_patron(war.sides[side], scenario, side, first))
    if side >= len(war.principals):
        return (go_on, *_ally(war.sides[side], side, first))
    return (go_on, *_belligerent(war.sides[side], side, first), *_accords(war, side, first))


def _side(war: War, polity: str) -> int:
    keys = [side.key for side in war.sides]
    if polity not in keys:
        hint = did_you_mean(polity, keys, f"polities are {', '.join(keys)}")
        raise Fault(f"'{polity[:60]}' is not a polity of the scenario; {hint}")
    return keys.index(polity)


def _belligerent(polity: Side, side: int, first: int) -> list[Policy]:
    def order(issue: int, operation: str, value: float) -> Intervention:
        return Intervention(side, issue, operation, value, first)

    policies = [
        Policy(
            "negotiate",
            "goes half of the way to the rival's demand, with twice the mediation",
            (order(DEMAND, "meet", 0.5), order(MEDIATION, "scale", 2.0)),
        ),
        Policy(
            "accept",
            "accepts what the rival publicly demands, each month anew until it is signed",
            (order(DEMAND, "meet", 1.0), order(READINESS, "set", 1.0)),
        ),
        Policy(
            "escalate", "effort as high as it goes, whatever its factions want", (order(polity.effort, "set", 1.0),)
        ),
        Policy(
            "freeze",
            "accepts any line at which the front stands still, and keeps its claim",
            (order(CLAIM, "set", 1.0),),
        ),
    ]
    policies.append(
        Policy(
            "ceasefire",
            "a preliminary ceasefire comes into force, the rival agreeing, and outsiders watch over it",
            (order(TRUCE, "at_least", float(PRELIMINARY)), order(WATCH, "set", 1.0)),
        )
    )
    if polity.restraint >= 0:
        policies.append(
            Policy("restrain", "uses none of the means that it could spare", (order(polity.restraint, "set", 1.0),))
        )
    if polity.reform >= 0:
        policies.append(Policy("reform", "reform in full, whoever it hits", (order(polity.reform, "set", 1.0),)))
    return policies


def _ally(polity: Side, side: int, first: int) -> list[Policy]:
    """What an armed ally can do by itself; talks, ceasefires and the line are the principals'."""
    shared = {"escalate", "restrain", "reform"}
    policies = [
        Policy(
            "negotiate",
            "goes half of the way to the demand of the principal that it fights",
            (Intervention(side, DEMAND, "meet", 0.5, first),),
        ),
        Policy(
            "accept",
            "accepts what that principal publicly demands, each month anew until a separate peace is signed",
            (Intervention(side, DEMAND, "meet", 1.0, first),),
        ),
        *(policy for policy in _belligerent(polity, side, first) if policy.name in shared),
    ]
    if polity.alignment >= 0:
        order = Intervention(side, polity.alignment, "set", 0.0, first)
        policies.append(Policy("turn away", "decides against its camp, until it has left it", (order,)))
    return policies


def _accords(war: War, side: int, first: int) -> list[Policy]:
    """Negotiating with more on the table: peacekeepers in a war with a movement or a mediator, and what a movement
    may be given or give up.
    """
    has_movement = any(polity.is_movement for polity in war.sides[:2])
    half_way = Intervention(side, DEMAND, "meet", 0.5, first), Intervention(side, MEDIATION, "scale", 2.0, first)
    offers: list[tuple[str, str, tuple[int, ...]]] = []
    if has_movement or any(patron.mediation >= 0 for patron in war.sides[2:]):
        offers.append(("with peacekeepers", "a guarantee and monitoring in full", (GUARANTEE, OBSERVERS)))
    if has_movement:
        offers.append(("with power-sharing", "offices, armies and territory shared", tuple(SHARED_POWER.values())))
        offers.append(("with disarmament", "the movement lays down its arms", (DISARMAMENT,)))
    return [
        Policy(
            name,
            f"negotiates, with {words}" if name != "with disarmament" else f"negotiates, and {words}",
            (*half_way, *(Intervention(side, term, "set", 1.0, first) for term in terms)),
        )
        for name, words, terms in offers
    ]


def _patron(polity: Side, scenario: Scenario, side: int, first: int) -> list[Policy]:
    policies = []
    for flow in polity.flows:
        key = polity.issue_keys[flow.issue]
        toward = scenario.polities[str(scenario.polities[polity.key].issues[key].toward)].name
        for name, value in (("full", 1.0), ("no", 0.0)):
            words = f"{flow.role} towards {toward} at {value:g}"
            policies.append(Policy(f"{name} {key}", words, (Intervention(side, flow.issue, "set", value, first),)))
    if polity.mediation >= 0:
        levers = levers_in_words(scenario, polity.key)
        for name, words, value in (
            ("mediate", f"does all it can for a peace: {levers}", 1.0),
            ("stay out", "leaves a peace to others", 0.0),
        ):
            policies.append(Policy(name, words, (Intervention(side, polity.mediation, "set", value, first),)))
    else:
        policies.append(Policy("mediate", "twice the mediation", (Intervention(side, MEDIATION, "scale", 2.0, first),)))
    policies.append(
        Policy("guarantee", "guarantees a peace in full", (Intervention(side, GUARANTEE, "set", 1.0, first),))
    )
    return policies


def read_policy(text: str, war: War, polity: str, first: int) -> Policy:
    """Read an option such as `hold the line: effort=1, offer<=.4, mediation*=2`.

    What may stand left of the sign: an issue of the polity, the role of one, or offer (its public demand: the own share
    that it asks for), mediation, claim, guarantee, monitoring, disarmament, or power shared with a movement (political,
    military, territorial). A patron that may mediate sets its own effort by mediation. Signs: = sets, <= and >= bound,
    += adds, *= scales.

    Raises: Fault for what cannot be read, an issue that it does not have, or a value that the issue does not admit.
    """
    side = _side(war, polity)
    name, colon, steps = text.partition(":")
    if not colon or not name.strip() or not steps.strip():
        raise ArgumentFault(
            "own_options", f": '{text[:80]}' is not 'NAME: issue=value, ...', such as 'hold: effort=.8, offer=.5'"
        )
    orders = tuple(_order(step, war.sides[side], side, first, name.strip()) for step in steps.split(","))
    lowers = any(
        order.issue >= 0
        and order.issue == war.sides[side].restraint
        and order.how in {"set", "at_most", "add", "scale"}
        and not (order.how in {"set", "at_most"} and order.value == 1)
        and not (order.how == "add" and order.value >= 0)
        and not (order.how == "scale" and order.value >= 1)
        for order in orders
    )
    return Policy(
        name.strip(), ", ".join(part.strip() for part in steps.split(",")), orders, LAW_OF_WAR if lowers else ""
    )


def _order(step: str, polity: Side, side: int, first: int, name: str) -> Intervention:
    match = STEP.match(step)
    if match is None:
        raise Fault(f"option '{name[:40]}': '{step.strip()[:60]}' is not 'issue=value'; signs are {', '.join(HOW)}")
    key, sign, number = match.groups()
    issue = _issue(key, polity, name)
    try:
        value = float(number)
    except ValueError:
        raise Fault(f"option '{name[:40]}': '{number[:40]}' is not a number") from None
    upper = MOST.get(issue, 1.0)
    low = -upper if sign == "+=" else 0.0
    if not low <= value <= (MOST[MEDIATION] if sign == "*=" else upper):
        raise Fault(f"option '{name[:40]}': {key} {sign} {value:g}; the value can be {low:g} to {upper:g}")
    return Intervention(side, issue, HOW[sign], value, first)


def _issue(key: str, polity: Side, name: str) -> int:
    roles = {
        "terms": polity.terms,
        "effort": polity.effort,
        "restraint": polity.restraint,
        "reform": polity.reform,
        "alignment": polity.alignment,
    }
    flows = {flow.role: flow.issue for flow in polity.flows}
    issues = {role: n for role, n in (roles | flows).items() if n >= 0} | {
        k: n for n, k in enumerate(polity.issue_keys)
    }
    issues |= BESIDE if polity.fights else {lever: BESIDE[lever] for lever in ("mediation", "guarantee")}
    issues = issues | {
        key: number for key, number in (ACCORD if polity.fights else MONITORING).items() if key not in issues
    }
    if polity.mediation >= 0:
        issues["mediation"] = polity.mediation
    if key not in issues:
        hint = did_you_mean(key, issues, f"it has {', '.join(issues)}")
        raise Fault(f"option '{name[:40]}': '{key[:40]}' is not an issue of {polity.name}; {hint}")
    return issues[key]


def select_policies(policies: Sequence[Policy], only: Sequence[str]) -> tuple[Policy, ...]:
    """Some of the options by name, `continue` always among them; all where none is named.

    Raises: Fault for a name that there is not, or that stands twice.
    """
    names = [policy.name for policy in policies]
    twice = {name for name in names if names.count(name) > 1}
    if twice:
        raise Fault(f"two options are called '{min(twice)}'; give each a name of its own")
    for name in only:
        if name not in names:
            hint = did_you_mean(name, names, f"options are {', '.join(names)}")
            raise Fault(f"there is no option '{name[:60]}'; {hint}")
    return tuple(policy for policy in policies if not only or policy.name in (CONTINUE, *only))
