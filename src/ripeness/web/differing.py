"""What differs between two forecasts in full, as the verb `diff` tells it: numbers that went in,
and answers beyond luck.
"""

from __future__ import annotations

from functools import partial
from html import escape
from pathlib import Path
from secrets import token_hex

from ripeness.store.shelf.manifest import MANIFEST
from ripeness.store.whole import make_folder
from ripeness.web.answer import KeptAnswer, keep_answer, name_of, write_once
from ripeness.web.ask import Asked, Progress, Task, ask_run
from ripeness.web.lines import python_line, shell_line
from ripeness.web.services import Services
from ripeness.web.workspace import Subject
from ripeness.world.fault import Fault

Pair = tuple[tuple[KeptAnswer, Asked], tuple[KeptAnswer, Asked]]
RUNS = "runs"  # the folder of whole runs, each fought again only when two of them are to be compared


def ask_diff(services: Services, one: KeptAnswer, other: KeptAnswer) -> Task:
    """Which numbers and answers differ?

    Raises: Fault where the file of a forecast is no longer what it was.
    """
    asked = [asked_again(services, answer) for answer in (one, other)]
    name = name_of("diff", {"case": one.case, "one": one.id, "other": other.id})
    work = partial(_compared, name, ((one, asked[0]), (other, asked[1])), shelf_of(services))
    return Task(name, "diff", f"What differs: {one.case}", work)


def _compared(name: str, pair: Pair, place: Path, folder: Path, tell: Progress) -> KeptAnswer:
    from ripeness.workbench.diff import diff

    (one, asked), (other, asked_other) = pair
    total = asked.draws + asked_other.draws
    first = _whole(one, asked, place, lambda done, _: tell(done, total))
    second = _whole(other, asked_other, place, lambda done, _: tell(asked.draws + done, total))
    found = diff(first, second)
    said = "".join(f"<li>{escape(line)}</li>" for line in found.sentences())
    lines = (shell_line("diff", first, second), python_line("diff", first, second))
    laid = (f'<ul class="differences">{said}</ul>',)
    return keep_answer(
        KeptAnswer(name, "diff", one.case, one.coding, "", "", *lines, laid, plain=found.plain()), folder
    )


def ask_keep(services: Services, answer: KeptAnswer) -> Task:
    """Keep the whole run behind a forecast on the shelf.

    Raises: Fault where the file of the forecast is no longer what it was.
    """
    asked, place = asked_again(services, answer), shelf_of(services)
    name = name_of("keep", {"case": answer.case, "one": answer.id, "once": token_hex(8)})
    return Task(name, "keep", f"Keep {answer.case}", partial(_kept, name, answer, asked, place))


def _kept(name: str, answer: KeptAnswer, asked: Asked, place: Path, _: Path, tell: Progress) -> KeptAnswer:
    _whole(answer, asked, place, tell)
    return KeptAnswer(name, "keep", answer.case, answer.coding, "", "", answer.command, answer.python)


def shelf_of(services: Services) -> Path:
    """Where the whole runs of a workspace are kept."""
    return services.workspace.folder / RUNS


def asked_again(services: Services, answer: KeptAnswer) -> Asked:
    """What a forecast was asked, to be asked again of what stands there now.

    Raises: Fault where its scenario is no longer there, or no longer what it was.
    """
    asked = asked_now(services, answer)
    if ask_run(asked).id != answer.id:
        raise Fault(f"the file of {answer.case} was changed since this forecast; run it again")
    return asked


def asked_now(services: Services, answer: KeptAnswer) -> Asked:
    """What a forecast was asked, of its scenario as it stands now.

    Raises: Fault where its scenario is no longer there.
    """
    facts = answer.facts
    subject = Subject(answer.case, answer.coding)
    return Asked(
        services.workspace.source(subject),
        answer.case,
        answer.coding,
        str(facts["reading"]),
        int(facts["draws"]),
        int(facts["seed"]),
        facts.get("horizon"),
        tuple(sorted(dict(facts.get("changes") or {}).items())),
    )


def _whole(answer: KeptAnswer, asked: Asked, place: Path, tell: Progress) -> Path:
    """The whole run behind a forecast: the same seed fights the same wars."""
    from ripeness.workbench.run import run

    folder = place / answer.id

    def fight() -> None:
        make_folder(place)
        run(
            asked.source,
            coding=asked.coding or None,
            reading=asked.reading,
            draws=asked.draws,
            seed=asked.seed,
            horizon=asked.horizon,
            changes=dict(asked.changes),
            progress=tell,
        ).save(folder)

    write_once(folder, MANIFEST, fight)
    return folder
