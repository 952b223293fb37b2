"""Laws of the decision rules: what no scale, order, split or change of ends may change."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as some

from ripeness.decision.rule import CAPTOR, DEFAULTS, NOISE, QUOTA, ROUNDS
from ripeness.decision.rules import TABLE

SCALED = [name for name in TABLE if not name.startswith("challenge")]  # there, the level of salience counts
# The peer's own bend of utility hangs on the number of positions, equal ones counted: so it changes where a faction is
# split.
SPLIT = [
    name for name in TABLE if not name.startswith("challenge") and name not in ("exchange", "capture", "condorcet-ktab")
]
# Quota is a rule of demands, so its ends differ; the reproduced table's choice among meetings is not neutral either.
MIRRORED = [name for name in TABLE if name not in ("quota", "challenge-scholz-table2")]
EVERY = pytest.mark.parametrize("name", TABLE)


@some.composite
def councils(draw, least: int = 2):
    """A council on two issues: power (F,), salience and position (2, F). Coarse steps: no tie by rounding."""
    count = draw(some.integers(least, 6))
    shares = some.integers(1, 40).map(lambda n: n / 40)
    points = some.integers(0, 50).map(lambda n: n / 50)
    power = np.array(draw(some.lists(shares, min_size=count, max_size=count)))
    salience = np.array(draw(some.lists(shares, min_size=2 * count, max_size=2 * count))).reshape(2, count)
    position = np.array(draw(some.lists(points, min_size=2 * count, max_size=2 * count))).reshape(2, count)
    return power, salience, position


def settled(name, power, salience, position, *, leader=-1, captor=0, reference=np.nan, quota=0.5) -> np.ndarray:
    settings = DEFAULTS[:, None].copy()
    settings[CAPTOR], settings[ROUNDS], settings[NOISE], settings[QUOTA] = captor, 3, 0.1, quota
    out = np.empty((len(position), 1))
    TABLE[name].kernel(
        np.ascontiguousarray(power)[:, None],
        np.ascontiguousarray(salience)[..., None],
        np.ascontiguousarray(position)[..., None],
        np.zeros(len(power), dtype=bool),
        leader,
        np.array([0.3]),
        np.full((len(position), 1), reference),
        settings,
        out,
    )
    return out[:, 0]


@EVERY
@given(council=councils())
def test_doubling_every_power_changes_no_decision(name, council):
    power, salience, position = council
    assert settled(name, 2 * power, salience, position) == pytest.approx(settled(name, *council), abs=1e-9)


@pytest.mark.parametrize("name", [name for name in SCALED if not name.startswith("condorcet") and name != "exchange"])
@given(council=councils())
def test_halving_every_salience_changes_no_decision(name, council):
    power, salience, position = council
    assert settled(name, power, salience / 2, position) == pytest.approx(settled(name, *council), abs=1e-9)


@EVERY
@given(council=councils())
def test_an_outcome_lies_between_the_outermost_positions(name, council):
    _, _, position = council
    found = settled(name, *council)
    assert np.all(found >= position.min(axis=1) - 1e-9)
    assert np.all(found <= position.max(axis=1) + 1e-9)


@pytest.mark.parametrize("name", [name for name in TABLE if name != "exchange" and not name.startswith("challenge")])
@given(council=councils(), data=some.data())
def test_the_order_of_factions_changes_no_decision(name, council, data):
    power, salience, position = council
    order = np.array(data.draw(some.permutations(range(len(power)))))
    moved = settled(
        name,
        power[order],
        salience[:, order],
        position[:, order],
        leader=int(np.flatnonzero(order == 1)[0]),
        captor=int(np.flatnonzero(order == 0)[0]),
    )
    assert moved == pytest.approx(settled(name, *council, leader=1), abs=1e-9)


@pytest.mark.parametrize("name", ["exchange", "challenge-eq31", "challenge-scholz-table2"])
@given(seed=some.integers(0, 10_000), data=some.data())
def test_the_order_of_factions_changes_no_trade_and_no_challenge(name, seed, data):
    # Positions without ties: where two trades gain the same, or two offers lie as near, the first listed is taken.
    chance = np.random.default_rng(seed)
    power, salience, position = (chance.uniform(0.1, 1.0, shape) for shape in (5, (2, 5), (2, 5)))
    order = np.array(data.draw(some.permutations(range(5))))
    moved = settled(name, power[order], salience[:, order], position[:, order])
    assert moved == pytest.approx(settled(name, power, salience, position), abs=1e-9)


@pytest.mark.parametrize("name", SPLIT)
@given(council=councils())
def test_a_faction_split_into_two_equal_halves_changes_no_decision(name, council):
    power, salience, position = council
    halves = np.concatenate([power, power[-1:] / 2])
    halves[-2] /= 2
    double = [np.concatenate([part, part[:, -1:]], axis=1) for part in (salience, position)]
    assert settled(name, halves, *double) == pytest.approx(settled(name, *council), abs=1e-9)


@pytest.mark.parametrize("name", [name for name in MIRRORED if name not in ("exchange", "challenge-eq31")])
@given(council=councils(), reference=some.sampled_from([np.nan, 0.1, 0.9]))
def test_swapping_the_ends_of_an_issue_mirrors_the_decision(name, council, reference):
    power, salience, position = council
    mirrored = settled(name, power, salience, 1 - position, leader=1, reference=1 - reference)
    assert 1 - mirrored == pytest.approx(settled(name, *council, leader=1, reference=reference), abs=1e-9)


@pytest.mark.parametrize("name", ["exchange", "challenge-eq31"])
@given(seed=some.integers(0, 10_000))
def test_swapping_the_ends_mirrors_trades_and_challenges(name, seed):
    chance = np.random.default_rng(seed)
    power, salience, position = (chance.uniform(0.1, 1.0, shape) for shape in (5, (2, 5), (2, 5)))
    mirrored = settled(name, power, salience, 1 - position)
    assert 1 - mirrored == pytest.approx(settled(name, power, salience, position), abs=1e-9)


@given(council=councils(), low=some.integers(1, 49), more=some.integers(1, 50))
def test_a_higher_quota_never_lowers_the_demand(council, low, more):
    # Quotas off the grid of possible shares: an exact tie is a case of its own.
    first, second = low / 101 + 1e-4, min(low + more, 100) / 101 + 1e-4
    assert np.all(settled("quota", *council, quota=first) <= settled("quota", *council, quota=second))


@given(council=councils())
def test_a_majority_quota_lies_at_the_weighted_median_but_for_ties(council):
    median, demand = settled("weighted_median", *council), settled("quota", *council)
    assert np.all(demand >= median - 1e-9)
    power, salience, position = council
    pull = power * salience
    for issue in range(2):
        at_or_below = pull[issue][position[issue] <= demand[issue]].sum()
        below = pull[issue][position[issue] < demand[issue]].sum()
        assert at_or_below > pull[issue].sum() / 2
        assert below <= pull[issue].sum() / 2 + 1e-9


@given(council=councils(), step=some.floats(0.0, 1.0))
def test_more_power_for_a_faction_never_moves_the_mean_away_from_it(council, step):
    power, salience, position = council
    stronger = power.copy()
    stronger[0] += step
    before, after = settled("weighted_mean", *council), settled("weighted_mean", stronger, salience, position)
    assert np.all(np.abs(after - position[:, 0]) <= np.abs(before - position[:, 0]) + 1e-12)
