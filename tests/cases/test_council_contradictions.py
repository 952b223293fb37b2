"""A council's file that contradicts itself is refused at the place; what may be so is pointed at."""

from __future__ import annotations

import copy

import jsonschema
import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from ripeness.scenario.council import council_from, open_council, read_council, shipped_council_files
from ripeness.scenario.council_check import validated_council
from ripeness.scenario.json_schema import council_json_schema
from ripeness.scenario.template import council_template
from ripeness.scenario.write import yaml_flow
from ripeness.scenario.yaml_tree import read_tree, tree_of
from ripeness.workbench.check import check_council
from ripeness.workbench.new import new
from ripeness.world.fault import Fault

SAMPLE = next(path for path in shipped_council_files() if path.stem == "uk-1940-05-28")
TEXT = SAMPLE.read_text(encoding="utf-8")
ATTENDS = "    weight: 0.5\n    vote: false"


def written(tmp_path, *changes):
    """The sample with some texts replaced, in a file of its own."""
    text = TEXT
    for old, put in changes:
        assert old in text
        text = text.replace(old, put, 1)
    path = tmp_path / SAMPLE.name
    path.write_text(text, encoding="utf-8")
    return path


FAULTS = [
    ("a democracy of -9", [("polity2: 10", "polity2: -9")], "a polity2 of -9 is autocracy by the rule, not democracy"),
    ("an autocracy of 10", [("type: democracy", "type: autocracy")], "a polity2 of 10 is democracy by the rule"),
    (
        "the regime of the year after",
        [("year: 1939", "year: 1941")],
        "the year before the decision (1939), not on 1941",
    ),
    ("a year below 1", [("year: 1939", "year: 0")], "year: input should be greater than or equal to 1"),
    ("a source of no year", [("year: 2020", "year: 0")], "year: input should be greater than or equal to 1"),
    ("a source of the year 10000", [("year: 2020", "year: 10000")], "year: input should be less than or equal to"),
    ("no score and no reason", [("  polity2: 10\n", "")], "says 'why'"),
    (
        "his way against himself",
        [("against: [foreign]", "against: [pm]"), ("for: [pm, ", "for: [")],
        "had his way, and is",
    ),
    ("for and against", [("against: [foreign]", "against: [foreign, air]")], "'air' is among those for as well"),
    ("for twice", [("for: [pm, ", "for: [pm, pm, ")], "'pm' stands twice among those for"),
    ("a divided fate of one mind", [("leader: had_his_way", "leader: divided")], "he was not divided"),
    ("a third of a member", [("weight: 1", "weight: 0.3")], "a weight counts members"),
    ("half a vote", [(ATTENDS, "    weight: 0.5\n    vote: true")], "a member with a vote weighs 1"),
    ("another day", [("date: 1940-05-28", "date: 1940-05-29")], "the id says another day"),
    ("a decimal comma", [("position: {at: 0.9, range", "position: {at: 0,9, range")], "write 0.9"),
    ("a quoted comma", [("quota: 0.5", "quota: 0,5")], "write 0.5"),
    ("a key with a hyphen", [("key: lord_president", "key: lord-president")], "'lord-president' cannot be a key"),
    (
        "an empty unknown key",
        [("country:", "contry:\ncountry:")],
        "'contry' is not a key here; did you mean 'country'?",
    ),
    ("a grade", [("grade: A1", "grade: A9")], "'A9' is not a grade"),
]


@pytest.mark.parametrize(("changes", "words"), [row[1:] for row in FAULTS], ids=[row[0] for row in FAULTS])
def test_a_file_that_contradicts_itself_is_refused(tmp_path, changes, words):
    with pytest.raises(Fault) as caught:
        read_council(written(tmp_path, *changes))
    told = [caught.value, *caught.value.others]
    assert any(words in fault.message for fault in told), [str(fault) for fault in told]
    assert all(fault.place is not None and fault.place.line > 1 for fault in told)


DOUBTS = [
    ("a heavy member", [("weight: 1", "weight: 100")], "'pm' weighs as much as 100 members"),
    ("a vague day", [('date: "1940-05-27"', 'date: "1940-05"')], "'1940-05' may lie after the decision of 1940-05-28"),
    ("a vague year", [('date: "1940-05-27"', 'date: "1940"')], "'1940' may lie after the decision"),
    ("an early source", [("year: 1940", "year: 1930")], "'cab65_13' is of 1930, and these words are of 1940-05-27"),
    ("not of one mind", [("rule: consensus", "rule: unanimity")], "the rule is unanimity"),
    (
        "a majority of few",
        [("rule: consensus\n  quota: 0.5", "rule: majority\n  quota: 0.9")],
        "less than the quota of 0.9",
    ),
]


@pytest.mark.parametrize(("changes", "words"), [row[1:] for row in DOUBTS], ids=[row[0] for row in DOUBTS])
def test_what_may_be_a_slip_is_pointed_at(tmp_path, changes, words):
    _, doubts = open_council(written(tmp_path, *changes))
    assert any(words in doubt.message for doubt in doubts), [str(doubt) for doubt in doubts]
    assert all(doubt.place is not None and doubt.place.line > 1 for doubt in doubts)


def test_the_only_doubts_about_shipped_decisions_are_words_dated_by_their_month():
    doubts = [str(doubt) for path in shipped_council_files() for doubt in check_council(path).warnings]
    assert len(doubts) == 4
    assert all("may lie after the decision" in doubt for doubt in doubts)


def test_ranges_that_the_basis_fixes_need_not_be_written(tmp_path):
    bare = [
        ("position: {at: 0.9, range: [0.8, 1]}", "position: 0.9"),
        ("salience: {at: 0.9, range: [0.7, 1]}", "salience: {at: 0.9}"),
        ("position: {at: 0.55, range: [0.25, 0.85]}", "position: {at: 0.55}"),
    ]
    typed, ruled = read_council(SAMPLE), read_council(written(tmp_path, *bare))
    assert ruled.position_range == pytest.approx(typed.position_range, abs=1e-12)
    assert ruled.salience_range == pytest.approx(typed.salience_range, abs=1e-12)


def test_an_id_may_have_a_country_of_several_words(tmp_path):
    path = tmp_path / "united-kingdom-1940-05-28.yaml"
    path.write_text(TEXT.replace("id: uk-", "id: united-kingdom-"), encoding="utf-8")
    assert read_council(path).id == path.stem


@pytest.mark.parametrize("stem", ["northland-1899-05-04", "new-england-2000-02-29"])
def test_a_new_council_keeps_the_rules(tmp_path, stem):
    found = check_council(new(tmp_path / f"{stem}.yaml", "council"))
    assert (found.id, found.warnings) == (stem, ())


@pytest.mark.parametrize("stem", ["war", "northland-1899-02-30", "Northland-1899-05-04", "northland-1800-05-04"])
def test_a_new_council_in_a_file_of_another_name_is_refused(tmp_path, stem):
    with pytest.raises(Fault, match=r"cannot name a council's file|1815 to 2015"):
        new(tmp_path / f"{stem}.yaml", "council")


def test_the_schema_accepts_what_is_shipped_and_refuses_what_check_refuses():
    schema = council_json_schema()
    jsonschema.Draft202012Validator.check_schema(schema)
    validator = jsonschema.Draft202012Validator(schema)
    documents = [read_tree(path).plain() for path in shipped_council_files()]
    documents.append(tree_of(council_template("northland-1899-05-04"), "new").plain())
    for document in documents:
        assert [error.message for error in validator.iter_errors(document)] == []
    for old, put in (("basis: minuted", "basis: heard"), ("weight: 1", "wieght: 1"), ("vote: true", "vote: maybe")):
        assert not validator.is_valid(tree_of(TEXT.replace(old, put, 1), "council").plain())


PLAIN = tree_of(TEXT, "council").plain()
VALUES = st.one_of(
    st.none(),
    st.booleans(),
    st.integers(),
    st.floats(),
    st.text(max_size=12),
    st.sampled_from(
        [
            0,
            -1,
            1e308,
            "0000",
            "0000-01-01",
            "1940",
            "1940-13",
            "9999-12-31",
            "minuted",
            "pm",
            [],
            {},
            [[]],
            {"at": 0.5},
            {"at": True},
            [0, 1],
            10**40,
            "0,5",
            "²",
        ]
    ),
)


def spots(value, path=()):
    """Every place of a nested value."""
    yield path
    entries = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    for key, child in entries:
        yield from spots(child, (*path, key))


@settings(max_examples=200, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.sampled_from([path for path in spots(PLAIN) if path]), VALUES, st.booleans())
@example(("sources", "cab65_13", "year"), 0, False)
@example(("regime", "year"), -1, False)
@example(("date",), "0000-01-01", False)
@example(("members", 0, "basis"), [], False)
def test_a_mutated_council_is_read_or_refused_at_a_place(path, value, gone):
    document = copy.deepcopy(PLAIN)
    part = document
    for step in path[:-1]:
        part = part[step]
    if gone:
        del part[path[-1]]
    else:
        part[path[-1]] = value
    try:
        found = council_from(validated_council(tree_of(yaml_flow(document), SAMPLE.name), SAMPLE))
    except Fault as fault:
        for each in (fault, *fault.others):
            assert each.place is not None
            assert each.message
        return
    assert found.position.shape == found.weight.shape
