"""The lines that pages show are lines that the command line and Python take."""

from __future__ import annotations

import ast
import inspect
import os
import shlex
import subprocess
import sys
from functools import reduce

import click
import pytest
import typer

import ripeness
import ripeness.validation.verbs.history
from ripeness.main import app
from ripeness.web.lines import python_line, question_lines, script_text, shell_line
from ripeness.workbench.parameter import ValueKind
from ripeness.workbench.question import parameters
from ripeness.workbench.verbs import declared_verbs, question_of

VALUES = {  # one that is no default, for each kind and name
    ValueKind.CASE: "japan-1945",
    ValueKind.TEXT: "japan",
    ValueKind.WHOLE: 4,
    ValueKind.NUMBER: 0.4,
    ValueKind.DAY: "1945-06-01",
    ValueKind.FILE: "file.yaml",
    ValueKind.TEXTS: ("one thing", "another"),
    ValueKind.NUMBERS: (0.25, 0.5),
    ValueKind.CHANGES: {"stake.held": "0.3 to 0.4"},
}
OTHERS = {
    "engine": "dask",
    "reading": "unitary",
    "particles": 100,
    "draws": 64,
    "sobol_base": 0,
    "prior": "experts",  # the one that takes sheets
    "arms": ("no aid: cut=aid->munitions",),
}
EITHER_OR = [
    ("judges", "sheets"),
    ("seed_questions", "sheets"),
    ("by", "months"),
    ("by", "month"),
    ("horizon", "by"),
]  # of which a question takes one


def other_value(parameter):
    """A value of a field that is not its default."""
    if parameter.name in OTHERS:
        return OTHERS[parameter.name]
    if parameter.kind is ValueKind.SWITCH:
        return not parameter.default
    if parameter.kind is ValueKind.TEXT and parameter.choices:
        return next(choice for choice in parameter.choices if choice != parameter.default)
    return VALUES[parameter.kind]


def asked_with_everything(verb):
    """A question with a value for each of its fields."""
    question = question_of(verb)
    values = {one.name: other_value(one) for one in parameters(question) if one.kind is not ValueKind.OBJECT}
    for field, other in EITHER_OR:
        if other in values:
            values.pop(field, None)
    return question(**values)


SHOWN = [
    *(question_lines(asked_with_everything(verb)) for verb in declared_verbs()),
    (shell_line("check", "japan-1945", coding="public"), python_line("check", "japan-1945", coding="public")),
    (shell_line("cite", "japan-1945", coding="public"), python_line("cite", "japan-1945", coding="public")),
    (shell_line("list", shelf="runs"), python_line("list", shelf="runs")),
    (shell_line("councils show", "argentina"), "ripeness.councils.show('argentina')"),
    (shell_line("councils score"), "ripeness.councils.score()"),
    (shell_line("councils weight"), "ripeness.councils.weight()"),
    ("ripeness forecast list", "ripeness.forecast.listing(today=date.today())"),
]


@pytest.mark.parametrize("line", [shell for shell, _ in SHOWN])
def test_a_line_for_the_shell_is_one_that_the_command_line_takes(line):
    part, words = typer.main.get_command(app), shlex.split(line)[1:]
    while isinstance(part, click.Group) or hasattr(part, "commands"):
        part = part.commands[words.pop(0)]
    part.make_context("ripeness", words)


@pytest.mark.parametrize("line", [line for _, line in SHOWN])
def test_a_line_of_python_is_a_call_that_python_takes(line):
    calls = [one for one in ast.walk(ast.parse(line)) if isinstance(one, ast.Call)]
    (call,) = [
        one
        for one in calls
        if ast.unparse(one.func).startswith("ripeness.") and not isinstance(one.func.value, ast.Call)
    ]
    names = ast.unparse(call.func).split(".")[1:]
    function = reduce(getattr, names, ripeness)
    inspect.signature(function).bind(*call.args, **{word.arg: word.value for word in call.keywords})


def test_a_line_for_the_shell_has_every_digit_of_a_number():
    shell, python = question_lines(question_of("discover")("japan-1945", month=24.0, density=0.123456789))
    assert shell == "ripeness discover japan-1945 --month 24 --density 0.123456789"
    assert "density=0.123456789" in python


def test_a_script_gives_an_answer_again(tmp_path):
    script = tmp_path / "again.py"
    _, line = question_lines(question_of("record")("japan-1945"))
    script.write_text(script_text("How past conflicts like this one ended.", line), encoding="utf-8")
    said = subprocess.check_output([sys.executable, str(script)], text=True, env={**os.environ, "PYTHONUTF8": "1"})
    assert "still fighting" in said
