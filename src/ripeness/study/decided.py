"""Decided: what polities decide on issues that have no role in the war; they move nothing and are reported here."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from ripeness.ensemble.gather import Ensemble
from ripeness.study.aims_and_costs import RunDistribution, run_distribution


@dataclass(frozen=True, slots=True)
class IssueDecision:
    """One issue without a role: the decision at the start and when the war ends or the horizon comes.

    Over the runs that were kept whole. Units: shares of the way from the issue's first end to its second.
    """

    polity: str
    issue: str
    start: RunDistribution
    end: RunDistribution


def issue_decisions(ensemble: Ensemble) -> tuple[IssueDecision, ...]:
    """Sum up every issue without a role; none where no run was kept whole."""
    rows = []
    for side in ensemble.war.sides:
        pages = ensemble.album.get(f"{side.key}.decided")
        if pages is None or not pages.shape[-1]:
            continue
        for n in np.flatnonzero(side.coupled == 0).tolist():
            course = pages[:, n]
            steps_run = (~np.isnan(course)).sum(axis=0)
            last = course[steps_run - 1, np.arange(course.shape[1])]
            rows.append(
                IssueDecision(side.key, side.issue_keys[n], run_distribution(course[0]), run_distribution(last))
            )
    return tuple(rows)
