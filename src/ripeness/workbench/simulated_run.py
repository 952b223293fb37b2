"""Simulated run: one case under one coding and one reading, run many times, and what it was run from."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property
from typing import Any

from ripeness.scenario.parameter_points import points_label
from ripeness.scenario.polity_names import PolityNames, polity_names
from ripeness.scenario.schema import Scenario
from ripeness.scenario.validation.movements import unsaid_kind
from ripeness.scenario.validation.polities import SLACK
from ripeness.study.forecast import probabilities_by_month
from ripeness.study.information_set import InformationSet
from ripeness.study.probabilities import OutcomeProbability
from ripeness.workbench.result_blend import BlendedResult
from ripeness.world.wording import join_words


@dataclass(frozen=True, kw_only=True)
class SimulatedRun(BlendedResult):
    """One case under one coding and one reading, run many times.

    `origin` is what was asked for, a case or a path; `files` are the texts that were read, by name; `by` is the day
    that it was asked about; `arguments` are those of the question that differ from their defaults. `codings` are the
    codings of the case, none for a single file; `run_again` asks the same question with some arguments replaced.
    """

    case: str
    origin: str
    of_a_case: bool
    coding: str
    reading: str
    changes: Mapping[str, str]
    scenario_hash: str
    version: str
    files: Mapping[str, str]
    scenario: Scenario
    information: InformationSet
    run_again: Callable[..., SimulatedRun]
    codings: tuple[str, ...] = ()
    by: date | None = None
    arguments: Mapping[str, Any] = field(default_factory=dict)

    @property
    def day(self) -> date:
        """The day of the forecast, from which months count."""
        return self.information.day

    @property
    def names(self) -> PolityNames:
        """Names of all polities by key."""
        return polity_names(self.scenario)

    @property
    def faction_names(self) -> dict[str, str]:
        """Names of all factions by 'polity/faction'."""
        sides = self.ensemble.war.sides
        return {
            f"{s.key}/{key}": name for s in sides for key, name in zip(s.faction_keys, s.faction_names, strict=True)
        }

    @property
    def issue_ends(self) -> dict[str, tuple[str, str, str]]:
        """Name and both ends of all issues by 'polity/issue'."""
        polities = self.scenario.polities.items()
        return {
            f"{p}/{key}": (issue.name or key, *issue.ends)
            for p, polity in polities
            for key, issue in polity.issues.items()
        }

    @cached_property
    def path(self) -> tuple[OutcomeProbability, ...]:
        """Chances of every outcome at each month."""
        return tuple(probabilities_by_month(self.ensemble))

    def about(self) -> dict[str, Any]:
        """What was run: enough to run it again."""
        design = self.ensemble.design
        return (
            {
                "case": self.case,
                "coding": self.coding,
                "reading": self.reading,
                "draws": design.draws,
                "seed": design.seed,
                "per_point": design.per_point,
                "horizon": self.ensemble.horizon,
                "scenario_hash": self.scenario_hash,
                "parameter_points": points_label(self.scenario),
                "version": self.version,
            }
            | ({"set": dict(self.changes)} if self.changes else {})
            | self.information.about()
            | self.blended()
        )

    @property
    def notes(self) -> tuple[str, ...]:
        """Parameters that may not be those meant, and what a change does beside what it says: powers that no longer
        sum to 1 count as parts of their sum.
        """
        unsaid = unsaid_kind(self.scenario)
        notes = [unsaid] if unsaid else []
        for key, polity in self.scenario.polities.items():
            powers = {
                name: faction.power.centre for name, faction in polity.factions.items() if faction.power is not None
            }
            total = sum(powers.values())
            corrections = [
                f"{name} counts as {powers[name] / total:.2f}"
                for name in powers
                if f"polities.{key}.factions.{name}.power" in self.changes and total > 0
            ]
            if corrections and abs(total - 1) > SLACK:
                notes.append(f"the powers of {polity.name or key} now sum to {total:.2f}, so {join_words(corrections)}")
        return tuple(notes)
