"""Decided: what polities decide on issues that have no role in the war; they move nothing and are reported here."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from ripeness.ensemble.gather import Ensemble
from ripeness.study.ledgers import Interval, interval


@dataclass(frozen=True, slots=True)
class Decided:
    """One issue without a role: the decision at the start and when the war ends or the horizon comes.

    Over the runs that were kept whole. Units: shares of the way from the issue's first end to its second.
    """

    polity: str
    issue: str
    start: Interval
    end: Interval


def decided(ensemble: Ensemble) -> tuple[Decided, ...]:
    """Sum up every issue without a role; none where no run was kept whole."""
    found = []
    for side in ensemble.war.sides:
        pages = ensemble.album.get(f"{side.key}.decided")
        if pages is None or not pages.shape[-1]:
            continue
        for n in [n for n, has_role in enumerate(side.has_role) if not has_role]:
            course = pages[:, n]
            fought = (~np.isnan(course)).sum(axis=0)
            last = course[fought - 1, np.arange(course.shape[1])]
            found.append(Decided(side.key, side.issue_keys[n], interval(course[0]), interval(last)))
    return tuple(found)
