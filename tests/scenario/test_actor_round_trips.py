"""From a scenario or a council to an actor table and back: every number stays, and what cannot stay is listed."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ripeness.scenario.actor_sheet import interval_text
from ripeness.scenario.actor_table import read_actor_table
from ripeness.scenario.case import cases_folder, read_case, shipped_case_names
from ripeness.scenario.council import open_council, read_council, shipped_council_files
from ripeness.scenario.read import open_scenario, read_scenario
from ripeness.workbench.actors import export_actors, new_from_actors
from ripeness.world.fault import Fault

CODINGS = [(case, coding) for case in shipped_case_names() for coding in read_case(cases_folder() / case).codings]
COUNCILS = sorted(shipped_council_files())


def numbers_of(polity):
    return {
        key: [faction.power.interval()]
        + [
            [(issue, number.interval()) for issue, number in part.items()]
            for part in (faction.positions, faction.salience)
        ]
        for key, faction in polity.factions.items()
    }


@pytest.mark.parametrize("ending", [".csv", ".xlsx"])
@pytest.mark.parametrize(("case", "coding"), CODINGS)
def test_every_number_of_a_polity_comes_back_from_its_table(tmp_path, case, coding, ending):
    scenario = read_scenario(case, coding)
    for polity, form in scenario.polities.items():
        table, version = tmp_path / f"table{ending}", tmp_path / "version.yaml"
        export_actors(case, table, polity=polity, coding=coding)
        written = new_from_actors(version, table, case=case, coding=coding, polity=polity, force=True)
        assert written.notes == ()
        back = read_scenario(version)
        assert numbers_of(back.polities[polity]) == numbers_of(form)
        assert {key: part.traits for key, part in back.polities[polity].factions.items()} == {
            key: part.traits for key, part in form.factions.items()
        }
        power = next(iter(back.polities[polity].factions.values())).power
        assert (power.kind, power.sources) == ("judged", ("table",))


@pytest.mark.parametrize("path", COUNCILS, ids=lambda path: path.stem)
def test_every_number_of_a_council_comes_back_from_its_table(tmp_path, path):
    council, table, skeleton = read_council(path), tmp_path / "table.csv", tmp_path / path.name
    (exported,) = export_actors(path.stem, table)
    assert any(note.startswith("the decision: ") for note in exported.notes)
    new_from_actors(skeleton, table, decided=council.decided_position)
    back, warnings = open_council(skeleton)
    assert "texts are to be filled in" in warnings[0].message
    assert back.position.tolist() == council.position.tolist()
    assert back.position_range.tolist() == council.position_range.tolist()
    assert back.salience.tolist() == council.salience.tolist()
    assert back.salience_range.tolist() == council.salience_range.tolist()
    assert [member.weight for member in back.members] == [member.weight for member in council.members]
    assert back.ends == council.ends
    assert back.decided_position == council.decided_position


FIGURES = st.floats(0, 1, allow_subnormal=False)


@settings(max_examples=60, deadline=None)
@given(st.lists(st.tuples(FIGURES, FIGURES, FIGURES).map(sorted), min_size=6, max_size=6))
def test_any_number_is_read_back_to_its_last_digit(tmp_path_factory, numbers):
    cells = [interval_text(*number) for number in numbers]
    path = tmp_path_factory.mktemp("any") / "t.csv"
    heading = "actor,influence,a position (0-1),a salience (0-1)\n"
    # A third actor keeps the table one that can be decided, whatever the numbers are.
    path.write_text(f"{heading}x,{','.join(cells[:3])}\ny,{','.join(cells[3:])}\nz,1,.5,1\n", encoding="utf-8")
    table = read_actor_table(path)
    ends = [*zip(table.influence, table.position[0], table.salience[0], strict=True)]
    bests = [*zip(table.best.influence, table.best.position[0], table.best.salience[0], strict=True)]
    read = [
        (*map(float, pair), float(best)) for row in (0, 1) for pair, best in zip(ends[row], bests[row], strict=True)
    ]
    for (low, high, best), number in zip(read, numbers, strict=True):
        assert (low, high) == (number[0], number[2])
        assert best == number[1] or number[0] == number[1] == number[2]


@settings(max_examples=60, deadline=None)
@given(st.floats(0, 1e6, allow_subnormal=False))
def test_a_weight_can_be_read_in_one_way_alone(weight):
    text = interval_text(weight, weight, weight)
    assert float(text) == weight
    assert not re.fullmatch(r"[1-9]\d{0,2}\.\d{3}", text)


def test_what_a_table_cannot_carry_is_listed(tmp_path):
    (written,) = export_actors("japan-1945", tmp_path / "t.csv", polity="japan")
    assert "vetoes: cabinet, army, navy and peace-party" in written.notes
    assert any("traits" in note for note in written.notes)


def test_a_table_that_leaves_a_faction_out_keeps_its_numbers_and_says_so(tmp_path):
    table, version = tmp_path / "t.csv", tmp_path / "v.yaml"
    table.write_text(
        "actor,influence,terms position (0-1),terms salience (0-1)\narmy,.6,.7 (.5 to .8),.9\nnavy,.4,.5,.4\n",
        encoding="utf-8",
    )
    written = new_from_actors(version, table, case="japan-1945", polity="japan")
    assert "court of japan is not in the table and keeps its numbers" in written.notes
    assert "effort of japan is not in the table and keeps its numbers" in written.notes
    base, factions = read_scenario("japan-1945"), read_scenario(version).polities["japan"].factions
    assert factions["army"].positions["terms"].interval() == (0.5, 0.7, 0.8)
    assert factions["army"].positions["effort"] == base.polities["japan"].factions["army"].positions["effort"]
    assert factions["court"] == base.polities["japan"].factions["court"]
    kept = sum(faction.power.centre for key, faction in factions.items() if key not in ("army", "navy"))
    assert factions["army"].power.centre == pytest.approx(0.6 * (1 - kept))
    assert any("that those who are not in the table leave" in note for note in written.notes)


def test_positions_are_brought_to_the_issue_s_0_to_1_by_the_scale_of_the_heading(tmp_path):
    table, version = tmp_path / "t.csv", tmp_path / "v.yaml"
    table.write_text(
        "actor,influence,terms position (0-10),terms salience\narmy,60,7,90\nnavy,40,5,50\n", encoding="utf-8"
    )
    written = new_from_actors(version, table, case="japan-1945", polity="japan")
    army = read_scenario(version).polities["japan"].factions["army"]
    assert army.positions["terms"].centre == pytest.approx(0.7)
    assert army.salience["terms"].centre == 0.9
    assert any(note.startswith("influence sums to 100") for note in written.notes)


def test_an_actor_that_the_case_does_not_have_is_a_fault_with_a_near_name(tmp_path):
    table = tmp_path / "t.csv"
    table.write_text("actor,influence,terms position,terms salience\narmyy,.6,.7,.9\nnavy,.4,.5,.4\n", encoding="utf-8")
    with pytest.raises(Fault, match="'armyy' is no faction of japan; did you mean 'army'"):
        new_from_actors(tmp_path / "v.yaml", table, case="japan-1945", polity="japan")


def test_a_scale_that_nothing_tells_is_asked_for(tmp_path):
    table = tmp_path / "t.csv"
    table.write_text("actor,influence,terms position,terms salience\narmy,.6,170,.9\nnavy,.4,5,.4\n", encoding="utf-8")
    with pytest.raises(Fault, match="name their scale in the heading"):
        new_from_actors(tmp_path / "v.yaml", table, case="japan-1945", polity="japan")


def test_a_table_makes_a_scenario_that_can_be_checked(tmp_path):
    table, war = tmp_path / "t.csv", tmp_path / "war.yaml"
    table.write_text("actor,influence,tax position,tax salience\nking,.6,10,90\nport,.4,50,40\n", encoding="utf-8")
    written = new_from_actors(war, table)
    north = open_scenario(war).scenario.polities["north"]
    assert north.factions["king"].positions["tax"].centre == 0.1
    assert north.factions["king"].leads
    assert any("leads, having most influence" in note for note in written.notes)


def test_a_range_that_no_rule_of_coding_makes_is_listed(tmp_path):
    table = tmp_path / "t.csv"
    table.write_text(
        "actor,influence,position (0-1),salience (0-1)\na,1,.2 to .3,.5\nb,1,.7,.5\nc,1,.9,.5\n", encoding="utf-8"
    )
    written = new_from_actors(tmp_path / "northland-1899-05-04.yaml", table, decided=0.4)
    assert any(note.startswith("the range 0.2 to 0.3 of the position of a is none") for note in written.notes)
    assert read_council(tmp_path / "northland-1899-05-04.yaml").decided_position == 0.4


def test_a_file_that_exists_stays(tmp_path: Path):
    table, war = tmp_path / "t.csv", tmp_path / "war.yaml"
    table.write_text("actor,influence,tax position,tax salience\nking,.6,10,90\nport,.4,50,40\n", encoding="utf-8")
    war.write_text("mine", encoding="utf-8")
    with pytest.raises(Fault, match="the file exists"):
        new_from_actors(war, table)
    assert war.read_text(encoding="utf-8") == "mine"
