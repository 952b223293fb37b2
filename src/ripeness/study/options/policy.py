"""Policies: what a polity could do from a date on, as orders that overrule its factions; built-in and one's own."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from difflib import get_close_matches

from ripeness.scenario.schema import Scenario
from ripeness.war.intervention import CLAIM, DEMAND, GUARANTEE, MEDIATION, READINESS, Intervention
from ripeness.war.prepare import Side, War
from ripeness.world.fault import Fault

CONTINUE = "continue"
LAW_OF_WAR = (
    "lowers restraint: part of what is spared may be protected by the law of war (civilians, their objects, the "
    "wounded, prisoners). The model does not judge lawfulness; what is unlawful is no option."
)
BESIDE = {"offer": DEMAND, "demand": DEMAND, "mediation": MEDIATION, "claim": CLAIM, "guarantee": GUARANTEE}
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


def built_in(war: War, scenario: Scenario, polity: str, first: int) -> tuple[Policy, ...]:
    """The options that every polity has: continue comes first, the others as far as its issues allow.

    Raises: Fault for a polity that the scenario does not have.
    """
    side = _side(war, polity)
    go_on = Policy(CONTINUE, "its factions go on deciding everything", ())
    found = _belligerent(war.sides[side], side, first) if side < 2 else _patron(war.sides[side], scenario, side, first)
    return (go_on, *found)


def _side(war: War, polity: str) -> int:
    keys = [side.key for side in war.sides]
    if polity not in keys:
        near = get_close_matches(polity, keys, n=1)
        hint = f"did you mean '{near[0]}'?" if near else f"polities are {', '.join(keys)}"
        raise Fault(f"'{polity[:60]}' is not a polity of the scenario; {hint}")
    return keys.index(polity)


def _belligerent(one: Side, side: int, first: int) -> list[Policy]:
    def order(issue: int, how: str, value: float) -> Intervention:
        return Intervention(side, issue, how, value, first)

    found = [
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
        Policy("escalate", "effort as high as it goes, whatever its factions want", (order(one.effort, "set", 1.0),)),
        Policy(
            "freeze",
            "accepts any line at which the front stands still, and keeps its claim",
            (order(CLAIM, "set", 1.0),),
        ),
    ]
    if one.restraint >= 0:
        found.append(
            Policy("restrain", "uses none of the means that it could spare", (order(one.restraint, "set", 1.0),))
        )
    if one.reform >= 0:
        found.append(Policy("reform", "reform in full, whoever it hits", (order(one.reform, "set", 1.0),)))
    return found


def _patron(one: Side, scenario: Scenario, side: int, first: int) -> list[Policy]:
    found = []
    for flow in one.flows:
        key = one.issue_keys[flow.issue]
        toward = scenario.polities[str(scenario.polities[one.key].issues[key].toward)].name
        for name, value in (("full", 1.0), ("no", 0.0)):
            words = f"{flow.role} towards {toward} at {value:g}"
            found.append(Policy(f"{name} {key}", words, (Intervention(side, flow.issue, "set", value, first),)))
    found.append(Policy("mediate", "twice the mediation", (Intervention(side, MEDIATION, "scale", 2.0, first),)))
    found.append(Policy("guarantee", "guarantees a peace in full", (Intervention(side, GUARANTEE, "set", 1.0, first),)))
    return found


def own(text: str, war: War, polity: str, first: int) -> Policy:
    """Read an option such as `hold the line: effort=1, offer<=.4, mediation*=2`.

    What may stand left of the sign: an issue of the polity, the role of one, or offer (its public demand: the own share
    that it asks for), mediation, claim, guarantee. Signs: = sets, <= and >= bound, += adds, *= scales.

    Raises: Fault for what cannot be read, an issue that it does not have, or a value that the issue does not admit.
    """
    side = _side(war, polity)
    name, colon, steps = text.partition(":")
    if not colon or not name.strip() or not steps.strip():
        raise Fault(f"--option: '{text[:80]}' is not 'NAME: issue=value, ...', such as 'hold: effort=.8, offer=.5'")
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


def _order(step: str, one: Side, side: int, first: int, name: str) -> Intervention:
    found = STEP.match(step)
    if found is None:
        raise Fault(f"option '{name[:40]}': '{step.strip()[:60]}' is not 'issue=value'; signs are {', '.join(HOW)}")
    key, sign, number = found.groups()
    issue = _issue(key, one, side, name)
    try:
        value = float(number)
    except ValueError:
        raise Fault(f"option '{name[:40]}': '{number[:40]}' is not a number") from None
    most = MOST.get(issue, 1.0)
    low = -most if sign == "+=" else 0.0
    if not low <= value <= (MOST[MEDIATION] if sign == "*=" else most):
        raise Fault(f"option '{name[:40]}': {key} {sign} {value:g}; the value can be {low:g} to {most:g}")
    return Intervention(side, issue, HOW[sign], value, first)


def _issue(key: str, one: Side, side: int, name: str) -> int:
    roles = {"terms": one.terms, "effort": one.effort, "restraint": one.restraint, "reform": one.reform}
    flows = {flow.role: flow.issue for flow in one.flows}
    known = {role: n for role, n in (roles | flows).items() if n >= 0} | {k: n for n, k in enumerate(one.issue_keys)}
    known |= BESIDE if side < 2 else {what: BESIDE[what] for what in ("mediation", "guarantee")}
    if key not in known:
        near = get_close_matches(key, known, n=1)
        hint = f"did you mean '{near[0]}'?" if near else f"it has {', '.join(known)}"
        raise Fault(f"option '{name[:40]}': '{key[:40]}' is not an issue of {one.name}; {hint}")
    return known[key]


def chosen(policies: Sequence[Policy], only: Sequence[str]) -> tuple[Policy, ...]:
    """Some of the options by name, `continue` always among them; all where none is named.

    Raises: Fault for a name that there is not, or that stands twice.
    """
    names = [policy.name for policy in policies]
    twice = {name for name in names if names.count(name) > 1}
    if twice:
        raise Fault(f"two options are called '{min(twice)}'; give each a name of its own")
    for name in only:
        if name not in names:
            near = get_close_matches(name, names, n=1)
            hint = f"did you mean '{near[0]}'?" if near else f"options are {', '.join(names)}"
            raise Fault(f"there is no option '{name[:60]}'; {hint}")
    return tuple(policy for policy in policies if not only or policy.name in (CONTINUE, *only))
