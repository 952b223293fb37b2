"""What a command prints first: the answer in a sentence or two, one table, all of it on one screen of 80 columns."""

from __future__ import annotations

import json
import re
import sys

import pytest

from ripeness.main import main
from ripeness.show.brief import SCREEN, WIDTH

FEW = ("--draws", "256", "--horizon", "12")
DAY = r"\d{1,2} (January|February|March|April|May|June|July|August|September|October|November|December) \d{4}"
VERBS = (
    ("run", "japan-1945", *FEW),
    ("ripe", "japan-1945", *FEW),
    ("options", "japan-1945", "--for", "japan", *FEW),
    ("whatif", "japan-1945", "--cut", "losses->cost", *FEW),
    ("sense", "japan-1945", "--outcome", "fighting", *FEW, "--held", "0"),
    ("discover", "japan-1945", "--outcome", "fighting", *FEW),
    ("indicators", "japan-1945", "--outcome", "fighting", *FEW),
    ("map", "japan-1945", "--outcome", "fighting", "--draws", "64", "--horizon", "6"),
    ("story", "japan-1945"),
    ("check", "japan-1945"),
)
WITHOUT_REST = ("discover",)  # verbs that may have nothing to add to the answer


@pytest.fixture
def command(monkeypatch, capsys):
    """Run a command line at 80 columns: standard output."""
    monkeypatch.setenv("COLUMNS", str(WIDTH))

    def run(*words):
        monkeypatch.setattr(sys, "argv", ["ripeness", *map(str, words)])
        with pytest.raises(SystemExit) as left:
            main()
        assert not left.value.code
        return capsys.readouterr().out

    return run


@pytest.mark.parametrize("words", VERBS, ids=lambda words: words[0])
def test_an_answer_fits_one_screen_and_says_what_more_there_is(command, words):
    lines = command(*words).splitlines()
    assert 3 <= len(lines) <= SCREEN
    assert max(map(len, lines)) <= WIDTH
    assert words[0] in WITHOUT_REST or any(line.startswith("More with --full") for line in lines)


@pytest.mark.parametrize("words", [VERBS[0], VERBS[1], VERBS[2], VERBS[-2], VERBS[-1]], ids=lambda words: words[0])
def test_all_of_it_is_printed_on_demand(command, words):
    assert len(command(*words, "--full").splitlines()) > SCREEN


def test_a_run_says_a_date_and_a_probability_and_then_five_lines(command):
    text = command(*VERBS[0])
    answer = " ".join(text.partition("\n\n")[0].split())
    assert re.search(rf"(On|By) {DAY} .*: \d+ %", answer), answer
    for line in ("wars like this one", "the model", "blend", "4 analysts' versions", "Would change it most"):
        assert re.search(rf"^{line}", text, re.MULTILINE), line
    assert "the other versions at 256 simulations each" in " ".join(text.split())


def test_the_rows_of_a_run_are_probabilities(command):
    rows = re.findall(r"^the model +(.*)$", command(*VERBS[0]), re.MULTILINE)
    shares = [int(share.lstrip("<>")) for share in re.findall(r"(\S+) ±", rows[0])]
    assert len(shares) == 4
    assert 97 <= sum(shares) <= 103


def test_a_file_of_ones_own_has_one_version(command, tmp_path):
    command("new", tmp_path / "war.yaml")
    text = " ".join(command("run", tmp_path / "war.yaml", *FEW).split())
    assert "Analysts' versions: this file is the only one" in text


def test_without_a_kind_a_line_says_what_is_missing(command, tmp_path):
    war = tmp_path / "war.yaml"
    command("new", war)
    war.write_text("".join(line for line in war.read_text().splitlines(True) if not line.startswith("conflict:")))
    text = " ".join(command("run", war, *FEW).split())
    assert "No blend with past conflicts: say which kind of conflict this is" in text
    assert "(blend of" not in text


def test_no_answer_gives_a_spread_without_what_would_narrow_it(command):
    for flag in ((), ("--full",)):
        assert "over the uncertain inputs" not in command(*VERBS[0], *flag)
    assert "To narrow it" in json.loads(command("run", "japan-1945", "--draws", "4000", "--json"))["sentence"]


def test_a_table_alone_is_the_outcomes(command):
    text = command(*VERBS[0], "--table")
    assert "How the war stands after" in text
    assert "Ledger 1" not in text


def test_versions_side_by_side_fit_one_screen(command):
    lines = command(*VERBS[0], "--coding", "all").splitlines()
    assert len(lines) <= SCREEN
    assert any(line.startswith("The likeliest is") for line in lines)
