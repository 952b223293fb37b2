"""Wedges: silent where terms are what traits imply, told where they are not, closed by what is said to close them."""

from __future__ import annotations

import numpy as np
import pytest
from twins import twins, war

from ripeness.ensemble.design import Design
from ripeness.study.ripeness.closing import CLOSING_TRAITS
from ripeness.study.ripeness.opening_situation import open_situation, parameter_samples
from ripeness.study.ripeness.wedges import SURE, find_wedges

DESIGN = Design(draws=200, per_point=1)
SPREAD = {
    "laws.hidden": {"value": 0, "range": [-0.3, 0.3], "unit": "log ratio"},
    "laws.zone_scale": {"value": 0.1, "unit": "share"},
}


def wedges_of(changes):
    scenario = war(twins(), SPREAD | changes)
    prepared, values = parameter_samples(scenario, DESIGN)
    return find_wedges(prepared, values, open_situation(prepared, values))


def reservation(changes):
    """What the traits of the army of the north imply at the median."""
    scenario = war(twins(), SPREAD | changes)
    prepared, values = parameter_samples(scenario, DESIGN)
    polity = open_situation(prepared, values).belligerents()[0]
    return float(np.median(polity.reservation_start[prepared.sides[0].faction_keys.index("army")]))


@pytest.fixture(scope="module")
def implied():
    return reservation({})


@pytest.fixture(scope="module")
def wide(implied):
    return wedges_of({"polities.north.factions.army.positions.terms": min(implied + 0.3, 0.99)})


def test_a_faction_that_states_no_terms_has_no_wedge():
    assert wedges_of({}).factions == ()


def test_terms_that_traits_imply_are_no_wedge_that_matters(implied):
    (wedge,) = wedges_of({"polities.north.factions.army.positions.terms": implied}).factions
    assert abs(wedge.wedge.median) < 0.01
    assert not wedge.matters
    assert wedge.changes == ()


def test_terms_far_above_what_traits_imply_are_a_wedge_of_that_width(wide, implied):
    (wedge,) = wide.factions
    assert (wedge.polity, wedge.faction, wedge.more) == ("north", "army", True)
    assert wedge.wedge.median == pytest.approx(wedge.stated.median - implied, abs=0.01)
    assert wedge.wedge.low < wedge.wedge.median < wedge.wedge.high
    assert wedge.same_sign >= SURE
    assert wedge.matters
    assert wide.that_matter("north") == (wedge,)
    assert wide.that_matter("south") == ()


def test_terms_far_below_have_the_other_sign():
    gains = {"polities.north.factions.army.traits.war_gain": 0.05}
    implied = reservation(gains)
    (wedge,) = wedges_of(gains | {"polities.north.factions.army.positions.terms": implied - 0.3}).factions
    assert not wedge.more
    assert wedge.wedge.median == pytest.approx(-0.3, abs=0.01)
    assert wedge.matters


def test_a_wedge_narrower_than_the_scale_of_zones_does_not_matter(implied):
    terms = {"polities.north.factions.army.positions.terms": min(implied + 0.3, 0.99)}
    (wedge,) = wedges_of(terms | {"laws.zone_scale": {"value": 0.5, "unit": "share"}}).factions
    assert not wedge.matters


def test_the_trait_that_is_said_to_close_a_wedge_closes_it(wide):
    (wedge,) = wide.factions
    assert [change.trait for change in wedge.changes] == list(CLOSING_TRAITS)
    able = [change for change in wedge.changes if change.needed is not None]
    assert able
    for change in able:
        changed = wedges_of(
            {
                "polities.north.factions.army.positions.terms": wedge.stated.median,
                f"polities.north.factions.army.traits.{change.trait}": change.needed,
            }
        )
        assert abs(changed.factions[0].wedge.median) < 0.05, change
        assert change.inside == (change.present.low <= change.needed <= change.present.high)


def test_where_no_admissible_value_closes_it_none_is_named(implied):
    """Free of costs, war is worth its chance to win: no aversion to casualties makes up for terms above that."""
    terms = min(implied + 0.3, 0.99)
    (wedge,) = wedges_of({"polities.north.factions.army.positions.terms": terms}).factions
    change = wedge.changes[CLOSING_TRAITS.index("casualty_aversion")]
    lowest = wedges_of(
        {
            "polities.north.factions.army.positions.terms": terms,
            "polities.north.factions.army.traits.casualty_aversion": 0,
        }
    ).factions[0]
    assert (change.needed is None) == (lowest.wedge.median > 0)


def test_stated_terms_close_a_zone_that_traits_leave_open():
    whole = {f"polities.{side}.factions.*.positions.terms": 0.9 for side in ("north", "south")}
    wedges = wedges_of(whole | {"polities.*.factions.*.traits.optimism": -0.1})
    stated, first, second, by_traits = wedges.zones
    assert (stated.stated, first.stated, second.stated, by_traits.stated) == (
        ("north", "south"),
        ("north",),
        ("south",),
        (),
    )
    assert stated.width.median == pytest.approx(-0.8, abs=0.01)
    assert stated.open.p == 0
    assert by_traits.open.p > 0.5
    assert wedges.decide
    assert wedges.closed_by_terms.p == pytest.approx(by_traits.open.p)
    assert all(demand.closes.p > 0.5 for demand in wedges.demands)


def test_without_stated_terms_all_zones_are_one():
    widths = {zone.width.median for zone in wedges_of({}).zones}
    assert len(widths) == 1
