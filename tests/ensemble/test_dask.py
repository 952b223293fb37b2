"""A cluster gives the same bits as threads."""

from __future__ import annotations

import numpy as np
import pytest

from ripeness.ensemble.design import Design
from ripeness.ensemble.engines import dask
from ripeness.ensemble.run import run
from ripeness.scenario.read import read_text
from ripeness.scenario.template import template
from ripeness.world.fault import Fault

distributed = pytest.importorskip("distributed")


@pytest.mark.slow
@pytest.mark.filterwarnings("ignore")
def test_a_cluster_gives_the_same_bits_as_threads():
    valley = read_text(template("minimal")).scenario
    design = Design(draws=400, horizon=6, chunk=64, kept=50)
    with distributed.Client(n_workers=2, threads_per_worker=1, processes=True, dashboard_address=None) as client:
        there = dask.run(valley, design, client=client)
    here = run(valley, design)
    for mine, theirs in ((here.results, there.results), (here.album, there.album)):
        assert list(mine) == list(theirs)
        for name in mine:
            assert np.array_equal(mine[name], theirs[name], equal_nan=True), name
    assert np.array_equal(here.inputs, there.inputs)


def test_an_unknown_link_is_refused_before_any_work_is_sent():
    with pytest.raises(Fault, match="not a causal link"):
        dask.run(read_text(template("minimal")).scenario, Design(draws=8), cuts=["x"], client=object())
