"""EU decisions from the producers' file, however it was saved and whatever its codes for unknown."""

from __future__ import annotations

import math
from pathlib import Path

import pytest
from typer.testing import CliRunner

from ripeness.main import app
from ripeness.validation.backtest.councils_eu import read_councils
from ripeness.world.fault import Fault

HEAD = "issues,prname,pcom,pep,pfr,scom,sep,sfr,rp,out\n"
WEIGHTS = ",,4.1,4.1,300,,,,,\n"
ISSUES = "i1,a,0,100,50,50,50,50,10,40\ni2,a,0,20,50,50,50,50,10,60\n"


@pytest.fixture
def councils(tmp_path: Path):
    def written(text: str | bytes):
        path = tmp_path / "deu.csv"
        path.write_bytes(text if isinstance(text, bytes) else text.encode())
        return read_councils(path)

    return written


@pytest.mark.parametrize(
    "text",
    [
        HEAD + WEIGHTS + ISSUES,
        (HEAD + WEIGHTS + ISSUES).replace(",", "\t"),
        (HEAD + WEIGHTS + ISSUES).encode("utf-16"),
        (HEAD + WEIGHTS + ISSUES).replace(",", ";").replace("4.1", "4,1"),
        "# DEU\n" + HEAD + WEIGHTS + ISSUES,
    ],
)
def test_issues_read_alike_however_the_file_was_saved(councils, text):
    found = councils(text)
    assert [issue.outcome for issue in found.issues] == [0.4, 0.6]
    assert found.weights.tolist() == [4.1, 4.1, 300]
    assert found.faults == ()


@pytest.mark.parametrize("code", ["999", "-9", "101", "100.5", "-0.1", "1e9"])
def test_a_number_beyond_0_to_100_is_a_missing_value_and_said(councils, code: str):
    outcome = councils(HEAD + WEIGHTS + ISSUES.replace("10,60", f"10,{code}"))
    assert [issue.outcome for issue in outcome.issues] == [0.4]
    position = councils(HEAD + WEIGHTS + ISSUES.replace("0,20,50", f"0,{code},50"))
    assert math.isnan(position.issues[1].position[1])
    assert len(position.issues) == 2
    salience = councils(HEAD + WEIGHTS + ISSUES.replace("20,50,50", f"20,50,{code}"))
    assert math.isnan(salience.issues[1].salience[0])
    known = code == "-9"  # the producers' own sign for unknown needs no word
    assert [len(found.faults) for found in (outcome, position, salience)] == ([0] * 3 if known else [1] * 3)


def test_a_row_without_a_proposal_below_the_issues_does_not_become_the_weights(councils):
    found = councils(HEAD + WEIGHTS + ISSUES + ",,1,1,1,,,,,\n,,,,,,,,,50\n")
    assert found.weights.tolist() == [4.1, 4.1, 300]
    assert [fault.place.line for fault in found.faults] == [5, 6]


def test_many_such_numbers_are_counted_once(councils):
    found = councils(HEAD + WEIGHTS + ISSUES.replace("0,20,50", "999,999,50"))
    assert [str(fault).partition("deu.csv:")[2] for fault in found.faults] == [
        "4:6: pcom: 999 does not lie from 0 to 100; 2 such numbers are missing values"
    ]


def test_weights_that_are_none_count_as_nothing_and_are_named(councils):
    found = councils(HEAD + ",,999,-4.1,3,,,,,\n" + ISSUES)
    assert found.weights.tolist() == [0, 0, 3]
    assert len(found.faults) == 2
    none = councils(HEAD + ",,0,0,0,,,,,\n" + ISSUES)
    assert none.weights.tolist() == [1, 1, 1]
    assert "none above 0" in str(none.faults[0])


@pytest.mark.parametrize(
    ("text", "message"),
    [
        (
            (HEAD + ISSUES).replace("scom", "sc").replace(",", ";"),
            "'scom' is missing; did you mean 'pcom'?; cells are separated by semicolon",
        ),
        ((HEAD + ISSUES).replace("prname", "title"), "cells are separated by comma"),
        (
            HEAD + WEIGHTS + ISSUES.replace("10,40", "10,999").replace("10,60", "10,101"),
            "no issue with an outcome from 0 to 100",
        ),
        (HEAD + ISSUES.replace("out", "x") + "i3,b,1,2,3,4,5,6,7,8,9\n", "the row has 11 cells"),
        ("version https://git-lfs.github.com/spec/v1\n", "Git LFS pointer"),
        (";;\n", "is empty"),
    ],
)
def test_a_file_of_no_use_is_refused_and_the_separator_named(councils, text: str, message: str):
    with pytest.raises(Fault) as caught:
        councils(text)
    assert message in str(caught.value)


def test_the_command_scores_a_file_with_semicolons(tmp_path: Path):
    path = tmp_path / "deu.csv"
    path.write_text("prname;pcom;pep;scom;sep;rp;out\nw;1;1;;;;\nalpha;0;100;50;50;;40\n", encoding="utf-8")
    run = CliRunner().invoke(app, ["backtest", "--councils-eu", str(path), "--json"])
    assert run.exit_code == 0
    assert '"issues": 1' in run.stdout
