"""Behaviours of the fighting itself that must hold: model, section 5."""

from __future__ import annotations

import numpy as np
import pytest
from twins import ended_by, faction, fight, mean_months, median_months, sides, twins

from ripeness.war.block import Agenda, new_records
from ripeness.war.carry_out import reduce_effort
from ripeness.war.conditions import pathway_record
from ripeness.war.state import BLOCK
from ripeness.world.outcome import FRONT_FIRST, SURRENDER_TO_FIRST
from ripeness.world.pathway_names import NAMES

NO_TALKS = {"talks.mediation": 0}
PLAIN = twins(**NO_TALKS)


def test_parity_equal_sides_fight_longest():
    months = [mean_months(fight(PLAIN, {"polities.north.resources.quality": quality})) for quality in (1, 2, 4)]
    assert months[0] > months[1] + 1 > months[2] + 3


def test_five_times_the_strength_wins_within_months():
    even, strong = (fight(PLAIN, {"polities.north.resources.quality": quality}) for quality in (1, 5))
    assert median_months(strong) < 18
    wins, at_parity = (ended_by(war, 24, (FRONT_FIRST, SURRENDER_TO_FIRST)) for war in (strong, even))
    assert wins > 0.5
    assert wins > 1.5 * at_parity


def test_deadlock_an_advantage_within_the_defences_edge_moves_no_front():
    """Parity is a stalemate: without chance the front stays where it is."""
    fronts = {
        quality: fight(
            PLAIN, {"polities.north.resources.quality": quality, "laws.deadlock": 0.4}, draws=8, kept=8, quiet=True
        ).album["front"][12]
        for quality in (1 / 1.4, 1, 1.4, 2)
    }
    assert np.array_equal(fronts[1.4], fronts[1])
    assert np.array_equal(fronts[1 / 1.4], fronts[1])
    assert (fronts[2] > fronts[1] + 0.1).all()


def _losses(changes):
    ensemble = fight(PLAIN, {"polities.*.resources.deaths": None, "laws.lethality": 0.01} | changes, draws=8, kept=8)
    return sides(ensemble, "expected")[0], sides(ensemble, "expected", "south")[0]


def test_linear_law_more_men_leave_the_loss_ratio_unchanged_and_quality_does_not():
    base, men, quality = (
        _losses(more)
        for more in ({}, {"polities.north.resources.forces": 800}, {"polities.north.resources.quality": 2})
    )
    assert men[0] / men[1] == pytest.approx(base[0] / base[1], rel=1e-6)
    assert quality[0] / quality[1] < 0.5 * base[0] / base[1]


def test_losses_grow_with_the_forces_committed():
    assert sum(_losses({"polities.*.resources.forces": 800})) > 1.5 * sum(_losses({}))


def test_effort_a_side_that_tries_less_never_does_better_on_its_front():
    fronts = [
        np.nanmean(
            fight(PLAIN, {"polities.north.factions.*.positions.effort": effort}, draws=512, kept=512, quiet=True).album[
                "front"
            ][24]
        )
        for effort in (0.2, 0.4, 0.6, 0.8)
    ]
    assert (np.diff(fronts) >= -1e-9).all()
    assert fronts[-1] > fronts[0]


def test_obstruction_never_raises_the_effort_carried_out():
    position, decided = np.zeros((1, 2, BLOCK)), np.full((1, BLOCK), 0.8)
    position[0, :, 0] = 0.9, 0.2
    agenda = Agenda(new_records("issues"), position, position, position, decided, decided)
    efforts = []
    for capacity in (0.0, 0.3, 0.9):
        polity = new_records("polities", effort_issue=0, camp=1.0)[0]
        factions = new_records("factions", 2, power=[0.6, 0.4], obstruction=capacity)
        reduce_effort(polity, factions, agenda, pathway_record(np.ones(len(NAMES))), 1)
        efforts.append(polity.effort[0])
    assert efforts[0] == pytest.approx(0.8)
    assert efforts[0] > efforts[1] > efforts[2]


PATRON = {
    "role": "patron",
    "regime": "democracy",
    "conduct": twins()["polities"]["north"]["conduct"],
    "aid_capacity": 1.0,
    "reliability": 1,
    "issues": {"arms": {"role": "aid", "toward": "north", "ends": ["none", "all"]}},
    "factions": {"cabinet": faction(1.0, flags={"leads": True})},
    "country": {"traits": twins()["polities"]["north"]["country"]["traits"]},
}


def _aided(aid, *, quality=0.45, **changes):
    helped = {
        **PATRON,
        "factions": {"cabinet": {**PATRON["factions"]["cabinet"], "positions": {"arms": aid}, "salience": {"arms": 1}}},
    }
    poor = {
        "polities.north.resources.quality": quality,
        "polities.north.resources.production": 0.2,
        "polities.north.resources.munitions": 0.2,
    }
    return fight(PLAIN, poor | {"polities.helper": helped} | changes, draws=2000)


def test_aid_to_the_weaker_side_lengthens_the_war_up_to_parity():
    months = [mean_months(_aided(aid)) for aid in (0.0, 0.5, 1.0)]
    assert months[0] + 1 < months[1] < months[2]


def test_aid_that_is_cut_shortens_the_war_of_the_side_that_lived_on_it():
    """M21: help can be withdrawn."""
    cut = {"on": "2021-04-01", "changes": [{"path": "polities.helper.factions.cabinet.positions.arms", "set": 0}]}
    assert mean_months(_aided(1.0, **{"events.cut": cut})) < mean_months(_aided(1.0)) - 1


def test_an_ally_that_enters_at_full_weight_decides_an_even_war():
    entry = {"on": "2021-04-01", "enters": "helper", "beside": "north", "strength": 1.5}
    alone, joined = (_aided(0.0, quality=1, **more) for more in ({}, {"events.entry": entry}))
    assert (
        ended_by(joined, 36, (FRONT_FIRST, SURRENDER_TO_FIRST))
        > ended_by(alone, 36, (FRONT_FIRST, SURRENDER_TO_FIRST)) + 0.2
    )


def test_sanctions_shrink_the_economy_that_they_hit():
    squeeze = {
        **PATRON,
        "sanctions_weight": 0.01,
        "issues": {"squeeze": {"role": "sanctions", "toward": "south", "ends": ["none", "all"]}},
        "factions": {
            "cabinet": {**PATRON["factions"]["cabinet"], "positions": {"squeeze": 1}, "salience": {"squeeze": 1}}
        },
    }
    free, hit = (
        sides(fight(PLAIN, more, draws=64, kept=64), "economy", "south")[12]
        for more in ({}, {"polities.outside": squeeze})
    )
    assert hit < free - 0.05
