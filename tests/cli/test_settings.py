"""What stands behind `--set` is read within the bounds of a file."""

from __future__ import annotations

import pytest
from typer.testing import CliRunner

from ripeness.cli.app import app
from ripeness.workbench.again import _value
from ripeness.workbench.options import read_options
from ripeness.workbench.parameter import read_changes
from ripeness.workbench.whatif import arm_of
from ripeness.world.fault import Fault


def ask(words):
    """Run a command; what it raises is raised."""
    found = CliRunner().invoke(app, words, catch_exceptions=False)
    assert found.exit_code == 0


BOMB = "[&a [1, 1], &b [*a, *a], [*b, *b]]"


def test_numbers_ranges_and_mappings_are_read_as_in_a_file():
    assert read_changes(["a.b=2", "c=.4 to .6", "d={value: 2, range: 1 to 3}", "e=on"]) == {
        "a.b": 2,
        "c": ".4 to .6",
        "d": {"value": 2, "range": "1 to 3"},
        "e": "on",
    }


@pytest.mark.parametrize(
    ("value", "words"),
    [
        (BOMB, "anchors and aliases"),
        ("!!python/name:os.system", "tags"),
        ("[" * 40, "nested more than 30 deep"),
        ("{value: 0,5}", "write 0.5"),
        ("a: b: c", "this is not YAML"),
    ],
)
def test_what_a_file_may_not_hold_no_flag_may(value, words):
    with pytest.raises(Fault, match="--set: ") as caught:
        ask(["run", "japan-1945", "--set", f"stake.held={value}"])
    assert words in caught.value.message


def test_a_kept_change_with_aliases_stays_text():
    assert _value(BOMB) == BOMB
    assert _value("{'value': 2}") == {"value": 2}


def test_a_file_of_options_with_aliases_is_refused_at_its_line(tmp_path):
    path = tmp_path / "mine.yaml"
    path.write_text("a: &a {effort: 1}\nb: *a\n")
    with pytest.raises(Fault, match=r"mine.yaml:1:4: anchors and aliases"):
        read_options(path)


@pytest.mark.parametrize("text", ["", "options:\n", "options: []\n", "hold: [1]\n", "hold: {effort: {}}\n", "hold:\n"])
def test_a_file_of_options_that_says_nothing_is_refused_at_a_place(tmp_path, text):
    path = tmp_path / "mine.yaml"
    path.write_text(text)
    with pytest.raises(Fault, match=r"mine.yaml:\d+:\d+: "):
        read_options(path)


@pytest.mark.parametrize("part", ["b", "b=", "stake.held=[1"])
def test_a_fault_in_an_arm_is_said_to_be_in_the_arm(part):
    with pytest.raises(Fault, match="^--arm: "):
        ask(["whatif", "japan-1945", "--arm", f"other: talks.mediation=1; {part}"])


def test_an_arm_drops_no_change_whose_path_begins_like_a_cut():
    arm = arm_of("other: cutoff=1; cut = aid->munitions")
    assert (arm.numbers, arm.cuts) == ({"cutoff": 1}, ("aid->munitions",))


def test_a_choice_of_options_that_names_none_is_not_taken_for_all():
    with pytest.raises(Fault, match="^--only: "):
        ask(["options", "japan-1945", "--for", "japan", "--only", ","])
