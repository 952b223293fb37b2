"""Studied: the run that a report tells of, and how its further studies are asked on fewer draws."""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path
from threading import RLock
from typing import Any

from ripeness.show.words import day
from ripeness.study.sensitivity.sense import sense
from ripeness.study.target import Target, read_target
from ripeness.workbench.cite import Cited, cite
from ripeness.workbench.question import Verb, parameters
from ripeness.workbench.result import Result
from ripeness.workbench.sense import Sensing
from ripeness.workbench.setup import StudySetup
from ripeness.world.calendar import STEPS
from ripeness.world.fault import Fault


@dataclass(frozen=True)
class Studied:
    """A run with the file that further studies read; `codings` are those of its case, if it is one.

    What several sections rest on is made once, whichever thread asks first.
    """

    result: Result
    origin: str | Path
    coding: str | None
    case: str
    coding_name: str
    codings: tuple[str, ...]
    _once: RLock = field(default_factory=RLock, repr=False, compare=False)

    def heading(self) -> str:
        """What was run, in one line."""
        description = self.result.about()
        return (
            f"{self.case}, coding {self.coding_name}, reading {description['reading']}, from "
            f"{day(self.result.day)}; {description['draws']:,} draws, seed {description['seed']}, scenario "
            f"{description['scenario_hash'][:12]}, ripeness {description['version']}{self._information_words()}"
        )

    def _information_words(self) -> str:
        """On which evidence the run is conditioned, if on any."""
        evidence = self.result.information.evidence
        supposed = f", {len(evidence.observe)} of them supposed" if evidence is not None and evidence.observe else ""
        return self.result.information.words() + supposed

    def fewer(self, most_draws: int) -> int:
        """The draws of a study beside the run."""
        return min(most_draws, int(self.result.about()["draws"]))

    def steps_ahead(self) -> int:
        """The horizon of the run in steps."""
        return round(self.result.ensemble.horizon / STEPS[self.result.scenario.step])

    def arguments(self, question: type[Verb[Any]], most_draws: int = 0) -> dict[str, Any]:
        """The arguments of a question about the same war, on fewer draws: those of the run's that it takes.

        A question about one outcome is asked about the likeliest.
        """
        information = self.result.information
        arguments = {
            "case_or_path": self.origin,
            "coding": self.coding,
            "reading": self.result.reading,
            "draws": self.fewer(most_draws),
            "seed": self.result.ensemble.design.seed,
            "horizon": self.steps_ahead(),
            "changes": dict(self.result.changes),
            "evidence": information.stated,
            "as_of": information.as_of,
            "observe": () if information.evidence is None else information.evidence.observe,
            "known_path": information.path,
            "ignore_duration": information.ignores_duration,
            "ignore_record": self.result.weigh.ignored,
            "outcome": self.aim().name,
        }
        names = {parameter.name for parameter in parameters(question)}
        return {name: value for name, value in arguments.items() if name in names}

    def aim(self) -> Target:
        """The likeliest outcome at the horizon, about which studies of one outcome are asked."""
        top = self.result.forecast.likeliest()
        name = f"{top.outcome}:{top.polity}" if top.polity else top.outcome
        return read_target(name, self.result.forecast.polities, top.month, self.result.ensemble.horizon)

    def sensing(self) -> Sensing | None:
        """Which numbers move the likeliest outcome, measured on the run itself; None where it has too few draws.

        PAWN is left to `ripeness sense`: it would take a second for a column that few read.
        """
        with self._once:
            return self._sensing

    @cached_property
    def _sensing(self) -> Sensing | None:
        result = self.result
        setup = StudySetup(
            self.case, result.scenario, result.reading, result.changes, result.ensemble.design, weigh=result.weigh
        )
        try:
            return Sensing(setup, sense(result.ensemble, self.aim(), result.weights, leading=0))
        except Fault:
            return None

    def cited(self) -> Cited:
        """The bibliography and every number of the scenario."""
        with self._once:
            return self._cited

    @cached_property
    def _cited(self) -> Cited:
        return cite(self.origin, self.coding)

    def drawn(self, most_draws: int) -> str:
        """How many wars a study fought, beside those of the run."""
        draws = self.result.about()["draws"]
        return f"This study fights {self.fewer(most_draws):,} wars an arm; the run itself {draws:,}."
