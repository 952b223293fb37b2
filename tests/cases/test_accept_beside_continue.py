"""In no shipped case is accepting better for a faction whose terms it violates, without the answer saying why."""

from __future__ import annotations

import numpy as np
import pytest

from ripeness.ensemble.design import Design
from ripeness.scenario.case import cases_folder, read_case, shipped_case_names
from ripeness.scenario.read import read_scenario
from ripeness.study.arms import simulate_arm
from ripeness.study.options.policy import built_in_policies, select_policies
from ripeness.study.options.reasons import OFTEN, reasons
from ripeness.study.ripeness.opening_situation import opening_at_samples
from ripeness.war.prepare import prepare
from ripeness.world.outcome import CEASEFIRE, FROZEN, SETTLEMENT, SURRENDER_TO_FIRST, SURRENDER_TO_SECOND

CODINGS = [(name, coding) for name in shipped_case_names() for coding in read_case(cases_folder() / name).codings]
DESIGN = Design(draws=160, per_point=2, horizon=24, kept=0)


@pytest.fixture(scope="module", params=CODINGS, ids=["/".join(version) for version in CODINGS])
def scenario(request):
    return read_scenario(*request.param)


@pytest.mark.parametrize("side", [0, 1])
def test_accept_above_continue_below_own_terms_has_a_reason_that_adds_up(scenario, side):
    war = prepare(scenario, DESIGN.horizon)
    polity = war.sides[side].key
    policies = select_policies(built_in_policies(war, scenario, polity, 0), ["accept"])
    arms = [simulate_arm(scenario, DESIGN, policy.name, policy.words, orders=policy.orders) for policy in policies]
    _, opened = opening_at_samples(scenario, DESIGN)
    explained = {(r.polity, r.faction): r for r in reasons(arms, polity, opened, np.ones(DESIGN.draws))}
    for faction, terms, more, ends_below in judged(arms, opened, war, side):
        if more > 0 and ends_below >= OFTEN:
            reason = explained.pop((polity, faction))
            assert reason.more.mean == pytest.approx(more, abs=1e-4)
            assert reason.below == pytest.approx(ends_below)
            assert reason.stated == pytest.approx(np.median(terms), abs=0.02)
            assert reason.share + reason.fighting + reason.fate + reason.terms == pytest.approx(more, abs=1e-4)
            assert max(reason.share, reason.fighting, reason.fate, reason.terms) > 0
            assert 0 <= reason.bluff <= 1
    assert not explained


def judged(arms, opened, war, side):
    """Each faction of the polity: terms by sample, worth more than to continue, share of runs that end below them."""
    go_on, accept = (arm.ensemble for arm in arms)
    first_row = sum(other.factions for other in war.sides[:side])
    own = accept.results["share"] if side == 0 else 1 - accept.results["share"]
    surrender = (SURRENDER_TO_SECOND, SURRENDER_TO_FIRST)[side]
    agreed = np.isin(accept.code, (SETTLEMENT, FROZEN, CEASEFIRE, surrender))
    for f, faction in enumerate(war.sides[side].faction_keys):
        terms = opened.belligerents()[side].stated[war.sides[side].terms][f]
        row = first_row + f
        more = accept.results["value"][row].astype(float) - go_on.results["value"][row]
        if war.sides[side].terms_stated[f] >= 0:
            yield faction, terms, more.mean(), (agreed & (own < terms[accept.point] - 1e-4)).mean()
