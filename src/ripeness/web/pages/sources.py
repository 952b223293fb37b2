"""Sources: the bibliography of a scenario, what was observed, and what every single number rests on."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from functools import partial
from html import escape

from nicegui import run, ui

from ripeness.show.table_html import data_cell, heading_cell, page_table, table_row
from ripeness.web.editing.labels import KINDS
from ripeness.web.editing.step_evidence import grade_words
from ripeness.web.frame import show_fault
from ripeness.web.question_page import page
from ripeness.web.scenario_basis import ORIGINS, BasisRow, ScenarioBasis, scenario_basis
from ripeness.web.screens import Screen, link, screen
from ripeness.web.services import Services
from ripeness.web.workspace import Subject
from ripeness.workbench.cite import Work
from ripeness.world.fault import Fault
from ripeness.world.source import CREDIBILITY, RELIABILITY

MOST_FOUND = 80  # numbers that a search shows at once
ALL = "all kinds"


class _Sources:
    """The page: how much rests on what, then sources, observations and numbers."""

    def __init__(self, services: Services, screen: Screen, subject: Subject) -> None:  # noqa: ARG002  (as every page of a war)
        self.services, self.source, self.subject = services, services.workspace.source(subject), subject
        self.place = ui.element("div").classes("ev")
        with self.place:
            ui.label("Reading the sources").classes("quiet")
        ui.timer(0.05, self._begin, once=True)

    async def _begin(self) -> None:
        try:
            evidence = await run.io_bound(self.services.workers.read, scenario_basis, self.source, self.subject.coding)
        except Fault as fault:
            self.place.clear()
            with self.place:
                show_fault(fault)
            return
        if evidence is not None and not self.place.is_deleted:
            self.place.clear()
            with self.place:
                self._show(evidence)

    def _show(self, evidence: ScenarioBasis) -> None:
        ui.html(count_words(evidence), sanitize=False)
        with ui.row().classes("take"):
            ui.link("Look at the scenario step by step", link(screen("/scenario"), self.subject))
            ui.button("All numbers (.csv)", icon="download", on_click=_download(evidence, self.subject)).props(
                'flat no-caps dense data-act="csv"'
            )
        with ui.expansion("What the grades mean", icon="grade").classes("lines"):
            ui.html(GRADES, sanitize=False)
        _works(evidence)
        if evidence.seen:
            ui.html(seen_rows(evidence), sanitize=False)
        _NumberSearch(evidence)


def count_words(evidence: ScenarioBasis) -> str:
    """How many numbers rest on what, as a sentence and a table of kinds."""
    by_origin = {
        origin: sum(count for (where, _), count in evidence.counts.items() if where == origin) for origin in ORIGINS
    }
    total = sum(by_origin.values())
    stated, defaults, model = by_origin.values()
    sentence = (
        f"This scenario states {stated:,} numbers. {defaults:,} defaults stand in for what it leaves open, and the"
        f" model adds {model:,} parameters of its own, the same for every war: {total:,} in all, from"
        f" {len(evidence.works)} sources."
    )
    rows = (
        table_row(
            [
                heading_cell(f'<span class="g-rests g-{kind}">{escape(words)}</span>', scope="row"),
                *(data_cell(f"{evidence.counts.get((origin, kind), 0):,}", "right") for origin in ORIGINS),
            ]
        )
        for kind, words in KINDS.items()
    )
    headings = [heading_cell("Kind"), *(heading_cell(escape(words), "right") for words in ORIGINS.values())]
    table = page_table(headings, rows, caption="How the numbers came about")
    return f'<p class="sentence">{sentence}</p><div class="sheet ev-kinds">{table}</div>'


def _works(evidence: ScenarioBasis) -> None:
    ui.html(f"<h2>Sources ({len(evidence.works)})</h2>", sanitize=False)
    search = ui.input("Find a source: author, title, grade").props("dense outlined clearable").classes("ev-search")
    place = ui.html(work_list(evidence.works, evidence.own_sources), sanitize=False)

    def find() -> None:
        words = str(search.value or "").lower().split()
        texts = {work: f"{work} {work.grade_in_words}".lower() for work in evidence.works}
        matches = [work for work, text in texts.items() if all(word in text for word in words)]
        place.set_content(work_list(matches, evidence.own_sources))

    search.on_value_change(find)


def work_list(works: Sequence[Work], own_sources: frozenset[str]) -> str:
    """Sources as a list, with a link where one has an address; `own_sources` are the ids of the scenario's."""
    if not works:
        return '<p class="quiet">No source has these words.</p>'
    items = "".join(_work(work, of_defaults=own_sources.isdisjoint(work.id.split())) for work in works)
    return f'<ol class="works ev-works" tabindex="0" aria-label="Sources, those of the scenario first">{items}</ol>'


def _work(work: Work, *, of_defaults: bool) -> str:
    title = escape(work.title)
    if work.address.startswith(("https://", "http://")):
        title = f'<a href="{escape(work.address, quote=True)}" rel="noreferrer">{title}</a>'
    year = f" {work.published[:4]}" if work.published else ""
    publisher = f". {escape(work.publisher)}" if work.publisher else ""
    uses = f"used {work.cited:,} times" if work.cited != 1 else "used once"
    uses += ", by defaults and the model" if of_defaults else ""
    return (
        f'<li><span>{escape(work.author)}{year}. {title}{publisher}</span><span class="g-hint"><b>{escape(work.grade)}'
        f"</b> {escape(work.grade_in_words)} · {uses}</span></li>"
    )


def seen_rows(evidence: ScenarioBasis) -> str:
    """Observations in the order of their days, each with its source and grade."""
    rows = "".join(
        f'<li><b>{escape(row.date)}</b> <span>{escape(row.words)}</span><span class="g-hint"><b>{escape(row.grade)}</b>'
        f" {escape(grade_words(row.grade))} · {escape(row.sources)}</span></li>"
        for row in evidence.seen
    )
    return (
        f'<h2>What was seen ({len(evidence.seen)})</h2><p class="quiet">Dated decisions and signs, from which the'
        f' programme infers whose will the decisions follow.</p><ol class="works ev-works" tabindex="0"'
        f' aria-label="Observations by day">{rows}</ol>'
    )


class _NumberSearch:
    """Every number: found by its words and its kind, or opened by side, faction and topic."""

    def __init__(self, evidence: ScenarioBasis) -> None:
        self.evidence = evidence
        ui.html("<h2>What every number rests on</h2>", sanitize=False)
        with ui.row().classes("form"):
            self.search = ui.input("Find a number: faction, topic, source").props("dense outlined clearable")
            self.search.classes("ev-search")
            self.kind = ui.select({ALL: ALL, **KINDS}, value=ALL, label="Kind").props(
                "dense outlined stack-label options-dense"
            )
        self.place = ui.element("div").classes("ev-numbers")
        for control in (self.search, self.kind):
            control.on_value_change(self._fill)
        self._fill()

    def _fill(self) -> None:
        words = str(self.search.value or "").lower().split()
        kind = str(self.kind.value)
        self.place.clear()
        with self.place:
            if words:
                self._show_matches(words, kind)
                return
            by_side: dict[str, dict[str, list[BasisRow]]] = {}
            for name, rows in self.evidence.groups.items():
                if chosen := [row for row in rows if kind in {ALL, row.kind}]:
                    side, _, topic = name.partition(" · ")
                    by_side.setdefault(side, {})[topic or name] = chosen
            for side, topics in by_side.items():
                _side(side, topics)

    def _show_matches(self, words: list[str], kind: str) -> None:
        matches = {
            name: [
                row
                for row in rows
                if kind in {ALL, row.kind} and all(word in f"{name.lower()} {row.searched}" for word in words)
            ]
            for name, rows in self.evidence.groups.items()
        }
        count = sum(map(len, matches.values()))
        more = f"; the first {MOST_FOUND} are shown" if count > MOST_FOUND else ""
        ui.html(f'<p class="quiet" role="status">{count:,} numbers{more}</p>', sanitize=False)
        room = MOST_FOUND
        for name, rows in matches.items():
            if rows and room > 0:
                ui.html(f"<h3>{escape(name)}</h3>{basis_rows(rows[:room])}", sanitize=False)
                room -= len(rows)


def _side(name: str, topics: Mapping[str, Sequence[BasisRow]]) -> None:
    """A side with its factions and topics, or a topic by itself; filled when it is first opened."""
    rows = [row for topic in topics.values() for row in topic]

    def fill() -> None:
        if list(topics) == [name]:
            ui.html(basis_rows(rows), sanitize=False)
            return
        for topic, of_topic in topics.items():
            _fold(topic, of_topic, partial(ui.html, basis_rows(of_topic), sanitize=False))

    _fold(name, rows, fill)


def _fold(name: str, rows: Sequence[BasisRow], fill: Callable[[], object]) -> None:
    stated = sum(row.origin == ORIGINS["scenario"] for row in rows)
    caption = f"{len(rows):,} numbers" + (f", {stated:,} of them stated here" if stated else "")
    with ui.expansion(name[:1].upper() + name[1:], caption=caption).classes("lines ev-group") as group:
        inner = ui.element("div")

    def fill_once() -> None:
        if group.value and not inner.default_slot.children:
            with inner:
                fill()

    group.on_value_change(fill_once)


def basis_rows(rows: Sequence[BasisRow]) -> str:
    """Numbers as rows: what it is, its value, and what it rests on."""
    items = "".join(
        f'<li><span class="ev-name">{escape(row.name)}</span><span class="ev-value">{escape(row.value)}</span>'
        f'<span class="ev-basis">{_kind_mark(row)} <span class="g-hint">'
        f"{escape(' · '.join(part for part in (row.sources, row.note) if part))}</span></span></li>"
        for row in rows
    )
    return f'<ul class="ev-rows">{items}</ul>'


def _kind_mark(row: BasisRow) -> str:
    is_stated = row.origin == ORIGINS["scenario"]
    kind, words = (row.kind, row.kind) if is_stated else ("default", f"{row.kind}, {row.origin.removesuffix('s')}")
    return f'<span class="g-rests g-{kind}">{escape(words)}</span>'


def _grades() -> str:
    letters = "".join(f"<li><b>{letter}</b> {escape(words)}</li>" for letter, words in RELIABILITY.items())
    figures = "".join(f"<li><b>{figure}</b> {escape(words)}</li>" for figure, words in CREDIBILITY.items())
    return (
        "<p>Grades follow the Admiralty code. The letter grades the source, the figure what it says here: B2 is a"
        f' usually reliable source that says something probably true.</p><div class="ev-grades"><ul>{letters}</ul><ul>'
        f"{figures}</ul></div>"
    )


GRADES = _grades()


def _download(evidence: ScenarioBasis, subject: Subject) -> Callable[[], None]:
    return lambda: ui.download.content(evidence.csv, f"{subject.case.rpartition('/')[2]}-numbers.csv")


def register(services: Services) -> None:
    """Put the page at its address."""
    page(services, screen("/sources"), _Sources)
