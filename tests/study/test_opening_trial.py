"""The opening situation tried with other numbers: the same numbers move nothing, and the war is left as it was."""

import numpy as np

from ripeness.ensemble.design import Design
from ripeness.scenario.read import read_scenario
from ripeness.study.ripeness.opening_situation import open_situation, parameter_samples
from ripeness.study.ripeness.opening_trial import OpeningTrial

SAMPLES = 32


def trial_of(name):
    war, values = parameter_samples(read_scenario(name), Design(draws=SAMPLES, per_point=1))
    return OpeningTrial(war, values, np.ones(SAMPLES), (), open_situation(war, values))


def test_a_trial_that_changes_nothing_demands_what_is_stated():
    trial = trial_of("tigray-2022-08")
    for tried, stated in zip(trial.demands({}), trial.stated_demands(), strict=True):
        np.testing.assert_allclose(tried, stated, atol=1e-12)


def test_a_full_guarantee_widens_the_median_zone_and_leaves_the_samples_as_they_were():
    trial = trial_of("ukraine-2023-03")
    before = trial.values.copy()
    without, full = (trial.zone(trial.demands({"talks.guarantee": value})) for value in (0.0, 1.0))
    assert full > without
    np.testing.assert_array_equal(trial.values, before)
