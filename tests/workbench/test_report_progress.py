"""A report says how far all of its work is, and stops where it is told to."""

from __future__ import annotations

import pytest

import ripeness
from ripeness.workbench.report_parts import declared_sections


class Stop(Exception):
    """Told to stop."""


def test_the_studies_of_a_report_are_counted_after_its_wars_and_it_stops_when_told():
    wars, studies = [], []

    def stop(done, total):
        studies.append((done, total))
        if done == 2:
            raise Stop

    with pytest.raises(Stop):
        ripeness.report("japan-1945", draws=64, horizon=3, progress=lambda *so_far: wars.append(so_far), parts=stop)
    assert wars[-1] == (64, 64)
    assert studies == [(1, len(declared_sections())), (2, len(declared_sections()))]
