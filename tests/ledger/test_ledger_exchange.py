"""The ledger as a file, an address or a run: nothing is lost, nothing runs, no password shows."""

from __future__ import annotations

import csv
import io
import json
from dataclasses import replace
from datetime import UTC, date, datetime
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as some

from ripeness.ledger.book.address import parse_address, secrets, without_password
from ripeness.ledger.book.book import Book
from ripeness.ledger.book.chain import GENESIS, link_entry
from ripeness.ledger.book.entry import Entry, ForecastQuestion, LedgerRecord, RecordedForecast, Resolution, stamp
from ripeness.ledger.exchange.files import as_csv, as_json, from_file
from ripeness.store.atomic_write import write_file
from ripeness.store.cells import guarded, unguarded
from ripeness.world.dates import parse_day, parse_moment
from ripeness.world.fault import Fault

NOW = datetime(2026, 3, 1, 12, tzinfo=UTC)
ASKED = ForecastQuestion("q", "=1+1", "yes if\n'so'", date(2026, 1, 1), date(2026, 6, 1), date(2026, 7, 1), by="@ana")
TEXT = some.text(
    some.characters(exclude_categories=["Cc", "Cs"]) | some.sampled_from("=+-@\t\n'\","), min_size=1, max_size=30
)


def chained(*records: LedgerRecord) -> tuple[Entry, ...]:
    entries: list[Entry] = []
    for record in records:
        previous = entries[-1].hash if entries else GENESIS
        entries.append(link_entry(record, stamp(NOW), len(entries) + 1, previous))
    return tuple(entries)


@pytest.mark.parametrize("written", [as_json, as_csv])
@settings(max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    text=TEXT,
    by=TEXT,
    share=some.floats(0, 1),
    topics=some.lists(TEXT, max_size=2),
    corrects=some.none() | some.integers(1, 9),
)
def test_every_entry_comes_back_bit_by_bit(tmp_path: Path, written, text, by, share, topics, corrects) -> None:
    entries = chained(
        replace(ASKED, text=text, topics=tuple(topics), base_rate={"yes": share, "no": 1 - share}),
        RecordedForecast("q", by, NOW, {"yes": share, "no": 1 - share}, text, {"seed": 7, "case": text}, "ab"),
        Resolution("q", "", date(2026, 2, 1), text, by, annulled=True, corrects=corrects, note=text),
    )
    file = tmp_path / "x"
    write_file(file, written(entries))
    assert from_file(file).entries == entries


@given(TEXT)
def test_no_cell_starts_like_a_formula_and_each_comes_back(text: str) -> None:
    assert not guarded(text).startswith(("=", "+", "-", "@", "\t", "\r"))
    assert unguarded(guarded(text)) == text


def test_a_changed_file_is_refused_with_its_line(tmp_path: Path) -> None:
    entries = chained(ASKED, RecordedForecast("q", "ana", NOW, {"yes": 0.25, "no": 0.75}))
    for name, text in (("x.json", as_json(entries)), ("x.csv", as_csv(entries))):
        file = tmp_path / name
        write_file(file, text.replace("0.25", "0.35").replace("0.75", "0.65"))
        with pytest.raises(Fault) as caught:
            from_file(file)
        assert "entry 2" in " ".join(str(one) for one in (caught.value, *caught.value.others))
    shortened = json.loads(as_json(entries))
    shortened["entries"].pop()
    write_file(tmp_path / "x.json", json.dumps(shortened))
    with pytest.raises(Fault, match="does not end where its head says"):
        from_file(tmp_path / "x.json")


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("{", "not JSON"),
        ("{}", "not a ledger"),
        ('{"format":"ripeness-ledger","version":1,"head":"x","entries":[{}]}', "missing or incomplete"),
        ("a,b\n1,2\n", "columns of a ledger"),
        ("kind,id\nquestoin,q\n", "x:2:1: 'questoin' is no kind"),
        (
            "kind,question,by,made,probabilities\nforecast,q,ana,2026-03-01,0.3;0.7\n",
            "x:2:27: .* gives no probabilities",
        ),
        ("kind,question\nforecast,q\n", "needs more columns"),
    ],
)
def test_a_file_that_is_no_ledger_is_told_why(tmp_path: Path, text: str, said: str) -> None:
    (tmp_path / "x").write_text(text)
    with pytest.raises(Fault, match=said):
        from_file(tmp_path / "x")


def test_a_table_without_hashes_holds_new_records(tmp_path: Path) -> None:
    out = io.StringIO()
    writer = csv.writer(out)
    writer.writerow(["kind", "question", "by", "made", "probabilities"])
    writer.writerow(["forecast", "q", "bo", "2026-03-01", '{"yes": 1, "no": 0}'])
    (tmp_path / "x.csv").write_text(out.getvalue())
    (record,) = from_file(tmp_path / "x.csv").records
    assert isinstance(record, RecordedForecast)
    assert record.probabilities == {"yes": 1.0, "no": 0.0}


def test_a_copy_of_the_same_ledger_brings_only_what_is_new_and_another_is_refused(tmp_path: Path) -> None:
    said = RecordedForecast("q", "ana", NOW, {"yes": 0.25, "no": 0.75})
    entries = chained(ASKED, said, replace(said, rationale="again"))
    with Book.open(str(tmp_path / "ledger.sqlite")) as book:
        assert book.copy_in(entries[:2]) == 2
        assert book.copy_in(entries) == 1
        assert book.copy_in(entries[:1]) == 0
        assert book.entries() == entries
        assert book.verify() == ()
        with pytest.raises(Fault, match="part ways at entry 2"):
            book.copy_in(chained(ASKED, replace(said, by="bo")))


@pytest.mark.parametrize(
    "url",
    [
        "postgresql://ana:sesame@h/db",
        "postgresql://ana:sesame/x#y@h:1/db",
        "postgresql://h/db?user=a&password=sesame",
        "postgresql+psycopg://ana:sesame@h",
        "postgresql://ana:a@sesame@h/db",
    ],
)
def test_no_password_is_ever_shown(url: str) -> None:
    place = parse_address(url)
    assert "sesame" not in f"{place} {place!r} {without_password(url)}"
    assert any("sesame" in secret for secret in secrets(place.url))


def test_a_server_that_does_not_answer_is_told_without_the_password() -> None:
    pytest.importorskip("psycopg")
    with pytest.raises(Fault) as caught:
        Book.open("postgresql://ana:sesame@127.0.0.1:1/db")
    assert "postgresql://ana:***@127.0.0.1:1/db" in str(caught.value)
    assert "sesame" not in str(caught.value)


@pytest.mark.database
def test_a_wrong_password_is_told_without_the_password(postgres: str) -> None:
    wrong = postgres.replace("sesame%2Fopen%231", "abracadabra")
    with pytest.raises(Fault, match="authentication failed") as caught:
        Book.open(wrong)
    assert "abracadabra" not in str(caught.value)


def test_other_databases_are_refused_and_paths_are_kept(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    with pytest.raises(Fault, match="not at mysql://"):
        parse_address("mysql://h/db")
    assert parse_address(f"sqlite:///{tmp_path}/x.sqlite").path == tmp_path / "x.sqlite"
    monkeypatch.delenv("RIPENESS_LEDGER", raising=False)
    monkeypatch.setenv("RIPENESS_HOME", str(tmp_path))
    assert parse_address().path == tmp_path / "ledger.sqlite"
    monkeypatch.setenv("RIPENESS_LEDGER", str(tmp_path / "team.sqlite"))
    assert parse_address().path == tmp_path / "team.sqlite"


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("2026-02-29", "February 2026 has 28 days"),
        ("2026-13-01", "months run"),
        ("1 May", "not a date"),
        ("0000-01-01", "not exist"),
    ],
)
def test_a_day_that_does_not_exist_is_told_why(text: str, said: str) -> None:
    with pytest.raises(Fault, match=said):
        parse_day(text, "closes")
    with pytest.raises(Fault, match=said):
        parse_moment(text, "made")


def test_a_moment_without_an_offset_is_utc() -> None:
    assert parse_moment("2026-03-01 12:00", "made") == NOW == parse_moment("2026-03-01T13:00+01:00", "made")
    with pytest.raises(Fault, match="not a time"):
        parse_moment("2026-03-01T25:00", "made")
