"""A polity as compiled loops read it: its body, which changes every month, and its plan, which does not."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

Array = NDArray[np.float64]
Whole = NDArray[np.int64]


class Body(NamedTuple):
    """A polity as kernels read it.

    Shapes: own (N, R); faction (M, F, R); issue (3, I, F, R); table (2, I, R); settings (S, R); strength (K, R), one row a
    response. Rows are those of rows.py; settings are those of decision/rule.py.
    """

    own: Array
    faction: Array
    issue: Array
    table: Array
    settings: Array
    strength: Array


class Plan(NamedTuple):
    """What does not change about a polity, as kernels read it: who leads, which issue has which role, who answers to what.

    Shapes: faction_luck, hit, rent_issue, terms_stated (F,); streets (N,); coupled (I,), 1 for issues with a role in the war;
    responds (K, 6): issue, faction, and DRIVERS.
    """

    luck: int
    faction_luck: Whole
    leader: int
    terms: int
    effort: int
    restraint: int
    reform: int
    streets: Whole
    coupled: Whole
    hit: Array
    rent_issue: Whole
    terms_stated: Whole
    responds: Whole
