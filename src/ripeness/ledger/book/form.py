"""Bringing an old ledger into the present form: all steps in one transaction, with a copy kept beside it."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path

from sqlalchemy import Connection, Engine, text

from ripeness.ledger.book.address import Address
from ripeness.ledger.book.door import read_transaction, tables, write_transaction
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


def schema_version(opened: Connection) -> str:
    """Say in which form the ledger is.

    Raises: Fault for a file of another program, and for a ledger whose form nothing tells any more.
    """
    found = tables(opened)
    if VERSION_TABLE in found:
        number = str(opened.execute(text(f"SELECT version_num FROM {VERSION_TABLE}")).scalar() or NONE_YET)  # noqa: S608
        if number == NONE_YET and EntryRow.__tablename__ in found:
            raise Fault(
                f"this ledger is damaged: its table {VERSION_TABLE} is empty; take a copy (an export, or the .bak)"
            )
        return number
    if found and opened.dialect.name == "sqlite":
        raise Fault(f"this file holds the tables of another program ({', '.join(sorted(found)[:3])}), not a ledger")
    return NONE_YET


def migrate_database(made: Engine, place: Address, target: str = REVISION, *, create: bool = True) -> Migration:
    """Bring a ledger into the present form, or make an empty one; killed half-way, the old form stands.

    Raises: NoLedger where there is none and none may be made; Fault for a ledger that a newer program wrote.
    """
    with read_transaction(made, place) as opened:
        before = schema_version(opened)
    if before == NONE_YET and not create:
        raise NoLedger(place)
    if before == target:
        return Migration(before, before, None)
    with write_transaction(made, place) as opened:
        before = schema_version(opened)  # another process may have been quicker
        if before == target:
            return Migration(before, before, None)
        if before not in FORMS:
            raise Fault(f"the ledger {place} was written by a newer ripeness (form {before!r:.40}); update the program")
        copy = _keep_copy(place.path, before) if place.path is not None and before != NONE_YET else None
        _take_steps(opened, target)
    return Migration(before, target, copy)


def _take_steps(opened: Connection, target: str) -> None:
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
        surroundings.configure(connection=opened, version_table=VERSION_TABLE, transactional_ddl=True)
        surroundings.run_migrations()


def _keep_copy(path: Path, before: str) -> Path:
    """Copy a SQLite ledger beside itself, whole or not at all; we hold the write lock, so it stands still."""
    kept = path.with_name(f"{path.name}.form-{before}.bak")
    half = path.with_name(f".{kept.name}.half")  # one name: what a killed migration left is taken over by the next
    half.unlink(missing_ok=True)
    try:
        with (
            closing(sqlite3.connect(f"{path.as_uri()}?mode=ro", uri=True)) as old,
            closing(sqlite3.connect(half)) as new,
        ):
            new.execute("PRAGMA journal_mode = OFF")  # a half copy is thrown away, so it needs no way back
            old.backup(new)
        half.replace(kept)
    finally:
        half.unlink(missing_ok=True)
    return kept
