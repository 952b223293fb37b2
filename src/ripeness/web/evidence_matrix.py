"""The evidence matrix on a page: items down, readings across; a click says what a mark means,
a tick leaves an item out.
"""

from __future__ import annotations

from collections.abc import Mapping
from html import escape
from math import exp
from typing import Any

from nicegui import ui

from ripeness.web.answer import KeptAnswer

TONES = {"C": "up", "I": "down"}  # a mark that speaks for a reading, or against it
MEANING = {
    "CC": "speaks strongly for it",
    "C": "speaks for it",
    "N": "tells nothing on it",
    "I": "speaks against it",
    "II": "speaks strongly against it",
}
CLICK = "(event) => { const mark = event.target.closest('button[data-cell]'); if (mark) emit(mark.dataset.cell) }"


class EvidenceMatrix:
    """The matrix of one polity, the most telling item first."""

    def __init__(self, answer: KeptAnswer, polity: str) -> None:
        self.answer, self.polity = answer, polity
        facts = answer.facts
        self.rows = sorted(
            (row for row in facts["matrix"] if row["polity"] == polity), key=lambda row: -float(row["diagnosticity"])
        )
        self.without = {
            row["name"]: row for row in facts["knock_out"] if row["polity"] == polity and row["what"] == "item"
        }
        self.claims: Mapping[str, str] = facts.get("claims") or {}
        self.out: list[str] = []
        if self.rows:
            self._build()

    def _build(self) -> None:
        ui.html(
            "<h2>The evidence: untick an item to see the answer without it, click a mark to see what it says</h2>",
            sanitize=False,
        )
        ui.label("Marks that tell nothing on a reading are left out on a narrow screen.").classes("quiet on-phones")
        self.answer_place = ui.element("div").props('role="status" aria-live="polite"')
        with self.answer_place:
            self.left_out = ui.html("", sanitize=False)
            self.cell = ui.html("", sanitize=False)
        with ui.element("div").classes("sheet").props('tabindex="0"'), ui.element("table").classes("matrix"):
            ui.html(self._head(), sanitize=False, tag="thead")
            with ui.element("tbody"):
                for number, row in enumerate(self.rows):
                    self._row(number, row)

    def _head(self) -> str:
        names = "".join(
            f'<th scope="col"><span>{escape(_reading(cell["reading"]))}</span></th>' for cell in self.rows[0]["cells"]
        )
        return f'<tr><th></th><th scope="col">item</th>{names}</tr>'

    def _row(self, number: int, row: Mapping[str, Any]) -> None:
        item = str(row["item"])
        with ui.element("tr") as line:
            with ui.element("td"):
                ui.checkbox(value=True, on_change=lambda e: self._tick(item, on=e.value)).props(
                    f'dense aria-label="{escape(item, quote=True)}"'
                )
            doubt = " · possibly planted" if row["planted"] else " · puzzling" if row["puzzling"] else ""
            claim = escape(self.claims.get(item) or item)
            details = f"{row['date']} · {row['issue']} · grade {row['grade']}"
            ui.html(f'{claim}<br><span class="quiet">{escape(details)}{doubt}</span>', sanitize=False, tag="th").props(
                'scope="row"'
            )
            for n, cell in enumerate(row["cells"]):
                mark = ui.html(self._cell(number, n, row, cell), sanitize=False, tag="td")
                mark.props(f'data-head="{escape(_reading(cell["reading"]), quote=True)}"')
                mark.classes("speaks" if TONES.get(str(cell["mark"] or "N")[:1]) else "")
        line.on("click", self._clicked, js_handler=CLICK)

    @staticmethod
    def _cell(number: int, n: int, row: Mapping[str, Any], cell: Mapping[str, Any]) -> str:
        mark = str(cell["mark"] or "N")
        description = escape(f"{row['item']}, {cell['reading']}: {MEANING.get(mark, mark)}", quote=True)
        return (
            f'<button type="button" class="m m{TONES.get(mark[:1], "flat")}" data-cell="{number},{n}"'
            f' aria-label="{description}" title="{description}">{escape(mark)}</button>'
        )

    def _clicked(self, event: Any) -> None:
        number, n = (int(part) for part in str(event.args).split(","))
        row = self.rows[number]
        cell = row["cells"][n]
        times = exp(abs(float(cell["log_ratio"])))
        than = "likelier" if cell["log_ratio"] >= 0 else "less likely"
        mark = str(cell["mark"] or "N")
        self.cell.set_content(
            f'<p class="told"><b>{escape(self.claims.get(row["item"]) or row["item"])}</b> ({escape(row["date"])}) '
            f"{MEANING.get(mark, mark)}: if <b>{escape(_reading(cell['reading']))}</b> were right, it would be"
            f" {times:.2f} "
            f"times {than} than under the readings on average (log ratio {cell['log_ratio']:+.2f}).</p>"
        )

    def _tick(self, item: str, *, on: bool) -> None:
        self.out.remove(item) if on and item in self.out else self.out.append(item)
        self.left_out.set_content(
            "".join(self._change_without(self.without[item]) for item in self.out if item in self.without)
        )

    def _change_without(self, row: Mapping[str, Any]) -> str:
        names = self.answer.facts["names"]
        faction = names.get(f"{self.polity}/{row['moved']}", row["moved"])
        turns = f" Then '{escape(_reading(str(row['leads'])))}' leads." if row["turns"] else ""
        name = self.claims.get(str(row["name"])) or str(row["name"])
        change = f"power of {escape(str(faction))} {row['by']:+.1%}.{turns}"
        return f'<p class="told">Without <b>{escape(name)}</b>: {change}</p>'


def _reading(key: str) -> str:
    """A reading as one says it.

    >>> _reading("captured:white-services")
    'captured by white-services'
    """
    return key.replace("captured:", "captured by ")
