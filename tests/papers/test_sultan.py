"""The sultan, 17 actors: Bueno de Mesquita 1997."""

from __future__ import annotations

import numpy as np
import pytest

from ripeness.decision.weighted_mean import weighted_mean
from ripeness.decision.weighted_median import weighted_median

# HAWKS IRAN RUSSIA IPEC GULF MILITARY KUWAIT TRIBALS RELIGIOUS BUSINESS SULTAN MAJLIS ABDULLAH FAHD USA NAZER EUR/JPN
CAPABILITY = [
    0.65,
    0.85,
    0.55,
    0.7,
    0.5,
    0.75,
    0.65,
    0.85,
    0.95,
    0.6,
    0.95,
    0.45,
    1.0,
    1.05,
    0.6,
    0.8,
    0.75,
]
POSITION = [
    14.25,
    14.20,
    14.20,
    14.10,
    14.10,
    14.00,
    14.00,
    13.95,
    13.90,
    13.75,
    13.40,
    13.35,
    13.25,
    13.00,
    13.00,
    12.90,
    12.85,
]
SALIENCE = [
    0.8,
    0.85,
    0.65,
    0.75,
    0.75,
    0.85,
    0.9,
    0.85,
    0.9,
    0.8,
    0.95,
    0.75,
    0.9,
    0.9,
    0.7,
    0.85,
    0.75,
]


def test_the_weighted_median_is_the_published_one():
    assert weighted_median(CAPABILITY, np.array(SALIENCE)[:, None], np.array(POSITION)[:, None]) == [13.9]


def test_the_weighted_mean_is_the_published_one():
    found = weighted_mean(CAPABILITY, np.array(SALIENCE)[:, None], np.array(POSITION)[:, None])
    assert found == pytest.approx([13.61991], abs=5e-6)
