"""Which observations would tell most about which pair of factions, before anyone collects them.

The draws of the posterior are weighed anew by every outcome that a candidate may have (`expected_contraction`). Each
candidate is graded B2, dated on the last day of knowledge, and as independent of the others as the evidence is.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date
from itertools import combinations

import numpy as np
from numpy.typing import NDArray

from ripeness.scenario.schema import Scenario
from ripeness.scenario.statements import statements_until
from ripeness.study.who_decides.council_likelihood import CouncilLikelihood, council_likelihood
from ripeness.study.who_decides.evidence import collect_evidence
from ripeness.study.who_decides.expected_contraction import (
    ExpectedContraction,
    expected_contraction,
    normalised,
    repeated_outcomes,
)
from ripeness.study.who_decides.plan_candidates import KINDS, REACH, PlanCandidate, candidates_to_look_for
from ripeness.study.who_decides.posterior import CouncilPosterior
from ripeness.study.who_decides.prior import PowerPrior
from ripeness.study.who_decides.tempered_smc import NamedDraws
from ripeness.world.calendar import months_between
from ripeness.world.quantity import Z90

Array = NDArray[np.float64]
PLACES = np.linspace(0.0, 1.0, 51)  # where a faction may turn out to stand
TIMES = 10  # observations alike, for which the expectation is given beside that for one
TIED = 2.0  # Monte Carlo errors of a difference within which two candidates are as good as each other
SAME = 1e-6  # contractions nearer than this are one
LEAST_RUNS = 4  # parts of the draws of one run, over which its error is taken
CERTAIN = 1e-12


@dataclass(frozen=True, slots=True)
class PlannedObservation:
    """What looking for something is expected to tell of the order of two factions' powers.

    `first` has more power than `second` with probability `p` as things stand. `kind`, `issue` and `factions` say what
    to look for (`plan_candidates.PlanCandidate`); `leads` whether it is the best, or as good within the Monte Carlo
    error. `contraction` is the expected share of the doubt, the sd of the log ratio of their powers, that one such
    observation takes away, `contraction_of_ten` of ten; each with the Monte Carlo error over the sampler's runs.
    `sure` and `sure_of_ten` are the chances that one of the two is then stronger with a
    probability of at least 0.9.
    """

    polity: str
    on: str
    first: str
    second: str
    p: float
    kind: str
    issue: str
    factions: tuple[str, ...]
    leads: bool
    contraction: float
    contraction_error: float
    sure: float
    contraction_of_ten: float
    contraction_of_ten_error: float
    sure_of_ten: float


def plan_observations(
    scenario: Scenario,
    posterior: CouncilPosterior,
    on: date,
    seed: int = 1,
) -> tuple[PlannedObservation, ...]:
    """Plan what to look for in a polity: for each pair of factions the best candidate of each kind, best first.

    A polity with one faction has nothing to plan.
    """
    scenario = statements_until(scenario, on)
    factions = posterior.council.factions
    pairs = list(combinations(range(len(factions)), 2))
    if not pairs:
        return ()
    candidates = [
        candidate
        for candidate in candidates_to_look_for(scenario, posterior.council.polity, on)
        if candidate.kind != "statement" or not posterior.council.at_medians  # held positions are known already
    ]
    chances = _candidate_chances(scenario, posterior, candidates, on, seed)
    months = np.array([months_between(scenario.start, on)])
    logs = np.log(np.maximum(posterior.council.power(posterior.unknowns, months)[0], CERTAIN))
    order = np.argsort(-np.exp(logs).mean(axis=1), kind="stable")
    log_ratio = np.array([logs[order[a]] - logs[order[b]] for a, b in pairs])
    label, runs = posterior.council.polity, max(posterior.runs, LEAST_RUNS)
    once = [_expectation(chance, log_ratio, 1, runs, seed, label) for chance in chances]
    best = [_best_of_each_kind(candidates, once, n) for n in range(len(pairs))]
    chosen = sorted({c for row in best for c in row})
    often = {c: _expectation(chances[c], log_ratio, TIMES, runs, seed, f"{label}/{c}") for c in chosen}
    return tuple(
        PlannedObservation(
            posterior.council.polity,
            str(on),
            factions[order[a]],
            factions[order[b]],
            float((log_ratio[n] > 0).mean()),
            candidates[c].kind,
            candidates[c].issue,
            candidates[c].factions,
            once[c].as_good_as(once[best[n][0]], n),
            *once[c].of(n),
            *often[c].of(n),
        )
        for n, (a, b) in enumerate(pairs)
        for c in best[n]
    )


def _best_of_each_kind(candidates: Sequence[PlanCandidate], once: Sequence[_Expectation], pair: int) -> list[int]:
    """The candidate of each kind that tells most about a pair, best first; of those as good as the best the first."""
    best = []
    for kind in KINDS:
        of_kind = [n for n, candidate in enumerate(candidates) if candidate.kind == kind]
        if of_kind:
            best.append(_first_of_the_best(of_kind, once, pair))
    leading = _first_of_the_best(best, once, pair)
    others = sorted((n for n in best if n != leading), key=lambda n: -once[n].contraction[pair])
    return [leading, *others]


def _first_of_the_best(numbers: Sequence[int], once: Sequence[_Expectation], pair: int) -> int:
    top = max(numbers, key=lambda n: once[n].contraction[pair])
    return next(n for n in numbers if once[n].as_good_as(once[top], pair))


@dataclass(frozen=True, slots=True)
class _Expectation:
    """What a number of observations is expected to tell of each pair.

    Shapes: contraction and sure (P,) over all draws; by_run (R, P), contraction by the
    draws of each run of the sampler.
    """

    contraction: Array
    sure: Array
    by_run: Array

    def of(self, pair: int) -> tuple[float, float, float]:
        """Contraction, its Monte Carlo error, and the chance to be sure."""
        return float(self.contraction[pair]), _error(self.by_run[:, pair]), float(self.sure[pair])

    def as_good_as(self, other: _Expectation, pair: int) -> bool:
        """Whether the runs of the sampler leave open which of the two tells more."""
        gap = other.contraction[pair] - self.contraction[pair]
        return bool(gap <= TIED * _error(other.by_run[:, pair] - self.by_run[:, pair]) + SAME)


def _error(by_run: Array) -> float:
    return float(by_run.std(ddof=1) / np.sqrt(len(by_run)))


def _expectation(log_chance: Array, log_ratio: Array, times: int, runs: int, seed: int, label: str) -> _Expectation:
    """Expectation over all draws, and by the draws of each run of the sampler by themselves."""

    def of_draws(chance: Array, ratio: Array) -> ExpectedContraction:
        if times == 1:
            return expected_contraction(chance, ratio)
        outcomes, probability = repeated_outcomes(chance, times, seed, label)
        return expected_contraction(outcomes, ratio, probability)

    parts = zip(np.array_split(log_chance, runs, axis=1), np.array_split(log_ratio, runs, axis=1), strict=True)
    by_run = np.array([of_draws(chance, ratio).contraction for chance, ratio in parts])
    over_all = of_draws(log_chance, log_ratio)
    return _Expectation(over_all.contraction, over_all.sure, by_run)


def _candidate_chances(
    scenario: Scenario,
    posterior: CouncilPosterior,
    candidates: Sequence[PlanCandidate],
    on: date,
    seed: int,
) -> list[Array]:
    """Log chance of each outcome of each candidate under each draw. Shapes: returns (Y, N) each."""
    observations = [observation for candidate in candidates for observation in candidate.observations]
    items = collect_evidence(scenario, on, more=observations, stated=False).of(posterior.council.polity)
    likelihood = council_likelihood(scenario, posterior.council.polity, items, at_medians=posterior.council.at_medians)
    likelihood, unknowns = _at_the_day(likelihood, posterior, months_between(scenario.start, on), seed)
    by_item = likelihood.by_item(unknowns)
    values = likelihood.values(unknowns)
    chances, row = [], 0
    for candidate in candidates:
        if candidate.kind == "statement":
            chances.append(_statement_chances(_position_of_the_day(likelihood, values, candidate)))
            continue
        outcomes = by_item[row : row + len(candidate.observations)]
        row += len(candidate.observations)
        chances.append(normalised(outcomes))
    return chances


def _position_of_the_day(likelihood: CouncilLikelihood, values: Array, candidate: PlanCandidate) -> Array:
    """Where a faction stands on the day of the plan, on an issue on which a decision by degree is a candidate, too."""
    path = f"polities.{likelihood.polity}.factions.{candidate.factions[0]}.positions.{candidate.issue}"
    f = likelihood.factions.index(candidate.factions[0])
    n = next(n for n, item in enumerate(likelihood.items) if item.issue == candidate.issue and item.kind == "position")
    at_start = values[likelihood.paths.index(path)]
    return np.clip(likelihood.course.carry[n, f] * at_start + likelihood.course.shift[n, f], 0.0, 1.0)


def _statement_chances(position: Array) -> Array:
    """Log chance of where a faction is said to stand, for an sd of the record that 0.05 at 90 % stands for."""
    distance = (PLACES[:, None] - position[None, :]) / (REACH / Z90)
    return normalised(-0.5 * distance**2)


def _at_the_day(
    likelihood: CouncilLikelihood, posterior: CouncilPosterior, months: float, seed: int
) -> tuple[CouncilLikelihood, Array]:
    """The likelihood with power as drawn on one day, and the draws as its unknowns.

    What the evidence says nothing of, such as positions on issues not yet observed, is drawn from its interval.
    """
    council = posterior.council
    logs = np.log(np.maximum(council.power(posterior.unknowns, np.array([months]))[0], CERTAIN))
    n_factions = len(council.factions)
    prior = PowerPrior(np.zeros(n_factions), np.ones(n_factions), np.array([months]), council.prior.walk)
    drawn = dict(zip(_coordinate_names(council), posterior.unknowns[council.prior.unknowns :], strict=True))
    names = list(_coordinate_names(likelihood))
    draws = NamedDraws(seed, f"{council.polity}/unobserved", np.arange(posterior.particles, dtype=np.uint64))
    fresh = draws.normals(len(names)) if names else np.empty((0, posterior.particles))
    rows = [drawn.get(name, fresh[n]) for n, name in enumerate(names)]
    return replace(likelihood, prior=prior), np.concatenate(
        [logs, np.array(rows).reshape(len(rows), posterior.particles)]
    )


def _coordinate_names(council: CouncilLikelihood) -> Iterator[str]:
    """Names of a council's coordinates after the powers: paths of unknown numbers, then the conduct of its choices."""
    yield from (council.paths[row] for row in council.numbers.unknown)
    n_named = council.prior.unknowns + len(council.numbers.unknown)
    yield from (f"choices/{n}" for n in range(council.unknowns - n_named))
