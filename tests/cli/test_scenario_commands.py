"""`ripeness new`, `check`, `cite` and `schema` from the command line."""

from __future__ import annotations

import json
import re
import sys

import pytest
from typer.testing import CliRunner

from ripeness.main import app, main


@pytest.fixture
def command(monkeypatch, capsys):
    """Run a command line: exit code, standard output, standard error."""

    def run(*words):
        monkeypatch.setattr(sys, "argv", ["ripeness", *map(str, words)])
        with pytest.raises(SystemExit) as left:
            main()
        shown = capsys.readouterr()
        return left.value.code or 0, shown.out, shown.err

    return run


def test_a_newcomer_makes_a_scenario_and_checks_it(command, tmp_path):
    path = tmp_path / "war.yaml"
    assert command("new", path)[0] == 0
    code, out, err = command("check", path)
    assert (code, err) == (0, "")
    assert "The scenario holds together." in out
    assert "251 by default" in " ".join(out.split())
    assert "The defaults rest on " in command("check", path, "--full")[1]


def test_a_fault_leaves_with_code_2_and_says_where_on_standard_error(command, tmp_path):
    path = tmp_path / "war.yaml"
    command("new", path)
    path.write_text(path.read_text().replace("leads: true", "laeds: true"))
    code, out, err = command("check", path)
    assert (code, out) == (2, "")
    first, second = err.splitlines()
    wrong = [n for n, words in enumerate(path.read_text().splitlines(), start=1) if "laeds" in words]
    assert first.startswith(f"{path}:{wrong[0]}:")
    assert first.endswith("'laeds' is not a key of a faction; did you mean 'leads'?")
    assert second.startswith(f"{path}:{wrong[1]}:")


@pytest.mark.parametrize("words", [["check", "japan-1945", "--coding", "throne"], ["cite", "japan-1945"], ["schema"]])
def test_json_is_one_object_on_standard_output(command, words):
    code, out, _ = command(*words, *(["--json"] if words[0] != "schema" else []))
    assert code == 0
    assert isinstance(json.loads(out), dict)


def test_cite_prints_a_bibliography_and_csv(command):
    code, out, _ = command("cite", "japan-1945")
    assert code == 0
    assert "Frank" in out
    code, out, _ = command("cite", "japan-1945", "--csv")
    assert out.splitlines()[0].startswith("path,value,low,high")


def test_words_in_brackets_are_shown_and_not_taken_for_colours(command, tmp_path):
    path = tmp_path / "war.yaml"
    command("new", path)
    path.write_text(path.read_text().replace("A war over a border valley", "A war [bold]over[/x] a valley"))
    assert "A war [bold]over[/x] a valley" in command("check", path)[1]


def test_numbers_stand_in_columns_however_long_their_names_are(command):
    _, out, _ = command("cite", "japan-1945")
    laws = [line for line in out.split("\nlaws\n")[1].splitlines() if line.startswith("  ")]
    assert len(laws) > 50
    assert len({re.match(r"  \S+\s+", line).end() for line in laws}) == 1
    assert "e-0" not in out


def test_a_version_of_a_shipped_case_and_a_council_are_begun_and_checked(command, tmp_path):
    mine = tmp_path / "mine.yaml"
    assert command("new", mine, "--from", "ukraine-2023-03", "--coding", "essay")[0] == 0
    assert "base: ukraine-2023-03/essay" in mine.read_text(encoding="utf-8")
    assert command("check", mine)[0] == 0
    council = tmp_path / "northland-1899-05-04.yaml"
    assert command("new", council, "--template", "council")[0] == 0
    code, out, _ = command("check", council)
    assert code == 0
    assert "keeps the rules of coding" in out
    assert "MemberPart" in json.loads(command("schema", "--council")[1])["$defs"]


def test_a_case_that_is_not_shipped_is_refused_with_the_nearest(command, tmp_path):
    code, out, err = command("new", tmp_path / "mine.yaml", "--from", "ukrain")
    assert (code, out) == (2, "")
    assert "did you mean 'ukraine-2023-03'?" in err


@pytest.mark.parametrize("words", [["check"], ["new"], ["councils", "score"], ["new", "war.yaml", "--from"]])
def test_a_name_that_no_file_can_have_is_refused(command, words):
    code, _, said = command(*words, f"{'a' * 300}.yaml")
    assert code == 2
    assert "Traceback" not in said


def test_a_base_that_no_file_can_be_called_is_a_fault_at_its_place(command, tmp_path):
    path = tmp_path / "war.yaml"
    path.write_text(f"base: {'a' * 300}\n", encoding="utf-8")
    code, _, said = command("check", path)
    assert code == 2
    assert "war.yaml:1:7" in said


def test_a_polity_goes_to_a_table_and_comes_back_as_a_version(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    exported = CliRunner().invoke(app, ["export", "japan-1945", "t.xlsx", "--table", "actors", "--polity", "japan"])
    assert (exported.exit_code, exported.stdout) == (0, "t.xlsx\n")
    assert "- not carried: vetoes: cabinet, army, navy and peace-party" in exported.stderr
    words = ["new", "v.yaml", "--from", "japan-1945", "--from-actors", "t.xlsx", "--polity", "japan"]
    made = CliRunner().invoke(app, words)
    assert made.exit_code == 0
    assert "Next: ripeness check v.yaml" in made.stdout
    assert CliRunner().invoke(app, ["check", "v.yaml"]).exit_code == 0


@pytest.mark.parametrize(
    ("words", "says"),
    [
        (["export", "japan-1945", "t.csv", "--table", "actors"], "--polity says whose factions are meant"),
        (["export", "japan-1945", "t.csv", "--polity", "japan"], "--polity goes with --table actors"),
        (["export", "japan-1945", "t.nc", "--table", "actors", "--polity", "japan"], "written as .csv or .xlsx"),
        (["export", "japan-1945", "t.csv", "--table", "actors", "--polity", "japn"], "did you mean 'japan'"),
        (["export", "japan-1945-08-10", "t.csv", "--table", "actors", "--polity", "japan"], "not with a council"),
        (["new", "w.yaml", "--decided", ".4"], "--decided goes with --from-actors"),
        (["new", "w.yaml", "--from-actors", "none.csv", "--template", "council"], "--decided goes with --template"),
        (["new", "w.yaml", "--from-actors", "none.csv"], "none.csv:1:1: cannot be read"),
    ],
)
def test_what_does_not_go_together_about_actor_tables_is_said(tmp_path, monkeypatch, words, says):
    monkeypatch.chdir(tmp_path)
    run = CliRunner().invoke(app, words)
    assert run.exit_code != 0
    assert says in str(run.exception)
