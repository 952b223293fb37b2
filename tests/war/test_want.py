"""What a faction wants, against the definitions: the gamble on a grid, the reservation by search."""

from __future__ import annotations

import numpy as np
import pytest
from scipy.stats import norm

from ripeness.war.block import new_records
from ripeness.war.conditions import pathway_record
from ripeness.war.want import gamble, set_reservations
from ripeness.world.pathway_names import NAMES

BELIEFS = (-1.2, -0.4, 0.0, 0.5, 1.5)
GRID = 500
NEAR = {0.23: 0.004, 1.0: 0.01, 3.0: 0.03}  # a correction of first order: the larger the step, the rougher


def parameters(**changed):
    """Parameters that the gamble and the reservation read."""
    usual = {
        "advance": 0.2,
        "deadlock": 0.3,
        "volatility": 0.6,
        "barrier": 2.0,
        "foresight": 24.0,
        "patience": 0.8,
        "renewal": 0.1,
        "pace": 1.0,
    }
    return new_records("parameters", **(usual | changed))[0]


def walk(fronts, belief, effort, intensity, step):
    """Chances, discounted, that a walk in steps ends above and below, by solving for every place of a grid.

    Shapes: fronts (N,); returns (2, N).
    """
    beyond = max(abs(belief) - 0.3, 0.0)
    drift, sd = 0.2 * np.sign(belief) * beyond * effort * step, 0.6 * np.sqrt(intensity * step)
    edges = np.linspace(-2.0, 2.0, GRID + 1)
    middle = (edges[1:] + edges[:-1]) / 2
    reach = norm.cdf((edges[None, :] - middle[:, None] - drift) / sd)
    stay, kept = np.diff(reach, axis=1), np.exp(-step / 24.0)
    ends = np.stack([1 - reach[:, -1], reach[:, 0]], axis=1) * kept
    return np.stack([np.interp(fronts, middle, value) for value in np.linalg.solve(np.eye(GRID) - kept * stay, ends).T])


@pytest.mark.parametrize("belief", BELIEFS)
@pytest.mark.parametrize("step", NEAR)
def test_the_gamble_is_that_of_a_walk_in_steps_between_two_barriers(belief, step):
    """Siegmund's correction makes the formula for a flowing walk fit one that is looked at once a step."""
    given, fronts, near = parameters(pace=np.sqrt(step)), np.array([-1.0, 0.0, 0.8]), NEAR[step]
    told = np.array([gamble(front, belief, 0.7, 0.7, 0.7, 1.0, given, 0) for front in fronts]).T
    up, down = walk(fronts, belief, 0.7, 0.7, step)
    assert np.allclose(told[0], up, rtol=0, atol=near)
    assert np.allclose(told[1], down, rtol=0, atol=near)
    assert np.allclose(told[0] / told.sum(axis=0), up / (up + down), rtol=0, atol=2 * near)


def line_of(
    *,
    value=1.0,
    office=0.0,
    punishment=0.0,
    office_line=0.0,
    punishment_line=0.0,
    peace=0.0,
    monthly=0.0,
    rival=0.0,
    rearm=0.0,
    guarantee=0.0,
    audience=0.0,
    stated=-1.0,
    belief=0.2,
    front=0.1,
):
    """The reservation of one faction in one run, as the model has it, and all that it is made of."""
    given, held = parameters(), 1 / (1 + np.exp(-front))
    own = new_records(
        "polities",
        front=front,
        camp_effort=0.7,
        rival_effort=0.7,
        rival_cost=rival,
        rival_rearming=rearm,
        peace_bound=guarantee,
        share_held=held,
        office_line=office_line,
        punishment_line=punishment_line,
        stated_terms=stated,
    )[0]
    factions = new_records(
        "factions",
        belief=belief,
        monthly_cost=monthly,
        office=office,
        punishment=punishment,
        culpable=1,
        audience_cost=audience,
        peace_cost=peace,
        stake_value=value,
    )
    shared = new_records("shared", full_intensity=0.7, mobility=1.0, renewal_factor=1.0)[0]
    set_reservations(own, factions, shared, given, pathway_record(np.ones(len(NAMES))), 1)
    win, lose = gamble(front, belief, 0.7, 0.7, 0.7, 1.0, given, 0)
    return factions[0].reservation[0], win, lose, held


def test_without_frictions_the_reservation_is_the_value_of_fighting_on_and_of_a_peace_that_may_break():
    line, win, lose, held = line_of(monthly=0.004)
    assert line == pytest.approx(win + (1 - win - lose) * (held - 24 * 0.004) + 0.1 * 24 * 0.004)


def test_later_costs_of_peace_raise_the_reservation_by_themselves_and_by_the_war_that_may_come_back():
    """Costs of war are in shares of the stake already; the cost of living in peace is not."""
    calm, dear = (line_of(monthly=0.01, value=0.5, peace=cost)[0] for cost in (0.0, 0.06))
    assert dear - calm == pytest.approx(0.06 / 0.5)
    line, win, lose, held = line_of(monthly=0.01, value=0.5)
    assert line == pytest.approx(win + (1 - win - lose) * (held - 0.24) + 0.1 * 0.24)


def test_rearming_takes_from_the_worth_of_fighting_and_a_guarantee_takes_the_fear():
    plain, win, lose, held = line_of(monthly=0.002)
    _, weak_win, weak_lose, _ = line_of(monthly=0.002, belief=0.2 - 0.9)
    fight = win + (1 - win - lose) * (held - 0.048)
    weakened = weak_win + (1 - weak_win - weak_lose) * (held - 0.048)
    assert fight - weakened > 0.01
    assert line_of(monthly=0.002, rearm=0.9)[0] - plain == pytest.approx(0.8 / 0.2 * (fight - weakened))
    assert line_of(monthly=0.002, rearm=0.9, guarantee=1)[0] == pytest.approx(plain)
    half = line_of(monthly=0.002, rearm=0.9, guarantee=0.5)[0]
    assert half - plain == pytest.approx(0.4 / 0.6 * (fight - weakened))


@pytest.mark.parametrize("belief", [-2.0, -0.8, 0.0, 0.7])
@pytest.mark.parametrize("lines", [(0.5, 0.5), (0.45, 0.2), (0.6, 0.35)])
@pytest.mark.parametrize("costs", [(0.3, 0.0), (0.02, 0.6), (0.2, 0.2)])
def test_fate_gives_the_least_share_at_which_settling_is_no_worse_than_fighting_on(belief, lines, costs):
    """By search: x - pen(x) >= r0 - lose pen(0), pen(x) = (K1 [x < a] + K2 [x < b]) / v."""
    value, (office_line, punishment_line), (office, punishment) = 0.8, lines, costs
    line, win, lose, held = line_of(
        belief=belief,
        value=value,
        office=office,
        punishment=punishment,
        office_line=office_line,
        punishment_line=punishment_line,
        monthly=0.01,
    )
    shares = np.linspace(-1.5, 2.0, 350_001)
    pen = (office * (shares < office_line) + punishment * (shares < punishment_line)) / value
    plain = win + (1 - win - lose) * (held - 0.24) + 0.1 * 0.24
    accepted = shares - pen >= plain - lose * (office + punishment) / value
    assert line == pytest.approx(shares[accepted][0], abs=2e-5)


@pytest.mark.parametrize("audience", [0.0, 0.3, 1.0, 40.0])
def test_below_publicly_stated_terms_each_share_given_up_costs_the_audience(audience):
    """By search: x - a/v max(0, T - x) >= r."""
    value, terms = 0.7, 0.9
    free, said = line_of(value=value)[0], line_of(value=value, audience=audience, stated=terms)[0]
    shares = np.linspace(0, 1, 100_001)
    accepted = shares - audience / value * np.maximum(terms - shares, 0) >= free
    assert said == pytest.approx(shares[accepted][0], abs=2e-5)
    assert free < 0.7


def test_a_reservation_above_the_whole_is_not_clipped():
    assert line_of(monthly=-0.05, belief=1.5)[0] > 1.2
