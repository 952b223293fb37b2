"""Tables of the backtest in a narrow terminal."""

from __future__ import annotations

from ripeness.show.terminal import as_text
from ripeness.validation.backtest.councils_eu import CouncilScore
from ripeness.validation.show.backtest_tables import councils


def test_a_split_table_names_its_rows_in_each_part():
    row = CouncilScore("challenge-scholz-table2", "weights", "second half", 353, 23.6, 21.1, 26.2, 1.5, -0.4, 3.3)
    text = as_text(councils([row]), 80)
    assert "(continued)" in text
    assert text.count("challenge-scholz-table2") == text.count("weights") == 2
