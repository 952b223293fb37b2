"""A connection lost while writing: what is said of the entries afterwards is what the ledger holds."""

from __future__ import annotations

import socket
import sqlite3
import threading
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import replace
from datetime import UTC, date, datetime
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from sqlalchemy import Transaction
from sqlalchemy.exc import OperationalError

from ripeness.ledger.book.book import Book
from ripeness.ledger.book.database import UnknownCommit
from ripeness.ledger.book.entry import ForecastQuestion, RecordedForecast
from ripeness.world.fault import Fault

NOW = datetime(2026, 3, 1, 12, tzinfo=UTC)
ASKED = ForecastQuestion("q", "Will it?", "yes if so", date(2026, 1, 1), date(2026, 6, 1), date(2026, 7, 1))
SAID = RecordedForecast("q", "ana", NOW, {"yes": 0.25, "no": 0.75})
LOST = OperationalError("COMMIT", {}, sqlite3.OperationalError("the connection was lost"))


@pytest.fixture
def book(tmp_path: Path) -> Iterator[Book]:
    with Book.open(str(tmp_path / "ledger.sqlite")) as book:
        book.add([ASKED], NOW)
        yield book


def losing(monkeypatch: pytest.MonkeyPatch, *, before: bool, again: bool = False) -> None:
    """Lose the connection at the next commit, before or after the database keeps what was written."""
    commit, lost = Transaction.commit, []

    def losing_commit(self: Transaction) -> None:
        if lost and not again:
            commit(self)
            return
        lost.append(True)
        if before or len(lost) > 1:
            self.rollback()
        else:
            commit(self)
        raise LOST

    monkeypatch.setattr(Transaction, "commit", losing_commit)


def test_what_was_written_before_the_answer_was_lost_is_reported_as_written(book: Book, monkeypatch) -> None:
    losing(monkeypatch, before=False)
    written = book.add([SAID, replace(SAID, by="bo")], NOW)
    assert [entry.seq for entry in written] == [2, 3]
    assert book.entries()[1:] == written
    assert book.verify() == ()


def test_what_was_not_written_is_reported_so(book: Book, monkeypatch) -> None:
    losing(monkeypatch, before=True)
    with pytest.raises(Fault, match="connection was lost.* Looked up: nothing was written; try again") as caught:
        book.add([SAID], NOW)
    assert not isinstance(caught.value, UnknownCommit)
    assert len(book.entries()) == 1


@pytest.mark.parametrize("before", [True, False])
def test_where_nobody_can_look_it_is_called_unknown(book: Book, monkeypatch, before: bool) -> None:
    losing(monkeypatch, before=before, again=True)
    with pytest.raises(
        UnknownCommit, match="unknown whether 1 new entry was written.*could not be looked up.*forecast list"
    ):
        book.add([SAID], NOW)


def test_lines_that_are_copied_in_are_looked_up_too(book: Book, tmp_path: Path, monkeypatch) -> None:
    book.add([SAID], NOW)
    entries = book.entries()
    with Book.open(str(tmp_path / "copy.sqlite")) as copy:
        losing(monkeypatch, before=False)
        assert copy.copy_in(entries) == 2
        assert copy.entries() == entries


class Proxy:
    """A wire to a PostgreSQL server that is cut at the n-th commit, before it goes out or before it is answered."""

    def __init__(self, server: str, *, cut_at: int, before: bool) -> None:
        parts = urlsplit(server)
        self.target = (parts.hostname, parts.port)
        self.cut_at, self.before, self.commits = cut_at, before, 0
        self.listener = socket.create_server(("127.0.0.1", 0))
        self.url = server.replace(f":{parts.port}", f":{self.listener.getsockname()[1]}")
        self.server = threading.Thread(target=self._serve, daemon=True)
        self.server.start()

    def close(self) -> None:
        self.listener.shutdown(socket.SHUT_RDWR)
        self.listener.close()
        self.server.join()

    def _serve(self) -> None:
        while True:
            try:
                near, _ = self.listener.accept()
            except OSError:
                return
            far = socket.create_connection(self.target)
            cut = threading.Event()
            pumps = [
                threading.Thread(target=self._pump, args=(*ends, cut, up), daemon=True)
                for *ends, up in ((near, far, True), (far, near, False))
            ]
            for pump in pumps:
                pump.start()
            for pump in pumps:
                pump.join()
            near.close()
            far.close()

    def _pump(self, source: socket.socket, sink: socket.socket, cut: threading.Event, up: bool) -> None:
        with suppress(OSError):
            while data := source.recv(65536):
                if up and b"COMMIT" in data:
                    self.commits += 1
                    if self.commits == self.cut_at:
                        if self.before:
                            break
                        cut.set()  # the server hears it; its answer is kept back
                if not up and cut.is_set():
                    break
                sink.sendall(data)
        for end in (source, sink):
            with suppress(OSError):
                end.shutdown(socket.SHUT_RDWR)


@pytest.mark.database
@pytest.mark.parametrize("before", [True, False])
def test_on_postgresql_what_is_said_of_every_entry_is_what_the_ledger_holds(postgres: str, before: bool) -> None:
    with Book.open(postgres) as book:
        book.add([ASKED], NOW)
    wrong = cuts = 0
    for number in range(6):
        proxy = Proxy(postgres, cut_at=2 + number % 3, before=before)
        reason = f"{before} {number}"
        try:
            with Book.open(proxy.url) as book:
                for part in range(4):
                    told = ""
                    try:
                        book.add([replace(SAID, rationale=f"{reason} {part}")], NOW)
                    except Fault as fault:
                        told = str(fault)
                    with Book.open(postgres) as direct:
                        stands = any(f'"{reason} {part}"' in entry.body for entry in direct.entries())
                    wrong += stands != (not told)
                    assert "othing was written" in told or not told
        finally:
            proxy.close()
            cuts += proxy.commits >= proxy.cut_at
    assert wrong == 0
    assert cuts == 6
    with Book.open(postgres) as book:
        assert book.verify() == ()


@pytest.mark.database
def test_postgresql_says_what_to_do(postgres: str) -> None:
    import psycopg

    missing = f"{postgres}_missing"
    with pytest.raises(Fault, match="does not exist; make the database first"):
        Book.open(missing)
    with pytest.raises(Fault, match="there is no ledger at"):
        Book.open(postgres, create=False)
    with Book.open(postgres) as book:
        book.add([ASKED], NOW)
    with psycopg.connect(postgres, autocommit=True) as opened:
        name = opened.info.dbname
        opened.execute("DROP ROLE IF EXISTS reader")
        opened.execute("CREATE ROLE reader LOGIN PASSWORD 'sesame'")
        opened.execute("GRANT SELECT ON ALL TABLES IN SCHEMA public TO reader")
    reader = postgres.replace("ana:sesame%2Fopen%231", "reader:sesame")
    with Book.open(reader) as book:
        assert len(book.entries()) == 1
        with pytest.raises(Fault, match="permission denied.*ask the owner.*Nothing was written") as caught:
            book.add([SAID], NOW)
        assert "sesame" not in str(caught.value)
    with psycopg.connect(postgres, autocommit=True) as opened:
        opened.execute(f"ALTER DATABASE {name} SET default_transaction_read_only = on")
    with Book.open(postgres) as book, pytest.raises(Fault, match="read-only.*name the one that takes writes"):
        book.add([SAID], NOW)
