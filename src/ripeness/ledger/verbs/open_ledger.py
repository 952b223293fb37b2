"""Find a ledger, read and check it, and refuse to go on with one that was changed."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from ripeness.world.fault import Fault

if TYPE_CHECKING:
    from ripeness.ledger.book.address import Address
    from ripeness.ledger.book.audit import Audit
    from ripeness.ledger.book.chain import Break
    from ripeness.ledger.book.docket import Docket

Ledger = str | Path | None


def ledger_address(ledger: Ledger) -> Address:
    """The place of a ledger; of none, the user's own."""
    from ripeness.ledger.book.address import parse_address

    return parse_address(ledger)


def read_audit(place: Address) -> Audit | None:
    """Read and check a ledger; none where there is no ledger yet."""
    from ripeness.ledger.book.book import Book
    from ripeness.ledger.book.migrate import NoLedger

    try:
        with Book.open(place, create=False) as book:
            return book.audit()
    except NoLedger:
        return None


def dockets_of(audited: Audit | None) -> tuple[Docket, ...]:
    """The questions of a ledger, from all that can be read of it."""
    from ripeness.ledger.book.docket import dockets

    return dockets(audited.usable) if audited else ()


def sound_dockets(audited: Audit | None) -> tuple[Docket, ...]:
    """The questions of a ledger that is what was written.

    Raises: Fault where it is not.
    """
    if audited and audited.breaks:
        raise changed_fault(
            "", audited.breaks, "Nothing is added to it; go on with a copy, or in a new ledger (--ledger)"
        )
    return dockets_of(audited)


def changed_fault(place: str, breaks: Sequence[Break], advice: str) -> Fault:
    """What to say of a ledger that is not what was written."""
    remainder = f" (and {len(breaks) - 1} more)" if len(breaks) > 1 else ""
    ledger = f"the ledger {place}" if place else "this ledger"
    return Fault(
        f"{ledger} is not what was written: {breaks[0]}{remainder}; "
        f"`ripeness forecast verify` names every line. {advice}"
    )
