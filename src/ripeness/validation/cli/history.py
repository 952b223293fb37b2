"""`ripeness history`: producers' files of past wars in tidy form."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from ripeness.cli.output import say, say_data, say_json

if TYPE_CHECKING:
    from ripeness.validation.history.producers import ImportedFile
    from ripeness.validation.history.war_events import ImportedPath

app = typer.Typer(
    help="Bring producers' files of past wars (Correlates of War, Archigos, V-Dem, UCDP, MIE, ACLED) into tidy form.",
    no_args_is_help=True,
    rich_markup_mode=None,
)


@app.callback()
def history() -> None:
    """Bring producers' files of past wars into tidy form."""


@app.command("import")
def import_(
    file: Annotated[Path, typer.Argument(help="A producer's file, with the column names as published.")],
    out: Annotated[Path | None, typer.Option("--out", help="Write the tidy form here, as CSV.")] = None,
    side: Annotated[
        list[str] | None,
        typer.Option("--side", help="POLITY=NAME: whose deaths a name of the producer counts as; repeatable."),
    ] = None,
    conflict: Annotated[
        str, typer.Option("--conflict", help="Number or part of a name of the conflict, dyad or (ACLED) country.")
    ] = "",
    as_json: Annotated[bool, typer.Option("--json", help="Print one JSON object.")] = False,
) -> None:
    """Read a producer's own file and write it in tidy form; what is of no use is named on standard error.

    Deaths in a war (UCDP events and battle-related deaths, ACLED, monthly totals of one's own) become a file of months,
    which --months of every question about a war reads.

    ripeness history import Inter-StateWarData_v4.0.csv --out participants.csv
    ripeness history import GEDEvent_v24_1.csv --side "north=Government of the North" --side rebels=FPR --out months.csv
    """
    from ripeness.validation.history.war_events import ImportedPath
    from ripeness.validation.verbs.history import as_csv
    from ripeness.validation.verbs.history import history as work

    imported = work(file, out, sides=side or (), conflict=conflict)
    for fault in imported.faults:
        say(fault, error=True)
    if isinstance(imported, ImportedPath):
        for left_out in imported.left_out:
            say(f"left out: {left_out}", error=True)
    elif imported.producer.key == "terminations":
        say(f"kept: {_keep(file)}", error=True)
    summary = _path_summary(imported) if isinstance(imported, ImportedPath) else _file_summary(imported)
    if as_json:
        say_json(summary | {"faults": [str(fault) for fault in imported.faults]})
    elif out is None:
        say_data(as_csv(imported))
    else:
        say(f"{summary['rows']:,} rows of {summary['form']} in {out}; cite: {summary['cite']}")


def _keep(file: Path) -> str:
    """Keep past conflicts for `ripeness record`; what is kept, in words."""
    from ripeness.validation.conflicts.keeping import keep_past_conflicts
    from ripeness.world.fault import Fault

    try:
        return f"{keep_past_conflicts(file):,} past conflicts, of which ripeness record names the nearest"
    except Fault as fault:
        return f"no past conflicts by name: {fault}"


def _file_summary(imported: ImportedFile) -> dict[str, Any]:
    return {"form": imported.producer.key, "cite": imported.producer.cite, "rows": len(imported.lines)}


def _path_summary(imported: ImportedPath) -> dict[str, Any]:
    """What a path adds up to. Units: thousand deaths."""
    periods = imported.path.periods
    totals: dict[str, float] = {}
    for period in periods:
        for polity, count in period.deaths.items():
            totals[polity or "all"] = totals.get(polity or "all", 0.0) + count.best
    return {
        "form": imported.form,
        "cite": imported.cite,
        "rows": imported.rows,
        "periods": len(periods),
        "from": str(periods[0].first) if periods else None,
        "to": str(periods[-1].last) if periods else None,
        "thousand_deaths": {name: round(total, 3) for name, total in totals.items()},
        "left_out": [{"reason": row.reason, "rows": row.rows, "deaths": row.deaths} for row in imported.left_out],
    }


@app.command("wars")
def wars(
    files: Annotated[
        list[Path], typer.Argument(help="Producers' files, in any order; participants must be among them.")
    ],
    out: Annotated[Path, typer.Option("--out", help="Folder for wars.csv, participants.csv and months.csv.")],
    as_json: Annotated[bool, typer.Option("--json", help="Print one JSON object.")] = False,
) -> None:
    """Make the files that calibrate and backtest read: one war a line, out of producers' own files.

    ripeness history wars Inter-StateWarData_v4.0.csv NMC.csv polity.csv archigos.csv mie.csv --out record
    """
    from ripeness.validation.verbs.history import history_wars

    result = history_wars(files, out)
    for fault in result.faults:
        say(fault, error=True)
    if as_json:
        summary = {
            path.stem: {"file": str(path), "rows": rows} for path, rows in zip(result.files, result.lines, strict=True)
        }
        say_json({"files": summary, "cite": result.cite, "faults": [str(fault) for fault in result.faults]})
        return
    for path, rows in zip(result.files, result.lines, strict=True):
        say(f"{rows:,} rows in {path}")
    say("cite: " + "; ".join(result.cite))
