"""Pools of judges against closed forms and published numbers."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.stats import chi2, norm

from ripeness.scenario.judge_seeds import SeedTruth
from ripeness.scenario.judge_sheet import JudgeSheet
from ripeness.study.elicitation.agreement import number_agreement
from ripeness.study.elicitation.compositions import close_powers
from ripeness.study.elicitation.cooke import calibration_score, information_score, judge_scores, score_quantiles
from ripeness.study.elicitation.opinion_pools import mix_opinions, multiply_opinions
from ripeness.study.elicitation.opinions import Opinions, opinions_of
from ripeness.study.elicitation.pool import METHODS, pool_sheets
from ripeness.study.table_agreement import interval_alpha
from ripeness.workbench.elicit import POOLS
from ripeness.world.fault import Fault
from ripeness.world.quantity import Z90, Quantity, Scale

POSITION = "polities.x.factions.{}.positions.terms".format
POWER = "polities.x.factions.{}.power".format


def share(best, low, high):
    return Quantity("interval", (best, low, high), 0.0, 1.0, "share", Scale.LOGIT)


def plain(best, low, high):
    return Quantity("interval", (best, low, high), -1e6, 1e6, "m")


def sheet(judge, numbers, seeds=(), abstained=()):
    return JudgeSheet(judge, Path(f"{judge}.xlsx"), dict(numbers), dict(seeds), tuple(abstained))


def normals(centres, deviations):
    zeros = np.zeros(len(centres), dtype=bool)
    centre, deviation = np.array(centres, dtype=float), np.array(deviations, dtype=float)
    return Opinions(centre, deviation, deviation, zeros, Scale.PLAIN)


centre = st.floats(-5, 5)
deviation = st.floats(0.05, 5)


@settings(max_examples=40, deadline=None)
@given(judges=st.lists(st.tuples(centre, deviation, st.floats(0.01, 1)), min_size=1, max_size=5))
def test_normals_multiply_to_the_normal_of_the_closed_form(judges):
    centres, deviations, weights = map(np.array, zip(*judges, strict=True))
    weights = weights / weights.sum()
    precision = (weights / deviations**2).sum()
    mean = (weights * centres / deviations**2).sum() / precision
    expected = norm(mean, precision**-0.5).ppf([0.05, 0.5, 0.95])
    assert multiply_opinions(normals(centres, deviations), weights) == pytest.approx(expected, abs=1e-7)


@settings(max_examples=40, deadline=None)
@given(judges=st.lists(st.tuples(centre, deviation, deviation, st.floats(0.01, 1)), min_size=1, max_size=5))
def test_a_mixture_has_the_quantiles_at_which_its_distribution_is_the_level(judges):
    centres, below, above, weights = map(np.array, zip(*judges, strict=True))
    opinions = Opinions(centres, below, above, np.zeros(len(centres), dtype=bool), Scale.PLAIN)
    weights = weights / weights.sum()
    quantiles = mix_opinions(opinions, weights)
    reached = weights @ opinions.cumulative(quantiles)
    assert reached == pytest.approx([0.05, 0.5, 0.95], abs=1e-9)


def test_two_normals_far_apart_mix_to_the_quantiles_of_each_half():
    quantiles = mix_opinions(normals([-100, 100], [1, 2]), np.array([0.5, 0.5]))
    assert quantiles[[0, 2]] == pytest.approx([-100 + norm.ppf(0.1), 100 + 2 * norm.ppf(0.9)], abs=1e-6)


@settings(max_examples=20, deadline=None)
@given(judges=st.lists(st.tuples(centre, deviation, deviation, st.floats(0.05, 1)), min_size=2, max_size=4))
def test_lopsided_densities_multiply_to_what_a_fine_grid_sums_up(judges):
    centres, below, above, weights = map(np.array, zip(*judges, strict=True))
    weights = weights / weights.sum()
    opinions = Opinions(centres, below, above, np.zeros(len(centres), dtype=bool), Scale.PLAIN)
    t = np.linspace((centres - 10 * below).min(), (centres + 10 * above).max(), 50_001)
    distance = t - centres[:, None]
    spread = np.where(distance < 0, below[:, None], above[:, None])
    log_density = weights @ (-0.5 * (distance / spread) ** 2 - np.log(spread))
    mass = np.cumsum(np.exp(log_density - log_density.max()))
    on_grid = np.interp([0.05, 0.5, 0.95], mass / mass[-1], t)
    assert multiply_opinions(opinions, weights) == pytest.approx(on_grid, abs=3e-4 * np.ptp(t))


def test_judges_who_are_far_apart_and_sure_multiply_without_running_out_of_digits():
    quantiles = multiply_opinions(normals([0, 1000], [0.01, 0.01]), np.array([0.5, 0.5]))
    assert quantiles == pytest.approx([500 - 0.01 * Z90, 500, 500 + 0.01 * Z90], abs=1e-6)


@pytest.mark.parametrize("method", ["linear", "logarithmic"])
def test_judges_who_say_the_same_are_pooled_to_just_that(method):
    number = share(0.3, 0.1, 0.6)
    pooled = pool_sheets([sheet(judge, {POSITION("a"): number}) for judge in "ABC"], method)
    assert pooled.numbers[POSITION("a")].interval() == number.interval()
    assert pooled.agreement[0].between == 0
    assert pooled.agreement[0].overlap == pytest.approx(1, abs=1e-6)


def test_a_linear_pool_is_wider_than_its_judges_and_a_logarithmic_one_is_not():
    judges = [sheet("A", {POSITION("a"): share(0.3, 0.2, 0.4)}), sheet("B", {POSITION("a"): share(0.7, 0.6, 0.8)})]
    linear, product = (pool_sheets(judges, method).numbers[POSITION("a")].interval() for method in METHODS[:2])
    assert linear[2] - linear[0] > 0.5
    assert product[2] - product[0] < 0.25
    assert product[1] == pytest.approx(0.5, abs=1e-6)


def test_the_pools_that_are_declared_are_those_that_there_are():
    assert POOLS == METHODS


def test_who_has_no_opinion_has_no_part_in_the_pool_and_borrows_it():
    judges = [
        sheet("A", {POSITION("a"): share(0.3, 0.2, 0.4), POSITION("b"): share(0.5, 0.4, 0.6)}),
        sheet("B", {POSITION("a"): share(0.7, 0.6, 0.8)}, abstained=[POSITION("b"), POSITION("c")]),
        sheet("C", {POSITION("a"): share(0.5, 0.4, 0.6)}, abstained=[POSITION("b"), POSITION("c")]),
    ]
    pooled = pool_sheets(judges)
    assert pooled.numbers[POSITION("b")].interval() == (0.4, 0.5, 0.6)
    assert (pooled.opinions[POSITION("a")], pooled.opinions[POSITION("b")]) == (3, 1)
    assert pooled.unjudged == (POSITION("c"),)
    assert pooled.of_judge("B")[POSITION("b")].centre == 0.5
    assert pooled.of_judge("B")[POSITION("a")].centre == 0.7


@settings(max_examples=25, deadline=None)
@given(
    powers=st.lists(st.tuples(*[st.floats(0.02, 0.9)] * 4), min_size=2, max_size=4),
    method=st.sampled_from(["linear", "logarithmic"]),
)
def test_pooled_powers_of_a_polity_sum_to_one(powers, method):
    judges = [
        sheet(f"J{n}", {POWER(name): share(x, x / 2, (1 + x) / 2) for name, x in zip("abcd", row, strict=True)})
        for n, row in enumerate(powers)
    ]
    pooled = pool_sheets(judges, method)
    assert sum(number.centre for number in pooled.numbers.values()) == pytest.approx(1, abs=1e-5)
    for numbers in pooled.judged.values():
        assert sum(number.centre for number in numbers.values()) == pytest.approx(1, abs=1e-5)


def test_closing_moves_all_powers_by_one_factor_and_keeps_their_width_in_log_odds():
    def logit(x):
        return np.log(x / (1 - x))

    numbers = {POWER("a"): share(0.6, 0.5, 0.7), POWER("b"): share(0.3, 0.2, 0.4), POWER("c"): share(0.3, 0.25, 0.35)}
    closed = close_powers(numbers)
    assert [closed[path].centre for path in numbers] == pytest.approx([0.5, 0.25, 0.25], abs=1e-6)
    for path, number in numbers.items():
        widths = [logit(high) - logit(low) for low, _, high in (number.interval(), closed[path].interval())]
        assert widths[1] == pytest.approx(widths[0], abs=1e-4)


def test_no_logarithmic_pool_holds_two_certainties_and_a_linear_one_does():
    exact = [Quantity("point", (x,), 0.0, 1.0, "share") for x in (0.3, 0.6)]
    judges = [sheet(judge, {POSITION("a"): number}) for judge, number in zip("AB", exact, strict=True)]
    with pytest.raises(Fault, match=r"certain of 0\.3 and of 0\.6"):
        pool_sheets(judges, "logarithmic")
    low, _, high = pool_sheets(judges).numbers[POSITION("a")].interval()
    assert (low, high) == pytest.approx((0.3, 0.6), abs=1e-3)


# Published: the lecture notes on structured expert judgement of the Delft University of Technology score a judge with
# 4, 3, 0, 1 of eight answers in the four intervals at .00027, from shares rounded to two digits.
def test_calibration_is_as_published_up_to_their_rounding():
    assert calibration_score((4, 3, 0, 1)) == pytest.approx(0.00027, abs=0.00002)
    rounded = 0.5 * np.log(0.5 / 0.05) + 0.38 * np.log(0.38 / 0.45) + 0.12 * np.log(0.12 / 0.05)
    assert chi2.sf(2 * 8 * round(rounded, 2), 3) == pytest.approx(0.00027, abs=0.000005)


def test_calibration_is_one_for_a_perfect_judge_and_falls_with_every_surprise():
    scores = [calibration_score((1 + n, 9 - n, 9, 1)) for n in range(6)]
    assert scores[0] == 1
    assert scores == sorted(scores, reverse=True)
    assert scores[5] < 0.05


# Published: Goulet, Jacques and Pigeon 2009, "expert: Modeling Without Data Using Expert Opinion", The R Journal 1(1):
# three experts, two seed questions, quantiles at 10, 50 and 90 %. Their aggregate has its breaks at the weighted means
# of the quantiles, 512931, 563423 and 628864. Its chi-squared has as many degrees of freedom as there are seeds less
# one, not three as in Cooke 1991; with theirs the breaks come out to the last digit, which checks the information.
EXPERTS = {
    "E1": ([0.14, 0.22, 0.28], [130_000, 150_000, 200_000], [350_000, 400_000, 525_000]),
    "E2": ([0.2, 0.3, 0.4], [165_000, 205_000, 250_000], [550_000, 600_000, 650_000]),
    "E3": ([0.2, 0.4, 0.52], [200_000, 400_000, 500_000], [625_000, 700_000, 800_000]),
}


def test_information_is_as_published():
    stated = {
        name: {"a": np.array(first, dtype=float), "b": np.array(second, dtype=float)}
        for name, (first, second, _) in EXPERTS.items()
    }
    levels = (0.1, 0.5, 0.9)
    scores = score_quantiles(stated, {"a": SeedTruth(0.27), "b": SeedTruth(210_000)}, 0.0, levels)
    assert [score.hits for score in scores] == [(0, 0, 1, 1), (0, 1, 1, 0), (0, 2, 0, 0)]
    expected_shares = np.diff([0, *levels, 1])
    weights = []
    for score in scores:
        seen = np.array(score.hits) / 2
        used = seen > 0
        divergence = (seen[used] * np.log(seen[used] / expected_shares[used])).sum()
        assert score.calibration == pytest.approx(chi2.sf(4 * divergence, 3))
        weights.append(chi2.sf(4 * divergence, 2 - 1) * score.information)
    aggregate = np.array(weights) / sum(weights) @ np.array([row[2] for row in EXPERTS.values()])
    assert np.round(aggregate).tolist() == [512_931, 563_423, 628_864]


def test_a_uniform_judge_has_no_information_and_a_narrow_one_much():
    span = (0.0, 1.0)
    assert information_score(np.array([0.05, 0.5, 0.95]), span) == pytest.approx(0, abs=1e-12)
    assert information_score(np.array([0.49, 0.5, 0.51]), span) > 2


def test_a_figure_without_a_logarithm_is_refused_where_the_key_compares_by_ratios():
    answers = {"A": {"q": plain(1, 0, 2)}, "B": {"q": plain(1, 0.5, 2)}}
    with pytest.raises(Fault, match="'A' answers the seed question 'q' with 0, which has no logarithm"):
        judge_scores(answers, {"q": SeedTruth(1.0, logarithmic=True)}, cutoff=0.0)


def test_performance_gives_no_weight_to_who_misses_and_says_so_where_all_miss():
    truths = {f"q{n}": SeedTruth(10.0) for n in range(10)}
    good = {f"q{n}": plain(9 + 0.25 * n, 7 + 0.25 * n, 12 + 0.25 * n) for n in range(10)}
    bad = {f"q{n}": plain(2, 1, 3) for n in range(10)}
    judges = [
        sheet(name, {POSITION("a"): number}, seeds)
        for name, number, seeds in (("A", share(0.3, 0.2, 0.4), good), ("B", share(0.7, 0.6, 0.8), bad))
    ]
    pooled = pool_sheets(judges, "performance", truths)
    assert pooled.weights == {"A": 1.0, "B": 0.0}
    assert pooled.numbers[POSITION("a")].interval() == (0.2, 0.3, 0.4)
    assert pooled.scores[1].calibration < 1e-6
    alike = pool_sheets(judges, "linear", truths)
    assert alike.weights == {"A": 0.5, "B": 0.5}
    assert [score.judge for score in alike.scores] == ["A", "B"]
    with pytest.raises(Fault, match=r"no judge is calibrated at 0\.05"):
        judge_scores({"B": bad}, truths)
    with pytest.raises(Fault, match=r"'B' has not answered the seed question 'q0'"):
        judge_scores({"A": good, "B": {}}, truths)
    with pytest.raises(Fault, match="name their true values"):
        pool_sheets(judges, "performance")


# Published: Krippendorff 2011, "Computing Krippendorff's alpha-reliability", section E: four observers, twelve units,
# alpha for interval data .849.
def test_alpha_is_as_published():
    none = np.nan
    table = np.array(
        [
            [1, 2, 3, 3, 2, 1, 4, 1, 2, none, none, none],
            [1, 2, 3, 3, 2, 2, 4, 1, 2, 5, none, 3],
            [none, 3, 3, 3, 2, 3, 4, 2, 2, 5, 1, none],
            [1, 2, 3, 3, 2, 4, 4, 1, 2, 5, 1, none],
        ]
    )
    assert interval_alpha(table) == pytest.approx(0.849, abs=0.0005)


def test_between_judges_lies_what_their_medians_vary_beyond_their_ranges():
    numbers = [plain(0, -Z90, Z90), plain(2, 2 - Z90, 2 + Z90)]
    agreement = number_agreement(POSITION("a"), ["A", "B"], numbers)
    assert agreement.between == pytest.approx(1 / (1 + 1))
    assert agreement.overlap == pytest.approx(2 * norm.cdf(-1), abs=1e-4)
    assert (agreement.lowest_judge, agreement.highest_judge) == ("A", "B")


def test_judges_share_the_scale_of_their_numbers_else_the_plain_one():
    assert opinions_of([share(0.3, 0.2, 0.4), share(0.5, 0.4, 0.6)]).scale is Scale.LOGIT
    touching = Quantity("interval", (0.1, 0.0, 0.2), 0.0, 1.0, "share")
    assert opinions_of([share(0.3, 0.2, 0.4), touching]).scale is Scale.PLAIN


def test_a_pool_takes_two_judges_and_a_method_that_there_is():
    with pytest.raises(Fault, match="two judges or more"):
        pool_sheets([sheet("A", {})])
    with pytest.raises(Fault, match="did you mean 'linear'"):
        pool_sheets([sheet("A", {}), sheet("B", {})], "linar")
