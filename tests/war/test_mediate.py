"""Several mediators, what they tell both sides, and the terms of a peace besides the stake, against the definitions."""

from __future__ import annotations

from types import SimpleNamespace

import numpy as np
import pytest

from ripeness.war.accord import set_accord
from ripeness.war.block import new_records
from ripeness.war.mediate import GUARANTEE, INFORMATION, PRESENCE, brief_sides, combine_mediators, favour
from ripeness.war.patronage import AID, SANCTIONS, TRADE
from ripeness.war.state import BLOCK

RUNS = 1
USUAL = {
    "competition": 0.5,
    "briefing": 0.6,
    "monitored_peace": 0.5,
    "secured": 0.5,
    "given_up": 0.1,
    "integration": 0.5,
    "autonomy": 0.2,
    "shared_peace": 0.25,
    "disarmed_peace": 0.2,
}


def parameters(**changed):
    return new_records("parameters", **(USUAL | changed))[0]


def achieved(efforts, leans, guarantees=None, offer=GUARANTEE, **changed):
    """What mediators achieve together, of a guarantee where nothing else is said."""
    count = len(efforts)
    polities = new_records("polities", 2 + count)
    polities.mediation_issue = [-1, -1, *([0] * count)]
    for n in range(count):
        polities[2 + n].peace_effort[:] = efforts[n]
        polities[2 + n].lean[:] = leans[n]
        polities[2 + n].offers[GUARANTEE] = 1.0 if guarantees is None else guarantees[n]
    shared = new_records("shared")[0]
    shared.belligerents = 2
    state = SimpleNamespace(shared=shared, parameters=parameters(**changed), polities=polities)
    total = np.zeros(BLOCK)
    getattr(combine_mediators, "py_func", combine_mediators)(state, offer, total, RUNS)
    return total[0]


def test_what_neutral_mediators_do_adds_up_with_diminishing_returns():
    assert achieved([0.5], [0.0]) == pytest.approx(0.5)
    assert achieved([0.5, 0.5], [0.0, 0.0]) == pytest.approx(0.75)
    assert achieved([0.5, 0.5, 0.5], [0.0, 0.0, 0.0]) == pytest.approx(0.875)


def test_one_mediator_achieves_the_same_whomever_it_favours():
    assert {achieved([0.6], [lean], [0.5]) for lean in (-1.0, -0.3, 0.0, 1.0)} == {achieved([0.6], [0.0], [0.5])}


def test_two_who_favour_one_side_add_up_as_if_they_favoured_none():
    assert achieved([0.5, 0.5], [1.0, 0.4]) == pytest.approx(achieved([0.5, 0.5], [0.0, 0.0]))


@pytest.mark.parametrize("competition", [0.0, 0.1, 0.5, 0.9, 1.0])
def test_a_rival_of_the_other_side_never_adds_to_the_greater_camp_and_takes_away_the_share_named_competition(
    competition,
):
    for first in np.linspace(0, 1, 6):
        for second in np.linspace(0, 1, 6):
            together = achieved([first, second], [1.0, -1.0], competition=competition)
            greater, lesser = max(first, second), min(first, second)
            assert together == pytest.approx(max(greater - competition * lesser, 0.0))


def test_the_more_two_mediators_lean_to_different_sides_the_less_they_achieve():
    shares = [achieved([0.5, 0.5], [lean, -lean]) for lean in (0.0, 0.25, 0.5, 0.75, 1.0)]
    assert shares == sorted(shares, reverse=True)
    assert shares[0] > 0.5 > shares[-1]


def test_presence_counts_whatever_a_mediator_brings_and_nothing_comes_of_staying_out():
    assert achieved([0.4], [0.0], [0.0], offer=PRESENCE) == pytest.approx(0.4)
    assert achieved([0.4], [0.0], [0.0]) == 0.0
    assert achieved([0.4], [0.0], offer=INFORMATION) == 0.0
    assert achieved([0.0, 0.0], [1.0, -1.0]) == 0.0


@pytest.mark.parametrize(
    ("role", "toward", "lean"),
    [(AID, 0, 0.7), (AID, 1, -0.7), (SANCTIONS, 0, -0.7), (SANCTIONS, 1, 0.7), (TRADE, 0, 0.0)],
)
def test_a_patron_leans_to_the_side_that_it_arms_and_away_from_the_one_that_it_sanctions(role, toward, lean):
    leans = np.zeros(BLOCK)
    plain = getattr(favour, "py_func", favour)  # a compiled stage takes records only
    plain(SimpleNamespace(role=role), toward, leans, np.full(BLOCK, 0.7), RUNS)
    assert leans[0] == pytest.approx(lean)


def briefed(beliefs, information, months):
    """Beliefs of one faction on each side after so many months of mediation; both have precision 4."""
    polities, shared = new_records("polities", 2), new_records("shared", information=information)[0]
    first = new_records("factions", 1, power=1.0, belief=beliefs[0], precision=4.0)
    second = new_records("factions", 1, power=1.0, belief=beliefs[1], precision=4.0)
    for _ in range(months):
        brief_sides(polities[0], polities[1], first, second, shared, parameters(), 1.0, RUNS)
    return first[0].belief[0], second[0].belief[0], first[0].precision[0]


def test_mediators_take_away_what_both_sides_believe_too_much_and_leave_what_they_agree_on():
    first, second, precision = briefed((0.8, 0.2), 1.0, 400)
    assert first + second == pytest.approx(0.0, abs=0.06)  # one side's strength is the other's weakness
    assert first - second == pytest.approx(0.6)
    assert precision == pytest.approx(4.0 + 400 * 0.6)


def test_more_information_closes_the_gap_of_beliefs_sooner_and_none_leaves_it():
    gaps = [sum(briefed((0.8, 0.2), information, 12)[:2]) for information in (0.0, 0.3, 0.6, 1.0)]
    assert gaps[0] == 1.0
    assert gaps == sorted(gaps, reverse=True)
    assert len(set(gaps)) == len(gaps)


def accord(joins=(False, True), **terms):
    """Both sides and the war under terms of a peace."""
    polities, shared = new_records("polities", 2), new_records("shared", **terms)[0]
    polities.is_movement = joins
    set_accord(polities[0], polities[1], shared, parameters(), RUNS)
    return polities[0], polities[1], shared


ALL_TERMS = {"political": 1.0, "military": 1.0, "territorial": 1.0, "disarmament": 1.0}


def test_between_states_no_power_is_shared_and_nobody_disarms():
    first, second, shared = accord((False, False), **ALL_TERMS)
    for polity in (first, second):
        assert polity.given_up[0] == polity.secured[0] == polity.laid_down[0] == 0.0
    assert shared.integrated[0] == shared.autonomy_reach[0] == 0.0
    assert shared.renewal_factor[0] == shared.watched_factor[0] == 1.0


def test_what_a_state_gives_up_its_movement_gains_whichever_stands_first():
    for joins, sign in (((False, True), 1.0), ((True, False), -1.0)):
        first, second, _ = accord(joins, political=1.0, territorial=0.5)
        assert first.given_up[0] == pytest.approx(sign * 0.15)
        assert second.given_up[0] == -first.given_up[0]
        assert first.secured[0] == second.secured[0] == 0.5


def test_each_dimension_of_power_sharing_monitoring_and_disarmament_take_their_share_of_the_hazard_of_renewed_war():
    _, movement, shared = accord(monitoring=1.0, **ALL_TERMS)
    assert shared.watched_factor[0] == pytest.approx(0.5)
    assert shared.renewal_factor[0] == pytest.approx(0.5 * 0.75**3 * 0.8)
    assert movement.laid_down[0] == 1.0
    assert accord(political=1.0)[2].renewal_factor[0] == pytest.approx(0.75)
