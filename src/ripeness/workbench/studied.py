"""Studied: the run that a report tells of, and how its further studies are asked on fewer draws."""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import cached_property
from inspect import signature
from pathlib import Path
from threading import Lock, RLock
from typing import TYPE_CHECKING, Any, TypeVar

from ripeness.show.words import day
from ripeness.study.sensitivity.sense import sense
from ripeness.study.target import Target
from ripeness.workbench.cite import Cited, cite
from ripeness.workbench.result import Result
from ripeness.workbench.sense import Sensing
from ripeness.workbench.setup import StudySetup
from ripeness.workbench.side_process import SideProcess
from ripeness.world.calendar import STEPS
from ripeness.world.fault import Fault

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from ripeness.workbench.question import Verb

Made = TypeVar("Made")
Answer = TypeVar("Answer")
ACTOR_MODELS = {"factional": "rival factions", "unitary": "one leader on each side"}


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
    _made: dict[str, Any] = field(default_factory=dict, repr=False, compare=False)
    _locks: dict[str, Lock] = field(default_factory=dict, repr=False, compare=False)
    _side: list[SideProcess] = field(default_factory=list, repr=False, compare=False)

    def heading(self) -> str:
        """What was run, in one line."""
        description = self.result.about()
        version = f"{self.version_titles().get(self.coding_name, self.coding_name)}, " if self.codings else ""
        count = len(self.result.changes)
        changed = f", with {count} {'number' if count == 1 else 'numbers'} changed" if count else ""
        return (
            f"{version}{ACTOR_MODELS[str(description['reading'])]}, as of {day(self.result.day)}, "
            f"{description['draws']:,} simulations{changed}{self._information_words()}"
        )

    def version_titles(self) -> Mapping[str, str]:
        """In words whose view each version of the case states; nothing for a single file."""
        from ripeness.scenario.case import find_scenario_file, read_case

        return read_case(find_scenario_file(self.origin).path.parent).titles if self.codings else {}

    def work_beside(self, side: SideProcess) -> None:
        """Take what a process beside this one works out."""
        self._side.append(side)

    def once(self, name: str, make: Callable[[], Made]) -> Made:
        """What several sections rest on, made by whoever asks first, while the others wait."""
        with self._once:
            lock = self._locks.setdefault(name, Lock())
        with lock:
            if name not in self._made:
                self._made[name] = self._side[0].answer(name, make) if self._side else make()
            made: Made = self._made[name]
            return made

    def answered(self, question: type[Verb[Answer]], most_draws: int) -> Answer:
        """The answer to a question about the same war, asked once."""
        return self.once(question.verb, lambda: question(**self.arguments(question, most_draws)).answer())

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

    def arguments(self, question: type[Any], most_draws: int = 0) -> dict[str, Any]:
        """The arguments of a question or a bench about the same war, on fewer draws: those of the run's that it takes.

        A question about one outcome is asked about the likeliest, and the steps from past wars in one order.
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
            "in_order_only": True,
        }
        names = signature(question).parameters
        return {name: value for name, value in arguments.items() if name in names}

    def aim(self) -> Target:
        """The likeliest outcome by the day of the answer, about which studies of one outcome are asked."""
        return self.result.brief_of_version.target

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
