"""Across versions: whether the other versions of a case give a study's question another verdict."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

from ripeness.workbench.question import WarQuestion
from ripeness.world.fault import Fault
from ripeness.world.wording import join_words

if TYPE_CHECKING:
    from ripeness.show.table import Layout

VERDICT_DRAWS = 500  # runs of each other version: a share is then known to some 6 points


@dataclass(frozen=True, slots=True)
class VersionVerdicts:
    """What other versions answer: `same` give the same verdict, `other` another one, by name; `missing` give none."""

    same: tuple[str, ...]
    other: dict[str, str]
    missing: tuple[str, ...] = ()

    def sentence(self) -> str:
        """The verdicts in a sentence; empty where there is no other version.

        >>> VersionVerdicts(("essay",), {"ceasefire": "Yes, in most runs"}).sentence()
        'Analysts differ: in version ceasefire the answer is "Yes, in most runs"; the same as here in essay.'
        """
        if self.other:
            others = join_words(
                [f'in version {name} the answer is "{verdict}"' for name, verdict in self.other.items()]
            )
            same = f"; the same as here in {join_words(self.same)}" if self.same else ""
            return f"Analysts differ: {others}{same}."
        if not self.same:
            return ""
        versions = "version" if len(self.same) == 1 else "versions"
        return f"The same verdict in the analysts' {versions} {join_words(self.same)}."


def version_verdicts(question: WarQuestion[Any], coding: str, verdict: Callable[[Any], str]) -> VersionVerdicts:
    """Ask a question of the other versions of its case, on few draws.

    `coding` is the version that was asked; `verdict` takes an answer and returns what it says, or nothing where that is
    what the version asked about says. None are asked for a single file, or given evidence, which tells each version
    something else.

    Raises: Fault where the case cannot be read.
    """
    from ripeness.scenario.case import find_scenario_file, read_case

    location = find_scenario_file(question.case_or_path)
    if not location.case or question.evidence or question.observe or question.war_path or question.known_path:
        return VersionVerdicts((), {})
    same, other, missing = [], {}, []
    for name in read_case(location.path.parent).codings:
        if name == coding:
            continue
        arguments: dict[str, Any] = {"coding": name, "draws": min(question.draws, VERDICT_DRAWS)}
        if hasattr(question, "weights"):  # a user's own are of the runs of one version
            arguments["weights"] = None
        posed = replace(question, **arguments)
        try:
            another = verdict(posed.answer())
        except Fault:  # a number that is set here and does not exist there, or a polity that this version lacks
            missing.append(name)
            continue
        if another:
            other[name] = another
        else:
            same.append(name)
    return VersionVerdicts(tuple(same), other, tuple(missing))


def brief_with_versions(brief: Layout, verdicts: VersionVerdicts) -> Layout:
    """An answer for one screen with what other versions say: above it where that is something else, else below."""
    from ripeness.show.brief import brief_layout
    from ripeness.show.cell import bold, styled

    sentence = verdicts.sentence()
    if not sentence:
        return brief
    above, (answer, *below) = brief.blocks[: brief.answer], brief.blocks[brief.answer :]
    if verdicts.other:
        return brief_layout(answer, *below, above=(bold(sentence), *above))
    return brief_layout(answer, *below, styled(sentence), above=above)
