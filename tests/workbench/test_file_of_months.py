"""A file of months in the questions that take it: on every one of them, repeated from its record, and refused whole."""

from __future__ import annotations

import pytest

import ripeness
from ripeness.store.shelf.kept_run import open_kept
from ripeness.workbench.again import again
from ripeness.workbench.question import WarQuestion, parameters
from ripeness.workbench.verbs import declared_verbs, question_of
from ripeness.world.fault import Fault

MONTHS = "month,deaths:russia,deaths:ukraine,line\n2022-06,9,5,\n2022-07,8,4,0.44\n2022-12,12,,\n"
DEATHS = "polities.russia.resources.deaths"


@pytest.fixture
def months(tmp_path):
    file = tmp_path / "months.csv"
    file.write_text(MONTHS)
    return file


def test_every_question_about_a_war_takes_it_on_the_command_line_and_no_server_does():
    fields = [
        parameter
        for verb in map(question_of, declared_verbs())
        if issubclass(verb, WarQuestion)
        for parameter in parameters(verb)
        if parameter.name == "war_path"
    ]
    assert len(fields) > 8
    assert all(field.flags == ("--months",) and not field.served for field in fields)


def test_a_run_says_what_it_was_given_and_is_repeated_from_its_record(months, tmp_path):
    result = ripeness.run("ukraine-2023-03", draws=64, horizon=6, war_path=months)
    given = result.about()["given"]
    assert given["items"] == given["items_of_the_war_before_start"] == 6
    assert given["months"] == MONTHS
    assert given["stated"] is False
    assert "given 6 observations" in result.information.words()
    kept = result.save(tmp_path / "run")
    months.unlink()
    assert again(open_kept(kept)).plain()["outcomes"] == result.plain()["outcomes"]


def test_another_path_is_another_forecast(months, tmp_path):
    other = tmp_path / "other.csv"
    other.write_text(MONTHS.replace(",9,", ",0.9,").replace(",8,", ",0.8,").replace(",12,", ",1.2,"))
    runs = [ripeness.run("ukraine-2023-03", draws=512, horizon=2, war_path=file) for file in (months, other)]
    bloody, calm = (run.information.evidence.overrides for run in runs)
    name = next(name for name in bloody if name.startswith("polities.russia.") and name.endswith(".forces"))
    assert set(bloody) == set(calm)
    assert not (bloody[name] == calm[name]).all()
    assert runs[0].plain()["outcomes"] != runs[1].plain()["outcomes"]


def test_a_bad_file_is_told_at_its_place(tmp_path):
    file = tmp_path / "months.csv"
    file.write_text("month,deaths:russia\n2022-06,nine\n")
    with pytest.raises(Fault, match="'nine' is not a number") as refused:
        ripeness.run("ukraine-2023-03", draws=8, war_path=file)
    assert str(refused.value.place) == f"{file}:2:9"
