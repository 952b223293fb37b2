"""A story tells what happened in its run and nothing else."""

from __future__ import annotations

import re

import pytest

from ripeness.ensemble.design import Design
from ripeness.ensemble.single import single
from ripeness.scenario.read import read_scenario
from ripeness.show.story_words import story_paragraphs
from ripeness.study.story import Fact, QuietMonths, story
from ripeness.workbench.story import names_of
from ripeness.world.outcome import ENDS


@pytest.fixture(scope="module")
def japan():
    return read_scenario("japan-1945")


@pytest.mark.parametrize("draw", [0, 1, 5, 17, 40])
def test_every_story_starts_with_all_polities_covers_every_month_and_ends_as_its_run_did(japan, draw):
    course = single(japan, draw, Design(draws=1, horizon=12))
    found = story(course)
    end = next(one for one in ENDS if one.code == int(course.results["code"]))
    assert (found.closing.outcome, found.closing.how) == (end.outcome, end.how)
    opening = [part for part in found.parts if isinstance(part, Fact) and part.month == 0]
    assert {part.polity for part in opening if part.polity} == set(japan.polities)
    months = {0}
    for part in found.parts:
        months |= set(range(part.first, part.last + 1)) if isinstance(part, QuietMonths) else {part.month}
    assert months == set(range(course.steps + 1))


@pytest.mark.parametrize("draw", [2, 9])
def test_words_name_everybody_and_read_as_sentences(japan, draw):
    course = single(japan, draw, Design(draws=1, horizon=12))
    lines = story_paragraphs(story(course), names_of(japan), japan.start, course.war.step)
    text = " ".join(lines)
    assert lines[0].startswith(f"Simulation {draw}.")
    assert lines[-1].startswith(("The end,", "The horizon,"))
    for polity in japan.polities.values():
        assert polity.name in text
    assert "nan" not in text
    assert ".." not in text
    assert all(line.endswith(".") for line in lines)


def test_a_decision_is_told_with_who_wanted_what(japan):
    found = story(single(japan, 3, Design(draws=1, horizon=3)))
    terms = next(part for part in found.parts if isinstance(part, Fact) and part.what == "terms")
    assert {want.faction for want in terms.wants} == set(japan.polities[terms.polity].factions)
    assert abs(sum(want.power for want in terms.wants) - 1) < 1e-6


@pytest.mark.parametrize("case", ["colombia-2012-08", "ukraine-2023-03"])
def test_those_who_fell_before_the_start_are_not_counted_among_the_dead_of_quiet_months(case):
    scenario = read_scenario(case)
    for draw in range(4):
        run = story(single(scenario, draw, Design(draws=1, horizon=24)))
        quiet = [part.deaths for part in run.parts if isinstance(part, QuietMonths)]
        assert all(dead >= 0 for side in quiet for dead in side)
        assert all(
            0 < sum(side) <= whole + 1e-5  # a picture of the war has single precision
            for side, whole in zip(zip(*quiet, strict=True), run.closing.deaths, strict=True)
        )


def test_no_more_die_in_quiet_months_than_in_the_whole_war_and_an_ally_speaks_for_its_camp():
    ended_early = 0
    scenario = read_scenario("tests/laws/three_sided.yaml")
    for draw in range(8):
        course = single(scenario, draw, Design(draws=1, horizon=12))
        run = story(course)
        quiet = [part.deaths for part in run.parts if isinstance(part, QuietMonths)]
        totals = [sum(side) for side in zip(*quiet, strict=True)] if quiet else [0.0] * 3
        assert all(total <= whole + 1e-9 for total, whole in zip(totals, run.closing.deaths, strict=True))
        assert all(dead >= 0 for side in quiet for dead in side)
        ended_early += bool(quiet) and run.closing.months < 1
        text = " ".join(story_paragraphs(run, names_of(scenario), scenario.start, course.war.step))
        assert "march would settle for" not in text or "of the stake for its camp" in text
        assert not re.search("(,|and) 0 of march", text)
        assert not re.search("(crown|league) would settle for [0-9]+ % of the stake for its camp", text)
    assert ended_early
