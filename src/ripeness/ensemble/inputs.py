"""Inputs: the values that every number of the scenario takes at each parameter sample ("point") of the design.

They come from counter-based random numbers keyed by path and point (fitted parameters together, by one key), so that
they can be drawn again, in any part and any order, with the same bits: an ensemble keeps none of them.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from difflib import get_close_matches
from typing import Any

import numpy as np
from numpy.typing import NDArray

from ripeness.scenario.input_sample import InputSampler
from ripeness.war.prepare import Side, War
from ripeness.world.chance import INPUT, stable_id, uniforms
from ripeness.world.fault import Fault
from ripeness.world.identity_cache import IdentityCache

Array = NDArray[np.float64]
Floats = NDArray[np.float32]
Overrides = Mapping[str, "Array | float"]
ROWS = 32  # numbers drawn at once: few enough for their temporaries to stay small
COLUMNS = 16_384  # points at which they are drawn at once
MOST_SAMPLERS = 8  # of wars, that are kept
_SAMPLERS: IdentityCache[InputSampler] = IdentityCache(MOST_SAMPLERS)


@dataclass(frozen=True, slots=True)
class Inputs:
    """What is certain, what is drawn, and what a study sets itself, for all numbers of a war or for some of them.

    `names` are the paths of the numbers that differ between points: those drawn, then those set by the study; `varied`
    their rows in what is drawn, `row` those of all paths. `samples` are the parameter samples that the points take;
    none: each its own.
    Shapes: overrides (points,) or one number for all; samples (points,).
    """

    war: War
    seed: int
    drawing: InputSampler
    row: Mapping[str, int]
    names: tuple[str, ...]
    varied: NDArray[np.intp]
    overrides: Mapping[str, Array]
    samples: NDArray[np.uint64] | None = None

    def at(self, points: NDArray[np.uint64]) -> Array:
        """Every number at some points. Shapes: points (N,); returns (K, N), rows as in `row`."""
        taken = points if self.samples is None else self.samples[points.astype(np.intp)]
        values = self.drawing.at(self.seed, taken)
        for side in self.war.sides:
            if side.concentrated and _concentration(side) in self.row:
                _draw_powers(self.war, side, values, self.row, self.seed, taken)
        for path, override in self.overrides.items():
            if path in self.row:
                values[self.row[path]] = override[points.astype(np.intp)] if override.ndim else override
        return values

    def of(self, names: Sequence[str]) -> Inputs:
        """Some of the numbers that differ between points, and of the others only those on which these depend.

        Raises: KeyError for a path that the war does not have.
        """
        powers = {path: None for side in self.war.sides if side.concentrated for path in _power_paths(self.war, side)}
        paths = dict.fromkeys([*names, *powers] if powers.keys() & set(names) else names)
        row = {path: n for n, path in enumerate(paths)}
        drawing = InputSampler({path: self.war.numbers[path] for path in paths}, self.war.points)
        varied = np.array([row[path] for path in names], dtype=np.intp)
        return Inputs(self.war, self.seed, drawing, row, tuple(names), varied, self.overrides, self.samples)


class InputMatrix:
    """The numbers that differ between the points of a design: a matrix that is drawn when it is read, and not kept.

    Index it as an array (`inputs[3]`, `inputs[rows]`, `inputs[:, points]`), go through its rows, or ask for all of it
    by `np.asarray(inputs)`; every answer is a new array.

    Shapes: (names, points). Units: each number's own.

    >>> import ripeness
    >>> inputs = ripeness.run("japan-1945", draws=64, horizon=3).ensemble.inputs
    >>> inputs.shape[1], bool((np.asarray(inputs)[5] == inputs[5]).all())
    (8, True)
    """

    dtype = np.dtype(np.float32)
    ndim = 2

    def __init__(self, inputs: Inputs, points: int) -> None:
        """Note what to draw. `points`: how many points the design has."""
        self._inputs, self._points = inputs, points

    @property
    def shape(self) -> tuple[int, int]:
        """How many numbers differ, and how many points there are."""
        return len(self._inputs.names), self._points

    @property
    def nbytes(self) -> int:
        """What the whole matrix would take, in bytes."""
        return self.shape[0] * self.shape[1] * self.dtype.itemsize

    def __len__(self) -> int:
        """How many numbers differ."""
        return len(self._inputs.names)

    def __repr__(self) -> str:
        """One line."""
        return f"<InputMatrix of {self.shape[0]:,} numbers at {self.shape[1]:,} points>"

    def __array__(self, dtype: Any = None, copy: bool | None = None) -> NDArray[Any]:
        """All of it.

        Raises: ValueError where no copy is allowed.
        """
        if copy is False:
            raise ValueError("inputs are drawn when they are read; there is nothing to share without a copy")
        return self[:].astype(dtype or self.dtype, copy=False)

    def __iter__(self) -> Iterator[Floats]:
        """Row by row. Shapes: each (points,)."""
        for rows in self.blocks():
            yield from self[rows]

    def blocks(self) -> Iterator[slice]:
        """Rows in groups that are small enough to be drawn at once."""
        for first in range(0, len(self), ROWS):
            yield slice(first, min(first + ROWS, len(self)))

    def __getitem__(self, key: Any) -> Floats:
        """Draw a part, by rows or by rows and points, each a number, a slice or a list.

        Raises: IndexError for what is not there, or two lists at once.
        """
        rows, points = key if isinstance(key, tuple) and len(key) == 2 else (key, slice(None))
        if not isinstance(rows, slice) and not isinstance(points, slice) and np.ndim(rows) + np.ndim(points) > 1:
            raise IndexError("give a list of rows or a list of points, not both: inputs[rows][:, points]")
        names = np.arange(len(self))[rows]
        at = np.arange(self._points, dtype=np.uint64)[points]
        values = self._draw(np.atleast_1d(names), np.atleast_1d(at))
        return values.reshape((*np.shape(names), *np.shape(at)))

    def _draw(self, rows: NDArray[np.intp], points: NDArray[np.uint64]) -> Floats:
        out = np.empty((len(rows), len(points)), dtype=np.float32)
        names = self._inputs.names
        for first in range(0, len(rows), ROWS):
            part = self._inputs.of([names[row] for row in rows[first : first + ROWS].tolist()])
            for start in range(0, len(points), COLUMNS):
                values = part.at(points[start : start + COLUMNS])
                out[first : first + ROWS, start : start + COLUMNS] = values[part.varied]
        return out


def inputs_of(
    war: War, seed: int, overrides: Overrides | None = None, samples: NDArray[np.uint64] | None = None
) -> Inputs:
    """Sort a war's numbers into certain and uncertain ones. Shapes: samples (points,), see `Inputs`.

    Raises: Fault when a path that is to be overridden does not exist.
    """
    values = {path: np.asarray(value, dtype=np.float64) for path, value in (overrides or {}).items()}
    for path in values:
        if path not in war.row:
            near = get_close_matches(path, war.row, n=3)
            raise Fault(f"the war has no number at '{path[:120]}'; the nearest are {', '.join(near) or 'none'}")
    jointly = set(war.points.paths)
    uncertain = [path for path, number in war.numbers.items() if number.uncertain or path in jointly]
    names = tuple(dict.fromkeys([*uncertain, *values]))
    varied = np.array([war.row[path] for path in names], dtype=np.intp)
    sampler = _SAMPLERS.get([war.numbers], (), lambda: InputSampler(war.numbers, war.points))
    return Inputs(war, seed, sampler, war.row, names, varied, values, samples)


def _concentration(side: Side) -> str:
    return f"polities.{side.key}.power"


def _power_paths(war: War, side: Side) -> tuple[str, ...]:
    """The numbers from which the powers inside a polity that states a concentration are drawn."""
    paths = tuple(war.numbers)
    return (*(paths[row] for row in side.power.tolist()), _concentration(side))


def _draw_powers(
    war: War, side: Side, values: Array, row: Mapping[str, int], seed: int, points: NDArray[np.uint64]
) -> None:
    """Draw the powers inside a polity that states a concentration: a Dirichlet around the stated shares.

    Shapes: values (K, N), changed.
    """
    *powers, concentration = (row[path] for path in _power_paths(war, side))
    values[powers] = _dirichlet(values[powers], values[concentration], side.key, side.faction_keys, seed, points)


def _dirichlet(
    shares: Array, concentration: Array, polity: str, factions: tuple[str, ...], seed: int, points: NDArray[np.uint64]
) -> Array:
    """Shares of power by gamma variates, each faction with its own random numbers.

    Shapes: shares (F, N); returns (F, N).
    """
    from scipy.special import gammaincinv  # slow to import; few scenarios need it

    uniform = np.empty((4, len(points)))
    mean = shares / shares.sum(axis=0)
    variates = np.empty_like(shares)
    for f, faction in enumerate(factions):
        uniforms(seed, points, 0, INPUT, stable_id(f"polities.{polity}.power/{faction}"), uniform)
        variates[f] = gammaincinv(np.maximum(mean[f] * concentration, 1e-3), uniform[0])
    return variates / np.maximum(variates.sum(axis=0), 1e-300)
