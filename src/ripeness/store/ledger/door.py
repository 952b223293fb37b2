"""Opening and locking the database of a ledger, so that two people who write at once lose nothing."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from sqlalchemy import Connection, Engine, create_engine, event, text
from sqlalchemy.exc import ArgumentError, DatabaseError, DBAPIError
from sqlalchemy.pool import NullPool

from ripeness.store.ledger.address import Address, secrets
from ripeness.world.fault import Fault

PATIENCE = 60  # seconds to wait for another writer before giving up; an add takes some thousandths of one
_LOCK = 0x52495045  # "RIPE": the number of this program's advisory lock in a shared PostgreSQL database


def engine(place: Address) -> Engine:
    """Make the engine of a ledger's database; nothing is opened yet.

    SQLite keeps its rollback journal (not WAL), so that a ledger at rest is one file that can be copied.

    Raises: Fault when the address cannot be read, or the PostgreSQL driver is missing.
    """
    try:
        if place.path is None:
            return create_engine(place.url, poolclass=NullPool, connect_args={"connect_timeout": PATIENCE // 4})
        made = create_engine(place.url, poolclass=NullPool, connect_args={"timeout": PATIENCE})
    except ModuleNotFoundError:
        raise Fault(
            "a PostgreSQL ledger needs the psycopg driver; install it: pip install 'ripeness[postgres]'"
        ) from None
    except (ArgumentError, ValueError):
        raise Fault(f"cannot read the ledger's address {place}; write postgresql://user@host:5432/database") from None
    event.listen(made, "connect", _prepare)
    event.listen(made, "begin", _begin)
    return made


def _prepare(opened: sqlite3.Connection, _record: object) -> None:
    """Leave transactions to us, and write through to the disk at each commit."""
    opened.isolation_level = None
    opened.execute("PRAGMA synchronous = FULL")


def _begin(opened: Connection) -> None:
    # A writer takes the lock at once: two readers who both want to write later would each wait for the other.
    opened.exec_driver_sql("BEGIN IMMEDIATE" if opened.get_execution_options().get("writes") else "BEGIN")


@contextmanager
def reading(made: Engine, place: Address) -> Iterator[Connection]:
    """Open one consistent view of the ledger.

    Raises: Fault, in our own words and without the password, when the database does not answer.
    """
    with _translated(place), made.connect() as opened:
        if place.path is None:
            opened = opened.execution_options(isolation_level="REPEATABLE READ")  # noqa: PLW2901
        with opened.begin():
            yield opened


@contextmanager
def writing(made: Engine, place: Address) -> Iterator[Connection]:
    """Open the ledger for one writer at a time; all that is written stands, or nothing of it.

    Raises: Fault, in our own words and without the password, when the database does not answer.
    """
    with _translated(place), made.connect() as bare:
        opened = bare.execution_options(writes=True)
        with opened.begin():
            if place.path is None:
                opened.execute(text(f"SET LOCAL lock_timeout = '{PATIENCE}s'"))
                opened.execute(text("SELECT pg_advisory_xact_lock(:key)"), {"key": _LOCK})
            yield opened


@contextmanager
def _translated(place: Address) -> Iterator[None]:
    try:
        yield
    except DBAPIError as error:
        raise Fault(_words(place, error)) from None


def _words(place: Address, error: DBAPIError) -> str:
    """Say in our words why a database did not answer."""
    said = str(error.orig).strip().partition("\n")[0]
    for secret in secrets(place.url):
        said = said.replace(secret, "***")
    if "not a database" in said or "malformed" in said:
        return f"{place} is not a forecast ledger, or it is damaged ({said}); choose another file with --ledger"
    if "locked" in said or "lock timeout" in said:
        return f"another program has held the ledger {place} for {PATIENCE} seconds; try again when it is done"
    if "append-only" in said:
        return "the ledger is append-only: a correction is a new entry"
    if isinstance(error, DatabaseError) and place.path is None:
        return f"cannot use the ledger at {place}: {said}"
    return f"cannot use the ledger {place}: {said}"


def tables(opened: Connection) -> set[str]:
    """Name the tables of the database, as far as this user sees them."""
    from sqlalchemy import inspect

    found: Any = inspect(opened)
    return set(found.get_table_names())
