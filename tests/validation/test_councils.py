"""Rules are scored on what they have not seen, and the intervals decide what is said of them."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from ripeness.scenario.council import shipped_councils
from ripeness.validation.councils.blind_scores import score_blind
from ripeness.validation.councils.compare import bootstrap_bodies, mean_gain, verdict
from ripeness.validation.councils.contender import coalition, contenders
from ripeness.validation.councils.grades import grade, tabulate_chances
from ripeness.validation.councils.noise import chances, option_table
from ripeness.validation.councils.sitting import sitting

RECORD = shipped_councils()
JAPAN = next(one for one in RECORD if one.id == "japan-1945-08-10")
DRAWS = 60


@pytest.fixture(scope="module")
def found():
    return score_blind(RECORD, draws=DRAWS)


def exactly(council):
    """The council with every range shut, so that each draw is what was coded."""
    members = tuple(
        replace(one, position_range=(one.position,) * 2, salience_range=(one.salience,) * 2) for one in council.members
    )
    return sitting(replace(council, members=members, status_quo_range=(council.status_quo,) * 2), draws=3)


def test_without_ranges_a_sitting_is_what_was_coded():
    table = exactly(JAPAN)
    assert np.allclose(table.position, JAPAN.position[:, None])
    assert np.allclose(table.status_quo, JAPAN.status_quo)


def test_nine_in_ten_draws_lie_inside_a_range_that_is_not_cut_off():
    whole = replace(JAPAN.members[0], position=0.5, position_range=(0.35, 0.65))
    table = sitting(replace(JAPAN, members=(whole, *JAPAN.members[1:])), draws=4000)
    assert abs(np.mean(np.abs(table.position[0] - 0.5) <= 0.15) - 0.9) < 0.02


def test_the_chances_of_the_options_sum_to_one_and_the_nearest_is_likeliest():
    options = np.array([0.0, 0.5, 1.0])
    assert np.allclose(option_table(options).sum(axis=-1), 1)
    given = chances(np.full((1, 5), 0.4), options, np.array([0.1]))[0, 0]
    direct = np.exp(-np.abs(options - 0.4) / 0.1)
    assert np.allclose(given, direct / direct.sum())


def test_no_contender_looks_at_the_decision():
    turned = replace(JAPAN, decided=3, decided_position=1.0, decided_range=(0.9, 1.0), leader_fared="outvoted")
    for one in contenders():
        ours, theirs = (one.outcomes(sitting(council, draws=5)) for council in (JAPAN, turned))
        assert np.array_equal(ours, theirs), one.name


def test_a_body_s_own_decisions_do_not_move_its_noise():
    one = contenders()[0]
    told = {
        grade.decision: grade
        for grade in grade(tabulate_chances(one, [sitting(c, draws=DRAWS) for c in RECORD]), RECORD)
    }
    turned = [replace(c, decided=0) if c.body_key == "japan_supreme_council" else c for c in RECORD]
    again = {
        grade.decision: grade
        for grade in grade(tabulate_chances(one, [sitting(c, draws=DRAWS) for c in turned]), turned)
    }
    assert told[JAPAN.id].noise == again[JAPAN.id].noise


def test_one_body_alone_has_nothing_to_be_fitted_on():
    one = contenders()[0]
    with pytest.raises(ValueError, match="other bodies"):
        grade(tabulate_chances(one, [exactly(JAPAN)]), [JAPAN])


def test_leader_decides_and_capture_by_the_leader_are_one():
    by_name = {one.name: one for one in contenders()}
    table = exactly(JAPAN)
    assert np.array_equal(by_name["capture"].outcomes(table), by_name["leader decides"].outcomes(table))
    whole = by_name["weighted_mean + leader"].outcomes(table)
    assert np.allclose(whole[-1], table.position[table.leader])


def test_a_coalition_moves_policy_away_from_where_it_stood_on_either_side_alike():
    table = replace(exactly(JAPAN), veto=np.zeros(len(JAPAN.members), dtype=bool))
    mirror = replace(table, position=1 - table.position, status_quo=1 - table.status_quo)
    settings = ((0.0, 0.55), (0.3, 0.75))
    assert np.allclose(coalition(settings, table), 1 - coalition(settings, mirror))


def test_without_a_coalition_policy_stays():
    split = replace(
        exactly(JAPAN),
        position=np.repeat(np.linspace(0, 1, len(JAPAN.members))[:, None], 3, axis=1),
        status_quo=np.full(3, 0.5),
        veto=np.zeros(len(JAPAN.members), dtype=bool),
    )
    assert np.allclose(coalition(((0.0, 0.95),), split), 0.5)


def test_every_sample_of_bodies_has_as_many_bodies_as_the_record():
    times = bootstrap_bodies(7, 1)
    assert np.all(times.sum(axis=1) == 7)
    assert abs(times.mean() - 1) < 1e-12
    assert abs(times.var() - 6 / 7) < 0.02


def test_an_interval_covers_a_mean_difference_of_nothing_about_nine_times_in_ten():
    luck = np.random.default_rng(3)
    bodies = [f"b{n}" for n in range(30)]
    inside = [verdict(mean_gain(luck.normal(size=30), np.zeros(30), bodies)) == 0 for _ in range(300)]
    assert 0.84 < np.mean(inside) < 0.95


def test_the_sentence_says_what_the_intervals_say(found):
    tested = [one for one in found.scores if one.kind in {"rule", "led"}]
    better = {one.contender for one in tested if one.against_leader.low > 0}
    assert set(found.better) == better
    assert found.sentence().startswith("No rule beats 'leader decides'") == (not better)
    flipping = {body for body, names in found.without.items() if bool(names) != bool(better)}
    assert set(found.flips) == flipping
    assert all(body in found.sentence() for body in flipping)


def test_a_flip_is_said_and_a_beaten_leader_is_named(found):
    scores = tuple(
        replace(
            one, against_leader=replace(one.against_leader, low=0.01 if one.contender == "weighted_median" else -0.1)
        )
        for one in found.scores
    )
    said = replace(found, scores=scores, flips=()).sentence()
    assert "1 of 17 rules beat 'leader decides'" in said
    assert "weighted_median" in said
    assert "Leaving out any single body does not change" in said


def test_calibration_counts_every_option_of_every_decision(found):
    options = sum(len(one.options) for one in RECORD)
    assert all(sum(part.n for part in bins) == options for bins in found.calibration.values())


def test_a_record_that_a_rule_made_is_told_by_that_rule():
    """Councils that always take the option nearest to their leader are told apart from all others."""
    obeyed = []
    for one in RECORD:
        nearest = int(np.abs(one.options - one.position[one.leader]).argmin())
        obeyed.append(replace(one, decided=nearest, decided_position=float(one.options[nearest])))
    told = score_blind(obeyed, draws=DRAWS)
    assert told.scores[0].contender in {"leader decides", "capture", "weighted_mean + leader", "pivot_or_leader"}
    assert told.of("weighted_mean").verdict == -1
    assert not told.better


def test_few_bodies_have_scores_and_no_intervals():
    few = [one for one in RECORD if one.country == "Japan"]
    told = score_blind(few, [one for one in RECORD if one.country != "Japan"], draws=DRAWS)
    assert "too few" in told.sentence()
    assert np.isnan(told.of("majority").against_leader.low)


def test_leaving_a_body_out_of_named_files_is_scoring_them_without_it():
    bodies = list(dict.fromkeys(one.body_key for one in RECORD))
    named = [one for one in RECORD if one.body_key in bodies[:7]]
    others = [one for one in RECORD if one.body_key in bodies[7:12]]
    whole = score_blind(named, others, draws=DRAWS)
    assert set(whole.without) == set(bodies[:7])
    for body in bodies[:2]:
        rest = score_blind([one for one in named if one.body_key != body], others, draws=DRAWS)
        assert whole.without[body] == tuple(
            one.contender
            for one in sorted(rest.scores, key=lambda one: list(rest.grades).index(one.contender))
            if one.kind in ("rule", "led") and one.verdict > 0
        )


@pytest.mark.parametrize(
    ("bodies", "words"), [(1, "1 body is too few"), (4, "4 bodies are too few"), (5, "is not known")]
)
def test_what_leaving_out_bodies_does_is_not_said_where_it_is_not_computed(bodies, words):
    keys = list(dict.fromkeys(one.body_key for one in RECORD))
    named = [one for one in RECORD if one.body_key in keys[:bodies]]
    others = [one for one in RECORD if one.body_key not in keys[:bodies]]
    sentence = score_blind(named, others, draws=20).sentence()
    assert words in sentence
    assert "Leaving out any single body" not in sentence
    assert f"fitted on {len(others)} shipped decisions" in sentence
