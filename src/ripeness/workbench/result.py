"""Result: a war that was run, and everything that can be asked of it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from datetime import date
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any

from ripeness.store.json_text import json_text, plain_value
from ripeness.study.forecast import HONEST
from ripeness.workbench.notebook import Notebook
from ripeness.workbench.simulated_run import SimulatedRun
from ripeness.world.calendar import date_after
from ripeness.world.fault import Fault

if TYPE_CHECKING:
    import altair as alt
    import xarray

    from ripeness.show.table import Layout
    from ripeness.store.atomic_write import Content
    from ripeness.study.outlook import Outlook
    from ripeness.study.probabilities import OutcomeProbability
    from ripeness.study.run_brief import RunBrief
    from ripeness.workbench.cite import Cited


@dataclass(frozen=True, kw_only=True, repr=False)
class Result(SimulatedRun, Notebook):
    """One case under one coding and one reading, run many times, and all that can be asked of it."""

    def __repr__(self) -> str:
        """One line."""
        from ripeness.show.words import chance_of

        top = self.forecast.likeliest()
        return (
            f"<Run of {self.case}, coding {self.coding}, {self.reading}: {self.forecast.draws:,} draws; "
            f"by month {top.month:g} most likely {chance_of(top, self.names)}>"
        )

    @cached_property
    def dataset(self) -> xarray.Dataset:
        """All results as labelled arrays with units."""
        from ripeness.study.dataset import results

        return results(self.ensemble, self.about(), self.weights, self.blend_path)

    @cached_property
    def histories(self) -> xarray.Dataset:
        """The runs that were kept whole, month by month."""
        from ripeness.study.dataset import histories

        return histories(self.ensemble)

    def p(
        self, outcome: str, *, by: date | str | None = None, month: float | None = None, of: str | None = None
    ) -> float:
        """Probability of an outcome by a day, or by a month from the first day of the forecast.

        `of` is blend, model or record; without it the blend where the run has one, else the model.

        Raises: Fault for an outcome that the war does not have, both or none of day and month, or one outside the
        forecast, with the days that it can be; for a view that the run has not.

        >>> from ripeness.workbench.run import run
        >>> result = run("japan-1945", draws=64, horizon=6)
        >>> result.p("fighting", month=6) <= result.p("fighting", by="1945-07-01")
        True
        """
        from ripeness.workbench.chance_by import chance_in, target_by

        return chance_in(self.ensemble, self.weigh, target_by(self.ensemble, self.day, outcome, (by, month)), of)

    def sentence(self) -> str:
        """The answer in words that a person can repeat: of the blend where there is one, then the model's course."""
        from ripeness.show.narrowing_words import narrowing_words
        from ripeness.show.run_brief_tables import sentence_of_run
        from ripeness.show.words import course_of_the_model

        brief = self.brief_of_version
        parts = (
            sentence_of_run(brief, self.names),
            course_of_the_model(self.forecast, self.day),
            narrowing_words(brief.narrowing),
        )
        return " ".join(part for part in parts if part)

    def plain(self) -> dict[str, Any]:
        """The answer as plain values; what lies beyond the horizon or does not exist is null."""
        from ripeness.show.end_words import coded_end
        from ripeness.show.words import outcome

        forecast = self.forecast
        return plain_value(
            {
                **self.about(),
                "title": self.scenario.title,
                "start": str(self.scenario.start),
                "by": None if self.by is None else str(self.by),
                "sentence": self.sentence(),
                "notes": list(self.notes),
                "outcomes": [
                    {**asdict(row), "words": outcome(row.outcome, row.polity, self.names)} for row in forecast.outcomes
                ],
                "ends": [{**asdict(row), "words": coded_end(row, self.names)} for row in self.ends],
                "record": [asdict(row) for row in self.record],
                "blend": [asdict(row) for row in self.blend],
                "effective_draws": self.effective_draws,
                "no_blend": self.weigh.note,
                "months_to_end": asdict(forecast.duration),
                "terms": asdict(forecast.terms),
                "ledgers": {
                    "political_aims": [_flat(asdict(row)) for row in forecast.aims],
                    "worth": [_flat(asdict(row)) for row in forecast.worth],
                    "human_cost": [_flat(asdict(row)) for row in forecast.costs],
                    "gains": [asdict(row) for row in forecast.gains],
                },
                "durability": asdict(forecast.durability),
                "leaders": [asdict(row) for row in forecast.leaders],
                "ceasefires": asdict(forecast.ceasefires),
                "allies": [asdict(row) for row in forecast.allies],
                "decided": [asdict(row) for row in forecast.decided],
                "intervals": "low to high are 5 and 95 % points, so that 90 % lies between; mc is Monte Carlo error, "
                "p_low to p_high the spread of the probability over uncertain inputs with luck averaged out",
                "note": HONEST,
            }
        )

    def to_json(self) -> str:
        """The answer as JSON."""
        return json_text(self.plain())

    def table(self) -> str:
        """The answer as text of 80 columns."""
        from ripeness.show.forecast_tables import tables_as_text

        return tables_as_text(self.layout())

    def layout(self) -> Layout:
        """The tables."""
        from ripeness.show.forecast_tables import tables

        return tables(self.sheet())

    def brief(self) -> Layout:
        """The answer for one screen: a sentence with a date and a probability, and five lines."""
        from ripeness.show.run_brief_tables import brief_of_run

        return brief_of_run(self.summary, self.names)

    @property
    def brief_month(self) -> float:
        """The month of the answer for one screen, from the day of the forecast."""
        from ripeness.workbench.run_brief import brief_month

        return brief_month(self)

    @cached_property
    def answered_outcomes(self) -> tuple[OutcomeProbability, ...]:
        """Every outcome by that month, in the blend with past conflicts where there is one."""
        from ripeness.workbench.chance_by import outcome_chances

        return outcome_chances(self.ensemble, self.weigh, self.brief_month)

    @cached_property
    def brief_of_version(self) -> RunBrief:
        """Record, model, blend, and what moves the answer; other versions of the case are not run."""
        from ripeness.workbench.run_brief import run_brief

        return run_brief(self)

    @cached_property
    def summary(self) -> RunBrief:
        """Record, model, blend, the range over versions of the case (run on few draws), and what moves the answer."""
        from ripeness.workbench.run_brief import with_versions

        return with_versions(self, self.brief_of_version)

    @cached_property
    def outlook(self) -> Outlook:
        """Past wars like this one, the model, their blend and all versions of the case, by class of end."""
        from ripeness.workbench.run_brief import run_outlook

        return run_outlook(self, self.summary)

    def rows(self) -> Sequence[Mapping[str, Any]]:
        """One row a month and outcome: its chance, the Monte Carlo interval, the spread over inputs."""
        return [asdict(chance) for chance in self.path]

    def sheet(self) -> Any:
        """What the tables show."""
        from ripeness.show.forecast_sheet import ForecastSheet

        return ForecastSheet(
            self.scenario.title,
            self.about(),
            self.day,
            self.names,
            self.faction_names,
            self.forecast,
            HONEST,
            self.sentence(),
            self.issue_ends,
            self.by or date_after(self.day, self.brief_month),
            bool(self.blend),
            self.answered_outcomes,
            self.ends,
        )

    def plot(self, *, dark: bool = False) -> alt.Chart:
        """How the chances of each outcome move month by month."""
        from ripeness.show.charts.outcomes import outcome_areas

        return outcome_areas(self.path, self.names, self.scenario.title, self.day, dark=dark)

    def plot_blend(self, *, dark: bool = False) -> alt.Chart:
        """How past conflicts, the model and their blend see each class of end month by month.

        Raises: Fault where there is no blend.
        """
        from ripeness.show.charts.blend import blend_lines

        if not self.blend_path:
            raise Fault(f"there is no blend to draw: {self.weigh.note}")
        return blend_lines(self.blend_path, self.names, self.scenario.title, self.day, dark=dark)

    def plot_outlook(self, *, dark: bool = False) -> alt.Chart:
        """Past wars, model, blend and versions on one axis, a row a class of end."""
        from ripeness.show.charts.outlook import outlook_chart

        return outlook_chart(self.outlook, self.names, dark=dark)

    def cite(self) -> Cited:
        """The bibliography and every number of the scenario that was run."""
        from ripeness.workbench.cite import cite

        return cite(self.origin, self.coding if self.of_a_case else None)

    def save(self, folder: str | Path) -> Path:
        """Write results, chances, histories, scenario and provenance to a new folder, whole or not at all.

        Raises: Fault where something is there already, or it cannot be written.
        """
        from ripeness.workbench.keep import keep

        return keep(Path(folder), self.streamed())

    def keep(self, shelf: str | Path | None = None) -> Path:
        """Put the run on a shelf (the user's own, if none is named) under a name made from its content.

        Raises: Fault where it cannot be written.
        """
        from ripeness.store.shelf.shelf import shelf_at
        from ripeness.workbench.keep import shelve

        return shelve(shelf_at(shelf), self.streamed())

    def datasets(self, description: Mapping[str, Any] | None = None) -> dict[str, bytes]:
        """Results and histories as netCDF files; `about` is what the first says that it is of."""
        from ripeness.store.shelf.arrays import netcdf_bytes
        from ripeness.study.dataset import results

        data = self.dataset
        if description is not None:
            data = results(self.ensemble, description, self.weights, self.blend_path)
        return {"results.nc": netcdf_bytes(data), "histories.nc": netcdf_bytes(self.histories)}

    def contents(self) -> dict[str, bytes]:
        """The files of a kept run in memory, by name."""
        return self._files(self.datasets())

    def streamed(self) -> dict[str, Content]:
        """The files of a kept run by name; those of arrays as functions that write them in pieces to a path."""
        from ripeness.store.shelf.arrays import write_dataset

        return self._files(
            {
                "results.nc": lambda path: write_dataset(self.dataset, path),
                "histories.nc": lambda path: write_dataset(self.histories, path),
            }
        )

    def _files(self, data: Mapping[str, Any]) -> dict[str, Any]:
        from ripeness.workbench.inputs import inputs
        from ripeness.workbench.keep import contents

        return contents(self.files, self.to_json(), self.path, data, self.about(), inputs(self.scenario))


def _flat(row: dict[str, Any]) -> dict[str, Any]:
    """Lift the points of an interval into the row itself."""
    return {**{key: value for key, value in row.items() if key != "interval"}, **row["interval"]}
