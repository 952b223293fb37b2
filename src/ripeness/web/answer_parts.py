"""Parts of an answer: what a verb's result shows on its page: its sentence, tables, pictures, and what cards need."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from functools import partial
from html import escape
from inspect import signature
from pathlib import Path
from typing import TYPE_CHECKING, Any

from ripeness.scenario.polity_names import polity_names
from ripeness.show.table import layout
from ripeness.web.answer import Picture
from ripeness.web.answer_blocks import answer_and_more, without_sentence
from ripeness.web.map_drawing import map_facts
from ripeness.workbench.decided import DecidedTables
from ripeness.world.calendar import STEPS

if TYPE_CHECKING:
    from ripeness.study.outlook import Outlook
    from ripeness.workbench.run_weights import RunWeights

CARD = "card"  # the picture of an answer that is made for a card; pages show the others
ANCHORED = (
    "The simulations are weighted so that they end as past conflicts like this one did ({:,.0f} effective "
    "simulations); the bar of the forecast counts them alike."
)


@dataclass(frozen=True, slots=True)
class AnswerParts:
    """What a page shows of a result.

    `coding`, `start` and `month` are what only an answer knows of its question: the coding, none of several, the
    day of the start, the last month. `facts` are the few plain values that cards and comparisons need.
    """

    title: str
    plain: Mapping[str, Any]
    sentence: str = ""
    blocks: tuple[str, ...] = ()
    pictures: Mapping[str, Picture] = field(default_factory=dict)
    facts: Mapping[str, Any] = field(default_factory=dict)
    coding: str = ""
    start: str = ""
    month: float | None = None


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
        result.sentence(),
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


def run_parts(result: Any) -> AnswerParts:
    """A forecast: outcomes, how long, aims and costs, with the paths of front, demands and power."""
    from ripeness.show.coded_end_tables import ends_table
    from ripeness.show.forecast_tables import aims, costs, course, outcomes
    from ripeness.show.run_brief_tables import change_line, sentence_of_run

    sheet, plain = result.sheet(), result.plain()
    last = plain["outcomes"][-1]["month"]
    tables = (outcomes(sheet), ends_table(sheet.ends, sheet.names), *course(sheet), aims(sheet), costs(sheet))
    return AnswerParts(
        result.scenario.title,
        plain,
        sentence_of_run(result.summary, result.names),
        answer_and_more(result.brief(), layout(*_blend(result), *tables)),
        _run_pictures(result),
        {
            "coding": result.coding,
            "start": str(result.day),
            "note": sheet.note,
            "chances": chances_at_the_end(plain, result.names),
            "outlook": outlook_facts(result.outlook, result.names),
            "change": change_line(result.summary, result.names),
            **past_wars(result.weigh, result.outlook.record_cases),
            "month": last,
        },
        result.coding,
        str(result.day),
        last,
    )


def _blend(result: Any) -> tuple[Any, ...]:
    """Past conflicts, model and blend by month; nothing where there is no blend."""
    from ripeness.show.blend_tables import blend_table

    return (blend_table(result.blend, result.names, result.blend_note()),) if result.blend else ()


def chances_at_the_end(plain: Mapping[str, Any], names: Mapping[str, str]) -> list[dict[str, Any]]:
    """The chance of each outcome at the last month shown, ways to a victory added up, in the order of the answer."""
    from ripeness.show.palette import outcome_colour
    from ripeness.show.words import outcome

    last, first = plain["outcomes"][-1]["month"], next(iter(names))
    chances: dict[tuple[str, str | None], float] = {}
    for row in plain["outcomes"]:
        if row["month"] == last:
            key = (row["outcome"], row["polity"])
            chances[key] = chances.get(key, 0.0) + row["p"]
    return [
        {
            "outcome": kind,
            "polity": polity,
            "name": outcome(kind, polity, names),
            "p": p,
            "colour": outcome_colour(kind, None if polity is None else int(polity != first)),
        }
        for (kind, polity), p in chances.items()
    ]


def _run_pictures(result: Any) -> dict[str, Picture]:
    """Outcomes, ceasefires, front, demands, and the power of the factions of all belligerents."""
    from ripeness.show.charts import paths
    from ripeness.show.charts.ceasefires import TITLE, ceasefire_areas
    from ripeness.study.aims_and_costs import belligerent_keys
    from ripeness.study.monthly_bands import demand_bands, front_bands, power_bands

    start, names, ensemble = result.day, result.names, result.ensemble
    pictures = outlook_pictures(result.outlook, names)
    pictures |= {"blend": light_and_dark(result.plot_blend)} if result.blend else {}
    pictures["outcomes"] = light_and_dark(result.plot)
    front, demands, ceasefires = front_bands(ensemble), demand_bands(ensemble), result.forecast.ceasefires
    if ceasefires.seen and ceasefires.by_month:
        pictures["ceasefires"] = light_and_dark(partial(ceasefire_areas, ceasefires.by_month, TITLE, start))
    if front:
        pictures["front"] = light_and_dark(partial(paths.front_path, front, names, start))
    if demands:
        pictures["demands"] = light_and_dark(partial(paths.demand_paths, demands, names, start))
    for polity in belligerent_keys(ensemble):
        factions = {
            key.partition("/")[2]: name for key, name in result.faction_names.items() if key.startswith(f"{polity}/")
        }
        if rows := power_bands(ensemble, polity):
            title = f"Power of the factions of {names[polity]}"
            pictures[f"power-{polity}"] = light_and_dark(partial(paths.power_paths, rows, factions, title, start))
    return pictures


def past_wars(weigh: RunWeights, cases: float | None = None) -> dict[str, str]:
    """Which record of past wars an answer is anchored to, and with what share; nothing where it is to none."""
    strength = weigh.strength
    if strength is None:
        return {}
    lasted = f", {cases:,.0f} of which had lasted as long" if cases else ""
    return {"past_wars": f"past {strength.kind} conflicts{lasted}; {strength.words()}"}


def outlook_pictures(outlook: Outlook, names: Mapping[str, str]) -> dict[str, Picture]:
    """Past wars, versions and blend on one axis: for a page, and with few words for a card."""
    from ripeness.show.charts.outlook import outlook_chart

    return {
        "outlook": light_and_dark(partial(outlook_chart, outlook, names)),
        CARD: light_and_dark(partial(outlook_chart, outlook, names, compact=True)),
    }


def outlook_facts(outlook: Outlook, names: Mapping[str, str]) -> dict[str, Any]:
    """The same in a few plain values: its sentence, its day, and past wars, versions and blend by class of end."""
    from ripeness.show.outlook_words import class_words, outlook_sentence

    return {
        "sentence": outlook_sentence(outlook, names),
        "on": str(outlook.on),
        "month": outlook.month,
        "lead": outlook.lead,
        "cases": outlook.record_cases,
        "usual": outlook.title(outlook.usual),
        "versions": [outlook.title(version) for version in outlook.versions],
        "rows": [
            {
                "outcome": row.outcome,
                "name": class_words(row.outcome, names),
                "record": None if row.record is None else row.record.p,
                "model": row.model.p,
                "blend": None if row.blend is None else row.blend.p,
                "range": list(outlook.spread(row)),
            }
            for row in outlook.rows
        ],
    }


def disagree_parts(result: Any) -> AnswerParts:
    """Analysts' versions beside past wars and the blend; then every outcome by version."""
    from ripeness.show.charts.disagreement import version_dots

    parts, outlook = study_parts("disagree", result), result.value.outlook
    dots = partial(version_dots, result.value, result.names(), parts.title)
    pictures = {**outlook_pictures(outlook, result.names()), "versions": light_and_dark(dots)}
    facts = {**parts.facts, "outlook": outlook_facts(outlook, result.names())}
    facts |= past_wars(result.setup.weigh, outlook.record_cases)
    return replace(parts, pictures=pictures, facts=facts)


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
        result.sentence(),
        blocks,
        {},
        facts,
        scenario.coding,
        str(result.setup.day),
    )


def infer_parts(result: Any) -> AnswerParts:
    """Who decides: verdicts, power over time, weights of the readings, and what the evidence matrix needs."""
    from ripeness.show.plan_tables import plan_sentences
    from ripeness.show.strongest_tables import strongest_sentences
    from ripeness.show.who_decides_tables import answer_sentence, ranked
    from ripeness.web.say_facts import say_facts

    polities, plain = list(result.found.weighed), result.plain()
    pictures = {
        f"{picture}-{key}": light_and_dark(partial(result.plot, picture, polity=key))
        for key in polities
        for picture in _infer_pictures(result, key)
    }
    claims = {item.id: item.note for item in result.scenario.evidence if item.note}
    told = {**{item: f"'{note}'" for item, note in claims.items()}, **result.names}  # ids are nowhere on the page
    facts = {
        "matrix": plain["matrix"],
        "knock_out": plain["knock_out"],
        "readings": plain["readings"],
        "names": result.names,
        "ranked": {key: ranked(result.found, key, result.names).plain for key in polities},
        "strongest": {key: strongest_sentences(result.found, key, told) for key in polities},
        "plan": {key: list(plan_sentences(result.plan, key, result.names)) if result.plan else [] for key in polities},
        "polities": polities,
        "claims": claims,
        "say": say_facts(result, told),
    }
    return AnswerParts(
        result.scenario.title,
        plain,
        answer_sentence(result.found, result.names),
        tuple(result.layout().html_blocks()),
        pictures,
        facts,
        result.scenario.coding,
        str(result.scenario.start),
    )


def _infer_pictures(result: Any, polity: str) -> tuple[str, ...]:
    """Pictures of a polity: of power over time where it moves, of positions over time where statements move them."""
    moves = len({share.date for share in result.found.power if share.polity == polity}) > 1
    speaks = any(mark.faction for mark in result.positions(polity)[1])
    return ("power", "readings", *(("time",) if moves else ()), *(("positions",) if speaks else ()))


def decide_parts(result: Any) -> AnswerParts:
    """Actor tables, decided by every rule, and compared where there are several."""
    from ripeness.show.decide_words import decision_sentence, rule_rows

    if isinstance(result, DecidedTables):
        return AnswerParts(
            ", ".join(Path(answer.file).stem for answer in result.decisions),
            result.plain(),
            result.sentence(),
            tuple(without_sentence(result).html_blocks()),
            {"plot": light_and_dark(result.plot)},
        )
    return AnswerParts(
        Path(result.file).stem,
        result.plain(),
        decision_sentence(result),
        tuple(result.layout().html_blocks()),
        facts={"issues": rule_rows(result), "warnings": list(result.warnings), "leader": result.leader},
    )


def record_parts(result: Any) -> AnswerParts:
    """Past conflicts like this one, of a case or of traits alone."""
    scenario = result.scenario
    return AnswerParts(
        result.title,
        result.plain(),
        result.sentence(),
        tuple(without_sentence(result).html_blocks()),
        {"plot": light_and_dark(result.plot)},
        coding="" if scenario is None else scenario.coding,
        start="" if result.day is None else str(result.day),
        month=result.value.months()[-1],
    )


def light_and_dark(draw: Callable[..., Any]) -> Picture:
    """A chart in both lights, from a function that can be told whether it is dark, and perhaps whether it is narrow."""
    from altair.utils.schemapi import debug_mode

    with debug_mode(arg=False):  # each part of a chart would be checked when it is made; tests check the whole
        light, dark = (draw(dark=is_dark).to_dict(validate=False) for is_dark in (False, True))
        if "narrow" not in signature(draw).parameters:
            return Picture(light, dark)
        looks = {"light": False, "dark": True}
        narrow = {name: draw(dark=is_dark, narrow=True).to_dict(validate=False) for name, is_dark in looks.items()}
    return Picture(light, dark, narrow)


LAYOUTS: Mapping[str, Callable[[Any], AnswerParts]] = {
    "run": run_parts,
    "story": story_parts,
    "report": report_parts,
    "infer": infer_parts,
    "elicit": elicit_parts,
    "decide": decide_parts,
    "disagree": disagree_parts,
    "record": record_parts,
}
