"""Variants: the wars in which some groups of statements are as stated, each simulated once."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

from ripeness.ensemble.design import Design
from ripeness.ensemble.run import Progress, run
from ripeness.scenario.one_leader import with_one_leader
from ripeness.scenario.schema import Scenario
from ripeness.study.arms import even_chunk
from ripeness.study.explain.arm import ConditionedArm, Duration, ensemble_arm, simulate_conditioned
from ripeness.study.explain.groups import scenario_with_groups
from ripeness.study.explain.step import ALL_KEYS
from ripeness.study.progress import part_progress
from ripeness.study.target import Target
from ripeness.study.war_so_far import FEW_DRAWS
from ripeness.world.calendar import months_between
from ripeness.world.fault import ArgumentFault

AS_STATED = "as stated"
FEWEST_SAMPLES = 10.0  # effective parameter samples below which an arm says nothing


@dataclass
class WarVariants:
    """Variants of a war on the same parameter samples and random draws, simulated once each, whoever asks for them."""

    scenario: Scenario
    design: Design
    target: Target
    duration: Duration
    one_leader: bool
    progress: Progress | None
    parts: int
    simulated: list[tuple[Scenario, ConditionedArm | None]] = field(default_factory=list)
    few: dict[str, float] = field(default_factory=dict)

    def with_groups(self, groups: Sequence[str], name: str) -> ConditionedArm | None:
        """The arm in which only these groups are as stated; none where hardly any such war lasts so long.

        Of equal wars only one is simulated.
        """
        mixed = scenario_with_groups(self.scenario, groups)
        war = with_one_leader(mixed) if self.one_leader else mixed
        for other, arm in self.simulated:
            if other == war:
                return arm
        try:
            arm = self._simulate(war)
        except ArgumentFault as fault:
            if fault.name != "ignore_duration":
                raise
            arm = None
        effective = 0.0 if arm is None else arm.effective
        if effective < min(FEW_DRAWS, self.design.draws / 5):
            self.few[name] = effective
        usable = arm if effective >= FEWEST_SAMPLES else None
        self.simulated.append((war, usable))
        return usable

    def as_stated(self) -> ConditionedArm:
        """The arm of the war as stated.

        Raises: ArgumentFault where no such war lasts as long as this one has.
        """
        arm = self.with_groups(ALL_KEYS, AS_STATED)
        return arm or self._simulate(with_one_leader(self.scenario) if self.one_leader else self.scenario)

    def _simulate(self, war: Scenario) -> ConditionedArm:
        return simulate_conditioned(
            war,
            self.design,
            month=self.target.month,
            codes=self.target.codes,
            duration=self.duration,
            progress=self.part(),
        )

    @property
    def warnings(self) -> tuple[str, ...]:
        """In which arms few wars last so long, in one sentence."""
        if not self.few:
            return ()
        counts = "; ".join(f"{name} {effective:.0f}" for name, effective in self.few.items())
        few = (
            f"few simulated wars last {self.months:.0f} months in some arms (effective of {self.design.draws:,}): "
            f"{counts}; below {FEWEST_SAMPLES:.0f} an arm is left out"
        )
        return (few,)

    @property
    def months(self) -> float:
        """Months that the war has lasted."""
        return months_fought(self.scenario, self.duration)

    def given_evidence(self, observed: Mapping[str, Any]) -> ConditionedArm:
        """The war as stated among the parameter samples that agree with evidence."""
        design = replace(self.design, per_point=1, kept=0, chunk=even_chunk(self.design.draws))
        war = with_one_leader(self.scenario) if self.one_leader else self.scenario
        ensemble = run(war, design, progress=self.part(), **observed)
        past = observed.get("past")
        return ensemble_arm(ensemble, self.target.month, self.target.codes, None if past is None else past.samples)

    def part(self) -> Progress | None:
        """The progress of the arm that is simulated next."""
        return part_progress(self.progress, min(len(self.simulated), self.parts - 1), self.parts)


def months_fought(scenario: Scenario, duration: Duration) -> float:
    """Months from the beginning of the war to the day of the forecast, as far as they count."""
    before_start = max(months_between(scenario.began, scenario.start), 0.0) if duration.since_began else 0.0
    return before_start + duration.elapsed
