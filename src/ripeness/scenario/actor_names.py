"""Names in actor tables: the same name in other letters is the same name,
and columns may name the ends of an interval.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from unicodedata import normalize

from ripeness.world.delimited import TextCell
from ripeness.world.fault import Fault, Place
from ripeness.world.numeral import Marks, NotANumber, parse_amount

MOST_ACTORS = 200
ENDS = (
    frozenset(("low", "high")),
    frozenset(("lower", "upper")),
    frozenset(("min", "max")),
    frozenset(("minimum", "maximum")),
    frozenset(("lo", "hi")),
    frozenset(("p5", "p95")),
    frozenset(("lower bound", "upper bound")),
)


def normal_form(name: str) -> str:
    r"""A name without what cannot tell two names apart: letter case, kinds of blanks, and how accents are stored.

    >>> normal_form("The\u00a0ARMY") == normal_form("the army")
    True
    """
    return " ".join(normalize("NFC", name).casefold().split())


def check_actor_names(names: Sequence[TextCell], start: Place) -> list[Fault]:
    """Every actor has a name and stands once, and there are at least two and not too many."""
    faults: list[Fault] = []
    first: dict[str, TextCell] = {}
    for cell in names:
        earlier = first.setdefault(normal_form(cell.text), cell)
        if not cell.text:
            faults.append(Fault("the actor has no name", cell.place))
        elif earlier is not cell:
            spelling = "" if earlier.text == cell.text else f" as '{earlier.text[:40]}'"
            message = f"the actor '{cell.text[:40]}' already stands in line {earlier.row.line}{spelling}"
            faults.append(Fault(f"{message}; a table with a row for each issue needs a column 'issue'", cell.place))
    return [*faults, *check_actor_count(names, start)]


def check_actor_count(names: Sequence[TextCell], start: Place) -> list[Fault]:
    """A fault for fewer than two actors or too many."""
    if len(names) < 2:
        end = names[-1].place if names else start
        return [Fault(f"a decision needs two actors or more, here {'is one' if names else 'are none'}", end)]
    if len(names) > MOST_ACTORS:
        return [Fault(f"{len(names)} actors; at most {MOST_ACTORS} are decided at once", names[MOST_ACTORS].place)]
    return []


def check_spellings(cells: Iterable[TextCell]) -> list[Fault]:
    """A fault for every name that stands in other letters above."""
    first: dict[str, TextCell] = {}
    faults = []
    for cell in cells:
        earlier = first.setdefault(normal_form(cell.text), cell)
        if earlier.text != cell.text:
            message = f"'{cell.text[:40]}' here and '{earlier.text[:40]}' in line {earlier.row.line}; write one of them"
            faults.append(Fault(message, cell.place))
    return faults


def same_number(first: str, second: str) -> bool:
    """Whether two cells say the same, as 2 and 2.0 do."""
    if first == second:
        return True
    try:
        return parse_amount(first, Marks({".": "."})).value == parse_amount(second, Marks({".": "."})).value
    except NotANumber:
        return False


def ends_of_an_interval(issues: Iterable[str]) -> bool:
    """Whether columns that seem to name issues name the two ends of one interval, as low and high."""
    words = {normal_form(issue) for issue in issues}
    return any(ends <= words for ends in ENDS)
