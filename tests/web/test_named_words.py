"""What an answer is of is said in the names of its scenario, and in the words that the page offers."""

from __future__ import annotations

from types import SimpleNamespace

from ripeness.scenario.read import read_scenario
from ripeness.web.questions import named_words
from ripeness.workbench.verbs import question_of


def words_of(verb, word, case="tigray-2022-08"):
    result = SimpleNamespace(setup=SimpleNamespace(scenario=read_scenario(case)))
    return named_words((word,), question_of(verb), result)


def test_sides_and_outcomes_go_by_their_names():
    assert words_of("options", "whose options: ethiopia") == ("whose options: Ethiopia",)
    assert words_of("indicators", "outcome: settlement") == ("outcome: peace agreement",)


def test_what_a_page_offers_under_words_of_its_own_stays():
    assert words_of("explain", "outcome: settlement") == ("outcome: settlement",)
    assert named_words(("outcome: settlement",), question_of("explain"), object()) == ("outcome: settlement",)
