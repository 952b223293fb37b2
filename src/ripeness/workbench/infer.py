"""Infer: who decides in each polity, read off what was decided; readings of it weighed against each other."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import asdict, dataclass
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any

from ripeness.workbench.notebook import Notebook
from ripeness.workbench.question import (
    MOST_SEED,
    SERVED_SEED,
    CaseQuestion,
    declared,
    python_function,
    python_only,
    question,
)
from ripeness.workbench.report_section import ReportSection
from ripeness.world.fault import Fault
from ripeness.world.version import __version__

if TYPE_CHECKING:
    import xarray

    from ripeness.scenario.schema import Scenario
    from ripeness.show.table import Layout
    from ripeness.study.who_decides.answer import WhoDecides
    from ripeness.study.who_decides.marked_matrix import MarkedMatrix

PICTURES = ("power", "readings", "matrix")


@question
class InferQuestion(CaseQuestion["Inferred"]):
    """Infer who decides in a case from the decisions observed up to a date (by default its start).

    `observe` adds items written POLITY ISSUE DATE VALUE; `knots` dates between which power moves; `known` holds
    positions and conduct at their medians instead of drawing them from their intervals; `readings` names a file with
    readings of one's own, weighed beside the case's; `widths` are those of the prior under which readings are compared.

    Raises: Fault where the case cannot be read, has no evidence, or an argument does not fit.

    >>> found = infer("japan-1945", polities=["japan"], particles=100, repeats=3, knots=1, known=True, knock_out=False)
    >>> round(sum(row.weight for row in found.found.readings), 6)
    1.0
    """

    verb = "infer"
    summary = "Infer who decides from observed decisions: power, readings compared, and what the answer hangs on."
    example = "ripeness infer ukraine-2023-03"
    report_sections = (
        ReportSection(
            "who",
            "Who decides, and the evidence for it",
            written_by="report_who.who_decides_section",
            optional=True,
            order=40,
            work=70,
        ),
    )

    polities: Sequence[str] = declared(
        default=(),
        key="polities",
        old_keys=("polity",),
        flags=("--polity",),
        suggest="polities",
        label="Only these polities",
        help="Only this polity; repeatable.",
    )
    as_of: date | str | None = declared(
        default=None, expert=True, label="Evidence up to", help="Last day of evidence. Default: the scenario's start."
    )
    observe: Sequence[str] = declared(
        default=(),
        expert=True,
        label="Suppose this is seen",
        help="'POLITY ISSUE DATE VALUE': one more observation; repeatable.",
    )
    readings: str | Path | None = declared(
        default=None, help="A YAML file with readings of your own, weighed beside the case's."
    )
    knots: int | None = declared(
        default=None,
        least=1,
        most=8,
        expert=True,
        label="Dates between which power moves",
        help="Dates between which power moves, 1 to 8; 1 is fixed.",
    )
    known: bool = declared(
        default=False,
        key="medians",
        flags=("--medians",),
        label="Hold at medians",
        expert=True,
        help="Hold positions and conduct at their medians instead of drawing them.",
    )
    knock_out: bool = declared(
        default=True,
        flags=("--no-knock-out",),
        label="What moves the answer",
        expert=True,
        help="Leave out what moves the answer; faster.",
    )
    changes: Mapping[str, object] | None = declared(
        default=None,
        flags=("--set",),
        suggest="numbers",
        expert=True,
        label="Other numbers",
        help="PATH=VALUE: change a number; repeatable.",
    )
    seed: int = declared(
        default=1,
        least=0,
        most=MOST_SEED,
        most_served=SERVED_SEED,
        help="Chooses the particles; the same seed repeats them.",
    )
    repeats: int = declared(
        default=4,
        least=3,
        most=100,
        most_served=20,
        expert=True,
        help="Runs of the sampler that never meet, 3 or more.",
    )
    particles: int = declared(default=1000, least=100, most=100_000, help="Particles of each run.")
    widths: Sequence[float] = python_only(default=(0.25, 0.5, 1.0, 2.0, 4.0))
    progress: Callable[[str], None] | None = python_only(default=None)

    def answer(self, progress: Callable[[str], None] | None = None) -> Inferred:
        """Weigh the readings of each polity by what was decided; `progress` is told whose turn it is."""
        from ripeness.scenario.fingerprint import fingerprint
        from ripeness.scenario.number_paths import replace_numbers
        from ripeness.scenario.read import open_scenario, with_actor_models
        from ripeness.study.who_decides.answer import who_decides

        opened = open_scenario(self.case_or_path, self.coding)
        if self.readings is not None:
            opened = with_actor_models(opened, Path(self.readings))
        scenario = replace_numbers(opened.scenario, self.changes or {})
        posterior = who_decides(
            scenario,
            as_of=self.day("as_of"),
            observe=self.observe,
            polities=self.polities,
            knots=self.knots,
            at_medians=self.known,
            seed=self.seed,
            repeats=self.repeats,
            particles=self.particles,
            widths=self.widths,
            knock_out=self.knock_out,
            progress=progress,
        )
        return Inferred(
            opened.case or str(self.case_or_path),
            scenario.coding,
            self.seed,
            __version__,
            fingerprint(scenario),
            scenario,
            posterior,
        )


@dataclass(frozen=True)
class Inferred(Notebook):
    """Who decides in the polities of one case, with what is needed to reckon it again."""

    case: str
    coding: str
    seed: int
    version: str
    scenario_hash: str
    scenario: Scenario
    found: WhoDecides

    def __repr__(self) -> str:
        """One line."""
        return f"<Inferred from {self.case}, coding {self.coding}: {self.found!r}>"

    @property
    def names(self) -> dict[str, str]:
        """Names of polities by key, and of factions by 'polity/faction'."""
        names = {key: polity.name or key for key, polity in self.scenario.polities.items()}
        for key, polity in self.scenario.polities.items():
            names |= {f"{key}/{f}": faction.name or f for f, faction in polity.factions.items()}
        return names

    def plain(self) -> dict[str, Any]:
        """The answer as plain values, for JSON."""
        from ripeness.study.who_decides.admiralty import grade_table as admiralty

        answer = self.found
        return {
            **self._about(),
            "title": self.scenario.title,
            "start": str(self.scenario.start),
            "observations": answer.observations,
            "newest": answer.newest,
            "power": [asdict(row) for row in answer.power],
            "ranking": [asdict(row) for row in answer.ranking],
            "readings": [asdict(row) for row in answer.readings],
            "verdicts": [asdict(row) for row in answer.verdicts],
            "bayes_factors": [asdict(row) for row in answer.bayes_factors],
            "carried_by": [asdict(row) for row in answer.carried],
            "matrix": [asdict(row) for row in answer.matrix],
            "knock_out": [asdict(row) for row in answer.knock_out],
            "identified": [asdict(row) for row in answer.identified],
            "warnings": list(answer.warnings),
            "grades": [
                {"grade": grade, "words": words, "chance_of_saying_nothing": p} for grade, words, p in admiralty()
            ],
            "intervals": "low to high are 5 and 95 % points, so that 90 % lies between; prior_ is before the evidence",
        }

    def table(self) -> str:
        """The answer as text of 80 columns."""
        from ripeness.show.forecast_tables import tables_as_text

        return tables_as_text(self.layout())

    def layout(self) -> Layout:
        """The tables."""
        from ripeness.show.who_decides_tables import tables

        return tables(self.found, self.names)

    def brief(self) -> Layout:
        """The verdicts and the strongest factions, on one screen."""
        from ripeness.show.who_decides_tables import brief

        return brief(self.found, self.names)

    def rows(self) -> Sequence[Mapping[str, Any]]:
        """One row a polity, faction and date: its share of power after the evidence and before it."""
        return [asdict(share) for share in self.found.power]

    def plot(self, picture: str = "power", *, polity: str = "", dark: bool = False) -> Any:
        """A picture of one polity (the first with evidence, if none is named): power over time, weights of readings,
        or the matrix.

        Raises: Fault for an unknown picture or polity.
        """
        from ripeness.show.charts import who_decides as charts

        key = polity or next(iter(self.found.weighed))
        if picture not in PICTURES or key not in self.found.weighed:
            raise Fault(
                f"there is no picture '{picture}' of '{key}'; pictures are {', '.join(PICTURES)} of "
                f"{', '.join(self.found.weighed)}"
            )
        if picture == "power":
            return charts.power(self.found.power, key, self.names, dark=dark)
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


def hand_made_matrix(path: str | Path) -> MarkedMatrix:
    """Read and weigh a matrix of hypotheses that was marked by hand.

    Raises: Fault where the file is not such a matrix.
    """
    from ripeness.study.who_decides.marked_matrix import read_marked_matrix

    return read_marked_matrix(Path(path))


infer = python_function(InferQuestion)
