"""Story of one run: the same inputs and the same luck as that draw has in `run`, told month by month."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from ripeness.ensemble.design import Design
from ripeness.ensemble.single import single
from ripeness.scenario.address import replace
from ripeness.scenario.read import open_scenario
from ripeness.scenario.schema import Scenario
from ripeness.show.story_words import StoryNames, story_paragraphs
from ripeness.study import story as study
from ripeness.workbench.notebook import Tabular
from ripeness.workbench.run import read_as
from ripeness.world.fault import Fault

if TYPE_CHECKING:
    from ripeness.show.table import Layout


@dataclass(frozen=True, slots=True)
class Told(Tabular):
    """One run as facts and as paragraphs."""

    case: str
    title: str
    coding: str
    reading: str
    seed: int
    story: study.Story
    paragraphs: tuple[str, ...]

    def __repr__(self) -> str:
        """One line."""
        end = self.story.closing
        return f"<Run {self.story.draw} of {self.case}: {end.outcome} after {end.months:.0f} months>"

    def layout(self) -> Layout:
        """The story as paragraphs."""
        from ripeness.show.cell import bold
        from ripeness.show.table import layout

        return layout(bold(f"{self.title}, coding {self.coding}, reading {self.reading}"), *self.paragraphs)

    def plain(self) -> dict[str, Any]:
        """The same as plain values, for JSON."""
        about = {name: getattr(self, name) for name in ("case", "title", "coding", "reading", "seed")}
        return about | asdict(self.story) | {"told": list(self.paragraphs)}


def story(
    case_or_path: str | Path,
    draw: int,
    *,
    coding: str | None = None,
    reading: str = "factional",
    seed: int = 1,
    horizon: int | None = None,
    changes: Mapping[str, object] | None = None,
) -> Told:
    """Tell one run of a case.

    Raises: Fault where the scenario cannot be read, or the draw is below 0.

    >>> story("japan-1945", 3, horizon=6).paragraphs[0].startswith("Run 3.")
    True
    """
    if draw < 0:
        raise Fault(f"--draw is {draw}; runs are numbered from 0")
    opened = open_scenario(case_or_path, coding)
    scenario = read_as(replace(opened.scenario, changes or {}), reading)
    course = single(scenario, draw, Design(draws=1, seed=seed, horizon=horizon))
    found = study.story(course)
    return Told(
        opened.case or str(case_or_path),
        scenario.title,
        scenario.coding,
        reading,
        seed,
        found,
        tuple(story_paragraphs(found, names_of(scenario), scenario.start, course.war.step)),
    )


def names_of(scenario: Scenario) -> StoryNames:
    """What the scenario calls things; a key stands in where it gives no name."""
    polities = scenario.polities.items()
    return StoryNames(
        polities={key: polity.name or key for key, polity in polities},
        factions={f"{key}/{f}": one.name or f for key, polity in polities for f, one in polity.factions.items()},
        issues={
            f"{key}/{i}": (one.name or i, *one.ends) for key, polity in polities for i, one in polity.issues.items()
        },
        events={key: event.name or key for key, event in scenario.events.items()},
        stake=scenario.stake.name,
    )
