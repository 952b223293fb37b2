"""A process of its own for the tests that race or kill: it adds to a ledger, or migrates one.

writer.py add ADDRESS NAME COUNT     add COUNT forecasts, printing each entry's number once it is saved
writer.py add-until ADDRESS N        add, and die by SIGKILL right before the N-th statement
writer.py migrate ADDRESS [N]        say ready, bring the ledger up; die right before the N-th statement if given
"""

from __future__ import annotations

import os
import signal
import sys
from datetime import UTC, datetime

from sqlalchemy import Engine, event

from ripeness.ledger.book.address import parse_address
from ripeness.ledger.book.book import Book
from ripeness.ledger.book.database import engine
from ripeness.ledger.book.entry import RecordedForecast
from ripeness.ledger.book.migrate import migrate_database

NOW = datetime(2026, 3, 1, 12, tzinfo=UTC)


def forecast(by: str, number: int) -> RecordedForecast:
    return RecordedForecast("q", by, NOW, {"yes": 0.25, "no": 0.75}, f"reason {number}")


def die_before(number: int) -> None:
    seen = iter(range(1, 10**6))

    def counted(*_: object) -> None:
        if next(seen) == number:
            os.kill(os.getpid(), signal.SIGKILL)

    event.listen(Engine, "before_cursor_execute", counted)
    event.listen(Engine, "commit", counted)


def main(what: str, where: str, *rest: str) -> None:
    if what == "add":
        name, count = rest
        with Book.open(where) as book:
            for number in range(int(count)):
                (entry,) = book.add([forecast(name, number)], NOW)
                print(entry.seq, flush=True)
    elif what == "add-until":
        with Book.open(where) as book:
            print("ready", flush=True)
            die_before(int(rest[0]))
            book.add([forecast("killed", 1), forecast("killed", 2)], NOW)
            print("saved", flush=True)
    elif what == "migrate":
        import alembic.runtime.environment
        import alembic.script  # noqa: F401

        place = parse_address(where)
        print("ready", flush=True)
        if rest:
            die_before(int(rest[0]))
        migrate_database(engine(place), place)
        print("saved", flush=True)


if __name__ == "__main__":
    main(*sys.argv[1:])
