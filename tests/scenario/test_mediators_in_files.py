"""Mediators and accords in a file: what is left out has defaults, and what is wrong is refused where it stands."""

from __future__ import annotations

import pytest

from ripeness.scenario.archetypes import default_rows
from ripeness.scenario.read import read_text
from ripeness.war.prepare import prepare
from ripeness.world.fault import Fault

GOOD = """\
title: A war
began: 2024-03-01
start: 2025-01-01
stake: {name: a valley, held: 0.5}
talks: {monitoring: 0.5}
polities:
  north:
    role: belligerent
    factions:
      palace: {archetype: leader, power: 1, leads: true}
  south:
    role: belligerent
    factions:
      cabinet: {archetype: leader, power: 1, leads: true}
  union:
    role: patron
    aid_capacity: 0.2
    mediator:
      guarantee: 0.5
      payments: {south: 0.1}
      threats: {north: 0.5}
    issues:
      arms: {role: aid, toward: north, ends: [none, all]}
      peace: {role: mediation, ends: [out, in]}
    factions:
      office: {archetype: leader, power: 1, leads: true}
"""
SOUTH = "  south:\n    role: belligerent\n"
PEACE = "      peace: {role: mediation, ends: [out, in]}\n"
WHOLE = "    mediator:\n      guarantee: 0.5\n      payments: {south: 0.1}\n      threats: {north: 0.5}\n"
BAD = [
    (
        "payments: {south:",
        "payments: {west:",
        "20:18",
        "'west' is not a belligerent that fights beside nobody; there is",
    ),
    ("payments: {south: 0.1}", "payments: 0.1", "20:17", "(belligerent -> what it adds to a peace for that side"),
    ("payments: {south: 0.1}", "payments: {south: 1.1}", "20:25", "1.1 is outside what is possible here: 0 to 1"),
    ("threats: {north:", "threats: {south:", "21:17", "'union' sends no aid to 'south' that it could hold back"),
    ("      guarantee: 0.5", "      guarantees: 0.5", "19:7", "did you mean 'guarantee'?"),
    (SOUTH, SOUTH + "    mediator: {guarantee: 0.5}\n", "13:5", "'mediator' belongs to patrons"),
    (
        "monitoring: 0.5",
        "disarmament: 0.5",
        "5:9",
        "a movement disarms, and no belligerent that fights beside nobody is one",
    ),
    ("monitoring: 0.5", "power_sharing: {military: 0.5}", "5:9", "power is shared with a movement"),
    ("monitoring: 0.5", "power_sharing: {economic: 0.5}", "5:25", "its keys are political, military, territorial"),
    (PEACE, PEACE + PEACE.replace("peace", "truce"), "25:7", "a second issue with role mediation"),
    (WHOLE, "", "20:7", "needs 'mediator' beside the polity's issues"),
    (PEACE, "      mediation: {role: sanctions, toward: south, ends: [out, in]}\n", "18:5", "decides on no mediation"),
    ("role: mediation,", "role: mediation, toward: south,", "24:32", "'toward' belongs to an issue with role aid,"),
    ("    role: patron\n", "    role: patron\n    terms_since: 2024-06-01\n", "17:5", "'terms_since' belongs to"),
]


@pytest.mark.parametrize(("good", "bad", "place", "words"), BAD, ids=[words for *_, words in BAD])
def test_what_is_wrong_with_a_mediator_or_an_accord_is_refused_where_it_stands(good, bad, place, words):
    assert GOOD.count(good) == 1
    with pytest.raises(Fault) as caught:
        read_text(GOOD.replace(good, bad), "war.yaml")
    lines = str(caught.value).splitlines()
    assert any(f":{place}: " in line and words in line for line in lines), lines


def test_what_a_file_leaves_out_of_a_mediator_is_a_default_with_a_source_and_nothing_is_promised():
    mediator = read_text(GOOD).scenario.polities["union"].mediator
    assert mediator.information.sources
    assert mediator.cost.sources
    assert mediator.monitoring is None
    assert not mediator.penalties
    assert len(default_rows(("mediator", "information"))) == 1


def test_a_mediator_without_an_issue_decides_on_one_with_the_defaults_of_its_archetypes():
    union = read_text(GOOD.replace(PEACE, "")).scenario.polities["union"]
    assert union.issues["mediation"].role == "mediation"
    office = union.factions["office"]
    assert office.positions["mediation"].uncertain
    assert office.salience["mediation"].centre > 0.5
    assert office.responds["mediation"]["weariness"].centre < 0


def test_a_patron_that_does_not_mediate_has_no_such_issue_and_a_mediator_has_its_own_or_the_default():
    numbers = [prepare(read_text(text).scenario).sides[2].mediation for text in (GOOD, GOOD.replace(PEACE, ""))]
    assert min(numbers) >= 0
    assert prepare(read_text(GOOD.replace(WHOLE, "").replace(PEACE, "")).scenario).sides[2].mediation == -1


def test_events_bring_a_mediator_in_and_change_what_it_brings_and_the_terms_of_a_peace():
    for path in (
        "polities.union.factions.office.positions.peace",
        "polities.union.mediator.guarantee",
        "polities.union.mediator.payments.south",
        "talks.monitoring",
    ):
        event = f"events: {{turn: {{on: 2025-06-01, changes: [{{path: {path}, set: 0.9}}]}}}}\n"
        war = prepare(read_text(GOOD + event).scenario)
        assert len(war.happenings[0].effects) == 1


@pytest.mark.parametrize("part", ["payments: {west: 0.1}", "threats: {west: 0.1}", "penalties: {west: 0.1}"])
def test_what_would_be_held_out_to_an_armed_ally_is_refused_for_only_principals_are_asked(part):
    ally = """\
  west:
    role: belligerent
    beside: north
    kind: movement
    factions: {office: {archetype: commanders, power: 1, leads: true}}
"""
    text = GOOD.replace("  union:\n", ally + "  union:\n")
    assert read_text(text).scenario.polities["west"].beside == "north"
    with pytest.raises(Fault, match="'west' is not a belligerent that fights beside nobody; there is north, south"):
        read_text(text.replace(WHOLE, f"    mediator: {{{part}}}\n"))
    with pytest.raises(Fault, match="a movement disarms, and no belligerent that fights beside nobody is one"):
        read_text(text.replace("monitoring: 0.5", "disarmament: 0.5"))


@pytest.mark.parametrize("path", ["talks.disarmament", "talks.power_sharing.military"])
def test_no_event_changes_terms_that_only_a_movement_can_have(path):
    event = f"events: {{turn: {{on: 2025-06-01, changes: [{{path: {path}, set: 0.9}}]}}}}\n"
    with pytest.raises(Fault, match="these terms are those of a peace with a movement"):
        read_text(GOOD + event)
    movement = GOOD.replace("  south:\n", "  south:\n    kind: movement\n")
    assert read_text(movement + event).scenario.events
