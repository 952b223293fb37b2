"""What a question declares is checked the same on every face, and said in the words of who asks."""

from __future__ import annotations

import pickle
import subprocess
import sys
from datetime import date
from inspect import signature
from pathlib import Path

import pytest
import typer

import ripeness
from ripeness.cli.app import PRINTERS, app
from ripeness.ensemble.design import DRAWS, MOST
from ripeness.workbench import question
from ripeness.workbench.parameter import ValueKind
from ripeness.workbench.question import parameters
from ripeness.workbench.verbs import declared_verbs, question_of
from ripeness.world.fault import ArgumentFault, Fault

CASE = "japan-1945"
COMMANDS = typer.main.get_command(app).commands
LIGHT = """
import sys
from ripeness.workbench.verbs import declared_verbs, question_of
for verb in declared_verbs():
    question_of(verb)
heavy = {"numpy", "numba", "pydantic", "yaml", "rich", "pandas", "xarray", "altair"} & set(sys.modules)
print(sorted(heavy))
"""


@pytest.mark.parametrize(
    ("verb", "arguments", "words"),
    [
        ("run", {"months": 6}, "months is 6; a list of numbers is wanted"),
        ("run", {"months": ["x"]}, "months is 'x'; a number is wanted"),
        ("run", {"changes": ["talks.mediation=2"]}, "numbers by their path are wanted, such as {'talks.mediation': 2}"),
        ("run", {"observe": "japan terms 1945-07-01 .5"}, "observe is 'japan .*a list of texts is wanted"),
        ("run", {"observe": [3]}, "a list of texts is wanted"),
        ("run", {"draws": True}, "draws is True; a whole number from 1 to"),
        ("run", {"draws": 64.0}, "draws is 64.0; a whole number from 1 to"),
        ("run", {"draws": 0}, "draws is 0; it can be 1 to"),
        ("run", {"reading": "unitry"}, "did you mean 'unitary'"),
        ("run", {"reading": 1}, "a text is wanted"),
        ("run", {"evidence": "yes"}, "evidence is 'yes'; True or False is wanted"),
        ("run", {"as_of": "1945-04-31", "evidence": True}, "as_of: .*April 1945 has 30 days"),
        ("story", {"draw": "a"}, "draw is 'a'; a whole number from 0 to"),
        ("infer", {"polities": "japan"}, "polities is 'japan'; a list of texts is wanted"),
        ("infer", {"knots": 9}, "knots is 9; it can be 1 to 8"),
        ("ripe", {"theta": 1}, "theta is 1; it can be 0 or more and less than 1"),
        ("discover", {"density": 0}, "density is 0; it can be more than 0 and at most 1"),
        ("discover", {"density": float("nan")}, "density is nan; a number, more than 0 and at most 1, is wanted"),
    ],
)
def test_a_value_that_does_not_fit_is_a_fault_that_names_the_argument(verb, arguments, words):
    with pytest.raises(ArgumentFault, match=words):
        getattr(ripeness, verb)(CASE, **arguments)


def test_a_case_is_a_name_or_a_path():
    with pytest.raises(ArgumentFault, match="case_or_path is 7; a name or a path is wanted"):
        ripeness.run(7)


def test_what_is_declared_of_draws_is_what_a_design_takes():
    assert (question.DRAWS, question.MOST_DRAWS) == (DRAWS, MOST)


def test_declarations_load_no_science():
    done = subprocess.run([sys.executable, "-c", LIGHT], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"


@pytest.mark.parametrize("verb", declared_verbs())
def test_the_command_and_the_function_have_every_field_with_its_default(verb):
    taken = signature(getattr(ripeness, verb)).parameters
    options = {flag: option for option in COMMANDS[verb].params for flag in option.opts}
    for field in parameters(question_of(verb)):
        assert field.name in taken
        if field.kind is ValueKind.OBJECT:
            continue
        assert field.help
        assert field.required or field.optional or field.check(field.default) is not None
        if field.kind in (ValueKind.WHOLE, ValueKind.NUMBER) and not field.required:
            assert options[field.flags[0]].default == taken[field.name].default == field.default
        elif field.flags:
            assert set(field.flags) <= set(options)


@pytest.mark.parametrize("verb", declared_verbs())
def test_keys_and_flags_of_a_question_are_its_own(verb):
    fields = [field for field in parameters(question_of(verb)) if field.kind is not ValueKind.OBJECT]
    keys = [key for field in fields for key in (field.key, *field.old_keys)]
    flags = [flag for field in fields for flag in field.flags] + [flag.name for flag in _flags(verb)]
    assert len(set(keys)) == len(keys)
    assert len(set(flags)) == len(flags)


def _flags(verb):
    from ripeness.cli.command import Printer

    return PRINTERS.get(verb, Printer()).flags.values()


def test_no_command_is_written_for_a_question_that_lays_out_its_answer():
    folder = Path(ripeness.__file__).parent / "cli"
    names = [f'"{verb}"' for verb in declared_verbs() if verb not in PRINTERS]
    assert names
    for path in folder.glob("*.py"):
        text = path.read_text(encoding="utf-8")
        assert [name for name in names if name in text] == [], path


def test_a_question_passes_between_processes_and_says_what_differs_from_its_defaults():
    asked = question_of("sense")(CASE, month=3, sources=["a"], as_of=date(1945, 4, 30), evidence=True)
    same = pickle.loads(pickle.dumps(asked))
    assert same == asked
    assert same.arguments() == {
        "case_or_path": CASE,
        "month": 3,
        "sources": ("a",),
        "evidence": True,
        "as_of": date(1945, 4, 30),
    }


def test_a_fault_passes_between_processes_and_speaks_in_the_words_of_a_face():
    fault = pickle.loads(pickle.dumps(ArgumentFault("as_of", " goes with {evidence}")))
    assert str(fault) == "as_of goes with evidence"
    assert (
        str(fault.named({"as_of": "--as-of", "evidence": "--given evidence"})) == "--as-of goes with --given evidence"
    )


def test_a_declaration_that_no_face_can_show_is_refused():
    @question.question
    class Odd(question.Verb[int]):
        number: complex = question.declared(help="Odd.")

    with pytest.raises(TypeError, match="no face can show a field of type complex"):
        parameters(Odd)


def test_a_report_is_asked_by_the_name_that_its_argument_had():
    with pytest.raises(Fault, match="nowhere"):
        ripeness.report(case_or_run="nowhere")


@pytest.mark.parametrize(
    ("places", "keywords", "words"),
    [
        ((CASE,), {"drws": 4}, "run() got an unexpected keyword argument 'drws'"),
        ((), {}, "run() missing a required argument: 'case_or_path'"),
        ((CASE, 64), {}, "run() too many positional arguments"),
    ],
)
def test_an_argument_that_a_function_does_not_take_is_an_error_that_names_the_function(places, keywords, words):
    with pytest.raises(TypeError) as error:
        ripeness.run(*places, **keywords)
    assert str(error.value) == words


def test_an_answer_has_what_it_holds_under_the_names_that_it_had_before():
    answer = ripeness.ripe(CASE, draws=32, horizon=3)
    assert answer.told is answer.found() is answer.value
    assert answer.asked is answer.setup


@pytest.mark.parametrize(
    ("arguments", "words", "problem"),
    [
        ({"observe": ["japan"]}, ["--observe", "japan"], " 'japan': write POLITY ISSUE DATE VALUE"),
        ({"evidence": True, "as_of": "1900-01-01"}, ["--given", "evidence", "--as-of", "1900-01-01"], " 1900-01-01 is"),
    ],
)
def test_a_fault_found_while_answering_names_the_argument_in_python_and_the_flag_on_the_command_line(
    arguments, words, problem
):
    name = next(reversed(arguments))
    with pytest.raises(Fault) as fault:
        ripeness.run("japan-1945", draws=64, horizon=3, **arguments)
    assert str(fault.value).startswith(f"{name}{problem}")
    command = [
        sys.executable,
        "-c",
        "from ripeness.main import main; main()",
        "run",
        "japan-1945",
        "--draws",
        "64",
        "--horizon",
        "3",
        *words,
    ]
    done = subprocess.run(command, capture_output=True, text=True, check=False, timeout=120)
    assert done.returncode == 2
    assert done.stderr.startswith(f"--{name.replace('_', '-')}{problem}")
