"""`--engine` and `--scheduler` stand on every command that simulates many wars, and a wrong one ends with a message."""

from __future__ import annotations

import pytest
import typer
from typer.testing import CliRunner

from ripeness.main import app
from ripeness.web.question_body import body_of
from ripeness.workbench.question import WarQuestion
from ripeness.workbench.verbs import declared_verbs, question_of
from ripeness.world.fault import Fault

COMMANDS = typer.main.get_command(app).commands
SIMULATING = {verb for verb in declared_verbs() if issubclass(question_of(verb), WarQuestion)}


@pytest.mark.parametrize("verb", sorted({*SIMULATING, "calibrate", "backtest"}))
def test_a_command_that_simulates_many_wars_takes_an_engine_and_says_the_settings(verb):
    helps = {flag: parameter.help for parameter in COMMANDS[verb].params for flag in parameter.opts}
    assert "RIPENESS_ENGINE" in helps["--engine"]
    assert "RIPENESS_SCHEDULER" in helps["--scheduler"]


@pytest.mark.parametrize("verb", sorted(SIMULATING))
def test_nobody_can_name_a_scheduler_to_a_server(verb):
    assert not {"engine", "scheduler"} & set(body_of(question_of(verb)).model_json_schema()["properties"])


@pytest.mark.parametrize(
    ("words", "message"),
    [
        (["run", "japan-1945", "--engine", "dusk"], "engine is 'dusk'; did you mean 'dask'"),
        (["run", "japan-1945", "--engine", "threads", "--scheduler", "a:1"], "--scheduler belongs to the engine dask"),
        (["ripe", "japan-1945", "--draws", "8", "--scheduler", "bla bla"], "is no address of a Dask scheduler"),
    ],
)
def test_a_wrong_engine_or_scheduler_is_a_fault(words, message):
    with pytest.raises(Fault, match=message):
        CliRunner().invoke(app, words, catch_exceptions=False)
