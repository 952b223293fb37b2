"""Coded ends: the outcomes of a war under the codes of the field, beside how often past conflicts ended so.

The codes are those of the UCDP Conflict Termination data: peace agreement, ceasefire, victory of a side, low activity,
an actor that ceases to exist. Source: Kreutz 2010, "How and when armed conflicts end", Journal of Peace Research 47.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from ripeness.study.probabilities import OutcomeProbability
from ripeness.study.record.curve import RecordProbability

EITHER = "either"
CODE_OF_OUTCOME: Mapping[str, str] = {
    "settlement": "agreement",
    "ceasefire": "ceasefire",
    "victory": "victory",
    "frozen": "low_activity",
    "collapse": "actor_ceases",
    "fighting": "fighting",
}


@dataclass(frozen=True, slots=True)
class CodedEnd:
    """Probability of an end as the field codes it, by a month.

    `polity`: whose victory it is or who ceases, `either` for the sum over both. `record` to `record_high`: how past
    conflicts like this one ended, with a 90 % interval; none where the record does not tell. Units: months.
    """

    end: str
    outcome: str
    polity: str | None
    month: float
    p: float
    record: float | None
    record_low: float | None
    record_high: float | None


def coded_ends(
    outcomes: Sequence[OutcomeProbability], record: Sequence[RecordProbability] = ()
) -> tuple[CodedEnd, ...]:
    """Every end by every month, ways to the same outcome taken together; a victory of either, then by side.

    >>> rows = [OutcomeProbability("victory", key, None, 12.0, p, p, p, p, p) for key, p in (("a", .25), ("b", .5))]
    >>> [(row.end, row.polity, row.p) for row in coded_ends(rows)]
    [('victory', 'either', 0.75), ('victory', 'a', 0.25), ('victory', 'b', 0.5)]
    """
    past = {(row.end, row.month): row for row in record}
    ends = []
    for month in dict.fromkeys(row.month for row in outcomes):
        at_month = [row for row in outcomes if row.month == month]
        for code, outcome in _codes(at_month):
            members = [row for row in at_month if row.outcome == outcome]
            owners = list(dict.fromkeys(row.polity for row in members))
            if len(owners) > 1:
                total = sum(row.p for row in members)
                ends.append(_coded(code, outcome, EITHER, month, total, past.get((code, month))))
            for owner in owners:
                p = sum(row.p for row in members if row.polity == owner)
                ends.append(_coded(code, outcome, owner, month, p, None if owner else past.get((code, month))))
    return tuple(ends)


def _codes(rows: Sequence[OutcomeProbability]) -> list[tuple[str, str]]:
    """The codes that a war knows with the outcome of each, in the order of the field's list."""
    outcomes = {row.outcome for row in rows}
    return [(code, outcome) for outcome, code in CODE_OF_OUTCOME.items() if outcome in outcomes]


def _coded(
    code: str, outcome: str, owner: str | None, month: float, p: float, past: RecordProbability | None
) -> CodedEnd:
    record = (None, None, None) if past is None else (past.p, past.low, past.high)
    return CodedEnd(code, outcome, owner, month, p, *record)
