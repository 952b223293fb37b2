"""Information set: all that is known of a war on the day from which it is forecast, as every ensemble takes it.

How long the war has lasted counts unless a question leaves it out; what was observed counts where it is asked for. A
day of forecast later than the start of the scenario means that the war is still fought then, and months count from it.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any

from ripeness.ensemble.design import Design
from ripeness.scenario.schema import Scenario
from ripeness.study.conditioning import Conditioning, condition_on_evidence
from ripeness.study.progress import Progress
from ripeness.study.war_path import WarPath
from ripeness.study.war_so_far import LONGEST, WarSoFar, condition_on_duration
from ripeness.study.who_decides.evidence import observed_until
from ripeness.world.calendar import STEPS, months_between
from ripeness.world.fault import ArgumentFault


@dataclass(frozen=True)
class InformationSet:
    """What an ensemble is conditioned on; nothing, where both parts are None.

    `day` is the day of the forecast, from which months count; `ignores_duration`: that the war has lasted from its
    beginning to the start tells nothing.
    """

    day: date
    evidence: Conditioning | None = None
    so_far: WarSoFar | None = None
    ignores_duration: bool = False

    @property
    def elapsed(self) -> float:
        """Months from the start of the scenario to the day of the forecast."""
        return 0.0 if self.so_far is None else self.so_far.elapsed

    @property
    def as_of(self) -> date | None:
        """The day up to which something is known, where a question must name it; None for the start of the scenario."""
        if self.evidence is not None:
            return date.fromisoformat(self.evidence.as_of)
        return self.day if self.elapsed else None

    @property
    def stated(self) -> bool:
        """Whether the scenario's own evidence is used."""
        return self.evidence is not None and self.evidence.stated

    @property
    def path(self) -> WarPath | None:
        """What is known of the war month by month, as far as it is used."""
        return None if self.evidence is None else self.evidence.months

    @property
    def as_by_default(self) -> bool:
        """Whether a question that names nothing knows the same."""
        return self.as_of is None and not self.ignores_duration

    @property
    def warnings(self) -> tuple[str, ...]:
        """What limits what is known."""
        parts = (self.evidence, self.so_far)
        return tuple(warning for part in parts if part is not None for warning in part.warnings)

    def run_arguments(self) -> dict[str, Any]:
        """Arguments for `ensemble.run`: run(scenario, design, **information.run_arguments())."""
        if self.so_far is not None:
            return {"overrides": self.so_far.overrides, "past": self.so_far.past}
        return {} if self.evidence is None else self.evidence.run_arguments()

    def about(self) -> dict[str, Any]:
        """Return a record of it, enough to condition another ensemble alike; what does not hold is left out."""
        record: dict[str, Any] = {}
        if self.evidence is not None:
            record["given"] = self.evidence.about()
        if self.so_far is not None:
            record["so_far"] = self.so_far.about()
        if self.elapsed:
            record["as_of"] = str(self.day)
        return record | ({"ignore_duration": True} if self.ignores_duration else {})

    def words(self) -> str:
        """What is known beside the scenario, as it ends a heading; empty where nothing is.

        >>> InformationSet(date(2023, 3, 15), ignores_duration=True).words()
        ', whatever the months fought'
        """
        words = ""
        if self.evidence is not None:
            words += f", given {observed_until(self.evidence.items, self.evidence.newest, self.evidence.as_of)}"
        return words + (", whatever the months fought" if self.ignores_duration else "")


def gather_information(
    scenario: Scenario,
    design: Design,
    *,
    evidence: bool = False,
    as_of: date | None = None,
    observe: Iterable[str] = (),
    ignore_duration: bool = False,
    path: WarPath | None = None,
    progress: Progress | None = None,
) -> InformationSet:
    """Condition an ensemble on all that is known of a war on a day, the start of the scenario if none is given.

    `path`: what is known of it month by month; it says that the war lasted, so that this is not counted again.
    `progress` counts the wars that are simulated to see which last, of as many as are expected.

    Raises: Fault where there is no evidence though it is asked for, where a day before the start is named without any,
    or where no simulated war lasts as long as this one has.

    >>> from ripeness.scenario.read import read_scenario
    >>> war, design = read_scenario("ukraine-2023-03"), Design(draws=64, kept=0)
    >>> information = gather_information(war, design, as_of=date(2023, 6, 15))
    >>> round(information.elapsed, 2), str(information.day)
    (3.0, '2023-06-15')
    """
    observe = tuple(observe)
    day = max(as_of or scenario.start, scenario.start)
    if as_of is not None and as_of < scenario.start and not (evidence or observe or path is not None):
        raise ArgumentFault(
            "as_of", f" {as_of} lies before the start of the scenario, {scenario.start}; give a day from then on"
        )
    elapsed = max(months_between(scenario.start, day), 0.0)
    steps = elapsed / STEPS[scenario.step]
    if steps > LONGEST:
        raise ArgumentFault(
            "as_of",
            f": {day} lies {steps:,.0f} steps of a {scenario.step} after the start, {scenario.start}; at most "
            f"{LONGEST} are simulated",
        )
    conditioning = None
    if evidence or observe or path is not None:
        stated = evidence or bool(observe)
        conditioning = condition_on_evidence(scenario, design, as_of, observe, path=path, stated=stated)
    since_began = not ignore_duration and scenario.began < scenario.start
    if conditioning is not None and conditioning.lasted:
        since_began = False
    if not elapsed and not since_began:
        return InformationSet(day, conditioning, None, ignore_duration)
    so_far = condition_on_duration(
        scenario,
        design,
        elapsed=elapsed,
        since_began=since_began,
        overrides=None if conditioning is None else conditioning.overrides,
        past=None if conditioning is None else conditioning.past,
        progress=progress,
    )
    return InformationSet(day, conditioning, so_far, ignore_duration)
