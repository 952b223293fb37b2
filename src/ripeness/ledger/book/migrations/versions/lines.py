"""First form of the ledger: the chained lines."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Make the table of lines."""
    op.create_table(
        "ledger_entry",
        sa.Column("seq", sa.Integer(), primary_key=True, autoincrement=False),
        sa.Column("kind", sa.String(16), nullable=False),
        sa.Column("question", sa.Text(), nullable=False),
        sa.Column("recorded", sa.String(32), nullable=False),
        sa.Column("body", sa.Text(), nullable=False),
        sa.Column("previous", sa.String(64), nullable=False),
        sa.Column("hash", sa.String(64), nullable=False, unique=True),
    )
    op.create_index("ix_ledger_entry_question", "ledger_entry", ["question"])


def downgrade() -> None:
    """Refuse: dropping the lines would lose what people forecast."""
    raise NotImplementedError("a ledger is never unmade; go back to the copy that was kept beside it")
