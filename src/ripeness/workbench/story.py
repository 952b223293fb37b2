"""Story of one run: the same inputs and the same luck as that draw has in `run`, told month by month."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from typing import TYPE_CHECKING, Any

from ripeness.workbench.notebook import Tabular
from ripeness.workbench.question import MOST_DRAWS, SimulationQuestion, declared, python_function, question

if TYPE_CHECKING:
    from ripeness.scenario.schema import Scenario
    from ripeness.show.story_words import StoryNames
    from ripeness.show.table import Layout
    from ripeness.study import story as study


@question
class StoryQuestion(SimulationQuestion["StoryAnswer"]):
    """Tell one run of a case, to its end: one run has no chances by a day.

    Raises: Fault where the scenario cannot be read, or the draw is below 0.

    >>> story("japan-1945", 3, horizon=6).paragraphs[0].startswith("Simulation 3.")
    True
    """

    verb = "story"
    summary = "Tell one run: who wanted what, who prevailed, what it led to, why it ended."
    example = "ripeness story ukraine-2023-03 --draw 7"

    draw: int = declared(
        kw_only=False, default=0, least=0, most=MOST_DRAWS - 1, label="Which war", help="Number of the run, from 0."
    )

    def answer(self, progress: Any = None) -> StoryAnswer:  # noqa: ARG002  (one run is over before it could be counted)
        """Simulate one war and tell it."""
        from ripeness.ensemble.design import Design
        from ripeness.ensemble.single import single
        from ripeness.scenario.number_paths import replace_numbers
        from ripeness.scenario.read import open_scenario
        from ripeness.show.story_words import story_paragraphs
        from ripeness.study.story import story as read_story
        from ripeness.workbench.run import read_as

        opened = open_scenario(self.case_or_path, self.coding)
        scenario = read_as(replace_numbers(opened.scenario, self.changes or {}), self.reading)
        course = single(scenario, self.draw, Design(draws=1, seed=self.seed, horizon=self.horizon))
        course_story = read_story(course)
        return StoryAnswer(
            opened.case or str(self.case_or_path),
            scenario.title,
            scenario.coding,
            self.reading,
            self.seed,
            course_story,
            tuple(story_paragraphs(course_story, names_of(scenario), scenario.start, course.war.step)),
        )


@dataclass(frozen=True, slots=True)
class StoryAnswer(Tabular):
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

    def brief(self) -> Layout:
        """The end first, then what turned, on one screen."""
        from ripeness.show.cell import bold
        from ripeness.show.story_words import story_brief
        from ripeness.show.table import layout

        end, *turns = story_brief(self.paragraphs, self.story)
        return layout(bold(end), *turns)

    def plain(self) -> dict[str, Any]:
        """The same as plain values, for JSON."""
        head = {name: getattr(self, name) for name in ("case", "title", "coding", "reading", "seed")}
        return head | asdict(self.story) | {"told": list(self.paragraphs)}


def names_of(scenario: Scenario) -> StoryNames:
    """What the scenario calls things; a key stands in where it gives no name."""
    from ripeness.scenario.polity_names import polity_names
    from ripeness.show.story_words import StoryNames

    polities = scenario.polities.items()
    return StoryNames(
        polities=polity_names(scenario),
        factions={f"{key}/{f}": child.name or f for key, polity in polities for f, child in polity.factions.items()},
        issues={
            f"{key}/{i}": (child.name or i, *child.ends)
            for key, polity in polities
            for i, child in polity.issues.items()
        },
        events={key: event.name or key for key, event in scenario.events.items()},
        stake=scenario.stake.name,
    )


story = python_function(StoryQuestion)
