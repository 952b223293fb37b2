"""Calibrate: laws under which simulated wars look like a record of past wars."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from ripeness.ensemble.engines.choice import use_engine
from ripeness.store.atomic_write import write_file
from ripeness.study.progress import Progress, part_progress
from ripeness.validation.calibrate.pareto import pareto_k
from ripeness.validation.calibrate.posterior import (
    SHIPPED,
    UNITARY,
    ParameterPosterior,
    ParameterUpdate,
    contraction,
    load,
    posterior_of,
    save,
)
from ripeness.validation.calibrate.search import POINTS, ROUNDS, RUNS_PER_WAR, SearchResult, search
from ripeness.validation.calibrate.ship import points_to_ship
from ripeness.validation.calibrate.typical_war import weigh_points
from ripeness.validation.history.wars import WarRecord, read_record
from ripeness.workbench.notebook import Tabular
from ripeness.world.fault import Fault

if TYPE_CHECKING:
    from ripeness.show.table import Layout

SHIPPED_SEED = 1  # with which the shipped laws were fitted


@dataclass(frozen=True, slots=True)
class Calibration(Tabular):
    """What the record says on the laws; several fits with luck of their own show how far the search can be trusted."""

    record: WarRecord | None
    fits: tuple[SearchResult | ParameterPosterior, ...]
    seeds: tuple[int, ...]

    @property
    def posterior(self) -> ParameterPosterior:
        """Of the first fit."""
        first = self.fits[0]
        return first if isinstance(first, ParameterPosterior) else posterior_of(first)

    def moved(self) -> list[list[ParameterUpdate]]:
        """For each fit what every number was and is."""
        return [contraction(fit) for fit in self.fits]

    def save(self, path: Path) -> None:
        """Keep the first fit for `ripeness backtest --laws`."""
        save(self.posterior, path)

    def ship(self, path: Path, version: str) -> None:
        """Write the first fit as the parameter points from which runs draw (scenario/parameter_points.csv), weighed so
        that the typical war ends as those of the record did.

        Raises: Fault where there is no record to weigh them by.
        """
        if self.record is None:
            raise Fault("points are weighed by the record of wars; name it with --wars")
        points = points_to_ship(self.posterior, version, self.seeds[0])
        write_file(path, weigh_points(points, self.record.wars, self.seeds[0]).text())

    def layout(self) -> Layout:
        """One table a fit."""
        from ripeness.show.calibrate_tables import fits

        return fits(self)

    def plain(self) -> dict[str, object]:
        """As plain values."""
        return {
            "wars": len(self.record.wars) if self.record else len(self.posterior.numbers),
            "interval": 0.9,
            "faults": [str(fault) for fault in self.record.faults] if self.record else [],
            "fits": [
                {
                    "seed": seed,
                    "points": len(fit.scores),
                    "effective": fit.effective,
                    "pareto_k": pareto_k(fit.log_weight),
                    "laws": [asdict(update) for update in rows],
                }
                for seed, fit, rows in zip(self.seeds, self.fits, self.moved(), strict=True)
            ],
        }

    def __repr__(self) -> str:
        return f"<Calibration: {len(self.fits)} fits, {self.fits[0]!r}>"


def calibrate(
    wars: str | Path | None = None,
    participants: str | Path | None = None,
    months: str | Path | None = None,
    *,
    seed: int = 1,
    points: int = POINTS,
    rounds: int = ROUNDS,
    runs_per_war: int = RUNS_PER_WAR,
    replicates: int = 1,
    keep: Path | None = None,
    unitary: bool = False,
    engine: str | None = None,
    scheduler: str | None = None,
    progress: Progress | None = None,
) -> Calibration:
    """Fit the laws to a record of wars; without one, give what the shipped laws were fitted to.

    `unitary` fits them to wars in which each side is one person, for the ablation of a backtest. Each replicate is a
    whole search with another seed. `keep` is a folder in which every round is kept, so that a search that was broken
    off goes on, on whichever `engine` (threads, or dask with the address of a `scheduler`); it changes no bit.

    Raises: Fault where the record cannot be read, or a number makes no sense.

    >>> len(calibrate().moved()[0]) > 20
    True
    """
    if wars is None:
        return Calibration(None, (load(shipped=UNITARY if unitary else SHIPPED),), (SHIPPED_SEED,))
    for name, value, lowest, highest in (
        ("points", points, 20, 100_000),
        ("rounds", rounds, 1, 100),
        ("runs per war", runs_per_war, 1, 10_000),
        ("replicates", replicates, 1, 20),
        ("seed", seed, 0, 2**40),
    ):
        if not lowest <= value <= highest:
            raise Fault(f"{name} is {value}; it can be {lowest} to {highest}")
    record = read_record(wars, participants, months)
    seeds = tuple(range(seed, seed + replicates))
    with use_engine(engine, scheduler):
        fits = tuple(
            search(
                record.wars,
                seed_of_fit,
                points,
                rounds,
                runs_per_war,
                None if keep is None else Path(keep) / f"seed-{seed_of_fit}",
                part_progress(progress, n, replicates),
                "unitary" if unitary else "factional",
            )
            for n, seed_of_fit in enumerate(seeds)
        )
    return Calibration(record, fits, seeds)
