"""Aftermath: what an end is worth to whom, what it goes on costing, and whether the peace breaks.

After the end no months are fought; occupation, renewed war and the value of the outcome are reckoned from here.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from ripeness.scenario.armed_polities import PRINCIPALS
from ripeness.war.camps import SIGNS
from ripeness.world.ceasefire import KINDS
from ripeness.world.chance import END, uniforms
from ripeness.world.outcome import (
    CEASEFIRE,
    COLLAPSE_FIRST,
    COLLAPSE_SECOND,
    FRONT_FIRST,
    FRONT_SECOND,
    FROZEN,
    SETTLEMENT,
    SURRENDER_TO_FIRST,
    SURRENDER_TO_SECOND,
)
from ripeness.world.way_out import FIGHTS_ON, IN_CAMP, SEPARATE_PEACE

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from ripeness.war.block import Array, Flags
    from ripeness.war.situation import Belligerent, Situation

MONTHS_PER_YEAR = 12.0
AGREED = (SETTLEMENT, CEASEFIRE, FROZEN)  # ends that both sides would settle for
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
    intensity = situation.parameters.displacement[runs] * situation.shared.intensity[runs]
    for polity in situation.belligerents():
        displacement = intensity * np.abs(polity.camp[runs])
        alive, months = polity.new_deaths[runs] * unfought, step * unfought
        polity.deaths[runs] -= alive
        polity.wounded[runs] -= alive * polity.wounded_ratio[runs]
        polity.reported[runs] -= alive * polity.reporting[runs]
        polity.displaced[runs] -= displacement * polity.displaced_start[runs] * months
        output = np.maximum(1 - polity.economy[runs], 0) * polity.output[runs]
        polity.output_lost[runs] -= output * months / MONTHS_PER_YEAR
        polity.occupied[runs] -= months / (1 + np.exp(polity.front[runs]))
        saved = (1 - situation.shared.lull[runs]) * polity.fighting_cost[:, runs]
        polity.costs_borne[:, runs] -= (polity.monthly_cost[:, runs] - saved) * months


def aftermath(situation: Situation, code: Array, months: Array, unfought: Array, seed: int) -> dict[str, Array]:
    """Results of runs whose wars are over, or for which the horizon is reached, from the situation that each ended in.

    Shapes: code, months (fought), unfought (months to the horizon) (R,); returns arrays (R,), (B, R) by belligerent, or
    (factions, R) over all belligerents' factions in order.
    """
    shared, fighters = situation.shared, situation.belligerents()
    share = final_share(code, situation)
    shares = tuple(own_share(polity, share) for polity in fighters)
    refusals = tuple(
        _fights_on(n, polity, own, code) for n, (polity, own) in enumerate(zip(fighters, shares, strict=True))
    )
    hazard = _renewal(situation, code, (shares[0], shares[1]), refusals)
    random = np.empty((4, len(code)))
    uniforms(seed, shared.run_ids, AFTER, END, 0, random)
    wait = -np.log(random[0]) / np.maximum(hazard, 1e-12) * MONTHS_PER_YEAR
    renewed = wait < unfought
    ends = [
        _agreed(n, polity, code, refuses) for n, (polity, refuses) in enumerate(zip(fighters, refusals, strict=True))
    ]
    renewed_months = np.where(renewed, np.minimum(unfought - wait, situation.parameters.foresight), 0.0)
    return {
        "code": code,
        "months": months,
        "share": share,
        "zone": shared.zone,
        "truce": shared.truce,
        "truce_first": np.where(shared.truce_first < 0, np.nan, shared.truce_first),
        "truce_longest": shared.truce_longest,
        "truces_begun": shared.truces_begun,
        "truces_broken": shared.truces_broken,
        **{f"truces_{kind}": shared.truces_by_kind[n] for n, kind in enumerate(KINDS)},
        "renewal": hazard,
        "renewed": renewed.astype(np.float64),
        "renewed_month": np.where(renewed, months + wait, np.nan),
        "deaths": _by_belligerent(fighters, lambda p: p.deaths - p.deaths_start),
        "wounded": _by_belligerent(fighters, lambda p: p.wounded),
        "civilian": _by_belligerent(fighters, lambda p: (p.deaths - p.deaths_start) * p.civilian_harm),
        "displaced": _by_belligerent(fighters, lambda p: p.displaced - p.displaced_start),
        "output_lost": _by_belligerent(fighters, lambda p: p.output_lost),
        "reported": _by_belligerent(fighters, lambda p: p.reported),
        "occupation_deaths": np.stack(
            [_occupation_deaths(p, own, unfought) for p, own in zip(fighters, shares, strict=True)]
        ),
        "after_deaths": _by_belligerent(fighters, lambda p: p.expected_deaths * renewed_months),
        "fell": _by_belligerent(fighters, lambda p: p.leader_fell),
        "aims": np.stack(
            [np.minimum(own / np.maximum(p.aim, 1e-6), 1.0) for p, own in zip(fighters, shares, strict=True)]
        ),
        "value": np.concatenate(
            [
                _value(p, own, code, agrees, gives_up)
                for p, own, (agrees, gives_up) in zip(fighters, shares, ends, strict=True)
            ]
        ),
        "costs_borne": np.concatenate([p.costs_borne for p in fighters]),
        "conceded": np.concatenate([_conceded(p, *end) for p, end in zip(fighters, ends, strict=True)]),
        "gone": np.concatenate([p.has_left for p in fighters]),
        **_of_allies(fighters, shares, refusals, months),
        **_of_splinters(fighters),
    }


def _of_splinters(fighters: tuple[Belligerent, ...]) -> dict[str, Array]:
    """Men under factions that left and fight on, and which factions do; nothing where no belligerent can splinter."""
    if not any(polity.can_splinter for polity in fighters):
        return {}
    return {
        "splinter_forces": _by_belligerent(fighters, lambda p: p.splinter_forces),
        "splintered": np.concatenate([p.splintered for p in fighters]),
    }


def _by_belligerent(fighters: tuple[Belligerent, ...], quantity: object) -> Array:
    return np.stack([quantity(polity) for polity in fighters])  # type: ignore[operator]


def own_share(polity: Belligerent, share: Array) -> Array:
    """What the camp of a belligerent ends up with, of an ally that is out what it left with.

    Shapes: share (R,), the first principal's; returns (R,).
    """
    in_camp = np.where(polity.camp > 0, share, 1 - share)
    return np.where(polity.camp == 0, polity.terms_apart, in_camp)


def _fights_on(n: int, polity: Belligerent, own: Array, code: Array) -> Flags:
    """Whether a belligerent fights on when the principals have agreed: an ally that demands more than its camp gets.

    A line that is kept leaves its claim open. Shapes: own, code (R,); returns (R,).
    """
    agreed = np.isin(code, AGREED)
    bearable = own + np.where(code == SETTLEMENT, 0.0, polity.claim) + 1e-9
    refuses: Flags = agreed & (polity.camp != 0) & (polity.demand > bearable)
    return refuses & (n >= PRINCIPALS)


def _agreed(n: int, polity: Belligerent, code: Array, refuses: Flags) -> tuple[Flags, Flags]:
    """Whether a belligerent has agreed to the end of its war, and whether it has given up. Shapes: (R,)."""
    agrees = np.isin(code, AGREED)
    if n < PRINCIPALS:
        return agrees, code == SURRENDERS[n]
    apart = (polity.camp == 0) & (polity.way_out == SEPARATE_PEACE)
    return (agrees & (polity.camp != 0) & ~refuses) | apart, np.zeros_like(agrees)


def _of_allies(
    fighters: tuple[Belligerent, ...], shares: tuple[Array, ...], refusals: tuple[Flags, ...], months: Array
) -> dict[str, Array]:
    """How and when allies left their camp, and with what; nothing where a war has none."""
    if len(fighters) == PRINCIPALS:
        return {}
    ways = np.stack([polity.way_out for polity in fighters])
    on = np.stack(refusals)
    left = np.stack([polity.out_month for polity in fighters])
    return {
        "camp": _by_belligerent(fighters, lambda p: p.camp),
        "way_out": np.where(on, FIGHTS_ON, ways),
        "out_month": np.where(on, months, np.where(ways == IN_CAMP, np.nan, left)),
        "terms_apart": np.where((ways == IN_CAMP) & ~on, np.nan, np.stack([*shares])),
    }


def _renewal(situation: Situation, code: Array, shares: tuple[Array, Array], refusals: tuple[Flags, ...]) -> Array:
    """Yearly hazard of renewed war: base, what rearming could shift, and the power of those left out; less where it is
    watched, and after a settlement where power is shared or a movement disarmed.

    Allies that fight on count by their share of what their camp did, in the camp in which that is more.
    """
    base, shift, spoilers = renewal_parts(situation, shares)
    fighters, in_arms = situation.belligerents(), np.zeros_like(spoilers)
    for sign in SIGNS:
        parts = [p.burden * (on & (p.camp == sign)) for p, on in zip(fighters, refusals, strict=True)]
        in_arms = np.maximum(in_arms, np.sum(parts, axis=0))
    spoilers = spoilers + situation.parameters.renewal_spoilers * in_arms
    hazard = base + shift + spoilers
    shared, parameters = situation.shared, situation.parameters
    hazard = np.where(code == FROZEN, hazard * parameters.renewal_frozen, hazard)
    hazard = np.where(code == CEASEFIRE, hazard * parameters.renewal_ceasefire, hazard)
    hazard = hazard * np.where(code == SETTLEMENT, shared.renewal_factor, shared.watched_factor)
    return np.where(np.isin(code, AGREED), hazard, 0.0)


def renewal_parts(situation: Situation, shares: tuple[Array, Array]) -> tuple[Array, Array, Array]:
    """What adds up to the yearly hazard that a settlement on these shares breaks: base, rearming, those left out.

    Shapes: shares two (R,), each belligerent's own; returns three (R,).
    """
    shared, parameters = situation.shared, situation.parameters
    shift, spoilers = np.zeros_like(shares[0]), np.zeros_like(shares[0])
    for polity, rival, own in zip(situation.principals(), situation.principals()[::-1], shares, strict=True):
        unbound = (1 - shared.guarantee_effect) * (1 - rival.guarantee) * (1 - shared.integrated)
        shift = np.maximum(shift, (polity.power * polity.power_shift).sum(axis=0) * unbound)
        spoilers = np.maximum(spoilers, left_out(polity, own))
    return parameters.renewal, parameters.renewal_shift * shift, parameters.renewal_spoilers * spoilers


def left_out(polity: Belligerent, own: Array) -> Array:
    """Share of a belligerent that a peace leaves out: by power, or by arms where that is more, and its splinter groups.

    Where a polity can splinter, those who refuse count as far as they leave it, and by arms as far as they fight on.
    Shapes: own (R,), its share of the stake; returns (R,).
    """
    refuses = polity.reservation > own + 1e-9
    by_power: Array = (polity.power * refuses).sum(axis=0)
    if not polity.can_splinter:
        return by_power
    men = polity.forces + polity.splinter_forces
    by_power = by_power * np.minimum(polity.defection, 1.0)
    fight_on = np.minimum(polity.fights_on * polity.defection, 1.0)
    by_arms = (polity.arms * fight_on * refuses).sum(axis=0) * polity.forces / men
    share: Array = np.minimum(np.maximum(by_power, by_arms) + polity.splinter_forces / men, 1.0)
    return share


def _occupation_deaths(polity: Belligerent, own: Array, unfought: Array) -> Array:
    """Deaths under the rival's rule from the start to the horizon, in thousands: the rate for the whole stake, times
    the months by the share not held, while the war is fought and after it.
    """
    return polity.occupation_harm / PERSONS_PER_THOUSAND * (polity.occupied + (1 - own) * unfought)


def _value(polity: Belligerent, own: Array, code: Array, agreed: Flags, gives_up: Flags) -> Array:
    """Worth of the whole course to each faction, in shares of its stake: share, less fate, later costs and costs borne,
    and less what its traits understate of the stake where the end is one that its polity agrees to.
    """
    settled = (code == SETTLEMENT) & agreed
    own = own - polity.given_up * settled
    ousted = polity.office * polity.culpable * (own < polity.office_line)
    ruined = polity.punishment * polity.culpable * (own < polity.punishment_line)
    left = 1 - polity.secured * settled
    fate = ((ousted + ruined) * left + polity.peace_cost * agreed * left) / polity.stake_value
    return own - fate + polity.side_payment * settled - _conceded(polity, agreed, gives_up) - polity.costs_borne


def _conceded(polity: Belligerent, agreed: Flags, gives_up: Flags) -> Array:
    """What an end that its polity agrees to costs each faction of the stake that its traits understate."""
    conceded: Array = polity.understated_stake * (agreed | gives_up)
    return conceded
