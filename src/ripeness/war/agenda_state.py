"""What factions want and polities decide: quantities of the issues of a war (state.py)."""

from __future__ import annotations

from ripeness.war.variable import INDEX, SHARE, Variable, fact, yes

V = Variable

STANCE = (  # of each issue and each faction of the polity that decides it
    V("stated", SHARE, "position that the scenario states"),
    V("position", SHARE, "position now"),
    V("salience", INDEX, "how much it cares"),
)

ISSUE = (
    V("decided", SHARE, "what is decided"),
    V("reference", SHARE, "what stands where nobody decides"),
)

ISSUE_FACTS = (yes("has_role", "whether it has a role in the war; others are decided and reported, and move nobody"),)

RESPONSE = (
    V("strength", SHARE, "how far a position moves when what drives it moves from 0 to 1"),
    fact("issue", "the issue, of the polity's"),
    fact("faction", "the faction, of the polity's"),
    fact("driver", "what drives it, by DRIVERS"),
)
