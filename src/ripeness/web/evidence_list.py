"""Evidence on a page: every item by name with date, source and grade, what it says of each hypothesis in words, and a
tick to leave it out.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping, Sequence
from html import escape
from typing import Any

from nicegui import ui

from ripeness.show.table_html import data_cell, heading_cell, page_table, plain_html, table_row
from ripeness.world.wording import join_words

TONES = {"strongly consistent with": "for", "consistent with": "for"}
TONES |= {"inconsistent with": "against", "strongly inconsistent with": "against"}
SILENT = "says nothing about"
MOST_LISTED = 3  # hypotheses of which an item says nothing that are named at once; more are unfolded


class EvidenceList:
    """The items of one polity, those that say something first; `changed` is told which are left out, by id."""

    def __init__(
        self, rows: Sequence[Mapping[str, Any]], left_out: Collection[str], changed: Callable[[frozenset[str]], None]
    ) -> None:
        self.left_out = frozenset(row["item"] for row in rows if row["item"] in left_out)
        self.changed = changed
        self.boxes: list[ui.checkbox] = []
        telling = [row for row in rows if row["telling"]]
        others = [row for row in rows if not row["telling"]]
        with ui.element("ul").classes("evidence"):
            for row in telling or others:
                self._item(row)
        if telling and others:
            count = "1 more item says" if len(others) == 1 else f"{len(others)} more items say"
            with ui.expansion(f"{count} little on who decides").classes("lines"), ui.element("ul").classes("evidence"):
                for row in others:
                    self._item(row)

    def put_back(self) -> None:
        """Tick all items again."""
        for box in self.boxes:
            box.value = True

    def _item(self, row: Mapping[str, Any]) -> None:
        with ui.element("li").classes("item"):
            box = ui.checkbox(value=row["item"] not in self.left_out)
            box.props(f'dense aria-label="{escape("Count: " + str(row["text"]), quote=True)}"')
            box.on_value_change(lambda event, key=str(row["item"]): self._tick(key, on=bool(event.value)))
            self.boxes.append(box)
            ui.html(_item_html(row), sanitize=False).classes("words")

    def _tick(self, item: str, *, on: bool) -> None:
        self.left_out = self.left_out - {item} if on else self.left_out | {item}
        self.changed(self.left_out)


def _item_html(row: Mapping[str, Any]) -> str:
    doubts = [word for word in ("possibly planted", "puzzling") if row[word.split()[-1]]]
    sources = "; ".join(_source_html(source) for source in row["sources"])
    grade = f"grade {escape(row['grade'])} ({escape(row['grade_in_words'])})"
    about = " · ".join(filter(None, (escape(row["date"]), sources, grade, *doubts)))
    text = str(row["text"])
    decided = f"<p>{plain_html(row['decided'])}</p>" if row["decided"] else ""
    return (
        f"<h4>{escape(text[:1].upper() + text[1:])}</h4>"
        f'<p class="quiet">{about}</p>{decided}<ul class="says">{_says_html(row["says"])}</ul>'
        f'<p class="quiet">{plain_html(_sentence(str(row["change"])))}</p>{_numbers_html(row["ratios"])}'
    )


def _sentence(words: str) -> str:
    return f"{words[:1].upper()}{words[1:]}."


def _source_html(source: Mapping[str, str]) -> str:
    words, address = escape(source["words"]), source["address"]
    if not address.startswith(("https://", "http://")):
        return words
    return f'<a href="{escape(address, quote=True)}" target="_blank" rel="noopener noreferrer">{words}</a>'


def _says_html(says: Mapping[str, Sequence[str]]) -> str:
    """What an item says of the hypotheses, a line a word: consistent with, inconsistent with, says nothing about."""
    lines = []
    for words, hypotheses in says.items():
        named = escape(join_words([f"'{name}'" for name in hypotheses]))
        if words == SILENT and len(hypotheses) > MOST_LISTED:
            which = f"the other {len(hypotheses)} hypotheses" if len(says) > 1 else "any of the hypotheses"
            lines.append(f"<li><details><summary><b>{words}</b> {which}</summary>{named}</details></li>")
        else:
            lines.append(f'<li class="{TONES.get(words, "")}"><b>{words}</b> {named}</li>')
    return "".join(lines)


def _numbers_html(ratios: Sequence[Mapping[str, Any]]) -> str:
    headings = (heading_cell("hypothesis"), heading_cell("the item"), heading_cell("log ratio", "right"))
    rows = (
        table_row(
            [
                heading_cell(escape(row["name"]), scope="row"),
                data_cell(escape(row["words"])),
                data_cell(f"{row['log']:+.2f}", "right"),
            ]
        )
        for row in sorted(ratios, key=lambda row: -row["log"])
    )
    note = (
        "Log ratio: how much better the hypothesis foresaw the item than hypotheses do on average, given all other"
        " items. From 1 on it counts as consistent, below -1 as inconsistent."
    )
    return (
        '<details class="numbers-of-item"><summary>In numbers</summary>'
        f'<div class="sheet">{page_table(headings, rows)}</div><p class="quiet">{note}</p></details>'
    )
