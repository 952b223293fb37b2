"""Statements over time: decisions are read with the positions of their own day, and of none that is not yet known."""

from __future__ import annotations

from datetime import date

import numpy as np
import pytest
from simulated import polity

from ripeness.scenario.faction_form import FactionStatement
from ripeness.scenario.schema import Observation
from ripeness.study.who_decides.answer import who_decides
from ripeness.study.who_decides.council_likelihood import council_likelihood
from ripeness.study.who_decides.evidence import collect_evidence
from ripeness.study.who_decides.position_rows import position_marks, position_rows
from ripeness.study.who_decides.positions import position_course, position_offsets

ISSUE = "issue0"
FACTIONS = ("f0", "f1", "f2")


def scenario_with(said=(), decided=(), open_=0.1):
    """Three factions at .2, .5 and .8; what the first said, and what was decided, by date."""
    places = np.tile(np.array([[0.2], [0.5], [0.8]]), (1, 6))
    scenario = polity(np.random.default_rng(2), 3, positions=places, power=np.ones(3), noise=0.05, open_=open_)
    statements = tuple(
        FactionStatement.model_validate({"date": day, "issue": ISSUE, "position": at, "grade": "A1", "source": "s"})
        for day, at in said
    )
    evidence = tuple(
        Observation.model_validate(
            {"date": day, "polity": "north", "issue": ISSUE, "position": at, "grade": "A1", "source": "s"}
        )
        for day, at in decided
    )
    north = scenario.polities["north"]
    first = north.factions["f0"].model_copy(update={"statements": statements})
    moved = north.model_copy(update={"factions": north.factions | {"f0": first}})
    return scenario.model_copy(update={"polities": scenario.polities | {"north": moved}, "evidence": evidence})


def days_before(scenario, *days):
    return [date.fromordinal(scenario.start.toordinal() - day) for day in days]


def test_a_faction_that_said_nothing_keeps_its_position_on_every_day():
    scenario = scenario_with()
    early, late = days_before(scenario, 300, 3)
    scenario = scenario_with(decided=[(early, 0.5), (late, 0.5)])
    items = collect_evidence(scenario).of("north")
    course = position_course(scenario, "north", [ISSUE], items, FACTIONS)
    assert (course.carry == 1).all()
    assert (course.shift == 0).all()


def test_a_statement_moves_its_faction_on_the_days_around_it():
    early, late = days_before(scenario_with(), 300, 3)
    scenario = scenario_with(said=[(early, 0.9)], decided=[(early, 0.5), (late, 0.5)], open_=0.0)
    items = collect_evidence(scenario).of("north")
    offsets = position_offsets(scenario, "north", [ISSUE], items, FACTIONS)
    assert offsets[0, 0] == pytest.approx(0.7, abs=0.02)
    assert abs(offsets[1, 0]) < 0.05
    assert (offsets[:, 1:] == 0).all()


def test_the_drawn_position_has_the_mean_and_the_spread_of_its_day():
    early, _ = days_before(scenario_with(), 300, 3)
    scenario = scenario_with(said=[(early, "0.85 to 0.95")], decided=[(early, 0.5)])
    items = collect_evidence(scenario).of("north")
    course = position_course(scenario, "north", [ISSUE], items, FACTIONS)
    start = np.random.default_rng(5).normal(0.2, 0.1 / 1.6449, 200_000)  # as the file states it
    at_the_day = course.shift[0, 0] + course.carry[0, 0] * start
    known = (0.1 / 1.6449) ** 2 + 0.03**2 * 300 / 30.4375  # variance of that day, as the start and the walk leave it
    said = (0.05 / 1.6449) ** 2 / (0.99 * 0.99)  # of the statement, graded A1
    gain = known / (known + said)
    stood = scenario.polities["north"].factions["f0"].statements[0].position.centre
    assert at_the_day.mean() == pytest.approx(0.2 + gain * (stood - 0.2), abs=0.01)
    assert at_the_day.std() == pytest.approx(np.sqrt(known * (1 - gain)), rel=0.05)


def test_a_decision_goes_to_who_wanted_it_on_that_day():
    """The first faction said that it wanted .9 when .9 was decided: it has more power than one that wants .2."""
    days = days_before(scenario_with(), *range(300, 308))
    decided = [(day, 0.9) for day in days]
    shares = []
    for said in ([], [(days[0], 0.9)]):
        scenario = scenario_with(said=said, decided=decided)
        answer = who_decides(scenario, knots=1, particles=400, widths=(1.0,), knock_out=False)
        shares.append(next(row.mean for row in answer.power if row.faction == "f0"))
    assert shares[1] > shares[0] + 0.05


def test_what_was_said_after_the_day_of_knowledge_changes_no_bit():
    days = days_before(scenario_with(), 200, 100)
    later = date.fromordinal(scenario_with().start.toordinal() + 60)
    answers = [
        who_decides(scenario, knots=1, particles=200, widths=(1.0,), knock_out=False)
        for scenario in (
            scenario_with(decided=[(day, 0.6) for day in days]),
            scenario_with(said=[(later, 0.9)], decided=[(day, 0.6) for day in days]),
        )
    ]
    assert answers[0].power == answers[1].power
    known = who_decides(
        scenario_with(said=[(later, 0.9)], decided=[(day, 0.6) for day in days]),
        as_of=later,
        knots=1,
        particles=200,
        widths=(1.0,),
        knock_out=False,
    )
    assert known.power != answers[0].power


def test_the_picture_shows_each_faction_with_what_it_said_and_what_was_decided():
    early, late = days_before(scenario_with(), 300, 3)
    scenario = scenario_with(said=[(early, 0.9)], decided=[(late, 0.5)], open_=0.0)
    items = collect_evidence(scenario).of("north")
    rows, marks = position_rows(scenario, "north", items), position_marks(scenario, "north", items)
    assert {row.faction for row in rows} == set(FACTIONS)
    assert {(mark.faction, mark.at) for mark in marks} == {("f0", 0.9), ("", 0.5)}
    first = [row for row in rows if row.faction == "f0"]
    assert first[0].mean > 0.85
    assert abs(first[-1].mean - 0.2) < 0.01
    assert all(row.low <= row.mean <= row.high for row in rows)
    assert all(row.mean == pytest.approx(0.5, abs=0.01) for row in rows if row.faction == "f1")


def test_a_statement_changes_how_likely_a_decision_of_its_day_is():
    days = days_before(scenario_with(), 200, 100)
    scenario = scenario_with(decided=[(day, 0.6) for day in days])
    items = collect_evidence(scenario).of("north")
    council = council_likelihood(scenario, "north", items)
    moved = council_likelihood(
        scenario_with(said=[(days[0], 0.9)], decided=[(day, 0.6) for day in days]), "north", items
    )
    u = np.random.default_rng(1).standard_normal((council.unknowns, 50))
    assert not np.allclose(council.by_item(u)[0], moved.by_item(u)[0])
