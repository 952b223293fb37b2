"""Figures of chances: each revision has its dot, the outcome its mark, and names at the ends stand apart."""

from __future__ import annotations

import re
from datetime import date

from ripeness.ledger.scores.calibration import calibration
from ripeness.web.chance_figures import APART, ChanceLine, OutcomeMark, calibration_figure, history_figure

LINE = ChanceLine("Ana", (date(2026, 1, 1), date(2026, 4, 1)), (0.3, 0.1))
OTHER = ChanceLine("Ben", (date(2026, 2, 1),), (0.12,))


def figure(*lines, mark=None):
    return history_figure(lines, date(2026, 1, 1), date(2026, 12, 31), "Chance of “yes”", mark=mark)


def test_each_revision_has_a_dot_and_stands_until_the_next():
    drawn = figure(LINE, OTHER)
    assert drawn.count('class="dot') == 3
    path = re.search(r'd="(M[^"]+)" class="s0"', drawn)[1]
    assert path == "M0.00 70.00 L24.73 70.00 L24.73 90.00 L100.00 90.00"  # flat, then down on the day of the revision


def test_names_at_the_ends_of_lines_stand_apart():
    drawn = figure(LINE, OTHER)
    heights = [float(height) for height in re.findall(r'class="name s\d" style="bottom:([\d.]+)%', drawn)]
    assert abs(heights[0] - heights[1]) >= APART


def test_the_outcome_is_marked_where_the_right_answer_was():
    for happened, height, words in ((True, 100, "happened"), (False, 0, "did not happen")):
        drawn = figure(LINE, mark=OutcomeMark(date(2026, 7, 1), happened))
        assert f'class="truth" style="left:49.73%;bottom:{height}.00%"' in drawn
        assert f">{words}</em>" in drawn
    withdrawn = figure(LINE, mark=OutcomeMark(date(2026, 7, 1), None))
    assert "truth" not in withdrawn
    assert ">withdrawn</em>" in withdrawn


def test_what_people_write_is_no_markup():
    drawn = figure(ChanceLine("<script>", (date(2026, 1, 1),), (0.5,)))
    assert "<script>" not in drawn
    assert "&lt;script&gt;" in drawn


def test_calibration_says_in_words_what_it_draws_and_draws_another_hollow():
    bins = calibration([0.1, 0.1, 0.8], [0, 1, 1])
    drawn = calibration_figure(bins, "Title", "below", beside=bins, names=("one", "other"))
    assert "said 10 %, happened 50 % of 2" in re.search(r'aria-label="([^"]+)"', drawn)[1]
    assert drawn.count('class="dot s0" style') == drawn.count('class="dot hollow" style') == len(bins)
    assert drawn.count("whisker") == len(bins)
