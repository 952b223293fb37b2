"""Shipped cases: which cases are shipped, each with its title, its start and its codings."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from datetime import date
from typing import TYPE_CHECKING, Any

from ripeness.scenario.case import cases_folder, read_case, shipped_case_names
from ripeness.scenario.read import open_scenario
from ripeness.workbench.notebook import Notebook

if TYPE_CHECKING:
    from ripeness.show.table import Table


@dataclass(frozen=True, slots=True)
class ShippedCase:
    """A shipped case; the default coding stands first."""

    id: str
    title: str
    start: date
    codings: tuple[str, ...]
    about: str


@dataclass(frozen=True, slots=True)
class Cases(Notebook):
    """All shipped cases, by id."""

    cases: tuple[ShippedCase, ...]

    def rows(self) -> Sequence[Mapping[str, Any]]:
        """One row a case."""
        return [asdict(case) for case in self.cases]

    def layout(self) -> Table:
        """One line a case."""
        from ripeness.show.cell import row
        from ripeness.show.table import text_table

        rows = [row(case.id, str(case.start), case.title, ", ".join(case.codings)) for case in self.cases]
        return text_table(("case", "start", "title", "codings"), rows)

    def plain(self) -> dict[str, Any]:
        """The same as plain values, for JSON."""
        return {
            "cases": [{**asdict(case), "start": str(case.start), "codings": [*case.codings]} for case in self.cases]
        }


def shipped_cases() -> Cases:
    """List the shipped cases.

    >>> [case.id for case in shipped_cases().cases][:2]
    ['colombia-2012-08', 'japan-1945']
    """
    return Cases(tuple(_case(name) for name in shipped_case_names()))


def _case(name: str) -> ShippedCase:
    index = read_case(cases_folder() / name)
    start = open_scenario(name).scenario.start
    return ShippedCase(name, index.title, start, tuple(index.codings), index.about)
