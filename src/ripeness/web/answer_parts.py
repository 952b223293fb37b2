"""Parts of an answer: what a verb's result shows on its page: its sentence, tables, pictures, and what cards need."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace
from functools import partial
from html import escape
from pathlib import Path
from typing import Any

from ripeness.scenario.polity_names import polity_names
from ripeness.show.plain_words import plain_words
from ripeness.web.answer_blocks import answer_and_more, for_page, without_sentence
from ripeness.web.answer_form import AnswerParts, light_and_dark, past_wars
from ripeness.web.infer_parts import infer_parts
from ripeness.web.map_drawing import map_facts
from ripeness.web.question import version_title
from ripeness.web.run_parts import outlook_facts, outlook_pictures, run_parts
from ripeness.workbench.decided import DecidedTables
from ripeness.world.calendar import STEPS

ANCHORED = (
    "The simulations are weighted so that they end as past conflicts like this one did ({:,.0f} effective "
    "simulations); the bar of the forecast counts them alike."
)


def parts_of(verb: str, result: Any) -> AnswerParts:
    """The parts of a verb's result; a verb without a layout of its own is laid out as a study."""
    return LAYOUTS.get(verb, partial(study_parts, verb))(result)


def study_parts(verb: str, result: Any) -> AnswerParts:
    """A study that knows its sentence, its tables and its pictures."""
    from ripeness.web.ripe_facts import ripe_facts

    scenario = result.setup.scenario
    pictures = {
        plot.replace("_", "-"): light_and_dark(getattr(result, plot))
        for plot in ("plot", "plot_outcomes")
        if hasattr(result, plot)
    }
    if hasattr(result, "plot_of") and "plot" in pictures:
        pictures["plot"] = light_and_dark(result.plot_of())
    facts: dict[str, Any] = {"map": map_facts(result.value, polity_names(scenario))} if verb == "map" else {}
    facts |= {"ripe": ripe_facts(result)} if verb == "ripe" else {}
    facts |= {"calendar": result.calendar()} if hasattr(result, "calendar") else {}
    anchored = result.setup.weigh.anchored
    facts |= {} if anchored is None else {"note": ANCHORED.format(anchored.effective)}
    facts |= past_wars(result.setup.weigh)
    tables = answer_and_more(result.brief(), without_sentence(result))
    return AnswerParts(
        scenario.title,
        result.plain(),
        plain_words(result.sentence()),
        tables,
        pictures,
        facts,
        "" if result.setup.versions else scenario.coding,
        str(result.setup.day),
        _last_month(result),
    )


def _last_month(result: Any) -> float:
    """The month that an answer is about: its own or that of its outcome, else the last that was fought."""
    month = getattr(getattr(result.told, "target", result.told), "month", None)
    if month is not None:
        return float(month)
    scenario = result.setup.scenario
    return float((result.setup.design.horizon or scenario.horizon) * STEPS[scenario.step])


def disagree_parts(result: Any) -> AnswerParts:
    """Analysts' versions beside past wars and the blend; then every outcome by version."""
    from ripeness.show.charts.disagreement import version_dots

    setup, versions = result.setup, result.value.versions
    titled = replace(result, value=result.value.named({name: version_title(setup.case, name) for name in versions}))
    parts, outlook = replace(study_parts("disagree", titled), plain=result.plain()), titled.value.outlook
    dots = partial(version_dots, titled.value, result.names(), parts.title)
    pictures = {**outlook_pictures(outlook, result.names()), "versions": light_and_dark(dots)}
    facts = {**parts.facts, "outlook": outlook_facts(outlook, result.names())}
    facts |= past_wars(setup.weigh, outlook.record_cases)
    return replace(parts, pictures=pictures, facts=facts)


def options_parts(result: Any) -> AnswerParts:
    """What a side could do, with what other versions of the case say, each by its title."""
    from ripeness.web.ripe_facts import titled_verdicts
    from ripeness.workbench.across_versions import brief_with_versions
    from ripeness.workbench.answer import StudyAnswer

    verdicts = titled_verdicts(result.versions, result.setup.case)
    brief = brief_with_versions(StudyAnswer.brief(result), verdicts)
    return replace(study_parts("options", result), blocks=answer_and_more(brief, without_sentence(result)))


def story_parts(result: Any) -> AnswerParts:
    """One war, told in paragraphs."""
    paragraphs = tuple(f"<p>{escape(paragraph)}</p>" for paragraph in result.paragraphs)
    facts = {"draw": result.story.draw, "coding": result.coding}
    return AnswerParts(result.title, result.plain(), "", paragraphs, {}, facts, result.coding)


def report_parts(result: Any) -> AnswerParts:
    """The whole answer as one page, kept as HTML and as Markdown."""
    run = result.result
    return AnswerParts(
        run.scenario.title,
        {"html": result.html(), "markdown": result.markdown()},
        coding=run.scenario.coding,
        start=str(run.day),
        month=run.ensemble.horizon,
    )


def elicit_parts(result: Any) -> AnswerParts:
    """What judges are asked, and a sheet for each judge who was named."""
    scenario = result.setup.scenario
    blocks = answer_and_more(result.brief(), without_sentence(result))
    facts = {"sheets": result.sheet_texts()}
    return AnswerParts(
        scenario.title,
        result.plain(),
        plain_words(result.sentence()),
        blocks,
        {},
        facts,
        scenario.coding,
        str(result.setup.day),
    )


def decide_parts(result: Any) -> AnswerParts:
    """Actor tables, decided by every rule, and compared where there are several."""
    from ripeness.show.decide_words import decision_sentence, rule_rows

    if isinstance(result, DecidedTables):
        return AnswerParts(
            ", ".join(Path(answer.file).stem for answer in result.decisions),
            result.plain(),
            result.sentence(),
            tuple(for_page(*without_sentence(result)).html_blocks()),
            {"plot": light_and_dark(result.plot)},
        )
    return AnswerParts(
        Path(result.file).stem,
        result.plain(),
        decision_sentence(result),
        tuple(for_page(*result.layout()).html_blocks()),
        facts={"issues": rule_rows(result), "warnings": list(result.warnings), "leader": result.leader},
    )


def record_parts(result: Any) -> AnswerParts:
    """Past conflicts like this one, of a case or of traits alone."""
    scenario = result.scenario
    return AnswerParts(
        result.title,
        result.plain(),
        result.sentence(),
        tuple(for_page(*without_sentence(result)).html_blocks()),
        {"plot": light_and_dark(result.plot)},
        coding="" if scenario is None else scenario.coding,
        start="" if result.day is None else str(result.day),
        month=result.value.months()[-1],
    )


LAYOUTS: Mapping[str, Callable[[Any], AnswerParts]] = {
    "run": run_parts,
    "options": options_parts,
    "story": story_parts,
    "report": report_parts,
    "infer": infer_parts,
    "elicit": elicit_parts,
    "decide": decide_parts,
    "disagree": disagree_parts,
    "record": record_parts,
}
