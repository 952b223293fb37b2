"""How a war can end, and the codes under which the kernels record it."""

from __future__ import annotations

from dataclasses import dataclass

FIGHTING, FRONT_FIRST, FRONT_SECOND, SURRENDER_TO_FIRST, SURRENDER_TO_SECOND = 0, 1, 2, 3, 4
SETTLEMENT, FROZEN, COLLAPSE_FIRST, COLLAPSE_SECOND = 5, 6, 7, 8
CEASEFIRE = 9
WAYS = 9  # in which a war can end; each has a hazard, at its code less one


@dataclass(frozen=True, slots=True)
class End:
    """One way for a war to end: outcome, which belligerent it belongs to (0, 1, or none), and how."""

    code: int
    outcome: str
    side: int | None
    how: str | None


ENDS = (
    End(FRONT_FIRST, "victory", 0, "front"),
    End(SURRENDER_TO_FIRST, "victory", 0, "surrender"),
    End(FRONT_SECOND, "victory", 1, "front"),
    End(SURRENDER_TO_SECOND, "victory", 1, "surrender"),
    End(COLLAPSE_FIRST, "collapse", 0, None),
    End(COLLAPSE_SECOND, "collapse", 1, None),
    End(SETTLEMENT, "settlement", None, None),
    End(CEASEFIRE, "ceasefire", None, None),
    End(FROZEN, "frozen", None, None),
    End(FIGHTING, "fighting", None, None),
)
OUTCOMES = ("victory", "collapse", "settlement", "ceasefire", "frozen", "fighting")
