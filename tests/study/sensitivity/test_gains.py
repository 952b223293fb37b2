"""What numbers foretell together, where the answer is known: a few that do something among many that do not."""

from __future__ import annotations

import numpy as np
import pytest

from ripeness.ensemble.design import Design
from ripeness.ensemble.run import run
from ripeness.scenario.read import read_scenario
from ripeness.study.sensitivity.groups import group_shares
from ripeness.study.sensitivity.inert import find_inert
from ripeness.study.sensitivity.sample_means import sample_means
from ripeness.study.sensitivity.variance_shares import bounded_shares, variance_shares
from ripeness.study.target import read_target
from ripeness.workbench.run import read_as

NUMBERS, POINTS, EACH = 300, 2500, 8
MEMBERS = {"strong": [0, 1], "bent": [2], "mixed": [0, *range(100, 150)], "large": list(range(200, 300))} | {
    f"small {n}": [10 + n] for n in range(80)
}
# Effects on the probability: two straight ones and a bent one.
STRAIGHT, BENT = (0.08, 0.04), 0.04
STRONG = 0.767  # share of both straight effects together, from a million points without luck


def wars(seed):
    """Shares of a made-up outcome, three of whose 300 numbers do something."""
    draw = np.random.default_rng(seed)
    z = draw.standard_normal((NUMBERS, POINTS))
    bent = np.clip((z[2] ** 2 - 1) / np.sqrt(2), -0.7, 3)
    p = np.clip(0.4 + STRAIGHT[0] * z[0] + STRAIGHT[1] * z[1] + BENT * np.sqrt(2) * bent, 0.01, 0.99)
    hits = draw.binomial(1, np.repeat(p, EACH)).astype(float)
    return variance_shares(z, sample_means(hits, np.repeat(np.arange(POINTS), EACH)), seed)


def test_what_does_something_stands_out_and_a_large_group_that_does_nothing_does_not():
    false, strong = 0, []
    for seed in range(12):
        found = {group.name: group for group in group_shares("source", MEMBERS, {}, wars(seed))}
        assert found["strong"].stands_out
        assert found["mixed"].stands_out
        strong.append(found["strong"].share)
        assert found["strong"].share > found["bent"].share
        assert found["large"].share < 0.05
        false += found["large"].stands_out or any(found[name].stands_out for name in found if name.startswith("small"))
    assert abs(np.mean(strong) - STRONG) < 0.06
    assert np.std(strong) < 0.12
    assert false <= 3


def test_where_nothing_does_anything_no_group_stands_out_more_often_than_chance_allows():
    false = 0
    for seed in range(20):
        draw = np.random.default_rng(seed)
        hits = draw.binomial(1, np.repeat(draw.beta(2, 5, 600), EACH)).astype(float)
        told = variance_shares(
            draw.standard_normal((NUMBERS, 600)), sample_means(hits, np.repeat(np.arange(600), EACH)), seed
        )
        false += any(group.stands_out for group in group_shares("source", MEMBERS, {}, told))
    assert false <= 4


def test_a_share_of_which_nothing_is_known_may_be_anything():
    luck = np.random.default_rng(1)
    share, low, high = bounded_shares(np.array([0.0]), -0.1, luck.normal(0, 1, (1, 200)), luck.normal(0, 1, 200))
    assert (share[0], low[0], high[0]) == (0.0, 0.0, 1.0)


@pytest.mark.parametrize("reading", ["unitary", "factional"])
def test_wars_do_not_notice_when_all_inert_numbers_are_drawn_anew(reading):
    scenario, design = read_as(read_scenario("japan-1945"), reading), Design(draws=800, horizon=6, kept=0)
    base = run(scenario, design)
    aim = read_target("settlement", [side.key for side in base.war.sides[:2]], 6, 6)
    idle = find_inert(base, aim, base.input_names).paths
    assert 100 < len(idle) < len(base.input_names)
    row = {path: n for n, path in enumerate(base.input_names)}
    shifted = {path: np.roll(base.inputs[row[path]].astype(float), 7) for path in idle}
    again = run(scenario, design, overrides=shifted)
    assert (again.code == base.code).mean() > 0.99
    assert np.array_equal(again.months[again.code == base.code], base.months[again.code == base.code])
    moving = [path for path in base.input_names if path not in set(idle)][:40]
    other = run(scenario, design, overrides={path: np.roll(base.inputs[row[path]].astype(float), 7) for path in moving})
    assert (other.results["deaths"] != base.results["deaths"]).any(axis=0).mean() > 0.5
