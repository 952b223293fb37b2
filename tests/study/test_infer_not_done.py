"""What was not done as evidence: in the file, on the command line, before the start and after it."""

from __future__ import annotations

import numpy as np
import pytest
from simulated import polity

from ripeness.ensemble.design import Design
from ripeness.scenario.schema import Observation
from ripeness.study.conditioning import condition_on_evidence
from ripeness.study.who_decides.evidence import collect_evidence
from ripeness.study.who_decides.item import MEANS, item_likelihood
from ripeness.world.fault import Fault

ISSUE = "issue0"


def undone(amount, **more):
    """A war in which the north left a deed undone that would have stood at `amount`."""
    seen = {"date": "2020-06-01", "polity": "north", "shows": "not_done", "issue": ISSUE, "source": "s", "grade": "A1"}
    one = Observation.model_validate(seen | {"amount": amount} | more)
    return polity(np.random.default_rng(4), 3).model_copy(update={"evidence": (one,)})


def likely(scenario):
    """How likely the one item is for outcomes of the rule from 0 to 1."""
    return item_likelihood(collect_evidence(scenario).items[0], np.array([0.05]))[0]


def test_a_deed_near_the_low_end_that_was_not_done_speaks_for_all_above_it():
    chance = likely(undone(0.2))
    assert (np.diff(chance) >= -1e-12).all()
    assert chance[0] < 0.01
    assert chance[-1] > 0.99
    assert chance[np.argmin(np.abs(MEANS - 0.2))] == pytest.approx(0.5, abs=0.02)


def test_towards_which_end_the_deed_lies_can_be_said():
    nearer, stated = likely(undone(0.2)), likely(undone(0.2, toward="high"))
    assert stated == pytest.approx(1 - nearer, abs=1e-9)
    assert likely(undone(0.8)) == pytest.approx(likely(undone(0.8, toward="high")))


def test_a_coders_doubt_where_the_deed_stood_softens_its_edge():
    chance = likely(undone({"value": 0.2, "range": "0.05 to 0.35"}))
    near = np.argmin(np.abs(MEANS - 0.1))
    assert chance[near] > 3 * likely(undone(0.2))[near]


@pytest.mark.parametrize(("value", "wanted"), [("<0.24", "least"), (">0.35", "most")])
def test_one_side_of_a_number_on_the_command_line_moves_power_to_that_side(value, wanted):
    scenario = polity(np.random.default_rng(2), 3)
    places = [one.positions[ISSUE].centre for one in scenario.polities["north"].factions.values()]
    who = int(np.argmin(places) if wanted == "least" else np.argmax(places))
    seen = [f"north {ISSUE} 2020-{month:02d}-01 {value}" for month in range(2, 8)]
    known = condition_on_evidence(scenario, Design(draws=2000, horizon=1, kept=0), observe=seen)
    share = known.overrides[f"polities.north.factions.f{who}.power"].mean()
    assert share > scenario.polities["north"].factions[f"f{who}"].power.centre + 0.01


def test_what_was_not_done_after_the_start_goes_through_the_war():
    scenario = polity(np.random.default_rng(2), 3)
    known = condition_on_evidence(
        scenario, Design(draws=400, horizon=3, kept=0), observe=[f"north {ISSUE} 2021-02-10 >0.05"]
    )
    assert known.later == 1
    assert not known.warnings


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("north not_done 2020-06-01 0.2", "name the issue and the side on which all was left undone"),
        ("north losses 2020-06-01 <3", "one side of a number, such as <0.4, is for issues"),
        ("north losses 2020-06-01 0", "thousand deaths a month, above 0"),
        ("north line 2020-06-01 1.2", "line is a share from 0 to 1"),
        ("north leader_fell 2020-06-01 0.3", "no value goes with it"),
        (f"north {ISSUE} 2020-06-01", "a value is missing"),
        (f"north {ISSUE} 2020-06-01 <", "is no number"),
    ],
)
def test_a_value_that_does_not_fit_is_refused(text, said):
    with pytest.raises(Fault, match=said):
        collect_evidence(polity(np.random.default_rng(4), 3), observe=[text])
