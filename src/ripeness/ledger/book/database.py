"""Opening and locking the database of a ledger, so that two people who write at once lose nothing."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from typing import Any

from sqlalchemy import URL, Connection, Engine, create_engine, event, text
from sqlalchemy.exc import ArgumentError, DBAPIError
from sqlalchemy.pool import NullPool

from ripeness.ledger.book.address import Address, secrets
from ripeness.world.fault import Fault

PATIENCE = 60  # seconds to wait for another writer before giving up; an add takes some thousandths of one
# Seconds (and, in the last, thousandths) after which a server that does not answer is given up.
_WIRE = {
    "connect_timeout": PATIENCE // 4,
    "keepalives_idle": PATIENCE // 4,
    "keepalives_interval": 5,
    "keepalives_count": 3,
    "tcp_user_timeout": 1000 * PATIENCE,
}
_LOCK = 0x52495045  # "RIPE": the number of this program's advisory lock in a shared PostgreSQL database

_DAMAGED = "; take a copy (an export, or the .bak beside it), or choose another file with --ledger"
_ADVICE = {  # what SQLite says -> what to do
    "not a database": _DAMAGED,
    "malformed": _DAMAGED,
    "decode to UTF-8": _DAMAGED,
    "no such": _DAMAGED,
    "already exists": _DAMAGED,
    "readonly": "; name a ledger where you may write with --ledger, or ask for the right to",
    "unable to open": "; is it a file in a folder that you may read and write? --ledger names another",
    "full": "; make room, then try again",
    "I/O error": "; is the disk in order and not a network drive? --ledger names another place",
}
_UNREACHED = "; is the server running, and can it be reached from here?"
_STATES = {  # what PostgreSQL says of a connection that it refuses -> SQLSTATE, which is not handed on then
    "authentication failed": "28P01",
    "no password supplied": "28P01",
    "does not exist": "3D000",
    "permission denied": "42501",
    "too many": "53300",
    "starting up": "57P03",
    "shutting down": "57P01",
}
_HELP = {  # SQLSTATE -> what to do
    "28P01": "; check the password (~/.pgpass or PGPASSWORD)",
    "28000": "; check user and password (~/.pgpass or PGPASSWORD)",
    "3D000": "; make the database first (createdb), or correct its name",
    "42501": "; ask the owner of the database for the right to read and write in it",
    "25006": "; this server only reads: name the one that takes writes",
    "53300": "; try again when others have left",
    "57P03": "; the server is just starting: try again in a moment",
    "57P01": "; the server was stopped: try again when it is back",
    "53100": "; make room on the server, then try again",
}


def engine(place: Address) -> Engine:
    """Make the engine of a ledger's database; nothing is opened yet.

    SQLite keeps its rollback journal (not WAL), so that a ledger at rest is one file that can be copied.

    Raises: Fault when the address cannot be read, or the PostgreSQL driver is missing.
    """
    try:
        if place.path is None:
            return create_engine(place.url, poolclass=NullPool, connect_args=_WIRE)
        # By its parts and not by its address: a path may hold signs such as ? that mean something in addresses.
        file = URL.create("sqlite", database=str(place.path))
        database = create_engine(file, poolclass=NullPool, connect_args={"timeout": PATIENCE})
    except ModuleNotFoundError:
        raise Fault(
            "a PostgreSQL ledger needs the psycopg driver; install it: pip install 'ripeness[postgres]'"
        ) from None
    except (ArgumentError, ValueError):
        raise Fault(f"cannot read the ledger's address {place}; write postgresql://user@host:5432/database") from None
    event.listen(database, "connect", _prepare)
    event.listen(database, "begin", _begin)
    return database


def _prepare(connection: sqlite3.Connection, _record: object) -> None:
    """Leave transactions to us, and write through to the disk at each commit."""
    connection.isolation_level = None
    connection.execute("PRAGMA synchronous = FULL")


def _begin(connection: Connection) -> None:
    # A writer takes the lock at once: two readers who both want to write later would each wait for the other.
    connection.exec_driver_sql("BEGIN IMMEDIATE" if connection.get_execution_options().get("writes") else "BEGIN")


class UnknownCommit(Fault):
    """The database was lost between the request to keep what was written and its answer: nobody knows yet."""


@contextmanager
def read_transaction(database: Engine, place: Address) -> Iterator[Connection]:
    """Open one consistent view of the ledger.

    Raises: Fault, in our own words and without the password, when the database does not answer.
    """
    with _translated(place), database.connect() as connection:
        if place.path is None:
            connection = connection.execution_options(isolation_level="REPEATABLE READ")  # noqa: PLW2901
        with connection.begin():
            yield connection


@contextmanager
def write_transaction(database: Engine, place: Address) -> Iterator[Connection]:
    """Open the ledger for one writer at a time; all that is written stands, or nothing of it.

    Raises: Fault, in our own words and without the password, when the database does not answer; then nothing was
    written. UnknownCommit when it did not answer the last word, so that all may be written or nothing.
    """
    with _translated(place), database.connect() as plain_connection:
        connection = plain_connection.execution_options(writes=True)
        transaction = connection.begin()
        try:
            if place.path is None:
                connection.execute(text(f"SET LOCAL lock_timeout = '{PATIENCE}s'"))
                connection.execute(text("SELECT pg_advisory_xact_lock(:key)"), {"key": _LOCK})
            yield connection
        except BaseException as error:
            with suppress(DBAPIError):  # a connection that is lost has nothing to take back
                transaction.rollback()
            if isinstance(error, DBAPIError):
                raise Fault(f"{_words(place, error)}. Nothing was written") from None
            raise
        try:
            transaction.commit()
        except DBAPIError as error:
            raise UnknownCommit(_words(place, error)) from None


@contextmanager
def _translated(place: Address) -> Iterator[None]:
    try:
        yield
    except DBAPIError as error:
        raise Fault(_words(place, error)) from None
    except UnicodeError as error:  # a host name that no network knows
        if place.path is not None:
            raise
        raise Fault(f"cannot read the ledger's address {place}: {error}") from None


def _words(place: Address, error: DBAPIError) -> str:
    """Say in our words why a database did not answer, and what to do."""
    reason = str(error.orig).strip().partition("\n")[0]
    for secret in secrets(place.url):
        reason = reason.replace(secret, "***")
    reason = "".join(sign if sign.isprintable() else repr(sign)[1:-1] for sign in reason)
    if "locked" in reason or "lock timeout" in reason:
        return f"another program has held the ledger {place} for {PATIENCE} seconds; try again when it is done"
    if "append-only" in reason:
        return "the ledger is append-only: a correction is a new entry"
    advice = next((words for sign, words in _ADVICE.items() if sign in reason), "")
    if place.path is None:
        state = getattr(error.orig, "sqlstate", None) or next(
            (state for sign, state in _STATES.items() if sign in reason), None
        )
        return f"cannot use the ledger at {place}: {reason}{_HELP.get(str(state), _UNREACHED if state is None else '')}"
    if advice == _DAMAGED:
        return f"{place} is not a forecast ledger, or it is damaged ({reason}){advice}"
    return f"cannot use the ledger {place}: {reason}{advice}"


def list_tables(connection: Connection) -> set[str]:
    """Name the tables of the database, as far as this user sees them."""
    from sqlalchemy import inspect

    inspector: Any = inspect(connection)
    return set(inspector.get_table_names())
