"""Parameter points: the joint posterior of the fitted parameters, shipped as weighted points.

A parameter sample takes all fitted parameters from one point, so that a run meets only combinations that the record of
past wars supports. Wars between states take them from `parameter_points.csv`, wars inside a state from
`civil_points.csv`; `ripeness calibrate --ship` writes both. Their layout:

    # version: ...        provenance, a line each: version, seed, record, citation, effective
    weight,exchange,...   names of parameters
    1,0.88,...            a point: its weight, and each parameter in its own unit
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import cache
from hashlib import sha256
from importlib.resources import files
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from ripeness.scenario.model_parameters import parameter_field, parameter_names
from ripeness.world.fault import Fault, Place

if TYPE_CHECKING:
    from ripeness.scenario.schema import Scenario

Array = NDArray[np.float64]
FILE = "parameter_points.csv"
CIVIL_FILE = "civil_points.csv"  # of wars inside a state
CIVIL_KINDS = ("intrastate", "internationalised")
WEIGHT = "weight"
PROVENANCE = ("version", "seed", "record", "citation", "effective")
RANDOM_KEY = "laws"  # under which a parameter sample draws its point; no number has this path
FITTED = "laws.fitted"  # key of the group that fitted parameters are; neither a source nor a number can be called so
FITTED_JOINTLY = "fitted parameters, drawn jointly"
DIGITS = 6  # significant ones of a value in the file
LETTERS = 12  # of the digest of the points: 48 bits tell any two fits apart


@dataclass(frozen=True, slots=True, eq=False)
class ParameterPoints:
    """Weighted points of some parameters.

    Shapes: values (D, S), a row for each of `names`, in the parameters' own units; weight (S,), above 0.
    `effective`: how many equally weighted points of the posterior they are worth.
    """

    names: tuple[str, ...]
    values: Array
    weight: Array
    provenance: Mapping[str, str]
    cumulated: Array = field(init=False)

    def __post_init__(self) -> None:
        """Refuse what cannot be drawn from."""
        if self.values.shape != (len(self.names), len(self.weight)) or not len(self.weight):
            raise Fault("points and weights do not fit each other, or there are none")
        if not (np.isfinite(self.values).all() and np.isfinite(self.weight).all() and (self.weight > 0).all()):
            raise Fault("points are finite, and their weights above 0")
        for name, row in zip(self.names, self.values, strict=True):
            if name not in parameter_names():
                raise Fault(f"'{name[:60]}' is not a parameter of the model")
            admits = parameter_field(name)
            if row.min() < admits.low or row.max() > admits.high:
                raise Fault(f"{name} goes from {row.min():g} to {row.max():g}; it can be {admits.low} to {admits.high}")
        object.__setattr__(self, "cumulated", np.cumsum(self.weight) / self.weight.sum())

    @property
    def paths(self) -> tuple[str, ...]:
        """Where these parameters stand among the numbers of a war."""
        return tuple(f"laws.{name}" for name in self.names)

    @property
    def digest(self) -> str:
        """The sha256 of names, values and weights: other points, other results.

        >>> len(shipped_points().digest)
        64
        """
        lines = [",".join(self.names), *(_row(point) for point in (self.weight, *self.values))]
        return sha256("\n".join(lines).encode()).hexdigest()

    @property
    def label(self) -> str:
        """Which points these are: version of the fit, and the beginning of their digest."""
        return f"{self.provenance['version']} ({self.digest[:LETTERS]})"

    def without(self, names: Collection[str]) -> ParameterPoints:
        """The same points without some parameters, which are drawn or set elsewhere.

        >>> "freeze" in shipped_points().without(["freeze"]).names
        False
        """
        return self.select([row for row, name in enumerate(self.names) if name not in names])

    def select(self, rows: Sequence[int]) -> ParameterPoints:
        """The same points of some of the parameters, by their places among the names."""
        return replace(self, names=tuple(self.names[row] for row in rows), values=self.values[list(rows)])

    def place(self, u: Array) -> NDArray[np.intp]:
        """Which point a uniform number in (0, 1) takes, each as often as it weighs. Shapes: u (N,); returns (N,)."""
        return np.minimum(np.searchsorted(self.cumulated, u, side="right"), len(self.weight) - 1)

    def at(self, u: Array) -> Array:
        """All parameters of the points that uniform numbers take. Shapes: u (N,); returns (D, N)."""
        return self.values[:, self.place(u)]

    def quantiles(self, shares: Array) -> Array:
        """Quantiles of each parameter by itself. Shapes: shares (Q,); returns (D, Q)."""
        return np.array([_quantile(row, self.weight, shares) for row in self.values]).reshape(len(self.names), -1)

    def scores(self) -> Array:
        """Each parameter's standard normal scores by its weighted ranks. Shapes: returns (D, S)."""
        from scipy.special import ndtri

        rows = np.empty_like(self.values)
        for row, values in zip(rows, self.values, strict=True):
            _, tied = np.unique(values, return_inverse=True)
            mass = np.bincount(tied, weights=self.weight) / self.weight.sum()
            row[:] = ndtri(np.cumsum(mass) - mass / 2)[tied]
        return rows

    def centre(self) -> Array:
        """The parameters of the most central point: that whose normal scores lie nearest to all medians.

        Medians of the parameters one by one need not go together; this point does, as every other. Shapes: (D,).
        """
        return self.values[:, int(np.argmin((self.scores() ** 2).sum(axis=0)))]

    def correlation(self) -> Array:
        """Correlations of the normal scores. Shapes: returns (D, D)."""
        scores, weight = self.scores(), self.weight / self.weight.sum()
        centred = scores - (scores @ weight)[:, None]
        covariance = (centred * weight) @ centred.T
        sd = np.sqrt(np.diag(covariance))
        safe = np.where(sd > 0, sd, 1.0)
        return np.where(np.eye(len(sd)) > 0, 1.0, covariance / safe / safe[:, None])

    def in_order(self) -> ParameterPoints:
        """The same points along their first principal component (each counts once), so that neighbours are alike."""
        evenly = replace(self, weight=np.ones(len(self.weight)))
        scores, direction = evenly.scores(), np.linalg.eigh(evenly.correlation())[1][:, -1]
        order = np.argsort(direction * np.sign(direction.sum() or 1.0) @ scores, kind="stable")
        return replace(self, values=self.values[:, order], weight=self.weight[order])

    def text(self) -> str:
        """The file. What is read from it again are these points, rounded to six digits."""
        head = [f"# {key}: {value}" for key, value in self.provenance.items()]
        rows = [",".join((WEIGHT, *self.names)), *(_row(point) for point in np.vstack([self.weight, self.values]).T)]
        return "\n".join([*head, *rows]) + "\n"

    def __repr__(self) -> str:
        """One line."""
        return f"<ParameterPoints {self.label}: {len(self.weight):,} points of {len(self.names)} parameters>"


def read_points(text: str, file: str) -> ParameterPoints:
    """Read points from the text of their file.

    Raises: Fault where provenance, heading or a row is not as it must be.
    """
    lines = text.splitlines()
    head = [line for line in lines if line.startswith("#")]
    provenance = dict(line.lstrip("# ").split(": ", 1) for line in head if ": " in line)
    lacking = [key for key in PROVENANCE if key not in provenance]
    if lacking:
        raise Fault(f"the points do not say their {', '.join(lacking)}", Place(file))
    heading, *rows = [line.split(",") for line in lines[len(head) :]]
    if heading[0] != WEIGHT or any(len(row) != len(heading) for row in rows):
        raise Fault(f"each row has '{WEIGHT}', then a cell for each parameter", Place(file, len(head) + 1))
    try:
        table = np.array(rows, dtype=np.float64).reshape(-1, len(heading))
        return ParameterPoints(tuple(heading[1:]), np.ascontiguousarray(table[:, 1:].T), table[:, 0], provenance)
    except ValueError as error:  # a Fault is one
        raise Fault(f"these are no points: {error}", Place(file)) from None


@cache
def shipped_points(file: str = FILE) -> ParameterPoints:
    """The points that are shipped, for wars between states unless the file of the others is named.

    >>> sorted(shipped_points().names)[:2]
    ['advance', 'advance_era']
    """
    return read_points((files("ripeness.scenario") / file).read_text(encoding="utf-8"), file)


def is_civil(scenario: Scenario) -> bool:
    """Whether a war is fought inside a state, as its `conflict` says; where nothing is said it is not."""
    return scenario.conflict is not None and scenario.conflict.kind in CIVIL_KINDS


def points_file(scenario: Scenario) -> str:
    """The file from which a scenario's fitted parameters are drawn, by its kind of conflict."""
    return CIVIL_FILE if is_civil(scenario) else FILE


def points_of(scenario: Scenario) -> ParameterPoints:
    """The points of those fitted parameters that a scenario does not state itself; the same points in all."""
    file = points_file(scenario)
    return _without(file, tuple(name for name in shipped_points(file).names if name in scenario.laws))


def points_label(scenario: Scenario) -> str:
    """Which points a scenario's fitted parameters are drawn from, for the record of a result; empty where from none."""
    points = points_of(scenario)
    return _known_label(shipped_points(points_file(scenario))) if points.names else ""


@cache
def _known_label(points: ParameterPoints) -> str:
    """The label of points, taken once: their digest takes a hundredth of a second."""
    return points.label


@cache
def _without(file: str, names: tuple[str, ...]) -> ParameterPoints:
    return shipped_points(file).without(names) if names else shipped_points(file)


def _quantile(values: Array, weight: Array, shares: Array) -> Array:
    order = np.argsort(values, kind="stable")
    mass = weight[order] / weight.sum()
    return np.interp(shares, np.cumsum(mass) - mass / 2, values[order])


def _row(numbers: Array) -> str:
    return ",".join(f"{number:.{DIGITS}g}" for number in numbers)
