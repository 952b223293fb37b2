"""Evidence left out: shares from the draws at hand agree with what the sampler itself says without an item."""

from __future__ import annotations

import numpy as np
import pytest

from ripeness.study.who_decides.knock_out import knock_outs
from ripeness.study.who_decides.left_out import answer_without, evidence_draws, read_evidence_draws
from ripeness.workbench.infer import infer
from ripeness.world.fault import ArgumentFault


@pytest.fixture(scope="module")
def weighed():
    answer = infer(
        "japan-1945", polities=["japan"], particles=400, repeats=3, knots=1, known=True, knock_out=False, widths=(1.0,)
    )
    return answer.found.weighed["japan"]


@pytest.fixture(scope="module")
def draws(weighed):
    return evidence_draws(weighed[0].posterior)


def test_with_all_evidence_the_shares_are_those_of_the_posterior(weighed, draws):
    posterior = weighed[0].posterior
    power = posterior.council.power(posterior.unknowns)[-1]
    means = [share.mean for share in answer_without(draws).shares]
    assert means == pytest.approx(power.mean(axis=1))
    assert sum(share.leads for share in answer_without(draws).shares) == pytest.approx(1)


def test_without_any_evidence_the_shares_are_those_before_it(draws):
    answer = answer_without(draws, draws.items)
    assert answer.reliable
    assert [share.mean for share in answer.shares] == pytest.approx(draws.before.mean(axis=1))
    assert all(share.leads == pytest.approx(share.led) for share in answer.shares)


def test_without_one_item_the_shares_are_those_of_its_knock_out(weighed, draws):
    moved = 0
    for row in knock_outs(weighed):
        if row.what != "item":
            continue
        answer = answer_without(draws, [row.name])
        moved += abs(row.by) > 0.005
        for share in answer.shares:
            assert abs(share.mean - row.power[share.faction]) < 4 * max(share.error, 0.003), (row.name, share)
    assert moved > 1  # else the comparison says nothing


def test_errors_grow_as_fewer_draws_say_what_would_hold_and_too_few_say_nothing(draws):
    with_all = answer_without(draws)
    sizes = [answer_without(draws, [item]).effective for item in draws.items]
    assert all(size > 0 for size in sizes)
    telling = draws.items[int(np.argmin(sizes))]
    assert answer_without(draws, [telling]).shares[0].error >= with_all.shares[0].error
    few = type(draws)(
        draws.factions,
        draws.items,
        1,
        8.0,
        draws.after[:, :8],
        draws.after_by_item[:, :8],
        draws.before[:, :8],
        draws.before_by_item[:, :8],
    )
    assert not answer_without(few, [telling]).reliable


def test_draws_are_read_as_they_were_kept(draws):
    again = read_evidence_draws(draws.plain())
    assert again.items == draws.items
    for first, second in zip(answer_without(draws).shares, answer_without(again).shares, strict=True):
        assert first.mean == pytest.approx(second.mean, abs=1e-3)


@pytest.mark.parametrize("widths", [(), (0.0,), (-1.0,), (100.0,), (1.0,) * 10])
def test_widths_that_are_none_are_refused(widths):
    with pytest.raises(ArgumentFault, match="above 0"):
        infer("japan-1945", widths=widths)
