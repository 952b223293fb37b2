"""Inputs that are drawn again when they are read are the bits with which the wars were fought."""

from __future__ import annotations

import numpy as np
import pytest

from ripeness.ensemble.design import Design
from ripeness.ensemble.inputs import InputMatrix, inputs_of
from ripeness.ensemble.run import run
from ripeness.scenario.read import read_scenario, read_text
from ripeness.scenario.template import template
from ripeness.war.prepare import prepare

DESIGN = Design(draws=2400, seed=3, horizon=2, chunk=56)


def powers_drawn_together(text):
    return text.replace("    regime: autocracy", "    power: 30 to 60\n    regime: autocracy")


@pytest.fixture(scope="module", params=["a shipped case", "powers drawn together", "numbers set by a study"])
def inputs(request):
    if request.param == "a shipped case":
        return inputs_of(prepare(read_scenario("japan-1945"), DESIGN.horizon), DESIGN.seed)
    if request.param == "powers drawn together":
        war = prepare(read_text(powers_drawn_together(template("minimal"))).scenario, DESIGN.horizon)
        assert war.sides[0].concentrated
        return inputs_of(war, DESIGN.seed)
    by_point = np.linspace(0.2, 0.8, DESIGN.points)
    war = prepare(read_text(template("minimal")).scenario, DESIGN.horizon)
    return inputs_of(war, DESIGN.seed, {"stake.held": by_point, "talks.mediation": 2.0})


@pytest.fixture(scope="module")
def explicit(inputs):
    """The matrix that the chunks' own inputs make."""
    chunks = [inputs.at(span.points())[inputs.varied].astype(np.float32) for span in DESIGN.spans()]
    return np.concatenate(chunks, axis=1)


@pytest.fixture(scope="module")
def matrix(inputs):
    return InputMatrix(inputs, DESIGN.points)


def test_the_whole_matrix_is_what_the_chunks_of_wars_take(matrix, explicit):
    assert matrix.shape == explicit.shape
    assert matrix.nbytes == explicit.nbytes
    assert np.array_equal(np.asarray(matrix), explicit)


@pytest.mark.parametrize(
    "key",
    [
        0,
        -1,
        slice(3, 40, 7),
        [5, 2, 2],
        (slice(None), [7, 0, 299]),
        ([8, 1], slice(10, 20)),
        (4, 17),
        (4, slice(None, None, -1)),
        (slice(0), slice(None)),
    ],
)
def test_any_part_is_that_part_of_the_whole(matrix, explicit, key):
    part = matrix[key]
    assert part.dtype == np.float32
    assert part.shape == explicit[key].shape
    assert np.array_equal(part, explicit[key])


def test_a_mask_of_rows_draws_these(matrix, explicit):
    mask = np.arange(len(explicit)) % 3 == 1
    assert np.array_equal(matrix[mask], explicit[mask])


def test_rows_come_one_after_the_other(matrix, explicit):
    assert all(np.array_equal(row, expected) for row, expected in zip(matrix, explicit, strict=True))


@pytest.mark.parametrize("key", [10**6, ([0, 1], [0, 1]), (0, 300)])
def test_what_is_not_there_is_refused(matrix, key):
    with pytest.raises(IndexError):
        matrix[key]


def test_nothing_is_shared_with_a_matrix_that_is_not_kept(matrix):
    with pytest.raises(ValueError, match="nothing to share"):
        np.asarray(matrix, copy=False)


def test_an_ensemble_tells_the_inputs_with_which_its_wars_were_fought():
    scenario = read_text(template("minimal")).scenario
    by_point = np.linspace(0.2, 0.8, DESIGN.points)
    ensemble = run(scenario, DESIGN, overrides={"stake.held": by_point})
    held = ensemble.inputs[ensemble.input_names.index("stake.held")]
    at_start = 1 / (1 + np.exp(-ensemble.album["front"][0]))
    assert np.array_equal(held, by_point.astype(np.float32))
    assert np.allclose(at_start, held[ensemble.point[: at_start.size]], atol=1e-6)
