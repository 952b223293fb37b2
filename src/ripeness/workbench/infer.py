"""Infer: who decides in each polity, read off what was decided; readings of it weighed against each other."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import asdict, dataclass
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any

import ripeness
from ripeness.scenario.address import replace
from ripeness.scenario.fingerprint import fingerprint
from ripeness.scenario.own_readings import with_readings
from ripeness.scenario.read import open_scenario
from ripeness.scenario.schema import Scenario
from ripeness.store.ledger.day import as_day
from ripeness.study.who_decides.admiralty import table as admiralty
from ripeness.study.who_decides.answer import WhoDecides, who_decides
from ripeness.study.who_decides.hand_made import HandMade, hand_made
from ripeness.study.who_decides.posterior import PARTICLES, REPEATS
from ripeness.study.who_decides.weigh import WIDTHS
from ripeness.workbench.notebook import Notebook
from ripeness.world.fault import Fault

if TYPE_CHECKING:
    import xarray

    from ripeness.show.table import Layout

PICTURES = ("power", "readings", "matrix")
LEAST_PARTICLES, MOST_PARTICLES, MOST_KNOTS, LEAST_REPEATS, MOST_REPEATS = 100, 100_000, 8, 3, 100


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
        found = {key: polity.name or key for key, polity in self.scenario.polities.items()}
        for key, polity in self.scenario.polities.items():
            found |= {f"{key}/{f}": faction.name or f for f, faction in polity.factions.items()}
        return found

    def plain(self) -> dict[str, Any]:
        """The answer as plain values, for JSON."""
        told = self.found
        return {
            "case": self.case,
            "coding": self.coding,
            "seed": self.seed,
            "version": self.version,
            "scenario_hash": self.scenario_hash,
            "title": self.scenario.title,
            "start": str(self.scenario.start),
            "as_of": told.as_of,
            "observations": told.observations,
            "newest": told.newest,
            "power": [asdict(one) for one in told.power],
            "ranking": [asdict(one) for one in told.ranking],
            "readings": [asdict(one) for one in told.readings],
            "verdicts": [asdict(one) for one in told.verdicts],
            "bayes_factors": [asdict(one) for one in told.bayes_factors],
            "carried_by": [asdict(one) for one in told.carried],
            "matrix": [asdict(one) for one in told.matrix],
            "knock_out": [asdict(one) for one in told.knock_out],
            "identified": [asdict(one) for one in told.identified],
            "warnings": list(told.warnings),
            "grades": [
                {"grade": grade, "words": words, "chance_of_saying_nothing": p} for grade, words, p in admiralty()
            ],
            "intervals": "low to high are 5 and 95 % points, so that 90 % lies between; prior_ is before the evidence",
        }

    def table(self) -> str:
        """The answer as text of 80 columns."""
        from ripeness.show.forecast_tables import as_text

        return as_text(self.layout())

    def layout(self) -> Layout:
        """The tables."""
        from ripeness.show.who_decides_tables import tables

        return tables(self.found, self.names)

    def rows(self) -> Sequence[Mapping[str, Any]]:
        """One row a polity, faction and date: its share of power after the evidence and before it."""
        return [asdict(share) for share in self.found.power]

    def plot(self, what: str = "power", *, polity: str = "", dark: bool = False) -> Any:
        """A picture of one polity (the first with evidence, if none is named): power over time, weights of readings,
        or the matrix.

        Raises: Fault for an unknown picture or polity.
        """
        from ripeness.show.charts import who_decides as charts

        key = polity or next(iter(self.found.weighed))
        if what not in PICTURES or key not in self.found.weighed:
            raise Fault(
                f"there is no picture '{what}' of '{key}'; pictures are {', '.join(PICTURES)} of "
                f"{', '.join(self.found.weighed)}"
            )
        if what == "power":
            return charts.power(self.found.power, key, self.names, dark=dark)
        if what == "readings":
            return charts.readings(self.found.readings, key, self.names, dark=dark)
        return charts.matrix(self.found.matrix, key, self.names, dark=dark)

    def dataset(self, polity: str = "") -> xarray.Dataset:
        """Draws of power before and after the evidence under the factional reading, as labelled arrays."""
        from ripeness.study.who_decides.draws import dataset

        return dataset(self._posterior(polity), self.scenario.start, self._about())

    def arviz(self, polity: str = "") -> Any:
        """The same as ArviZ wants it: posterior, prior, log likelihood by item. Needs the extra `ripeness[arviz]`.

        Raises: Fault where ArviZ is not installed.
        """
        from ripeness.study.who_decides.draws import inference_data

        return inference_data(self._posterior(polity), self.scenario.start, self._about())

    def save(self, path: str | Path, polity: str = "") -> Path:
        """Write the draws of one polity as netCDF, whole or not at all.

        Raises: Fault where it cannot be written.
        """
        from ripeness.study.who_decides.draws import write

        return write(self.dataset(polity), Path(path))

    def _posterior(self, polity: str) -> Any:
        key = polity or next(iter(self.found.weighed))
        if key not in self.found.weighed:
            raise Fault(f"nothing was inferred for '{key}', only for {', '.join(self.found.weighed)}")
        return self.found.weighed[key][0].posterior

    def _about(self) -> dict[str, Any]:
        return {
            "case": self.case,
            "coding": self.coding,
            "seed": self.seed,
            "version": self.version,
            "scenario_hash": self.scenario_hash,
            "as_of": self.found.as_of,
        }


def infer(
    case_or_path: str | Path,
    *,
    coding: str | None = None,
    polities: Sequence[str] = (),
    as_of: date | str | None = None,
    observe: Sequence[str] = (),
    readings: str | Path | None = None,
    knots: int | None = None,
    known: bool = False,
    knock_out: bool = True,
    seed: int = 1,
    repeats: int = REPEATS,
    particles: int = PARTICLES,
    widths: Sequence[float] = WIDTHS,
    changes: Mapping[str, object] | None = None,
    progress: Callable[[str], None] | None = None,
) -> Inferred:
    """Infer who decides in a case from the decisions observed up to a date (by default its start).

    `observe` adds items written POLITY ISSUE DATE VALUE; `knots` dates between which power moves; `known` holds
    positions and conduct at their medians instead of drawing them from their intervals; `readings` names a file with
    readings of one's own, weighed beside the case's; `widths` are those of the prior under which readings are compared.

    Raises: Fault where the case cannot be read, has no evidence, or an argument does not fit.

    >>> found = infer("japan-1945", polities=["japan"], particles=100, repeats=3, knots=1, known=True, knock_out=False)
    >>> round(sum(row.weight for row in found.found.readings), 6)
    1.0
    """
    for name, value, least, most in (
        ("--particles", particles, LEAST_PARTICLES, MOST_PARTICLES),
        ("--repeats", repeats, LEAST_REPEATS, MOST_REPEATS),
        ("--knots", 1 if knots is None else knots, 1, MOST_KNOTS),
        ("--seed", seed, 0, 2**64 - 1),
    ):
        if not least <= value <= most:
            raise Fault(f"{name} is {value}; it can be {least} to {most}")
    opened = open_scenario(case_or_path, coding)
    if readings is not None:
        opened = with_readings(opened, Path(readings))
    scenario = replace(opened.scenario, changes or {})
    found = who_decides(
        scenario,
        as_of=as_day(as_of, "as_of"),
        observe=observe,
        polities=polities,
        knots=knots,
        known=known,
        seed=seed,
        repeats=repeats,
        particles=particles,
        widths=widths,
        knock_out=knock_out,
        progress=progress,
    )
    return Inferred(
        opened.case or str(case_or_path),
        scenario.coding,
        seed,
        ripeness.__version__,
        fingerprint(scenario),
        scenario,
        found,
    )


def hand_made_matrix(path: str | Path) -> HandMade:
    """Read and weigh a matrix of hypotheses that was marked by hand.

    Raises: Fault where the file is not such a matrix.
    """
    return hand_made(Path(path))
