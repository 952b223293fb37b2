"""Several judges, from sheets to versions: what is asked, pooled, shown, and written as files that run."""

from __future__ import annotations

import csv
import json
import subprocess
import sys
from io import StringIO
from pathlib import Path

import pytest

import ripeness
from ripeness.scenario.fingerprint import fingerprint
from ripeness.scenario.number_paths import scenario_numbers
from ripeness.scenario.read import open_scenario, read_scenario
from ripeness.scenario.template import template
from ripeness.show.judge_effect_tables import effect_sentence
from ripeness.study.judge_variance import JudgeDisagreement, JudgeVariance
from ripeness.world.fault import Fault

CASE = "japan-1945"
POLITY = "soviet-union"
POWERS = [
    f"polities.{POLITY}.factions.{f}.power" for f in ("party-leadership", "general-staff", "foreign-commissariat")
]
POSITION = f"polities.{POLITY}.factions.general-staff.positions.neutral-trade"


def filled(text, answers):
    """A sheet with its answers: the case's own interval but for what `answers` says by path."""
    lines = text.splitlines()
    start = next(n for n, line in enumerate(lines) if not line.startswith("#"))
    out = StringIO()
    reader = csv.DictReader(lines[start:])
    writer = csv.DictWriter(out, reader.fieldnames, lineterminator="\n")
    writer.writeheader()
    for row in reader:
        values = answers(row["path"])
        writer.writerow(row | dict(zip(("low", "best", "high"), values, strict=True)))
    return "\n".join([*lines[:start], out.getvalue()])


def interval_of(case, changes):
    numbers = scenario_numbers(read_scenario(case))
    return lambda path: changes.get(path, numbers[path].interval() if path in numbers else (1, 2, 3))


def judge(folder, changes_by_judge, case=CASE, **settings):
    """A folder of filled sheets."""
    asked = ripeness.elicit(case, judges=list(changes_by_judge), traits=0, **settings)
    folder.mkdir(exist_ok=True)
    for name, (file, text) in zip(changes_by_judge, asked.sheet_texts().items(), strict=True):
        changes = changes_by_judge[name]
        (folder / file).write_text(filled(text, interval_of(case, changes)), encoding="utf-8")
    return folder


@pytest.fixture(scope="module")
def sheets(tmp_path_factory):
    """Two judges who differ in one position."""
    changes = {"Anna": {}, "Ben": {POSITION: (0.7, 0.8, 0.9)}}
    return judge(tmp_path_factory.mktemp("judges") / "sheets", changes, polities=[POLITY])


def test_what_is_asked_is_powers_positions_salience_and_the_traits_that_matter():
    asked = ripeness.elicit(CASE, traits=3, draws=256, polities=["japan"])
    kinds = [row["path"].split(".")[4] for row in asked.rows()]
    assert (kinds.count("power"), kinds.count("traits")) == (7, 3)
    assert kinds.count("positions") == kinds.count("salience") == 42
    again = ripeness.elicit(CASE, traits=3, draws=256, polities=["japan"])
    assert asked.value.questionnaire.traits == again.value.questionnaire.traits
    assert len(asked.value.questionnaire.traits) == 3


def test_sheets_are_written_whole_or_not_at_all(tmp_path):
    asked = ripeness.elicit(CASE, judges=["Anna", "Ben"], traits=0, polities=[POLITY])
    asked.save(tmp_path / "out")
    names = {path.name for path in (tmp_path / "out").iterdir()}
    assert names == {"judge-anna.csv", "judge-anna.xlsx", "judge-ben.csv", "judge-ben.xlsx"}
    with pytest.raises(Fault, match="something is there already"):
        asked.save(tmp_path / "out")
    with pytest.raises(Fault, match="there is nothing to write"):
        ripeness.elicit(CASE, traits=0).save(tmp_path / "none")


def test_the_pool_names_the_number_in_which_judges_differ(sheets):
    pooled = ripeness.elicit(CASE, sheets=[sheets], effect_draws=0)
    ranked = sorted(pooled.pooled.agreement, key=lambda row: -row.between)
    assert ranked[0].path == POSITION
    assert all(row.between == 0 for row in ranked[1:])
    assert "position on neutral trade" in pooled.sentence()
    plain = json.loads(pooled.to_json())
    assert plain["pool"]["weights"] == {"Anna": 0.5, "Ben": 0.5}
    row = next(row for row in plain["questions"] if row["path"] == POSITION)
    assert row["Ben best"] == pytest.approx(0.8)
    assert row["Anna best"] < row["pooled best"] < 0.8
    assert "Anna" in pooled.plot().to_json()


@pytest.mark.slow
def test_the_decomposition_names_the_one_power_in_which_two_judges_differ(tmp_path):
    path = "polities.japan.factions.army.power"
    folder = judge(tmp_path / "s", {"Anna": {}, "Ben": {path: (0.55, 0.7, 0.85)}}, polities=["japan"])
    effect = ripeness.elicit(CASE, sheets=[folder], effect_draws=4_000, outcome="settlement").value.effect
    assert [part.key for part in effect.numbers] == [path]
    assert [part.key for part in effect.groups] == ["power"]
    assert effect.numbers[0].share == pytest.approx(1)
    assert set(effect.chances) == {"Anna", "Ben"}


def test_versions_are_files_that_check_accepts_and_that_run(sheets, tmp_path):
    answer = ripeness.elicit(CASE, sheets=[sheets], effect_draws=0)
    answer.save(tmp_path / "versions")
    coded = read_scenario(CASE)
    for name in ("judge-anna", "judge-ben", "pooled", "coded"):
        scenario = read_scenario(tmp_path / "versions", name)
        assert scenario.coding == name
        assert ripeness.check(tmp_path / "versions", name).kinds
    assert fingerprint(read_scenario(tmp_path / "versions", "coded").model_copy(update={"coding": coded.coding})) == (
        fingerprint(coded)
    )
    ben, pooled = (scenario_numbers(read_scenario(tmp_path / "versions", name)) for name in ("judge-ben", "pooled"))
    assert ben[POSITION].interval() == pytest.approx((0.7, 0.8, 0.9))
    assert (ben[POSITION].kind, ben[POSITION].sources) == ("judged", ("judge-ben",))
    assert pooled[POSITION].sources == ("judge-anna", "judge-ben")
    source = read_scenario(tmp_path / "versions", "judge-ben").sources["judge-ben"]
    assert source.author == "Ben"
    assert "judge-ben.csv, sheet 'numbers'" in source.place
    for path, number in answer.pooled.numbers.items():
        assert pooled[path].interval() == pytest.approx(number.interval(), rel=1e-5)
    result = ripeness.run(tmp_path / "versions", coding="pooled", draws=64, horizon=3)
    assert result.scenario.coding == "pooled"


def test_one_sheet_makes_a_version_with_powers_that_sum_to_one(tmp_path):
    folder = judge(tmp_path / "s", {"Anna": dict.fromkeys(POWERS, (0.2, 0.3, 0.5))}, polities=[POLITY])
    answer = ripeness.elicit(CASE, sheets=[folder])
    assert answer.pooled is None
    assert "a pool takes a second judge" in answer.sentence()
    (version,) = answer.versions()
    assert sum(version.numbers[path].centre for path in POWERS) == pytest.approx(1, abs=1e-5)


def test_a_page_of_the_workbench_hands_out_the_sheets():
    from ripeness.web.answer_parts import parts_of

    parts = parts_of("elicit", ripeness.elicit(CASE, judges=["Anna"], traits=0, polities=[POLITY]))
    assert list(parts.facts["sheets"]) == ["judge-anna.csv"]
    assert parts.facts["sheets"]["judge-anna.csv"].startswith("# Please fill in")
    assert "share of the say" in "".join(parts.blocks)
    assert parts.pictures == {}


def test_nothing_is_overwritten_by_versions(sheets, tmp_path):
    answer = ripeness.elicit(CASE, sheets=[sheets], effect_draws=0)
    (tmp_path / "versions").mkdir()
    (tmp_path / "versions" / "mine.txt").write_text("mine")
    with pytest.raises(Fault, match="something is there already"):
        answer.save(tmp_path / "versions")
    assert [path.name for path in (tmp_path / "versions").iterdir()] == ["mine.txt"]


@pytest.fixture
def own_case(tmp_path):
    """A case of one's own: a folder with an index and one version, which has a comment."""
    folder = tmp_path / "valley"
    folder.mkdir()
    (folder / "mine.yaml").write_text(template("minimal"), encoding="utf-8")
    (folder / "case.yaml").write_text("title: The valley\ncodings:  # so far\n  mine: mine.yaml\n", encoding="utf-8")
    return folder


def test_versions_go_into_the_folder_of_a_case_of_ones_own_beside_the_others(own_case, tmp_path):
    sheets = judge(tmp_path / "s", {"Anna": {}, "Ben": {}}, case=own_case)
    answer = ripeness.elicit(own_case, sheets=[sheets], effect_draws=0)
    answer.save(own_case)
    assert "# so far" in (own_case / "case.yaml").read_text(encoding="utf-8")
    assert open_scenario(own_case, "pooled").files[1].name == "mine.yaml"
    assert read_scenario(own_case).coding == read_scenario(own_case, "mine").coding
    with pytest.raises(Fault, match="the file exists and stays as it is"):
        answer.save(own_case)


def test_a_version_that_an_index_names_already_stays_as_it_is(own_case, tmp_path):
    index = own_case / "case.yaml"
    index.write_text(index.read_text(encoding="utf-8") + "  pooled: mine.yaml\n", encoding="utf-8")
    sheets = judge(tmp_path / "s", {"Anna": {}, "Ben": {}}, case=own_case)
    with pytest.raises(Fault, match="the case has a version 'pooled' already"):
        ripeness.elicit(own_case, sheets=[sheets], effect_draws=0).save(own_case)
    assert sorted(path.name for path in own_case.iterdir()) == ["case.yaml", "mine.yaml"]


def test_a_file_of_ones_own_is_written_out_as_coded(own_case, tmp_path):
    path = own_case / "mine.yaml"
    sheets = judge(tmp_path / "s", {"Anna": {}, "Ben": {}}, case=path)
    ripeness.elicit(path, sheets=[sheets], effect_draws=0).save(tmp_path / "versions")
    coded = read_scenario(tmp_path / "versions", "coded")
    assert fingerprint(coded) == fingerprint(read_scenario(path))


def test_who_has_no_opinion_borrows_the_pool_and_says_so(tmp_path):
    nothing = {POSITION: ("no opinion", "", "")}
    folder = judge(tmp_path / "s", {"Anna": nothing, "Ben": {}, "Cleo": {}}, polities=[POLITY])
    answer = ripeness.elicit(CASE, sheets=[folder], effect_draws=0)
    answer.save(tmp_path / "versions")
    text = (tmp_path / "versions" / "judge-anna.yaml").read_text(encoding="utf-8")
    assert text.count("no opinion: pooled from the other judges") == 1
    assert "no opinion" not in (tmp_path / "versions" / "judge-ben.yaml").read_text(encoding="utf-8")
    assert answer.plain()["judges"][0]["no_opinion"] == [POSITION]


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        ({"judges": ["Anna", "anna "]}, "stands twice"),
        ({"judges": [" "]}, "is no name"),
        ({"judges": ["Anna"], "sheets": ["x"]}, "give one of them"),
        ({"pool": "linar"}, "did you mean 'linear'"),
        ({"sheets": ["x"], "pool": "performance"}, "name their true values"),
        ({"key": "x.csv"}, "scores sheets that are read"),
        ({"polities": ["japn"]}, "did you mean 'japan'"),
        ({"outcome": "peace"}, "is not an outcome"),
    ],
)
def test_a_question_that_cannot_be_asked_is_refused_with_what_would_be_right(arguments, words):
    with pytest.raises(Fault, match=words):
        ripeness.elicit(CASE, **arguments)


def command(*words, folder):
    return subprocess.run(
        [Path(sys.executable).parent / "ripeness", "elicit", *words],
        capture_output=True,
        text=True,
        check=False,
        timeout=300,
        cwd=folder,
    )


def test_the_command_line_writes_sheets_reads_them_back_and_leaves_with_two(tmp_path):
    done = command(CASE, "--judge", "Anna", "--judge", "Ben", "--traits", "0", "--polity", POLITY, folder=tmp_path)
    assert done.returncode == 0, done.stderr
    assert "written: judges-japan-1945" in done.stderr
    blank = command(CASE, "--read", "judges-japan-1945", folder=tmp_path)
    assert blank.returncode == 2
    assert len(blank.stderr.strip().splitlines()) == 2
    assert "nobody has filled it in" in blank.stderr


def test_the_command_line_pools_by_performance_and_shows_the_scores(tmp_path):
    (tmp_path / "seeds.csv").write_text("id,question,unit\na,How long?,m\nb,How old?,years\n", encoding="utf-8")
    (tmp_path / "key.csv").write_text("id,value\na,2.1\nb,1.5\n", encoding="utf-8")
    changes = {"Anna": {}, "Ben": {"seeds.a": (10, 11, 12), "seeds.b": (10, 11, 12)}}
    folder = judge(tmp_path / "s", changes, polities=[POLITY], seed_questions=tmp_path / "seeds.csv")
    flags = ("--pool", "performance", "--key", "key.csv", "--effect-draws", "0")
    done = command(CASE, "--read", str(folder), *flags, "--json", folder=tmp_path)
    assert done.returncode == 0, done.stderr
    pool = json.loads(done.stdout)["pool"]
    assert pool["weights"] == {"Anna": 1, "Ben": 0}
    assert pool["scores"][0]["hits"] == [0, 1, 1, 0]
    shown = command(CASE, "--read", str(folder), *flags, "--full", folder=tmp_path)
    assert "calibration" in shown.stdout
    assert "Fewer than 8 seed questions" in " ".join(shown.stdout.split())


def test_the_only_number_in_which_judges_differ_is_named_where_it_moves_nothing_clearly():
    number = JudgeVariance("path", "Japan, Army: power", 0.0, 1.0, 0.0, 1.0, 0.0)
    effect = JudgeDisagreement(
        "settlement", 24, {"Anna": 0.16, "Ben": 0.16}, 0.0, False, 0.1, (number,), (number,), 2, 400
    )
    text = effect_sentence(effect, read_scenario(CASE))
    assert "What they differ in (Japan, Army: power alone) moves the answer by no more than chance" in text
    assert text.endswith("is 16 % by judge.")
