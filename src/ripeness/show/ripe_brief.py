"""Ripeness for one screen: is it ripe, for whom most and least, and the war as a whole month by month."""

from __future__ import annotations

from dataclasses import replace

from ripeness.show.brief import brief_layout, with_note
from ripeness.show.number_cells import faction_name
from ripeness.show.ripe_tables import by_month
from ripeness.show.ripe_words import sentence, would_accept
from ripeness.show.table import Layout
from ripeness.show.words import percent
from ripeness.study.ripeness.answer import FactionMonth, Ripeness
from ripeness.world.wording import join_words

SELDOM = 0.01  # share of the simulations below which it is ripe for next to nobody
MOST_NAMED = 2  # factions that are named at each end


def brief(ripeness: Ripeness) -> Layout:
    """The answer, for whom, and the table of the war as a whole."""
    note = "Ripe: sees no way to win, is hurt, sees a way out. ±: 90 % Monte Carlo error."
    table = by_month(ripeness)
    fighting, first, second, two_sides, zone = table.rows
    answer_first = replace(table, rows=(two_sides, first, second, zone, fighting))  # what is cut is cut for both sides
    return brief_layout(
        sentence(ripeness, short=True), with_note(answer_first, note), for_whom(ripeness), *would_accept(ripeness)
    )


def for_whom(ripeness: Ripeness) -> str:
    """For which factions it is ripe most and least often at the start."""
    at_start = sorted((view for view in ripeness.factions if view.month == 0), key=lambda view: -view.ripe.p)
    if at_start[0].ripe.p < SELDOM:
        return f"At the start it is ripe for none of the {len(at_start)} factions in as much as 1 % of the simulations."
    most = [view for view in at_start[:MOST_NAMED] if view.ripe.p >= SELDOM]
    others = at_start[len(most) :]
    least = others[-MOST_NAMED:]

    def named(views: list[FactionMonth]) -> str:
        return join_words(
            [f"{faction_name(view.polity, view.faction, ripeness.names)} ({percent(view.ripe.p)})" for view in views]
        )

    least_ripe = f"; least often for {named(least[::-1])}" if least else ""
    if len(others) > 1 and others[0].ripe.p < SELDOM:
        least_ripe = f"; for none of the other {len(others)} factions in as much as 1 % of the simulations"
    return f"At the start it is ripe most often for {named(most)}{least_ripe}."
