"""What is wrong with an input, where it stands, and what would be right: the only error an analyst ever sees."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

_NAME = re.compile(r"\{([a-z_]+)\}")
ALPHABET = "ABCDEFGHIJKLMNOPQRSTUVWXYZ"
MOST_SHOWN = 25  # faults listed at once; after that a person repairs and runs again


@dataclass(frozen=True, slots=True)
class Place:
    """A spot in a file that a person can open: lines and columns count from 1."""

    file: str
    line: int = 1
    column: int = 1

    def __str__(self) -> str:
        return f"{self.file}:{self.line}:{self.column}"


@dataclass(frozen=True, slots=True)
class CellPlace(Place):
    """A cell of a spreadsheet, by the letters and the number under which a spreadsheet shows it.

    >>> print(CellPlace("judge-a.xlsx", 14, 4, "numbers"))
    judge-a.xlsx, sheet 'numbers', cell D14
    """

    sheet: str = ""

    def __str__(self) -> str:
        return f"{self.file}, sheet '{self.sheet}', cell {column_letters(self.column)}{self.line}"


def column_letters(column: int) -> str:
    """The letters of a spreadsheet's column, counted from 1.

    >>> [column_letters(n) for n in (1, 26, 27, 703)]
    ['A', 'Z', 'AA', 'AAA']
    """
    letters = ""
    while column > 0:
        column, letter = divmod(column - 1, len(ALPHABET))
        letters = ALPHABET[letter] + letters
    return letters


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


class ArgumentFault(Fault):
    """A fault of one argument, which each face names as its users do: `draws`, `--draws`, or the field of a form.

    `problem` follows the name; in it `{other}` stands for another argument. Where no single argument is at fault, the
    name is empty.

    >>> print(ArgumentFault("draws", " is 0; it can be 1 to 10"))
    draws is 0; it can be 1 to 10
    >>> print(ArgumentFault("as_of", " goes with {evidence}").named({"as_of": "--as-of", "evidence": "--given"}))
    --as-of goes with --given
    """

    def __init__(self, name: str, problem: str, place: Place | None = None) -> None:
        super().__init__(name + _NAME.sub(r"\1", problem), place)
        self.name, self.problem = name, problem

    def named(self, names: Mapping[str, str]) -> Fault:
        """The same fault where arguments go by other names."""
        problem = _NAME.sub(lambda match: names.get(match[1], match[1]), self.problem)
        return Fault(names.get(self.name, self.name) + problem, self.place)

    def as_flags(self) -> Fault:
        """The same fault where every argument is a flag of its own name, as on the command line."""
        names = {name: f"--{name.replace('_', '-')}" for name in (self.name, *_NAME.findall(self.problem)) if name}
        return self.named(names)

    def __reduce__(self) -> tuple[type[ArgumentFault], tuple[str, str, Place | None]]:
        """All parts, so that the fault passes between processes."""
        return ArgumentFault, (self.name, self.problem, self.place)


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
