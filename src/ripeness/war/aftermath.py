"""Aftermath: what an end is worth to whom, what it goes on costing, and whether the peace breaks.

After the end no months are fought; occupation, renewed war and the value of the outcome are reckoned from here.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from ripeness.world.chance import END, uniforms
from ripeness.world.outcome import (
    COLLAPSE_FIRST,
    COLLAPSE_SECOND,
    FRONT_FIRST,
    FRONT_SECOND,
    FROZEN,
    SETTLEMENT,
    SURRENDER_TO_FIRST,
    SURRENDER_TO_SECOND,
)

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from ripeness.war.block import Array
    from ripeness.war.situation import Belligerent, Situation

MONTHS_PER_YEAR = 12.0
PERSONS_PER_THOUSAND = 1000.0
SURRENDERS = (SURRENDER_TO_SECOND, SURRENDER_TO_FIRST)  # of the first belligerent, of the second
AFTER = 10**6  # the month number under which the random numbers of the peace are drawn


def final_share(code: Array, situation: Situation) -> Array:
    """Share that the first belligerent ends up with: all or nothing after victory or collapse. Shapes: (R,)."""
    shared = situation.shared
    share = 1 / (1 + np.exp(-shared.front))
    share = np.where(code == SETTLEMENT, shared.terms, share)
    share = np.where(np.isin(code, (FRONT_FIRST, SURRENDER_TO_FIRST, COLLAPSE_SECOND)), 1.0, share)
    return np.where(np.isin(code, (FRONT_SECOND, SURRENDER_TO_SECOND, COLLAPSE_FIRST)), 0.0, share)


def prorate_last_step(situation: Situation, runs: NDArray[np.intp], unfought: Array, step: float) -> None:
    """Take back what the rest of a last step, which was not fought any more, would have cost.

    Shapes: runs (N,), columns of the situation; unfought (N,), shares of the step.
    """
    displacement = situation.parameters.displacement[runs] * situation.shared.intensity[runs]
    for polity in situation.belligerents():
        alive, months = polity.new_deaths[runs] * unfought, step * unfought
        polity.deaths[runs] -= alive
        polity.wounded[runs] -= alive * polity.wounded_ratio[runs]
        polity.reported[runs] -= alive * polity.reporting[runs]
        polity.displaced[runs] -= displacement * polity.displaced_start[runs] * months
        output = np.maximum(1 - polity.economy[runs], 0) * polity.output[runs]
        polity.output_lost[runs] -= output * months / MONTHS_PER_YEAR
        polity.occupied[runs] -= months / (1 + np.exp(polity.front[runs]))
        polity.costs_borne[:, runs] -= polity.monthly_cost[:, runs] * months


def aftermath(situation: Situation, code: Array, months: Array, unfought: Array, seed: int) -> dict[str, Array]:
    """Results of runs whose wars are over, or for which the horizon is reached, from the situation that each ended in.

    Shapes: code, months (fought), unfought (months to the horizon) (R,); returns arrays (R,), (2, R) by belligerent, or
    (factions, R) over both belligerents' factions in order.
    """
    shared, pair = situation.shared, situation.belligerents()
    share = final_share(code, situation)
    shares = (share, 1 - share)
    hazard = _renewal(situation, code, shares)
    random = np.empty((4, len(code)))
    uniforms(seed, shared.run_ids, AFTER, END, 0, random)
    wait = -np.log(random[0]) / np.maximum(hazard, 1e-12) * MONTHS_PER_YEAR
    renewed = wait < unfought
    renewed_months = np.where(renewed, np.minimum(unfought - wait, situation.parameters.foresight), 0.0)
    return {
        "code": code,
        "months": months,
        "share": share,
        "zone": shared.zone,
        "renewal": hazard,
        "renewed": renewed.astype(np.float64),
        "renewed_month": np.where(renewed, months + wait, np.nan),
        "deaths": _by_belligerent(pair, lambda p: p.deaths - p.deaths_start),
        "wounded": _by_belligerent(pair, lambda p: p.wounded),
        "civilian": _by_belligerent(pair, lambda p: (p.deaths - p.deaths_start) * p.civilian_harm),
        "displaced": _by_belligerent(pair, lambda p: p.displaced - p.displaced_start),
        "output_lost": _by_belligerent(pair, lambda p: p.output_lost),
        "reported": _by_belligerent(pair, lambda p: p.reported),
        "occupation_deaths": np.stack(
            [_occupation_deaths(p, own, unfought) for p, own in zip(pair, shares, strict=True)]
        ),
        "after_deaths": _by_belligerent(pair, lambda p: p.expected_deaths * renewed_months),
        "fell": _by_belligerent(pair, lambda p: p.leader_fell),
        "aims": np.stack([np.minimum(own / np.maximum(p.aim, 1e-6), 1.0) for p, own in zip(pair, shares, strict=True)]),
        "value": np.concatenate(
            [_value(p, own, code, to) for p, own, to in zip(pair, shares, SURRENDERS, strict=True)]
        ),
        "costs_borne": np.concatenate([p.costs_borne for p in pair]),
        "conceded": np.concatenate([_conceded(p, code, to) for p, to in zip(pair, SURRENDERS, strict=True)]),
        "gone": np.concatenate([p.has_left for p in pair]),
    }


def _by_belligerent(pair: tuple[Belligerent, Belligerent], quantity: object) -> Array:
    return np.stack([quantity(polity) for polity in pair])  # type: ignore[operator]


def _renewal(situation: Situation, code: Array, shares: tuple[Array, Array]) -> Array:
    """Yearly hazard of renewed war: base, what rearming could shift, and the power of those left out."""
    base, shift, spoilers = renewal_parts(situation, shares)
    hazard = base + shift + spoilers
    hazard = np.where(code == FROZEN, hazard * situation.parameters.renewal_frozen, hazard)
    return np.where((code == SETTLEMENT) | (code == FROZEN), hazard, 0.0)


def renewal_parts(situation: Situation, shares: tuple[Array, Array]) -> tuple[Array, Array, Array]:
    """What adds up to the yearly hazard that a settlement on these shares breaks: base, rearming, those left out.

    Shapes: shares two (R,), each belligerent's own; returns three (R,).
    """
    shared, parameters = situation.shared, situation.parameters
    shift, spoilers = np.zeros_like(shares[0]), np.zeros_like(shares[0])
    for polity, rival, own in zip(situation.belligerents(), situation.belligerents()[::-1], shares, strict=True):
        unbound = (1 - shared.guarantee) * (1 - rival.guarantee)
        shift = np.maximum(shift, (polity.power * polity.power_shift).sum(axis=0) * unbound)
        spoilers = np.maximum(spoilers, (polity.power * (polity.reservation > own + 1e-9)).sum(axis=0))
    return parameters.renewal, parameters.renewal_shift * shift, parameters.renewal_spoilers * spoilers


def _occupation_deaths(polity: Belligerent, own: Array, unfought: Array) -> Array:
    """Deaths under the rival's rule from the start to the horizon, in thousands: the rate for the whole stake, times
    the months by the share not held, while the war is fought and after it.
    """
    return polity.occupation_harm / PERSONS_PER_THOUSAND * (polity.occupied + (1 - own) * unfought)


def _value(polity: Belligerent, own: Array, code: Array, surrender: int) -> Array:
    """Worth of the whole course to each faction, in shares of its stake: share, less fate, later costs and costs borne,
    and less what its traits understate of the stake where the end is one that its polity agrees to.
    """
    ousted = polity.office * polity.culpable * (own < polity.office_line)
    ruined = polity.punishment * polity.culpable * (own < polity.punishment_line)
    agreed = (code == SETTLEMENT) | (code == FROZEN)
    fate = (ousted + ruined + polity.peace_cost * agreed) / polity.stake_value
    return own - fate - _conceded(polity, code, surrender) - polity.costs_borne


def _conceded(polity: Belligerent, code: Array, surrender: int) -> Array:
    """What an end that its polity agrees to costs each faction of the stake that its traits understate."""
    return polity.understated_stake * ((code == SETTLEMENT) | (code == FROZEN) | (code == surrender))
