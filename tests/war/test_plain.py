"""The compiled loops and the same source run as plain Python fight the same wars."""

from __future__ import annotations

import os
import subprocess
import sys

import numpy as np
import pytest

from ripeness.scenario.input_sample import sample_inputs
from ripeness.scenario.read import read_text
from ripeness.scenario.template import template
from ripeness.war.conditions import Conditions
from ripeness.war.prepare import prepare
from ripeness.war.simulate import simulate
from ripeness.world.pathway_names import NAMES

RUNS, HORIZON = 32, 24


def fight():
    war = prepare(read_text(template("full")).scenario, HORIZON)
    draws = np.arange(RUNS, dtype=np.uint64)
    return simulate(war, sample_inputs(war.numbers, 1, draws), draws, Conditions(1, np.ones(len(NAMES))), kept=RUNS)


@pytest.mark.timeout(300)
def test_plain_python_gives_the_same_bits_as_the_compiled_loops(tmp_path):
    kept = tmp_path / "plain.npz"
    subprocess.run(
        [sys.executable, __file__, str(kept)], check=True, timeout=280, env=os.environ | {"NUMBA_DISABLE_JIT": "1"}
    )
    plain, chunk = np.load(kept), fight()
    compiled = chunk.results | {f"album/{name}": values for name, values in chunk.album.items()}
    assert set(plain.files) == set(compiled)
    for name in plain.files:
        assert np.array_equal(plain[name], compiled[name], equal_nan=True), name


if __name__ == "__main__":
    fought = fight()
    np.savez(sys.argv[1], **fought.results, **{f"album/{name}": values for name, values in fought.album.items()})
