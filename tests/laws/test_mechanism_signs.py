"""Signs of the mechanisms over the ranges that are shipped: in both templates, and in every version of every shipped case.

No parameter is tuned to see an effect: every number is drawn as in a run, and a lever moves what it names, on the same
parameter samples and random draws. `SIGNS` states for each lever the share of samples that must move as the theory
says: one half and more where the sign is strong, a floor below what was measured (by three standard errors of a share
over the samples) where it is weak, and nothing where a war has none. The opposite way goes at most one sample in ten,
unless `WRONG` says why more do.

Laws that speak of one equation (no zone, no deal; Wittman; the linear law; effort; Mueller; the cascade; exit; symmetry)
are asked of that equation in the other modules.
"""

from __future__ import annotations

from functools import cache

import numpy as np
import pytest

from ripeness.ensemble.design import Design
from ripeness.scenario.read import read_scenario, read_text
from ripeness.scenario.template import template
from ripeness.study.mechanisms import faction_levers, war_levers
from ripeness.study.mechanisms.lever import LONGER, Lever, LeverArm, LeverContext, NumberMove, lever_context
from ripeness.study.mechanisms.measure import LeverRuns
from ripeness.study.mechanisms.samples import sample_signs

SAMPLES = 48
REPLICATIONS = {"minimal": 256, "full": 256}  # templates are cheap; others take 128
STRONG, MOST_WRONG = 0.5, 0.1
WARS = (
    "minimal",
    "full",
    *(f"ukraine-2023-03/{version}" for version in ("public", "essay", "ceasefire")),
    *(f"japan-1945/{version}" for version in ("public", "throne", "revisionist")),
)
LEVERS = {
    name: getattr(module, name)
    for module in (faction_levers, war_levers)
    for name in vars(module)
    if getattr(getattr(module, name), "__module__", "") == module.__name__ and not name.startswith("_")
}
SIGNS: dict[str, dict[str, float]] = {}
WRONG: dict[tuple[str, str], float] = {}
