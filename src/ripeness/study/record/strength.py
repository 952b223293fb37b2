"""Strength of the record: which share it has in the blend, by kind of conflict, and how that is known."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

from ripeness.scenario.yaml_tree import tree_of
from ripeness.world.fault import ArgumentFault

FILE = "strength.yaml"
LEARNT, PRIOR = "learnt", "prior"


@dataclass(frozen=True, slots=True)
class RecordStrength:
    """Share of the record in the blend, with its 5 and 95 % points. `basis`: learnt in a backtest, or a prior."""

    kind: str
    strength: float
    low: float
    high: float
    basis: str
    source: str

    def words(self) -> str:
        """The strength and what it rests on, in one line."""
        learnt = "learnt in the backtest" if self.basis == LEARNT else "a prior: no backtest of the model on such wars"
        return f"the record has {100 * self.strength:.0f} % of the blend, the model the rest ({learnt})"


@cache
def record_strengths() -> Mapping[str, RecordStrength]:
    """The shipped strengths by kind of conflict.

    >>> sorted(record_strengths())
    ['internationalised', 'interstate', 'intrastate']
    """
    text = (files("ripeness.study.record") / FILE).read_text(encoding="utf-8")
    strengths = {}
    for kind, entry in tree_of(text, FILE).plain().items():
        low, high = entry["range"]
        strengths[kind] = RecordStrength(kind, entry["strength"], low, high, entry["basis"], entry["source"])
    return strengths


def record_strength(kind: str) -> RecordStrength:
    """The strength for a kind of conflict.

    Raises: ArgumentFault for a kind that has none.

    >>> 0 < record_strength("interstate").strength < 1
    True
    """
    strengths = record_strengths()
    if kind not in strengths:
        raise ArgumentFault("kind", f": '{kind[:40]}' is not a kind of conflict; kinds are {', '.join(strengths)}")
    return strengths[kind]
