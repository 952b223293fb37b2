"""Information: what a question says is known of its war."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from ripeness.ensemble.design import Design
from ripeness.scenario.schema import Scenario
from ripeness.study.information_set import InformationSet, gather_information
from ripeness.study.path_file import read_path

if TYPE_CHECKING:
    from ripeness.workbench.question import Progress, WarQuestion


def information_of(
    question: WarQuestion[Any], scenario: Scenario, design: Design, progress: Progress | None = None
) -> InformationSet:
    """What is known of the war of a question; `progress` counts the wars that are simulated to know it.

    Raises: Fault where a file of months cannot be read, or a day, an observation or the months fought do not fit the
    scenario.
    """
    return gather_information(
        scenario,
        design,
        evidence=question.evidence,
        as_of=question.day("as_of"),
        observe=question.observe,
        ignore_duration=question.ignore_duration,
        path=read_path(question.war_path) if question.war_path is not None else question.known_path,
        progress=progress,
    )
