"""The parts of a report in order: made two at a time, since much of each is words that one core lays out."""

from __future__ import annotations

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor, as_completed
from contextlib import contextmanager
from typing import Any

from ripeness.show.report.page import Section
from ripeness.show.report.wording import reworded
from ripeness.study.progress import Progress
from ripeness.workbench.explain import ExplainQuestion
from ripeness.workbench.mechanisms import MechanismsQuestion
from ripeness.workbench.question import Verb
from ripeness.workbench.report_levers import measured_levers
from ripeness.workbench.report_section import FEW, ReportSection
from ripeness.workbench.report_who import inferred_fighters, inferred_patrons
from ripeness.workbench.side_process import SideProcess
from ripeness.workbench.studied import Studied
from ripeness.workbench.verbs import declared_verbs, question_of

AT_ONCE = 2  # sections made at the same time; what comes out does not hang on it


def declared_sections() -> tuple[tuple[type[Verb[Any]], ReportSection], ...]:
    """Every section that a question declares, with the question, in the order of the page.

    >>> [section.key for _, section in declared_sections()][:4]
    ['disagreement', 'answer', 'explain', 'record']
    """
    questions = [question_of(verb) for verb in declared_verbs()]
    pairs = [(question, section) for question in questions for section in question.report_sections]
    return tuple(sorted(pairs, key=lambda pair: pair[1].order))


def sections(studied: Studied, parts: Progress | None = None) -> tuple[Section, ...]:
    """The answer, then every study that this case admits, then doubts, sources and how to repeat it.

    `parts` is told of each section that is done, and of how many there are; what it raises ends the work.
    """
    declared = declared_sections()
    longest_first = sorted(declared, key=lambda pair: -pair[1].work)
    with _trusted(), _beside(studied) as side, ThreadPoolExecutor(AT_ONCE) as pool:
        studied.work_beside(side)
        making = {
            section.key: pool.submit(question.write_section, section, studied) for question, section in longest_first
        }
        levers = pool.submit(measured_levers, studied)  # for the summary
        try:
            for finished, _ in enumerate(as_completed(making.values()), 1):
                if parts is not None:
                    parts(finished, len(making))
            levers.result()
        except BaseException:  # who waits has had enough: what is not begun is not made
            pool.shutdown(wait=False, cancel_futures=True)
            raise
    sections_in_order = (making[section.key].result() for _, section in declared)
    return tuple(reworded(section) for section in sections_in_order if section is not None)


def _beside(studied: Studied) -> SideProcess:
    """A process that works out what takes longest and mostly reckons in Python."""
    return SideProcess(
        {
            "fighters": lambda: inferred_fighters(studied),
            "patrons": lambda: inferred_patrons(studied),
            "explain": lambda: studied.answered(ExplainQuestion, FEW),
            "mechanisms": lambda: studied.answered(MechanismsQuestion, FEW),
        }
    )


@contextmanager
def _trusted() -> Iterator[None]:
    """Charts that our own code draws are not checked against the whole schema anew: tests have done so."""
    from altair.utils.schemapi import debug_mode

    with debug_mode(arg=False):
        yield
