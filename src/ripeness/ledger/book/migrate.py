"""Bringing an old ledger into the present form: all steps in one transaction, with a copy kept beside it."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path

from sqlalchemy import Connection, Engine, text

from ripeness.ledger.book.address import Address
from ripeness.ledger.book.database import list_tables, read_transaction, write_transaction
from ripeness.ledger.book.tables import REVISION, VERSION_TABLE, EntryRow
from ripeness.world.fault import Fault

NONE_YET = ""  # the form of a database that holds no ledger
STEPS = Path(__file__).parent / "migrations"
FORMS = (NONE_YET, *(f"{number:04}" for number in range(1, int(REVISION) + 1)))  # each leads to the next


class NoLedger(Fault):
    """There is no ledger at a place yet."""

    def __init__(self, place: Address) -> None:
        super().__init__(f"there is no ledger at {place} yet; `ripeness forecast add` begins one")


@dataclass(frozen=True, slots=True)
class Migration:
    """What a migration did: from which form to which, and where the copy of the old ledger lies."""

    before: str
    after: str
    copy: Path | None


def schema_version(connection: Connection) -> str:
    """Say in which form the ledger is.

    Raises: Fault for a file of another program, and for a ledger whose form nothing tells any more.
    """
    table_names = list_tables(connection)
    if VERSION_TABLE in table_names:
        number = str(connection.execute(text(f"SELECT version_num FROM {VERSION_TABLE}")).scalar() or NONE_YET)  # noqa: S608
        if number == NONE_YET and EntryRow.__tablename__ in table_names:
            raise Fault(
                f"this ledger is damaged: its table {VERSION_TABLE} is empty; take a copy (an export, or the .bak)"
            )
        return number
    if table_names and connection.dialect.name == "sqlite":
        raise Fault(
            f"this file holds the tables of another program ({', '.join(sorted(table_names)[:3])}), not a ledger"
        )
    return NONE_YET


def migrate_database(database: Engine, place: Address, target: str = REVISION, *, create: bool = True) -> Migration:
    """Bring a ledger into the present form, or make an empty one; killed half-way, the old form stands.

    Raises: NoLedger where there is none and none may be made; Fault for a ledger that a newer program wrote.
    """
    with read_transaction(database, place) as connection:
        version = schema_version(connection)
    if version == NONE_YET and not create:
        raise NoLedger(place)
    if version == target:
        return Migration(version, version, None)
    with write_transaction(database, place) as connection:
        version = schema_version(connection)  # another process may have been quicker
        if version == target:
            return Migration(version, version, None)
        if version not in FORMS:
            raise Fault(
                f"the ledger {place} was written by a newer ripeness (form {version!r:.40}); update the program"
            )
        copy = _keep_copy(place.path, version) if place.path is not None and version != NONE_YET else None
        _take_steps(connection, target)
    return Migration(version, target, copy)


def _take_steps(connection: Connection, target: str) -> None:
    """Run the steps on our connection, inside our transaction."""
    from alembic.config import Config
    from alembic.runtime.environment import EnvironmentContext
    from alembic.script import ScriptDirectory

    script = ScriptDirectory(str(STEPS))
    with EnvironmentContext(
        Config(),
        script,
        fn=lambda current, _context: script._upgrade_revs(target, current),  # noqa: SLF001
    ) as surroundings:
        surroundings.configure(connection=connection, version_table=VERSION_TABLE, transactional_ddl=True)
        surroundings.run_migrations()


def _keep_copy(path: Path, version: str) -> Path:
    """Copy a SQLite ledger beside itself, whole or not at all; we hold the write lock, so it stands still."""
    copy = path.with_name(f"{path.name}.form-{version}.bak")
    half = path.with_name(f".{copy.name}.half")  # one name: what a killed migration left is taken over by the next
    half.unlink(missing_ok=True)
    try:
        with (
            closing(sqlite3.connect(f"{path.as_uri()}?mode=ro", uri=True)) as old,
            closing(sqlite3.connect(half)) as new,
        ):
            new.execute("PRAGMA journal_mode = OFF")  # a half copy is thrown away, so it needs no way back
            old.backup(new)
        half.replace(copy)
    finally:
        half.unlink(missing_ok=True)
    return copy
