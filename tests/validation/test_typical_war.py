"""The default template, as shipped, is a war as the record has them: it ends as fast, and in the same ways."""

from __future__ import annotations

from itertools import pairwise

import numpy as np
import pytest
from scipy.stats import beta, chi2

from ripeness.ensemble.design import Design
from ripeness.ensemble.run import run
from ripeness.scenario.read import read_text
from ripeness.scenario.template import template
from ripeness.validation.calibrate import measure
from ripeness.validation.history.coding import channels

RUNS, HORIZON = 6144, 60
LOW, HIGH = 0.05, 0.95
# Derived counts of 57 interstate wars, 1823-2003 (Sarkees and Wayman 2010): ends, and war-months at risk.
EDGES = (0, *(int(edge) for edge in measure.EDGES))
ENDS, EXPOSURE = (9, 9, 13, 12, 9, 1), (52.9, 82.4, 96.2, 108.2, 96.5, 113.3)
# Share still fighting 6, 12 and 24 months later, of the wars that had lasted so many months.
LATER = (6, 12, 24)
STILL = {
    0: (0.45, 0.29, 0.12),
    3: (0.58, 0.38, 0.19),
    6: (0.64, 0.42, 0.25),
    10: (0.65, 0.43, 0.31),
    24: (0.89, 0.79, 0.63),
}
CLOSE = 0.06  # root mean square of the fifteen differences


@pytest.fixture(scope="module")
def wars():
    """Wars of the template from the day on which they began: how each run ended, and after how many months."""
    scenario = read_text(template("minimal")).scenario
    begun = scenario.model_copy(update={"start": scenario.began, "horizon": HORIZON})
    results = run(begun, Design(RUNS, per_point=4, kept=0)).results
    return np.asarray(results["code"]), np.asarray(results["months"])


def still_fighting(wars, month):
    code, months = wars
    return float(((code == 0) | (months > month)).mean())


def test_the_template_ends_as_fast_as_the_record(wars):
    code, months = wars
    for (low, high), ends, exposure in zip(pairwise(EDGES), ENDS, EXPOSURE, strict=True):
        least, most = chi2.ppf(LOW, 2 * ends) / 2 / exposure, chi2.ppf(HIGH, 2 * ends + 2) / 2 / exposure
        ended = ((code > 0) & (months > low) & (months <= high)).sum()
        hazard = ended / (np.clip(months, low, high) - low).sum()
        assert least <= hazard <= most, (low, high, hazard)


def test_the_template_ends_in_the_ways_of_the_record(wars):
    observed, _ = channels()
    place = measure.channel(wars[0])
    for n, count in enumerate(observed):
        least, most = beta.ppf(LOW, count, sum(observed) - count + 1), beta.ppf(HIGH, count + 1, sum(observed) - count)
        assert least <= (place[place >= 0] == n).mean() <= most, n


def test_wars_that_have_lasted_go_on_as_long_as_those_of_the_record(wars):
    gaps = [
        still_fighting(wars, fought + later) / still_fighting(wars, fought) - share
        for fought, shares in STILL.items()
        for later, share in zip(LATER, shares, strict=True)
    ]
    assert np.sqrt(np.mean(np.square(gaps))) < CLOSE
