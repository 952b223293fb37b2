"""The ledger's two tables: its lines, and the head that says where it ends."""

from __future__ import annotations

from sqlalchemy import String, Text
from sqlalchemy.orm import DeclarativeBase, Mapped, mapped_column

from ripeness.ledger.book.entry import Entry

REVISION = "0002"  # the newest form of the tables; the files under migrations/versions lead there
VERSION_TABLE = "ledger_version"
HASH_LENGTH = 64  # hex digits of SHA-256


class LedgerTable(DeclarativeBase):
    """The ledger's tables; their names start with `ledger_`, since a team's database may hold others."""


class EntryRow(LedgerTable):
    """One line; the body stays the very text that was hashed, so it is text and not the database's own JSON."""

    __tablename__ = "ledger_entry"

    seq: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    kind: Mapped[str] = mapped_column(String(16))
    question: Mapped[str] = mapped_column(Text, index=True)
    recorded: Mapped[str] = mapped_column(String(32))
    body: Mapped[str] = mapped_column(Text)
    previous: Mapped[str] = mapped_column(String(HASH_LENGTH))
    hash: Mapped[str] = mapped_column(String(HASH_LENGTH), unique=True)

    def entry(self) -> Entry:
        """The line as a value that outlives the database session."""
        return Entry(self.seq, self.kind, self.question, self.recorded, self.body, self.previous, self.hash)


class HeadRow(LedgerTable):
    """The last line's number and hash, kept apart so that lines cut off the end show."""

    __tablename__ = "ledger_head"

    id: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    seq: Mapped[int]
    hash: Mapped[str] = mapped_column(String(HASH_LENGTH))
