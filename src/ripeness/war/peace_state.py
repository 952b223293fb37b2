"""What mediators, shared power and disarmament make of a peace: quantities of the state of a war (state.py).

What events, interventions and options change (`talks_monitoring`, `political`, ...) stands apart from what comes of it.
"""

from __future__ import annotations

from ripeness.scenario.armed_polities import PRINCIPALS
from ripeness.war.variable import BELLIGERENT, INDEX, PATRON, SHARE, STAKE, Variable, fact, scratch

OFFERS = 3  # what a mediator brings besides payments and threats: information, a guarantee, monitoring

V = Variable

PEACE_OF_WAR = (
    V("talks_monitoring", SHARE, "how closely a ceasefire and a peace are watched, apart from mediators"),
    V("political", SHARE, "how far a peace shares offices of government with a movement"),
    V("military", SHARE, "how far it joins the armies"),
    V("territorial", SHARE, "how far it gives autonomy"),
    V("disarmament", SHARE, "how far a movement lays down its arms under a peace"),
    V("mediation_effect", "factor", "the same as mediation, with what mediators of the file add"),
    V(
        "misperception_effect",
        STAKE,
        "misperception that mediators have left: of a zone that looks narrower than it is they show some",
    ),
    V("guarantee_effect", SHARE, "how far guarantors bind both sides, mediators among them"),
    V("monitoring", SHARE, "how closely a ceasefire and a peace are watched, by all"),
    V("information", SHARE, "how much mediators tell each side of the other"),
    V("integrated", SHARE, "how far one army out of two binds both sides"),
    V("autonomy_reach", STAKE, "how far outside the zone autonomy lets an indivisible share be agreed on"),
    V("watched_factor", "factor", "hazard of renewed war that monitoring leaves, of that without"),
    V("renewal_factor", "factor", "the same after a settlement, by monitoring, shared power and disarmament"),
    scratch("achieved", SHARE, "presence, guarantee and monitoring of all mediators together", shape=(3,)),
)

PEACE_OF_POLITY = (
    V("payments", STAKE, "what it adds to a peace for each principal at full effort", PATRON, (PRINCIPALS,)),
    V("threats", SHARE, "of its aid to each, what it holds back at full effort", PATRON, (PRINCIPALS,)),
    V("penalties", "stakes a month", "what fighting on costs each at its full effort", PATRON, (PRINCIPALS,)),
    V("offers", SHARE, "information, guarantee and monitoring that it can bring", PATRON, (OFFERS,)),
    V("mediation_cost", "index a year", "weariness that full mediation costs it", PATRON),
    V("mediation_weariness", INDEX, "weariness that its mediation has cost it", PATRON),
    V("peace_effort", SHARE, "how hard it works for a peace: what is decided, as far as it arrives", PATRON),
    V("lean", SHARE, "whom it favours by aid and sanctions: 1 the first belligerent, -1 the second", PATRON),
    V("side_payment", STAKE, "what mediators add to a peace for it", BELLIGERENT),
    V("penalty", "stakes a month", "what mediators make a month of fighting on cost it", BELLIGERENT),
    V("secured", SHARE, "loss of office and later costs that power-sharing takes off a peace", BELLIGERENT),
    V("given_up", STAKE, "what power-sharing costs it of the stake; below 0 where it gains", BELLIGERENT),
    V("laid_down", SHARE, "how far it lays down its arms under a peace", BELLIGERENT),
    fact("mediation_issue", "its issue of mediation; -1 for none"),
)
