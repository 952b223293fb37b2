"""What is set in a what-if: presets and one's own numbers together, in the address and back."""

from __future__ import annotations

from ripeness.web.address import page_address
from ripeness.web.leading_order import LeadingOrder
from ripeness.web.pages.mechanisms import in_readers_words
from ripeness.web.what_if_numbers import what_if_numbers
from ripeness.web.what_if_state import NamedPreset, WhatIfState

FIRM = NamedPreset("Firm", {"talks.guarantee": 0.95})
NO_AID = NamedPreset("No aid", {}, ("aid->munitions",))
LINKS = ("aid->munitions", "losses->cost")
NUMBERS = {"talks.guarantee": 1, "talks.mediation": 1}


def state():
    return WhatIfState({"firm": FIRM, "no-aid": NO_AID}, LINKS)


def test_presets_add_up_and_are_switched_off_again():
    one = state()
    one.toggle_preset("firm")
    one.toggle_preset("no-aid")
    assert (one.changes, one.cuts) == ({"talks.guarantee": 0.95}, ("aid->munitions",))
    one.toggle_preset("firm")
    assert (one.changes, one.cuts, one.is_changed) == ({}, ("aid->munitions",), True)


def test_a_slider_of_a_preset_that_is_moved_makes_all_of_it_ones_own():
    one = state()
    one.toggle_preset("firm")
    one.toggle_preset("no-aid")
    one.move("talks.guarantee", 0.5)
    assert one.presets == []
    assert (one.changes, one.cuts) == ({"talks.guarantee": 0.5}, ("aid->munitions",))
    one.reset("talks.guarantee")
    one.cut("aid->munitions", on=False)
    assert not one.is_changed


def test_a_preset_takes_the_place_of_ones_own_number():
    one = state()
    one.move("talks.guarantee", 0.2)
    one.move("talks.mediation", 2)
    one.toggle_preset("firm")
    assert one.changes == {"talks.guarantee": 0.95, "talks.mediation": 2.0}


def test_what_is_set_comes_back_from_the_address():
    one, other = state(), state()
    one.toggle_preset("firm")
    one.move("talks.mediation", 1.25)
    one.cut("losses->cost", on=True)
    words = one.words()
    assert page_address("/what-if", words) == "/what-if?preset=firm&set=talks.mediation%3A1.25&cut=losses-%3Ecost"
    assert other.read_words(words, NUMBERS) == []
    assert (other.changes, other.cuts, other.presets) == (one.changes, one.cuts, ["firm"])


def test_what_an_address_cannot_mean_is_told_and_left_out():
    one = state()
    words = {"preset": ["frim"], "set": ["talks.mediation:much", "nothing:1", "talks.mediation:nan"], "cut": ["a->b"]}
    faults = one.read_words(words, NUMBERS)
    assert len(faults) == 5
    assert "did you mean 'firm'?" in faults[0].message
    assert not one.is_changed


def test_numbers_of_a_case_are_told_in_words_without_keys_or_records():
    read = what_if_numbers("ukraine-2023-03", None)
    assert read.presets["western-aid-stops"].changes == {
        "polities.united-states.aid_capacity": 0.0,
        "polities.european-union.aid_capacity": 0.0,
    }
    assert not any(path.startswith(("evidence.", "readings.")) for path in read.numbers)
    assert not any("_" in number.words or number.words.startswith("Law") for number in read.numbers.values())
    position = read.numbers["polities.russia.factions.presidency.positions.transit"]
    assert "any deal that keeps goods moving" in position.words
    assert position.meaning.startswith("0 %: no dealings")
    held = read.numbers["stake.held"]
    assert (held.in_words(0.43), held.briefly(0.43)) == ("43 % of the stake", "43 %")


def test_numbers_that_can_be_told_from_none_stand_first_at_the_nearest_month():
    order = LeadingOrder(
        (6.0, 12.0),
        {
            "a": {"settlement": [[0.5, -0.1, 1.1], [0.0, 0.0, 0.0]]},
            "b": {"settlement": [[0.1, 0.05, 0.15], [-0.3, -0.4, -0.2]]},
            "c": {"settlement": [[0.2, 0.1, 0.3], [0.1, 0.05, 0.15]]},
        },
        100,
    )
    assert order.leading("settlement", 7) == ["c", "b", "a"]
    assert order.leading("settlement", 60) == ["b", "c", "a"]
    assert order.leading("victory", 7) == []


def test_mechanisms_are_told_without_numbers_of_the_catalogue():
    said = in_readers_words("<td>M4 small interests steer: a veto</td><td>ripeness indicators</td> M25, attrition")
    assert said == "<td>small interests steer: a veto</td><td>the page What to watch</td> attrition"
