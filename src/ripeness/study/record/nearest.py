"""Nearest past conflicts: those most like this one, by name, from the file that a user has imported."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from math import log1p, log2
from typing import Any

from ripeness.study.record.classes import CAUSES
from ripeness.study.record.traits import ConflictTraits
from ripeness.world.fault import Fault

NAMED = 5  # past conflicts that an answer names
# How far apart each difference puts two conflicts; another kind farthest, since it moves how they end the most.
KIND, ISSUE, INTENSITY, PARTIES, DURATION, ERA = 4.0, 1.0, 1.0, 1.0, 1.0, 0.05


@dataclass(frozen=True, slots=True)
class PastConflict:
    """An episode of a past conflict: its traits in its last year, how long it lasted, and how it ended.

    `end` is empty where it had not ended, or nobody coded how. Units: months.
    """

    name: str
    began: str
    ended: str
    months: float
    end: str
    traits: ConflictTraits


def past_conflicts(rows: Sequence[Mapping[str, Any]]) -> tuple[PastConflict, ...]:
    """Past conflicts from the plain values in which they are kept, and back by `dataclasses.asdict`.

    Raises: Fault where a value is missing or is not what it can be.
    """
    try:
        return tuple(_past_conflict(row) for row in rows)
    except (KeyError, TypeError, ValueError, Fault) as error:
        raise Fault(f"the past conflicts that were kept are not whole; import their file again ({error})") from None


def _past_conflict(row: Mapping[str, Any]) -> PastConflict:
    end = row["end"]
    if end and end not in CAUSES:
        raise ValueError(f"'{end:.40}' is not an end")
    return PastConflict(**{**row, "months": float(row["months"]), "traits": ConflictTraits(**row["traits"])})


def nearest_conflicts(
    traits: ConflictTraits, months_fought: float, past: Sequence[PastConflict], count: int = NAMED
) -> tuple[PastConflict, ...]:
    """The past conflicts most like this one among those that had lasted as long and whose end is known.

    Distance is a sum over traits; months count by their logarithm beyond what this one has lasted, years by decade.
    """

    def distance(conflict: PastConflict) -> float:
        other = conflict.traits
        return (
            KIND * (other.kind != traits.kind)
            + ISSUE * (traits.over is not None and other.over != traits.over)
            + INTENSITY * (other.intensity != traits.intensity)
            + PARTIES * abs(log2(1 + other.other_parties) - log2(1 + traits.other_parties))
            + ERA * abs(other.year - traits.year)
            + DURATION * abs(log1p(conflict.months) - log1p(months_fought)) / 2
        )

    lasting = [conflict for conflict in past if conflict.end and conflict.months >= months_fought]
    return tuple(sorted(lasting, key=lambda conflict: (distance(conflict), conflict.began, conflict.name))[:count])
