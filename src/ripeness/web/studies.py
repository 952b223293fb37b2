"""Studies: the questions that are answered by a study of many wars, each as an Ask with its lines and pictures."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from functools import partial
from importlib import import_module
from pathlib import Path
from typing import Any

from ripeness.show.cell import StyledText
from ripeness.show.table import Layout, layout
from ripeness.web.answer import Answer, keep, name_of
from ripeness.web.ask import PERCENT, Ask, Asked, Progress, answered, both
from ripeness.web.lines import command, python
from ripeness.web.question import Question
from ripeness.world.calendar import STEPS

RUN_SHARE = 10  # percent of the work on a report that its own run is; the studies after it are the rest
Call = Callable[[Progress], Any]


def study(
    verb: str,
    asked: Asked,
    call: Call,
    lines: tuple[str, str],
    more: Mapping[str, Any],
    plots: Sequence[str] = ("plot",),
    words: Sequence[str] = (),
) -> Ask:
    """A study whose answer can tell its sentence, its tables and its pictures.

    `more` is what it asks besides the usual, as its page's controls say it; `words` say the same; `plots` are the
    methods that draw.
    """
    name = name_of(verb, {**asked.key(), **more})
    question = asked.question(more=tuple(words))
    question = replace(question, controls={**question.controls, **more})
    work = partial(_laid, name, question, verb, call, lines, tuple(plots))
    return Ask(name, verb, f"{verb} {asked.case}, {asked.draws:,} draws", work, question, reads=asked.own())


def _laid(
    name: str,
    question: Question,
    verb: str,
    call: Call,
    lines: tuple[str, str],
    plots: Sequence[str],
    folder: Path,
    tell: Progress,
) -> Answer:
    told = call(tell)
    pictures = {plot.replace("_", "-"): both(getattr(told, plot)) for plot in plots}
    plain = told.plain()
    facts: dict[str, Any] = {"draws": question.draws, "seed": question.seed, "reading": question.reading}
    facts |= {"links": [one["link"] for one in told.rows()]} if verb == "map" else {}
    facts |= {"calendar": told.calendar()} if hasattr(told, "calendar") else {}
    laid = _without(told.sentence(), told)
    return keep(
        Answer(
            name,
            verb,
            question.case,
            question.coding,
            told.asked.scenario.title,
            told.sentence(),
            *lines,
            tuple(laid.html_blocks()),
            pictures,
            facts,
            plain,
            answered(question, told.asked.scenario, _last_month(told)),
        ),
        folder,
    )


def _without(sentence: str, told: Any) -> Layout:
    """The layout of an answer without its sentence, which stands at the top of a page already."""
    return layout(
        *(block for block in layout(told.layout()) if not (isinstance(block, StyledText) and block.plain == sentence))
    )


def _last_month(told: Any) -> float:
    """The month that an answer is about: that of its outcome, or the last that was fought."""
    target = getattr(told.told, "target", None)
    if target is not None:
        return float(target.month)
    scenario = told.asked.scenario
    return float((told.asked.design.horizon or scenario.horizon) * STEPS[scenario.step])


def ask_ripe(asked: Asked) -> Ask:
    """Is it ripe?"""
    return study("ripe", asked, partial(_ripe, asked), _lines("ripe", asked), {})


def _ripe(asked: Asked, tell: Progress) -> Any:
    from ripeness.workbench.ripe import ripe

    return ripe(asked.source, **_given(asked), progress=tell)


def ask_options(asked: Asked, polity: str, own: tuple[str, ...] = ()) -> Ask:
    """What could this polity do?"""
    call = partial(_options, asked, polity, own)
    lines = (
        command("options", asked.source, for_=polity, option=list(own), **asked.flags()),
        python("options", asked.source, polity, own_options=list(own), **asked.flags()),
    )
    words = [f"options of {polity}", *(f"own option {one}" for one in own)]
    return study("options", asked, call, lines, {"polity": polity, "own": own}, ["plot", "plot_outcomes"], words)


def _options(asked: Asked, polity: str, own: tuple[str, ...], tell: Progress) -> Any:
    from ripeness.workbench.options import options

    return options(asked.source, polity, own_options=own, **_given(asked), progress=tell)


def ask_whatif(asked: Asked, cuts: tuple[str, ...] = ()) -> Ask:
    """What changes when these numbers or links are others?"""
    call = partial(_whatif, asked, cuts)
    lines = (
        command("whatif", asked.source, set=dict(asked.changes), cut=list(cuts), **asked.flags()),
        python("whatif", asked.source, dict(asked.changes), cuts=list(cuts), **asked.flags()),
    )
    return study("whatif", asked, call, lines, {"cuts": cuts}, words=[f"link cut: {one}" for one in cuts])


def _whatif(asked: Asked, cuts: tuple[str, ...], tell: Progress) -> Any:
    from ripeness.workbench.whatif import whatif

    given = {key: one for key, one in _given(asked).items() if key != "changes"}
    return whatif(asked.source, dict(asked.changes), cuts=cuts, **given, progress=tell)


def ask_aimed(verb: str, asked: Asked, outcome: str, month: float | None = None) -> Ask:
    """A question about one outcome by one month: sense, flip, discover, indicators or map."""
    call = partial(_aimed, verb, asked, outcome, month)
    about = {"outcome": "" if outcome == "settlement" else outcome, "month": None if month is None else f"{month:g}"}
    words = [f"outcome: {outcome}", *(["each link cut in turn"] if verb == "map" else [])]
    changes = dict(asked.changes)
    given = asked.flags() | {"draws": None if asked.draws == _usual(verb) else asked.draws}
    lines = (
        command(verb, asked.source, **about, **given, set=changes),
        python(verb, asked.source, **(about | {"month": month}), **given, changes=changes),
    )
    return study(verb, asked, call, lines, {"outcome": outcome, "month": month}, words=words)


def _aimed(verb: str, asked: Asked, outcome: str, month: float | None, tell: Progress) -> Any:
    work = getattr(import_module(f"ripeness.workbench.{verb}"), verb)
    return work(asked.source, outcome=outcome, month=month, **_given(asked), progress=tell)


def ask_report(asked: Asked) -> Ask:
    """The whole answer on one page."""
    name, question = name_of("report", asked.key()), asked.question()
    work = partial(_reported, name, asked, question)
    return Ask(name, "report", f"Report: {asked.case}", work, question, PERCENT, asked.own())


def _reported(name: str, asked: Asked, question: Question, folder: Path, tell: Progress) -> Answer:
    from ripeness.workbench.report import report

    def studies(done: int, total: int) -> None:
        tell(round(RUN_SHARE + (100 - RUN_SHARE) * done / total), 100)

    found = report(
        asked.source,
        **_given(asked),
        parts=studies,
        progress=lambda done, total: tell(round(RUN_SHARE * done / total), 100) if done else None,
    )
    facts = {"draws": asked.draws, "seed": asked.seed, "reading": asked.reading}
    plain = {"html": found.html(), "markdown": found.markdown()}
    title = found.result.scenario.title
    answer = Answer(
        name,
        "report",
        asked.case,
        asked.coding,
        title,
        "",
        *_lines("report", asked),
        facts=facts,
        plain=plain,
        question=answered(question, found.result.scenario, found.result.ensemble.horizon),
    )
    return keep(answer, folder)


def outcomes(polities: Mapping[str, str]) -> dict[str, str]:
    """The outcomes that one can ask about, as one types them and in words; `polities` are the belligerents' names.

    >>> list(outcomes({"north": "North", "south": "South"}).values())[0]
    'victory of North'
    """
    from ripeness.show.words import outcome
    from ripeness.study.target import named_kinds

    names = named_kinds(list(polities))
    return {name: outcome(kind.outcome, name.partition(":")[2] or None, polities) for name, kind in names.items()}


def usual_month(verb: str, last: float) -> float:
    """By which month a verb asks where none is named; `last` is the last of the forecast.

    >>> usual_month("sense", 60.0), usual_month("flip", 60.0), usual_month("sense", 12.0)
    (24.0, 60.0, 12.0)
    """
    from ripeness.study.target import USUAL_MONTH

    late = bool(getattr(import_module(f"ripeness.workbench.{verb}"), "LATE", False))
    return last if late else min(USUAL_MONTH, last)


def _usual(verb: str) -> int:
    """How many wars the command line fights for this verb."""
    return int(getattr(import_module(f"ripeness.workbench.{verb}"), "DRAWS", 20_000))


def _given(asked: Asked) -> dict[str, Any]:
    return {
        "coding": asked.coding or None,
        "reading": asked.reading,
        "draws": asked.draws,
        "seed": asked.seed,
        "horizon": asked.horizon,
        "changes": dict(asked.changes),
    }


def _lines(verb: str, asked: Asked) -> tuple[str, str]:
    changes = dict(asked.changes)
    return (
        command(verb, asked.source, **asked.flags(), set=changes),
        python(verb, asked.source, **asked.flags(), changes=changes),
    )
