"""Rules of decision held against what the European Union decided: positions and salience of up to 30 actors,
and the outcome (DEU III).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from math import isnan
from pathlib import Path

import numpy as np
from numpy.typing import ArrayLike, NDArray

from ripeness.decision.rule import CAPTOR, apply_rule
from ripeness.decision.rules import TABLE
from ripeness.validation.history.table import RecordRow, RecordTable, read_table
from ripeness.world.chance import stable_id
from ripeness.world.fault import Fault, Place

Array = NDArray[np.float64]
SCALE = 100.0  # positions, salience and outcomes stand on 0 to 100
REPEATS, LOW, HIGH = 2000, 5.0, 95.0
COMMISSION = 0  # the first actor of the file
BASELINE = "weighted_mean"
SUMS = frozenset(("total", "totals", "sum", "mean", "average", "median", "min", "max", "std", "sd"))
MISSING = (999.0, 9999.0)  # codes for unknown
NAMES = frozenset(("prnrnmc", "prname", "issues", "council", "pcom", "pep", "scom", "sep", "rp", "out"))
PLAIN = ("plain mean", "constant 50")


@dataclass(frozen=True, slots=True)
class EuIssue:
    """One issue. Shapes: position, salience (F,), not a number where an actor took none; 0 to 1."""

    proposal: str
    line: int
    position: Array
    salience: Array
    outcome: float


@dataclass(frozen=True, slots=True)
class CouncilScore:
    """Mean absolute error of a rule, in points of 100, with 90 % intervals by bootstrap over proposals;
    difference from the weighted mean.
    """

    rule: str
    power: str
    half: str
    n: int
    error: float
    low: float
    high: float
    minus_baseline: float
    difference_low: float
    difference_high: float


@dataclass(frozen=True, slots=True)
class EuCouncils:
    """The file as read."""

    issues: tuple[EuIssue, ...]
    weights: Array
    faults: tuple[Fault, ...]


def read_councils(path: str | Path) -> EuCouncils:
    """Read the producers' file: columns p.. and s.. of the same actors, `out`, and a second row with weights.

    Positions, saliences and outcomes stand on 0 to 100; what lies outside, as the code 999, is missing and said once.

    Raises: Fault where it is no such file.
    """
    table = read_table(path, NAMES)
    table.need(("prname", "pcom", "scom", "rp", "out"), "EU decisions")
    actors = _actors(table)
    faults: list[Fault] = []
    outside: list[Fault] = []
    issues: list[EuIssue] = []
    first: dict[tuple[str, ...], int] = {}
    weights, has_weights = np.ones(len(actors)), False
    for row in table:
        try:
            if not row.text("prname") and not row.text("issues"):
                if issues or has_weights:
                    faults.append(Fault("the row names no proposal and is left out", Place(row.file, row.line)))
                else:
                    weights, has_weights = _weights(row, actors, faults), True
                continue
            if row.text("prname").casefold().strip(" :.") in SUMS:
                raise row.fault(
                    "prname", f"'{row.text('prname')[:40]}' looks like a row of sums or means and is left out"
                )
            line = first.setdefault(row.source.texts, row.line)
            if line != row.line:
                raise row.fault("prname", f"the row stands in line {line} already, cell by cell, and is left out")
            (outcome,) = _on_scale(row, ["out"], outside)
            position, salience = (_on_scale(row, [f"{s}{a}" for a in actors], outside) / SCALE for s in "ps")
            if not isnan(outcome) and np.isfinite(position + salience).any():
                issues.append(
                    EuIssue(row.text("prname") or str(row.line), row.line, position, salience, outcome / SCALE)
                )
        except Fault as fault:
            faults.append(fault)
    faults = [*table.remarks, *faults]
    if outside:
        earliest = outside[0]
        count_note = (
            f"; {len(outside)} such numbers are missing values" if len(outside) > 1 else "; it is a missing value"
        )
        faults.insert(0, Fault(earliest.message + count_note, earliest.place))
    if issues and all(_is_share(np.append(issue.position, issue.outcome)) for issue in issues):
        raise Fault(
            "all positions and outcomes lie from 0 to 1; they are read on a scale of 0 to 100: multiply them by 100",
            table.heading,
        )
    if issues and all(_is_share(issue.salience) for issue in issues):
        faults.insert(
            0,
            Fault(
                "all saliences lie from 0 to 1, and they are read on a scale of 0 to 100; are these shares?",
                table.heading,
            ),
        )
    if not issues:
        raise Fault("no issue with an outcome from 0 to 100 can be read", Place(table.file), tuple(faults))
    return EuCouncils(tuple(issues), weights, tuple(faults))


def _is_share(values: Array) -> bool:
    """Whether numbers of a scale from 0 to 100 look like shares of 1."""
    return bool(np.nanmax(values, initial=0.0) <= 1 / SCALE)


def _actors(table: RecordTable) -> list[str]:
    first = table.columns.index("pcom")
    return [name[1:] for name in table.columns[first:] if name.startswith("p") and f"s{name[1:]}" in table.columns]


def _weights(row: RecordRow, actors: Sequence[str], faults: list[Fault]) -> Array:
    """What each actor weighs; unknown and negative weights are 0, and a row without any above 0 makes all equal."""
    values = np.array([row.number(f"p{actor}") for actor in actors])
    wrong = np.flatnonzero((values < 0) | np.isin(values, MISSING)).tolist()
    faults.extend(row.fault(f"p{actors[n]}", f"{values[n]:g} is no weight; it counts as 0") for n in wrong)
    values[wrong] = 0.0
    weights = np.nan_to_num(values, nan=0.0)
    if not weights.any():
        faults.append(Fault("the row of weights holds none above 0; all count as equal", Place(row.file, row.line)))
        return np.ones(len(actors))
    return weights


def _on_scale(row: RecordRow, columns: Sequence[str], outside: list[Fault]) -> Array:
    """Cells as numbers from 0 to 100; not a number for others, which go to `outside`."""
    values = np.array([row.number(column, highest=SCALE) for column in columns])
    for n in np.flatnonzero((values < 0) | (values > SCALE)).tolist():
        outside.append(row.fault(columns[n], f"{values[n]:g} does not lie from 0 to {SCALE:g}"))
        values[n] = np.nan
    return values


def council_scores(councils: EuCouncils, seed: int) -> list[CouncilScore]:
    """Mean absolute error of every rule, with equal and with the file's weights,
    on all issues and on either half of the proposals.
    """
    halves = np.array([stable_id(issue.proposal) % 2 == 0 for issue in councils.issues])
    errors = {(name, power): _errors(name, power, councils) for name, power in _readings()}
    reference = errors[BASELINE, "equal"]
    rows = []
    for half, selected in (("all", np.ones(len(halves), dtype=bool)), ("first half", halves), ("second half", ~halves)):
        for (name, power), error in errors.items():
            comparable = selected & np.isfinite(error) & np.isfinite(reference)
            if comparable.any():
                rows.append(
                    _score(
                        name,
                        power,
                        half,
                        error[comparable],
                        reference[comparable],
                        [i.proposal for i, c in zip(councils.issues, comparable, strict=True) if c],
                        seed,
                    )
                )
    return rows


def _readings() -> list[tuple[str, str]]:
    # One mind cannot be told from any other rule's outcome; and nobody leads there whom a choice could follow.
    rules = [name for name in TABLE if name not in {"unitary", "pivot_or_leader"}]
    return [(name, power) for name in rules for power in ("equal", "weights")] + [(name, "equal") for name in PLAIN]


def _errors(name: str, power: str, councils: EuCouncils) -> Array:
    """Absolute errors in points of 100; not a number where a rule cannot be applied. Shapes: returns (N,)."""
    if name in TABLE and TABLE[name].joint:
        forecasts = _forecast_jointly(name, power, councils)
    else:
        forecasts = np.array([_forecast_issue(name, power, issue, councils.weights) for issue in councils.issues])
    return np.asarray(SCALE * np.abs(forecasts - np.array([issue.outcome for issue in councils.issues])))


def _forecast_issue(name: str, power: str, issue: EuIssue, weights: Array) -> float:
    if name == "constant 50":
        return 0.5
    if name == "plain mean":
        return float(np.nanmean(issue.position))
    present = np.isfinite(issue.position + issue.salience)
    power_of_actors = weights[present] if power == "weights" else np.ones(int(present.sum()))
    settings: dict[int, ArrayLike] = {}
    if name == "capture":
        if not present[COMMISSION]:
            return float("nan")
        settings = {CAPTOR: 0.0}
    if (power_of_actors * issue.salience[present]).sum() <= 0:
        return 0.5
    outcome = apply_rule(
        TABLE[name].kernel,
        power_of_actors,
        issue.salience[present][:, None],
        issue.position[present][:, None],
        settings=settings,
    )
    return float(outcome[0])


def _forecast_jointly(name: str, power: str, councils: EuCouncils) -> Array:
    """A rule that trades across issues: all issues of a proposal at once; an actor without a position cares nothing."""
    outcomes = np.full(len(councils.issues), 0.5)
    groups: dict[str, list[int]] = {}
    for n, issue in enumerate(councils.issues):
        groups.setdefault(issue.proposal, []).append(n)
    for places in groups.values():
        position = np.stack([councils.issues[n].position for n in places], axis=1)
        salience = np.stack([councils.issues[n].salience for n in places], axis=1)
        absent = ~np.isfinite(position + salience)
        position, salience = np.where(absent, 0.5, position), np.where(absent, 0.0, salience)
        power_of_actors = councils.weights if power == "weights" else np.ones(len(councils.weights))
        outcomes[places] = apply_rule(TABLE[name].kernel, power_of_actors, salience, position)
    return outcomes


def _score(
    name: str, power: str, half: str, error: Array, reference: Array, proposals: Sequence[str], seed: int
) -> CouncilScore:
    _, group = np.unique(proposals, return_inverse=True)
    groups = int(group.max()) + 1
    samples = np.random.Generator(np.random.Philox(key=seed)).integers(0, groups, (REPEATS, groups))
    count = np.bincount(group, minlength=groups).astype(np.float64)
    bounds = []
    for values in (error, error - reference):
        total = np.bincount(group, values, minlength=groups)
        bounds.append(np.percentile(total[samples].sum(axis=1) / count[samples].sum(axis=1), [LOW, HIGH]))
    (low, high), (lower, upper) = bounds
    return CouncilScore(
        name,
        power,
        half,
        len(error),
        float(error.mean()),
        float(low),
        float(high),
        float((error - reference).mean()),
        float(lower),
        float(upper),
    )
