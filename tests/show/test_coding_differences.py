"""Codings side by side: whether the answer differs, and where most."""

from __future__ import annotations

from dataclasses import replace
from math import nan

import pytest

from ripeness.show.coding_differences import coding_differences
from ripeness.workbench.run import run

NAMES = {"russia": "Russia", "ukraine": "Ukraine"}


@pytest.fixture(scope="module")
def told():
    return run("ukraine-2023-03", draws=64, horizon=6).answered_outcomes


def changed(outcomes, **p):
    """The outcomes with other probabilities, each known to within two hundredths."""
    return tuple(
        replace(
            row,
            p=p.get(row.outcome, 0.0),
            mc_low=p.get(row.outcome, 0.0) - 0.02,
            mc_high=p.get(row.outcome, 0.0) + 0.02,
        )
        if row.polity in (None, "russia")
        else replace(row, p=0.0, mc_low=0.0, mc_high=0.02)
        for row in outcomes
    )


def test_the_same_answer_under_all_is_said_so(told):
    calm = changed(told, fighting=0.7, settlement=0.3)
    near = changed(told, fighting=0.68, settlement=0.32)
    assert coding_differences({"public": calm, "essay": near}, NAMES) == (
        "The likeliest is the same under all: still fighting. "
        "No outcome differs between them by more than their Monte Carlo error."
    )


def test_other_answers_are_named_with_those_who_give_them(told):
    forecasts = {
        "public": changed(told, fighting=0.7, settlement=0.2, victory=0.1),
        "essay": changed(told, fighting=0.3, settlement=0.1, victory=0.6),
        "ceasefire": changed(told, fighting=0.6, settlement=0.4),
    }
    assert coding_differences(forecasts, NAMES) == (
        "The likeliest is still fighting under public and ceasefire; victory of Russia under essay. "
        "They part most on victory of Russia: 0 in 100 under ceasefire, 60 under essay."
    )


def test_an_outcome_that_nothing_is_known_of_is_passed_over(told):
    calm = changed(told, fighting=0.7, settlement=0.3)
    unknown = tuple(replace(row, p=nan) if row.polity == "russia" else row for row in changed(told, fighting=0.3))
    assert coding_differences({"public": calm, "essay": unknown}, NAMES).endswith(
        "They part most on still fighting: 30 in 100 under essay, 70 under public."
    )
