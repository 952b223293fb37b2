"""Who has most say: sure only where no seed would say otherwise, with the decisions that carry it, or unknown."""

from __future__ import annotations

from dataclasses import replace
from itertools import combinations

import numpy as np
import pytest

from ripeness.scenario.read import read_scenario
from ripeness.show.strongest_tables import strongest_sentence
from ripeness.study.who_decides.certainty import certainty, probability_error
from ripeness.study.who_decides.council_likelihood import council_likelihood
from ripeness.study.who_decides.evidence import collect_evidence
from ripeness.study.who_decides.posterior import sample_posterior
from ripeness.study.who_decides.power import learnt_in_words, power_rankings, power_shares
from ripeness.study.who_decides.prior import FLAT, PriorBelief
from ripeness.study.who_decides.strongest import strongest_faction
from ripeness.validation.inference.simulated_polity import POLITY, simulate_polity

SEEDS = (1, 2, 3, 4)
QUICK = {"repeats": 3, "particles": 300}


@pytest.fixture(scope="module")
def simulated():
    """A polity of three factions that chose twenty times."""
    return simulate_polity(0)


@pytest.fixture(scope="module")
def posteriors(simulated):
    return [sample_posterior(simulated.likelihood, seed=seed, **QUICK) for seed in SEEDS]


@pytest.fixture(scope="module")
def one_sided(simulated):
    """The same polity, in which f0 gets its way thirty times against two others, one of which leads."""
    items = []
    for n in range(30):
        item, stances = simulated.items[n % len(simulated.items)], {"f0": 0, "f1": 1, "f2": 2}
        items.append(replace(item, id=f"d{n}", alternatives=(None, None, None), at=0.0, stances=stances, coded=0.0))
    factions = simulated.scenario.polities[POLITY].factions
    led_by = {key: faction.model_copy(update={"leads": key == "f2"}) for key, faction in factions.items()}
    polity = simulated.scenario.polities[POLITY].model_copy(update={"factions": led_by})
    scenario = simulated.scenario.model_copy(update={"polities": simulated.scenario.polities | {POLITY: polity}})
    council = replace(simulated, scenario=scenario, items=tuple(items)).likelihood
    return [sample_posterior(council, seed=seed, repeats=4, particles=1000) for seed in SEEDS]


def test_no_seed_turns_a_ranking_around_that_is_printed_as_sure(simulated, one_sided):
    orders = []
    for seed, posterior in zip(SEEDS, one_sided, strict=True):
        rankings = power_rankings(posterior, simulated.scenario.start, seed)
        orders.append({(row.above, row.below): row.sure for row in rankings})
    assert any(sure for order in orders for sure in order.values())
    for order, other in combinations(orders, 2):
        for (above, below), sure in order.items():
            assert not sure or (above, below) in other


@pytest.mark.parametrize(("case", "polity"), [("japan-1945", "japan"), ("ukraine-2023-03", "russia")])
def test_no_seed_turns_the_strongest_faction_of_a_case_around(case, polity):
    scenario = read_scenario(case)
    items = collect_evidence(scenario).of(polity)
    for kind in ("stated", "flat"):
        council = council_likelihood(scenario, polity, items, belief=PriorBelief(kind))
        answers = [
            strongest_faction(sample_posterior(council, seed=seed, **QUICK), scenario.start, kind, seed)
            for seed in SEEDS
        ]
        certain = {answer.faction for answer in answers if answer.certainty != "open"}
        assert len(certain) <= 1
        assert not certain or {answer.faction for answer in answers} == certain


def test_the_error_of_a_probability_is_no_less_than_its_spread_over_runs(posteriors):
    posterior = posteriors[0]
    runs = np.array([0.2, 0.5, 0.8])
    happens = np.concatenate([np.arange(300) < 300 * share for share in runs]).astype(float)
    assert probability_error(happens, posterior) == pytest.approx(runs.std(ddof=1) / np.sqrt(3))
    assert certainty(0.99, 0.02) == "likely"


def test_chances_of_all_factions_add_up(simulated, posteriors):
    answer = strongest_faction(posteriors[0], simulated.scenario.start, FLAT)
    assert sum(answer.chances.values()) == pytest.approx(1)
    assert answer.p == max(answer.chances.values())
    assert answer.prior_p == pytest.approx(1 / 3)


def test_a_decision_that_is_left_out_by_weights_changes_as_one_that_was_never_known(simulated, posteriors):
    answer = strongest_faction(posteriors[0], simulated.scenario.start, FLAT)
    assert answer.decisions
    decision = answer.decisions[0]
    n = [item.id for item in simulated.items].index(decision.item)
    council = replace(simulated, items=(*simulated.items[:n], *simulated.items[n + 1 :])).likelihood
    without = sample_posterior(council, repeats=4, particles=1000)
    power = council.power(without.unknowns)[-1]
    leads = (power.argmax(axis=0) == council.factions.index(answer.faction)).mean()
    assert answer.p - leads == pytest.approx(decision.change, abs=0.05)


def test_where_nothing_is_observed_that_tells_the_answer_says_so(simulated):
    blank = replace(simulated, items=tuple(replace(item, doubt=1 - 1e-9) for item in simulated.items))
    posterior = sample_posterior(blank.likelihood, **QUICK)
    answer = strongest_faction(posterior, simulated.scenario.start, FLAT)
    assert not answer.tells
    assert answer.certainty == "open"
    assert answer.decisions == ()
    assert "nothing can be told" in strongest_sentence(answer, {})
    assert {row.learnt for row in power_shares(posterior, simulated.scenario.start)} <= {"nothing", "little"}


def test_a_faction_that_gets_its_way_every_time_has_most_say(simulated, one_sided):
    answer = strongest_faction(one_sided[0], simulated.scenario.start, FLAT)
    assert (answer.faction, answer.certainty, answer.tells) == ("f0", "sure", True)
    assert "most say lies with f0: sure" in strongest_sentence(answer, {})


def test_what_was_learnt_counts_a_moved_mean_as_much_as_a_narrower_interval():
    assert learnt_in_words(-0.3, 0.0) == "nothing"
    assert learnt_in_words(-0.3, 1.2) == "much"
    assert learnt_in_words(0.55, 0.0) == "much"


def test_stated_power_is_no_discovery():
    """Where the case alone makes a faction the strongest, the sentence says that decisions add nothing."""
    scenario = read_scenario("ukraine-2023-03")
    items = collect_evidence(scenario).of("china")
    council = council_likelihood(scenario, "china", items)
    answer = strongest_faction(sample_posterior(council, **QUICK), scenario.start, "stated")
    assert answer.faction == "leadership"
    assert not answer.tells
    assert "add nothing to speak of" in strongest_sentence(answer, {})
