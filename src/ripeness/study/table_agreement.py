"""How far actor tables of several judges agree: reliability, ranks of influence, and differences by actor."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import combinations

import numpy as np
from numpy.typing import NDArray

from ripeness.scenario.actor_table import ActorTable, middles

Array = NDArray[np.float64]
KINDS_OF_NUMBER = ("influence", "position", "salience")


@dataclass(frozen=True, slots=True)
class ActorDifference:
    """Mean absolute differences between two tables in the numbers of one actor, over pairs of tables and issues.

    Units: influence as a share of all influence, position as a share of the length of the issue, salience 0 to 1; None
    where no two tables state it.
    """

    actor: str
    influence: float
    position: float | None
    salience: float | None


@dataclass(frozen=True, slots=True)
class TableAgreement:
    """Agreement between tables, over all actors and issues.

    `alpha`: Krippendorff's for interval data by kind of number, None where all are equal and it is undefined.
    `rank_correlations`: Spearman's of influence for each pair of tables, None where one ranks nobody.
    """

    alpha: dict[str, float | None]
    rank_correlations: tuple[tuple[int, int, float | None], ...]
    actors: tuple[ActorDifference, ...]


def interval_alpha(ratings: Array) -> float | None:
    """Krippendorff's alpha for interval data: 1 less the observed over the expected squared difference.

    Shapes: ratings (J, U), judges by units; not a number where a judge has not rated. Units: none.
    Returns: None where nothing is rated twice, or all ratings are equal.
    Sources: Krippendorff 2011, "Computing Krippendorff's alpha-reliability".

    >>> interval_alpha(np.array([[1.0, 2.0, 3.0], [1.0, 2.0, 3.0]]))
    1.0
    """
    counts = np.sum(~np.isnan(ratings), axis=0)
    pairable = ratings[:, counts > 1]
    n = int(np.sum(~np.isnan(pairable)))
    if n == 0:
        return None
    # Over all ordered pairs of m numbers squared differences sum to 2 m times their sum of squares about the mean.
    within = np.nansum((pairable - np.nanmean(pairable, axis=0)) ** 2, axis=0)
    held = counts[counts > 1]
    observed = float(np.sum(2 * held * within / (held - 1))) / n
    expected = 2 * float(np.nansum((pairable - np.nanmean(pairable)) ** 2)) / (n - 1)
    return None if expected <= 0 else 1 - observed / expected


def rank_correlation(first: Array, second: Array) -> float | None:
    """Spearman's rank correlation, ties by mean ranks. Shapes: first and second (F,).

    Returns: None where one of them ranks nobody above another.

    >>> rank_correlation(np.array([1.0, 2.0, 3.0]), np.array([2.0, 4.0, 9.0]))
    1.0
    """
    from scipy.stats import rankdata

    ranks = [np.asarray(rankdata(values)) - (len(values) + 1) / 2 for values in (first, second)]
    size = float(np.sqrt(np.sum(ranks[0] ** 2) * np.sum(ranks[1] ** 2)))
    return None if size == 0 else round(float(np.sum(ranks[0] * ranks[1])) / size, 12)


def best_numbers(table: ActorTable) -> dict[str, Array]:
    """The best guess of every number by its kind, not a number for a position that is not taken.

    Shapes: influence (F,); position and salience (I, F). Units: as in the table; salience 0 to 1.
    """
    position = middles(table.position, table.best.position)
    return {
        "influence": middles(table.influence, table.best.influence),
        "position": np.where(table.stated, position, np.nan),
        "salience": middles(table.salience, table.best.salience),
    }


def measure_agreement(tables: Sequence[ActorTable]) -> TableAgreement:
    """How far tables with the same actors, issues and ends agree."""
    length = np.diff(tables[0].ends)
    length = np.where(length > 0, length, 1.0)
    numbers = []
    for table in tables:
        kinds = best_numbers(table)
        share = kinds["influence"] / kinds["influence"].sum()
        numbers.append({"influence": share, "position": kinds["position"] / length, "salience": kinds["salience"]})
    stacks = {kind: np.stack([table[kind] for table in numbers]) for kind in KINDS_OF_NUMBER}
    pairs = tuple(combinations(range(len(tables)), 2))
    correlations = tuple((a, b, rank_correlation(stacks["influence"][a], stacks["influence"][b])) for a, b in pairs)
    actors = []
    for f, actor in enumerate(tables[0].actors):
        influence = float(np.mean([abs(stacks["influence"][a, f] - stacks["influence"][b, f]) for a, b in pairs]))
        by_issue = (_mean_difference(stacks[kind][..., f], pairs) for kind in ("position", "salience"))
        actors.append(ActorDifference(actor, influence, *by_issue))
    alpha = {kind: interval_alpha(stack.reshape(len(tables), -1)) for kind, stack in stacks.items()}
    return TableAgreement(alpha, correlations, tuple(actors))


def _mean_difference(numbers: Array, pairs: Sequence[tuple[int, int]]) -> float | None:
    """The mean absolute difference over pairs of tables and issues. Shapes: numbers (J, I)."""
    differences = np.array([np.abs(numbers[a] - numbers[b]) for a, b in pairs])
    return None if np.all(np.isnan(differences)) else float(np.nanmean(differences))
