"""What is wrong with an input, where it stands, and what would be right: the only error an analyst ever sees."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

MOST_SHOWN = 25  # faults listed at once; after that a person repairs and runs again


@dataclass(frozen=True, slots=True)
class Place:
    """A spot in a file that a person can open: lines and columns count from 1."""

    file: str
    line: int = 1
    column: int = 1

    def __str__(self) -> str:
        return f"{self.file}:{self.line}:{self.column}"


class Fault(ValueError):
    """An input that cannot be used; carries what is wrong, where, and what would be right.

    Commands print it on standard error and leave with exit code 2. Several faults of one file travel together:
    the first is the exception, `others` holds the rest.

    >>> print(Fault("'salence' is not a key of a faction; did you mean 'salience'?", Place("war.yaml", 14, 7)))
    war.yaml:14:7: 'salence' is not a key of a faction; did you mean 'salience'?
    """

    def __init__(self, message: str, place: Place | None = None, others: tuple[Fault, ...] = ()) -> None:
        super().__init__(message)
        self.message = message
        self.place = place
        self.others = others

    def __str__(self) -> str:
        return f"{self.place}: {self.message}" if self.place else self.message


def combined(faults: Iterable[Fault], at_most: int = MOST_SHOWN) -> Fault:
    """Several faults as one error: the first, with the others beside it.

    >>> combined([Fault("no power"), Fault("no leader")]).others[0].message
    'no leader'
    """
    first, *others = list(faults)[:at_most]
    return Fault(first.message, first.place, tuple(others))


def file_order(fault: Fault) -> tuple[str, int, int]:
    """The key by which faults stand in the order of their files, lines and columns."""
    place = fault.place or Place("")
    return place.file, place.line, place.column
