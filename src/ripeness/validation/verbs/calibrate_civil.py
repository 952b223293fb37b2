"""Calibrate for civil wars: parameters under which the civil template ends as civil dyads did."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from ripeness.store.atomic_write import write_file
from ripeness.study.progress import Progress
from ripeness.validation.calibrate.civil_fit import (
    CIVIL_POINTS,
    CIVIL_ROUNDS,
    CIVIL_RUNS,
    CivilPosterior,
    civil_points,
    fit_civil,
)
from ripeness.validation.calibrate.posterior import ParameterUpdate
from ripeness.validation.conflicts.civil_dyads import civil_counts
from ripeness.validation.conflicts.dyads import read_dyads
from ripeness.workbench.notebook import Tabular
from ripeness.world.fault import Fault

if TYPE_CHECKING:
    from ripeness.show.table import Layout

BOUNDS = (("points", 20, 100_000), ("rounds", 1, 100), ("runs", 2, 10_000), ("seed", 0, 2**40))


@dataclass(frozen=True, slots=True)
class CivilCalibration(Tabular):
    """What the record of civil dyads says on the parameters."""

    fit: CivilPosterior

    @property
    def fits(self) -> tuple[CivilPosterior, ...]:
        """The only one."""
        return (self.fit,)

    @property
    def seeds(self) -> tuple[int, ...]:
        """Its seed."""
        return (self.fit.seed,)

    def moved(self) -> list[list[ParameterUpdate]]:
        """What every number was and is."""
        return [self.fit.updates()]

    def ship(self, path: Path, version: str) -> None:
        """Write the fit as the points from which runs of civil wars draw (scenario/civil_points.csv)."""
        write_file(path, civil_points(self.fit, version).text())

    def layout(self) -> Layout:
        """One table."""
        from ripeness.show.calibrate_tables import fits

        return fits(self)

    def plain(self) -> dict[str, object]:
        """As plain values."""
        return {
            "kind": "civil",
            "dyads": self.fit.counts.dyads,
            "conflicts": self.fit.counts.conflicts,
            "interval": 0.9,
            "seed": self.fit.seed,
            "points": len(self.fit.scores),
            "error": self.fit.error,
            "laws": [asdict(update) for update in self.fit.updates()],
        }


def calibrate_civil(
    terminations: str | Path,
    *,
    seed: int = 1,
    points: int = CIVIL_POINTS,
    rounds: int = CIVIL_ROUNDS,
    runs: int = CIVIL_RUNS,
    progress: Progress | None = None,
) -> CivilCalibration:
    """Fit the parameters of civil wars to a producer's file of terminations by dyad.

    `runs` are those of the template at each point of a round.
    Raises: Fault where the file cannot be read, holds no civil dyad, or a number makes no sense.
    """
    values = {"points": points, "rounds": rounds, "runs": runs, "seed": seed}
    for name, lowest, highest in BOUNDS:
        if not lowest <= values[name] <= highest:
            raise Fault(f"{name} is {values[name]}; it can be {lowest} to {highest}")
    counts = civil_counts(read_dyads(terminations))
    return CivilCalibration(fit_civil(counts, seed, points, rounds, runs, progress))
