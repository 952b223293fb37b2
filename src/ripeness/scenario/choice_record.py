"""The record of choices: what decisions of councils say of how a body that is not among them takes a choice.

A choice follows the leader or the pivot, with a chance that differs between bodies; the option taken is the likelier,
the nearer it lies to where that one stands. The numbers are shipped; `ripeness councils weight` shows their fit.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from pathlib import Path

from ripeness.scenario.archetypes import ORGANISATIONS
from ripeness.scenario.yaml_node import Node
from ripeness.scenario.yaml_tree import read_tree

FILE = Path(str(files("ripeness.scenario"))) / "choice_record.yaml"
VOTING_RULES = ("majority", "unanimity", "consensus", "leader", "advisory")
ANY_RULE = "any"  # the row of a body whose voting rule is not known
CentreAndSpread = tuple[float, float]


@dataclass(frozen=True, slots=True)
class ChoiceRecord:
    """How a body that is not on the record takes a choice; normal distributions as (centre, standard deviation).

    `leader_share` is the log-odds that a choice follows the leader and not the pivot. `noise` is the logarithm of s in
    the chance exp(-|a - m| / s) of an option at a, where m is where the one followed stands (shares of the issue).
    """

    leader_share: CentreAndSpread
    noise: CentreAndSpread


def choice_record(regime: str, voting: str = "") -> ChoiceRecord:
    """What the record says of a body of a regime and voting rule, or of any voting rule where none is named.

    No body of a movement is on record: of each organisation it says what it says of mixed regimes.

    Raises: ValueError where the regime or the voting rule is none of those coded.

    >>> low, high = (choice_record("mixed", rule).leader_share[0] for rule in ("", "leader"))
    >>> -4 < low < 4 and -4 < high < 4
    True
    """
    rows = _tables().at(["leader_share"]).map()
    regime = "mixed" if regime in ORGANISATIONS else regime
    if regime not in rows:
        raise ValueError(f"regime is '{regime}'; it can be {', '.join(rows)}")
    row = rows[regime].map()
    if (voting or ANY_RULE) not in row:
        raise ValueError(f"voting is '{voting}'; it can be {', '.join(VOTING_RULES)}")
    return ChoiceRecord(_pair(row[voting or ANY_RULE]), _pair(_tables().at(["noise"])))


@cache
def _tables() -> Node:
    """The shipped file, read once."""
    return read_tree(FILE)


def _pair(node: Node) -> CentreAndSpread:
    centre, spread = (float(str(item.content)) for item in node.items())
    return centre, spread
