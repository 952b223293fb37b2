"""Every decision rule decides every issue of a war; a stake that can be shared in some ways only is shared in those."""

from __future__ import annotations

import numpy as np
import pytest
import yaml

from ripeness.decision.rules import RULE_NAMES
from ripeness.ensemble.design import Design
from ripeness.ensemble.run import run
from ripeness.scenario.read import read_text
from ripeness.scenario.template import template
from ripeness.world.outcome import SETTLEMENT


def valley():
    """The full template as plain data, without its events."""
    return yaml.safe_load(template("full")) | {"events": {}}


@pytest.mark.parametrize("rule", RULE_NAMES)
def test_a_war_can_be_decided_by_any_rule_from_terms_to_aid(rule):
    data = valley()
    for polity, captor in (("north", "army"), ("east", "makers")):
        for issue in data["polities"][polity]["issues"].values():
            issue["rule"] = f"capture:{captor}" if rule == "capture" else rule
    found = run(
        read_text(yaml.safe_dump(data, sort_keys=False)).scenario, Design(draws=128, per_point=1, kept=8, horizon=6)
    )
    assert all(
        np.isfinite(page).all() for name, page in found.results.items() if name not in {"renewed_month", "truce_first"}
    )
    decided, positions = found.album["north.decided"][0], found.album["north.position"][0]
    assert (decided >= positions.min(axis=1) - 1e-6).all()
    assert (decided <= positions.max(axis=1) + 1e-6).all()
    if rule == "capture":
        assert np.allclose(decided, positions[:, 1])


def test_terms_of_an_indivisible_stake_are_among_the_shares_that_are_allowed():
    data = valley()
    data["stake"]["allowed"] = [0.3, 0.7]
    found = run(
        read_text(yaml.safe_dump(data, sort_keys=False)).scenario, Design(draws=1000, per_point=1, kept=0)
    ).results
    terms = found["share"][found["code"] == SETTLEMENT]
    assert len(terms) > 50
    assert set(np.unique(terms.round(6))) == {np.float32(0.3), np.float32(0.7)}
