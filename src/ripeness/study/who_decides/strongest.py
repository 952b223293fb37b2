"""The strongest faction: who most likely has most say in a polity, how sure that is, and which decisions carry it.

A decision carries the answer by what is lost without it: particles are weighed anew by the
inverse of its likelihood (Gelfand, Dey and Chang 1992).
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

import numpy as np
from numpy.typing import NDArray

from ripeness.study.who_decides.certainty import ERRORS, by_run, certainty, probability_error, spread_over_runs
from ripeness.study.who_decides.posterior import CouncilPosterior, sample_prior
from ripeness.study.who_decides.power import MIN_CONTRACTION, share_contraction
from ripeness.study.who_decides.tempered_smc import effective_size
from ripeness.world.calendar import date_after
from ripeness.world.quantity import TINY

Array = NDArray[np.float64]
MOST_CARRYING = 3  # decisions named
LEAST_CHANGE = 0.02  # change of the probability below which a decision carries nothing
LEAST_MOVE = 0.05  # change of the probability by all decisions together below which they tell nothing
MIN_DRAWS = 0.1  # share of effective draws below which leaving a decision out by weights is a guess


@dataclass(frozen=True, slots=True)
class CarryingDecision:
    """What one decision adds to the probability that the strongest faction is the strongest, all others being known.

    `change`: that probability with it less without it; `log_ratio` likewise of the mean log ratio of the strongest
    faction's power to the second's; `error` is the standard error of the change over the sampler's runs.
    """

    item: str
    date: str
    issue: str
    change: float
    log_ratio: float
    error: float
    note: str = ""


@dataclass(frozen=True, slots=True)
class StrongestFaction:
    """Who most likely has most power in a polity at the last date of its power, under one prior.

    `p`: probability that its power exceeds that of each other faction, with its standard error over independent runs,
    and before the evidence; `second` the next likeliest; `chances` of every faction. `certainty`: sure, likely or open;
    `tells` is false where the decisions say little, by `contraction` (of the share that is best known) and by the
    change of `p`.
    """

    polity: str
    prior: str
    date: str
    faction: str
    p: float
    error: float
    prior_p: float
    second: str
    second_p: float
    chances: dict[str, float]
    certainty: str
    tells: bool
    contraction: float
    decisions: tuple[CarryingDecision, ...]


def strongest_faction(posterior: CouncilPosterior, start: date, prior: str, seed: int = 1) -> StrongestFaction:
    """Return who most likely has most power, how sure that is, and which decisions carry it."""
    council = posterior.council
    power = council.power(posterior.unknowns)[-1]
    before = council.power(sample_prior(council, seed=seed))[-1]
    leads = _leads(power)
    p = leads.mean(axis=1)
    order = np.argsort(-p, kind="stable")
    first, second = int(order[0]), int(order[min(1, len(order) - 1)])
    error = probability_error(leads[first], posterior)
    prior_p = 1 / len(p) if council.prior.flat else float(_leads(before)[first].mean())
    contraction = max(share_contraction(power[f], before[f]) for f in range(len(power)))
    tells = bool(contraction >= MIN_CONTRACTION or abs(p[first] - prior_p) >= LEAST_MOVE + ERRORS * error)
    return StrongestFaction(
        polity=council.polity,
        prior=prior,
        date=str(date_after(start, float(council.prior.knots[-1]))),
        faction=council.factions[first],
        p=float(p[first]),
        error=error,
        prior_p=prior_p,
        second=council.factions[second] if second != first else "",
        second_p=float(p[second]) if second != first else 0.0,
        chances=dict(zip(council.factions, map(float, p), strict=True)),
        certainty=certainty(float(p[first]), error),
        tells=tells,
        contraction=contraction,
        decisions=carrying_decisions(posterior, power, first, second) if tells and second != first else (),
    )


def _leads(power: Array) -> Array:
    """Which faction has most power. Shapes: power (F, N); returns (F, N), 1 or 0."""
    return np.asarray(power.argmax(axis=0) == np.arange(len(power))[:, None], dtype=np.float64)


def carrying_decisions(
    posterior: CouncilPosterior, power: Array, first: int, second: int
) -> tuple[CarryingDecision, ...]:
    """Decisions without which a faction would be less likely the strongest, the weightiest first.

    Only those count whose change exceeds its own error over the sampler's runs. Shapes: power (F, N).
    """
    leads = _leads(power)[first]
    log_ratio = np.log(np.maximum(power[first], TINY)) - np.log(np.maximum(power[second], TINY))
    rows = []
    for n, item in enumerate(posterior.council.items):
        weight = np.exp(posterior.by_item[n].min() - posterior.by_item[n])
        if effective_size(weight) < MIN_DRAWS * posterior.particles:
            continue
        parts = by_run(weight, posterior)
        without = (by_run(leads, posterior) * parts).sum(axis=1) / parts.sum(axis=1)
        change = by_run(leads, posterior).mean(axis=1) - without
        rows.append(
            CarryingDecision(
                item.id,
                str(item.on),
                item.issue,
                float(change.mean()),
                float(log_ratio.mean() - log_ratio @ weight / weight.sum()),
                spread_over_runs(change),
                item.note,
            )
        )
    telling = [row for row in rows if row.change >= max(LEAST_CHANGE, 2 * row.error)]
    return tuple(sorted(telling, key=lambda row: -row.change)[:MOST_CARRYING])
