"""Studied: the run that a report tells of, and how its further studies are asked on fewer draws."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

from ripeness.show.words import day
from ripeness.study.target import Target, target
from ripeness.study.who_decides.gather import observations
from ripeness.workbench.result import Result
from ripeness.world.calendar import STEPS

FEWER = 2_000  # draws of a study beside the run: Monte Carlo error of a percentage below 2 points
FEW = 640  # where a study fights many wars on each draw: 80 points of the inputs, each with the same luck in all arms


@dataclass(frozen=True)
class Studied:
    """A run with the file that further studies read; `codings` are those of its case, if it is one."""

    result: Result
    origin: str | Path
    coding: str | None
    case: str
    coding_name: str
    codings: tuple[str, ...]

    def heading(self) -> str:
        """What was run, in one line."""
        description = self.result.about()
        return (
            f"{self.case}, coding {self.coding_name}, reading {description['reading']}, from "
            f"{day(self.result.scenario.start)}; {description['draws']:,} draws, seed {description['seed']}, scenario "
            f"{description['scenario_hash'][:12]}, ripeness {description['version']}{self._given()}"
        )

    def _given(self) -> str:
        """On which evidence the run is conditioned, if on any."""
        evidence = self.result.given
        if not evidence:
            return ""
        supposed = f", {len(evidence['observe'])} of them supposed" if evidence.get("observe") else ""
        return f"; given {observations(evidence['items'], evidence.get('newest', ''), evidence['as_of'])}{supposed}"

    def fewer(self, most_draws: int) -> int:
        """The draws of a study beside the run."""
        return min(most_draws, int(self.result.about()["draws"]))

    def asked(self, most_draws: int) -> dict[str, Any]:
        """The same question as the run's, on fewer draws."""
        step = STEPS[self.result.scenario.step]
        return {
            "coding": self.coding,
            "reading": self.result.reading,
            "draws": self.fewer(most_draws),
            "seed": self.result.ensemble.design.seed,
            "horizon": round(self.result.ensemble.horizon / step),
            "changes": dict(self.result.changes),
            **self.known(),
        }

    def aim(self) -> Target:
        """The likeliest outcome at the horizon, about which studies of one outcome are asked."""
        top = self.result.forecast.likeliest()
        name = f"{top.outcome}:{top.polity}" if top.polity else top.outcome
        return target(name, self.result.forecast.polities, top.month, self.result.ensemble.horizon)

    def known(self) -> dict[str, Any]:
        """The evidence that the run was given, as the verbs take it."""
        evidence = self.result.given
        as_of = date.fromisoformat(str(evidence["as_of"])) if evidence else None
        return {"evidence": bool(evidence), "as_of": as_of, "observe": tuple(evidence.get("observe", ()))}

    def drawn(self, most_draws: int) -> str:
        """How many wars a study fought, beside those of the run."""
        draws = self.result.about()["draws"]
        return f"This study fights {self.fewer(most_draws):,} wars an arm; the run itself {draws:,}."
