"""The council on terms of a belligerent: its factions' power and positions in every run."""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from ripeness.decision.rule import CAPTOR
from ripeness.decision.rules import TABLE
from ripeness.study.weighted_statistics import weighted_quantiles
from ripeness.war.prepare import Side, War
from ripeness.war.situation import Belligerent, Situation

Array = NDArray[np.float64]
NOTHING = 1e-9  # width of zone that rounding leaves


@dataclass(frozen=True, slots=True)
class TermsCouncil:
    """A belligerent's factions at one moment, as its rule on terms reads them.

    Shapes: power, salience, position (F, N), position the least own share that a faction would settle for; veto (F,);
    weight, reference (N,); settings (S, N).
    """

    side: Side
    rule: str
    power: Array
    salience: Array
    position: Array
    veto: NDArray[np.bool_]
    weight: Array
    reference: Array
    settings: Array

    def decide(self) -> Array:
        """What the polity's rule demands: its own share of the stake. Shapes: returns (N,)."""
        return self.decide_on(self.position)

    def decide_on(self, position: Array) -> Array:
        """The same rule and powers on other positions. Shapes: position (F, N); returns (N,)."""
        out = np.empty((1, position.shape[1]))
        TABLE[self.rule].kernel(
            self.power,
            self.salience[None],
            np.ascontiguousarray(position)[None],
            self.veto,
            self.side.leader,
            self.weight,
            self.reference[None],
            self.settings,
            out,
        )
        return out[0]

    def repeated(self, times: int) -> TermsCouncil:
        """One column, many times over."""
        return self._mapped(lambda array: np.repeat(array[..., :1], times, axis=-1))

    def tiled(self, times: int) -> TermsCouncil:
        """All columns in order, many times over."""
        return self._mapped(lambda array: np.tile(array, times))

    def median(self, weights: Array | None = None) -> TermsCouncil:
        """The median of every number over the columns, as one column; powers sum to 1 again. Shapes: weights (N,)."""
        scaled_weights = np.ones(len(self.weight)) if weights is None else weights
        middle = self._mapped(
            lambda array: np.apply_along_axis(lambda row: [weighted_quantiles(row, scaled_weights).median], -1, array)
        )
        return replace(middle, power=middle.power / middle.power.sum(axis=0))

    def only(self, mask: NDArray[np.bool_]) -> TermsCouncil:
        """Some of the columns. Shapes: mask (N,)."""
        return self._mapped(lambda array: np.ascontiguousarray(array[..., mask]))

    def _mapped(self, change: object) -> TermsCouncil:
        arrays = {name: change(getattr(self, name)) for name in ARRAYS}  # type: ignore[operator]
        return replace(self, **arrays)


ARRAYS = ("power", "salience", "position", "weight", "reference", "settings")
CouncilPair = tuple[TermsCouncil, TermsCouncil]


def terms_councils(war: War, situation: Situation) -> CouncilPair:
    """Both belligerents' councils on terms, as the situation has them; later changes of it do not reach them."""
    first, second = situation.principals()
    return terms_council(war.sides[0], first), terms_council(war.sides[1], second)


def terms_council(side: Side, polity: Belligerent) -> TermsCouncil:
    """One belligerent's council on terms. Issues that its rule trades off against terms are left out."""
    name, captor = next(
        (rule, rule_captor) for rule, rule_captor, first, last in side.rules if first <= side.terms < last
    )
    settings = polity.settings.copy()
    settings[CAPTOR] = captor
    return TermsCouncil(
        side,
        name,
        polity.power.copy(),
        polity.salience[side.terms].copy(),
        polity.position[side.terms].copy(),
        side.veto,
        polity.leader_weight.copy(),
        polity.reference[side.terms].copy(),
        settings,
    )


def zone_width(pair: CouncilPair) -> Array:
    """Width of the zone of agreement: what both demands together leave of the stake. Shapes: returns (N,)."""
    return 1.0 - pair[0].decide() - pair[1].decide()


def zone_is_open(demand: Array, rival: Array, allowed: Array) -> NDArray[np.bool_]:
    """Whether both demands can be met at once, by a share that can be agreed on.

    Shapes: demand (first belligerent's), rival (N,); allowed (K,), empty when every share can be agreed on.

    >>> zone_is_open(np.array([.4, .6]), np.array([.5, .5]), np.array([])).tolist()
    [True, False]
    """
    fits = demand + rival <= 1.0 + NOTHING
    if len(allowed):
        inside = (demand[:, None] <= allowed + NOTHING) & (allowed <= 1.0 - rival[:, None] + NOTHING)
        fits = fits & inside.any(axis=1)
    return np.asarray(fits, dtype=np.bool_)
