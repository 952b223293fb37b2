"""What every rule of the table must do, and what single rules must do at their edges."""

from __future__ import annotations

import hashlib
import os
import subprocess
import sys

import numpy as np
import pytest

from ripeness.decision.capture import capture
from ripeness.decision.nash_bargaining import nash_bargaining
from ripeness.decision.pivot_or_leader import pivot_or_leader
from ripeness.decision.quantal import quantal
from ripeness.decision.quota import quota
from ripeness.decision.rule import CAPTOR, DEFAULTS, Rule
from ripeness.decision.rules import TABLE
from ripeness.decision.unitary import unitary
from ripeness.decision.weighted_mean import weighted_mean
from ripeness.decision.weighted_median import weighted_median

EVERY = pytest.mark.parametrize("rule", TABLE.values(), ids=TABLE)
MEANS = [name for name in TABLE if name not in ("quota", "unitary", "capture", "pivot_or_leader")]
ONES = np.ones((3, 1))
POWER, POSITION = [0.4, 0.35, 0.25], [[0.1], [0.6], [0.9]]

BITS = """
import hashlib, numpy as np
from ripeness.decision.rule import CAPTOR, DEFAULTS, ROUNDS
from ripeness.decision.rules import TABLE
chance = np.random.default_rng(3)
power, salience, position = (chance.uniform(size=shape) for shape in ((4, 5), (2, 4, 5), (2, 4, 5)))
power[2, 1] = 0.0
settings = np.repeat(DEFAULTS[:, None], 5, axis=1)
settings[CAPTOR], settings[ROUNDS] = 1, 2
for rule in TABLE.values():
    out = np.empty((2, 5))
    rule.kernel(power, salience, position, np.array([True, False, False, False]), 3, np.full(5, .2),
                np.full((2, 5), .05), settings, out)
    print(rule.name, hashlib.sha256(out.tobytes()).hexdigest())
"""


def settled(rule: Rule, power, salience, position, *, leader=-1, weight=0.0, reference=0.5, veto=None) -> np.ndarray:
    """One council by any rule of the table; the captor is faction 0. Shapes: salience and position (I, F)."""
    salience, position = np.array(salience, dtype=float)[..., None], np.array(position, dtype=float)[..., None]
    settings = DEFAULTS[:, None].copy()
    settings[CAPTOR] = 0
    out = np.empty((len(position), 1))
    flags = np.zeros(len(power), dtype=bool) if veto is None else np.array(veto)
    rule.kernel(
        np.array(power, dtype=float)[:, None],
        salience,
        position,
        flags,
        leader,
        np.array([weight]),
        np.full((len(position), 1), reference),
        settings,
        out,
    )
    return out[:, 0]


@EVERY
def test_a_council_of_one_mind_decides_what_all_want(rule: Rule):
    found = settled(rule, [0.2, 0.5, 0.3], [[0.5, 0.9, 0.1]], [[0.7, 0.7, 0.7]], reference=np.nan)
    assert found == pytest.approx([0.7], abs=1e-12)


@EVERY
def test_a_faction_that_has_left_counts_for_nothing(rule: Rule):
    seated = settled(rule, [0.2, 0.5, 0.3], [[0.5, 0.9, 0.4]], [[0.3, 0.6, 0.7]], veto=[False, False, False])
    with_ghost = settled(
        rule,
        [0.2, 0.5, 0.3, 0.0],
        [[0.5, 0.9, 0.4, 1.0]],
        [[0.3, 0.6, 0.7, 0.99]],
        veto=[False, False, False, True],
        leader=3,
        weight=0.9,
    )
    assert with_ghost == pytest.approx(seated, abs=1e-12)


@EVERY
def test_where_nobody_has_power_the_status_quo_stands(rule: Rule):
    assert settled(rule, [0.0, 0.0], [[0.5, 0.9]], [[0.3, 0.6]], reference=0.42).tolist() == [0.42]


@pytest.mark.parametrize("name", MEANS)
def test_a_leader_pulls_the_outcome_by_its_weight(name: str):
    case = ([0.2, 0.5, 0.3], [[0.5, 0.9, 0.4]], [[0.3, 0.6, 0.7]])
    alone = settled(TABLE[name], *case)
    assert settled(TABLE[name], *case, leader=0, weight=0.25) == pytest.approx(0.25 * 0.3 + 0.75 * alone, abs=1e-12)


@EVERY
def test_every_block_of_draws_is_decided_alike(rule: Rule):
    chance = np.random.default_rng(1)
    draws = 150  # more than two blocks, the last one not full
    power, salience, position = (chance.uniform(size=shape) for shape in ((3, draws), (2, 3, draws), (2, 3, draws)))
    settings = np.repeat(DEFAULTS[:, None], draws, axis=1)
    flags, weight, reference = np.array([False, True, False]), np.full(draws, 0.3), np.full((2, draws), 0.1)
    whole, part = np.empty((2, draws)), np.empty((2, draws))
    rule.kernel(power, salience, position, flags, 2, weight, reference, settings, whole)
    for cut in (slice(0, 1), slice(1, 70), slice(70, draws)):
        some = [np.ascontiguousarray(a[..., cut]) for a in (power, salience, position, weight, reference, settings)]
        out = np.empty((2, cut.stop - cut.start))
        rule.kernel(some[0], some[1], some[2], flags, 2, some[3], some[4], some[5], out)
        part[:, cut] = out
    assert np.array_equal(whole, part)


def test_compiled_rules_and_plain_python_give_the_same_bits():
    def fingerprints(switch: str) -> str:
        settings = {**os.environ, "NUMBA_DISABLE_JIT": switch}
        run = subprocess.run([sys.executable, "-c", BITS], env=settings, capture_output=True, text=True, check=True)
        return run.stdout

    compiled = fingerprints("0").splitlines()
    assert [line.split()[0] for line in compiled] == list(TABLE)
    assert len(compiled[0].split()[1]) == len(hashlib.sha256().hexdigest())
    assert fingerprints("1").splitlines() == compiled


def test_the_weighted_mean_stands_first_in_the_table():
    assert next(iter(TABLE)) == "weighted_mean"


def test_every_rule_has_a_page_in_the_textbook_with_its_source():
    from pathlib import Path

    pages = Path(__file__).parents[2] / "docs" / "textbook" / "rules"
    for rule in TABLE.values():
        assert any(f"`{rule.name}`" in page.read_text(encoding="utf-8") for page in pages.glob("*.md")), rule.name


def test_leading_axes_are_free():
    power = np.array([POWER, POWER[::-1]])
    position = np.broadcast_to(POSITION, (5, 2, 3, 1))
    many = weighted_median(power, ONES, position)
    assert many.shape == (5, 2, 1)
    assert many[3, 1] == weighted_median(POWER[::-1], ONES, POSITION)


def test_an_exact_tie_of_the_median_lies_midway():
    assert weighted_median([1, 1], ONES[:2], [[0.2], [0.8]]) == pytest.approx([0.5])
    assert weighted_median([0.1, 0.2, 0.3], ONES, [[0.1], [0.4], [0.8]]) == pytest.approx([0.6])


def test_a_quota_coalition_must_hold_more_than_the_quota():
    assert quota([0.5, 0.5], ONES[:2], [[0.2], [0.8]]) == [0.8]
    assert quota([0.51, 0.49], ONES[:2], [[0.2], [0.8]]) == [0.2]


def test_a_coalition_of_exactly_the_quota_wins_with_the_leader_in_it():
    assert quota([0.5, 0.5], ONES[:2], [[0.2], [0.8]], leader=0) == [0.2]
    assert quota([0.5, 0.5], ONES[:2], [[0.2], [0.8]], leader=1) == [0.8]


def test_the_leader_of_a_quota_rule_weighs_more_and_the_others_less():
    # With lambda = 0.5 the leader holds 0.5 + 0.5 * 0.25 of the weight: more than the half that is needed.
    assert quota(POWER, ONES, [[0.9], [0.6], [0.1]], leader=2) == [0.6]
    assert quota(POWER, ONES, [[0.9], [0.6], [0.1]], leader=2, leader_weight=0.5) == [0.1]


def test_a_quota_of_one_asks_everybody():
    assert quota(POWER, ONES, POSITION, quota=1.0) == [0.9]
    assert quota(POWER, ONES, POSITION, quota=1.0, leader=0) == [0.9]


def test_a_veto_holder_with_power_must_accept():
    assert quota(POWER, ONES, POSITION, veto=[False, False, True]) == [0.9]
    assert quota(POWER, ONES, POSITION, veto=[True, False, False]) == [0.6]
    assert quota([0.5, 0.5, 0.0], ONES, POSITION, veto=[False, False, True]) == [0.6]


def test_a_demand_above_one_is_not_clipped():
    assert quota([0.4, 0.6], ONES[:2], [[0.5], [1.7]]) == [1.7]


def test_quantal_response_lies_between_the_median_and_the_mean():
    ends = weighted_median(POWER, ONES, POSITION)[0], weighted_mean(POWER, ONES, POSITION)[0]
    assert quantal(POWER, ONES, POSITION, noise=1e-9)[0] == pytest.approx(ends[0])
    assert quantal(POWER, ONES, POSITION, noise=1e9)[0] == pytest.approx(ends[1])
    assert min(ends) < quantal(POWER, ONES, POSITION, noise=0.2)[0] < max(ends)


def test_nash_bargaining_agrees_on_nothing_where_somebody_must_lose():
    assert nash_bargaining(POWER, ONES, POSITION, reference=[0.5]) == [0.5]


def test_nash_bargaining_with_one_actor_moves_all_the_way():
    assert nash_bargaining([1.0], [[1.0]], [[0.7]], reference=[0.2]) == pytest.approx([0.7], abs=1e-10)


def test_nash_bargaining_maximises_the_product_of_gains():
    found = nash_bargaining(POWER, ONES, POSITION, reference=[1.0])[0]
    grid = np.linspace(0.0, 0.9999, 200_001)
    place = np.array(POSITION)
    gains = np.maximum((1 - place) ** 2 - (grid - place) ** 2, 1e-300)
    assert found == pytest.approx(grid[np.argmax(np.array(POWER) @ np.log(gains))], abs=1e-5)


def test_capture_falls_back_to_compromise_when_the_captor_has_left():
    assert capture(POWER, ONES, POSITION, captor=2) == [0.9]
    assert capture([0.5, 0.5, 0.0], ONES, POSITION, captor=2) == pytest.approx([0.35])


def test_a_choice_follows_the_leader_or_the_pivot_and_lies_never_between():
    either = pivot_or_leader(POWER, ONES, POSITION, leader=0, follows_leader=[0, 1, 1, 0])
    assert either.ravel().tolist() == [0.6, 0.1, 0.1, 0.6]


def test_a_choice_without_a_leader_or_after_the_leader_has_left_follows_the_pivot():
    assert pivot_or_leader(POWER, ONES, POSITION, follows_leader=1) == [0.6]
    gone = [0.0, 0.6, 0.4]
    assert pivot_or_leader(gone, ONES, POSITION, leader=0, follows_leader=1) == weighted_median(gone, ONES, POSITION)


def test_a_unitary_polity_ignores_salience():
    assert unitary(POWER, [[0.1], [0.9], [0.5]], POSITION) == pytest.approx(weighted_mean(POWER, ONES, POSITION))
    assert unitary(POWER, ONES, POSITION, leader=0) == [0.1]
