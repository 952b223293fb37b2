"""Whole runs behind forecasts: kept on the shelf, compared number by number, and verified by running them again."""

from __future__ import annotations

from functools import partial
from html import escape
from pathlib import Path
from secrets import token_hex

from ripeness.store.atomic_write import make_folder
from ripeness.store.shelf.manifest import MANIFEST
from ripeness.web.answer import KeptAnswer, keep_answer, name_of, write_once
from ripeness.web.lines import python_line, shell_line
from ripeness.web.questions import PageQuestion, question_about
from ripeness.web.services import Services
from ripeness.web.task import Progress, Task
from ripeness.web.workspace import Subject
from ripeness.workbench.verbs import question_of
from ripeness.world.fault import Fault

Forecast = tuple[KeptAnswer, PageQuestion]
RUNS = "runs"  # the folder of whole runs, each simulated again only when two of them are to be compared


def diff_task(services: Services, first: KeptAnswer, second: KeptAnswer) -> Task:
    """Which numbers and answers differ?

    Raises: Fault where the file of a forecast is no longer what it was.
    """
    pair = [(answer, same_question(services, answer)) for answer in (first, second)]
    name = name_of("diff", {"case": first.case, "one": first.id, "other": second.id})
    work = partial(_compare, name, pair[0], pair[1], shelf_of(services))
    return Task(name, "diff", f"What differs: {first.case}", work)


def _compare(name: str, first: Forecast, second: Forecast, place: Path, folder: Path, tell: Progress) -> KeptAnswer:
    from ripeness.workbench.diff import diff

    draws = [getattr(page_question.question, "draws", 0) for _, page_question in (first, second)]
    runs = (
        _whole_run(*first, place, lambda simulated, _: tell(simulated, sum(draws))),
        _whole_run(*second, place, lambda simulated, _: tell(draws[0] + simulated, sum(draws))),
    )
    difference = diff(*runs)
    items = "".join(f"<li>{escape(line)}</li>" for line in difference.sentences())
    answer = KeptAnswer(
        name,
        "diff",
        first[0].case,
        first[0].coding,
        "",
        "",
        shell_line("diff", *runs),
        python_line("diff", *runs),
        (f'<ul class="differences">{items}</ul>',),
        plain=difference.plain(),
    )
    return keep_answer(answer, folder)


def keep_task(services: Services, answer: KeptAnswer) -> Task:
    """Keep the whole run behind a forecast on the shelf.

    Raises: Fault where the file of the forecast is no longer what it was.
    """
    page_question, place = same_question(services, answer), shelf_of(services)
    name = name_of("keep", {"case": answer.case, "one": answer.id, "once": token_hex(8)})
    return Task(name, "keep", f"Keep {answer.case}", partial(_keep, name, answer, page_question, place))


def _keep(
    name: str, answer: KeptAnswer, page_question: PageQuestion, place: Path, _: Path, tell: Progress
) -> KeptAnswer:
    _whole_run(answer, page_question, place, tell)
    return KeptAnswer(name, "keep", answer.case, answer.coding, "", "", answer.command, answer.python)


def verify_task(run: str, shelf: Path, *, only_files: bool = False) -> Task:
    """Is a kept run whole, and (unless only its files are looked at) does it come out the same when it is run again?"""
    name = name_of("verify", {"case": run, "once": token_hex(8)})  # asked again, it is looked at again
    title = "Check what is kept" if only_files else "Simulate again and compare"
    return Task(name, "verify", title, partial(_verify, name, run, shelf, only_files))


def _verify(name: str, run: str, shelf: Path, only_files: bool, _: Path, tell: Progress) -> KeptAnswer:  # noqa: FBT001
    from ripeness.workbench.verify import verify

    verdict = verify(run, shelf, rerun=not only_files, progress=tell)
    argument = ", rerun=False" if only_files else ""
    lines = (
        shell_line("verify", run, shelf=str(shelf), only_files=only_files),
        f"ripeness.verify({run!r}, shelf={str(shelf)!r}{argument})",
    )
    comparison = verdict.compared
    facts = {
        "good": verdict.good,
        "verdict": verdict.verdict,
        "damaged": len(verdict.damage),
        "versions": list(comparison.versions) if comparison else [],
    }
    return KeptAnswer(name, "verify", "", "", "", verdict.sentence(), *lines, facts=facts)


def shelf_of(services: Services) -> Path:
    """Where the whole runs of a workspace are kept."""
    return services.workspace.folder / RUNS


def same_question(services: Services, answer: KeptAnswer) -> PageQuestion:
    """What a forecast was asked, to be asked again of what stands there now.

    Raises: Fault where its scenario is no longer there, or no longer what it was.
    """
    page_question = current_question(services, answer)
    if page_question.task().id != answer.id:
        raise Fault(f"the file of {answer.case} was changed since this forecast; run it again")
    return page_question


def current_question(services: Services, answer: KeptAnswer) -> PageQuestion:
    """What a forecast was asked, of its scenario as it stands now.

    Raises: Fault where its scenario is no longer there.
    """
    facts = answer.facts
    values = {name: facts[name] for name in ("reading", "draws", "seed", "horizon", "changes") if name in facts}
    return question_about(
        services.workspace,
        question_of("run"),
        Subject(answer.case, answer.coding),
        values | dict(answer.question.controls),
    )


def _whole_run(answer: KeptAnswer, page_question: PageQuestion, place: Path, tell: Progress) -> Path:
    """The whole run behind a forecast: the same seed gives the same wars."""
    folder = place / answer.id

    def run() -> None:
        make_folder(place)
        page_question.question.answer(tell).save(folder)

    write_once(folder, MANIFEST, run)
    return folder
