"""Rows of a producer's file of events: cells by the names that its versions have for a column."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from math import isnan

from ripeness.validation.history.belligerents import Belligerents
from ripeness.validation.history.table import RecordRow, RecordTable
from ripeness.world.fault import Fault

DAYS = ("%d %B %Y", "%d-%b-%Y", "%d-%b-%y", "%d %b %Y")
ISO = re.compile(r"\d{4}-\d{2}-\d{2}(?=$|[ T])")


@dataclass(slots=True)
class EventRows:
    """The rows of a file that tell of the conflict asked for, who fights in it, and what was wrong."""

    table: RecordTable
    sides: Belligerents
    columns: dict[str, str]
    conflict: str = ""
    faults: list[Fault] = field(default_factory=list)
    seen: set[str] = field(default_factory=set)

    def text(self, row: RecordRow, name: str) -> str:
        """A cell by the first of its column's names."""
        return row.text(self.columns.get(name, name))

    def number(self, row: RecordRow, name: str, unknown: float = 0.0) -> float:
        """A count that is not negative; `unknown` where the producers did not know it."""
        column = self.columns.get(name, name)
        value = row.number(column)
        if value < 0:
            raise row.fault(column, f"{value:g} deaths")
        return unknown if isnan(value) else value

    def day(self, row: RecordRow, name: str) -> date:
        """A day, year first or with the month in letters."""
        column = self.columns.get(name, name)
        cell = row.text(column)
        if ISO.match(cell):
            try:
                return date.fromisoformat(cell[:10])
            except ValueError:
                raise row.fault(column, f"'{cell[:40]}' is not a day") from None
        for form in DAYS:
            try:
                return datetime.strptime(cell, form).date()  # noqa: DTZ007  (a day has no zone)
            except ValueError:
                continue
        raise row.fault(column, f"'{cell[:40]}' is not a day; days are read as 2022-03-15 or 15 March 2022")

    def of_conflict(self, row: RecordRow, names: Sequence[str]) -> bool:
        """Whether a row tells of the conflict that was asked for: by its number, or by a part of a name."""
        wanted = self.conflict.casefold()
        texts = [self.text(row, name).casefold() for name in names]
        return not wanted or any(wanted == text or (wanted in text and not wanted.isdigit()) for text in texts)

    def stands_twice(self, row: RecordRow, name: str) -> bool:
        """Whether an event with the same number has been read; its number is noted."""
        number = self.text(row, name)
        twice = bool(number) and number in self.seen
        self.seen.add(number)
        return twice
