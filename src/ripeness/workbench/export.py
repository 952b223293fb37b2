"""Export: a run as files that other programs read: tables, labelled arrays, or the picture of its outcomes."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

from ripeness.ensemble.design import DRAWS
from ripeness.store.atomic_write import write_file
from ripeness.store.export.files import write_csv_table, write_excel, write_parquet
from ripeness.store.export.frames import FRAMES
from ripeness.store.shelf.kept_run import KeptRun, open_kept
from ripeness.store.shelf.manifest import SCENARIO
from ripeness.store.write_target import require_writable_file
from ripeness.world.fault import ArgumentFault, Fault, Place
from ripeness.world.wording import did_you_mean

if TYPE_CHECKING:
    import xarray as xr

    from ripeness.workbench.result import Result

TABLES, PICTURES, ARRAYS = (".csv", ".parquet", ".xlsx"), (".svg", ".png", ".json"), (".nc",)
IN_A_WORKBOOK = ("chances", "blend", "numbers", "outcomes")
Progress = Callable[[int, int], None]


@dataclass(frozen=True, slots=True)
class ExportedRun:
    """A run in the form that every export starts from."""

    data: xr.Dataset
    inputs: Mapping[str, Any]
    plot: Callable[[], Any]


def export(
    case_or_run: str | Path,
    *files: str | Path,
    table: str | None = None,
    coding: str | None = None,
    reading: str = "factional",
    draws: int = DRAWS,
    seed: int = 1,
    horizon: int | None = None,
    changes: Mapping[str, object] | None = None,
    shelf: str | Path | None = None,
    progress: Progress | None = None,
) -> tuple[Path, ...]:
    """Write a kept run, or a case that is run now, to files; the ending of each says as what.

    .csv and .parquet hold one table: chances (the default), blend, numbers, experiments or outcomes; .xlsx holds
    chances, blend (where there is one), numbers and outcomes, or the one that is named; .nc all labelled arrays; .svg,
    .png and .json the picture.
    A kept run is not run again.

    Raises: Fault for an ending or a table that there is not, or where nothing can be read or written.

    >>> import tempfile
    >>> with tempfile.TemporaryDirectory() as place:
    ...     (file,) = export("japan-1945", f"{place}/chances.csv", draws=64, horizon=3)
    >>> file.name
    'chances.csv'
    """
    paths = tuple(Path(file) for file in files)
    for path in paths:
        _check(path, table)
    from ripeness.workbench.again import run_folder

    folder = run_folder(case_or_run, shelf)
    if folder is not None:
        source = _source_of_kept_run(open_kept(folder))
    else:
        from ripeness.workbench.run import run

        source = _source_of_result(
            run(
                case_or_run,
                coding=coding,
                reading=reading,
                draws=draws,
                seed=seed,
                horizon=horizon,
                changes=changes,
                progress=progress,
            )
        )
    for path in paths:
        _write(source, path, table)
    return paths


def _check(path: Path, table: str | None) -> None:
    """Refuse what cannot be written before anything is run."""
    require_writable_file(path)
    endings = (*TABLES, *ARRAYS, *PICTURES)
    if path.suffix.lower() not in endings:
        raise Fault(f"a run is exported as {', '.join(endings)}, not as '{path.suffix or path.name}'", Place(str(path)))
    if table is not None and table not in FRAMES:
        hint = did_you_mean(table, FRAMES, f"tables are {', '.join(FRAMES)}")
        raise ArgumentFault("table", f": '{table[:60]}' is no table of a run; {hint}")
    if table is not None and path.suffix.lower() not in TABLES:
        raise ArgumentFault("table", f" goes with {', '.join(TABLES)}; {path.suffix} holds everything there is")


def _sheets(source: ExportedRun) -> tuple[str, ...]:
    """The tables of a workbook; the blend where there is one."""
    return tuple(name for name in IN_A_WORKBOOK if name != "blend" or "blend" in source.data)


def _source_of_result(result: Result) -> ExportedRun:
    from ripeness.workbench.inputs import inputs

    return ExportedRun(result.dataset, inputs(result.scenario), result.plot)


def _source_of_kept_run(kept_run: KeptRun) -> ExportedRun:
    """A kept run from its files alone; the picture asks its scenario for names."""
    from ripeness.store.shelf.arrays import read_results

    return ExportedRun(read_results(kept_run.folder), kept_run.inputs, lambda: _picture(kept_run))


def _picture(kept_run: KeptRun) -> Any:
    from ripeness.scenario.polity_names import polity_names
    from ripeness.scenario.read import open_scenario
    from ripeness.show.charts.outcomes import outcome_areas
    from ripeness.store.shelf.outcomes import OUTCOMES, read_outcomes
    from ripeness.study.probabilities import OutcomeProbability

    scenario = open_scenario(kept_run.folder / SCENARIO).scenario
    names = polity_names(scenario)
    path = [OutcomeProbability(*row.who, *row.figures) for row in read_outcomes(kept_run.folder / OUTCOMES)]
    return outcome_areas(path, names, scenario.title, scenario.start)


def _write(source: ExportedRun, path: Path, table: str | None) -> None:
    ending, attributes = path.suffix.lower(), {key: str(value) for key, value in source.data.attrs.items()}
    if ending in PICTURES:
        from ripeness.show.charts.save import save

        save(source.plot(), path)
    elif ending in ARRAYS:
        from ripeness.store.shelf.arrays import write_dataset

        write_file(path, partial(write_dataset, source.data))
    elif ending == ".xlsx":
        import pandas as pd

        names = (table,) if table else _sheets(source)
        frames = {name: FRAMES[name](source.data, source.inputs) for name in names}
        write_excel(path, {"about": pd.DataFrame(attributes.items(), columns=["what", "value"]), **frames})
    else:
        frame = FRAMES[table or "chances"](source.data, source.inputs)
        write_csv_table(path, frame) if ending == ".csv" else write_parquet(path, frame, attributes)
