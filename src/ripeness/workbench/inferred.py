"""Inferred: who decides in the polities of one case, as it was read off decisions, and all that can be asked of it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from ripeness.scenario.polity_names import polity_names
from ripeness.workbench.notebook import Notebook
from ripeness.world.fault import Fault

if TYPE_CHECKING:
    import xarray

    from ripeness.scenario.schema import Scenario
    from ripeness.show.table import Layout
    from ripeness.study.who_decides.answer import WhoDecides
    from ripeness.study.who_decides.plan import PlannedObservation
    from ripeness.study.who_decides.position_rows import PositionMark, PositionRow

PICTURES = ("power", "time", "readings", "matrix", "positions")


@dataclass(frozen=True)
class Inferred(Notebook):
    """Who decides in the polities of one case, with what is needed to reckon it again.

    `sheet_warnings`: what looks wrong in the sheets of judges, if any were read; among the warnings of `found`, too.
    """

    case: str
    coding: str
    seed: int
    version: str
    scenario_hash: str
    scenario: Scenario
    found: WhoDecides
    plan: tuple[PlannedObservation, ...] = ()
    sheet_warnings: tuple[str, ...] = ()

    def __repr__(self) -> str:
        """One line."""
        return f"<Inferred from {self.case}, coding {self.coding}: {self.found!r}>"

    @property
    def names(self) -> dict[str, str]:
        """Names of polities by key, and of factions by 'polity/faction'."""
        names: dict[str, str] = polity_names(self.scenario)
        for key, polity in self.scenario.polities.items():
            names |= {f"{key}/{f}": faction.name or f for f, faction in polity.factions.items()}
        return names

    def plain(self) -> dict[str, Any]:
        """The answer as plain values, for JSON."""
        from ripeness.study.who_decides.position_rows import moved_rows
        from ripeness.world.admiralty import grade_table as admiralty

        answer = self.found
        return {
            **self._about(),
            "title": self.scenario.title,
            "start": str(self.scenario.start),
            "observations": answer.observations,
            "newest": answer.newest,
            "prior": answer.prior,
            "strongest": [asdict(row) for row in answer.strongest],
            "power": [asdict(row) for row in answer.power],
            "beside": [asdict(row) for row in answer.beside],
            "ranking": [asdict(row) for row in answer.ranking],
            "readings": [asdict(row) for row in answer.readings],
            "verdicts": [asdict(row) for row in answer.verdicts],
            "bayes_factors": [asdict(row) for row in answer.bayes_factors],
            "carried_by": [asdict(row) for row in answer.carried],
            "matrix": [asdict(row) for row in answer.matrix],
            "knock_out": [asdict(row) for row in answer.knock_out],
            "identified": [asdict(row) for row in answer.identified],
            "crossings": [asdict(row) for row in answer.crossings],
            "positions": [asdict(row) for key in answer.weighed for row in moved_rows(*self.positions(key))],
            "position_marks": [asdict(mark) for key in answer.weighed for mark in self.positions(key)[1]],
            "plan": [asdict(planned) for planned in self.plan],
            "warnings": list(answer.warnings),
            "grades": [
                {"grade": grade, "words": words, "chance_of_saying_nothing": p} for grade, words, p in admiralty()
            ],
            "intervals": "low to high are 5 and 95 % points, so that 90 % lies between; prior_ is before the evidence",
            "learnt": "contraction: share of the sd that the evidence took away; shift: of the mean, in the prior's sd",
        }

    def table(self) -> str:
        """The answer as text of 80 columns."""
        from ripeness.show.forecast_tables import tables_as_text

        return tables_as_text(self.layout())

    def layout(self) -> Layout:
        """The tables."""
        from ripeness.show.plan_tables import plan_layout
        from ripeness.show.position_tables import position_table
        from ripeness.show.table import layout
        from ripeness.show.who_decides_tables import tables

        polities = self.found.weighed
        moved = [position_table(*self.positions(key), str(self.scenario.start), self.names[key]) for key in polities]
        planned = [block for key in self._planned_polities() for block in plan_layout(self.plan, key, self.names)]
        return layout(*tables(self.found, self.names), *(table for table in moved if table.rows), *planned)

    def brief(self) -> Layout:
        """The verdicts and the strongest factions, on one screen."""
        from ripeness.show.who_decides_tables import brief

        if self.plan:
            from ripeness.show.plan_tables import brief_plan

            return brief_plan(self.found, self.plan, self.names)
        return brief(self.found, self.names)

    def _planned_polities(self) -> tuple[str, ...]:
        return tuple(dict.fromkeys(planned.polity for planned in self.plan))

    def positions(self, polity: str) -> tuple[tuple[PositionRow, ...], tuple[PositionMark, ...]]:
        """Where the factions of a polity stand over time, by day and issue; and what was said and decided."""
        from datetime import date

        from ripeness.scenario.statements import statements_until
        from ripeness.study.who_decides.position_rows import position_marks, position_rows

        scenario = statements_until(self.scenario, date.fromisoformat(self.found.as_of))
        items = self._posterior(polity).council.items
        return position_rows(scenario, polity, items), position_marks(scenario, polity, items)

    def rows(self) -> Sequence[Mapping[str, Any]]:
        """One row a polity, faction, date and prior: its share of power after the evidence and before it."""
        return [asdict(share) for share in (*self.found.power, *self.found.beside)]

    def plot(self, picture: str = "power", *, polity: str = "", dark: bool = False) -> Any:
        """A picture of one polity (the first with evidence, if none is named): power before and after the evidence by
        prior, power over time, weights of readings, the matrix, or positions over time.

        Raises: Fault for an unknown picture or polity.
        """
        from ripeness.show.charts import who_decides as charts

        key = polity or next(iter(self.found.weighed))
        if picture not in PICTURES or key not in self.found.weighed:
            raise Fault(
                f"there is no picture '{picture}' of '{key}'; pictures are {', '.join(PICTURES)} of "
                f"{', '.join(self.found.weighed)}"
            )
        if picture == "positions":
            from ripeness.show.charts.positions import positions

            return positions(*self.positions(key), key, self.names, dark=dark)
        if picture == "power":
            return charts.power((*self.found.power, *self.found.beside), key, self.names, dark=dark)
        if picture == "time":
            return charts.power_over_time(self.found.power, key, self.names, dark=dark)
        if picture == "readings":
            return charts.readings(self.found.readings, key, self.names, dark=dark)
        return charts.matrix(self.found.matrix, key, self.names, dark=dark)

    def dataset(self, polity: str = "") -> xarray.Dataset:
        """Draws of power before and after the evidence under the factional reading, as labelled arrays."""
        from ripeness.study.who_decides.posterior_dataset import posterior_dataset

        return posterior_dataset(self._posterior(polity), self.scenario.start, self._about())

    def arviz(self, polity: str = "") -> Any:
        """The same as ArviZ wants it: posterior, prior, log likelihood by item. Needs the extra `ripeness[arviz]`.

        Raises: Fault where ArviZ is not installed.
        """
        from ripeness.study.who_decides.posterior_dataset import inference_data

        return inference_data(self._posterior(polity), self.scenario.start, self._about())

    def save(self, path: str | Path, polity: str = "") -> Path:
        """Write the draws of one polity as netCDF, whole or not at all.

        Raises: Fault where it cannot be written.
        """
        from ripeness.study.who_decides.posterior_dataset import write_netcdf

        return write_netcdf(self.dataset(polity), Path(path))

    def _posterior(self, polity: str) -> Any:
        key = polity or next(iter(self.found.weighed))
        if key not in self.found.weighed:
            raise Fault(f"nothing was inferred for '{key}', only for {', '.join(self.found.weighed)}")
        return self.found.weighed[key][0].posterior

    def _about(self) -> dict[str, Any]:
        from ripeness.scenario.parameter_points import points_label

        return {
            "case": self.case,
            "coding": self.coding,
            "seed": self.seed,
            "version": self.version,
            "scenario_hash": self.scenario_hash,
            "parameter_points": points_label(self.scenario),
            "as_of": self.found.as_of,
        }
