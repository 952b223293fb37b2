"""The table of armed allies: one table in a terminal of 80 columns, however long the names are."""

import pytest

from ripeness.show.ally_tables import ally_tables
from ripeness.show.forecast_tables import tables_as_text
from ripeness.study.armed_allies import WAYS, AllyForecast
from ripeness.study.weighted_statistics import MeanEstimate, ShareEstimate

NAMES = {"march": "Regional security forces of the northern march", "crown": "Federal Democratic Republic of the crown"}
SELDOM, HALF, ALWAYS = (
    ShareEstimate(p, low, high, 2000) for p, low, high in ((0, 0, 0.0005), (0.5, 0.4, 0.6), (1, 0.9995, 1))
)


@pytest.mark.parametrize("way", WAYS)
def test_it_fits_into_80_columns_whatever_an_ally_does(way):
    halved = dict.fromkeys(WAYS, HALF)
    always = dict.fromkeys(WAYS, SELDOM) | {way: ALWAYS}
    allies = [
        AllyForecast("march", "crown", ways, HALF, ALWAYS, MeanEstimate(1.0, 0.9, 1.0)) for ways in (halved, always)
    ]
    (table,) = ally_tables(allies, NAMES)
    shown = tables_as_text(table, 80)
    assert "continued" not in shown
    assert all(len(line) <= 80 for line in shown.splitlines())
