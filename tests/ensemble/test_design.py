"""The nested design: which runs share inputs, and in which chunks they are fought."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from ripeness.ensemble.design import Design
from ripeness.world.fault import Fault

COUNTS = st.integers(1, 700)


@given(COUNTS, st.integers(1, 20), st.integers(1, 300), st.integers(0, 100))
def test_chunks_hold_every_draw_once_and_keep_the_first_ones(draws, per_point, chunk, kept):
    design = Design(draws=draws, per_point=per_point, chunk=chunk, kept=kept)
    spans = list(design.spans())
    assert np.array_equal(np.concatenate([span.draws() for span in spans]), np.arange(draws))
    assert sum(span.kept > 0 for span in spans) == -(-min(kept, draws) // chunk)
    assert max(span.first + span.kept for span in spans if span.kept or kept == 0) >= min(kept, draws)


@given(COUNTS, st.integers(1, 20), st.integers(1, 300))
def test_every_draw_takes_the_inputs_of_its_point_whatever_the_chunk(draws, per_point, chunk):
    design = Design(draws=draws, per_point=per_point, chunk=chunk)
    taken = np.concatenate([span.points()[span.point_of_draw()] for span in design.spans()])
    assert np.array_equal(taken, np.arange(draws) // per_point)
    assert taken[-1] + 1 == design.points


@pytest.mark.parametrize(
    "wrong", [{"draws": 0}, {"per_point": 0}, {"horizon": 0}, {"workers": 0}, {"seed": -1}, {"chunk": 0}]
)
def test_a_design_that_cannot_be_run_is_refused_by_name(wrong):
    with pytest.raises(Fault, match=next(iter(wrong))):
        Design(**wrong)


@pytest.mark.parametrize(
    ("name", "value"), [("draws", "8"), ("draws", 8.5), ("draws", True), ("seed", None), ("horizon", "6")]
)
def test_what_is_no_whole_number_is_a_fault_that_names_it(name, value):
    with pytest.raises(Fault, match=f"{name} is .*a whole number from .* is wanted"):
        Design(**{name: value})
