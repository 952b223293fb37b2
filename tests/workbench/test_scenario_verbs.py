"""The verbs that make, check and cite a scenario, and the schema that editors use."""

from __future__ import annotations

import csv
import json
import re
from io import StringIO

import jsonschema
import pytest

import ripeness
from ripeness.scenario.case import cases_folder, read_case, shipped_case_names
from ripeness.scenario.parameters_in_use import parameters_in_use
from ripeness.scenario.read import open_scenario, read_scenario, read_text
from ripeness.scenario.template import TEMPLATES, template
from ripeness.scenario.yaml_tree import read_tree, tree_of
from ripeness.workbench.keep import scenario_files
from ripeness.world.fault import Fault


@pytest.mark.parametrize("name", TEMPLATES)
def test_a_new_scenario_passes_its_check(tmp_path, name):
    found = ripeness.check(ripeness.new(tmp_path / "war.yaml", name))
    assert found.warnings == ()
    assert set(found.polities) >= ({"government", "front"} if name == "civil" else {"north", "south"})


def test_new_never_replaces_a_file_unless_told_to(tmp_path):
    path = tmp_path / "war.yaml"
    path.write_text("mine")
    with pytest.raises(Fault, match="stays as it is"):
        ripeness.new(path)
    assert path.read_text() == "mine"
    ripeness.new(path, force=True)
    assert path.read_text() == template("minimal")


def test_new_says_which_folder_is_missing_and_which_templates_there_are(tmp_path):
    with pytest.raises(Fault, match="does not exist"):
        ripeness.new(tmp_path / "no" / "war.yaml")
    with pytest.raises(Fault, match="this is a folder"):
        ripeness.new(tmp_path)
    with pytest.raises(Fault, match="did you mean 'full'"):
        ripeness.new(tmp_path / "war.yaml", "fulll")


def test_check_counts_every_number_once(tmp_path):
    found = ripeness.check(ripeness.new(tmp_path / "war.yaml", "full"))
    assert sum(found.kinds.values()) + found.defaults == found.numbers
    assert (found.kinds["measured"], found.kinds["coded"]) == (2, 1)
    assert "polities.east.factions.cabinet.power" in found.exact
    assert "polities.north.resources.quality" in found.bare
    assert {one.id: one.cited for one in found.sources if not one.default} == {"press": 6, "monograph": 5, "survey": 3}
    assert json.loads(json.dumps(found.plain()))["polities"]["east"] == {"role": "patron", "factions": 3, "issues": 2}
    assert repr(found).startswith("Checked('A war over a border valley': 42 numbers of its own")


def test_cite_lists_every_number_with_its_sources_and_grades(tmp_path):
    found = ripeness.cite(ripeness.new(tmp_path / "war.yaml", "full"))
    rows = list(csv.DictReader(StringIO(found.csv())))
    by_path = {row["path"]: row for row in rows}
    assert len(by_path) == len(rows) == len(found.numbers)
    assert by_path["stake.held"]["sources"] == "survey"
    assert by_path["stake.held"]["grades"] == "A2"
    assert by_path["polities.south.conduct.quota"]["origin"] == "default"
    assert by_path["laws.deadlock"]["origin"] == "law of the model"
    cited = {key for one in found.numbers for key in one.sources}
    assert cited <= {key for work in found.bibliography for key in work.id.split()}
    assert all(work.cited for work in found.bibliography)
    assert json.loads(json.dumps(found.plain()))["numbers"]


def test_a_cell_that_a_spreadsheet_would_run_is_escaped(tmp_path):
    path = ripeness.new(tmp_path / "war.yaml", "full")
    path.write_text(path.read_text().replace("source: [survey]}", 'source: [survey], note: "=1+1"}', 1))
    assert any(row["note"] == "'=1+1" for row in csv.DictReader(StringIO(ripeness.cite(path).csv())))


@pytest.mark.parametrize("case", ["tigray-2022-08", "colombia-2012-08", "japan-1945"])
def test_no_sentence_of_a_bibliography_ends_twice(case):
    entries = [str(work) for work in ripeness.cite(case).bibliography]
    assert any("? " in entry for entry in entries)
    assert not [entry for entry in entries if re.search(r"[.?!]\.( |$)", entry)]


def test_a_work_that_scenario_and_laws_cite_stands_once_in_the_bibliography():
    entries = [(work.author.casefold(), work.title.casefold()) for work in ripeness.cite("japan-1945").bibliography]
    assert len(entries) == len(set(entries))


def test_the_schema_is_valid_and_accepts_what_is_shipped():
    schema = ripeness.schema()
    jsonschema.Draft202012Validator.check_schema(schema)
    validator = jsonschema.Draft202012Validator(schema)
    files = [path for name in shipped_case_names() for path in read_case(cases_folder() / name).codings.values()]
    documents = [tree_of(template(name), name).plain() for name in TEMPLATES] + [
        read_tree(path).plain() for path in files
    ]
    for document in documents:
        assert [error.message for error in validator.iter_errors(document)] == []


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("veto: true", "vteo: true"),
        ("regime: autocracy", "regime: monarchy"),
        ("held: 0.5 to 0.6", "held: [1, 2]"),
        ("held: 0.5 to 0.6", "held: {value: 1, kind: guessed}"),
        ("held: 0.5 to 0.6", "held: {value: 1, unit: furlongs}"),
        ("archetype: business", "archetype: priests"),
        ("title:", "titel:"),
    ],
)
def test_the_schema_refuses_what_check_refuses(old, new):
    assert old in template("minimal")
    document = tree_of(template("minimal").replace(old, new, 1), "war.yaml").plain()
    assert not jsonschema.Draft202012Validator(ripeness.schema()).is_valid(document)


OBSERVED = "\nevidence:\n- {date: 2024-05-01, polity: government, source: [], "
PATRON = """\
  union:
    role: patron
    aid_capacity: 0.2
    issues: {arms: {role: aid, toward: government, ends: [none, all]}}
    factions: {office: {archetype: leader, power: 1, leads: true}}
"""
CIVIL = template("civil").rstrip() + "\n" + PATRON


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("kind: movement", "kind: movement\n    regime: mixed"),
        ("regime: ", "organisation: unified\n    regime: "),
        ("kind: movement", "aid_capacity: 0.5\n    kind: movement"),
        ("kind: movement", "mediator: {guarantee: 0.5}\n    kind: movement"),
        ("role: patron", "role: patron\n    beside: government"),
        ("role: patron", "role: patron\n    resources: {forces: 10}"),
        ("role: patron", "role: patron\n    organisation: unified"),
        ("{role: aid,", "{role: effort,"),
        ("{role: aid,", "{role: mediation,"),
        ("{role: aid,", "{may_change: true, role: aid,"),
        (PATRON, f"{PATRON}events: {{e: {{name: a storm}}}}\n"),
        (PATRON, f"{PATRON}events: {{e: {{on: 2026-06-01, hazard: 0.1}}}}\n"),
        (PATRON, f"{PATRON}events: {{e: {{on: 2026-06-01, ceasefire: none, monitored: 0.5}}}}\n"),
        (PATRON, f"{PATRON}events: {{e: {{on: 2026-06-01, monitored: 0.5}}}}\n"),
        (PATRON, f"{PATRON}events: {{e: {{on: 2026-06-01, enters: union}}}}\n"),
        (PATRON, f"{PATRON}events: {{e: {{on: 2026-06-01, changes: [{{path: talks.guarantee, set: 1, add: 1}}]}}}}\n"),
        (PATRON, f"{PATRON}indicators: {{i: {{words: w, polity: government, shows: line, value: 0.5}}}}\n"),
        (PATRON, f"{PATRON}{OBSERVED}issue: effort}}\n"),
        (PATRON, f"{PATRON}{OBSERVED}issue: effort, position: 0.5, amount: 1}}\n"),
        (PATRON, f"{PATRON}{OBSERVED}shows: losses}}\n"),
        (PATRON, f"{PATRON}{OBSERVED}shows: ceasefire, amount: 3}}\n"),
        (PATRON, f"{PATRON}{OBSERVED}shows: losses, amount: 3, position: 0.5}}\n"),
        (PATRON, f"{PATRON}{OBSERVED}shows: not_done, amount: 0.2}}\n"),
        (PATRON, f"{PATRON}{OBSERVED}act: dismissed}}\n"),
        (PATRON, f"{PATRON}{OBSERVED}act: vetoed, against: army}}\n"),
        (PATRON, f"{PATRON}{OBSERVED}act: funded, favours: army, shows: leader_fell}}\n"),
    ],
)
def test_the_schema_and_the_reader_refuse_what_does_not_go_together(tmp_path, old, new):
    validator = jsonschema.Draft202012Validator(ripeness.schema())
    assert read_text(CIVIL).scenario.polities["union"].role == "patron"
    assert validator.is_valid(tree_of(CIVIL, "war.yaml").plain())
    assert old in CIVIL
    path = tmp_path / "war.yaml"
    path.write_text(CIVIL.replace(old, new, 1))
    with pytest.raises(Fault):
        read_scenario(path)
    assert not validator.is_valid(read_tree(path).plain())


@pytest.mark.parametrize(
    "varied",
    [
        "{polities: {front: {organisation: coalition}}}",
        "{polities: {front: {kind: state, organisation: ~, regime: mixed}}}",
        "{events: {flood: {hazard: 0.1, on: ~}}}",
        "{indicators: {talks: {value: 0.5}}}",
    ],
)
def test_the_schema_accepts_a_version_that_leaves_the_rest_to_its_base(varied):
    document = {"base": "case.yaml", **tree_of(varied, "other.yaml").plain()}
    assert [error.message for error in jsonschema.Draft202012Validator(ripeness.schema()).iter_errors(document)] == []


def test_the_schema_is_written_whole(tmp_path):
    ripeness.schema(tmp_path / "s.json")
    assert json.loads((tmp_path / "s.json").read_text()) == ripeness.schema()


def test_an_overridden_law_stands_in_its_place_among_the_laws(tmp_path):
    path = tmp_path / "war.yaml"
    path.write_text(template("minimal") + "\nlaws: {deadlock: 0.3 to 0.6}\n")
    laws = [one for one in ripeness.cite(path).numbers if one.path.startswith("laws.")]
    assert [one.path for one in laws] == [f"laws.{name}" for name in parameters_in_use(open_scenario(path).scenario)]
    assert {one.path for one in laws if one.origin == "scenario"} == {"laws.deadlock"}


@pytest.mark.parametrize("case", shipped_case_names())
@pytest.mark.parametrize("whole", [False, True])
def test_a_scenario_from_a_shipped_case_says_what_the_case_says(tmp_path, case, whole):
    for coding in read_case(cases_folder() / case).codings:
        path = ripeness.new(tmp_path / f"{coding}.yaml", case=case, coding=coding, whole=whole)
        own, shipped_one = read_scenario(path), read_scenario(case, coding)
        assert (own.polities, own.evidence, own.events) == (
            shipped_one.polities,
            shipped_one.evidence,
            shipped_one.events,
        )
        written, kept = (
            [text.partition(": ")[2] for text in ripeness.check(*at).warnings] for at in ((path,), (case, coding))
        )
        assert written == kept


@pytest.mark.parametrize(
    ("asked", "words"),
    [
        ({"case": "ukrain"}, "did you mean 'ukraine-2023-03'?"),
        ({"case": "japan-1945", "coding": "thron"}, "did you mean 'throne'?"),
        (
            {"case": "japan-1945", "template": "full"},
            "leave out this or case",
        ),
        ({"coding": "public"}, "coding and whole go with case"),
        ({"whole": True}, "coding and whole go with case"),
    ],
)
def test_a_case_to_start_from_that_does_not_exist_is_refused(tmp_path, asked, words):
    with pytest.raises(Fault) as caught:
        ripeness.new(tmp_path / "mine.yaml", **asked)
    assert words in caught.value.message
    assert not (tmp_path / "mine.yaml").exists()


def test_a_kept_run_of_a_scenario_over_a_shipped_case_holds_all_that_it_builds_on(tmp_path):
    path = tmp_path / "scenario.yaml"
    path.write_text("base: ukraine-2023-03/essay\nstake: {held: 0.4}\n")
    files = ripeness.run(path, draws=8, horizon=1).files
    (tmp_path / "kept").mkdir()
    for name, text in scenario_files(files).items():
        (tmp_path / "kept" / name).write_text(text)
    opened = open_scenario(tmp_path / "kept" / "scenario.yaml")
    assert {one.parent for one in opened.files} == {tmp_path / "kept"}
    assert opened.scenario.stake.held.centre == 0.4
