"""Disagreement: shares of the variance between versions, held against functions whose shares are known."""

from __future__ import annotations

import numpy as np
import pytest

from ripeness.study.disagreement import BATCHES, HybridDesign, outcome_replicates, split_variance

GROUPS = ("power", "positions", "traits", "conduct", "resources", "laws")


def contents_of(levels):
    """Versions whose content in a group is a number."""
    return {name: dict(zip(GROUPS, values, strict=False)) for name, values in levels.items()}


def split_of(levels, function, noise=0.0, seed=1):
    """Split the variance of a function of the levels; noise is independent from mixture to mixture."""
    design, rng = HybridDesign(contents_of(levels)), np.random.default_rng(seed)
    values = {}
    for source in design.sources:
        point = {group: design.contents[name][group] for group, name in source}
        batches = function(point) + noise * BATCHES**0.5 * rng.standard_normal(BATCHES)
        left_out = (batches.sum() - batches) / (BATCHES - 1)
        values[source] = np.concatenate([[batches.mean()], left_out])[:, None]
    (split,) = split_variance(design, values)
    return design, split


def additive(point):
    return 0.3 + 0.1 * point.get("power", 0) + 0.05 * point.get("positions", 0)


def test_parts_of_a_sum_are_the_covariances_with_it():
    levels = {"a": (0, 0), "b": (1, 1), "c": (2, -1)}
    _, split = split_of(levels, additive)
    answers = np.array([additive(dict(zip(GROUPS, point, strict=False))) for point in levels.values()])
    of_power = np.cov([0.1 * point[0] for point in levels.values()], answers, bias=True)[0, 1]
    shares = {part.group: part.share for part in split.parts}
    assert split.clear
    assert split.deviation == pytest.approx(answers.std())
    assert shares["power"] == pytest.approx(of_power / answers.var())
    assert sum(shares.values()) == pytest.approx(1)


@pytest.mark.parametrize("n_groups", [3, 6])
def test_what_two_groups_do_together_is_halved(n_groups):
    levels = {"a": (0,) * n_groups, "b": (1,) * n_groups}
    _, split = split_of(levels, lambda point: 0.2 * point["power"] * point["traits"] + 0.1 * point["positions"])
    shares = {part.group: part.share for part in split.parts}
    assert shares["power"] == pytest.approx(1 / 3)
    assert shares["traits"] == pytest.approx(1 / 3)
    assert shares["positions"] == pytest.approx(1 / 3)


def test_a_group_that_works_against_the_difference_has_a_share_below_zero():
    _, split = split_of({"a": (0, 0), "b": (1, -1)}, additive)
    shares = {part.group: part.share for part in split.parts}
    assert shares["power"] == pytest.approx(2)
    assert shares["positions"] == pytest.approx(-1)


def test_effects_of_a_pair_add_up_to_its_difference():
    levels = {"a": (0, 0, 1), "b": (1, 1, 0), "c": (1, 2, 3)}
    _, split = split_of(levels, lambda point: 0.1 * point["power"] + 0.02 * point["positions"] * point["traits"])
    of_pair = [part.difference for part in split.pairs if (part.first, part.second) == ("b", "c")]
    assert sum(of_pair) == pytest.approx(0.12)


def test_noise_alone_is_not_called_a_disagreement():
    levels = {"a": (0, 0, 0), "b": (1, 1, 1), "c": (2, 2, 0)}
    clear = [split_of(levels, lambda point: 0.3, noise=0.01, seed=seed)[1].clear for seed in range(60)]
    assert np.mean(clear) <= 0.2


def test_intervals_of_shares_cover_the_share():
    levels = {"a": (0, 0), "b": (1, 1)}
    covered = []
    for seed in range(80):
        _, split = split_of(levels, additive, noise=0.004, seed=seed)
        part = next(part for part in split.parts if part.group == "power")
        covered.append(part.low <= 2 / 3 <= part.high)
    assert 0.8 <= np.mean(covered) <= 0.98


def test_few_groups_are_taken_in_every_order_and_many_in_one_and_its_reverse():
    few = HybridDesign(contents_of({"a": (0,) * 4, "b": (1,) * 4}))
    many = HybridDesign(contents_of({"a": (0,) * 6, "b": (1,) * 6}))
    assert len(few.sources) == 2**4
    assert len(many.sources) == 2 + 2 * 5


def test_versions_that_say_the_same_of_a_group_share_its_mixtures():
    design = HybridDesign(contents_of({"a": (0, 0), "b": (1, 0), "c": (1, 1)}))
    assert design.pair_groups(("b", "c")) == ("positions",)
    assert len(design.sources) == 4


def test_replicates_begin_with_the_answer_and_leave_each_part_out():
    import ripeness

    result = ripeness.run("japan-1945", draws=2_000, horizon=12, ignore_record=True)
    replicates = outcome_replicates(result.ensemble, 12)
    assert replicates.shape[0] == BATCHES + 1
    assert replicates[0] == pytest.approx([row.p for row in result.answered_outcomes], abs=1e-12)
    assert replicates[1:].mean(axis=0) == pytest.approx(replicates[0], abs=2e-3)
