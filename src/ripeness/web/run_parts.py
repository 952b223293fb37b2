"""Parts of a forecast on its page: the outlook, then the course of the war month by month."""

from __future__ import annotations

from collections.abc import Mapping
from functools import partial
from typing import TYPE_CHECKING, Any

from ripeness.show.plain_words import plain_words
from ripeness.show.table import layout
from ripeness.web.answer import Picture
from ripeness.web.answer_blocks import answer_and_more
from ripeness.web.answer_form import CARD, AnswerParts, light_and_dark, past_wars

if TYPE_CHECKING:
    from ripeness.study.outlook import Outlook
    from ripeness.study.run_brief import RunBrief


def run_parts(result: Any) -> AnswerParts:
    """A forecast: outcomes, how long, aims and costs, with the paths of front, demands and power."""
    from ripeness.show.coded_end_tables import ends_table
    from ripeness.show.forecast_tables import aims, costs, course, outcomes
    from ripeness.show.run_brief_tables import sentence_of_run

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
            "note": plain_words(sheet.note),
            "chances": chances_at_the_end(plain, result.names),
            "outlook": outlook_facts(result.outlook, result.names),
            "change": plain_words(lever_sentence(result.summary, result.names)),
            **past_wars(result.weigh, result.outlook.record_cases),
            "month": last,
        },
        result.coding,
        str(result.day),
        last,
    )


def lever_sentence(brief: RunBrief, names: Mapping[str, str]) -> str:
    """Which number would change the answer most, and which way, in the words of a page."""
    from ripeness.show.narrowing_words import short_name
    from ripeness.show.target_words import outcome_in_words

    target = outcome_in_words(brief.target.name, names)
    if not brief.narrowing:
        return f"No single number changes the chance of “{target}” by more than chance in these simulations."
    first = brief.narrowing[0]
    direction = "more" if first.slope > 0 else "less"
    where = ", in the model" if brief.narrows_model else ""
    return (
        f"What would change it most{where}: {short_name(first)}. If it were higher by the usual error "
        f"of its estimate, “{target}” would be {abs(100 * first.slope):.1f} points {direction} likely."
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
