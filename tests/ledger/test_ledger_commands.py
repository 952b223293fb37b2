"""`ripeness forecast` from end to end, as somebody types it."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest

from ripeness.ledger.book.book import Book
from ripeness.main import main

QUESTION = ["--text", "Will it?", "--criteria", "yes if so"]
PAST = ["--made", "2024-01-10", "--closes", "2024-06-01", "--resolves", "2024-07-01"]


@pytest.fixture(autouse=True)
def ledger(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("RIPENESS_HOME", str(tmp_path))
    monkeypatch.delenv("RIPENESS_LEDGER", raising=False)
    monkeypatch.setenv("COLUMNS", "90")
    return tmp_path / "ledger.sqlite"


@pytest.fixture
def run(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]):
    """Call `ripeness forecast ...`; give its exit code and what it printed."""

    def called(*words: str) -> tuple[int, str, str]:
        monkeypatch.setattr(sys, "argv", ["ripeness", "forecast", *words])
        with pytest.raises(SystemExit) as left:
            main()
        said = capsys.readouterr()
        return int(left.value.code or 0), said.out, said.err

    return called


def test_a_question_is_asked_forecast_resolved_and_scored(run) -> None:
    code, out, _ = run("add", "old", *QUESTION, *PAST, "--p", "yes=.8", "--by", "ana", "--topic", "east")
    assert code == 0
    assert "yes 80.0%   no 20.0%" in out
    assert run("add", "old", "--p", "yes=40%", "--by", "bo", "--made", "2024-02-01")[0] == 0
    code, out, _ = run("list", "--status", "due")
    assert "ripeness forecast resolve old" in out
    assert run("resolve", "old", "--outcome", "yes", "--source", "the news", "--on", "2024-06-20")[0] == 0
    code, out, _ = run("score")
    assert "too late: old" in out  # all of this was written down years after the question closed
    code, out, _ = run("score", "--include-late", "--json")
    sheet = json.loads(out)
    assert [one["name"] for one in sheet["forecasters"]] == ["ana", "bo"]
    assert sheet["forecasters"][0]["brier"]["value"] == pytest.approx(2 * 0.2**2)
    assert sheet["topics"][0]["gains"]["uniform"]["brier"]["n"] == 1
    code, out, _ = run("score", "--include-late")
    assert "Calibration" in out
    assert "90 % intervals" in out
    assert max(len(line) for line in out.splitlines()) <= 90


def test_an_empty_ledger_says_how_to_begin(run, ledger: Path) -> None:
    code, out, _ = run("list")
    assert code == 0
    assert "ripeness forecast add" in out
    assert not ledger.exists()
    assert "Nothing to score yet" in run("score")[1]


def test_a_run_becomes_a_question_and_a_forecast_in_one_command(run, tmp_path: Path) -> None:
    rows = [
        {"outcome": name, "polity": None, "how": None, "month": 12, "p": p}
        for name, p in (("settlement", 0.25), ("fighting", 0.75))
    ]
    file = tmp_path / "run.json"
    file.write_text(
        json.dumps({"case": "north-south", "draws": 100, "seed": 7, "start": "2498-01-01", "outcomes": rows})
    )
    code, out, _ = run("add", "ns", "--from", str(file), "--resolves", "2499-01-01", "--json")
    assert code == 0
    added = json.loads(out)
    assert added["question"]["outcomes"] == ["settlement", "fighting"]
    assert added["forecast"]["probabilities"] == {"settlement": 0.25, "fighting": 0.75}
    assert added["forecast"]["provenance"]["seed"] == 7
    assert len(added["forecast"]["provenance_hash"]) == 64
    code, out, _ = run("add", "by-month", "--from", str(file), "--month", "12")
    assert code == 0
    assert "What the run says of month 12, 2499-01-01, settled on 2499-01-01" in out
    code, out, err = run("add", "ns", "--from", str(file), "--month", "6")
    assert (code, out) == (2, "")
    assert "no month 6; its months are 12 (2499-01-01)" in err
    code, _, err = run("add", "far", "--from", str(file), "--month", "12", "--resolves", "3030-01-01")
    assert code == 2
    assert "3030-01-01 is beyond this run" in err
    assert [one["question"]["id"] for one in json.loads(run("list", "--json")[1])["dockets"]] == ["ns", "by-month"]


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (["add", "x", "--p", "yes=.3"], "there is no question 'x' yet"),
        (["add", "x", *QUESTION], "say on which day"),
        (["add", "x", "--text", "t", "--resolves", "2999-01-01"], "say how one will know"),
        (["add", "x", *QUESTION, "--resolves", "2999-02-29"], "February 2999 has 28 days"),
        (["add", "x", *QUESTION, "--resolves", "2999-01-01", "--p", "yes=3"], "a number from 0 to 1"),
        (["add", "x", *QUESTION, "--resolves", "2999-01-01", "--p", "yess=.3"], "did you mean 'yes'"),
        (["add", "x", *QUESTION, "--resolves", "2999-01-01", "--p", "yes=.3,no=.6"], "sum to 0.9, not to 1"),
        (["add", "x", *QUESTION, *PAST[2:], "--p", "yes=.3"], "opens, then closes"),
        (["list", "--status", "opne"], "is none of open"),
        (["verify"], "there is no ledger at"),
        (["export", "x.pdf"], "json or csv"),
        (["list", "--ledger", "mysql://ana:sesame@h/db"], "not at mysql://"),
    ],
)
def test_a_mistake_leaves_with_2_and_says_what_would_be_right(run, words: list[str], said: str) -> None:
    code, out, err = run(*words)
    assert (code, out) == (2, "")
    assert said in err
    assert "Traceback" not in err
    assert "sesame" not in err


def test_of_two_outcomes_one_says_the_other_for_base_rates_too(run, ledger: Path) -> None:
    asked = ["add", "truce", "--text", "A truce?", "--criteria", "both sign", "--resolves", "2027-07-01"]
    assert run(*asked, "--p", "yes=.3", "--base", "yes=.1")[0] == 0
    with Book.open(str(ledger)) as book:
        assert '"base_rate":{"no":0.9,"yes":0.1}' in book.entries()[0].body


def test_nothing_of_a_refused_act_is_kept(run) -> None:
    run("add", "x", *QUESTION, "--resolves", "2999-01-01", "--p", "yes=.3,no=.6")
    assert json.loads(run("list", "--json")[1])["dockets"] == []


def test_a_ledger_travels_by_file_and_a_second_import_brings_nothing(run, tmp_path: Path) -> None:
    run("add", "x", *QUESTION, "--resolves", "2999-01-01", "--p", "yes=.3")
    for name in ("x.json", "x.csv"):
        file, other = str(tmp_path / name), str(tmp_path / f"{name}.sqlite")
        assert run("export", file)[0] == 0
        assert "2 entries read" in run("import", file, "--ledger", other)[1]
        assert "0 entries read" in run("import", file, "--ledger", other)[1]
        assert "0 entries read" in run("import", file, "--as-new")[1]
        assert run("verify", "--ledger", other)[0] == 0


def test_a_head_that_was_noted_shows_a_ledger_that_was_rewritten(run) -> None:
    run("add", "x", *QUESTION, "--resolves", "2999-01-01", "--p", "yes=.3")
    head = json.loads(run("verify", "--json")[1])["head"]["hash"]
    run("add", "x", "--p", "yes=.4")
    assert run("verify", "--head", head[:12])[0] == 0
    code, out, _ = run("verify", "--head", "abcdef012345")
    assert code == 1
    assert "rewritten" in out


def test_start_up_loads_no_database_library() -> None:
    check = "import sys, ripeness.main; sys.exit('sqlalchemy' in sys.modules or 'numpy' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", check], check=False).returncode == 0


def test_what_a_user_wrote_is_printed_as_it_was_typed(run) -> None:
    text, rule, who, topic = "Will :japan: hold [bold]?", "[red]a\\[/red] [link=x]b[/] \\", ":x: [i]", "[reverse]"
    asked = ["add", "q", "--text", text, "--criteria", rule, "--opens", "2024-01-01", "--resolves", "2024-07-01"]
    outcomes = ["--outcomes", "[red] a,b [/]", "--p", "[red] a=.3,b [/]=.7", "--by", who, "--topic", topic]
    code, out, _ = run(*asked, *outcomes, "--made", "2024-01-10", "--rationale", ":fire: [dim]")
    assert code == 0
    assert "[red] a 30.0%   b [/] 70.0%" in out
    code, out, _ = run("list", "q")
    for part in (text, rule, who, topic, "[red] a", "b [/]", ":fire: [dim]"):
        assert part in out
    assert "[red] a 30%" in run("list")[1]
    assert (
        run("resolve", "q", "--outcome", "[red] a", "--source", "[u]:bomb:", "--on", "2024-06-01", "--by", who)[0] == 0
    )
    assert "source: [u]:bomb:" in run("list", "q")[1]
    out = run("score", "--include-late")[1]
    assert who in out
    assert f"topic: {topic}" in out


def test_many_outcomes_stand_below_one_another_and_nothing_is_cut(run, monkeypatch: pytest.MonkeyPatch) -> None:
    names = [f"victory-of-the-{letter}-coalition" for letter in "abcdefghi"]
    shares = ",".join(f"{name}={share}" for name, share in zip(names, [0.05] * 8 + [0.6], strict=True))
    asked = ["add", "many", *QUESTION, "--resolves", "2999-01-01", "--outcomes", ",".join(names), "--p", shares]
    assert run(*asked)[0] == 0
    for width in ("60", "80"):
        monkeypatch.setenv("COLUMNS", width)
        code, out, _ = run("list", "many")
        assert code == 0
        assert max(len(line) for line in out.splitlines()) <= int(width)
        assert out.count("5.0%") == 8
        for name in names:
            assert name in out


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (["--resolves", "2999-02-01"], "its resolves is 2999-01-01, not 2999-02-01"),
        (["--criteria", "another"], "its criteria are yes if so, not another"),
        (["--outcomes", "a,b"], "cannot be changed: its outcomes"),
        (["--ordered"], "its ordered is False, not True"),
        (["--topic", "west"], "its topics"),
        (["--base", "yes=.2"], "its base rate is"),
        (["--month", "6"], "--month and --map belong to a run"),
        (["--map", "yes=frozen"], "belong to a run"),
    ],
)
def test_nothing_that_was_said_is_passed_over(run, words: list[str], said: str) -> None:
    assert run("add", "x", *QUESTION, "--resolves", "2999-01-01", "--p", "yes=.3", "--base", "yes=.1")[0] == 0
    code, out, err = run("add", "x", "--p", "yes=.4", *words)
    assert (code, out) == (2, "")
    assert said in err
    assert (
        run("add", "x", "--p", "yes=.4", "--resolves", "2999-01-01", "--outcomes", "yes,no", "--base", "yes=.1")[0] == 0
    )
