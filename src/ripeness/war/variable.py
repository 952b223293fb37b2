"""Variables: what one line of state.py says of a quantity, and the numpy record that such lines make."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

WORD = 8  # bytes of a number; a record is whole words
EVERY, BELLIGERENT, PATRON = "every polity", "belligerents only", "patrons only"

# Units that several quantities have.
SHARE, INDEX, ODDS, COUNT = "share", "index", "log odds", "thousand persons"
STAKE, FLAG, NORMAL, UNIFORM = "share of the stake", "0 or 1", "standard normal", "uniform in (0, 1)"
HAZARD, RATIO = "per month", "log strength ratio"


@dataclass(frozen=True, slots=True)
class Variable:
    """A quantity of a war: `shape` in front of the runs; scratch is computed anew before it is read in each step."""

    name: str
    unit: str
    meaning: str
    of: str = EVERY
    shape: tuple[int, ...] = ()
    kind: str = "f8"
    scratch: bool = False
    fact: bool = False


def scratch(name: str, unit: str, meaning: str, of: str = EVERY, shape: tuple[int, ...] = ()) -> Variable:
    """A quantity that nothing outlasts a step with: runs need not take it along when they change places."""
    return Variable(name, unit, meaning, of, shape, scratch=True)


def fact(name: str, meaning: str, kind: str = "i8") -> Variable:
    """A number of a scenario that is the same in all runs and months; number of something where not said otherwise."""
    return Variable(name, "", meaning, kind=kind, fact=True)


def yes(name: str, meaning: str) -> Variable:
    """A fact that is true or false."""
    return fact(name, meaning, "?")


TAKEN = frozenset(dir(np.recarray)) | frozenset(dir(np.record))  # names that numpy has for itself


def record(variables: tuple[Variable, ...], runs: int) -> np.dtype[np.void]:
    """The record of some quantities for so many runs, as numpy and compiled stages read it.

    Raises: ValueError for a name that numpy's records have for themselves, which would hide the quantity.

    >>> record((Variable("deaths", "thousand persons", "deaths so far"), fact("leader", "who leads")), 520).names
    ('deaths', 'leader')
    """
    for variable in variables:
        if variable.name in TAKEN:
            msg = f"numpy has a use of its own for '{variable.name}'"
            raise ValueError(msg)
    fields = [
        (variable.name, variable.kind) if variable.fact else (variable.name, variable.kind, (*variable.shape, runs))
        for variable in variables
    ]
    packed = np.dtype(fields, align=True)
    names = list(packed.names or ())
    placed = [packed.fields[name] for name in names] if packed.fields else []
    layout = {
        "names": names,
        "formats": [place[0] for place in placed],
        "offsets": [place[1] for place in placed],
        "itemsize": -(-packed.itemsize // WORD) * WORD,
    }
    return np.dtype((np.record, np.dtype(layout, align=True)))  # type: ignore[call-overload]
