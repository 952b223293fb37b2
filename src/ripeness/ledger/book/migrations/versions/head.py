"""Second form: a head that says where the ledger ends, and guards in the database against changes to its lines."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None

_REFUSAL = "the ledger is append-only: a correction is a new entry"
_SQLITE = (
    f"CREATE TRIGGER ledger_entry_no_{{verb}} BEFORE {{verb}} ON ledger_entry "
    f"BEGIN SELECT RAISE(ABORT, '{_REFUSAL}'); END"
)
_POSTGRES = (
    f"""CREATE FUNCTION ledger_refuse() RETURNS trigger LANGUAGE plpgsql AS
    $$ BEGIN RAISE EXCEPTION '{_REFUSAL}'; END $$""",
    """CREATE TRIGGER ledger_entry_guard BEFORE UPDATE OR DELETE OR TRUNCATE ON ledger_entry
    FOR EACH STATEMENT EXECUTE FUNCTION ledger_refuse()""",
)


def upgrade() -> None:
    """Make the head, point it at the last line there is, and guard the lines."""
    head = op.create_table(
        "ledger_head",
        sa.Column("id", sa.Integer(), primary_key=True, autoincrement=False),
        sa.Column("seq", sa.Integer(), nullable=False),
        sa.Column("hash", sa.String(64), nullable=False),
    )
    bind = op.get_bind()
    last = bind.execute(sa.text("SELECT seq, hash FROM ledger_entry ORDER BY seq DESC LIMIT 1")).first()
    seq, digest = (last.seq, last.hash) if last else (0, "0" * 64)
    op.bulk_insert(head, [{"id": 1, "seq": seq, "hash": digest}])
    if bind.dialect.name == "sqlite":
        for verb in ("UPDATE", "DELETE"):
            op.execute(_SQLITE.format(verb=verb))
    else:
        for statement in _POSTGRES:
            op.execute(statement)


def downgrade() -> None:
    """Refuse: without its head, lines cut off the end would no longer show."""
    raise NotImplementedError("a ledger is never unmade; go back to the copy that was kept beside it")
