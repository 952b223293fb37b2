"""The parts of a report in order: made two at a time, since much of each is words that one core lays out."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor, as_completed
from contextlib import contextmanager
from typing import Any

from ripeness.show.report.page import Section
from ripeness.study.progress import Progress
from ripeness.workbench import report_studies as study
from ripeness.workbench.report_closing import closing
from ripeness.workbench.report_who import who
from ripeness.workbench.sense import Sensing
from ripeness.workbench.studied import Studied

AT_ONCE = 2  # sections made at the same time; what comes out does not hang on it
LONGEST_FIRST: tuple[Callable[[Studied], Section | None], ...] = (
    who,
    study.options_section,
    study.codings_section,
    study.ripe,
    study.watch,
    study.answer,
    study.price,
)
STUDIES = 2 + len(LONGEST_FIRST)  # with what moves the answer, and with the closing parts
ORDER = ("answer", "price", "codings", "who", "ripe", "options", "moves", "watch", "doubt", "sources", "repeat")


def sections(studied: Studied, parts: Progress | None = None) -> tuple[Section, ...]:
    """The answer, then every study that this case admits, then doubts, sources and how to repeat it.

    `parts` is told of each study that is done, and of how many there are; what it raises ends the work.
    """
    with _trusted(), ThreadPoolExecutor(AT_ONCE) as pool:
        sensed = pool.submit(study.sensing, studied)
        making = [pool.submit(make, studied) for make in LONGEST_FIRST]
        ending = pool.submit(_ends, studied, sensed)  # begun last, when `sensed` is long begun
        works: tuple[Future[Any], ...] = (sensed, *making, ending)
        try:
            for done, _ in enumerate(as_completed(works), 1):
                if parts is not None:
                    parts(done, STUDIES)
        except BaseException:  # who waits has had enough: what is not begun is not made
            pool.shutdown(wait=False, cancel_futures=True)
            raise
        done_sections = [*(section.result() for section in making), *ending.result()]
    return tuple(
        sorted((studied for studied in done_sections if studied), key=lambda section: ORDER.index(section.key))
    )


def _ends(studied: Studied, sensed: Future[Sensing | None]) -> tuple[Section | None, ...]:
    """What rests on the sensitivity: what moves the answer, and the closing parts."""
    sensitivity = sensed.result()
    return (study.moves(sensitivity), *closing(studied, sensitivity))


@contextmanager
def _trusted() -> Iterator[None]:
    """Charts that our own code draws are not checked against the whole schema anew: tests have done so."""
    from altair.utils.schemapi import debug_mode

    with debug_mode(arg=False):
        yield
