"""What every rule of decision has in common: who sits at the table, how a rule is called, what the leader adds.

A rule reads one council in many draws at once and writes one outcome an issue and draw. All rules share one call:

    kernel(power, salience, position, veto, leader, weight, reference, settings, out) -> None

Shapes: power (F, R); salience and position (I, F, R); veto (F,); leader a number (-1 for none); weight (R,);
reference (I, R); settings (SETTINGS, R); out (I, R), written. R, the draws, is the last axis, so loops over draws
are the innermost ones and the compiler works on several draws at once. For the rules of choose.py the weight says how
many draws there are: the last axes of the others may be longer.
A faction whose power is 0 has left: its position, veto and leadership count for nothing. Where nobody with power
cares about an issue, the reference point stands.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from importlib import import_module

import numpy as np
from numpy.typing import ArrayLike, NDArray

Array = NDArray[np.float64]
Flags = NDArray[np.bool_]
Kernel = Callable[[Array, Array, Array, Flags, int, Array, Array, Array, Array], None]

QUOTA = 0  # share of effective power that a coalition must exceed
NOISE = 1  # quantal response: distance, as a share of the issue, that matters little
VICTORY = 2  # probabilistic Condorcet: exponent of the votes, 1, 2, 4 or 8
ROUNDS = 3  # challenge: how many rounds are played
CAPTOR = 4  # capture: which faction decides, -1 for none
RISK = 5  # probabilistic Condorcet: curvature R of the utility (1 - d)(1 + dR)
FOLLOWS = 6  # pivot or leader: 1 where the choice follows the leader, 0 where the pivot
SETTINGS = 7
DEFAULTS = np.array([0.5, 0.1, 1.0, 8.0, -1.0, 0.0, 0.0])
"""Majority; a tenth of the issue (judged); plain votes (KTAB); 8 rounds (Scholz et al. 2011); none; 0; the pivot."""


@dataclass(frozen=True, slots=True)
class Rule:
    """One way in which factions decide, as the table of rules lists it.

    Its file and function are looked up when the rule is first called, so that names can be read without compiling.
    """

    name: str
    title: str
    source: str
    file: str = ""
    """The file of this room that holds it; its name where none is given."""
    function: str = "kernel"
    uses: tuple[int, ...] = ()
    """The rows of settings that it reads."""
    in_rounds: str = ""
    """The function with the same call and out (I, rounds, R), where a rule is played in rounds."""
    joint: bool = False
    """Whether it settles all issues together, so that leaving one out changes the others."""

    @property
    def kernel(self) -> Kernel:
        """The function that decides."""
        return self._function(self.function)

    @property
    def rounds(self) -> Kernel | None:
        """The function that gives every round, None for a rule that is not played in rounds."""
        return self._function(self.in_rounds) if self.in_rounds else None

    def _function(self, name: str) -> Kernel:
        kernel: Kernel = getattr(import_module(f"ripeness.decision.{self.file or self.name}"), name)
        return kernel


def apply_rule(
    kernel: Kernel,
    power: ArrayLike,
    salience: ArrayLike,
    position: ArrayLike,
    *,
    veto: ArrayLike | None = None,
    leader: int | None = None,
    leader_weight: ArrayLike = 0.0,
    reference: ArrayLike = np.nan,
    settings: dict[int, ArrayLike] | None = None,
    rounds: int = 0,
) -> Array:
    """Call a rule's kernel on arrays with any leading axes, and give the outcomes the same axes.

    Shapes: power (..., F); salience and position (..., F, I); leader_weight and settings (...); reference (..., I);
    returns (..., I), or (..., rounds, I) where rounds are asked for.
    Raises: ValueError where the shapes do not fit each other.
    """
    at = np.asarray(position, dtype=np.float64)
    power, weight = np.asarray(power, dtype=np.float64), np.asarray(leader_weight, dtype=np.float64)
    setting_rows = {row: np.asarray(value, dtype=np.float64) for row, value in (settings or {}).items()}
    factions, issues = at.shape[-2:]
    axes = np.broadcast_shapes(
        at.shape[:-2],
        power.shape[:-1],
        np.shape(salience)[:-2],
        weight.shape,
        np.shape(reference)[:-1],
        *(value.shape for value in setting_rows.values()),
    )
    rows = np.empty((SETTINGS, int(np.prod(axes))))
    rows[:] = DEFAULTS[:, None]
    for row, value in setting_rows.items():
        rows[row] = _flat(value, axes, ())
    flags = np.zeros(factions, dtype=np.bool_) if veto is None else np.asarray(veto, dtype=np.bool_)
    out = np.empty((issues, rounds, rows.shape[1]) if rounds else (issues, rows.shape[1]))
    kernel(
        _flat(power, axes, (factions,)),
        _flat(salience, axes, (factions, issues)),
        _flat(at, axes, (factions, issues)),
        flags,
        -1 if leader is None else leader,
        _flat(weight, axes, ()),
        _flat(reference, axes, (issues,)),
        rows,
        out,
    )
    return np.ascontiguousarray(out.T).reshape(*axes, *out.shape[1:-1], issues)


def _flat(value: ArrayLike, axes: tuple[int, ...], tail: tuple[int, ...]) -> Array:
    """Spread a value over the leading axes, then turn it round: issues, factions, draws."""
    wide = np.broadcast_to(np.asarray(value, dtype=np.float64), axes + tail)
    return np.ascontiguousarray(wide.reshape(-1, *tail).T)
