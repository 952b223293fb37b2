"""Choose: one of the rules by number, so that a compiled loop can call whichever rule decides an issue.

Every rule here is compiled on a machine's first run, used or not. So rules that few wars use (Nash bargaining,
quantal response, Condorcet, challenge, exchange) are not here; who wants them calls them out of the table of all rules,
from Python.
"""

from __future__ import annotations

from types import MappingProxyType

from ripeness.decision import capture, pivot_or_leader, quota, unitary, weighted_mean, weighted_median
from ripeness.decision.rule import Array, Flags
from ripeness.world.compiled import ir_inlined

MEAN, MEDIAN, COALITION, ONE_MIND, CAPTOR, EITHER = range(6)
OTHER = -1  # a rule that is not here
CODES = MappingProxyType(
    {
        "weighted_mean": MEAN,
        "weighted_median": MEDIAN,
        "quota": COALITION,
        "unitary": ONE_MIND,
        "capture": CAPTOR,
        "pivot_or_leader": EITHER,
    }
)


@ir_inlined
def apply_rule_code(
    rule: int,
    power: Array,
    salience: Array,
    position: Array,
    veto: Flags,
    leader: int,
    weight: Array,
    reference: Array,
    settings: Array,
    out: Array,
) -> None:
    """Call a rule by its code; any other code leaves out as it is. Shapes: as in rule.py."""
    if rule == MEAN:
        weighted_mean.kernel(power, salience, position, veto, leader, weight, reference, settings, out)
    elif rule == COALITION:
        quota.kernel(power, salience, position, veto, leader, weight, reference, settings, out)
    elif rule == MEDIAN:
        weighted_median.kernel(power, salience, position, veto, leader, weight, reference, settings, out)
    elif rule == ONE_MIND:
        unitary.kernel(power, salience, position, veto, leader, weight, reference, settings, out)
    elif rule == CAPTOR:
        capture.kernel(power, salience, position, veto, leader, weight, reference, settings, out)
    elif rule == EITHER:
        pivot_or_leader.kernel(power, salience, position, veto, leader, weight, reference, settings, out)
