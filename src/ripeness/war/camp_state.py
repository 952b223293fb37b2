"""Camps and the allies in them: quantities of the state of a war (state.py)."""

from __future__ import annotations

from ripeness.war.variable import BELLIGERENT, COUNT, FLAG, HAZARD, SHARE, STAKE, Variable, scratch, yes

V = Variable

CAMP = (  # a principal and the allies that fight beside it
    V("effort", SHARE, "mean war effort of its members, by forces"),
    scratch("forces", COUNT, "men under arms"),
    scratch("forces_start", COUNT, "the same at the start, of those who are its members now"),
    scratch("log_forces", "log", "log of its numbers"),
    scratch("log_effectiveness", "log", "log of what each of its men is worth on average"),
    yes("is_movement", "whether its principal is an armed movement and no state"),
)

CAMP_OF_POLITY = (
    V("camp", "sign", "the camp in which it fights: 1 the first, -1 the second, 0 out of the war", BELLIGERENT),
    V(
        "burden",
        SHARE,
        "its share of what its camp does and suffers, by forces and effort; 0 out of the war",
        BELLIGERENT,
    ),
    V(
        "left_out",
        SHARE,
        "share of the rival camp's armed strength that would fight on after a settlement",
        BELLIGERENT,
    ),
    V("way_out", "code", "how an ally left its camp, by world/way_out.py; 0 where it did not", BELLIGERENT),
    V("out_month", "months", "when it did, from the start", BELLIGERENT),
    V("terms_apart", STAKE, "the share that its camp had or was given when it did", BELLIGERENT),
    scratch(
        "ways",
        HAZARD,
        "hazard of each way in which an ally leaves its camp, by world/way_out.py less one",
        BELLIGERENT,
        (4,),
    ),
    scratch("leaves", "code", "how it leaves its camp in the step; 0 where it does not", BELLIGERENT),
    scratch("turned", FLAG, "whether it has changed camp in the step", BELLIGERENT),
    scratch("terms_offered", STAKE, "what a separate peace would give to its camp", BELLIGERENT),
    scratch("camp_effort", SHARE, "war effort of its camp", BELLIGERENT),
    scratch("rival_effort", SHARE, "war effort of the rival camp", BELLIGERENT),
)
