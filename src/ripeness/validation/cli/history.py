"""`ripeness history`: producers' files of past wars in tidy form."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from ripeness.cli.output import say, say_data, say_json

app = typer.Typer(
    help="Bring producers' files of past wars (Correlates of War, Archigos, V-Dem, UCDP, MIE) into tidy form.",
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
    as_json: Annotated[bool, typer.Option("--json", help="Print one JSON object.")] = False,
) -> None:
    """Read a producer's own file and write it in tidy form; rows that are of no use are named on standard error.

    ripeness history import Inter-StateWarData_v4.0.csv --out participants.csv
    """
    from ripeness.validation.verbs.history import as_csv
    from ripeness.validation.verbs.history import history as work

    imported = work(file, out)
    for fault in imported.faults:
        say(fault, error=True)
    summary = {
        "form": imported.producer.key,
        "cite": imported.producer.cite,
        "rows": len(imported.lines),
        "faults": len(imported.faults),
    }
    if as_json:
        say_json(summary | {"faults": [str(fault) for fault in imported.faults]})
    elif out is None:
        say_data(as_csv(imported))
    else:
        say(f"{len(imported.lines):,} rows of {imported.producer.key} in {out}; cite: {imported.producer.cite}")


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
