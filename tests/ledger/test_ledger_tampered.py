"""A ledger that somebody changed behind the program's back is never taken for sound, whatever is asked of it."""

from __future__ import annotations

import json
import sqlite3
import sys
from contextlib import closing
from dataclasses import replace
from datetime import UTC, date, datetime
from pathlib import Path

import pytest

from ripeness.ledger.book.book import Book
from ripeness.ledger.book.chain import seal
from ripeness.ledger.book.entry import Entry, ForecastQuestion, RecordedForecast, Resolution
from ripeness.ledger.verbs import forecast as verbs
from ripeness.main import main
from ripeness.store.json_text import canonical_json
from ripeness.world.fault import Fault

NOW = datetime(2026, 3, 1, 12, tzinfo=UTC)
TODAY = date(2026, 8, 1)
ASKED = ForecastQuestion("q", "Will it?", "yes if so", date(2026, 1, 1), date(2026, 2, 20), date(2026, 2, 28))
SAID = RecordedForecast("q", "ana", datetime(2026, 2, 1, tzinfo=UTC), {"yes": 0.25, "no": 0.75}, "because")
TRUE = Resolution("q", "yes", date(2026, 2, 27), "the news", "ana")


@pytest.fixture
def path(tmp_path: Path) -> Path:
    path = tmp_path / "ledger.sqlite"
    with Book.open(str(path)) as book:
        book.add([ASKED, SAID, replace(SAID, by="bo", probabilities={"yes": 0.5, "no": 0.5})], NOW)
        book.add([TRUE], NOW)
    return path


def changed(path: Path, *statements: str, values: tuple[object, ...] = ()) -> None:
    """Change a ledger behind the program's back."""
    with closing(sqlite3.connect(path)) as opened:
        opened.executescript(
            "DROP TRIGGER IF EXISTS ledger_entry_no_UPDATE; DROP TRIGGER IF EXISTS ledger_entry_no_DELETE;"
        )
        for statement in statements:
            opened.execute(statement, values)
        opened.commit()


def sealed_anew(path: Path, seq: int, **parts: object) -> None:
    """Rewrite a line and all seals after it, as somebody does who knows how the chain is made."""
    with Book.open(str(path)) as book:
        entries = list(book.entries())
    previous = "0" * 64
    for number, entry in enumerate(entries):
        body = json.loads(entry.body)
        if entry.seq == seq:
            body |= {name: value for name, value in parts.items() if name not in {"recorded", "question_column"}}
            entry = replace(entry, recorded=str(parts.get("recorded", entry.recorded)))  # noqa: PLW2901
            entry = replace(entry, question=str(parts.get("question_column", entry.question)))  # noqa: PLW2901
        bare = Entry(entry.seq, entry.kind, entry.question, entry.recorded, canonical_json(body), previous, "")
        entries[number] = replace(bare, hash=seal(bare))
        previous = entries[number].hash
    columns = ("question", "recorded", "body", "previous", "hash")
    changed(path, "UPDATE ledger_entry SET hash = 'x' || seq")
    for entry in entries:
        update = f"UPDATE ledger_entry SET {', '.join(f'{name} = ?' for name in columns)} WHERE seq = {entry.seq}"
        changed(path, update, values=tuple(getattr(entry, name) for name in columns))
    changed(path, "UPDATE ledger_head SET hash = ?", values=(previous,))


@pytest.fixture
def run(path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]):
    """Call `ripeness forecast ...` on the ledger; give its exit code and what it printed."""
    monkeypatch.setenv("RIPENESS_LEDGER", str(path))
    monkeypatch.setenv("COLUMNS", "90")

    def called(*words: str) -> tuple[int, str, str]:
        monkeypatch.setattr(sys, "argv", ["ripeness", "forecast", *words])
        with pytest.raises(SystemExit) as left:
            main()
        told = capsys.readouterr()
        assert "Traceback" not in told.out + told.err
        assert "\x1b" not in told.out + told.err
        return int(left.value.code or 0), told.out, told.err

    return called


FORGED = "UPDATE ledger_entry SET body = replace(replace(body, '0.25', '0.95'), '0.75', '0.05') WHERE seq = 2"


def test_a_changed_forecast_is_not_scored_unless_asked_and_then_left_out(run, path: Path) -> None:
    code, out, _ = run("score", "--include-late", "--json")
    assert (code, [one["name"] for one in json.loads(out)["forecasters"]]) == (0, ["ana", "bo"])
    changed(path, FORGED)
    code, out, err = run("score", "--include-late")
    assert (code, out) == (2, "")
    assert "is not what was written: entry 2: (forecast on 'q') was changed" in err
    assert "--unverified" in err
    code, out, _ = run("score", "--include-late", "--unverified")
    assert code == 0
    assert "NOT what was written" in out
    sheet = json.loads(run("score", "--include-late", "--unverified", "--json")[1])
    assert [one["name"] for one in sheet["forecasters"]] == ["bo"]
    assert "entry 2" in sheet["breaks"][0]


def test_a_list_of_a_changed_ledger_says_so_first_and_leaves_with_1(run, path: Path) -> None:
    assert run("list")[0] == 0
    changed(path, FORGED)
    code, out, _ = run("list")
    assert code == 1
    assert out.startswith("This ledger is NOT what was written")
    assert "entry 2" in out
    code, out, _ = run("list", "--json")
    assert code == 1
    assert json.loads(out)["sound"] is False
    assert "95.0%" not in run("list", "q")[1]


@pytest.mark.parametrize(
    "words",
    [["add", "q", "--p", "yes=.4"], ["export"], ["resolve", "q", "--outcome", "no", "--source", "s", "--correct"]],
)
def test_nothing_is_built_on_a_changed_ledger(run, path: Path, words: list[str]) -> None:
    changed(path, FORGED)
    code, out, err = run(*words)
    assert (code, out) == (2, "")
    assert "is not what was written: entry 2" in err


def test_nothing_is_read_into_a_changed_ledger(path: Path, tmp_path: Path) -> None:
    changed(path, FORGED)
    table = tmp_path / "x.csv"
    table.write_text("kind,question,by,made,probabilities\nforecast,q,cy,2026-02-02,.2\n")
    with pytest.raises(Fault, match="is not what was written: entry 2"):
        verbs.import_file(table, now=NOW, ledger=path)


@pytest.mark.parametrize(
    ("seq", "parts"),
    [
        (1, {"ordered": "no"}),
        (1, {"outcomes": ["yes"]}),
        (1, {"outcomes": "yes"}),
        (1, {"text": "\x1b[2J"}),
        (1, {"opens": "2026-13-01"}),
        (1, {"topics": [1]}),
        (1, {"closes": "2027-01-01"}),
        (2, {"probabilities": {"yes": 1.0}}),
        (2, {"probabilities": {"yes": 0.9, "no": 0.9}}),
        (2, {"probabilities": 1}),
        (2, {"probabilities": {"yes": 1, "no": 0}}),
        (2, {"by": "\u202eana"}),
        (2, {"made": "2026-02-01"}),
        (2, {"made": "2030-02-01T00:00:00.000000+00:00"}),
        (2, {"provenance": {"case": "\x1b]0;x\x07"}}),
        (2, {"recorded": "yesterday"}),
        (2, {"recorded": "2026-03-01T12:00:00"}),
        (2, {"question_column": "\x1b[31m"}),
        (4, {"outcome": "perhaps"}),
        (4, {"corrects": 3}),
        (4, {"on": "2030-01-01"}),
        (4, {"source": ""}),
    ],
)
def test_a_line_that_could_not_have_entered_shows_even_where_every_seal_was_made_anew(run, path, seq, parts) -> None:
    sealed_anew(path, seq, **parts)
    code, out, _ = run("verify")
    assert code == 1
    assert f"entry {seq}: " in out
    assert run("score")[0] == 2
    for words in (["list"], ["list", "--json"]):
        assert run(*words)[0] == 1
    run("list", "q")
    assert run("score", "--unverified", "--include-late")[0] == 0


def test_a_sound_ledger_sealed_anew_is_only_shown_by_a_noted_head(run, path: Path) -> None:
    with Book.open(str(path)) as book:
        noted = book.head().hash
    sealed_anew(path, 2, rationale="another")
    assert run("verify")[0] == 0
    code, out, _ = run("verify", "--head", noted[:12])
    assert code == 1
    assert "rewritten" in out


@pytest.mark.parametrize("head", ["a", "0", "61075a76462", "z" * 12, "g" * 64, "0" * 65, " ", "%", "\x1b[2J"])
def test_a_head_that_is_too_short_or_no_hash_is_refused(run, head: str) -> None:
    code, out, err = run("verify", "--head", head)
    assert (code, out) == (2, "")
    assert "12 to 64 hex digits" in err


def test_an_empty_file_or_ledger_is_not_called_sound(run, path: Path, tmp_path: Path) -> None:
    empty = tmp_path / "empty.sqlite"
    empty.touch()
    code, out, err = run("verify", "--ledger", str(empty))
    assert (code, out) == (2, "")
    assert "there is no ledger at" in err
    assert empty.stat().st_size == 0  # asking makes nothing
    changed(path, "DELETE FROM ledger_entry", "UPDATE ledger_head SET seq = 0, hash = '" + "0" * 64 + "'")
    code, out, err = run("verify")
    assert (code, out) == (2, "")
    assert "holds no entry" in err
    assert run("verify", "--head", "a" * 12)[0] == 1


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE ledger_entry SET {column} = CAST(X'FF41' AS TEXT) WHERE seq = 2",
        "UPDATE ledger_entry SET {column} = X'00FF' WHERE seq = 2",
        "UPDATE ledger_entry SET {column} = 'x' || char(27) || '[2J' WHERE seq = 2",
        "UPDATE ledger_entry SET {column} = 'a' || char(0) || 'b' WHERE seq = 2",
    ],
)
@pytest.mark.parametrize("column", ["kind", "question", "recorded", "body", "previous", "hash"])
def test_a_damaged_text_is_a_fault_and_no_terminal_is_steered(run, path: Path, statement: str, column: str) -> None:
    changed(path, statement.format(column=column))
    assert run("verify")[0] in {1, 2}
    assert run("list")[0] in {1, 2}
    code, out, err = run("score", "--unverified")
    assert code in {0, 2}
    assert out + err


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE ledger_head SET seq = 'x'",
        "UPDATE ledger_head SET hash = X'FF'",
        "DELETE FROM ledger_head",
        "DROP TABLE ledger_head",
        "DROP TABLE ledger_entry",
        "ALTER TABLE ledger_entry RENAME COLUMN body TO text",
        "UPDATE ledger_version SET version_num = '0000'",
        "UPDATE ledger_version SET version_num = 'x'",
        "UPDATE ledger_version SET version_num = ''",
        "DELETE FROM ledger_version",
        "UPDATE ledger_version SET version_num = '0001'",
        "UPDATE ledger_version SET version_num = X'FF'",
    ],
)
def test_damaged_tables_are_told(run, path: Path, statement: str) -> None:
    changed(path, statement)
    for words in (["verify"], ["list"], ["add", "q", "--p", "yes=.3"], ["migrate"]):
        code, _, _ = run(*words)
        assert code in ({0, 2} if words == ["migrate"] else {1, 2})


def test_every_flipped_byte_of_the_file_is_a_fault_or_found_or_changes_nothing(run, path: Path, tmp_path: Path) -> None:
    whole = path.read_bytes()
    with Book.open(str(path)) as book:
        entries = book.entries()
    broken = tmp_path / "broken.sqlite"
    for at in range(0, len(whole), 211):
        broken.write_bytes(whole[:at] + bytes([whole[at] ^ 0x5A]) + whole[at + 1 :])
        try:
            with Book.open(str(broken), create=False) as book:
                audited = book.audit()
        except Fault:
            continue
        assert audited.breaks or audited.entries == entries


def test_the_end_of_a_file_that_was_cut_is_a_fault(path: Path, tmp_path: Path) -> None:
    whole = path.read_bytes()
    broken = tmp_path / "broken.sqlite"
    for size in range(1, len(whole), 1024):
        broken.write_bytes(whole[:size])
        try:
            with Book.open(str(broken), create=False) as book:
                assert book.verify()
        except Fault:
            continue
