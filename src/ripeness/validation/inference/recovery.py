"""Recovery: how well `infer` finds the power behind simulated decisions, with nothing known of power before.

Truths are drawn from the prior, so that three things must hold if likelihood and sampler are right: the rank of a true
share among the posterior's draws is uniform, 90 % intervals hold nine in ten true shares, and a faction that is the
strongest with a probability of p is so in a share p of all cases. How often the strongest is found says how much the
decisions tell.

Source: Talts, Betancourt, Simpson, Vehtari and Gelman 2018, arXiv 1804.06788.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from ripeness.study.who_decides.council_likelihood import CouncilLikelihood
from ripeness.study.who_decides.posterior import sample_posterior, sample_prior
from ripeness.study.who_decides.power import TAILS
from ripeness.validation.inference.simulated_polity import (
    AS_ON_RECORD,
    RecoveryDesign,
    SimulatedPolity,
    simulate_polity,
)

Array = NDArray[np.float64]
DRAWS = 63  # of the posterior among which a truth is ranked: 64 ranks
BINS = 8


@dataclass(frozen=True, slots=True)
class RecoveredPolity:
    """What was found of one simulated polity.

    `recovered`: whether the faction most likely the strongest is so in truth; `p` its probability; `among_two`: whether
    the strongest is one of the two likeliest; `loss`: how much less power the one found has than the strongest.
    `say_recovered` and `p_say`: the same of the faction with most say in choices, the leader's prerogative counted;
    `say_guessed`: whether the one likeliest before any evidence has it.
    `share_rank` and `likelihood_rank` are those of a true share and of the truth's likelihood among draws, from 0 to
    63; `covered` the share of factions whose 90 % interval holds the truth; `narrowing` 1 - width after / before, mean
    over factions.
    """

    factions: int
    recovered: bool
    p: float
    among_two: bool
    loss: float
    say_recovered: bool
    p_say: float
    say_guessed: bool
    share_rank: int
    likelihood_rank: int
    covered: float
    narrowing: float


@dataclass(frozen=True, slots=True)
class Recovery:
    """What was found of all simulated polities, in figures."""

    design: RecoveryDesign
    polities: tuple[RecoveredPolity, ...]

    @property
    def recovered(self) -> float:
        """Share of polities in which the strongest faction is found."""
        return float(np.mean([polity.recovered for polity in self.polities]))

    @property
    def recovered_error(self) -> float:
        """Standard error of that share."""
        return float(np.sqrt(self.recovered * (1 - self.recovered) / len(self.polities)))

    @property
    def among_two(self) -> float:
        """Share of polities in which the strongest faction is one of the two likeliest."""
        return float(np.mean([polity.among_two for polity in self.polities]))

    @property
    def loss(self) -> float:
        """How much less power the faction found has than the strongest, on average."""
        return float(np.mean([polity.loss for polity in self.polities]))

    @property
    def by_chance(self) -> float:
        """Share that guessing would find."""
        return float(np.mean([1 / polity.factions for polity in self.polities]))

    @property
    def expected(self) -> float:
        """Share that should be found, by the probabilities given."""
        return float(np.mean([polity.p for polity in self.polities]))

    @property
    def say_recovered(self) -> float:
        """Share of polities in which the faction with most say in choices is found."""
        return float(np.mean([polity.say_recovered for polity in self.polities]))

    @property
    def say_expected(self) -> float:
        """Share in which it should be found, by the probabilities given."""
        return float(np.mean([polity.p_say for polity in self.polities]))

    @property
    def say_by_chance(self) -> float:
        """Share in which the faction likeliest before any evidence has most say: as a rule the leader."""
        return float(np.mean([polity.say_guessed for polity in self.polities]))

    @property
    def covered(self) -> float:
        """Share of true shares of power that lie inside their 90 % intervals."""
        return float(np.mean([polity.covered for polity in self.polities]))

    @property
    def narrowing(self) -> float:
        """By how much the 90 % interval of a share is narrower than before, mean over factions and polities."""
        return float(np.mean([polity.narrowing for polity in self.polities]))

    def uniformity(self) -> tuple[float, float]:
        """Probabilities that uniform ranks are as uneven: of a true share, and of the truth's likelihood."""
        return (
            uniform_p_value(np.array([polity.share_rank for polity in self.polities])),
            uniform_p_value(np.array([polity.likelihood_rank for polity in self.polities])),
        )


def recover(
    polities: int = 120,
    design: RecoveryDesign = AS_ON_RECORD,
    *,
    seed: int = 1,
    particles: int = 400,
    progress: Callable[[int, int], None] | None = None,
) -> Recovery:
    """Simulate polities of 3 to 8 factions and infer their power from their choices alone."""
    rows = []
    for number in range(polities):
        rows.append(recover_polity(simulate_polity(number, design, seed=seed), number, seed, particles))
        if progress is not None:
            progress(number + 1, polities)
    return Recovery(design, tuple(rows))


def recover_polity(simulated: SimulatedPolity, number: int, seed: int = 1, particles: int = 400) -> RecoveredPolity:
    """Infer the power of one simulated polity and hold it against the truth."""
    council, truth = simulated.likelihood, simulated.truth
    posterior = sample_posterior(council, seed=seed, label=f"recovery/{number}", repeats=2, particles=particles)
    draws = np.random.default_rng([seed, number, DRAWS])
    before = sample_prior(council, seed=seed)
    power, prior = council.power(posterior.unknowns)[0], council.power(before)[0]
    picked = draws.choice(posterior.particles, DRAWS, replace=False)
    faction = int(draws.integers(len(truth)))  # one share a polity: shares of one polity hang together
    log_likelihood = posterior.by_item.sum(axis=0)[picked]
    truth_log_likelihood = council.log_likelihood(simulated.unknowns[:, None])[0]
    leads = np.bincount(power.argmax(axis=0), minlength=len(truth)) / posterior.particles
    say, true_say = say_in_choices(council, posterior.unknowns), say_in_choices(council, simulated.unknowns[:, None])
    most_say = np.bincount(say.argmax(axis=0), minlength=len(truth)) / posterior.particles
    (low, high), (prior_low, prior_high) = np.quantile(power, TAILS, axis=1), np.quantile(prior, TAILS, axis=1)
    return RecoveredPolity(
        factions=len(truth),
        recovered=bool(leads.argmax() == truth.argmax()),
        p=float(leads.max()),
        among_two=bool(truth.argmax() in np.argsort(-leads)[:2]),
        loss=float(truth.max() - truth[leads.argmax()]),
        say_recovered=bool(most_say.argmax() == true_say.argmax()),
        p_say=float(most_say.max()),
        say_guessed=bool(np.bincount(say_in_choices(council, before).argmax(axis=0)).argmax() == true_say.argmax()),
        share_rank=int((power[faction, picked] < truth[faction]).sum()),
        likelihood_rank=int((log_likelihood < truth_log_likelihood).sum()),
        covered=float(((low <= truth) & (truth <= high)).mean()),
        narrowing=float((1 - (high - low) / (prior_high - prior_low)).mean()),
    )


def say_in_choices(council: CouncilLikelihood, unknowns: Array) -> Array:
    """How often a choice follows each faction, as leader or else by its share of power.

    Shapes: unknowns (D, N); returns (F, N), which adds up to 1 over factions.
    """
    leader_share = council.choice_conduct(unknowns)[0]
    say = (1 - leader_share) * council.power(unknowns)[0]
    say[council.council.leader] += leader_share
    return say


def uniform_p_value(ranks: NDArray[np.int64]) -> float:
    """Probability that uniform ranks lie as unevenly in eight bins: Pearson's chi-square, 7 degrees of freedom.

    >>> uniform_p_value(np.arange(64))
    1.0
    """
    from scipy.stats import chi2

    counts = np.bincount(ranks * BINS // (DRAWS + 1), minlength=BINS)
    expected = counts.sum() / BINS
    return float(chi2.sf(((counts - expected) ** 2 / expected).sum(), BINS - 1))
