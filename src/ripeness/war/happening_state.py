"""What a scenario prescribes: events and their effects, rules of decision, what patrons send; see state.py."""

from __future__ import annotations

from ripeness.war.variable import FLAG, HAZARD, Variable, fact, scratch, yes

V = Variable

EVENT = (
    V("happened", FLAG, "whether it has happened"),
    V("event_hazard", HAZARD, "its hazard"),
    scratch("happens", FLAG, "whether it happens in this step"),
    fact("random_key", "the id under which its random numbers are drawn"),
    fact("due", "the step on which it is due; -1 for none"),
    fact("first", "the first step in which it can happen by chance"),
    fact("end", "the first in which it cannot any more"),
    yes("by_chance", "whether it has a hazard"),
)

EFFECT = (
    V("amount", "of what it changes", "by how much, or to what"),
    fact("event", "the event that has it"),
    fact("way", "how it changes: add, set or scale"),
    fact("target", "where the row that it changes begins in the block"),
    fact("polity", "the polity whose faction's power it changes; -1 for other effects"),
    fact("faction", "that faction, of the polity's; -1 for other effects"),
    fact("low", "least value of what it changes", "f8"),
    fact("high", "greatest value", "f8"),
)

RULE = (
    fact("polity", "the polity that decides by it"),
    fact("rule", "its code in decision/choose.py"),
    fact("captor", "the faction that has captured the polity; -1 for none"),
    fact("first", "the first issue that it decides, of the polity's"),
    fact("end", "the first that it does not decide any more"),
)

FLOW = (
    fact("patron", "the polity that sends or withholds"),
    fact("issue", "the issue by which it decides so, of the polity's"),
    fact("role", "aid, sanctions or trade"),
    fact("toward", "the belligerent that receives or misses it"),
)
