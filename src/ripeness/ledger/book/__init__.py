"""The book of the forecast ledger: entries chained by hash, in a database."""

from ripeness.world.extras import need_package

need_package("sqlalchemy", "the forecast ledger")
