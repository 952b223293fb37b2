"""End to end: one number moved from its low to its high end, and the few that matter found among many."""

from __future__ import annotations

import pytest

from ripeness.study.end_to_end import leading_by_groups, measured_months
from ripeness.workbench.bench import Bench
from ripeness.workbench.whatif import whatif
from ripeness.world.fault import Fault


@pytest.fixture(scope="module")
def bench():
    return Bench("japan-1945", draws=256, horizon=18)


def test_a_number_that_acts_moves_what_it_should_and_one_that_cannot_moves_nothing(bench):
    effect = bench.end_to_end("events.soviet-entry.hazard")
    assert effect.months == measured_months(bench.stated.ensemble.horizon)
    assert effect.differences["fighting"][-1].mean < 0
    idle = bench.end_to_end("polities.japan.country.traits.optimism")
    assert all(move.mean == 0 for moves in idle.differences.values() for move in moves)


def test_it_is_the_difference_of_two_what_ifs(bench):
    path, month = "talks.mediation", 18.0
    low, _, high = bench._numbers()[path].interval()
    ends = [whatif("japan-1945", {path: value}, draws=256, horizon=18).value.arms[-1].outcomes for value in (low, high)]
    shares = [next(row.share.p for row in rows if row.outcome == "settlement") for rows in ends]
    moved = bench.end_to_end(path).differences["settlement"][-1]
    assert month in measured_months(18.0)
    assert moved.low <= shares[1] - shares[0] <= moved.high


def test_an_unknown_number_is_refused(bench):
    with pytest.raises(Fault, match="no number stands at 'talks.meditation'"):
        bench.end_to_end("talks.meditation")


def test_the_strongest_are_found_by_groups_with_few_tests():
    weights = {f"n{n:03}": 0.0 for n in range(160)} | {"n017": 3.0, "n090": 2.0, "n151": 1.0}
    tests = []

    def flipped(group):
        tests.append(group)
        return sum(weights[path] for path in group)

    assert leading_by_groups(sorted(weights), flipped, 6)[:3] == ("n017", "n090", "n151")
    assert len(tests) < 60


def test_what_is_watched_without_a_change_is_the_war_as_stated(bench):
    watched = bench.watch(month=12)
    assert watched.stated == watched.changed
    assert all(row.more.mean == 0 for row in watched.arms.value.arms[-1].outcomes)
    assert watched.months[-1] == bench.stated.ensemble.horizon
    changed = bench.watch({"events.soviet-entry.hazard": 0.0}, month=12)
    assert changed.changed["fighting"][12] > changed.stated["fighting"][12]
    assert changed.arms.value.horizon == 12
