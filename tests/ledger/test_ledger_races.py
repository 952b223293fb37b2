"""Two writers at once, and writers killed at any moment: nothing that was saved is lost, nothing half stands."""

from __future__ import annotations

import os
import random
import shutil
import signal
import subprocess
import sys
import time
from dataclasses import replace
from datetime import UTC, date, datetime
from pathlib import Path

import pytest

from ripeness.ledger.book.address import parse_address
from ripeness.ledger.book.book import Book, Head
from ripeness.ledger.book.chain import GENESIS, link_entry
from ripeness.ledger.book.database import engine, read_transaction, write_transaction
from ripeness.ledger.book.entry import ForecastQuestion, RecordedForecast, stamp
from ripeness.ledger.book.migrate import migrate_database, schema_version
from ripeness.ledger.book.tables import REVISION, EntryRow

NOW = datetime(2026, 3, 1, 12, tzinfo=UTC)
ASKED = ForecastQuestion("q", "Will it?", "yes if so", date(2026, 1, 1), date(2026, 6, 1), date(2026, 7, 1))
SAID = RecordedForecast("q", "ana", NOW, {"yes": 0.25, "no": 0.75})
WRITER = Path(__file__).with_name("writer.py")
KILLED = -signal.SIGKILL
MOMENTS = 12  # random ones, for adds and for migrations each; 26 more stand in tests/store/test_killed.py
posix = pytest.mark.skipif(os.name != "posix", reason="kill -9 is a signal of POSIX systems")


def start(*words: str) -> subprocess.Popen[str]:
    return subprocess.Popen([sys.executable, str(WRITER), *words], stdout=subprocess.PIPE, text=True)


def race(where: str) -> None:
    with Book.open(where) as book:
        book.add([ASKED], NOW)
    writers = [start("add", where, name, "200") for name in ("ana", "bo")]
    said = [writer.communicate(timeout=300)[0].split() for writer in writers]
    assert [writer.returncode for writer in writers] == [0, 0]
    with Book.open(where) as book:
        entries = book.entries()
        assert book.verify() == ()
    assert sorted(int(seq) for one in said for seq in one) == list(range(2, 402)) == [one.seq for one in entries[1:]]
    for name in ("ana", "bo"):
        mine = [one.body for one in entries if f'"by":"{name}"' in one.body]
        assert [f'"rationale":"reason {n}"' in body for n, body in enumerate(mine)] == [True] * 200


def test_two_processes_that_add_200_each_lose_nothing(tmp_path: Path) -> None:
    race(str(tmp_path / "ledger.sqlite"))


@pytest.mark.database
def test_two_processes_that_add_200_each_lose_nothing_on_postgresql(postgres: str) -> None:
    race(postgres)


def old_ledger(where: str, lines: int = 5) -> None:
    """Make a ledger as the first form kept it: lines without a head."""
    place = parse_address(where)
    made = engine(place)
    migrate_database(made, place, "0001")
    head = Head(0, GENESIS)
    with write_transaction(made, place) as opened:
        for record in [ASKED, *(replace(SAID, rationale=str(n)) for n in range(lines - 1))]:
            entry = link_entry(record, stamp(NOW), head.seq + 1, head.hash)
            values = {name: getattr(entry, name) for name in entry.__dataclass_fields__}
            opened.execute(EntryRow.__table__.insert().values(values))
            head = Head(entry.seq, entry.hash)
    made.dispose()


def form_of(where: str) -> str:
    place = parse_address(where)
    with read_transaction(engine(place), place) as opened:
        return schema_version(opened)


def test_an_old_ledger_is_brought_up_when_opened_and_a_copy_is_kept(tmp_path: Path) -> None:
    path = tmp_path / "ledger.sqlite"
    old_ledger(str(path))
    with Book.open(str(path)) as book:
        assert (book.move.before, book.move.after) == ("0001", REVISION)
        assert book.verify() == ()
        assert book.head().seq == 5
        assert book.add([SAID], NOW)[0].seq == 6
        kept = book.move.copy
    assert kept is not None
    assert form_of(str(kept)) == "0001"
    with Book.open(str(path)) as book:
        assert book.move.before == REVISION


def test_the_newest_migration_is_the_form_that_the_program_expects() -> None:
    from alembic.script import ScriptDirectory

    from ripeness.ledger.book.migrate import STEPS

    assert ScriptDirectory(str(STEPS)).get_current_head() == REVISION


def test_the_migrations_make_the_tables_that_the_program_maps(tmp_path: Path) -> None:
    from alembic.autogenerate import compare_metadata
    from alembic.runtime.migration import MigrationContext

    from ripeness.ledger.book.tables import VERSION_TABLE, LedgerTable

    place = parse_address(str(tmp_path / "ledger.sqlite"))
    Book.open(place)
    with read_transaction(engine(place), place) as opened:
        context = MigrationContext.configure(opened, opts={"version_table": VERSION_TABLE})
        assert compare_metadata(context, LedgerTable.metadata) == []


@pytest.mark.database
def test_an_old_ledger_on_postgresql_is_brought_up_and_guarded(postgres: str) -> None:
    import psycopg

    old_ledger(postgres)
    with Book.open(postgres) as book:
        assert (book.move.before, book.move.after, book.move.copy) == ("0001", REVISION, None)
        assert book.add([SAID], NOW)[0].seq == 6
        assert book.verify() == ()
    for statement in ("DELETE FROM ledger_entry", "UPDATE ledger_entry SET body = ''", "TRUNCATE ledger_entry"):
        with psycopg.connect(postgres) as opened, pytest.raises(psycopg.errors.RaiseException, match="append-only"):
            opened.execute(statement)


def test_a_ledger_from_a_newer_program_is_left_alone(tmp_path: Path) -> None:
    import sqlite3
    from contextlib import closing

    path = tmp_path / "ledger.sqlite"
    Book.open(str(path))
    with closing(sqlite3.connect(path)) as opened:
        opened.execute("UPDATE ledger_version SET version_num = '9999'")
        opened.commit()
    with pytest.raises(ValueError, match="newer ripeness"):
        Book.open(str(path))


@posix
@pytest.mark.parametrize("moment", range(1, 14))
def test_an_add_killed_before_any_statement_stands_whole_or_not_at_all(tmp_path: Path, moment: int) -> None:
    path = str(tmp_path / "ledger.sqlite")
    with Book.open(path) as book:
        book.add([ASKED, SAID], NOW)
    writer = start("add-until", path, str(moment))
    said = writer.communicate(timeout=60)[0].split()
    assert writer.returncode == (0 if "saved" in said else KILLED)
    with Book.open(path) as book:
        assert len(book.entries()) == (4 if "saved" in said else 2)
        assert book.verify() == ()
        book.add([SAID], NOW)


@posix
def test_adds_killed_at_random_moments_keep_all_that_was_said_to_be_saved(tmp_path: Path) -> None:
    path, luck = str(tmp_path / "ledger.sqlite"), random.Random(7)
    with Book.open(path) as book:
        book.add([ASKED], NOW)
    saved = 1
    for _ in range(MOMENTS):
        writer = start("add", path, "ana", "100000")
        assert writer.stdout is not None
        writer.stdout.readline()
        time.sleep(luck.uniform(0, 0.1))
        writer.kill()
        lines = writer.communicate(timeout=60)[0].split("\n")
        with Book.open(path) as book:
            entries = book.entries()
            assert book.verify() == ()
        whole = [int(line) for line in lines[:-1] if line]
        assert len(entries) >= max([saved, *whole])
        assert len(entries) <= max([saved + 1, *whole]) + 1  # one may be saved and not yet told
        saved = len(entries)


def survives(where: str, entries_before: int, words: list[str]) -> None:
    lines = entries_before
    assert form_of(where) == (REVISION if "saved" in words else "0001")
    with Book.open(where) as book:
        assert len(book.entries()) == lines
        assert book.verify() == ()
        book.add([SAID], NOW)


@posix
@pytest.mark.parametrize("moment", [1, 3, 6, 9, 11, 13, 15, 17])
def test_a_migration_killed_before_any_statement_leaves_the_old_ledger_or_the_new(tmp_path: Path, moment: int) -> None:
    path = tmp_path / "ledger.sqlite"
    old_ledger(str(path))
    writer = start("migrate", str(path), str(moment))
    words = writer.communicate(timeout=60)[0].split()
    assert writer.returncode == (0 if "saved" in words else KILLED)
    survives(str(path), 5, words)


@posix
def test_migrations_killed_at_random_moments_leave_the_old_ledger_or_the_new(tmp_path: Path) -> None:
    old, path, luck = tmp_path / "old.sqlite", tmp_path / "ledger.sqlite", random.Random(11)
    old_ledger(str(old))
    for _ in range(MOMENTS):
        shutil.copy(old, path)
        writer = start("migrate", str(path))
        assert writer.stdout is not None
        writer.stdout.readline()
        time.sleep(luck.uniform(0, 0.06))
        writer.kill()
        writer.communicate(timeout=60)
        assert form_of(str(path)) in {"0001", REVISION}
        with Book.open(str(path)) as book:
            assert len(book.entries()) == 5
            assert book.verify() == ()
        left = {one.name for one in tmp_path.iterdir()}
        assert left <= {"old.sqlite", "ledger.sqlite", "ledger.sqlite.form-0001.bak"}


@posix
@pytest.mark.database
@pytest.mark.parametrize("moment", [4, 8, 12])
def test_a_migration_killed_on_postgresql_leaves_the_old_ledger(postgres: str, moment: int) -> None:
    old_ledger(postgres)
    writer = start("migrate", postgres, str(moment))
    words = writer.communicate(timeout=60)[0].split()
    assert writer.returncode == KILLED
    survives(postgres, 5, words)
