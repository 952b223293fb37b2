"""What to look for in every polity of a scenario, whether or not any decision of it is on record."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date

import numpy as np

from ripeness.scenario.schema import Scenario
from ripeness.study.who_decides.council_likelihood import council_likelihood
from ripeness.study.who_decides.plan import PlannedObservation, plan_observations
from ripeness.study.who_decides.posterior import CouncilPosterior, sample_prior
from ripeness.study.who_decides.prior import PriorBelief
from ripeness.world.fault import ArgumentFault


def plan_polities(
    scenario: Scenario,
    posteriors: Mapping[str, CouncilPosterior],
    on: date,
    *,
    polities: Sequence[str] = (),
    belief: PriorBelief,
    seed: int = 1,
) -> tuple[PlannedObservation, ...]:
    """Plan what to look for in some polities, by default in all that have factions to tell apart.

    Where a polity has no posterior, its prior says what is known, with as many draws as the others have.
    Raises: ArgumentFault where no polity has two factions.
    """
    keys = [key for key in polities or scenario.polities if len(scenario.polities[key].factions) > 1]
    if not keys:
        raise ArgumentFault("plan", " tells factions apart, and no polity that is asked about has two of them")
    alike = next(iter(posteriors.values()))
    return tuple(
        planned
        for key in keys
        for planned in plan_observations(
            scenario,
            posteriors.get(key) or unobserved_posterior(scenario, key, alike, belief=belief, seed=seed),
            on,
            seed,
        )
    )


def unobserved_posterior(
    scenario: Scenario, polity: str, alike: CouncilPosterior, *, belief: PriorBelief, seed: int
) -> CouncilPosterior:
    """What is known of a polity of which no decision is on record: as many draws of the prior as another has."""
    council = council_likelihood(scenario, polity, (), at_medians=alike.council.at_medians, belief=belief)
    unknowns = sample_prior(council, seed=seed, particles=alike.particles)
    return CouncilPosterior(council, unknowns, np.empty((0, alike.particles)), 0.0, 0.0, float(alike.particles), 0)
