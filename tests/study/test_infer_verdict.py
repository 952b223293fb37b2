"""The verdict: which items carry it, no verdict where the prior's width turns it, and the ranking beside it."""

from __future__ import annotations

from dataclasses import replace
from itertools import combinations
from math import exp, log

import numpy as np
import pytest
from simulated import decisions, polity

from ripeness.scenario.schema import Observation
from ripeness.show.forecast_tables import tables_as_text
from ripeness.show.who_decides_tables import tables
from ripeness.study.who_decides.answer import who_decides
from ripeness.study.who_decides.bayes_factors import bayes_factors, compare_classes, weigh_readings
from ripeness.study.who_decides.readings import candidates

FEW = {"at_medians": True, "repeats": 3, "particles": 400, "widths": (1.0,), "knots": 1}


@pytest.fixture(scope="module")
def found():
    """A north whose leader decides alone, far from the country's stated interests."""
    luck = np.random.default_rng(8)
    places = np.array([np.full(6, 0.8), np.full(6, 0.4), np.full(6, 0.3)])
    scenario = polity(luck, 3, positions=places, country=np.full(6, 0.3), noise=0.1)
    items = decisions(scenario, luck, 5, np.array([1 - 2e-9, 1e-9, 1e-9]))
    evidence = tuple(
        Observation.model_validate(
            {
                "id": one.id,
                "date": one.on,
                "polity": "north",
                "issue": one.issue,
                "position": one.at,
                "grade": "A1",
                "source": "s",
            }
        )
        for one in items
    )
    return who_decides(scenario.model_copy(update={"evidence": evidence}), **FEW)


def test_the_captor_is_found_and_the_items_that_carry_it_are_named(found):
    assert (found.verdicts[0].best, found.verdicts[0].tells) == ("captured", True)
    assert found.carried[0].log_ratio > 1
    text = tables_as_text(tables(found, {}))
    assert f"Items that carry it: {found.carried[0].item}" in text


def test_what_an_item_carries_is_what_the_odds_lose_without_it(found):
    one = found.verdicts[0]
    kinds = {row.reading: row.kind for row in found.readings}

    def odds(weights):
        part = {kind: sum(w for key, w in weights.items() if kinds[key] == kind) for kind in (one.best, one.second)}
        return log(part[one.best] / part[one.second])

    with_all = odds({row.reading: row.weight for row in found.readings})
    without = {row.name: odds(row.weights) for row in found.knock_out if row.what == "item"}
    for row in found.carried:
        assert row.log_ratio == pytest.approx(with_all - without[row.item], abs=0.15)


def test_every_pair_is_ranked_at_every_date_and_neighbours_are_marked(found):
    factions, dates = {row.faction for row in found.power}, {row.date for row in found.power}
    for on in dates:
        pairs = [row for row in found.ranking if row.date == on]
        assert {frozenset((row.above, row.below)) for row in pairs} == set(map(frozenset, combinations(factions, 2)))
        assert sum(row.apart == 1 for row in pairs) == len(factions) - 1
        mean = {row.faction: row.mean for row in found.power if row.date == on}
        assert all(mean[row.above] >= mean[row.below] for row in pairs)


def test_widths_of_the_compared_classes_alone_give_the_same_verdict_and_the_same_bits():
    luck = np.random.default_rng(5)
    scenario = polity(luck, 3)
    items, few = decisions(scenario, luck, 4, np.full(3, 1 / 3)), {"repeats": 2, "particles": 100, "at_medians": True}
    all_widths = weigh_readings(candidates(scenario, "north"), items, **few)
    compared_only = weigh_readings(candidates(scenario, "north"), items, only_compared=True, **few)
    assert compare_classes(compared_only) == compare_classes(all_widths)
    verdict = compare_classes(all_widths)
    for full, fewer in zip(all_widths, compared_only, strict=True):
        is_compared = full.candidate.kind in {verdict.best, verdict.second} or full.candidate.key == "factional"
        assert fewer.by_width == (full.by_width if is_compared else {1.0: full.by_width[1.0]})
    assert any(len(reading.by_width) == 1 for reading in compared_only)
    assert bayes_factors(compared_only) == tuple(
        row
        for row in bayes_factors(all_widths)
        if row.width == 1.0 or any(row.width in r.by_width for r in compared_only if r.candidate.key == row.reading)
    )


def test_where_the_width_of_the_prior_turns_the_sign_there_is_no_verdict():
    luck = np.random.default_rng(3)
    scenario = polity(luck, 3)
    two = [one for one in candidates(scenario, "north") if one.key in ("factional", "unitary")]
    weighed = weigh_readings(
        two,
        decisions(scenario, luck, 4, np.full(3, 1 / 3)),
        **{k: FEW[k] for k in ("at_medians", "repeats", "particles")},
    )
    best, other = sorted(weighed, key=lambda one: -one.posterior.log_evidence)
    sure = replace(
        best,
        by_width=dict.fromkeys(best.by_width, other.posterior.log_evidence + 8),
        sd=0.0,
        posterior=replace(best.posterior, log_evidence=other.posterior.log_evidence + 8),
    )
    even = replace(other, by_width=dict.fromkeys(other.by_width, other.posterior.log_evidence))
    assert compare_classes([sure, even]).tells
    turned = replace(sure, by_width=sure.by_width | {4.0: other.posterior.log_evidence - 1})
    told = compare_classes([turned, even])
    assert not told.tells
    assert "The data cannot tell" in told.sentence
    assert "the sign changes with the width of the prior" in told.sentence
    noisy = replace(sure, sd=5.0)
    assert "within the sampler's noise" in compare_classes([noisy, even]).sentence
    named = scenario.polities["north"].model_copy(update={"name": "The North"})
    polities = {"polities": {"north": named}}
    reading = replace(sure.candidate, scenario=scenario.model_copy(update=polities))
    sentence = compare_classes([replace(sure, candidate=reading), even]).sentence
    assert "reading of The North is" in sentence
    assert sentence.endswith("log Bayes factor +8.0 over prior widths from 1/4 to 4.")  # the same under each: once


def test_prior_mass_goes_to_classes_first(found):
    mass = {}
    for row in found.readings:
        mass[row.kind] = mass.get(row.kind, 0.0) + row.prior
    assert set(mass) == {"factional", "unitary", "captured"}
    assert all(share == pytest.approx(1 / 3) for share in mass.values())
    weights = {row.reading: row.prior * exp(row.log_evidence) for row in found.readings}
    whole = sum(weights.values())
    assert {row.reading: row.weight for row in found.readings} == pytest.approx(
        {k: w / whole for k, w in weights.items()}
    )
