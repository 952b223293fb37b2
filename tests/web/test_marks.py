"""The mark of a scenario: its own text and what it builds on, looked up in a time that grows with the text."""

from __future__ import annotations

from time import perf_counter

import pytest

from ripeness.web.live_comparison import compare_live
from ripeness.web.questions import PageQuestion, mark_of
from ripeness.web.workspace import Subject
from ripeness.workbench.bench import Bench
from ripeness.workbench.verbs import question_of
from ripeness.world.fault import Fault

OVER_A_CASE = "base: ukraine-2023-03\ntitle: Mine\n"


def written(folder, text, name="mine"):
    path = folder / f"{name}.yaml"
    path.write_text(text, encoding="utf-8")
    return path


def test_a_scenario_over_a_shipped_case_has_a_mark(tmp_path):
    over_a_case, alone = mark_of(written(tmp_path, OVER_A_CASE), ""), mark_of(written(tmp_path, "title: Mine\n"), "")
    assert len(over_a_case) == 16
    assert over_a_case != alone


@pytest.mark.parametrize(
    "line", ["base: below.yaml", "base:   'below.yaml'  # what it builds on", 'base: "below.yaml"']
)
def test_a_mark_changes_with_the_base_beside_the_file(tmp_path, line):
    below = written(tmp_path, "title: Below\n", "below")
    mine = written(tmp_path, f"{line}\n")
    before = mark_of(mine, "")
    below.write_text("title: Other\n", encoding="utf-8")
    assert mark_of(mine, "") != before


def test_a_base_of_nothing_but_blanks_is_looked_at_in_no_time(tmp_path):
    mine = written(tmp_path, f"base:{' ' * 200_000}\n")
    began = perf_counter()
    mark_of(mine, "")
    assert perf_counter() - began < 2


def test_a_base_with_a_name_that_is_too_long_has_a_mark(tmp_path):
    assert mark_of(written(tmp_path, f"base: {'a' * 300}\n"), "")


def test_sliders_answer_what_the_bench_does_and_only_for_the_scenario_that_was_marked():
    war = PageQuestion(question_of("whatif")("japan-1945"), Subject("japan-1945"))
    live = compare_live(war, war.mark(), {"talks.mediation": 2.0}, ("audience->terms",))
    assert live.comparison == Bench("japan-1945").beside({"talks.mediation": 2.0}, ("audience->terms",)).value
    assert (live.question.case, live.question.draws, live.question.seed) == ("japan-1945", live.comparison.draws, 1)
    with pytest.raises(Fault, match="changed since"):
        compare_live(war, "another mark", {}, ())
