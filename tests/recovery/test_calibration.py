"""Laws that made a record are found again in it, and laws that left no trace are not."""

from __future__ import annotations

from dataclasses import replace
from math import nan

import numpy as np
import pytest

from ripeness.validation.calibrate import measure
from ripeness.validation.calibrate.posterior import contraction
from ripeness.validation.calibrate.prior import parameter_prior
from ripeness.validation.calibrate.search import search
from ripeness.validation.calibrate.simulated_wars import simulate_kind
from ripeness.validation.history.record import OUTCOMES, Camp, PastWar

KIND = (False, "personal", "accountable")
WARS = 60


def record_of(scores):
    """A record of wars fought under known laws."""
    values = parameter_prior().values(scores)
    runs = simulate_kind(KIND, values, WARS, 77)
    outcome = measure.recorded_outcome(runs, values)
    deaths = runs.losses * 1000
    return [
        PastWar(
            n + 1,
            f"war {n + 1}",
            n + 2,
            1900,
            f"1900-01-{n % 28 + 1:02d}",
            Camp("a", forces=200, polity=-8, deaths=float(deaths[0, n])),
            Camp("b", forces=200, polity=8, deaths=float(deaths[1, n])),
            OUTCOMES[outcome[n]],
            float(runs.months[n]),
        )
        for n in range(WARS)
    ]


@pytest.fixture(scope="module")
def found():
    """Two searches: in records made under a low and under a high hazard of settlement and deadliness of battle."""
    names = parameter_prior().names
    fits = []
    for sign in (-1.3, 1.3):
        scores = np.zeros((1, len(names)))
        scores[0, names.index("settle")] = sign
        scores[0, names.index("lethality")] = -sign
        fits.append(search(record_of(scores), 5, points=200, rounds=4, runs_per_war=2))
    return fits


def test_laws_that_differed_between_two_records_are_told_apart(found):
    low, high = ({one.name: one for one in contraction(fit)} for fit in found)
    assert low["settle"].shift < high["settle"].shift - 1
    assert low["lethality"].shift > high["lethality"].shift + 1
    assert low["lethality"].contraction > 0.5


def test_controls_do_not_shrink(found):
    """So small a search shrinks a number of which the record knows nothing by .2 with sd .25,
    so their mean is asked.
    """
    moved = [one for fit in found for one in contraction(fit)]
    controls = [one for one in moved if one.control]
    known = [one.contraction for one in moved if one.name in ("settle", "lethality")]
    assert len(controls) == 4
    assert np.mean([one.contraction for one in controls]) < min(0.55, np.min(known) - 0.2)
    assert abs(np.mean([one.shift for one in controls])) < 0.7


def test_a_war_of_unknown_length_is_asked_for_its_outcome_alone():
    wars = record_of(np.zeros((1, len(parameter_prior().names))))[:8]
    blind = [replace(war, months=nan) for war in wars]
    fit = search(blind, 1, points=20, rounds=1, runs_per_war=2)
    assert np.isfinite(fit.wars).all()
