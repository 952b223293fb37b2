"""Condition a war's ensemble on observed evidence.

Decisions between the beginning of the war and the start go through the likelihood of decisions and settle powers
and positions at the start. What the war showed in that time, its deaths, lines and leaders' falls, is held against
wars simulated from their beginning, with the same parameters. What lies after the start goes through the war:
parameters and the random draws of the first steps are tempered together until simulated wars agree with it. From then
on every run has random draws of its own.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any

import numpy as np
from numpy.typing import NDArray

from ripeness.ensemble.design import Design
from ripeness.ensemble.past import Past
from ripeness.scenario.schema import Observation, Scenario
from ripeness.scenario.statements import statements_until
from ripeness.study.path_file import path_csv
from ripeness.study.path_observations import known_path
from ripeness.study.war_evidence import WarEvidence
from ripeness.study.war_path import WarPath
from ripeness.study.who_decides.council_likelihood import council_likelihood
from ripeness.study.who_decides.evidence import collect_evidence
from ripeness.study.who_decides.posterior import sample_posterior
from ripeness.world.fault import ArgumentFault

Array = NDArray[np.float64]
Floats = dict[str, Array]
MIN_EFFECTIVE_DRAWS = 100.0  # effective draws below which the answer rests on too few


@dataclass(frozen=True)
class Conditioning:
    """Parameter samples and random draws with which an ensemble is conditioned on evidence.

    `overrides` hold numbers by path, one a parameter sample; `past` the random draws of the steps that evidence covers.
    `newest` is the day of the latest observation that was used: nothing is known from then to `as_of`.
    `later` counts those after the start, `path` those of the war before it; with them the war is known to have lasted.
    `months` is the file of months that was used, `stated`: whether the scenario's own evidence was.
    `ancestors` is the effective number of first draws behind the answer's `points`, `items` how many observations were
    used, `log_evidence` the log probability of what the war showed, given what was decided before the start.
    """

    scenario: Scenario
    as_of: str
    newest: str
    overrides: Floats
    past: Past | None
    items: int
    later: int
    points: int
    ancestors: float
    log_evidence: float
    warnings: tuple[str, ...]
    observe: tuple[str, ...] = ()
    path: int = 0
    months: WarPath | None = None
    stated: bool = True

    @property
    def lasted(self) -> bool:
        """Whether the parameters agree with the months that the war has lasted."""
        return self.path > 0

    def run_arguments(self) -> dict[str, Any]:
        """Arguments for `ensemble.run`: run(scenario, design, **conditioning.run_arguments())."""
        return {"overrides": self.overrides, "past": self.past}

    def about(self) -> dict[str, Any]:
        """Return a record of the evidence, enough to condition another ensemble on it."""
        record: dict[str, Any] = {
            "as_of": self.as_of,
            "newest": self.newest,
            "items": self.items,
            "items_after_start": self.later,
            "points": self.points,
            "ancestors": round(self.ancestors, 1),
            "log_evidence_after_start": round(self.log_evidence, 2),
            "warnings": list(self.warnings),
        }
        record |= {"items_of_the_war_before_start": self.path} if self.path else {}
        record |= {"observe": list(self.observe)} if self.observe else {}
        record |= {} if self.stated else {"stated": False}
        return record | ({"months": path_csv(self.months)} if self.months is not None else {})


def condition_on_evidence(
    scenario: Scenario,
    design: Design | None = None,
    as_of: date | None = None,
    observe: Iterable[str] = (),
    *,
    path: WarPath | None = None,
    stated: bool = True,
) -> Conditioning:
    """Condition an ensemble on all evidence up to a date (the start, if none is given) and on what is observed by hand.

    `path` is what is known of the war month by month; `stated`: whether the scenario's own evidence counts.

    Assumes fixed power before the start (`infer` lets it move), positions as stated, salience at its medians.
    Raises: Fault where there is no evidence up to the date, or an observation does not fit the scenario.

    >>> from ripeness.scenario.read import read_scenario
    >>> from ripeness.ensemble.run import run
    >>> war, design = read_scenario("japan-1945"), Design(draws=64, horizon=2, kept=0)
    >>> run(war, design, **condition_on_evidence(war, design).run_arguments()).design.points
    8
    """
    design = design or Design()
    observe = tuple(observe)
    warnings: list[str] = []
    observations: tuple[Observation, ...] = ()
    if path is not None:
        path, observations, warnings = known_path(scenario, path, as_of or scenario.start)
    evidence = collect_evidence(scenario, as_of, observe, observations, stated=stated)
    evidence_left_out, warnings = warnings, [*warnings, *evidence.warnings]
    if not evidence.items and not evidence.war_observations and not (path and path.periods):
        unused = "".join(f" ({warning})" for warning in evidence_left_out)
        raise ArgumentFault(
            "",
            f"there is no evidence up to {evidence.as_of}{unused}; add it to the scenario, or with {{observe}}, or "
            "take a later {as_of}",
        )
    items_before_start = [item for item in evidence.items if item.on <= scenario.start]
    sides = [
        key
        for key, form in scenario.polities.items()
        if form.power is not None or any(item.polity == key for item in items_before_start)
    ]
    stated_by_start = statements_until(scenario, scenario.start)
    likelihoods = [
        council_likelihood(stated_by_start, key, [item for item in items_before_start if item.polity == key])
        for key in sides
    ]
    parts, ancestors = [], float(design.points)
    for likelihood in likelihoods:
        posterior = sample_posterior(
            likelihood, seed=design.seed, label="given", repeats=2, particles=max(-(-design.points // 2), 50)
        )
        parts.append(posterior.unknowns[:, : design.points])
        ancestors = min(ancestors, posterior.ancestors)
    war_evidence = WarEvidence(scenario, design, evidence, likelihoods, path)
    u = np.concatenate(parts, axis=0) if parts else np.empty((0, design.points))
    past, log_evidence = None, 0.0
    overrides = war_evidence.overrides(u)
    if war_evidence.stretches:
        overrides, past, log_evidence, ancestors_of_war = war_evidence.temper(u)
        ancestors = min(ancestors, ancestors_of_war)
    warnings += war_evidence.warnings
    if ancestors < min(MIN_EFFECTIVE_DRAWS, design.points / 5):
        warnings.append(
            f"few draws carry the answer: {ancestors:.0f} effective draws of {design.points} points; the evidence "
            f"is nearly "
            "impossible under this scenario, or more --draws are needed"
        )
    n_used = len(items_before_start) + war_evidence.before.count + war_evidence.after.count
    return Conditioning(
        scenario,
        str(evidence.as_of),
        str(war_evidence.newest(items_before_start)),
        overrides,
        past,
        n_used,
        war_evidence.after.count,
        design.points,
        ancestors,
        log_evidence,
        tuple(warnings),
        observe,
        war_evidence.before.count,
        path,
        stated,
    )
