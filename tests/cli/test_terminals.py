"""Terminals of every kind: letters that they lack, widths that are none, readers that leave,
and text that looks like markup.
"""

# ruff: noqa: RUF001  (letters that look alike are what is tested)
from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

COMMAND = str(Path(sys.executable).parent / "ripeness")
MARKED = "Ministry :japan: [red]of[/red] [/] war"
ACTORS = f"""actor,influence,position,salience
{MARKED},30,0,.5
Crème – Brûlée ±,20,100,.9
Совет,30,30,.7
"""


def ripeness(*words, **env):
    """A command in a shell of its own, as bytes."""
    return subprocess.run(
        [COMMAND, *map(str, words)],
        capture_output=True,
        check=False,
        timeout=300,
        env={**os.environ, "COLUMNS": "80", **env},
    )


@pytest.fixture
def actors(tmp_path):
    path = tmp_path / "actors.csv"
    path.write_text(ACTORS, encoding="utf-8")
    return path


@pytest.mark.parametrize("encoding", ["ascii", "latin-1", "cp1252"])
def test_letters_that_a_terminal_lacks_are_replaced_and_the_command_ends_well(actors, encoding):
    for words in (
        ["decide", actors, "--captor", "Crème – Brûlée ±"],
        ["check", "japan-1945"],
        ["cite", "ukraine-2023-03"],
    ):
        done = ripeness(*words, PYTHONIOENCODING=encoding)
        assert done.returncode == 0, done.stderr
        assert b"Traceback" not in done.stderr
        done.stdout.decode(encoding)
    said = ripeness("decide", actors, "--captor", "Crème – Brûlée ±", PYTHONIOENCODING="ascii").stdout
    assert b"Creme - Brulee +/-" in said


def test_json_reads_back_the_same_in_any_encoding(actors):
    told = [
        json.loads(ripeness("decide", actors, "--json", PYTHONIOENCODING=encoding).stdout.decode(encoding))
        for encoding in ("utf-8", "ascii", "cp1252")
    ]
    assert told[0] == told[1] == told[2]
    assert "Совет" in json.dumps(told[0], ensure_ascii=False)


def test_the_posix_locale_is_no_fault(actors):
    done = ripeness("decide", actors, LC_ALL="POSIX", PYTHONUTF8="0", PYTHONCOERCECLOCALE="0")
    assert done.returncode == 0
    assert b"Traceback" not in done.stderr


@pytest.mark.parametrize("columns", ["99999999999", "0", "-5", "text", "²", "1"])
def test_a_width_that_is_none_is_not_believed(actors, columns):
    done = ripeness("decide", actors, COLUMNS=columns, LINES=columns)
    assert done.returncode == 0, done.stderr
    assert all(len(line) <= 400 for line in done.stdout.decode().splitlines())


@pytest.mark.parametrize(
    "words",
    [
        ["check", "japan-1945"],
        ["cite", "japan-1945"],
        ["schema"],
        ["--help"],
        ["whatif", "japan-1945", "--list", "numbers"],
    ],
    ids=lambda words: words[0],
)
def test_a_reader_that_leaves_is_no_fault(words):
    reading, writing = os.pipe()
    os.close(reading)
    done = subprocess.run([COMMAND, *words], stdout=writing, stderr=subprocess.PIPE, check=False, timeout=300)
    os.close(writing)
    assert (done.returncode, done.stderr) == (0, b"")


def test_a_reader_that_leaves_does_not_hide_the_exit_code_of_a_fault():
    reading, writing = os.pipe()
    os.close(reading)
    done = subprocess.run(
        [COMMAND, "check", "nowhere"], stdout=writing, stderr=subprocess.PIPE, check=False, timeout=300
    )
    os.close(writing)
    assert done.returncode == 2
    assert b"nowhere" in done.stderr


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="this system has no device that is full")
def test_an_output_that_cannot_be_written_is_a_fault():
    with Path("/dev/full").open("wb") as full:
        done = subprocess.run([COMMAND, "schema"], stdout=full, stderr=subprocess.PIPE, check=False, timeout=300)
    assert done.returncode == 2
    assert done.stderr.decode().startswith("the output cannot be written")


def scenario(tmp_path):
    """A scenario whose every name looks like markup and an emoji."""
    path = tmp_path / "war.yaml"
    assert ripeness("new", path).returncode == 0
    text = path.read_text(encoding="utf-8")
    name = json.dumps(MARKED)
    changed = [
        line.partition("name:")[0] + f"name: {name}" if line.strip().startswith("name:") else line
        for line in text.splitlines()
    ]
    changed = [f"title: {name}" if line.startswith("title:") else line for line in changed]
    path.write_text("\n".join(changed) + "\n", encoding="utf-8")
    return path


@pytest.mark.slow
@pytest.mark.parametrize(
    "words",
    [
        ["run", "--draws", "64"],
        ["ripe", "--draws", "64"],
        ["options", "--for", "north", "--draws", "64"],
        ["story"],
        ["check"],
        ["cite"],
        ["whatif", "--set", "talks.mediation=2", "--draws", "64"],
        ["flip", "--draws", "64"],
        ["sense", "--draws", "160"],
        ["indicators", "--draws", "160"],
        ["map", "--draws", "64"],
        ["discover", "--draws", "160"],
    ],
    ids=lambda words: words[0],
)
def test_names_are_never_read_as_markup_or_emoji(words, tmp_path):
    done = ripeness(words[0], scenario(tmp_path), *words[1:])
    said = done.stdout.decode() + done.stderr.decode()
    assert done.returncode == 0, said
    assert "\N{REGIONAL INDICATOR SYMBOL LETTER J}" not in said
    if ":japan:" in said:
        assert "[/]" in said
    else:
        assert "Ministry" not in said


def test_names_in_an_actor_table_are_shown_as_they_are(actors):
    said = ripeness("decide", actors, "--captor", MARKED, COLUMNS="200").stdout.decode()
    assert f"{MARKED} decides alone" in said


def test_the_version_and_the_shipped_cases_are_listed():
    assert ripeness("--version").stdout.decode().startswith("ripeness ")
    told = json.loads(ripeness("cases", "--json").stdout)["cases"]
    assert {"japan-1945", "ukraine-2023-03"} <= {case["id"] for case in told}
    said = ripeness("cases", COLUMNS="40").stdout.decode()
    assert all(case["start"] in said and all(coding in said for coding in case["codings"]) for case in told)


@pytest.mark.parametrize("closing", [">&-", "2>&-", "<&- >&- 2>&-"])
def test_a_stream_that_was_closed_beforehand_is_no_fault(actors, closing):
    for words in ("--help", f"decide '{actors}' --draws 10"):
        done = subprocess.run(
            ["sh", "-c", f"'{COMMAND}' {words} {closing}"], capture_output=True, check=False, timeout=300
        )
        assert (done.returncode, done.stderr) == (0, b"")
