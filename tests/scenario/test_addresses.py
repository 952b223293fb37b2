"""Addresses: every number by its path, changed for a what-if, fingerprinted, written back."""

from __future__ import annotations

import subprocess
import sys

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ripeness.scenario.fingerprint import fingerprint
from ripeness.scenario.form_paths import number_field_at, path_steps
from ripeness.scenario.number_field import NumberField, number_as_mapping
from ripeness.scenario.number_paths import replace_numbers, scenario_numbers, uncertain_numbers
from ripeness.scenario.read import read_text
from ripeness.scenario.template import template
from ripeness.scenario.write import edit_file, edit_text
from ripeness.scenario.yaml_tree import tree_of
from ripeness.world.fault import Fault
from ripeness.world.quantity import Scale

OPTIMISM = "polities.north.factions.army.traits.optimism"


@pytest.fixture(scope="module")
def full():
    return read_text(template("full")).scenario


def test_a_number_is_found_at_its_path(full):
    assert scenario_numbers(full)[OPTIMISM].interval() == (0.1, 0.4, 0.7)
    assert scenario_numbers(full)["evidence.1.alternatives.partial"].centre == 0.5
    assert scenario_numbers(full)["events.election.changes.0.scale"].interval() == (0.5, 0.85, 1.2)


def test_the_order_of_the_file_does_not_change_the_order_of_the_numbers(full):
    text = template("full")
    north, south, east = text.index("  north:\n"), text.index("  south:\n"), text.index("  east:\n")
    events = text.index("\nevents:")
    shuffled = text[:north] + text[south:east] + text[east:events] + "\n" + text[north:south] + text[events:]
    other = read_text(shuffled).scenario
    assert list(other.polities) == ["south", "east", "north"]
    assert list(scenario_numbers(other)) == list(scenario_numbers(full)) == sorted(scenario_numbers(full))


def test_what_may_differ_between_draws_leaves_out_evidence_readings_and_exact_numbers(full):
    names = uncertain_numbers(full)
    assert all(one.uncertain for one in names.values())
    assert {path.split(".")[0] for path in names} == {"events", "polities", "stake", "talks"}


@pytest.mark.parametrize(
    ("path", "raw", "interval"),
    [
        (OPTIMISM, 0.9, (0.9, 0.9, 0.9)),
        (OPTIMISM, "0.1 to 0.3", (0.1, 0.2, 0.3)),
        (OPTIMISM, {"value": 0.2, "range": [0.1, 0.4]}, (0.1, 0.2, 0.4)),
        ("polities.north.resources.forces", {"value": 90_000, "unit": "persons"}, (90.0, 90.0, 90.0)),
        ("polities.south.conduct.public_terms", 0.5, (0.5, 0.5, 0.5)),
        ("polities.south.factions.army.positions.terms", 0.7, (0.7, 0.7, 0.7)),
        ("laws.deadlock", 0.2, (0.2, 0.2, 0.2)),
        ("events.election.changes.0.scale", 2, (2.0, 2.0, 2.0)),
    ],
)
def test_a_what_if_changes_the_number_and_nothing_else(full, path, raw, interval):
    before, after = scenario_numbers(full), scenario_numbers(replace_numbers(full, {path: raw}))
    assert after[path].interval() == interval
    assert {key: one for key, one in after.items() if key != path} == {
        key: one for key, one in before.items() if key != path
    }


def test_a_reading_lends_its_numbers_to_the_places_they_are_about(full):
    overrides = full.readings["own-use"].overrides
    changed_ = scenario_numbers(replace_numbers(full, overrides))["polities.north.factions.army.positions.restraint"]
    assert changed_.interval()[0] == pytest.approx(0.6)
    assert (changed_.unit, changed_.scale) == ("share", Scale.LOGIT)


@pytest.mark.parametrize(
    ("path", "raw", "words"),
    [
        (
            "polities.north.factions.army.traits.optimsm",
            1,
            "did you mean 'polities.north.factions.army.traits.optimism'",
        ),
        ("polities.nort.factions.army.power", 1, "did you mean 'polities.north.factions.army.power'"),
        ("laws.dedlock", 1, "did you mean 'laws.deadlock'"),
        ("polities.north", 1, "no number stands at"),
        ("title", 1, "no number stands at"),
        ("polities.south.factions.army.positions.restrain", 1, "no number stands at"),
        ("", 1, "no number stands at"),
        ("stake.held", 1.2, "stake.held: 1.2 is outside what is possible here: 0 to 1"),
        ("stake.held", {"value": 1, "unit": "log ratio"}, "does not fit here"),
        ("stake.held", None, "a number or an interval"),
    ],
)
def test_a_what_if_that_cannot_be_says_what_could(full, path, raw, words):
    with pytest.raises(Fault) as caught:
        replace_numbers(full, {path: raw})
    assert words in caught.value.message


def test_every_number_that_stands_in_a_scenario_is_admitted_at_its_path(full):
    for path, one in scenario_numbers(full).items():
        admits = number_field_at(path_steps(path))
        assert admits is not None
        assert (one.low, one.high) == (admits.low, admits.high)


def test_names_notes_sources_and_order_leave_the_fingerprint_and_numbers_change_it(full):
    text = template("full")
    same = [
        text.replace('name: "The North"', 'name: "Another name"'),
        text.replace('title: "A war over a border valley"', 'title: "Another title"'),
        text.replace("kind: judged", "kind: assumed"),
        text.replace("monograph", "study"),
        text.replace("range: 0.1 to 0.7", "range: [0.10, 0.70]"),
    ]
    other = [
        text.replace("range: 0.1 to 0.7", "range: 0.1 to 0.71"),
        text.replace("veto: true", "veto: false"),
        text.replace("laws: {}", "laws: {deadlock: 0.35}"),
        text.replace("grade: C3", "grade: A1"),
        text.replace("rule: weighted_median", "rule: unitary"),
        text.replace("      army:\n        archetype: military", "      navy:\n        archetype: military").replace(
            "factions.army.positions", "factions.navy.positions"
        ),
    ]
    assert all(one != text for one in (*same, *other))
    assert {fingerprint(read_text(one).scenario) for one in same} == {fingerprint(full)}
    assert len({fingerprint(read_text(one).scenario) for one in other} | {fingerprint(full)}) == len(other) + 1


def test_the_order_of_factions_leaves_the_fingerprint_and_the_first_belligerent_changes_it():
    text = template("minimal")
    army = next(line for line in text.splitlines(keepends=True) if "army: {archetype: military, power: 0.3" in line)
    moved = text.replace(army, "").replace("      palace:", army + "      palace:", 1)
    south = text[text.index("  south:\n") : text.index("# Next:")]
    swapped = text.replace(south, "").replace("  north:\n", south + "  north:\n")
    print_of = [fingerprint(read_text(one).scenario) for one in (text, moved, swapped)]
    assert print_of[0] == print_of[1] != print_of[2]


def test_the_fingerprint_is_the_same_in_another_process(full):
    program = (
        "from ripeness.scenario.fingerprint import fingerprint\n"
        "from ripeness.scenario.read import read_text\n"
        "from ripeness.scenario.template import template\n"
        "print(fingerprint(read_text(template('full')).scenario))"
    )
    found = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True)
    assert found.stdout.strip() == fingerprint(full)


def test_a_change_keeps_every_other_character_of_the_file():
    text = template("full")
    after = edit_text(text, {OPTIMISM: 0.55, "stake.held": "0.5 to 0.7", "horizon": 24})
    assert read_text(after).scenario.polities["north"].factions["army"].traits.optimism.centre == 0.55
    differing = [(old, new) for old, new in zip(text.splitlines(), after.splitlines(), strict=True) if old != new]
    assert [new.strip().split("#")[0].strip() for _, new in differing] == [
        "horizon: 24",
        "held: 0.5 to 0.7",
        "optimism: 0.55",
    ]
    assert "# by the first belligerent" in differing[1][1]


BLOCK = """\
stake:
  held:  # at the start
    value: 0.4
    # from the map
    range: 0.3 to 0.5
    source: [map]
    note: >-
      as "drawn" # no comment

  # the end of the war
  other: 1
"""


def test_a_number_on_lines_of_its_own_is_replaced_whole_and_its_comments_stay():
    assert (
        edit_text(BLOCK, {"stake.held": {"value": 0.35, "kind": "judged"}})
        == "stake:\n  held: {value: 0.35, kind: judged}  # at the start\n  # from the map\n\n  # the end of the war\n "
        " other: 1\n"
    )
    flow = "stake:\n  held: {value: 0.4,  # from the map\n    source: [a]}  # as drawn\n  other: 1\n"
    assert edit_text(flow, {"stake.held": 0.5}) == "stake:\n  held: 0.5  # as drawn\n  # from the map\n  other: 1\n"


def test_a_number_that_the_file_leaves_out_is_added_and_comments_stay():
    text = template("minimal")
    after = edit_text(text, {"polities.north.factions.army.traits.optimism": 0.5, "talks.mediation": "1 to 3"})
    scenario = read_text(after).scenario
    assert scenario.polities["north"].factions["army"].traits.optimism.centre == 0.5
    assert scenario.talks.mediation.interval() == pytest.approx((1.0, 3**0.5, 3.0))
    assert [line for line in text.splitlines() if line.startswith("#")] == [
        line for line in after.splitlines() if line.startswith("#")
    ]
    assert after.count("#") == text.count("#")


def test_an_item_of_a_list_is_changed_by_its_id_or_its_place():
    after = edit_text(template("full"), {"evidence.toll.amount": 2, "evidence.0.position": 0.9})
    seen = read_text(after).scenario.evidence
    assert (seen[2].amount.centre, seen[0].position.centre) == (2.0, 0.9)


def test_a_number_is_removed_and_its_default_comes_back():
    after = edit_text(template("full"), {OPTIMISM: None})
    assert read_text(after).scenario.polities["north"].factions["army"].traits.optimism.sources == (
        "johnson2004",
        "slantchev2003",
    )


def test_a_change_through_a_number_is_refused():
    with pytest.raises(Fault, match="keys and values"):
        edit_text(template("minimal"), {"title.held": 1})


def test_a_file_is_changed_whole_or_not_at_all(tmp_path):
    path = tmp_path / "war.yaml"
    path.write_text(template("minimal"))
    path.chmod(0o640)
    with pytest.raises(Fault):
        edit_file(path, {"title.held": 1})
    assert path.read_text() == template("minimal")
    edit_file(path, {"stake.held": 0.4})
    assert tree_of(path.read_text(), "f").plain()["stake"]["held"] == 0.4
    assert path.stat().st_mode & 0o777 == 0o640
    assert [one.name for one in tmp_path.iterdir()] == ["war.yaml"]


FIELDS = st.sampled_from(
    [
        NumberField("share", 0, 1, Scale.LOGIT),
        NumberField("index", 0, 1000, Scale.LOG),
        NumberField("log ratio", -10, 10),
    ]
)
UNIT = st.floats(0.01, 0.99, allow_nan=False)
RAW = st.one_of(
    UNIT,
    st.lists(UNIT, min_size=2, max_size=2, unique=True).map(sorted).map(lambda ends: f"{ends[0]!r} to {ends[1]!r}"),
    st.lists(UNIT, min_size=3, max_size=3, unique=True)
    .map(sorted)
    .map(lambda x: {"value": x[1], "range": [x[0], x[2]]}),
    st.lists(UNIT, min_size=2, max_size=2, unique=True).map(sorted).map(lambda ends: {"uniform": ends}),
    st.lists(UNIT, min_size=3, max_size=3, unique=True).map(sorted).map(lambda ends: {"triangular": ends}),
    st.lists(UNIT, min_size=3, max_size=3, unique=True).map(sorted).map(lambda ends: {"pert": ends}),
    st.lists(UNIT, min_size=2, max_size=2).map(lambda ab: {"beta": ab}),
    UNIT.map(lambda mean: {"normal": [mean, 0.001]}),
    UNIT.map(lambda high: f"0 to {high!r}"),
    UNIT.map(lambda low: {"value": 0.995, "range": [low, 1]}),
    UNIT.map(lambda median: {"lognormal": [median, 1.001]}),
)


@given(FIELDS, RAW)
def test_a_number_written_and_read_again_is_the_same_number(admits, raw):
    first = admits.read(raw)
    again = admits.read(admits.write(first))
    assert (again.family, again.scale, again.unit) == (first.family, first.scale, first.unit)
    assert again.parameters == pytest.approx(first.parameters, rel=1e-9, abs=1e-12)
    assert number_as_mapping(again).keys() == number_as_mapping(first).keys()
