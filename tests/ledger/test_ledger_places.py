"""Where a ledger may lie: no path means another file, and what cannot be used is told before anything is written."""

from __future__ import annotations

from datetime import UTC, date, datetime
from pathlib import Path

import pytest

from ripeness.ledger.book import address as addresses
from ripeness.ledger.book.address import home, parse_address
from ripeness.ledger.book.book import Book
from ripeness.ledger.book.entry import ForecastQuestion, RecordedForecast
from ripeness.ledger.book.migrate import NoLedger
from ripeness.ledger.verbs import forecast as verbs
from ripeness.world.fault import Fault

NOW = datetime(2026, 3, 1, 12, tzinfo=UTC)
ASKED = ForecastQuestion("q", "Will it?", "yes if so", date(2026, 1, 1), date(2026, 6, 1), date(2026, 7, 1))
SAID = RecordedForecast("q", "ana", NOW, {"yes": 0.25, "no": 0.75})


@pytest.mark.parametrize(
    "name", ["a?b.sqlite", "a%20b.sqlite", "a#b.sqlite", "a b;c=d.sqlite", "ä:@.sqlite", "'x'\".sqlite"]
)
def test_the_ledger_lies_where_the_path_says_whatever_signs_it_holds(tmp_path: Path, name: str) -> None:
    with Book.open(str(tmp_path / name)) as book:
        book.add([ASKED, SAID], NOW)
    assert [path.name for path in tmp_path.iterdir()] == [name]
    with Book.open(str(tmp_path / name), create=False) as book:
        assert len(book.entries()) == 2


def nobody(*_: object) -> Path:
    raise RuntimeError("Could not determine home directory.")


def test_a_home_that_cannot_be_found_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("RIPENESS_HOME", "RIPENESS_LEDGER", "XDG_DATA_HOME", "LOCALAPPDATA"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setattr(addresses.Path, "home", nobody)
    with pytest.raises(Fault, match="RIPENESS_HOME=/a/folder"):
        home()
    with pytest.raises(Fault, match="RIPENESS_HOME=/a/folder"):
        parse_address()
    with pytest.raises(Fault, match="write it in full"):
        parse_address("~nobody-of-that-name/x.sqlite")
    monkeypatch.setenv("RIPENESS_HOME", "~nobody-of-that-name")
    with pytest.raises(Fault, match="'~nobody-of-that-name'"):
        home()


def test_a_user_without_a_name_is_asked_for_one(monkeypatch: pytest.MonkeyPatch) -> None:
    def unlisted() -> str:
        raise KeyError("getpwuid(): uid not found: 54321")

    monkeypatch.setattr(verbs, "getuser", unlisted)
    with pytest.raises(Fault, match="--by NAME"):
        verbs.author()
    assert verbs.author("ana") == "ana"


def test_folders_that_cannot_be_made_are_told(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("x")
    (tmp_path / "loop").symlink_to("loop")
    for place in ("file/ledger.sqlite", "loop/ledger.sqlite", "x" * 300 + "/ledger.sqlite", "x" * 300):
        with pytest.raises(Fault, match="cannot (make|use)"):
            Book.open(str(tmp_path / place))
        with pytest.raises(NoLedger):
            Book.open(str(tmp_path / place), create=False)
    with pytest.raises(Fault, match="zero byte"):
        parse_address("a\0b")


def test_a_ledger_that_may_only_be_read_is_listed_and_takes_nothing(tmp_path: Path, monkeypatch) -> None:
    path = tmp_path / "ledger.sqlite"
    with Book.open(str(path)) as book:
        book.add([ASKED, SAID], NOW)
    before = path.read_bytes()
    read_only(monkeypatch)
    assert len(verbs.listing(today=NOW.date(), ledger=path).dockets) == 1
    assert verbs.verify(ledger=path).sound
    with pytest.raises(Fault, match="readonly.*--ledger"):
        verbs.add("q", verbs.Asked(), verbs.Given({"yes": 0.5, "no": 0.5}), by="ana", now=NOW, ledger=path)
    assert path.read_bytes() == before


def read_only(monkeypatch: pytest.MonkeyPatch) -> None:
    """Open all SQLite files as a place does that may only be read (a mode that holds for root, too)."""
    from ripeness.ledger.book import database as door

    prepare = door._prepare

    def prepared(opened, record) -> None:
        prepare(opened, record)
        opened.execute("PRAGMA query_only = ON")

    monkeypatch.setattr(door, "_prepare", prepared)


def test_a_place_is_shown_without_signs_that_steer_a_terminal(tmp_path: Path) -> None:
    with pytest.raises(NoLedger) as caught:
        Book.open(str(tmp_path / "a\x1b[2J.sqlite"), create=False)
    assert "a\\x1b[2J.sqlite" in str(caught.value)
    with Book.open(str(tmp_path / "ledger.sqlite")) as book, pytest.raises(Fault, match="no time zone"):
        book.add([ASKED], datetime(2026, 3, 1))  # noqa: DTZ001


@pytest.mark.parametrize("host", ["x" * 70, "ä" * 80, "a..b", "[::1", "nowhere.invalid", ""])
def test_a_host_that_no_network_knows_is_a_fault(host: str) -> None:
    pytest.importorskip("psycopg")
    with pytest.raises(Fault) as caught:
        Book.open(f"postgresql://ana:sesame@{host}:1/db?connect_timeout=2")
    assert "sesame" not in str(caught.value)


def test_a_refused_question_makes_no_ledger_and_no_folder(tmp_path: Path) -> None:
    place = tmp_path / "new" / "ledger.sqlite"
    asked = verbs.Asked("t", "c", resolves=date(2999, 1, 1))
    for given in (verbs.Given({"yes": 0.3, "no": 0.6}), verbs.Given({"yes": float("nan")}), verbs.Given({"yes": "x"})):  # type: ignore[dict-item]
        with pytest.raises(Fault):
            verbs.add("q", asked, given, by="ana", now=NOW, ledger=place)
    with pytest.raises(Fault):
        verbs.import_file(tmp_path / "nowhere.csv", now=NOW, ledger=place)
    assert list(tmp_path.iterdir()) == []


def test_days_and_moments_are_read_from_dates_moments_and_text_and_from_nothing_else() -> None:
    moment = datetime(2999, 1, 1, tzinfo=UTC)
    assert (
        verbs.Asked("t", "c", resolves=moment).resolves
        == verbs.Asked("t", "c", resolves="2999-01-01").resolves
        == moment.date()
    )
    assert verbs.Given({}, made=datetime(2026, 1, 1)).made == datetime(2026, 1, 1, tzinfo=UTC)  # noqa: DTZ001
    for wrong in (5, 1.5, b"2999-01-01", "2999-13-01", ["2999-01-01"]):
        with pytest.raises(Fault):
            verbs.Asked("t", "c", resolves=wrong)
        with pytest.raises(Fault):
            verbs.Given({}, made=wrong)


def test_what_python_hands_over_in_wrong_types_is_a_fault(tmp_path: Path) -> None:
    place = tmp_path / "ledger.sqlite"
    asked = verbs.Asked("t", "c", resolves=date(2999, 1, 1))
    given = verbs.Given({"yes": 1, "no": 0})
    for wrong in (
        {"asked": verbs.Asked("t", "c", resolves=date(2999, 1, 1), ordered="no")},  # type: ignore[arg-type]
        {"asked": verbs.Asked("t\x1b[2J", "c", resolves=date(2999, 1, 1))},
        {"asked": verbs.Asked("t", "c\ud800", resolves=date(2999, 1, 1))},
        {"given": verbs.Given({"yes": True, "no": False})},
        {"given": verbs.Given({"yes": None, "no": 1})},  # type: ignore[dict-item]
        {"question": "a\x1bb"},
        {"question": "a\0b"},
        {"question": "\ud800"},
        {"question": "x" * 10_000},
        {"by": "a\rb"},
    ):
        call = {"question": "q", "asked": asked, "given": given, "by": "ana"} | wrong
        with pytest.raises(Fault) as caught:
            verbs.add(call["question"], call["asked"], call["given"], by=call["by"], now=NOW, ledger=place)
        assert len(str(caught.value)) < 1000
        assert "\x1b" not in str(caught.value)
    added = verbs.add("q", asked, given, by="ana", now=NOW, ledger=place)
    assert added.forecast is not None
    assert added.forecast.probabilities == {"yes": 1.0, "no": 0.0}
