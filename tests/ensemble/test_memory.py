"""Memory grows with what is kept of a run, its results, and not with the inputs that it was given."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest

from ripeness.ensemble.design import Design
from ripeness.ensemble.run import run
from ripeness.scenario.read import read_text
from ripeness.scenario.template import template

pytestmark = [
    pytest.mark.slow,
    pytest.mark.skipif(not Path("/proc/self/status").exists(), reason="the peak of a process is read from /proc"),
]
FEW, MANY = 50_000, 400_000
SLACK = 110  # bytes a draw: the run's number, its point, temporaries; the inputs of a draw alone would be some 200
# The peak is that of this program alone: what `getrusage` says includes the process that started it.
PROGRAM = """
import sys
from pathlib import Path
import ripeness

def peak():
    line = next(line for line in Path("/proc/self/status").read_text().splitlines() if line.startswith("VmHWM"))
    return int(line.split()[1]) * 1024

file, draws, folder = sys.argv[1], int(sys.argv[2]), sys.argv[3]
ripeness.run(file, draws=64, horizon=1).save(folder + "-small")
result = ripeness.run(file, draws=draws, horizon=1)
print(peak())
result.save(folder)
print(peak())
"""


def peaks(folder, draws):
    command = [sys.executable, "-c", PROGRAM, folder / "war.yaml", draws, folder / f"kept-{draws}"]
    done = subprocess.run([*map(str, command)], capture_output=True, text=True, check=True)
    return np.array([int(line) for line in done.stdout.split()])


def test_neither_fighting_nor_keeping_more_wars_takes_memory_for_their_inputs(tmp_path):
    (tmp_path / "war.yaml").write_text(template("minimal"), encoding="utf-8")
    ensemble = run(read_text(template("minimal")).scenario, Design(draws=64, horizon=1))
    results = sum(array.nbytes for array in ensemble.results.values()) / 64
    inputs = ensemble.inputs.nbytes / 64
    fought, saved = (peaks(tmp_path, MANY) - peaks(tmp_path, FEW)) / (MANY - FEW)
    assert inputs > SLACK
    assert fought < results + SLACK
    assert saved < results + SLACK
