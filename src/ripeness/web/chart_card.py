"""Chart card: a chart with what belongs to it below: its data as a table, what it is of, and files to take away."""

from __future__ import annotations

from datetime import date
from html import escape
from urllib.parse import urlencode

from ripeness.show.words import day
from ripeness.web.answer import KeptAnswer, Picture
from ripeness.web.chart_figure import chart_figure, titles
from ripeness.web.chart_table import chart_table
from ripeness.web.question import READINGS, version_title
from ripeness.world.version import __version__

TABS = ("Chart", "Table", "Sources", "Download")


def chart_card(answer: KeptAnswer, name: str, picture: Picture, *, wide: bool = False) -> str:
    """A picture of an answer with its four tabs, of which the table is fetched when it is opened."""
    address = f"/answers/{answer.id}/{name}"
    tabs = [tab for tab in TABS if tab != "Table" or chart_table(picture.light)]
    panels = {
        "Table": f'<div class="chart-panel" data-tab="Table" data-fetch="{address}.table" hidden></div>',
        "Sources": f'<div class="chart-panel" data-tab="Sources" hidden>{_sources(answer)}</div>',
        "Download": f'<div class="chart-panel" data-tab="Download" hidden>{_downloads(answer, name, tabs)}</div>',
    }
    buttons = "".join(
        f'<button type="button" role="tab" data-tab="{tab}" aria-selected="{"true" if tab == TABS[0] else "false"}"'
        f' tabindex="{0 if tab == TABS[0] else -1}">{tab}</button>'
        for tab in tabs
    )
    label = escape(titles(picture.light)[0], quote=True)
    bar = f'<div class="chart-tabs" role="tablist" aria-label="{label}">{buttons}</div>'
    parts = "".join(panels[tab] for tab in tabs if tab in panels) + bar
    return chart_figure(picture, address=f"{address}.svg", wide=wide, parts=parts)


def _downloads(answer: KeptAnswer, name: str, tabs: list[str]) -> str:
    """Files of a chart by what they are good for."""
    address, file = f"/answers/{answer.id}/{name}", f"{answer.id}-{name}"
    kinds = [(f"{address}.svg", f"{file}.svg", "Picture for print and the web (SVG)")]
    kinds.append((f"{address}.png", f"{file}.png", "Picture for slides and messages (PNG)"))
    if "Table" in tabs:
        kinds.append((f"{address}.csv", f"{file}.csv", "Data of this chart (CSV)"))
    kinds.append((f"/answers/{answer.id}.json", f"{answer.id}.json", "The whole answer for programs (JSON)"))
    return (
        "<ul>"
        + "".join(
            f'<li><a href="{link}" download="{escape(saved, quote=True)}">{text}</a></li>'
            for link, saved, text in kinds
        )
        + "</ul>"
    )


def _sources(answer: KeptAnswer) -> str:
    """What a chart is of, as terms and their values."""
    question, facts = answer.question, answer.facts
    rows = {
        "Case": answer.title,
        "Analyst's version": version_title(question.case, question.coding) if question.coding else "",
        "Actor model": READINGS.get(question.reading, question.reading),
        "As of": day(date.fromisoformat(question.start)) if question.start else "",
        "Simulations": f"{question.draws:,}" if question.draws else "",
        "Seed": "" if question.seed is None else str(question.seed),
        "Past wars": str(facts.get("past_wars", "")),
        "Program": f"ripeness {question.version or __version__}",
    }
    terms = "".join(f"<dt>{term}</dt><dd>{escape(value)}</dd>" for term, value in rows.items() if value)
    links = ""
    if question.case:
        words = urlencode({"case": question.case, **({"coding": question.coding} if question.coding else {})})
        links = (
            f'<p><a href="/sources?{words}">Evidence: where every number comes from</a></p>'
            f'<p><a href="/wars-like-this?{words}">Past wars like this one</a></p>'
        )
    return f"<dl>{terms}</dl>{links}"
