"""Evidence of the war itself: its likelihood in simulated wars, and samples of parameters and random draws given it.

What was observed from the beginning of the war to the start is held against wars that begin with the war, what was
observed later against wars from the start on; both with the same parameters.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from math import ceil

import numpy as np
from numpy.typing import NDArray

from ripeness.ensemble.design import Design
from ripeness.ensemble.past import Past
from ripeness.ensemble.run import links
from ripeness.scenario.schema import Scenario
from ripeness.study.death_series import DeathSeries, death_series
from ripeness.study.observation_likelihood import observation_likelihoods
from ripeness.study.observed_stretch import ObservedStretch, first_line
from ripeness.study.war_path import PathPeriod, WarPath
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
from ripeness.world.calendar import STEPS, months_between

Array = NDArray[np.float64]
Floats = dict[str, Array]
FIRST_BORROWED_RUN = 2**31  # run ids whose random draws serve the past begin here, far from those of the ensemble
FIRST_RUN_BEFORE = 2**30  # added to these for wars from the beginning on; together they stay below 2**32
MOST_PARTICLES = 1000  # samples that are moved where there is a path before the start
FIRST_POPULATION = 12  # samples before the first step for each of these
MOVES, LAST_MOVES, STAGES = 2, 4, 12
ACCEPTANCE_GOAL = 0.25
MOST_ENDED = 0.01  # share of conditioned runs that end too early, above which the answer says so
MIN_LOG_GAIN = 0.1  # log probability by which a run must exceed the floor to show an item


class WarEvidence:
    """Likelihood of what the war showed, before the start and after it, and the sampler of parameters given it."""

    def __init__(
        self,
        scenario: Scenario,
        design: Design,
        evidence: ObservedEvidence,
        likelihoods: list[CouncilLikelihood],
        path: WarPath | None = None,
    ) -> None:
        self.scenario, self.design, self.likelihoods = scenario, design, likelihoods
        self.warnings: list[str] = []
        self.before = self._before(evidence, path)
        self.after = self._after(evidence, path)
        self.stretches = tuple(stretch for stretch in (self.before, self.after) if not stretch.empty)
        self.wars_of = tuple(stretch.war() for stretch in self.stretches)
        self.war: War = prepare(scenario, 1)
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

    def _before(self, evidence: ObservedEvidence, path: WarPath | None) -> ObservedStretch:
        """What was observed from the beginning of the war to the start; the numbers of the start stand for all of it.

        The line is the one with which the war began, where that is on record.
        """
        scenario = self.scenario.model_copy(update={"start": self.scenario.began})
        seen = [observation for observation in evidence.war_observations if observation.date <= self.scenario.start]
        periods = () if path is None else tuple(row for row in path.periods if not self._after_start(row))
        if not (seen or periods) or not months_between(self.scenario.began, self.scenario.start) > 0:
            return ObservedStretch(scenario)
        war = prepare(scenario, 1)
        observed, left_out = observation_likelihoods(scenario, war, [], seen)
        self.warnings += left_out
        lines = [
            (observation.date, observation.amount.centre)
            for observation in seen
            if observation.shows == "line" and observation.amount is not None
        ]
        line = first_line(lines, scenario.began)
        return ObservedStretch(
            scenario,
            tuple(observed),
            self._series(war, periods, scenario.began),
            months_between(scenario.began, min(evidence.as_of, self.scenario.start)),
            {} if line is None else {"stake.held": line},
            FIRST_RUN_BEFORE,
        )

    def _after(self, evidence: ObservedEvidence, path: WarPath | None) -> ObservedStretch:
        """What was observed from the start on; the horizon counts from the day up to which anything is known."""
        scenario = self.scenario
        elapsed = max(months_between(scenario.start, evidence.as_of), 0.0)
        horizon = ceil(round(elapsed / STEPS[scenario.step], 9)) + (self.design.horizon or scenario.horizon)
        items = [item for item in evidence.items if item.on > scenario.start]
        observations = [row for row in evidence.war_observations if row.date > scenario.start]
        periods = () if path is None else tuple(row for row in path.periods if self._after_start(row))
        war = prepare(scenario, 1)
        observed, left_out = observation_likelihoods(scenario, war, items, observations)
        series = self._series(war, periods, scenario.start)
        self.warnings += left_out
        within = tuple(observation for observation in observed if observation.step < horizon)
        within_series = tuple(row for row in series if row.last_step < horizon)
        if len(within) < len(observed) or len(within_series) < len(series):
            self.warnings.append("observations beyond the horizon are left out")
        return ObservedStretch(scenario, within, within_series)

    def _after_start(self, period: PathPeriod) -> bool:
        """Whether the greater part of a period lies after the start."""
        return (period.last - self.scenario.start).days > (self.scenario.start - period.first).days

    def _series(self, war: War, periods: Sequence[PathPeriod], began: date) -> tuple[DeathSeries, ...]:
        """Deaths on record of each belligerent, and of all together."""
        series = [death_series(periods, "", tuple(range(war.belligerents)), began, war.step)]
        for polity in dict.fromkeys(name for period in periods for name in period.deaths if name):
            if war.side(polity) < war.belligerents:
                series.append(death_series(periods, polity, (war.side(polity),), began, war.step))
            else:
                self.warnings.append(f"deaths of {polity} are nothing that the simulated war shows; they are left out")
        return tuple(row for row in series if row is not None)

    @property
    def until(self) -> int:
        """Steps from the start that what was observed after it covers."""
        return 0 if self.after.empty else self.after.until

    def newest(self, items_before_start: list[Item]) -> date | str:
        """The day of the latest observation that is used, those before the start included;
        empty where there is none.
        """
        days = [item.on for item in items_before_start]
        days += [stretch.newest for stretch in self.stretches if stretch.newest is not None]
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
        """Log likelihood of all that the war showed; random draws go with the sample. Shapes: returns (N,)."""
        return np.asarray(self.by_item(u, run_ids).sum(axis=0))

    def by_item(self, u: Array, run_ids: NDArray[np.uint64]) -> Array:
        """Log likelihood of each observation of the war. Shapes: returns (n, N)."""
        inputs = self._inputs(u)
        logs = [
            stretch.log_likelihoods(war, inputs, run_ids, self.conditions)
            for stretch, war in zip(self.stretches, self.wars_of, strict=True)
        ]
        return np.concatenate([np.empty((0, u.shape[1])), *logs])

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
        inputs = self._inputs(u)
        for stretch, war in zip(self.stretches, self.wars_of, strict=True):
            logs = stretch.log_likelihoods(war, inputs, run_ids, self.conditions)
            for label, floor, row in zip(stretch.labels, stretch.floors, logs, strict=False):
                if np.median(row) <= floor + MIN_LOG_GAIN:
                    self.warnings.append(f"hardly any or no run shows '{label}'; the answer takes it for a mistake")
            ended = float(np.mean(logs[-1] < 0)) if stretch.lasts else 0.0
            if ended > MOST_ENDED:
                self.warnings.append(
                    f"{100 * ended:.0f} % of the conditioned runs end before the war has lasted {stretch.lasts:.0f} "
                    "months"
                )

    def temper(self, decided: Array) -> tuple[Floats, Past | None, float, float]:
        """Sample parameters, and random draws from the start on, given what the war showed.

        With a path before the start, so many parameters differ from what it says that the first population is larger
        than those that are kept and moved, and these stand for several points each where there are many points.
        Shapes: decided (D, points); returns values (points,) by path.
        """
        n_decided, n_points = len(decided), decided.shape[1]
        n_samples = n_points if self.before.empty else min(n_points, MOST_PARTICLES)
        random_draws = NamedDraws(self.design.seed, "given/war", np.arange(n_samples, dtype=np.uint64))
        u, run_ids = self._first_population(decided, n_samples, random_draws)
        fresh = FIRST_BORROWED_RUN + len(run_ids)
        decided_log, seen_log = self.decisions(u[:n_decided]), self.wars(u, run_ids)
        ancestor, exponent, log_evidence, stride, stages = np.arange(len(run_ids)), 0.0, 0.0, HALF, 0
        while exponent < 1.0:
            new_exponent = next_exponent(seen_log, exponent, HALF * n_samples) if stages < STAGES else 1.0
            weight = (new_exponent - exponent) * seen_log
            log_evidence += log_mean_exp(weight)
            offset = float(random_draws.shares()[0])
            picked = resample_systematically(np.exp(weight - weight.max()), offset, n_samples)
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
        effective = effective_size(np.bincount(ancestor) / n_samples)
        each = np.resize(np.arange(n_samples), n_points)
        past = Past(numbers=run_ids[each], until=self.until) if self.until else None
        return self._values_by_path(u.take(each, axis=1)), past, log_evidence, effective

    def _first_population(
        self, decided: Array, n_samples: int, random_draws: NamedDraws
    ) -> tuple[Array, NDArray[np.uint64]]:
        """Samples before anything of the war is known, and the numbers of their runs. Shapes: (U, N), (N,)."""
        if self.before.empty:
            u = np.concatenate([decided, random_draws.normals(self.n_free)], axis=0)
        else:
            numbers = np.arange(FIRST_POPULATION * n_samples, dtype=np.uint64)
            free = NamedDraws(self.design.seed, "given/war/first", numbers).normals(self.n_free)
            u = np.concatenate([decided[:, numbers.astype(np.intp) % decided.shape[1]], free], axis=0)
        return u, np.arange(u.shape[1], dtype=np.uint64) + np.uint64(FIRST_BORROWED_RUN)
