"""Posterior of a council's unknowns, from several independent runs of the sampler."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray
from threadpoolctl import threadpool_limits

from ripeness.study.who_decides.council_likelihood import CouncilLikelihood
from ripeness.study.who_decides.relevant_unknowns import relevant_unknowns
from ripeness.study.who_decides.tempered_smc import NamedDraws, TemperedSample, log_mean_exp, tempered_smc

Array = NDArray[np.float64]
REPEATS = 4
PARTICLES = 1000
MIN_ANCESTORS = 200.0  # ancestors below which intervals are noise
LARGE = 45_000  # unknown numbers of all particles, from which on two runs of the sampler side by side are faster


@dataclass(frozen=True, slots=True)
class CouncilPosterior:
    """Pooled particles of all repeats, equal in weight.

    `log_evidence_sd` is the spread of single runs; `ancestors` the effective number of first particles behind the pool.
    `runs` independent runs of the sampler stand one after the other, as many particles each.
    Shapes: unknowns (D, N); by_item (n, N), log likelihoods.
    """

    council: CouncilLikelihood
    unknowns: Array
    by_item: Array
    log_evidence: float
    log_evidence_sd: float
    ancestors: float
    steps: int
    runs: int = 1

    @property
    def particles(self) -> int:
        """How many particles there are."""
        return self.unknowns.shape[1]


def sample_posterior(
    council: CouncilLikelihood, *, seed: int = 1, label: str = "", repeats: int = REPEATS, particles: int = PARTICLES
) -> CouncilPosterior:
    """Sample a council's unknowns given its evidence, several times over.

    Source: model.md, section 3 (tempered sequential Monte Carlo; evidence with its spread over repeats).
    """
    runs = _runs(council, seed, label, repeats, particles, evidence_only=False)
    unknowns = np.concatenate([run.unknowns for run in runs], axis=1)
    log_evidence, sd = _combined_evidence([run.log_evidence for run in runs])
    return CouncilPosterior(
        council,
        unknowns,
        council.by_item(unknowns),
        log_evidence,
        sd,
        sum(run.ancestors for run in runs),
        max(run.steps for run in runs),
        len(runs),
    )


def estimate_log_evidence(
    council: CouncilLikelihood, *, seed: int = 1, label: str = "", repeats: int = REPEATS, particles: int = PARTICLES
) -> tuple[float, float]:
    """Estimate the log evidence alone, and its standard deviation over repeats."""
    runs = _runs(council, seed, label, repeats, particles, evidence_only=True)
    return _combined_evidence([run.log_evidence for run in runs])


def _runs(
    council: CouncilLikelihood, seed: int, label: str, repeats: int, particles: int, *, evidence_only: bool
) -> list[TemperedSample]:
    relevant = relevant_unknowns(council)
    n_relevant = int(relevant.sum())

    def run_sampler(number: int) -> TemperedSample:
        name = f"{council.polity}/{label}/{number}"
        run = tempered_smc(
            lambda u: council.log_likelihood(_with_irrelevant(u, relevant)),
            n_relevant,
            particles=particles,
            seed=seed,
            label=name,
            evidence_only=evidence_only,
        )
        beside = NamedDraws(seed, f"{name}/irrelevant", np.arange(particles, dtype=np.uint64))
        return replace(run, unknowns=_with_irrelevant(run.unknowns, relevant, beside))

    if council.unknowns == 0:
        return [run_sampler(0)]
    # Small matrices: threads of the linear algebra library, and ours where calls are short, only wait for each other.
    with threadpool_limits(1, "blas"), ThreadPoolExecutor(2 if n_relevant * particles >= LARGE else 1) as pool:
        return list(pool.map(run_sampler, range(repeats)))


def _with_irrelevant(u: Array, relevant: NDArray[np.bool_], beside: NamedDraws | None = None) -> Array:
    """All coordinates from the relevant ones: the others at 0, or drawn from the prior. Shapes: u (R, N), relevant
    (D,); returns (D, N).
    """
    if relevant.all():
        return u
    coordinates = np.zeros((len(relevant), u.shape[1]))
    coordinates[relevant] = u
    if beside is not None:
        coordinates[~relevant] = beside.normals(len(relevant) - len(u))
    return coordinates


def _combined_evidence(logs: list[float]) -> tuple[float, float]:
    """The log of the mean evidence, and the sd of the single logs."""
    values = np.array(logs)
    sd = float(values.std(ddof=1)) if len(values) > 1 else 0.0
    return log_mean_exp(values), sd


def sample_prior(council: CouncilLikelihood, *, seed: int = 1, particles: int = 4000) -> Array:
    """Draw the unknowns from the prior. Shapes: returns (D, N)."""
    if council.unknowns == 0:
        return np.empty((0, particles))
    return NamedDraws(seed, f"{council.polity}/before", np.arange(particles, dtype=np.uint64)).normals(council.unknowns)
