"""Evidence after the start of the war: its likelihood in simulated wars, and samples of parameters and random draws."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from datetime import date

import numpy as np
from numpy.typing import NDArray

from ripeness.ensemble.design import Design
from ripeness.ensemble.past import Past
from ripeness.ensemble.run import links
from ripeness.scenario.schema import Scenario
from ripeness.study.observation_likelihood import ObservationLikelihood, observation_likelihoods
from ripeness.study.who_decides.council_likelihood import CouncilLikelihood
from ripeness.study.who_decides.evidence import ObservedEvidence
from ripeness.study.who_decides.item import Item
from ripeness.study.who_decides.parameter_transform import ParameterTransform, parameter_transform
from ripeness.study.who_decides.tempered_smc import (
    HALF,
    NamedDraws,
    effective_size,
    log_mean_exp,
    next_exponent,
    resample_systematically,
)
from ripeness.war.conditions import Conditions
from ripeness.war.prepare import War, prepare
from ripeness.war.simulate import simulate
from ripeness.war.situation import Situation

Array = NDArray[np.float64]
Floats = dict[str, Array]
FIRST_BORROWED_RUN = 2**31  # run ids whose random draws serve the past begin here, far from those of the ensemble
CHUNK = 1024
MOVES, LAST_MOVES, STAGES = 2, 4, 12
ACCEPTANCE_GOAL = 0.25
MIN_LOG_GAIN = 0.1  # log probability by which a run must exceed the floor to show an item


class EvidenceAfterStart:
    """Likelihood of evidence after the start, and the sampler of parameters and random draws given it."""

    def __init__(
        self, scenario: Scenario, design: Design, evidence: ObservedEvidence, likelihoods: list[CouncilLikelihood]
    ) -> None:
        self.scenario, self.design, self.likelihoods = scenario, design, likelihoods
        items = [item for item in evidence.items if item.on > scenario.start]
        observations = [observation for observation in evidence.war_observations if observation.date > scenario.start]
        self.observed: list[ObservationLikelihood] = []
        self.warnings: list[str] = []
        earlier = len(evidence.war_observations) - len(observations)
        if earlier:
            self.warnings.append(
                f"{earlier} observations before the start tell of the war, not of a decision; the scenario's "
                f"numbers stand for them"
            )
        if items or observations:
            self.observed, left_out = observation_likelihoods(scenario, prepare(scenario, 1), items, observations)
            self.warnings += left_out
        self.until = 1 + max((observation.step for observation in self.observed), default=0)
        if self.until > (design.horizon or scenario.horizon):
            self.warnings.append("observations beyond the horizon are left out")
            self.observed = [
                observation for observation in self.observed if observation.step < (design.horizon or scenario.horizon)
            ]
            self.until = 1 + max((observation.step for observation in self.observed), default=0)
        self.war: War = prepare(scenario, self.until)
        inferred_paths = {
            path for likelihood in likelihoods for path in likelihood.overrides(np.zeros((likelihood.unknowns, 1)))
        }
        self.joint_paths = self.war.points.paths
        self.free_paths = tuple(
            path
            for path, number in self.war.numbers.items()
            if number.uncertain and path not in inferred_paths and path not in self.joint_paths
        )
        self.n_free = len(self.free_paths) + bool(self.joint_paths)  # fitted parameters have one coordinate: the point
        self.numbers: ParameterTransform = parameter_transform([self.war.numbers[path] for path in self.free_paths])
        self.certain = np.array([number.centre for number in self.war.numbers.values()])
        self.conditions = Conditions(design.seed, links(()))

    def newest(self, items_before_start: list[Item]) -> date | str:
        """The day of the latest observation that is used, those before the start included;
        empty where there is none.
        """
        days = [item.on for item in items_before_start] + [observation.on for observation in self.observed]
        return max(days) if days else ""

    def overrides(self, u: Array) -> Floats:
        """Return the parameters at the start that the councils' unknowns imply."""
        values_by_path: Floats = {}
        first = 0
        for likelihood in self.likelihoods:
            values_by_path |= likelihood.overrides(u[first : first + likelihood.unknowns])
            first += likelihood.unknowns
        return values_by_path

    def decisions(self, u: Array) -> Array:
        """Log likelihood of all that was decided before the start. Shapes: returns (N,)."""
        total, first = np.zeros(u.shape[1]), 0
        for likelihood in self.likelihoods:
            if likelihood.items:
                total += likelihood.log_likelihood(u[first : first + likelihood.unknowns])
            first += likelihood.unknowns
        return total

    def wars(self, u: Array, run_ids: NDArray[np.uint64]) -> Array:
        """Log likelihood of all observations after the start; random draws go with the sample. Shapes: returns (N,)."""
        return np.asarray(self.by_item(u, run_ids).sum(axis=0))

    def by_item(self, u: Array, run_ids: NDArray[np.uint64]) -> Array:
        """Log likelihood of each observation after the start. Shapes: returns (n, N)."""
        logs = np.tile(np.array([observation.floor for observation in self.observed])[:, None], (1, u.shape[1]))

        def simulate_chunk(first: int) -> None:
            last = min(first + CHUNK, u.shape[1])
            inputs = self._inputs(u[:, first:last])

            def watch(step: int, situation: Situation, place: NDArray[np.intp]) -> None:
                running = place >= 0
                for n, observation in enumerate(self.observed):
                    if observation.step == step:
                        logs[n, first + place[running]] = observation.read(situation, self.war.step)[running]

            simulate(self.war, inputs, run_ids[first:last].copy(), self.conditions, 0, watch)

        with ThreadPoolExecutor(2) as pool:
            list(pool.map(simulate_chunk, range(0, u.shape[1], CHUNK)))
        return logs

    def _inputs(self, u: Array) -> Array:
        inputs = np.repeat(self.certain[:, None], u.shape[1], axis=1)
        for path, values in self._values_by_path(u).items():
            inputs[self.war.row[path]] = values
        return inputs

    def _values_by_path(self, u: Array) -> Floats:
        """What all coordinates say: the councils' first, then those of free numbers, then that of the point."""
        from scipy.special import ndtr  # slow to import

        n_decided = u.shape[0] - self.n_free
        free = self.numbers.values(u[n_decided : n_decided + len(self.free_paths)])
        values_by_path = dict(zip(self.free_paths, free, strict=True))
        if self.joint_paths:
            values_by_path |= dict(zip(self.joint_paths, self.war.points.at(ndtr(u[-1])), strict=True))
        return values_by_path | self.overrides(u[:n_decided])

    def _unseen(self, u: Array, run_ids: NDArray[np.uint64]) -> None:
        """Warn of observations that even the conditioned runs do not reproduce."""
        by_observation = self.by_item(u, run_ids)
        for observation, logs in zip(self.observed, by_observation, strict=True):
            if np.median(logs) <= observation.floor + MIN_LOG_GAIN:
                self.warnings.append(
                    f"hardly any or no run shows '{observation.id}'; the answer takes it for a mistake"
                )

    def temper(self, decided: Array) -> tuple[Floats, Past, float, float]:
        """Sample parameters and random draws given what was observed after the start."""
        n_decided, n_samples = len(decided), decided.shape[1]
        random_draws = NamedDraws(self.design.seed, "given/war", np.arange(n_samples, dtype=np.uint64))
        u = np.concatenate([decided, random_draws.normals(self.n_free)], axis=0)
        run_ids = np.arange(n_samples, dtype=np.uint64) + np.uint64(FIRST_BORROWED_RUN)
        fresh = FIRST_BORROWED_RUN + n_samples
        decided_log, seen_log = self.decisions(decided), self.wars(u, run_ids)
        ancestor, exponent, log_evidence, stride, stages = np.arange(n_samples), 0.0, 0.0, HALF, 0
        while exponent < 1.0:
            new_exponent = next_exponent(seen_log, exponent) if stages < STAGES else 1.0
            weight = (new_exponent - exponent) * seen_log
            top = weight.max()
            log_evidence += log_mean_exp(weight)
            picked = resample_systematically(np.exp(weight - top), float(random_draws.shares()[0]))
            u, run_ids, decided_log, seen_log, ancestor = (
                u.take(picked, axis=1),
                run_ids[picked],
                decided_log[picked],
                seen_log[picked],
                ancestor[picked],
            )
            exponent, stages = new_exponent, stages + 1
            for _ in range(LAST_MOVES if exponent >= 1.0 else MOVES):
                proposal = np.sqrt(1 - stride**2) * u + stride * random_draws.normals(len(u))
                new_run_ids = np.where(
                    random_draws.shares() < HALF, run_ids, np.arange(fresh, fresh + n_samples, dtype=np.uint64)
                )
                fresh += n_samples
                new_decided_log, new_seen_log = self.decisions(proposal[:n_decided]), self.wars(proposal, new_run_ids)
                gain = (new_decided_log - decided_log) + exponent * (new_seen_log - seen_log)
                accepted = np.log(random_draws.shares()) < gain
                u, run_ids = np.where(accepted, proposal, u), np.where(accepted, new_run_ids, run_ids)
                decided_log = np.where(accepted, new_decided_log, decided_log)
                seen_log = np.where(accepted, new_seen_log, seen_log)
                stride = float(np.clip(stride * np.exp(accepted.mean() - ACCEPTANCE_GOAL), 0.02, 1.0))
        self._unseen(u, run_ids)
        share = np.bincount(ancestor, minlength=n_samples) / n_samples
        return self._values_by_path(u), Past(numbers=run_ids, until=self.until), log_evidence, effective_size(share)
