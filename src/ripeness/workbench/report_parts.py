"""The parts of a report in order: made two at a time, since much of each is words that one core lays out."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor, as_completed
from contextlib import contextmanager
from typing import Any

from ripeness.show.report.page import Section
from ripeness.workbench import report_studies as study
from ripeness.workbench.report_closing import closing
from ripeness.workbench.report_who import who
from ripeness.workbench.studied import Studied

AT_ONCE = 2  # sections made at the same time; what comes out does not hang on it
LONGEST_FIRST: tuple[Callable[[Studied], Section | None], ...] = (
    who, study.options, study.codings, study.ripe, study.watch, study.answer, study.price,
)  # fmt: skip
STUDIES = 1 + len(LONGEST_FIRST)  # with what moves the answer
ORDER = ("answer", "price", "codings", "who", "ripe", "options", "moves", "watch", "doubt", "sources", "repeat")


def sections(one: Studied, parts: Callable[[int, int], None] | None = None) -> tuple[Section, ...]:
    """The answer, then every study that this case admits, then doubts, sources and how to repeat it.

    `parts` is told of each study that is done, and of how many there are; what it raises ends the work.
    """
    with _trusted(), ThreadPoolExecutor(AT_ONCE) as pool:
        sensed = pool.submit(study.sensing, one)
        making = [pool.submit(make, one) for make in LONGEST_FIRST]
        studies: list[Future[Any]] = [sensed, *making]
        try:
            for done, _ in enumerate(as_completed(studies), 1):
                if parts is not None:
                    parts(done, STUDIES)
        except BaseException:
            pool.shutdown(wait=False, cancel_futures=True)
            raise
        found = sensed.result()
        ends = (study.moves(found), *closing(one, found))
        made = [*(section.result() for section in making), *ends]
    return tuple(sorted((one for one in made if one), key=lambda section: ORDER.index(section.key)))


@contextmanager
def _trusted() -> Iterator[None]:
    """Charts that our own code draws are not checked against the whole schema anew: tests have done so."""
    from altair.utils.schemapi import debug_mode

    with debug_mode(arg=False):
        yield
