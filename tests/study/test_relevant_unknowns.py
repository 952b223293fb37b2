"""Unknowns that no item depends on keep their prior; the likelihood depends on all the others."""

from __future__ import annotations

import numpy as np
import pytest

from ripeness.scenario.schema import Observation
from ripeness.study.who_decides.council_likelihood import council_likelihood
from ripeness.study.who_decides.evidence import collect_evidence
from ripeness.study.who_decides.posterior import sample_posterior
from ripeness.study.who_decides.prior import FLAT, PriorBelief
from ripeness.study.who_decides.relevant_unknowns import relevant_unknowns
from ripeness.validation.inference.simulated_polity import POLITY, scenario_of_polity
from ripeness.world.quantity import Quantity

PLACED = {"choice": "a", "alternatives": {"a": 0.2, "b": 0.8}}
ALL_STAND = PLACED | {"wanted": {"f0": "a", "f1": "b", "f2": "b"}}
TWO_STAND = PLACED | {"wanted": {"f0": "a", "f1": "b"}}
NAMED = {"choice": "a", "alternatives": ["a", "b"], "wanted": {"f0": "a", "f1": "b"}}
BY_DEGREE = {"position": Quantity("point", (0.5,), 0.0, 1.0, "share")}
ACT = {"act": "arrested", "favours": "f0", "against": "f1"}


def council(*decisions):
    """The likelihood of decisions of a polity of three factions, on as many issues as there are decisions."""
    scenario = scenario_of_polity(np.random.default_rng(1), 3, max(len(decisions), 2))
    seen = [
        Observation.model_validate(
            {"id": f"d{n}", "date": scenario.start, "polity": POLITY, "issue": f"issue{n}", "source": "s"}
            | {"grade": "A1"}
            | decision
        )
        for n, decision in enumerate(decisions)
    ]
    evidence = collect_evidence(scenario.model_copy(update={"evidence": tuple(seen)}))
    return council_likelihood(scenario, POLITY, evidence.items, belief=PriorBelief(FLAT))


CASES = [
    ((ALL_STAND,), 0),
    ((TWO_STAND,), 1),
    ((PLACED,), 3),
    ((NAMED,), 0),
    ((ALL_STAND, PLACED), 3),
    ((ALL_STAND, ALL_STAND | {"issue": "issue0"}, TWO_STAND), 1),
    ((ACT, ALL_STAND), 0),
]


@pytest.mark.parametrize(("decisions", "positions"), CASES)
def test_the_likelihood_depends_on_just_the_relevant_positions(decisions, positions):
    likelihood = council(*decisions)
    relevant = relevant_unknowns(likelihood)
    assert relevant.sum() == likelihood.prior.unknowns + positions + 2  # with the two numbers of a choice's conduct
    u = np.random.default_rng(2).standard_normal((likelihood.unknowns, 200))
    moved = u + np.where(relevant, 0.0, 1.0)[:, None]
    assert (likelihood.by_item(moved) == likelihood.by_item(u)).all()
    for k in np.flatnonzero(relevant[:-2])[likelihood.prior.unknowns :]:
        one_moved = u.copy()
        one_moved[k] += 1
        assert (likelihood.by_item(one_moved) != likelihood.by_item(u)).any()


def test_an_item_by_degree_depends_on_all_positions_on_its_issue_and_on_conduct():
    likelihood = council(BY_DEGREE, ALL_STAND)
    u = np.random.default_rng(2).standard_normal((likelihood.unknowns, 200))
    relevant = relevant_unknowns(likelihood)
    moved = u + np.where(relevant, 0.0, 1.0)[:, None]
    assert (likelihood.by_item(moved) == likelihood.by_item(u)).all()
    assert (~relevant).sum() == 3  # where factions stand on the issue of the choice


def test_what_no_item_depends_on_keeps_its_prior_beside_the_evidence():
    likelihood = council(ALL_STAND, ALL_STAND, ALL_STAND)
    posterior = sample_posterior(likelihood, particles=500, repeats=2)
    irrelevant = posterior.unknowns[~relevant_unknowns(likelihood)]
    assert len(irrelevant)
    assert np.abs(irrelevant.mean(axis=1)).max() < 0.15
    assert np.abs(irrelevant.std(axis=1) - 1).max() < 0.1
    assert (posterior.by_item == likelihood.by_item(posterior.unknowns)).all()
    assert len(np.unique(irrelevant[0])) == posterior.particles
