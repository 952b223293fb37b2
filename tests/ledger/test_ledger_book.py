"""What the ledger promises to somebody who writes in it: dated, chained, never overwritten."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest

from ripeness.ledger.book.book import Book
from ripeness.ledger.book.docket import dockets
from ripeness.ledger.book.entry import WHATEVER_STANDS, ForecastQuestion, LedgerRecord, RecordedForecast, Resolution
from ripeness.world.fault import Fault

NOW = datetime(2026, 3, 1, 12, tzinfo=UTC)
ASKED = ForecastQuestion(
    "q", "Will it?", "yes if so", date(2026, 1, 1), date(2026, 6, 1), date(2026, 7, 1), topics=("east",)
)
SAID = RecordedForecast("q", "ana", NOW, {"yes": 0.25, "no": 0.75}, "because")
TRUE = Resolution("q", "yes", date(2026, 2, 27), "the news", "ana")


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "ledger.sqlite"


def filled(path: Path, forecasts: int = 6) -> None:
    with Book.open(str(path)) as book:
        book.add([ASKED, *(replace(SAID, rationale=str(n)) for n in range(forecasts))], NOW)


def tampered(path: Path, *statements: str) -> list[str]:
    """Change the file behind the program's back and return what it says."""
    with closing(sqlite3.connect(path)) as opened:
        opened.executescript("DROP TRIGGER ledger_entry_no_UPDATE; DROP TRIGGER ledger_entry_no_DELETE;")
        for statement in statements:
            opened.execute(statement)
        opened.commit()
    with Book.open(str(path)) as book:
        return [str(one) for one in book.verify()]


def test_what_is_added_is_read_back_as_it_was(path: Path) -> None:
    with Book.open(str(path)) as book:
        book.add([ASKED, SAID], NOW)
        (docket,) = dockets(book.entries())
        assert (docket.question, docket.forecasts[0].forecast) == (ASKED, SAID)
        assert book.verify() == ()


def test_a_sound_ledger_reopened_is_still_sound(path: Path) -> None:
    filled(path)
    with Book.open(str(path)) as book:
        assert book.verify() == ()
        assert book.head().seq == 7


@pytest.mark.parametrize(
    ("statement", "named"),
    [
        (
            "UPDATE ledger_entry SET body = replace(body, '0.25', '0.35') WHERE seq = 3",
            "entry 3: (forecast on 'q') was changed",
        ),
        ("UPDATE ledger_entry SET body = body || ' ' WHERE seq = 3", "entry 3: (forecast on 'q') was changed"),
        ("UPDATE ledger_entry SET recorded = '2020' WHERE seq = 3", "entry 3: (forecast on 'q') was changed"),
        ("UPDATE ledger_entry SET question = 'p' WHERE seq = 3", "entry 3: (forecast on 'p') was changed"),
        ("DELETE FROM ledger_entry WHERE seq IN (3, 4)", "entry 5: follows entry 2: entries 3 to 4 are removed"),
        ("DELETE FROM ledger_entry WHERE seq = 1", "entry 2: follows entry 0: entry 1 is removed"),
        ("DELETE FROM ledger_entry WHERE seq > 5", "entry 7: entries 6 to 7 are missing at the end"),
        ("UPDATE ledger_head SET seq = 6", "entry 7: stands behind the head"),
        ("UPDATE ledger_head SET hash = 'x'", "entry 7: is not the line that the head of the ledger names"),
    ],
)
def test_a_change_behind_the_programs_back_is_found_and_named(path: Path, statement: str, named: str) -> None:
    filled(path)
    assert any(one.startswith(named) for one in tampered(path, statement))


def test_two_lines_that_changed_places_are_both_named(path: Path) -> None:
    filled(path)
    swap = (
        "UPDATE ledger_entry SET seq = -1 WHERE seq = 3",
        "UPDATE ledger_entry SET seq = 3 WHERE seq = 4",
        "UPDATE ledger_entry SET seq = 4 WHERE seq = -1",
    )
    said = tampered(path, *swap)
    assert [one[:8] for one in said] == ["entry 3:", "entry 4:"]


def test_a_line_rehashed_by_the_tamperer_no_longer_fits_the_next(path: Path) -> None:
    from ripeness.ledger.book.chain import seal

    filled(path)
    with Book.open(str(path)) as book:
        entry = book.entries()[2]
    forged = replace(entry, body=entry.body.replace("0.25", "0.35").replace("0.75", "0.65"))
    said = tampered(path, f"UPDATE ledger_entry SET body = '{forged.body}', hash = '{seal(forged)}' WHERE seq = 3")
    assert said == ["entry 4: (forecast on 'q') does not follow entry 3: one of the two was changed or moved"]


def test_nothing_is_added_to_a_ledger_whose_end_was_cut_off(path: Path) -> None:
    filled(path)
    tampered(path, "DELETE FROM ledger_entry WHERE seq = 7")
    with Book.open(str(path)) as book, pytest.raises(Fault, match="changed from outside"):
        book.add([SAID], NOW)


@pytest.mark.parametrize("statement", ["UPDATE ledger_entry SET body = ''", "DELETE FROM ledger_entry"])
def test_the_database_itself_refuses_changes(path: Path, statement: str) -> None:
    filled(path)
    with closing(sqlite3.connect(path)) as opened, pytest.raises(sqlite3.IntegrityError, match="append-only"):
        opened.execute(statement)


def test_a_correction_stands_beside_what_it_corrects(path: Path) -> None:
    with Book.open(str(path)) as book:
        book.add([ASKED, SAID, TRUE], NOW)
        with pytest.raises(Fault, match="already resolved as 'yes'.*--correct"):
            book.add([replace(TRUE, outcome="no")], NOW)
        book.add([replace(TRUE, outcome="no", corrects=WHATEVER_STANDS)], NOW)
        book.add([replace(TRUE, outcome="", annulled=True, corrects=4)], NOW)
        (docket,) = dockets(book.entries())
    assert [known.outcome for _, known in docket.resolutions] == ["yes", "no", ""]
    assert [known.corrects for _, known in docket.resolutions] == [None, 3, 4]
    assert docket.status(date(2026, 3, 2)) == "annulled"


def test_one_bad_record_keeps_its_whole_act_out(path: Path) -> None:
    with Book.open(str(path)) as book:
        with pytest.raises(Fault, match="sum to"):
            book.add([ASKED, replace(SAID, probabilities={"yes": 0.5, "no": 0.6})], NOW)
        assert book.entries() == ()


@pytest.mark.parametrize(
    ("record", "said"),
    [
        (ASKED, "already a question 'q'"),
        (replace(ASKED, id="a b"), "cannot be an id"),
        (replace(ASKED, id="z", text=" "), "text of the question is missing"),
        (replace(ASKED, id="z", criteria="a\x1b[2J"), "control character '.x1b'"),
        (replace(ASKED, id="z", outcomes=("yes",)), "at least two outcomes"),
        (replace(ASKED, id="z", outcomes=("yes", "yes")), "stands twice"),
        (replace(ASKED, id="z", outcomes=("a=b", "c")), "cannot be an outcome"),
        (replace(ASKED, id="z", closes=date(2026, 8, 1)), "opens, then closes, then resolves"),
        (replace(ASKED, id="z", base_rate={"yes": 0.5, "no": 0.4}), "base rates sum to 0.9, not to 1; add 0.1"),
        (replace(SAID, question="p"), "no question 'p'.*did you mean 'q'|no question 'p'"),
        (replace(SAID, probabilities={"yes": 0.5, "no": 0.6}), "sum to 1.1, not to 1; take 0.1"),
        (replace(SAID, probabilities={"yes": 1.5, "no": -0.5}), "yes=1.5 is not a probability"),
        (replace(SAID, probabilities={"yes": float("nan"), "no": 0.5}), "yes=nan is not a probability"),
        (replace(SAID, probabilities={"yes": 1.0}), "missing for no"),
        (replace(SAID, probabilities={"yess": 0.3, "no": 0.7}), "did you mean 'yes'"),
        (replace(SAID, by=""), "by is missing"),
        (replace(SAID, made=NOW + timedelta(seconds=1)), "in the future"),
        (replace(SAID, made=datetime(2025, 12, 31, tzinfo=UTC)), "opens only on 2026-01-01"),
        (replace(TRUE, outcome="yse"), "did you mean 'yes'"),
        (replace(TRUE, source=""), "source is missing"),
        (replace(TRUE, on=date(2026, 3, 2)), "cannot be known in the future"),
        (replace(TRUE, corrects=1), "names the resolution that stands, entry none yet"),
    ],
)
def test_what_may_not_enter_is_told_what_would_be_right(path: Path, record: LedgerRecord, said: str) -> None:
    with Book.open(str(path)) as book:
        book.add([ASKED], NOW)
        with pytest.raises(Fault, match=said):
            book.add([record], NOW)
        assert len(book.entries()) == 1


def test_a_closed_question_takes_no_forecast(path: Path) -> None:
    with Book.open(str(path)) as book:
        book.add([ASKED], NOW)
        after = datetime(2026, 6, 2, tzinfo=UTC)
        with pytest.raises(Fault, match="closed on 2026-06-01"):
            book.add([replace(SAID, made=after)], after)
        book.add([replace(SAID, made=datetime(2026, 6, 1, 23, 59, tzinfo=UTC))], after)
        (docket,) = dockets(book.entries())
        assert docket.late(docket.forecasts[0])


def test_a_forecast_made_once_the_outcome_was_known_is_refused(path: Path) -> None:
    with Book.open(str(path)) as book:
        book.add([ASKED, TRUE], NOW)
        with pytest.raises(Fault, match="known since 2026-02-27"):
            book.add([SAID], NOW)


def test_a_file_of_another_program_is_left_alone(tmp_path: Path) -> None:
    other = tmp_path / "other.sqlite"
    with closing(sqlite3.connect(other)) as opened:
        opened.execute("CREATE TABLE bookmarks (x)")
    before = other.read_bytes()
    with pytest.raises(Fault, match="another program"):
        Book.open(str(other))
    assert other.read_bytes() == before
    text = tmp_path / "text.sqlite"
    text.write_text("no database at all, but long enough to be looked at" * 10)
    with pytest.raises(Fault, match="not a forecast ledger"):
        Book.open(str(text))
    with pytest.raises(Fault, match="cannot use the ledger|unable"):
        Book.open(str(tmp_path))


def test_a_ledger_that_is_not_there_is_not_made_by_reading(path: Path) -> None:
    with pytest.raises(Fault, match="no ledger at"):
        Book.open(str(path), create=False)
    assert not path.exists()
